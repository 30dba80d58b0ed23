"""The little harbour desk: a copy to be changed, and its briefs issued or built on some day."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from refusals import refusal

from briefings.core.diagnostics import Diagnostic, Refused
from briefings.core.model import TopicId
from briefings.plan.request import BriefRequest, Request
from briefings.run.build import Built, build
from briefings.run.check import check_desk
from briefings.run.issue import IssuedNow, issue

DESK = Path(__file__).parent / "desk_harbour"
TWELVE = """\
        quote: twelve boats were refused, among them two that carried exemptions
        by: union
"""
GONE = "    withdrawn: {on: 2024-03-11, why: Misread.}\n"


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    return Path(shutil.copytree(DESK, tmp_path / "desk"))


def change(desk: Path, old: str, new: str) -> None:
    facts = desk / "facts.yaml"
    text = facts.read_text(encoding="utf-8")
    assert old in text
    facts.write_text(text.replace(old, new), encoding="utf-8")


def issued_on(desk: Path, day: int = 5, *topics: str) -> IssuedNow:
    """Web pages alone, which is quick."""
    out = desk.parent / "out"
    brief = BriefRequest(tuple(map(TopicId, topics)), as_of=date(2024, 3, day))
    request = Request(desk / "facts.yaml", out, brief, formats=("html",))
    return issue(request, today=lambda _: date(2024, 4, 1))


def built_on(desk: Path, day: int) -> Built:
    brief = BriefRequest(as_of=date(2024, 3, day))
    request = Request(desk / "facts.yaml", desk.parent / "out", brief, formats=("html",))
    return build(request, today=lambda _: date(2024, 4, 1))


def record(desk: Path, day: int = 5) -> Path:
    return desk / "issued" / f"basin-closure.en.2024-03-{day:02}.json"


def reported(desk: Path, code: str) -> list[Diagnostic]:
    return [each for each in check_desk(desk / "facts.yaml").diagnostics if each.code == code]


def content(folder: Path) -> dict[str, bytes]:
    """Every file in it, by its path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def html(
    desk: Path, out: Path, topics: Sequence[str] = (), as_of: date | None = None, **more: Any
) -> Built:
    """A build without PDFs, which is quick."""
    brief = BriefRequest(
        tuple(map(TopicId, topics)), as_of=as_of, template=more.pop("template", None)
    )
    request = Request(desk / "facts.yaml", out, brief, **{"formats": ("html",), **more})
    return build(request, today=lambda _: date(2024, 3, 10))


def refused(desk: Path, out: Path, **more: Any) -> Refused:
    """Why there is no build."""
    return refusal(lambda: html(desk, out, **more))


def codes(result: Built | Refused) -> list[str]:
    return [each.code for each in result.diagnostics]
