"""One entry of a base after the other: a node to a source, an actor, a fact and so on."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from briefings.core import filenames
from briefings.core.edition import Part
from briefings.core.model import (
    Actor,
    ActorId,
    ActorKind,
    Confidence,
    Contest,
    ContestId,
    Credibility,
    Evidence,
    Fact,
    FactId,
    Filters,
    Gap,
    GapId,
    Judgement,
    JudgementId,
    KeptBrief,
    Kind,
    Likelihood,
    Marking,
    ParagraphStyle,
    Period,
    Place,
    PlaceId,
    Reliability,
    Retraction,
    Source,
    SourceId,
    Title,
    Topic,
    TopicId,
    Voice,
    Withdrawal,
)
from briefings.core.names import suggestion
from briefings.core.span import Span
from briefings.load.shape import Reader, Record
from briefings.load.yamltree import Node, Sequence

_MARKINGS = {marking.label.removeprefix("TLP:"): marking for marking in Marking}
_T = TypeVar("_T")


class Faulty(Exception):
    """An entry can't be made; the reader has reported why."""


def some(value: _T | None) -> _T:
    """`value`, unless a mistake that was reported has taken it away."""
    if value is None:
        raise Faulty
    return value


def read_marking(reader: Reader, record: Record, default: Marking) -> Marking:
    """The TLP marking of a record, with or without its `TLP:`."""
    node = record.get("marking")
    text = reader.text(node, "marking")
    if node is None or text is None:
        return default
    known = reader.lookup(node, "marking", text.removeprefix("TLP:"), _MARKINGS)
    return default if known is None else known


