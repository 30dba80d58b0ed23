"""A node to a source."""

from __future__ import annotations

from briefings.core.model import ParagraphStyle, Reliability, Retraction, Source, SourceId
from briefings.core.span import Span
from briefings.load import meant
from briefings.load.context import Context, Faulty, read_marking, some
from briefings.load.shape import Record
from briefings.load.yamltree import Node


def source(context: Context, name: str, node: Node, place: Span) -> Source:
    r = context.reader
    required = ("file", "sha256", "title", "publisher", "published", "language")
    optional = (
        *("publisher_basis", "origin", "published_basis", "retrieved", "reliability"),
        *("reliability_basis", "descriptor", "marking", "url", "paragraphs", "retracted"),
    )
    record = context.record(node, f"source `{name}`", required, optional)
    file, sha256 = r.word(record.get("file"), "file"), _sha256(context, record)
    title = r.text(record.get("title"), "title")
    publisher = r.text(record.get("publisher"), "publisher")
    published = r.edtf(record.get("published"), "published")
    retrieved = r.day(record.get("retrieved"), "retrieved")
    language = r.language(record.get("language"), "language")
    if published is not None and published.latest is None and retrieved is None:
        where = record.nodes["published"].span
        message = f"nothing says from which day source `{name}` could be known"
        r.report("never-known", message, where, "give `published` a later bound, or `retrieved`")
        raise Faulty
    reliability = r.choice(record.get("reliability"), "reliability", Reliability)
    paragraphs = r.choice(record.get("paragraphs"), "paragraphs", ParagraphStyle)
    origin = _origin(context, record)
    values = {
        key: r.local(record.get(key), key)
        for key in ("publisher_basis", "published_basis", "reliability_basis", "descriptor")
    }
    marking = read_marking(r, record, context.marking)
    url = r.url(record.get("url"), "url")
    retracted = _retraction(context, name, record)
    if language is not None:
        context.languages[name] = language
    context.markings[SourceId(name)] = marking
    return Source(
        id=SourceId(name),
        file=some(file),
        sha256=some(sha256),
        title=some(title),
        publisher=None if some(publisher) == "unknown" else publisher,
        origin=origin,
        published=some(published),
        retrieved=retrieved,
        language=some(language),
        reliability=reliability or Reliability.F,
        marking=marking,
        url=url,
        paragraphs=paragraphs or ParagraphStyle.LINES,
        span=place,
        file_span=record.nodes["file"].span,
        sha256_span=record.nodes["sha256"].span,
        retracted=retracted,
        **values,
    )


def _origin(context: Context, record: Record) -> str | None:
    """The slug of the origin; None where it is said to be unknown, or nothing is said."""
    node = record.get("origin")
    if node is None or context.reader.value(node, "origin") == "unknown":
        return None
    origin = context.reader.ident(node, "origin")
    if origin is not None and origin.startswith("unknown"):
        message = f"{origin!r} would make an origin out of one that is unknown"
        context.reader.report("bad-value", message, node.span, "write `unknown`")
    return origin


def _sha256(context: Context, record: Record) -> str | None:
    node = record.get("sha256")
    text = context.reader.value(node, "sha256")
    if node is None or text is None:
        return None
    digest = text.lower()
    if len(digest) != 64 or not set(digest) <= set("0123456789abcdef"):
        wrong = sorted(set(digest) - set("0123456789abcdef"))
        message = "a SHA-256 is 64 hexadecimal digits, and `sha256` " + (
            f"holds {wrong[0]!r}" if wrong else f"has {len(digest)}"
        )
        context.reader.report("bad-value", message, node.span, *meant.digest(text))
        return None
    return digest


def _retraction(context: Context, source: str, record: Record) -> Retraction | None:
    node = record.get("retracted")
    if node is None:
        return None
    read = context.record(node, f"`retracted` of source `{source}`", ("on", "why"), ())
    on, why = context.reader.day(read.get("on"), "on"), context.reader.local(read.get("why"), "why")
    return Retraction(some(on), some(why), node.span)
