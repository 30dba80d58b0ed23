"""An edition that is not translated: made only where it is asked for, and then it says so once."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from command import run
from little_desk import HEAD, LittleDesk

HEAD_OF_THREE = HEAD.replace("[en]", "[en, fa, ps]").replace(
    "{title: Harbour}", "{title: {en: Harbour, fa: بندر, ps: بندر}}"
)
FACT = """\
facts:
  - id: f
    kind: event
    topics: [t]
    statement: %s
    date: 2025-01-01
    credibility: 2
    evidence: [{source: a, quote: The ship left}]
  - id: g
    kind: event
    topics: [t]
    statement: It may return.
    date: 2025-01-01
    credibility: 2
    evidence: [{source: a, quote: It may return}]
"""
JUDGEMENT = """\
judgements:
  - id: j
    topic: t
    statement: {en: It is likely that it returns., fa: محتمل است که برگردد.}
    confidence: low
    because: One document.
    rests_on: [f]
    made: 2025-01-02
"""
ALL = "{en: The ship left., fa: کشتی رفت., ps: بېړۍ لاړه.}"


def _built(ship: LittleDesk, base: str, *flags: str) -> tuple[str, Path]:
    """What a build prints, and its folder."""
    ship.check(base, HEAD_OF_THREE)
    out = ship.folder / "out"
    where = ("--base", str(ship.folder / "facts.yaml"), "--out", str(out))
    done = run("build", *where, "--as-of", "2025-01-05", "--format", "html", *flags)
    assert done.exit_code == 0, done.stderr
    return done.stdout, out


def _briefs(out: Path) -> set[str]:
    return {path.name for path in out.glob("t.*")}


def test_statements_in_part_are_enough(ship: LittleDesk) -> None:
    """A desk may leave some to another language on purpose; where all are, nothing is there."""
    printed, out = _built(ship, FACT % "{en: The ship left., fa: کشتی رفت.}")
    assert _briefs(out) == {"t.en.html", "t.fa.html"}
    assert (
        "ps: 1 brief not made, for want of translations: 2 of 2 statements;"
        " --lang ps makes it with what there is\n"
    ) in printed
    assert "fa:" not in printed


def test_each_judgement_has_to_be_translated(ship: LittleDesk) -> None:
    """It leads the brief: a headline in another language than the page is what readers meet."""
    printed, out = _built(ship, FACT % ALL + JUDGEMENT)
    assert _briefs(out) == {"t.en.html", "t.fa.html"}
    assert "translations: 1 of 1 headlines, 1 of 1 judgements; --lang ps" in printed
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    parameters = manifest["predicate"]["buildDefinition"]["externalParameters"]
    assert parameters["not_made"] == [
        {
            "brief": "t",
            "language": "ps",
            "untranslated": [
                {"texts": "headlines", "missing": 1, "total": 1},
                {"texts": "judgements", "missing": 1, "total": 1},
            ],
        }
    ]


@pytest.mark.parametrize("language", ["fa", "ps"])
def test_asked_for_it_is_made_and_says_so_once(ship: LittleDesk, language: str) -> None:
    """At its head, and not with each sentence; a page that is translated says nothing there."""
    printed, out = _built(ship, FACT % ALL + JUDGEMENT, "--lang", language)
    page, index = (
        (out / f"{name}.{language}.html").read_text(encoding="utf-8") for name in ("t", "index")
    )
    assert "not made" not in printed
    for each in (page, index):
        assert each.count('class="limits untranslated"') == (language == "ps")
        assert language == "fa" or 'class="tongue"' not in each
    assert ('class="tongue"' in page) == (language == "fa")
    assert ('<h1><bdi lang="en" dir="ltr">It is <strong>likely' in page) == (language == "ps")


def test_a_kept_brief_asks_for_its_language(ship: LittleDesk) -> None:
    """As a flag does."""
    kept = "briefs: {press: {topics: [t], lang: ps}}\n"
    printed, out = _built(ship, FACT % ALL + JUDGEMENT + kept, "press")
    assert [path.name for path in out.glob("press.*")] == ["press.ps.html"]
    assert "not made" not in printed


def test_the_own_language_of_a_desk_is_always_made(ship: LittleDesk) -> None:
    """Whatever its texts are in: without it there would be nothing."""
    printed, out = _built(
        ship, FACT.replace("It may return.\n    date", "{fa: برگشت.}\n    date") % "{fa: رفت.}"
    )
    assert _briefs(out) == {"t.en.html", "t.fa.html"}
    assert printed.count("not made") == 1


def test_a_weekly_run_leaves_out_the_same(ship: LittleDesk) -> None:
    """And takes the same flag."""
    ship.check(FACT % ALL + JUDGEMENT, HEAD_OF_THREE)
    base, out = str(ship.folder / "facts.yaml"), ship.folder / "weekly"
    week = ("weekly", "--base", base, "--out", str(out), "--week", "2025-W01", "--format", "html")
    assert "ps: 1 brief not made" in run(*week).stdout
    assert _briefs(out / "2025-W01") == {"t.en.html", "t.fa.html"}
    assert "not made" not in run(*week, "--lang", "ps").stdout
    assert _briefs(out / "2025-W01") == {"t.ps.html"}


def test_a_day_stands_in_its_order_in_a_line_of_english_words(ship: LittleDesk) -> None:
    """Yiddish writes a day and its ending in one word, which parts where the line goes right."""
    ship.check(FACT % "The ship left.", HEAD.replace("[en]", "[en, yi]"))
    out = ship.folder / "out"
    where = ("--base", str(ship.folder / "facts.yaml"), "--out", str(out))
    done = run("build", *where, "--lang", "yi", "--format", "pdf")
    assert done.exit_code == 0, done.stderr
    verified = run("verify", str(out / "t.yi.pdf"), "--json")
    (brief,) = json.loads(verified.stdout)["briefs"]
    assert (brief["words"]["state"], brief["faults"]) == ("holds", [])
