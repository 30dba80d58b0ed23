"""What can be asked for of a desk, as a table for people and as JSON for machines."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from command import DESK, desk, run
from test_kept_briefs import kept

from briefings.compose.filters import passes
from briefings.core.model import ActorId, FactKind, Filters
from briefings.run.check import check_desk

__all__ = ["desk", "kept"]


@pytest.mark.usefixtures("kept")
@pytest.mark.parametrize(
    ("what", "names"),
    [
        ("topics", ["basin-closure", "tarn-cannery"]),
        ("places", ["port-merrow", "tarn"]),
        ("sources", ["notice", "gazette", "radio-quai"]),
        ("kinds", [str(kind) for kind in FactKind]),
        ("briefs", ["calder-watch", "both"]),
        ("issued", []),
    ],
)
def test_list_shows_what_can_be_asked_for(what: str, names: list[str]) -> None:
    """As a table for people and as JSON for machines, in the order of the base."""
    done = run("list", what, "--json")
    assert done.exit_code == 0
    assert [row["id"] for row in json.loads(done.stdout)] == names
    table = run("list", what)
    assert table.exit_code == 0
    assert bool(table.stderr) is not bool(names)
    assert [line.split()[0] for line in table.stdout.splitlines()[1:]] == names


@pytest.mark.usefixtures("desk")
def test_list_counts_and_dates() -> None:
    """How many facts each name finds, and when the first and the last of them became known."""
    rows = {row["id"]: row for row in json.loads(run("list", "topics", "--json").stdout)}
    assert rows["basin-closure"]["facts"] == 10
    assert rows["basin-closure"]["first_known"] == "2024-02-10"
    assert rows["basin-closure"]["last_known"] == "2024-03-06"
    actors = {row["id"]: row for row in json.loads(run("list", "actors", "--json").stdout)}
    found = check_desk(DESK / "facts.yaml").checked
    assert found is not None
    base = found.base
    for name, row in actors.items():
        only_one = replace(Filters(), actors=(ActorId(name),))
        assert row["facts"] == sum(passes(each, base, only_one) for each in base.facts.values())
    assert run("list", "topic").exit_code == 2


def test_list_is_the_same_by_what_was_read_before(kept: Path, tmp_path: Path) -> None:
    """The cache saves time and no more: a fact of another id is listed by that."""
    cache = ("--cache", str(tmp_path / "cache"))
    fresh = run("list", "facts", "--json").stdout
    for _ in range(2):
        assert run("list", "facts", "--json", *cache).stdout == fresh
    assert any(path.is_file() for path in (tmp_path / "cache").rglob("*"))
    base = kept / "facts.yaml"
    text = base.read_text(encoding="utf-8")
    base.write_text(text.replace("id: berths", "id: moorings"), encoding="utf-8")
    again = run("list", "facts", "--json", *cache).stdout
    assert "moorings" in again
    assert again == run("list", "facts", "--json").stdout
