"""Which editions a build makes, and what to say about those that can't be or would be empty."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from types import MappingProxyType

from briefings.compose.edition import compose
from briefings.compose.selection import first_known, select
from briefings.core import filenames
from briefings.core.characters import hidden
from briefings.core.characters import name as character
from briefings.core.diagnostics import Diagnostic, diagnostic, failed
from briefings.core.edition import Edition, EditionSpec, Part
from briefings.core.filenames import BadPattern
from briefings.core.model import (
    MARKINGS,
    Actor,
    ActorId,
    CheckedBase,
    Credibility,
    FactBase,
    Filters,
    Kind,
    Marking,
    Place,
    PlaceId,
    Reliability,
    SourceId,
    TopicId,
)
from briefings.core.names import meant
from briefings.core.periods import week_name
from briefings.plan.period import ahead, clocks
from briefings.plan.request import TEMPLATE, Custom, Request, custom

LIMITED = "-custom-"
"""In the name of a brief that flags limit, it stands before the digest of its limits."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A brief that was asked for: what it is, after what its files are named, how it is set."""

    spec: EditionSpec
    pattern: str = filenames.DEFAULT
    template: str = TEMPLATE


@dataclass(frozen=True, slots=True)
class Chosen:
    """A brief that is to be made; `stem` is the name of its files without extension."""

    edition: Edition
    stem: str
    template: str = TEMPLATE


@dataclass(frozen=True, slots=True)
class _Order:
    """Briefs of one kind: under a name that the base keeps, or None for those of its topics.

    `is_varied` tells that flags narrow what the name stands for.
    """

    kept: str | None
    topics: tuple[str, ...]
    custom: Custom
    is_varied: bool


def plan(
    checked: CheckedBase, request: Request, today: Callable[[str], date]
) -> tuple[int, list[Chosen], list[Diagnostic]]:
    """The briefs to make, and the exit code: unless that is 0, there is none.

    It is 2 where the request makes no sense, 1 where every brief would be empty.
    """
    briefs, refused = wanted(checked.base, request, today)
    if refused:
        return 2, [], refused
    made, empty = editions(checked, briefs)
    empty += ahead([edition.spec for _, edition in made], today(checked.base.timezone))
    if failed(empty, strict=request.strict):
        return 1, [], empty
    chosen, clashes = named(made)
    return (2, [], [*empty, *clashes]) if clashes else (0, chosen, empty)


def wanted(
    base: FactBase, request: Request, today: Callable[[str], date]
) -> tuple[list[Wanted], list[Diagnostic]]:
    """The briefs that the request asks for, each once, in order of name and language.

    Unknown names, impossible periods and markings come back as diagnostics; then there is none.
    """
    found = list(_unknown_briefs(base, request.kept))
    orders = [] if found else list(_orders(base, request))
    found += [each for order in orders for each in _faults(base, order)]
    if found:
        return [], list(dict.fromkeys(found))
    briefs: list[Wanted] = []
    for order in orders:
        read = clocks(base, replace(request.days, as_of=request.as_of), today, order.custom.period)
        if isinstance(read, Diagnostic):
            return [], [read]
        plain = EditionSpec("", (), read.as_of, read.known_by, read.window, base.languages[0])
        briefs += _briefs(base, order, plain)
    return sorted(briefs, key=lambda one: (one.spec.brief, one.spec.language)), []


def _orders(base: FactBase, request: Request) -> Iterator[_Order]:
    is_varied = _narrows(request.custom)
    for name in sorted(set(request.kept)):
        kept = base.briefs[name]
        yield _Order(
            name,
            request.topics or kept.topics,
            request.custom.over(custom(kept)),
            is_varied or bool(request.topics),
        )
    if not request.kept:
        weekly = [topic.id for topic in base.topics.values() if topic.weekly] or base.topics
        yield _Order(None, request.topics or tuple(weekly), request.custom, is_varied)


def _narrows(asked: Custom) -> bool:
    """Whether a brief says less than the whole of its topic."""
    plain = Custom(
        merge=asked.merge,
        languages=asked.languages,
        title=asked.title,
        template=asked.template,
        name=asked.name,
        period=asked.period,
    )
    return asked != plain


