"""Desks as other programs leave them: two versions in one, files held elsewhere, no files."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

from hostile.bases import DOCUMENT, Case, Harm, base, bind, captured, put, text, whole

__all__ = ["LEFT"]

POINTER = b"version https://git-lfs.github.com/spec/v1\noid sha256:" + b"0" * 64 + b"\nsize 12\n"
OURS, MIDDLE, THEIRS = "<<<<<<< HEAD\n", "=======\n", ">>>>>>> theirs\n"
WORDS = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'


def _versions() -> Iterator[tuple[str, Harm]]:
    sound, kind = text(), "    kind: event\n"
    parted = f"{OURS}{kind}{MIDDLE}    kind: claim\n{THEIRS}"
    yield "two versions of a field", whole(sound.replace(kind, parted))
    yield "two versions of a base", whole(f"{OURS}{sound}{MIDDLE}{sound}{THEIRS}")
    three = parted.replace(MIDDLE, f"||||||| before\n{kind}{MIDDLE}")
    yield "three versions of a field", whole(sound.replace(kind, three))
    yield "the end of two versions", whole(f"{sound}{THEIRS}")
    yield "a mark of two versions in a text", base(title="<<<<<<< HEAD")
    yield "two versions of words", _beside("locale/en.po", f"{WORDS}{OURS}{MIDDLE}{THEIRS}")
    facts = sound[sound.index("facts:") :].replace("id: f", "id: g")

    def included(folder: Path) -> None:
        put(folder, f"{OURS}{facts}{MIDDLE}{facts}{THEIRS}", "more.yaml")
        put(folder, text(more="include: [more.yaml]\n"))

    yield "two versions of an included file", included
    yield (
        "two versions of a document",
        lambda folder: put(folder, f"{OURS}{DOCUMENT}{MIDDLE}{DOCUMENT}{THEIRS}", "a.txt"),
    )


def _pointers() -> Iterator[tuple[str, Harm]]:
    yield "pointer in place of a base", whole(POINTER)
    yield "pointer in place of a document", captured(POINTER)
    yield "pointer in place of words", _beside("locale/en.po", POINTER)
    yield "pointer in place of a record", _beside("issued/t.en.2024-03-10.json", POINTER)


def _no_files() -> Iterator[tuple[str, Harm]]:
    kinds: dict[str, Callable[[Path], object]] = {
        "file": lambda path: path.write_bytes(b"x"),
        "pipe": os.mkfifo,
        "socket": bind,
    }
    for name, make in kinds.items():
        for folder in ("locale", "issued"):
            yield f"{name} for the folder {folder}", _at(folder, make)
        if name != "file":
            for path in ("a.txt", "locale/en.po", "issued/x.json"):
                yield f"{name} for {path}", _at(path, make)
    yield "folder for issued/x.json", _at("issued/x.json", Path.mkdir)
    yield "record in capitals", _beside("issued/X.JSON", "{}")


def _bytes() -> Iterator[tuple[str, Harm]]:
    sound = text().encode()
    yield "NUL in its middle", whole(sound.replace(b"topics:", b"\0topics:", 1))
    yield "letter of Windows in its middle", whole(sound.replace(b"Report", b"Rep\xf6rt"))
    yield "words with a NUL", _beside("locale/en.po", f"{WORDS}\0")
    yield "words of Windows", _beside("locale/en.po", WORDS.encode() + b"# \xf6\n")
    yield "words packed", _beside("locale/en.po", b"\x1f\x8b\x08\0" + b"x" * 99)
    many = "".join(f'msgid "no {number}"\nmsgstr "x"\n\n' for number in range(400))
    yield "words that no page says", _beside("locale/en.po", WORDS + many)
    for mark in ("\u2028", "\x85", "\v", "\f"):
        name = f"lines that end by U+{ord(mark):04X}"
        yield name, whole(text().replace("\n", mark))
    yield "lines that end backwards", whole(text().replace("\n", "\n\r"))
    yield "tabs at the ends of lines", whole(text().replace("\n", "\t\n"))
    yield "orders to YAML, twice", whole(f"%YAML 1.1\n%YAML 1.1\n---\n{text()}")
    yield "an order that YAML has not", whole(f"%FOO {'x' * 9_999}\n---\n{text()}")
    yield "two dots of an end alone", whole("...\n")
    yield "page in place of a base", whole("<!DOCTYPE html><p>x")
    yield "picture in place of a base", whole(b"\x89PNG\r\n\x1a\n" + bytes(40))


def _beside(path: str, content: str | bytes) -> Harm:
    return lambda folder: put(folder, content, path)


def _at(path: str, make: Callable[[Path], object]) -> Harm:
    def harm(folder: Path) -> None:
        place = folder / path
        place.parent.mkdir(exist_ok=True)
        place.unlink(missing_ok=True)
        make(place)

    return harm


LEFT = tuple(
    Case("left", name, harm)
    for make in (_versions, _pointers, _no_files, _bytes)
    for name, harm in make()
)
