"""Whoever works on a desk, and however it is parted: the same comes of it, after any edits."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from breadth import examples
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from prose_desk import desk_with
from test_clearances import EDITS, everything
from test_read_cache import Apart, edited

from briefings.check import gate, parts
from briefings.core.diagnostics import Diagnostic, Refused
from briefings.core.model import Period, TopicId
from briefings.desk.checked import Checked, check_anew, in_another_process
from briefings.load.desk import load
from briefings.plan.request import BriefRequest, Request
from briefings.run.build import build

TOPICS = ("basin-closure", "tarn-cannery")
# Each leaves a desk of which briefs can be made.
HARMLESS = (
    (r"\A", "# a comment that moves all places\n"),
    (r"languages: \[en\]", "languages: [en, fa]"),
    (r"title: The closure of", "title: On the closure of"),
    (r"credibility: 2", "credibility: 3"),
    (r"as_of: 2024-03-10", "as_of: 2024-03-05"),
    (r"published: 2024-03-04", "published: 2024-03-05"),
    (r"(?m)^timezone:", "marking: GREEN\ntimezone:"),
    (r"The port ordered that", "The port ruled that"),
    (r"says that twelve boats", "says that 12 boats"),
)

_Outcome = dict[str, bytes] | tuple[int, tuple[Diagnostic, ...]]


def drawn_settings(number: int, full: int) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """So many examples; none is made smaller, which takes long."""
    return settings(
        max_examples=examples(number, full),
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=[HealthCheck.function_scoped_fixture],
    )


def changed(data: st.DataObject, text: str, edits: tuple[tuple[str, str], ...]) -> str:
    """A text with some edits, each at one of its places."""
    for pattern, new in data.draw(st.lists(st.sampled_from(edits), max_size=3)):
        places = list(re.finditer(pattern, text, re.MULTILINE))
        if places:
            place = data.draw(st.sampled_from(places))
            text = text[: place.start()] + place.expand(new) + text[place.end() :]
    return text


def in_order(checked: Checked) -> tuple[object, ...]:
    """All that a check says, in its order."""
    return (checked.diagnostics, *everything(checked))


@drawn_settings(3, 200)
@given(data=st.data())
def test_a_check_in_parallel_says_what_a_serial_one_does(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """By two processes, however the base is parted; in parts elsewhere; by what these left."""
    folder = tmp_path_factory.mktemp("desk")
    base = desk_with(folder)
    text = changed(data, base.read_text(encoding="utf-8"), EDITS)
    if data.draw(st.integers(0, 3)) == 0:
        text = edited(data, text)
    base.write_text(text, encoding="utf-8", newline="")
    loaded = load(base)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(gate, "_FEW", 0)
        patch.setattr(gate, "_HERE", data.draw(st.floats(0, 1)))
        patch.setattr(parts, "_FACTS", data.draw(st.integers(1, 5)))
        serial = in_order(check_anew(loaded, base, None))
        assert in_order(check_anew(loaded, base, None, meanwhile=in_another_process)) == serial
        for _ in range(2):
            assert in_order(check_anew(loaded, base, folder / "cache", Apart())) == serial
        assert in_order(check_anew(loaded, base, folder / "cache")) == serial


def outcome(
    base: Path, out: Path, brief: BriefRequest, workers: int, cache: Path | None
) -> _Outcome:
    """All files of a build; where it is refused, how."""
    request = Request(base, out, brief, formats=("html",), cache=cache)
    try:
        build(request, today=lambda _: date(2024, 3, 10), workers=workers)
    except Refused as refused:
        return refused.status, tuple(refused.diagnostics)
    files = (path for path in out.rglob("*") if path.is_file())
    return {str(path.relative_to(out)): path.read_bytes() for path in files}


@drawn_settings(1, 60)
@given(data=st.data())
@pytest.mark.usefixtures("workers")
def test_a_build_in_parallel_makes_what_a_serial_one_does(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """To the byte, with any number of workers, afresh and over what was made of an earlier desk."""
    folder = tmp_path_factory.mktemp("desk")
    base, cache = desk_with(folder), folder / "cache"
    topics = data.draw(st.lists(st.sampled_from(TOPICS), unique=True, min_size=1))
    brief = BriefRequest(tuple(map(TopicId, topics)), period=data.draw(st.sampled_from(Period)))
    many = data.draw(st.integers(2, 4))
    for number in range(2):
        text = changed(data, base.read_text(encoding="utf-8"), HARMLESS)
        base.write_text(text, encoding="utf-8")
        serial = outcome(base, folder / f"serial{number}", brief, 1, None)
        assert serial
        assert outcome(base, folder / f"parallel{number}", brief, many, cache) == serial
