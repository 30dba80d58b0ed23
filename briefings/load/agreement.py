"""What the fields of one entry have to agree on, and what they take from elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from briefings.core.model import (
    Account,
    Designation,
    Evidence,
    Fact,
    FactKind,
    Judgement,
    KeptBrief,
    Source,
    Summary,
)
from briefings.load import marked
from briefings.load.shape import Entry, InvalidEntry, Reader

Agreement = Callable[[Reader, Entry], None]


def _source(reader: Reader, entry: Entry) -> None:
    """A source is known from some day on; what cites it takes its language and marking from it."""
    name, values = entry.values["id"], entry.values
    published = values.get("published")
    if published is not None and published.latest is None and "retrieved" not in values:
        message = f"nothing says from which day {entry.what} could be known"
        hint = "give `published` a later bound, or `retrieved`"
        reader.report("never-known", message, entry.nodes["published"].span, hint)
        raise InvalidEntry
    if "language" in values:
        reader.source_languages[name] = values["language"]
    reader.source_markings[name] = values.get("marking", reader.marking)
    publisher = values.get("publisher")
    if publisher is not None and [text for _, text in publisher.forms] == ["unknown"]:
        values["publisher"] = None
    origin = values.get("origin")
    if origin == "unknown":
        del values["origin"]
    elif origin is not None and origin.startswith("unknown"):
        message = f"{origin!r} would count as an origin, and the origin is unknown"
        reader.report("bad-value", message, entry.nodes["origin"].span, "write `unknown`")


def _designation(reader: Reader, entry: Entry) -> None:
    _language(reader, entry)
    if "name" not in entry.values and "title" not in entry.values:
        reader.report("missing-key", "a title has a `name`, a `title` or both", entry.span)
        raise InvalidEntry


def _language(reader: Reader, entry: Entry) -> None:
    """What a source says is in its language, unless the entry says otherwise."""
    if "language" in entry.values:
        return
    language = reader.source_languages.get(entry.values.get("source", ""))
    if language is None:  # the source has none that can be read, which is told of it
        raise InvalidEntry
    entry.values["language"] = language


def _fact(reader: Reader, entry: Entry) -> None:
    kind = entry.values.get("kind", FactKind.PLAN)
    if "due" in entry.values and kind is not FactKind.PLAN:
        message = f"`due` is for plans, and {entry.what} is of kind {kind}"
        step = "make it `kind: plan`, or take `due` out"
        reader.report("bad-value", message, entry.nodes["due"].span, step)
    # What rests on a restricted source is as restricted, unless the fact says otherwise.
    sources = {evidence.source for evidence in entry.values.get("evidence", ())}
    restricted = [reader.source_markings[name] for name in sources & reader.source_markings.keys()]
    entry.values.setdefault("marking", max(restricted, default=reader.marking))
    _figure(reader, entry)


def _figure(reader: Reader, entry: Entry) -> None:
    """What stands large is part of the statement, and so says no more than that."""
    figure, statement = entry.values.get("figure"), entry.values.get("statement")
    if figure is None or statement is None:
        return
    for code, words in figure.forms:
        if words not in statement.best(code)[1]:
            message = f"the figure of {entry.what} does not stand in its statement: {words!r}"
            step = "copy it from the statement, letter for letter"
            reader.report("bad-value", message, figure.place(code), step)


def _judgement(reader: Reader, entry: Entry) -> None:
    made, until = entry.values.get("made"), entry.values.get("until")
    if made is not None and until is not None and until < made:
        message = f"{entry.what} looks ahead to {until}, before it was made on {made}"
        reader.report("bad-value", message, entry.nodes["until"].span, "correct `until` or `made`")


def _headline(reader: Reader, entry: Entry) -> None:
    """A mark in a headline would be printed, and would name nothing."""
    headline = entry.values.get("headline")
    if headline is None:
        return
    for code, text in headline.forms:
        if (mark := marked.first(text)) is not None:
            message = f"the headline of {entry.what} holds the mark `{mark}`"
            step = "take it out: the facts of its text carry a headline"
            reader.report("bad-value", message, headline.place(code), step)


def _brief(reader: Reader, entry: Entry) -> None:
    """Under the marking of the base itself a brief could hold nothing."""
    marking = entry.values.get("marking")
    if marking is not None and marking < reader.marking:
        message = f"the base itself is {reader.marking.label}: nothing could be shown"
        reader.report("marking-too-low", message, entry.nodes["marking"].span)
        del entry.values["marking"]


AGREEMENTS: Mapping[type, Agreement] = {
    Source: _source,
    Designation: _designation,
    Evidence: _language,
    Fact: _fact,
    Judgement: _judgement,
    Summary: _headline,
    Account: _headline,
    KeptBrief: _brief,
}
"""What is looked at once the fields of an entry are read, whether or not all of them could be."""
