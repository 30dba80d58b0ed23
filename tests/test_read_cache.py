"""What was read before is not read again, and nothing comes of that but time."""

from __future__ import annotations

import json
import pickle
import re
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml
from breadth import examples
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from prose_desk import desk_with

from briefings.core.model import Fact, FactBase
from briefings.core.overriding import override
from briefings.core.span import SourceText, Span
from briefings.desk.read_cache import load_cached
from briefings.load import cutting, decode, entries, entry_bytes, parallel, piecewise, yamltree
from briefings.load.desk import Loaded, load
from briefings.load.entries import sections_of
from briefings.load.piecewise import Memory
from briefings.workers.agenda import Agenda
from briefings.workers.pool import Executor, Results

ID = re.compile(r"^ +(?:- id|file|name): ", re.MULTILINE)
# Put somewhere into a base, each changes what the lines around it are.
BREAKS = (
    *("#", " #x", "\n# x\n", "'", '"', "[", "]", "{", "}", "&a ", "*a", "!!str ", "|", ">-", "- "),
    *(": ", ":", "? ", "\n---\n", "\n...\n", "\n", "\r\n", "\t", "  ", "\n\n", "<<: ", "\u2028"),
    *("\u200b", "\n  ", "\n    ", "\nfacts:\n", "\nfacts: []\n", "\ntopics: {}\n", "x", "%", "@"),
    *("\nNo: x\n", "\n# \u200b\n", "\n  # \x85 x: y\n", "\n'q': x\n", "\n-\n", "\nx:\n"),
    *("\n  - id: x\n", "\n  x: 1\n", "\ndefaults: {kind: event}\n", "\n    accept: {x: y}\n"),
)


@pytest.fixture(autouse=True)
def small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that a little desk has many."""
    monkeypatch.setattr(cutting, "_ENTRIES", 2)


class Remembered:
    """A memory that lasts from one reading to the next."""

    def __init__(self, *, waits: bool = False) -> None:
        self.contents: dict[str, bytes] = {}
        self.waits = waits

    def load(self, base: Path) -> Loaded:
        """Read a base by what is known of it."""
        memory = Memory(self.contents.get, self.contents.__setitem__, self.waits)
        return load(base, memory=memory)


def as_they_wait(base: Path) -> Loaded:
    """A base of which nothing is known or kept, each entry read when its turn comes."""
    return load(base, memory=Memory(lambda _: None, None, waits=True))


def everything(loaded: Loaded) -> dict[str, object]:
    """All that a reading says, each place included."""
    held = {each.name: getattr(loaded, each.name) for each in fields(loaded)}
    del held["digests"], held["values"]  # which are counted otherwise by pieces
    base = loaded.base
    held["order"] = base and [list(getattr(base, each.name)) for each in sections_of(FactBase)]
    held["diagnostics"] = sorted(map(repr, loaded.diagnostics))
    return held


def in_two_files(folder: Path) -> Path:
    """A desk whose facts and summaries stand in a file of their own."""
    base = desk_with(folder)
    text = base.read_text(encoding="utf-8")
    at = text.index("\nfacts:\n") + 1
    (base.parent / "facts").mkdir()
    (base.parent / "facts" / "a.yaml").write_text(text[at:], encoding="utf-8")
    base.write_text(f"{text[:at]}include: [facts/*.yaml]\n", encoding="utf-8")
    return base


def in_three_files(folder: Path) -> Path:
    """The same with facts in two files, and summaries with those on which other entries rest."""
    base = in_two_files(folder)
    facts = base.parent / "facts" / "a.yaml"
    text = facts.read_text(encoding="utf-8")
    rest = re.search(r"\n(?!facts:)[a-z_]+:\n", text)
    assert rest is not None
    listed, others = text[: rest.start() + 1], text[rest.start() + 1 :]
    starts = [match.start() + 1 for match in re.finditer(r"\n  - id: ", listed)]
    middle = starts[len(starts) // 2]
    facts.write_text(listed[:middle], encoding="utf-8")
    facts.with_name("b.yaml").write_text("facts:\n" + listed[middle:], encoding="utf-8")
    own = base.read_text(encoding="utf-8")
    base.write_text(others + own, encoding="utf-8")
    return base


class Apart(Executor):
    """Does all that it is asked for here, as others would elsewhere: from bytes to bytes."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    @override
    def results(self, agenda: Agenda) -> Results:
        """What comes of all tasks."""
        while (number := agenda.next()) is not None:
            errand = agenda.take(number)
            self.asked.append(errand.name)
            work, task = pickle.loads(pickle.dumps((errand.kind.work, errand.value)))  # noqa: S301 # written in the line itself
            yield errand, pickle.loads(pickle.dumps(work(task)))  # noqa: S301 # see above