@dataclass(slots=True)
class Entries:
    """Reads entries; each method returns a value or raises `Faulty` once it has read them all.

    `ids` are the ids of each section, whether or not their entries are sound, so that a mistake
    in one is not reported again wherever it is referred to. `languages` and `markings` are those
    of the sources, which are read first.
    """

    reader: Reader
    ids: Mapping[str, Collection[str]]
    marking: Marking
    languages: dict[str, str] = field(default_factory=dict)
    markings: dict[SourceId, Marking] = field(default_factory=dict)

    def _record(
        self, node: Node, what: str, required: Collection[str], optional: Collection[str]
    ) -> Record:
        return some(self.reader.record(node, what, required, optional))

    def _sound(
        self, read: Callable[[str, Node], _T], owner: str, nodes: Iterable[Node]
    ) -> tuple[_T, ...]:
        """What `read` makes of each node that has no mistake."""
        found = []
        for node in nodes:
            try:
                found.append(read(owner, node))
            except Faulty:
                continue
        return tuple(found)

    def _refs(self, record: Record, key: str, section: str) -> tuple[str, ...]:
        what = {"contested": "contested point"}.get(section, section.removesuffix("s"))
        return self.reader.references(record.get(key), key, what, self.ids[section])

    def _all_refs(self, record: Record, key: str, section: str) -> tuple[str, ...] | None:
        """The same, or None if one of them is unknown: a part of them would mean something else."""
        found = self._refs(record, key, section)
        node = record.get(key)
        return found if isinstance(node, Sequence) and len(found) == len(node.items) else None

    def _ref(self, record: Record, key: str, section: str) -> str | None:
        node = record.get(key)
        if node is None:
            return None
        return self.reader.reference(node, section.removesuffix("s"), self.ids[section])

    def source(self, name: str, node: Node, place: Span) -> Source:
        r = self.reader
        required = ("file", "sha256", "title", "publisher", "published", "language")
        optional = (
            *("publisher_basis", "origin", "published_basis", "retrieved", "reliability"),
            *("reliability_basis", "descriptor", "marking", "url", "paragraphs", "retracted"),
        )
        record = self._record(node, f"source `{name}`", required, optional)
        file, sha256 = r.text(record.get("file"), "file"), self._sha256(record)
        title = r.text(record.get("title"), "title")
        publisher = r.text(record.get("publisher"), "publisher")
        published = r.edtf(record.get("published"), "published")
        retrieved = r.day(record.get("retrieved"), "retrieved")
        language = r.language(record.get("language"), "language")
        if published is not None and published.latest is None and retrieved is None:
            where = record.nodes["published"].span
            message = f"nothing says from which day source `{name}` could be known"
            r.report(
                "never-known", message, where, "give `published` a later bound, or `retrieved`"
            )
            raise Faulty
        reliability = r.choice(record.get("reliability"), "reliability", Reliability)
        paragraphs = r.choice(record.get("paragraphs"), "paragraphs", ParagraphStyle)
        origin = self._origin(record)
        values = {
            key: r.local(record.get(key), key)
            for key in ("publisher_basis", "published_basis", "reliability_basis", "descriptor")
        }
        marking = read_marking(r, record, self.marking)
        url = r.url(record.get("url"), "url")
        retracted = self._retraction(name, record)
        if language is not None:
            self.languages[name] = language
        self.markings[SourceId(name)] = marking
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

    def _origin(self, record: Record) -> str | None:
        """The slug of the origin; None where it is said to be unknown, or nothing is said."""
        node = record.get("origin")
        if node is None or self.reader.text(node, "origin") == "unknown":
            return None
        origin = self.reader.ident(node, "origin")
        if origin is not None and origin.startswith("unknown"):
            message = f"{origin!r} would make an origin out of one that is unknown"
            self.reader.report("bad-value", message, node.span, "write `unknown`")
        return origin

    def _sha256(self, record: Record) -> str | None:
        node = record.get("sha256")
        text = self.reader.text(node, "sha256")
        if node is None or text is None:
            return None
        if len(text) != 64 or not set(text) <= set("0123456789abcdef"):
            message = "a SHA-256 is 64 lower-case hexadecimal digits"
            self.reader.report("bad-value", message, node.span)
            return None
        return text

    def actor(self, name: str, node: Node, place: Span) -> Actor:
        r = self.reader
        record = self._record(
            node, f"actor `{name}`", ("name", "kind"), ("aliases", "of", "titles", "note")
        )
        shown = r.local(record.get("name"), "name")
        kind = r.choice(record.get("kind"), "kind", ActorKind)
        of = self._ref(record, "of", "actors")
        aliases = r.texts(record.get("aliases"), "aliases")
        note = r.local(record.get("note"), "note")
        titles = self._sound(self._title, name, r.items(record.get("titles"), "titles"))
        return Actor(
            ActorId(name),
            some(shown),
            aliases,
            some(kind),
            ActorId(of) if of else None,
            titles,
            note,
            place,
        )

    def _title(self, actor: str, node: Node) -> Title:
        r = self.reader
        optional = ("name", "title", "language", "translation")
        record = self._record(node, f"a title of actor `{actor}`", ("source",), optional)
        source = self._ref(record, "source", "sources")
        name, title = r.text(record.get("name"), "name"), r.text(record.get("title"), "title")
        language = r.language(record.get("language"), "language")
        translation = r.local(record.get("translation"), "translation")
        if name is None and title is None:
            r.report("missing-key", "a title has a `name`, a `title` or both", record.span)
            raise Faulty
        return Title(
            SourceId(some(source)),
            name,
            title,
            language or self.languages.get(some(source), ""),
            translation,
            record.nodes["source"].span,
            record.nodes["name" if name else "title"].span,
            record.nodes["title" if title else "name"].span,
        )

    def place(self, name: str, node: Node, place: Span) -> Place:
        r = self.reader
        record = self._record(node, f"place `{name}`", ("name",), ("aliases", "at"))
        shown = r.local(record.get("name"), "name")
        aliases = r.texts(record.get("aliases"), "aliases")
        at = self._coordinates(record)
        return Place(PlaceId(name), some(shown), aliases, at, place)

    def _coordinates(self, record: Record) -> tuple[float, float] | None:
        r = self.reader
        node = record.get("at")
        if node is None:
            return None
        pair = r.items(node, "at")
        if len(pair) != 2:
            r.report("wrong-type", "`at` is [latitude, longitude]", node.span)
            return None
        latitude = r.number(pair[0], "latitude", -90, 90)
        longitude = r.number(pair[1], "longitude", -180, 180)
        return None if latitude is None or longitude is None else (latitude, longitude)

    def topic(self, name: str, node: Node, place: Span) -> Topic:
        r = self.reader
        record = self._record(node, f"topic `{name}`", ("title",), ("question", "weekly"))
        title = r.local(record.get("title"), "title")
        question = r.local(record.get("question"), "question")
        weekly = r.flag(record.get("weekly"), "weekly")
        return Topic(TopicId(name), some(title), question, weekly, place)

    def fact(self, name: str, node: Node, place: Span) -> Fact:
        r = self.reader
        required = ("id", "kind", "topics", "statement", "evidence")
        optional = (
            *("headline", "date", "due", "actors", "places", "credibility", "marking"),
            *("outcome_of", "note", "withdrawn"),
        )
        record = self._record(node, f"fact `{name}`", required, optional)
        kind = r.choice(record.get("kind"), "kind", Kind)
        topics = self._refs(record, "topics", "topics")
        statement = r.local(record.get("statement"), "statement")
        headline = r.local(record.get("headline"), "headline")
        date, due = r.edtf(record.get("date"), "date"), r.edtf(record.get("due"), "due")
        actors, places = (
            self._refs(record, "actors", "actors"),
            self._refs(record, "places", "places"),
        )
        credibility = r.choice(record.get("credibility"), "credibility", Credibility)
        outcome_of = self._refs(record, "outcome_of", "facts")
        note = r.local(record.get("note"), "note")
        items = r.items(record.get("evidence"), "evidence")
        evidence = self._sound(self._evidence, name, items)
        for key in ("topics", "evidence"):
            if isinstance(given := record.get(key), Sequence) and not given.items:
                r.report("empty-text", f"`{key}` of fact `{name}` is empty", given.span)
        if due is not None and kind is not None and kind is not Kind.PLAN:
            message = f"`due` is for plans, and fact `{name}` is of kind {kind}"
            r.report("bad-value", message, record.nodes["due"].span)
        marking = read_marking(r, record, self._marking_of(evidence))
        withdrawn = self._withdrawal(name, record)
        if not topics or len(evidence) < max(1, len(items)):
            raise Faulty
        return Fact(
            id=FactId(name),
            kind=some(kind),
            topics=tuple(TopicId(topic) for topic in topics),
            statement=some(statement),
            headline=headline,
            date=date,
            due=due,
            actors=tuple(ActorId(actor) for actor in actors),
            places=tuple(PlaceId(each) for each in places),
            credibility=credibility or Credibility.CANNOT_BE_JUDGED,
            marking=marking,
            outcome_of=tuple(FactId(plan) for plan in outcome_of),
            note=note,
            evidence=evidence,
            span=place,
            withdrawn=withdrawn,
        )

    def _withdrawal(self, fact: str, record: Record) -> Withdrawal | None:
        node = record.get("withdrawn")
        if node is None:
            return None
        what = f"`withdrawn` of fact `{fact}`"
        read = self._record(node, what, ("on", "why"), ("replaced_by",))
        on, why = self.reader.day(read.get("on"), "on"), self.reader.local(read.get("why"), "why")
        replacement = self._ref(read, "replaced_by", "facts")
        by = FactId(replacement) if replacement else None
        return Withdrawal(some(on), some(why), by, node.span)

    def _retraction(self, source: str, record: Record) -> Retraction | None:
        node = record.get("retracted")
        if node is None:
            return None
        read = self._record(node, f"`retracted` of source `{source}`", ("on", "why"), ())
        on, why = self.reader.day(read.get("on"), "on"), self.reader.local(read.get("why"), "why")
        return Retraction(some(on), some(why), node.span)

    def _marking_of(self, evidence: Iterable[Evidence]) -> Marking:
        # What rests on a restricted source is as restricted, unless the fact says otherwise.
        found = [self.markings.get(each.source) for each in evidence]
        return max((each for each in found if each is not None), default=self.marking)

    def _evidence(self, fact: str, node: Node) -> Evidence:
        r = self.reader
        optional = (
            *("by", "via", "prefix", "suffix", "occurrence", "language", "translation"),
            *("translator", "note"),
        )
        record = self._record(node, f"evidence of fact `{fact}`", ("source", "quote"), optional)
        source = self._ref(record, "source", "sources")
        quote = r.text(record.get("quote"), "quote")
        by = self._voice(record)
        via = self._ref(record, "via", "actors")
        occurrence = r.number(record.get("occurrence"), "occurrence", 1, 999_999)
        if occurrence is not None and occurrence != int(occurrence):
            message = "`occurrence` is a whole number, from 1"
            r.report("bad-value", message, record.nodes["occurrence"].span)
        language = r.language(record.get("language"), "language")
        prefix, suffix = (
            r.text(record.get("prefix"), "prefix"),
            r.text(record.get("suffix"), "suffix"),
        )
        translation = r.local(record.get("translation"), "translation")
        translator = r.text(record.get("translator"), "translator")
        note = r.local(record.get("note"), "note")
        if by is None or (occurrence is None and record.get("occurrence") is not None):
            raise Faulty
        return Evidence(
            source=SourceId(some(source)),
            quote=some(quote),
            by=by,
            via=ActorId(via) if via else None,
            prefix=prefix,
            suffix=suffix,
            occurrence=None if occurrence is None else int(occurrence),
            language=language or self.languages.get(some(source), ""),
            translation=translation,
            translator=translator,
            note=note,
            span=record.nodes["source"].span,
            quote_span=record.nodes["quote"].span,
        )

    def _voice(self, record: Record) -> ActorId | Voice | None:
        node = record.get("by")
        if node is None:
            return Voice.OUTLET
        voices: Mapping[str, Voice] = {voice.value: voice for voice in Voice}
        known = {*self.ids["actors"], *voices}
        name = self.reader.reference(node, "actor", known)
        if name is None:
            return None
        return ActorId(name) if name in self.ids["actors"] else voices[name]

    def judgement(self, name: str, node: Node, place: Span) -> Judgement:
        r = self.reader
        required = ("id", "topic", "statement", "confidence", "because", "rests_on", "made")
        record = self._record(node, f"judgement `{name}`", required, ("likelihood",))
        topic = self._ref(record, "topic", "topics")
        statement = r.local(record.get("statement"), "statement")
        confidence = r.choice(record.get("confidence"), "confidence", Confidence)
        because = r.local(record.get("because"), "because")
        rests_on = self._all_refs(record, "rests_on", "facts")
        made = r.day(record.get("made"), "made")
        likelihood = r.choice(record.get("likelihood"), "likelihood", Likelihood)
        return Judgement(
            JudgementId(name),
            TopicId(some(topic)),
            some(statement),
            likelihood,
            some(confidence),
            some(because),
            tuple(FactId(fact) for fact in some(rests_on)),
            some(made),
            place,
            record.nodes.get("likelihood", record.nodes["statement"]).span,
        )

    def contest(self, name: str, node: Node, place: Span) -> Contest:
        r = self.reader
        required = ("id", "topic", "question", "positions")
        record = self._record(node, f"contested point `{name}`", required, ("note",))
        topic = self._ref(record, "topic", "topics")
        question = r.local(record.get("question"), "question")
        positions = self._all_refs(record, "positions", "facts")
        note = r.local(record.get("note"), "note")
        facts = tuple(FactId(fact) for fact in some(positions))
        return Contest(ContestId(name), TopicId(some(topic)), some(question), facts, note, place)

    def gap(self, name: str, node: Node, place: Span) -> Gap:
        r = self.reader
        required = ("id", "topic", "question", "made")
        record = self._record(node, f"gap `{name}`", required, ("why", "answered_by"))
        topic = self._ref(record, "topic", "topics")
        question = r.local(record.get("question"), "question")
        why = r.local(record.get("why"), "why")
        made = r.day(record.get("made"), "made")
        answered = self._ref(record, "answered_by", "facts")
        by = FactId(answered) if answered else None
        return Gap(GapId(name), TopicId(some(topic)), some(question), why, some(made), by, place)

    def brief(self, name: str, node: Node, place: Span) -> KeptBrief:
        """A custom brief that the base keeps."""
        r = self.reader
        optional = (
            *("merge", "actors", "places", "sources", "kinds", "exclude", "min_reliability"),
            *("min_credibility", "marking", "lang", "title", "sections", "no_sections"),
            *("period", "template", "name"),
        )
        record = self._record(node, f"brief `{name}`", ("topics",), optional)
        topics = self._refs(record, "topics", "topics")
        if (given := record.get("topics")) is not None and not r.items(given, "topics"):
            r.report("empty-text", f"`topics` of brief `{name}` is empty", given.span)
        kinds = [r.choice(item, "kinds", Kind) for item in r.items(record.get("kinds"), "kinds")]
        excludable = {
            *self.ids["facts"],
            *self.ids["sources"],
            *self.ids["actors"],
            *self.ids["places"],
        }
        exclude = r.references(record.get("exclude"), "exclude", "entry", excludable)
        filters = Filters(
            actors=tuple(map(ActorId, self._refs(record, "actors", "actors"))),
            places=tuple(map(PlaceId, self._refs(record, "places", "places"))),
            sources=tuple(map(SourceId, self._refs(record, "sources", "sources"))),
            kinds=tuple(kind for kind in kinds if kind is not None),
            exclude=exclude,
            min_reliability=r.choice(record.get("min_reliability"), "min_reliability", Reliability),
            min_credibility=r.choice(record.get("min_credibility"), "min_credibility", Credibility),
        )
        return KeptBrief(
            id=name,
            topics=tuple(map(TopicId, topics)),
            merge=r.flag(record.get("merge"), "merge"),
            filters=filters,
            marking=self._ceiling(record),
            language=self._language(record),
            title=r.text(record.get("title"), "title"),
            sections=self._parts(record, "sections"),
            no_sections=self._parts(record, "no_sections"),
            period=r.choice(record.get("period"), "period", Period),
            template=r.text(record.get("template"), "template"),
            name=self._pattern(record),
            span=place,
        )

    def _ceiling(self, record: Record) -> Marking | None:
        """The highest marking that a brief may hold; under the base's own it could hold nothing."""
        node = record.get("marking")
        if node is None:
            return None
        ceiling = read_marking(self.reader, record, Marking.RED)
        if ceiling < self.marking:
            message = f"the base itself is {self.marking.label}: nothing could be shown"
            self.reader.report("marking-too-low", message, node.span)
        return ceiling

    def _language(self, record: Record) -> str | None:
        node, known = record.get("lang"), self.reader.languages
        language = self.reader.language(node, "lang")
        if node is not None and language is not None and language not in known:
            message = f"`{language}` is not in `languages`"
            self.reader.report("unknown-language", message, node.span, *suggestion(language, known))
            return None
        return language

    def _parts(self, record: Record, key: str) -> tuple[str, ...]:
        items = self.reader.items(record.get(key), key)
        found = [self.reader.choice(item, key, Part) for item in items]
        return tuple(part.value for part in found if part is not None)

    def _pattern(self, record: Record) -> str | None:
        """The pattern of a brief's file names, which could name a file."""
        node = record.get("name")
        text = self.reader.text(node, "name")
        if node is None or text is None:
            return None
        try:
            filenames.check(text)
        except filenames.BadPattern as error:
            self.reader.report("bad-name", str(error), node.span, *error.hints)
            return None
        return text
