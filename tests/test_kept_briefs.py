"""Briefs that a base keeps by name: built by it, varied by flags, and checked like all else."""

from __future__ import annotations

from pathlib import Path

import pytest
from command import build, desk, manifest, page
from little_desk import LittleDesk, codes, only

__all__ = ["desk"]

KEPT = """
briefs:
  calder-watch:
    topics: [tarn-cannery, basin-closure]
    merge: true
    actors: [calder]
    no_sections: [map]
    title: What the harbour master says
    period: month
    name: "{brief}-{as_of}"
  both: {topics: [basin-closure, tarn-cannery], kinds: [claim]}
"""


@pytest.fixture
def kept(desk: Path) -> Path:
    """The little desk with two briefs of its own."""
    facts = desk / "facts.yaml"
    facts.write_text(facts.read_text(encoding="utf-8") + KEPT, encoding="utf-8")
    return desk


@pytest.mark.usefixtures("kept")
def test_a_kept_brief_is_built_by_its_name() -> None:
    """With all that the base says of it; one whose topics stay apart has a name for each."""
    done = build("calder-watch")
    assert (done.exit_code, done.stderr) == (0, "")
    (brief,) = manifest()
    assert brief["since"] == "2024-02-11"
    text = page("calder-watch-2024-03-10.html")
    assert "What the harbour master says" in text
    assert '<section aria-labelledby="map"' not in text
    assert build("both", "calder-watch").exit_code == 0
    assert [one["brief"] for one in manifest()] == [
        "both_basin-closure",
        "both_tarn-cannery",
        "calder-watch",
    ]


@pytest.mark.usefixtures("kept")
def test_flags_go_before_a_kept_brief() -> None:
    """One by one; a brief that is narrowed so is not taken for the kept one."""
    assert build("calder-watch", "--title", "Calder", "--section", "map").exit_code == 1
    assert build("calder-watch", "--title", "Calder", "--name", "{brief}").exit_code == 0
    assert "Calder" in page("calder-watch.html")
    done = build("calder-watch", "--no-merge", "--actor", "wray", "--week", "2024-W10")
    assert done.exit_code == 0
    assert [str(one["brief"])[:-7] for one in manifest()] == [
        "calder-watch_basin-closure-custom",
        "calder-watch_tarn-cannery-custom",
    ]
    assert {one["since"] for one in manifest()} == {"2024-03-04"}
    unknown = build("calder-wach")
    assert unknown.exit_code == 2
    assert "did you mean `calder-watch`?" in unknown.stderr


@pytest.mark.parametrize(
    ("entry", "code"),
    [
        ("topics: [t], sections: [timelin]", "bad-value"),
        ("topics: [t], no_sections: [quotes]", "bad-value"),
        ("topics: [t], lang: fa", "unknown-language"),
        ("topics: [t], name: '../{topic}'", "bad-name"),
        ("topics: [t], name: '{topc}'", "bad-name"),
        ("topics: [t], kinds: [evnt]", "bad-value"),
        ("topics: [t], actors: [nobody]", "unknown-reference"),
        ("topics: [t], exclude: [nobody]", "unknown-reference"),
        ("topics: [t], min_reliability: G", "bad-value"),
        ("topics: [t], period: year", "bad-value"),
        ("topics: [t], marking: CLEAR", "marking-too-low"),
        ("topics: [u]", "unknown-reference"),
        ("topics: []", "empty-text"),
        ("topics: [t], sectons: [map]", "unknown-key"),
        ("merge: true", "missing-key"),
    ],
)
def test_a_kept_brief_is_checked_with_its_place(tmp_path: Path, entry: str, code: str) -> None:
    """As everything in a base is: at file, line and column."""
    desk = LittleDesk(tmp_path).document("a", "Boats left.")
    head = (
        "format: 1\ntitle: Little desk\nlanguages: [en]\nmarking: GREEN\n"
        "topics:\n  t: {title: Harbour}\n"
    )
    result = desk.check(f"briefs:\n  b: {{{entry}}}\n", head)
    assert code in codes(result)
    found = only(result, code)
    assert found.span is not None
    lines = result.texts["facts.yaml"].text.splitlines()
    at = result.texts["facts.yaml"].position(found.span.start)
    assert entry in lines[at.line - 1] or lines[at.line - 1].strip().startswith("b:")
