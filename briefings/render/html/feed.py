"""The feed of a desk's briefs in one language, as Atom 1.0 (RFC 4287)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime
from hashlib import sha256
from xml.etree.ElementTree import Element, SubElement, indent, tostring
from zoneinfo import ZoneInfo

from briefings import __version__
from briefings.core.edition import Edition, FindingView
from briefings.core.model import FactBase
from briefings.render.html.escape import escape_controls
from briefings.render.html.siblings import Siblings
from briefings.render.l10n.catalogues import Own
from briefings.render.l10n.locales import Locale

MEDIA_TYPE = "application/atom+xml"
_HTML = "text/html"
_PDF = "application/pdf"


def feed(
    base: FactBase,
    editions: Sequence[Edition],
    language: str,
    *,
    files: Siblings,
    words: Own = (),
    mended: Collection[str] = (),
) -> bytes:
    """The feed of editions as Atom 1.0 (RFC 4287), the latest first; links are relative.

    Ids last (RFC 4287, 4.2.6), also where the desk is renamed: it is known by the oldest of its
    documents. An entry's names its desk, brief, days, ceiling and language, and no
    word that the brief says, so that a mended one is the same entry. `updated` tells the two apart
    (4.2.15): it is the beginning of the edition's day in the desk's time zone, with a fraction of
    the second that is worked out from all that the edition shows, for no clock is asked. An edition
    that says otherwise than the one that was issued for its day is a second later than that.

    Args:
        base: The desk's title and its time zone.
        editions: Those that the feed lists, one at least.
        language: That of its readers.
        files: What is written, to which it links.
        words: The catalogues of the desk.
        mended: The fingerprints of editions that say otherwise than what was issued of them.
    """
    locale = Locale(language, words)
    latest_first = sorted(
        editions, key=lambda edition: (-edition.spec.known_by.toordinal(), edition.spec.brief)
    )
    title = base.title.best(language)[1]
    root = Element("feed", {"xmlns": "http://www.w3.org/2005/Atom", "xml:lang": language})
    _text(root, "id", _urn("feed", _desk(base), language))
    _text(root, "title", title)
    _text(root, "updated", max(_updated(base, edition, mended) for edition in editions).isoformat())
    _link(root, "self", MEDIA_TYPE, files.feed_name(language))
    _link(root, "alternate", _HTML, files.index_name(language))
    _text(SubElement(root, "author"), "name", title)
    _text(root, "generator", "briefings").set("version", __version__)
    for edition in latest_first:
        entry = SubElement(root, "entry")
        _text(entry, "updated", _updated(base, edition, mended).isoformat())
        _entry(entry, base, edition, locale, files)
    indent(root, " ")
    text = tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{text}\n'.encode()


def _entry(
    entry: Element, base: FactBase, edition: Edition, locale: Locale, files: Siblings
) -> None:
    _text(entry, "id", _lasting(base, edition))
    _text(entry, "title", _title(edition, locale))
    _text(entry, "published", _moment(base, edition.spec.as_of).isoformat())
    if files.html:
        _link(entry, "alternate", _HTML, files.name_of(edition, "html"))
    if files.pdf:
        relation = "enclosure" if files.html else "alternate"
        _link(entry, relation, _PDF, files.name_of(edition, "pdf"))
    SubElement(entry, "category", term=edition.marking.label)
    _text(entry, "rights", edition.marking.label)
    _text(entry, "summary", _summary(edition, locale))


def _title(edition: Edition, locale: Locale) -> str:
    """Its finding, which is all that many readers list; without one, its topic and its day."""
    if edition.summary is not None:
        return edition.summary.summary.headline.best(locale.language)[1]
    return _topic(edition, locale)


def _topic(edition: Edition, locale: Locale) -> str:
    return f"{edition.title.best(locale.language)[1]} – {locale.day(edition.spec.as_of)}"


def _finding(finding: FindingView, locale: Locale) -> str:
    found = finding.question if finding.summary is None else finding.summary.summary.headline
    told = (finding.title, found) if found is not None else (finding.title,)
    return " · ".join(each.best(locale.language)[1] for each in told)


def _summary(edition: Edition, locale: Locale) -> str:
    """Topic, day and the answer to what it asks, or those of each of its topics.

    Without a finding the question, and judgements.
    """
    if edition.summary is not None:
        standfirst = edition.summary.summary.standfirst.words.best(locale.language)[1]
        return f"{_topic(edition, locale)} · {standfirst}"
    if edition.findings:
        return locale.semicolon.join(_finding(each, locale) for each in edition.findings)
    parts = [] if edition.question is None else [edition.question.best(locale.language)[1]]
    parts += [view.judgement.statement.best(locale.language)[1] for view in edition.judgements]
    return " ".join(parts) or edition.title.best(locale.language)[1]


def _link(parent: Element, relation: str, media_type: str, address: str) -> None:
    SubElement(parent, "link", rel=relation, type=media_type, href=address)


def _text(parent: Element, name: str, words: str) -> Element:
    child = SubElement(parent, name)
    child.text = escape_controls(words)
    return child


def _lasting(base: FactBase, edition: Edition) -> str:
    spec = edition.spec
    days = f"{spec.window.since}/{spec.as_of}/{spec.known_by}"
    return _urn("entry", _desk(base), spec.brief, days, spec.ceiling.label, spec.language)


def _desk(base: FactBase) -> str:
    """What a desk is known by, whatever it is called: its oldest document; none is ever edited."""
    published = (
        (source.published.earliest or date.max, source.sha256) for source in base.sources.values()
    )
    return min(published, default=(date.max, ""))[1]


def _urn(*parts: str) -> str:
    digest = sha256("\n".join(parts).encode()).hexdigest()
    return f"urn:sha256:{digest}"


def _updated(base: FactBase, edition: Edition, mended: Collection[str]) -> datetime:
    second = 1 if edition.fingerprint in mended else 0
    fraction = int(edition.fingerprint[:8], 16) % 1_000_000
    day = _moment(base, edition.spec.known_by)
    return day.replace(second=second, microsecond=fraction)


def _moment(base: FactBase, day: date) -> datetime:
    zone = ZoneInfo(base.timezone)
    return datetime(day.year, day.month, day.day, tzinfo=zone)
