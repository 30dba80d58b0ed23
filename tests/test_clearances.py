"""What the last check cleared is not checked again, and nothing comes of that but time."""

from __future__ import annotations

import json
import re
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from breadth import examples
from command import run
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from prose_desk import desk_with

from briefings.check import claims
from briefings.check.clearances import Clearances
from briefings.core.model import Fact
from briefings.desk.check_cache import check_cache
from briefings.desk.checked import Checked, check_loaded
from briefings.load.desk import load
from briefings.run.check import check_desk

QUOTE = "twelve boats were refused, among them two that carried exemptions"
# Of one file each: what is known of an entry, or of what it rests on, is no longer so.
EDITS = (
    (r"^format: 1\n", "# a comment that moves all places\nformat: 1\n"),
    (r"\bnine\b", "eight"),
    (r"\bNine\b", "Ten"),
    (r"\btwelve\b", "thirteen"),
    (r" said that ", " did not say that "),
    (r"turned away", "let in"),
    (r"\bnot\b ?", ""),
    (r"kind: statement", "kind: event"),
    (r"by: union", "by: outlet"),
    (r"published: 2024-03-04", "published: 2024-03-05"),
    (r"language: fr", "language: en"),
    (r"Calder", "Caldera"),
    (r"\[silting\]", "[nine-confirmed]"),
    (r"paragraphs: blocks", "paragraphs: lines"),
    (r"actors: \[[^]]*\]", "actors: []"),
    (r"positions: \[(.*), (.*)\]", r"positions: {\1: Twelve boats, \2: Nine boats}"),
    (r"\bTwelve\b", "640"),
    (r"    credibility: 2\n", "    credibility: 2\n    accept: {lost-negation: It is so.}\n"),
)


def everything(checked: Checked) -> tuple[object, ...]:
    """All that a check says."""
    return (
        sorted(map(repr, checked.diagnostics)),
        checked.quotes,
        checked.checked,
        checked.accepted,
        checked.unchecked,
        checked.supports,
        checked.taken,
    )


@settings(
    max_examples=examples(6, 240),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_known_is_as_fresh_after_any_edits(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Edits of facts, prose, sources, actors and documents, one after the other."""
    folder = tmp_path_factory.mktemp("desk")
    base, cache = desk_with(folder), folder / "cache"
    assert everything(check_desk(base, cache)) == everything(check_desk(base))
    for _ in range(3):
        pattern, new = data.draw(st.sampled_from(EDITS))
        text = base.read_text(encoding="utf-8")
        places = list(re.finditer(pattern, text, re.MULTILINE))
        if places:
            place = data.draw(st.sampled_from(places))
            text = text[: place.start()] + place.expand(new) + text[place.end() :]
        if data.draw(st.booleans()):
            text = rewritten(base.parent / "documents" / "gazette.txt", text)
        base.write_text(text, encoding="utf-8")
        assert everything(check_desk(base, cache)) == everything(check_desk(base))


def rewritten(document: Path, text: str) -> str:
    """The base once a document has lost its first word and the base has its new hash."""
    content = document.read_bytes()
    less = content.split(maxsplit=1)[-1]
    document.write_bytes(less)
    return text.replace(sha256(content).hexdigest(), sha256(less).hexdigest())


def test_only_what_has_changed_is_checked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing the second time; after an edit of one fact that fact, whatever moves in the file."""
    base, cache = desk_with(tmp_path), tmp_path / "cache"
    read: list[str] = []
    told_of = claims._told

    def noted(of: Any, fact: Fact, *rest: Any) -> Any:
        read.append(fact.id)
        return told_of(of, fact, *rest)

    monkeypatch.setattr(claims, "_told", noted)
    check_desk(base, cache)
    assert "nine-turned-away" in read
    read.clear()
    check_desk(base, cache)
    assert not read
    text = base.read_text(encoding="utf-8")
    fact = text.index("id: twelve-refused")
    changed = text[fact:].replace("credibility: ", "due: 2024-03-20\n    credibility: ", 1)
    base.write_text(f"# moved\n{text[:fact]}{changed}", encoding="utf-8")
    check_desk(base, cache)
    assert read == ["twelve-refused"]


def test_a_mistake_is_told_each_time(tmp_path: Path) -> None:
    """Only what had nothing wrong is known."""
    base, cache = desk_with(tmp_path), tmp_path / "cache"
    text = base.read_text(encoding="utf-8")
    base.write_text(text.replace(QUOTE, "no such words"), encoding="utf-8")
    codes = [[each.code for each in check_desk(base, cache).diagnostics] for _ in range(2)]
    assert codes[0] == codes[1]
    assert "quote-not-found" in codes[0]


def test_a_document_that_changed_proves_nothing(tmp_path: Path) -> None:
    """Although the base, and so every digest, is as it was."""
    base, cache = desk_with(tmp_path), tmp_path / "cache"
    check_desk(base, cache)
    (base.parent / "documents" / "gazette.txt").write_text("other words", encoding="utf-8")
    again = check_desk(base, cache)
    assert "source-changed" in {each.code for each in again.diagnostics}
    assert everything(again) == everything(check_desk(base))


def test_an_exact_quote_is_held_against_its_document_again(tmp_path: Path) -> None:
    """What is known gives its place; that it stands there is looked at."""
    loaded = load(desk_with(tmp_path))
    known = Clearances()
    fresh = check_loaded(loaded, known)
    assert known.now
    moved = {digest: _moved(packed) for digest, packed in known.now.items()}
    assert moved != known.now
    assert everything(check_loaded(loaded, Clearances(moved))) == everything(fresh)


def _moved(packed: str) -> str:
    quotes, *rest = json.loads(packed)
    return json.dumps(
        [[["exact", [[0, 3, 1, 1]], []] for _ in quotes], *rest], separators=(",", ":")
    )


def test_a_damaged_cache_or_none_costs_only_time(tmp_path: Path) -> None:
    """Bytes that changed are made anew; a folder that can't be written is told."""
    base, cache = desk_with(tmp_path), tmp_path / "cache"
    fresh = everything(check_desk(base, cache))
    for entry in cache.rglob("*"):
        if entry.is_file():
            content = entry.read_bytes()
            entry.write_bytes(content[:-9] + bytes([content[-9] ^ 1]) + content[-8:])
    assert not check_cache(base, cache).clearances.last
    assert everything(check_desk(base, cache)) == fresh
    assert check_cache(base, cache).clearances.last
    no_folder = tmp_path / "file"
    no_folder.write_text("a file, and no folder", encoding="utf-8")
    done = run("check", "--base", str(base), "--cache", str(no_folder))
    assert done.exit_code == 0
    assert "can't be used" in done.stderr