def _faults(base: FactBase, order: _Order) -> Iterator[Diagnostic]:
    """Everything that an order names and that is not there, and what it may not ask for."""
    asked = order.custom
    called = _called(base)
    yield from _unknown("topic", order.topics, base.topics, "unknown-topic", called=called)
    yield from _unknown("actor", asked.actors, base.actors, called=called)
    yield from _unknown("place", asked.places, base.places, called=called)
    yield from _unknown("source", asked.sources, base.sources, called=called)
    yield from _unknown("kind", asked.kinds, tuple(Kind))
    excludable = {*base.facts, *base.sources, *base.actors, *base.places}
    yield from _unknown("fact, source, actor or place", asked.exclude, excludable, called=called)
    yield from _unknown("reliability", _one(asked.min_reliability), tuple(Reliability)[:-1])
    yield from _unknown("credibility", _one(asked.min_credibility), tuple(Credibility)[:-1])
    yield from _unknown("language of the base", asked.languages, base.languages)
    yield from _unknown("section", (*asked.sections, *asked.no_sections), tuple(Part))
    yield from _unknown("marking", _one(asked.marking), MARKINGS)
    ceiling = MARKINGS.get(asked.marking or Marking.RED.label, Marking.RED)
    if base.marking > ceiling:
        message = (
            f"a brief of {ceiling.label} at most is asked for, and the base itself is"
            f" {base.marking.label}"
        )
        yield diagnostic("marking-too-low", message, base.span, "lower `marking` of the base")
    yield from _title(asked.title)
    try:
        filenames.check(_files(asked)[0])
    except BadPattern as error:
        yield diagnostic("bad-name", str(error), None, *error.hints)


def _title(title: str | None) -> Iterator[Diagnostic]:
    """A title of the command line is held to what every text of a base is."""
    if title is None:
        return
    if not title.strip():
        yield diagnostic("empty-text", "the title is empty", None)
    for index in hidden(title):
        message = f"the title holds {character(title[index])}"
        yield diagnostic("hidden-character", message, None)


def _one(asked: str | None) -> tuple[str, ...]:
    return () if asked is None else (asked,)


def _unknown(
    what: str,
    asked: Iterable[str],
    known: Iterable[str],
    code: str = "unknown-name",
    *,
    called: Mapping[str, tuple[str, ...]] = MappingProxyType({}),
) -> Iterator[Diagnostic]:
    """What is asked for and not known; `called` are the names of ids, which are no ids."""
    names = set(known)
    for name in sorted(set(asked) - names):
        hints = meant(name, names, called) or (
            f"`briefings list {_LISTED.get(what, 'facts')}` shows what there is",
        )
        if not names:
            hints = ("the base has none",)
        yield diagnostic(code, f"there is no {what} `{name}`", None, *hints)


_LISTED = {
    "topic": "topics",
    "actor": "actors",
    "place": "places",
    "source": "sources",
    "brief": "briefs",
    "kind": "kinds",
}


def _unknown_briefs(base: FactBase, kept: Iterable[str]) -> Iterator[Diagnostic]:
    for name in sorted(set(kept) - set(base.briefs)):
        if name in base.topics:
            message = f"there is no brief `{name}`: it is a topic"
            yield diagnostic("unknown-name", message, None, f"ask for it by --topic {name}")
        else:
            yield from _unknown("brief", [name], base.briefs)


def _names(entry: Actor | Place) -> tuple[str, ...]:
    return (*(text for _, text in entry.name.forms), *entry.aliases)


def _called(base: FactBase) -> dict[str, tuple[str, ...]]:
    """What the base calls each thing that can be asked for by its id."""
    return {
        **{one.id: (one.title,) for one in base.sources.values()},
        **{one.id: tuple(text for _, text in one.title.forms) for one in base.topics.values()},
        **{one.id: _names(one) for one in base.places.values()},
        **{one.id: _names(one) for one in base.actors.values()},
    }


def _briefs(base: FactBase, order: _Order, plain: EditionSpec) -> Iterator[Wanted]:
    """The briefs of an order, whose names are all known; the order of its flags plays no part."""
    asked = order.custom
    topics = tuple(TopicId(name) for name in sorted(set(order.topics)))
    for group in [topics] if asked.merge else [(topic,) for topic in topics]:
        wanted = asked.languages or base.languages
        for language in (code for code in base.languages if code in wanted):
            spec = replace(
                plain,
                topics=group,
                language=language,
                filters=_filters(asked),
                parts=_parts(asked),
                ceiling=MARKINGS[asked.marking] if asked.marking else Marking.RED,
                title=None if asked.title is None else " ".join(asked.title.split()),
            )
            name = _name(order, spec, apart=len(topics) > 1 and not asked.merge)
            yield Wanted(replace(spec, brief=name), *_files(asked))


def _files(asked: Custom) -> tuple[str, str]:
    """The pattern for the names of files, and the template."""
    return (
        filenames.DEFAULT if asked.name is None else asked.name,
        TEMPLATE if asked.template is None else asked.template,
    )


