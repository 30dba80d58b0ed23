"""The first two pages' gist as plain text or Markdown: what an e-mail holds, with its addresses."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Literal, TypeAlias

from briefings.core.edition import ContestView, Edition, FindingView, JudgementView, Telling
from briefings.core.likelihood import BANDS
from briefings.core.model import LocalText
from briefings.render.html.escape import escape_controls
from briefings.render.html.first_pages import MOST_DISPUTES, MOST_GAPS, MOST_NEWS, most_judgements
from briefings.render.html.front_words import RELIABILITY, FrontWords
from briefings.render.html.leads import is_late, lead, occasion, sides
from briefings.render.l10n.catalogues import Own
from briefings.render.l10n.locales import Locale

Form: TypeAlias = Literal["md", "txt"]

MEDIA_TYPES: dict[Form, str] = {
    "md": "text/markdown; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
}

# What Markdown (CommonMark 0.31) would take for markup, wherever it stands in a line.
_MARKUP = re.compile(r"([\\`*_{}\[\]<>#|~&])|(?m:^(\s*(?:\d+(?=[.)]))?)([-+=.)]))")


def plain(edition: Edition, form: Form, addresses: Iterable[str], words: Own = ()) -> bytes:
    """Headline, standfirst, judgements, news, disagreements, unknowns and sourcing of a brief.

    Args:
        edition: The brief.
        form: Markdown, or text without any markup.
        addresses: Where the same brief stands with its proof.
        words: The catalogues of the desk.
    """
    locale = Locale(edition.spec.language, words)
    blocks = list(_blocks(edition, locale, tuple(addresses)))
    write = _markdown if form == "md" else _text
    return (escape_controls("\n\n".join(write(*block) for block in blocks)) + "\n").encode()


Line: TypeAlias = str | tuple[str, ...]
"""Words of a line; or a point, and those that stand below it."""

Block: TypeAlias = tuple[Literal["h1", "h2", "p", "li"], tuple[Line, ...]]


def _blocks(edition: Edition, locale: Locale, addresses: tuple[str, ...]) -> Iterator[Block]:
    words = locale.gettext

    def best(text: LocalText) -> str:
        return text.best(locale.language)[1]

    front, told = edition.front, FrontWords(edition, locale)
    day = locale.day(edition.spec.as_of)
    known = words("information up to %(day)s") % {"day": locale.day(edition.spec.known_by)}
    yield "h1", (best(front.headline or edition.title),)
    if edition.summary is not None and edition.question is not None:
        yield "p", (best(edition.question),)
    below = edition.summary.summary.standfirst.words if edition.summary else edition.question
    if edition.findings:
        yield "li", tuple(_finding(each, told) for each in edition.findings)
    if front.leading is not None:
        yield "p", (_grounds(front.leading, locale),)
    if below is not None:
        yield "p", (best(below),)
    # As on the page, which says nothing twice: a brief without a headline has its topic's.
    named = (best(edition.title),) if front.headline is not None else ()
    moved = (known,) if edition.spec.known_by != edition.spec.as_of else ()
    yield "p", (" · ".join((*named, day, *moved, edition.marking.label)),)
    if front.judgements:
        yield "h2", (words("What we judge"),)
        most = most_judgements(front)
        points = (_judgement(view, locale) for view in front.judgements[:most])
        yield "li", (*points, *_more(len(front.judgements) - most, locale))
    if front.foremost:
        yield "h2", (words("What is new, %(period)s") % {"period": _period(edition, locale)},)
        if not front.news:
            yield "p", (_quiet(edition, locale),)
        since = edition.spec.window.since
        points = (_news(report, told, since) for report in front.foremost[:MOST_NEWS])
        yield "li", (*points, *_more(len(front.foremost) - MOST_NEWS, locale))
    if front.disputes:
        yield "h2", (words("Sources disagree"),)
        sided = (_dispute(view, told) for view in front.disputes[:MOST_DISPUTES])
        yield "li", (*sided, *_more(len(front.disputes) - MOST_DISPUTES, locale))
    if edition.gaps:
        yield "h2", (words("Not known"),)
        points = (best(gap.question) for gap in edition.gaps[:MOST_GAPS])
        yield "li", (*points, *_more(len(edition.gaps) - MOST_GAPS, locale))
    if edition.sources:
        yield "h2", (words("How good are the sources?"),)
        yield "li", (*_sources(told), told.sourcing())
    proof = words("each ¶ is proven in the full brief")
    fingerprint = f"{words('Fingerprint of this edition')} {edition.fingerprint}"
    yield "p", (f"{proof[:1].upper()}{proof[1:]}.", *addresses, fingerprint)


def _period(edition: Edition, locale: Locale) -> str:
    return locale.window(edition.spec.window)


def _quiet(edition: Edition, locale: Locale) -> str:
    newest = edition.newest_known
    if newest is None or newest >= edition.spec.window.since:
        return locale.gettext(
            "No event, statement, claim or figure became known in this period;"
            " what did is background, commentary or a plan."
        )
    message = "Nothing became known in this period; the newest information is from %(day)s."
    return locale.gettext(message) % {"day": locale.day(newest)}


def _more(count: int, locale: Locale) -> Iterator[str]:
    """How many the full brief has besides, if any."""
    if count > 0:
        more = "%(number)s more in the full brief"
        yield locale.ngettext(more, more, count) % {"number": locale.number(count)}


def _finding(finding: FindingView, told: FrontWords) -> str:
    title = finding.title.best(told.locale.language)[1]
    if finding.summary is not None:
        found = finding.summary.summary.headline.best(told.locale.language)[1]
        return f"{title} · {found} ({told.numbers(finding.summary.sentences)})"
    if finding.question is not None:
        return f"{title} · {finding.question.best(told.locale.language)[1]}"
    return title


def _judgement(view: JudgementView, locale: Locale) -> str:
    return f"{view.judgement.statement.best(locale.language)[1]} {_grounds(view, locale)}"


def _grounds(view: JudgementView, locale: Locale) -> str:
    level = locale.gettext(view.confidence.value)
    confidence = locale.gettext("confidence %(level)s") % {"level": level}
    because = view.judgement.because.best(locale.language)[1]
    band = locale.band(*BANDS[view.likelihood])
    return f"({band}{locale.comma}{confidence}) {because}"


def _news(report: Telling, told: FrontWords, since: date) -> str:
    locale = told.locale
    first = lead(report, locale.language)
    sentence = occasion(report, locale.language, since)
    reported = locale.gettext("reported %(day)s") % {"day": locale.day(sentence.known, "short")}
    when = [locale.when(sentence.fact.date, "short")] if sentence.fact.date is not None else []
    if not when or is_late(sentence, since):
        when.append(reported)
    return f"{' · '.join(when)} · {first.text} ({told.numbers(report.sentences)})"


def _dispute(view: ContestView, told: FrontWords) -> tuple[str, ...]:
    """The question, and its answers each with their numbers."""
    language = told.locale.language
    answers = (
        f"{(side.answer or side.sentences[0].fact.statement).best(language)[1]}"
        f" ({told.numbers(side.sentences)})"
        for side in sides(view)
    )
    return view.contest.question.best(language)[1], *answers


def _sources(told: FrontWords) -> Iterator[str]:
    """The letter of each grade in order, and who published what is of it."""
    views, locale = told.edition.sources, told.locale
    for grade in dict.fromkeys(sorted(view.source.reliability for view in views)):
        of_grade = (view.source for view in views if view.source.reliability is grade)
        names = dict.fromkeys(map(told.publisher, of_grade))
        yield f"{grade.value} {locale.gettext(RELIABILITY[grade])} · {locale.list(names)}"


def _text(kind: str, lines: tuple[Line, ...]) -> str:
    if kind == "h2":
        return f"— {lines[0]} —"
    first, below = ("• ", "  – ") if kind == "li" else ("", "")
    return "\n".join(_signed(lines, first, below))


def _markdown(kind: str, lines: tuple[Line, ...]) -> str:
    first = {"h1": "# ", "h2": "## ", "li": "- "}.get(kind, "")
    ends = "  \n" if kind == "p" else "\n"
    return ends.join(_signed(lines, first, "  - ", _unmarked))


def _signed(
    lines: Iterable[Line], first: str, below: str, write: Callable[[str], str] = str
) -> Iterator[str]:
    """Lines with a sign before each, and another before what stands below it."""
    for line in lines:
        head, *rest = (line,) if isinstance(line, str) else line
        yield first + write(head)
        yield from (below + write(each) for each in rest)


def _unmarked(line: str) -> str:
    return _MARKUP.sub(_escaped, line)


def _escaped(match: re.Match[str]) -> str:
    return f"\\{match[1]}" if match[1] else f"{match[2]}\\{match[3]}"
