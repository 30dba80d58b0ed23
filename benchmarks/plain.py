"""What briefs tell, written plainly for other programs: as HTML and as Typst.

    python benchmarks/plain.py FOLDER --topic ID ... --lang CODE ...

Each file has a brief's headline, standfirst, judgements, news, accounts and facts, each with links
to its quotes, and every quote with its source: the words of our own brief, without its figures,
its navigation, its data and its proofs.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from html import escape
from pathlib import Path

from briefings.core.edition import Edition, Sentence, Telling
from briefings.core.model import LocalText, Prose, TopicId
from briefings.plan.choose import choose
from briefings.plan.request import BriefRequest, Request
from briefings.render.l10n.locales import direction
from briefings.run.check import check_desk

ROOT = Path(__file__).resolve().parents[1]

_STYLE = (
    "@page { size: A4; margin: 20mm }"
    'body { font: 10pt/1.4 "Source Serif 4", "Vazirmatn"; margin: 0 }'
    "p, li { margin: 0 0 4pt }"
)
_TYPST = """\
#set document(title: {title}, date: datetime(year: {day.year}, month: {day.month}, day: {day.day}))
#set page("a4", margin: 20mm)
#set text(font: ("Source Serif 4", "Vazirmatn"), size: 10pt, lang: "{language}", dir: {direction})
#set par(spacing: 9pt)
"""


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph, and the numbers of the quotes that carry it."""

    text: str
    quotes: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Quote:
    """A quote of a document; the first of a brief has the number 1."""

    text: str
    language: str
    source: str


@dataclass(frozen=True, slots=True)
class Brief:
    """The words of a brief; `parts` have a title each, and are in their order."""

    language: str
    day: date
    headline: str
    parts: tuple[tuple[str, tuple[Passage, ...]], ...]
    quotes: tuple[Quote, ...]


def main() -> None:
    """Two files for each topic and language."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--topic", action="append", required=True)
    parser.add_argument("--lang", action="append", required=True)
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    for edition in _editions(options.topic, options.lang):
        brief = plain(edition)
        path = options.folder / f"{edition.spec.brief}.{brief.language}"
        path.with_name(f"{path.name}.html").write_text("".join(html(brief)), encoding="utf-8")
        path.with_name(f"{path.name}.typ").write_text("".join(typst(brief)), encoding="utf-8")


def plain(edition: Edition) -> Brief:
    """The words of an edition, in its own language where it has them."""
    language = edition.spec.language
    summary = edition.summary
    front = edition.front
    judgements = (
        Passage(_best(view.judgement.statement, language), _numbers(view.rests_on))
        for view in edition.judgements
    )
    standfirst = [] if summary is None else [summary.summary.standfirst]
    accounts = [view.account.text for view in edition.accounts]
    return Brief(
        language,
        edition.spec.as_of,
        _best(front.headline or edition.title, language),
        (
            ("Summary", tuple(_prose(edition, each) for each in standfirst)),
            ("Judgements", tuple(judgements)),
            ("News", tuple(_news(front.news, language))),
            ("Accounts", tuple(_prose(edition, each) for each in accounts)),
            ("Facts", tuple(_fact(sentence, language) for sentence in edition.sentences)),
        ),
        tuple(
            Quote(each.text, each.source.language, each.source.title) for each in edition.citations
        ),
    )


def html(brief: Brief) -> Iterator[str]:
    """A page of the web with a style sheet of a few lines."""
    title = escape(brief.headline)
    yield f'<!DOCTYPE html><html lang="{brief.language}" dir="{direction(brief.language)}">'
    yield f'<head><meta charset="utf-8"><meta name="dcterms.created" content="{brief.day}">'
    yield f"<title>{title}</title><style>{_STYLE}</style></head><body><h1>{title}</h1>\n"
    for heading, passages in brief.parts:
        yield f"<h2>{heading}</h2>\n"
        for each in passages:
            links = " ".join(f'<a href="#q{number}">{number}</a>' for number in each.quotes)
            yield f"<p>{escape(each.text)} <sup>{links}</sup></p>\n"
    yield "<h2>Quotes</h2><ol>\n"
    for number, quote in enumerate(brief.quotes, 1):
        turn = direction(quote.language)
        yield f'<li id="q{number}"><q lang="{quote.language}" dir="{turn}">{escape(quote.text)}</q>'
        yield f" {escape(quote.source)}</li>\n"
    yield "</ol></body></html>"


def typst(brief: Brief) -> Iterator[str]:
    """A Typst file that looks much the same."""
    language = brief.language.partition("-")[0]
    head = {"title": _literal(brief.headline), "day": brief.day, "language": language}
    yield _TYPST.format(**head, direction=direction(brief.language))
    yield f"= #{_literal(brief.headline)}\n"
    for heading, passages in brief.parts:
        yield f"== {heading}\n"
        for each in passages:
            links = " ".join(f"#link(<q{number}>)[{number}]" for number in each.quotes)
            yield f"#par[#{_literal(each.text)} #super[{links}]]\n"
    yield "== Quotes\n"
    for number, quote in enumerate(brief.quotes, 1):
        set_as = f'lang: "{quote.language}", dir: {direction(quote.language)}'
        words = f"“#text({set_as}, {_literal(quote.text)})” #{_literal(quote.source)}"
        yield f"#block[{number}. {words}] <q{number}>\n"


def _editions(topics: Iterable[str], languages: Iterable[str]) -> Iterator[Edition]:
    checked = check_desk(ROOT / "facts.yaml").checked
    assert checked is not None, "the desk of this repository passes its check"
    brief = BriefRequest(topics=tuple(map(TopicId, topics)), languages=tuple(languages))
    request = Request(base=ROOT / "facts.yaml", out=ROOT / "build", brief=brief)
    for chosen in choose(checked, request, lambda _: date.today()).briefs:  # noqa: DTZ011 # any day does
        yield chosen.edition


def _prose(edition: Edition, prose: Prose) -> Passage:
    """A text with the quotes of all facts that its marks name."""
    language, _ = prose.best(edition.spec.language, "en")
    sentences = [sentence for fact in prose.facts if (sentence := edition.sentence(fact))]
    return Passage(prose.words.get(language) or "", _numbers(sentences))


def _news(reports: Iterable[Telling], language: str) -> Iterator[Passage]:
    """A line for each report: its headlines, or what its facts state."""
    for report in reports:
        facts = [sentence.fact for sentence in report.sentences]
        lines = [_best(fact.headline or fact.statement, language) for fact in facts]
        yield Passage("; ".join(lines), _numbers(report.sentences))


def _fact(sentence: Sentence, language: str) -> Passage:
    return Passage(_best(sentence.fact.statement, language), sentence.citations)


def _numbers(sentences: Iterable[Sentence]) -> tuple[int, ...]:
    return tuple(sorted({number for each in sentences for number in each.citations}))


def _best(text: LocalText, language: str) -> str:
    return text.best(language, "en")[1]


def _literal(text: str) -> str:
    """A string of Typst, whose escapes are those of JSON for all that a brief may hold."""
    return json.dumps(text, ensure_ascii=False)


if __name__ == "__main__":
    main()