def _name(order: _Order, spec: EditionSpec, *, apart: bool) -> str:
    """What names a brief over all its days.

    One that says less is never taken for the whole, nor for one with other limits: it carries a
    digest of its own.
    """
    joined = "_".join(spec.topics)
    name = joined if order.kept is None else f"{order.kept}_{joined}" if apart else order.kept
    if not order.is_varied:
        return name
    limits = repr((spec.filters, spec.parts, spec.ceiling))
    return f"{name}{LIMITED}{sha256(limits.encode()).hexdigest()[:6]}"


def _filters(asked: Custom) -> Filters:
    return Filters(
        actors=tuple(ActorId(name) for name in sorted(set(asked.actors))),
        places=tuple(PlaceId(name) for name in sorted(set(asked.places))),
        sources=tuple(SourceId(name) for name in sorted(set(asked.sources))),
        kinds=tuple(kind for kind in Kind if kind in asked.kinds),
        exclude=tuple(sorted(set(asked.exclude))),
        min_reliability=Reliability(asked.min_reliability) if asked.min_reliability else None,
        min_credibility=Credibility(asked.min_credibility) if asked.min_credibility else None,
    )


def _parts(asked: Custom) -> tuple[Part, ...]:
    kept = [part for part in Part if not asked.sections or part in asked.sections]
    return tuple(part for part in kept if part not in asked.no_sections)


def editions(
    checked: CheckedBase, briefs: Sequence[Wanted]
) -> tuple[list[tuple[Wanted, Edition]], list[Diagnostic]]:
    """The edition of each brief that would hold anything.

    The others are reported: `nothing-known` or `nothing-matches`, and `nothing-to-build` when
    none is left.
    """
    made, found = [], []
    for brief in briefs:
        edition = compose(checked, brief.spec)
        if edition.citations:
            made.append((brief, edition))
        else:
            found.append(_empty(checked.base, brief.spec))
    if not made:
        days = ", ".join(sorted({str(brief.spec.known_by) for brief in briefs}))
        reason = f"nothing was known by {days} about any topic chosen"
        if not briefs:
            reason = "the base has no topic"
        elif any(each.code == "nothing-matches" for each in found):
            reason = "no brief that was asked for would hold anything"
        message = f"{reason}: there is no brief to build"
        found.append(diagnostic("nothing-to-build", message, None))
    return made, list(dict.fromkeys(found))


def _empty(base: FactBase, spec: EditionSpec) -> Diagnostic:
    about = ", ".join(f"`{topic}`" for topic in spec.topics)
    span = base.topics[spec.topics[0]].span
    whole = replace(spec, filters=Filters(), parts=tuple(Part), ceiling=Marking.RED)
    if there := len(select(base, whole).facts):
        facts = "1 fact that is" if there == 1 else f"{there} facts that are"
        message = f"of the {facts} known about {about} by {spec.known_by}, none is asked for"
        hint = "loosen a filter, raise --marking, or ask for a section that tells facts"
        return diagnostic("nothing-matches", message, span, hint)
    since = first_known(base, spec.topics)
    hint = (
        f"the first of it was known on {since}: --as-of {since}" if since else "it has no fact yet"
    )
    message = f"nothing was known about {about} by {spec.known_by}"
    return diagnostic("nothing-known", message, span, hint)


def named(made: Sequence[tuple[Wanted, Edition]]) -> tuple[list[Chosen], list[Diagnostic]]:
    """Each edition with the name of its files; `bad-name` where two would get one name."""
    chosen: list[Chosen] = []
    found: list[Diagnostic] = []
    taken: dict[str, EditionSpec] = {}
    for brief, edition in made:
        try:
            stem = filenames.fill(brief.pattern, _values(edition))
        except BadPattern as error:
            found.append(diagnostic("bad-name", str(error), None, *error.hints))
            continue
        # Two names that differ in case alone are one file on some disks.
        other = taken.setdefault(stem.casefold(), edition.spec)
        if other is not edition.spec:
            one, two = (f"`{each.brief}` in {each.language}" for each in (other, edition.spec))
            message = f"{one} and {two} would both be named `{stem}`"
            hint = "tell them apart by {brief}, {topic}, {lang} or {edition}"
            found.append(diagnostic("bad-name", message, None, hint))
        chosen.append(Chosen(edition, stem, brief.template))
    return chosen, list(dict.fromkeys(found))


def _values(edition: Edition) -> Mapping[str, str]:
    spec = edition.spec
    return {
        "brief": spec.brief,
        "topic": "_".join(spec.topics),
        "lang": spec.language,
        "as_of": spec.as_of.isoformat(),
        "week": week_name(spec.as_of),
        "edition": edition.id,
    }
