"""The first two pages as the text of an e-mail, plain or in Markdown."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import jinja2
import pytest
from command import run
from desks import weekly
from strait_desk import strait

from briefings.core.edition import Edition
from briefings.core.model import PaperSize
from briefings.render.html.page import BriefPage
from briefings.render.plain import Form, plain


@pytest.mark.parametrize("form", ["md", "txt"])
def test_an_email_holds_the_gist(tmp_path: Path, form: str) -> None:
    """Headline, judgements, disputes and unknowns as text, and where the proof stands."""
    strait(tmp_path)
    done = run("build", "--base", str(tmp_path), "--as-of", "2031-05-18", "--topic", "ferries",
               "--out", str(tmp_path / "out"), "--format", f"html,{form}")  # fmt: skip
    assert done.exit_code == 0, done.stderr
    text = (tmp_path / "out" / f"ferries.en.{form}").read_text(encoding="utf-8")
    headline = "It is very likely that no ferry sails in this week"
    assert text.count(headline) == 1
    assert "What we judge" not in text
    for words in (
        headline,
        "(80–95\u00a0%, confidence low) Two of the three accounts are",
        "By how much was the toll raised?",
        "What do the pilots say themselves?",
        "ferries.en.html",
        "TLP:GREEN",
    ):
        assert words in text, words
    assert ("## " in text) == (form == "md")


def test_an_e_mail_says_when_it_was_reported_and_what_a_letter_means() -> None:
    """As page one does: of a report without a date its day, of a source's grade the word."""
    mail = plain(weekly("border-clashes"), "txt", ()).decode()
    assert "reported 14 Dec 2025 · Fatwa" in mail
    assert "D not usually reliable · HTN World" in mail
    assert "F اعتمادپذیری" in plain(weekly("border-clashes", "fa"), "txt", ()).decode()


def test_an_email_says_on_how_little_it_rests(templates: jinja2.Environment) -> None:
    """In the words of page one, in each language."""
    for topic, language in (("border-clashes", "en"), ("un-staff-ban", "fa")):
        shown = weekly(topic, language)
        assert shown.sourcing is not None
        lines = plain(shown, "txt", ()).decode().splitlines()
        html = BriefPage(shown, "print", paper=PaperSize.A4).text(templates)
        trust = html.partition('<h2 id="trust">')[2].partition("</section>")[0]
        words = re.sub("<[^>]+>", "", re.findall(r'<p class="point">(.*?)</p>', trust)[-1])
        assert f"• {words}" in lines


def test_an_email_says_nothing_twice() -> None:
    """Its topic where that is no headline; until when all was known, where that differs."""
    told = weekly("border-clashes")
    untold = replace(told, front=replace(told.front, headline=None))
    later = replace(told, spec=replace(told.spec, known_by=date(2025, 12, 15)))
    title = told.title.best("en")[1]
    for shown, line in (
        (told, f"{title} · 14 December 2025 · TLP:CLEAR"),
        (untold, "14 December 2025 · TLP:CLEAR"),
        (later, f"{title} · 14 December 2025 · information up to 15 December 2025 · TLP:CLEAR"),
    ):
        mail = plain(shown, "txt", ()).decode().splitlines()
        assert line in mail
        assert mail.count(title) == (shown is untold)


def test_an_email_lists_the_answers_below_their_question() -> None:
    """Each on its line, in either form; below all, as on paper, it is told where the proof is."""
    shown = weekly("border-clashes")
    question = shown.front.disputes[0].contest.question.best("en")[1]
    forms: tuple[tuple[Form, str, str], ...] = (("txt", "• ", "  – "), ("md", "- ", "  - "))
    for form, point, below in forms:
        mail = plain(shown, form, ("brief.html",)).decode().splitlines()
        place = mail.index(point + question)
        assert mail[place + 2] == f"{below}“Border clashes” (headline) (¶\u00a01)"
        proof = mail.index("Each ¶ is proven in the full brief." + "  " * (form == "md"))
        assert mail[proof + 1].strip() == "brief.html"
    persian = plain(weekly("border-clashes", "fa"), "txt", ()).decode()
    assert "اثبات هر ¶ در گزارش کامل است." in persian.splitlines()


def test_markdown_is_never_taken_from_a_text(strait_week: Edition) -> None:
    """What a text holds that Markdown would read is escaped."""
    title = replace(strait_week.title, forms=(("en", "1. *Ships* [and](x) <b>"),))
    bare = replace(strait_week, front=replace(strait_week.front, headline=None), title=title)
    assert rb"# 1\. \*Ships\* \[and\](x) \<b\>" in plain(bare, "md", ())
    assert b"1. *Ships* [and](x) <b>" in plain(bare, "txt", ())
