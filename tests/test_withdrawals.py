"""What was taken back: what a base has to say of it, what editions show, the notices."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from harbour_desk import GONE, TWELVE, built_on, change, desk, issued_on, reported

from briefings.core.model import Marking
from briefings.run.correction import corrections

__all__ = ["desk"]


def test_facts_on_a_retracted_source(desk: Path) -> None:
    """Each has to be withdrawn by that day; the source is then no longer cited."""
    change(
        desk,
        "    descriptor: Evening news",
        "    retracted: {on: 2024-03-08, why: The transcript was wrong.}\n"
        "    descriptor: Evening news",
    )
    named = [each.message for each in reported(desk, "rests-on-retracted")]
    assert [message.split("`")[1] for message in named] == ["nine-confirmed", "cannery-jobs"]
    end = "        translator: the desk\n"
    change(desk, end, end + "    withdrawn: {on: 2024-03-09, why: No source.}\n")
    assert all(
        "only on 2024-03-09" in each.message for each in reported(desk, "rests-on-retracted")
    )
    change(desk, "{on: 2024-03-09", "{on: 2024-03-08")
    assert reported(desk, "rests-on-retracted") == []
    (week,) = built_on(desk, 10).editions
    assert "radio-quai" not in {view.source.id for view in week.sources}
    calder = next(view for view in week.actors if view.actor.id == "calder")
    assert "radio-quai" not in {source.id for _, source in calder.titles}
    (before,) = built_on(desk, 7).editions
    assert "radio-quai" in {view.source.id for view in before.sources}


def test_what_rests_on_a_withdrawn_fact_is_named(desk: Path) -> None:
    """A warning each; a position whose replacement is there too is none."""
    change(desk, TWELVE, TWELVE + GONE)
    found_ = reported(desk, "rests-on-withdrawn")
    assert [each.message.split("`")[1] for each in found_] == ["cannery-pays", "how-many-refused"]
    change(desk, "why: Misread.}", "why: Misread., replaced_by: nine-turned-away}")
    assert len(reported(desk, "rests-on-withdrawn")) == 1


def test_a_judgement_made_anew_ends_the_warning(desk: Path) -> None:
    """The old one stays, for the editions that showed it; the desk has dealt with it."""
    change(desk, TWELVE, TWELVE + GONE)
    assert len(reported(desk, "rests-on-withdrawn")) == 2
    anew = (
        "  - {id: cannery-pays-still, topic: tarn-cannery, confidence: low, made: 2024-03-20,"
        " statement: It is unlikely that the cannery pays., because: Nobody is named.,"
        " rests_on: [dredging-offer, cannery-jobs]}\n"
    )
    change(desk, "judgements:\n", "judgements:\n" + anew)
    assert [each.message.split("`")[1] for each in reported(desk, "rests-on-withdrawn")] == [
        "how-many-refused"
    ]


@pytest.mark.parametrize(
    ("more", "errors"), [("", 0), ("other: {on: 2024-03-12}", 0), ("other: {on: 2024-03-11}", 1)]
)
def test_a_replacement_has_to_hold_at_first(desk: Path, more: str, errors: int) -> None:
    """It may be withdrawn later: then it did hold, and an edition may have shown it."""
    change(desk, TWELVE, TWELVE + GONE.replace("Misread.", "Misread., replaced_by: silting"))
    if more:
        day = more[-11:-1]
        end = "quote: The basin is silting up and we cannot wait, by: calder}\n"
        change(desk, end, end + f"    withdrawn: {{on: {day}, why: Wrong.}}\n")
    assert len(reported(desk, "bad-replacement")) == errors


def test_a_fact_that_replaces_itself(desk: Path) -> None:
    """It would be known from the day on which it is gone."""
    change(desk, TWELVE, TWELVE + GONE.replace("Misread.", "Misread., replaced_by: twelve-refused"))
    assert len(reported(desk, "bad-replacement")) == 1


def test_a_withdrawal_names_no_replacement_that_is_not_known_yet(desk: Path) -> None:
    """An edition between the two days says only that the old fact is gone."""
    change(
        desk,
        TWELVE,
        TWELVE + "    withdrawn: {on: 2024-03-05, why: Misread., replaced_by: nine-confirmed}\n",
    )
    (early,) = built_on(desk, 5).editions
    (late,) = built_on(desk, 6).editions
    assert [end.replaced_by for _, end in early.withdrawn] == [None]
    assert [end.replaced_by for _, end in late.withdrawn] == ["nine-confirmed"]
    page = (desk.parent / "out" / "basin-closure.en.html").read_text(encoding="utf-8")
    assert "nine-confirmed" in page
    built_on(desk, 5)
    page = (desk.parent / "out" / "basin-closure.en.html").read_text(encoding="utf-8")
    assert "nine-confirmed" not in page


@pytest.mark.usefixtures("blank_pdfs")
def test_a_notice_follows_replacements_and_names_judgements(desk: Path) -> None:
    """What holds now is what holds in the end; the notice has the highest marking in it."""
    issued_on(desk)
    issued_on(desk, 10, "tarn-cannery")
    change(desk, TWELVE, TWELVE + GONE.replace("}", ", replaced_by: silting}"))
    end = "quote: The basin is silting up and we cannot wait, by: calder}\n"
    more = "    withdrawn: {on: 2024-03-13, why: Wrong., replaced_by: nine-confirmed}\n"
    change(desk, end, end + more)
    change(desk, "radio-quai\n    published:", "radio-quai\n    marking: GREEN\n    published:")
    out = desk.parent / "notices"
    done = corrections(desk / "facts.yaml", out)
    basin, cannery = done.notices
    assert [item.now.id for item in basin.items if item.now] == ["nine-confirmed"] * 2
    assert (basin.day, basin.marking) == (date(2024, 3, 13), Marking.GREEN)
    assert [each.id for each in basin.judgements] == ["stays-shut"]
    assert [each.id for each in cannery.judgements] == ["cannery-pays"]
    first = {path.name: path.read_bytes() for path in out.iterdir()}
    corrections(desk / "facts.yaml", out)
    assert {path.name: path.read_bytes() for path in out.iterdir()} == first


def test_nothing_to_correct(desk: Path) -> None:
    """Nothing is written then."""
    issued_on(desk)
    done = corrections(desk / "facts.yaml", desk.parent / "notices")
    assert (done.notices, done.files) == ((), ())
    assert not (desk.parent / "notices").exists()