@settings(
    max_examples=40,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_files_read_apart_are_as_read_together(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Whatever is wrong in which of them, and however their entries hang on those of others."""
    base = in_three_files(tmp_path_factory.mktemp("desk"))
    for path in data.draw(st.lists(st.sampled_from(sorted(base.parent.rglob("*.yaml"))))):
        text = edited(data, path.read_text(encoding="utf-8"))
        path.write_text(text, encoding="utf-8", newline="")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(parallel, "_LETTERS", 1)
        patch.setattr(parallel, "_common", lambda _: 0)
        assert everything(load_cached(base, None, Apart())) == everything(load(base))


def test_what_was_read_apart_is_not_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nor asked for the next time, where there is a cache; a base in one file is nobody's else."""
    monkeypatch.setattr(parallel, "_LETTERS", 1)
    monkeypatch.setattr(parallel, "_common", lambda _: 0)
    others, cache = Apart(), tmp_path / "cache"
    base = in_three_files(tmp_path / "desk")
    fresh = load(base)
    assert fresh.diagnostics == ()
    read = piecewise.read
    pieces: list[str] = []

    def noted(sheet: Any, piece: Any) -> bool:
        pieces.append(sheet.source.text[piece.start : piece.end])
        return read(sheet, piece)

    monkeypatch.setattr(piecewise, "read", noted)
    assert everything(load_cached(base, cache, others)) == everything(fresh)
    assert others.asked == ["files 0", "files 1", "files 2"]
    elsewhere = len(pieces)
    assert everything(load_cached(base, cache, others)) == everything(fresh)
    assert (len(others.asked), len(pieces)) == (3, elsewhere)
    (facts,) = {each for each in pieces if "id: twelve-refused" in each}
    assert pieces.count(facts) == 1
    load_cached(desk_with(tmp_path / "whole"), None, others)
    assert len(others.asked) == 3


def edited(data: st.DataObject, text: str) -> str:
    """A text with something put in, taken out, moved or said twice, anywhere."""
    at = data.draw(st.integers(0, len(text)))
    lines = text.splitlines(keepends=True)
    first, last = sorted(data.draw(st.integers(0, len(lines))) for _ in range(2))
    last = min(last, first + 9)
    match data.draw(st.sampled_from(("break", "lines", "twice", "away", "moved", "deeper", "end"))):
        case "break":
            return text[:at] + data.draw(st.sampled_from(BREAKS)) + text[at:]
        case "lines":
            return "".join([*lines[:first], *lines[last:]])
        case "twice":
            return "".join([*lines[:last], *lines[first:]])
        case "away":
            return text[:at] + text[at + data.draw(st.integers(1, 3)) :]
        case "moved":
            return "".join([*lines[:first], *lines[last:], *lines[first:last]])
        case "deeper":
            return "".join([*lines[:first], *(f" {x}" for x in lines[first:last]), *lines[last:]])
    return text.rstrip("\n")


@settings(
    max_examples=examples(12, 600),
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_known_is_as_fresh_after_any_edits(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Edits anywhere in any file, some of which no parser can read, one after the other."""
    folder = tmp_path_factory.mktemp("desk")
    base = in_two_files(folder) if data.draw(st.booleans()) else desk_with(folder)
    paths = sorted(base.parent.rglob("*.yaml"))
    sound = {path: path.read_text(encoding="utf-8") for path in paths}
    remembered = Remembered(waits=data.draw(st.booleans()))
    assert everything(remembered.load(base)) == everything(load(base))
    for _ in range(4):
        path = data.draw(st.sampled_from(paths))
        back = data.draw(st.booleans())
        text = sound[path] if back else path.read_text(encoding="utf-8")
        path.write_text(edited(data, text), encoding="utf-8", newline="")
        fresh = everything(load(base))
        assert everything(remembered.load(base)) == fresh
        assert everything(as_they_wait(base)) == fresh
    for path, text in sound.items():
        path.write_text(text, encoding="utf-8")
    assert everything(remembered.load(base)) == everything(load(base))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("# A little", "# A\u200b little"),
        ("\nsources:\n", "\nsources:\n  # none\u200b\n"),
        ("\nsources:\n", "\nsources: # \u2028  none: x\n"),
        ("\nplaces:\n", "\nplaces:\nNo: x\nsomewhere:\n"),
        ("\nplaces:\n", "\nplaces:\n'no': x\nsomewhere:\n"),
        ("\nfacts:\n", "\nfacts:\n# none\n-\n    id: x\nothers:\n"),
        ("\nfacts:\n", "\nfacts:\n  x: y\nothers:\n"),
        ("\nformat:", "\n---\nformat:"),
        ("format: 1\n", "format: 1\n  # deeper\n"),
        ("# A little", "\t# A little"),
        ("\nsources:\n", "\nsources:\n\t# none\n"),
        ("\nfacts:\n", "\n \t\nfacts:\n"),
    ],
)
def test_what_stands_between_entries_counts(tmp_path: Path, old: str, new: str) -> None:
    """Comments, keys of sections and what is no section, which are no part of any entry."""
    base, remembered = desk_with(tmp_path), Remembered()
    text = base.read_text(encoding="utf-8")
    assert old in text
    remembered.load(base)
    base.write_text(text.replace(old, new, 1), encoding="utf-8")
    for _ in range(2):
        assert everything(remembered.load(base)) == everything(load(base))


@pytest.mark.parametrize("before", ["sources", "actors", "facts"])
def test_entries_between_brackets_are_of_no_piece(tmp_path: Path, before: str) -> None:
    """A section on one line is part of the head, before the first piece or between two."""
    base, remembered = desk_with(tmp_path), Remembered()
    text = base.read_text(encoding="utf-8")
    block = re.search(r"(?ms)^places:\n.*?(?=^\w)", text)
    assert block is not None
    places = json.dumps(yaml.safe_load(block[0])["places"])
    text = text.replace(block[0], "").replace(f"\n{before}:\n", f"\nplaces: {places}\n{before}:\n")
    base.write_text(text, encoding="utf-8")
    assert load(base).base is not None
    for _ in range(2):
        assert everything(remembered.load(base)) == everything(load(base))


def test_only_what_has_changed_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing but the head the second time; after an edit of one fact the lines around it."""
    base, remembered = desk_with(tmp_path), Remembered()
    text = base.read_text(encoding="utf-8")
    read: list[str] = []

    def noted(source: SourceText, start: int, end: int) -> Any:
        read.append(source.text[start:end])
        return yamltree.parse_part(source, start, end)

    monkeypatch.setattr(piecewise, "parse_part", noted)
    remembered.load(base)
    assert sum(map(len, read)) > len(text) * 0.9
    read.clear()
    remembered.load(base)
    assert not any(ID.search(each) for each in read)
    fact = text.index("id: twelve-refused")
    changed = text[fact:].replace("credibility: ", "due: 2024-03-20\n    credibility: ", 1)
    base.write_text(f"# moved\n{text[:fact]}{changed}", encoding="utf-8")
    read.clear()
    loaded = remembered.load(base)
    (lines,) = (each for each in read if ID.search(each))
    assert "id: twelve-refused" in lines
    assert len(lines) < len(text) / 4
    assert everything(loaded) == everything(load(base))


def test_trees_are_never_there_all_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The entries of some lines are read before the next lines are, and nothing is read twice."""
    base = in_two_files(tmp_path)
    fresh, text = everything(load(base)), (base.parent / "facts" / "a.yaml").read_text("utf-8")
    done: list[tuple[str, int]] = []
    real = entries.read

    def parsed(source: SourceText, start: int, end: int) -> Any:
        if source.path == "facts/a.yaml":
            done.append(("lines", start))
        return yamltree.parse_part(source, start, end)

    def read(reader: Any, kind: Any, what: str, node: Any, **filled: Any) -> Any:
        if kind is Fact:
            done.append(("fact", node.span.start))
        return real(reader, kind, what, node, **filled)

    monkeypatch.setattr(piecewise, "parse_part", parsed)
    monkeypatch.setattr(decode, "read", read)
    assert everything(as_they_wait(base)) == fresh
    facts = [(what, at) for what, at in done if at < text.index("summaries:")]
    assert facts == sorted(facts, key=lambda each: each[1])
    assert len({what for what, _ in facts}) == 2
    assert len(done) == len(set(done))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("  - id: twelve-refused\n", "  - id: nine-turned-away\n"),
        ("  - id: twelve-refused\n", "  - id: twelve-refused\n    id: another\n"),
        ("  - id: twelve-refused\n", "  - {x: '\n  - id: x\n  '}\n  - id: twelve-refused\n"),
        ("  - id: twelve-refused\n", "  - id: twelve-refused\n    said by: nobody\n"),
        ("  - id: twelve-refused\n", "  - id: twelve-refused\n    by: [nobody\n"),
    ],
)
def test_entries_that_are_not_what_they_seem(tmp_path: Path, old: str, new: str) -> None:
    """Their mistakes are told as they are where all is read before any entry is."""
    base = desk_with(tmp_path)
    text = base.read_text(encoding="utf-8")
    assert text.count(old) == 1
    base.write_text(text.replace(old, new), encoding="utf-8")
    fresh = load(base)
    assert fresh.diagnostics
    assert everything(as_they_wait(base)) == everything(fresh)


def test_entries_below_a_head_that_can_not_be_read(tmp_path: Path) -> None:
    """What is wrong with their lines is told beside what is wrong with it."""
    base = in_two_files(tmp_path)
    facts = base.parent / "facts" / "a.yaml"
    for path, old, new in (
        (base, "languages:", "language:"),
        (facts, "    credibility: 2\n", "    - credibility: 2\n"),
    ):
        path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    fresh = load(base)
    assert len(fresh.diagnostics) > 1
    assert everything(as_they_wait(base)) == everything(fresh)


def test_what_an_entry_rests_on_is_looked_at_again(tmp_path: Path) -> None:
    """Ids that are gone, languages and defaults of sources, whatever the entry's own lines say."""
    base, remembered = in_two_files(tmp_path), Remembered()
    text = base.read_text(encoding="utf-8")
    for old, new in (
        ("  wray:\n", "  wrays:\n"),
        ("language: fr", "language: en"),
        ("language: fr", "language: fr\n    marking: AMBER"),
        ("language: fr", "language: fr\n    defaults: {by: union}"),
        ("languages: [en", "languages: [fr, en"),
        ("\ntopics:", "\nmarking: GREEN\ntopics:"),
    ):
        assert old in text
        remembered.load(base)
        base.write_text(text.replace(old, new, 1), encoding="utf-8")
        again = everything(remembered.load(base))
        assert again == everything(load(base))
        base.write_text(text, encoding="utf-8")
        assert again != everything(remembered.load(base))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x80",
        pickle.dumps([]),
        pickle.dumps({b"": print}),
        pickle.dumps({b"": 1}),
        b"cos\nsystem\n(S'exit 1'\ntR.",
    ],
)
def test_bytes_that_hold_no_entries_are_read_past(tmp_path: Path, content: bytes) -> None:
    """Nothing that they name is called; the file is read anew, and kept as it should be."""
    base, remembered = desk_with(tmp_path), Remembered()
    fresh = everything(remembered.load(base))
    sound = remembered.contents["facts.yaml"]
    for broken in (content, pickle.dumps(dict.fromkeys(entry_bytes.table(sound), content))):
        remembered.contents["facts.yaml"] = broken
        assert everything(remembered.load(base)) == fresh
        again = entry_bytes.table(remembered.contents["facts.yaml"])
        assert again.keys() == entry_bytes.table(sound).keys()


def test_every_kind_of_entry_can_be_kept() -> None:
    """A class with a single field would come back as another value than it was."""
    assert all(len(fields(each)) > 1 for each in entry_bytes._kinds() if is_dataclass(each))
    assert Span not in entry_bytes._kinds()


def test_what_is_kept_of_a_base_is_handed_on_file_by_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of a large one there is never all of it at once."""
    alive: set[str] = set()

    class Content(bytes):
        def __del__(self) -> None:
            alive.clear()

    def put(path: str, content: bytes) -> None:
        assert not alive
        alive.add(path)
        handed.append(content[:0])

    dumps, handed = pickle.dumps, list[bytes]()
    monkeypatch.setattr(pickle, "dumps", lambda *of: Content(dumps(*of)))
    load(in_three_files(tmp_path), memory=Memory(lambda _: None, put))
    assert len(handed) == 3
