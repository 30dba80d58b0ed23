"""A request held against a base: the briefs that it comes to, or why it makes no sense."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import product

from briefings.compose.filters import passes
from briefings.core import filenames
from briefings.core.characters import hidden
from briefings.core.characters import name as character
from briefings.core.diagnostics import Diagnostic, Refused, diagnostic
from briefings.core.filenames import BadPattern
from briefings.core.marking import markings
from briefings.core.model import Actor, FactBase, FactKind, Filters, LocalText, Marking, Part, Place
from briefings.core.names import nearest
from briefings.core.spec import EditionSpec, Window
from briefings.core.values import dataclass
from briefings.plan.identity import any_limited, identity, limited, shared_identities
from briefings.plan.period import Clocks, clocks
from briefings.plan.request import (
    CREDIBILITIES,
    RELIABILITIES,
    TEMPLATE,
    BriefRequest,
    of_kept,
    unknown,
)
from briefings.plan.stems import stems


@dataclass(frozen=True, slots=True)
class BriefPlan:
    """A brief before it is composed: what it is, after what its files are named, how it is set.

    `by_default` says that nobody asked for its language, which is not the desk's own either.
    """

    spec: EditionSpec
    pattern: str = filenames.DEFAULT
    template: str = TEMPLATE
    by_default: bool = False


def resolve(
    base: FactBase, asked: BriefRequest, kept: Sequence[str], today: Callable[[str], date]
) -> list[BriefPlan]:
    """The briefs that are asked for, each once, in order of name and language.

    Args:
        base: A base without a mistake.
        asked: What goes before all that the kept briefs say.
        kept: Names of briefs of the base; without any, `asked` is all.
        today: The calendar day in a time zone, by its IANA name.

    Raises:
        Refused: With status 2: unknown names, impossible days, markings, titles or file names.
    """
    if strangers := tuple(_unknown_briefs(base, kept)):
        raise Refused(2, strangers)
    requests = list(_requests(base, asked, kept))
    faults = [
        *_unknown_names(base, asked),
        *asked.misnamed,
        *(fault for _, request in requests for fault in _faults(base, request)),
    ]
    if faults:
        raise Refused(2, dict.fromkeys(faults))
    plans: list[BriefPlan] = []
    for name, request in requests:
        days = clocks(base, request, today)
        for plan in _plans(base, name, request, days):
            spec = plan.spec
            if asked.narrows or (name is not None and asked.topics):
                spec = replace(spec, brief=limited(base, name, spec))
            plans.append(replace(plan, spec=spec))
    return sorted(plans, key=lambda plan: (plan.spec.brief, plan.spec.language))


def _requests(
    base: FactBase, asked: BriefRequest, kept: Sequence[str]
) -> Iterator[tuple[str | None, BriefRequest]]:
    """What is asked of each kept brief, by its name; without one, of the topics."""
    for name in sorted(set(kept)):
        yield name, of_kept(base.briefs[name]).override(asked)
    if not kept:
        weekly = [topic.id for topic in base.topics.values() if topic.weekly] or base.topics
        yield None, replace(asked, topics=asked.topics or tuple(weekly))


def unbuildable(base: FactBase) -> Iterator[Diagnostic]:
    """What keeps a kept brief from being built by its name, at the place of the brief.

    The base may hold mistakes: what an entry names need not be there.
    """
    yield from shared_identities(base)
    for kept in base.briefs.values():
        for fault in _faults(base, of_kept(kept)):
            yield replace(fault, span=fault.span or kept.span)


_DAY = date(2000, 1, 1)
_ANY_DAY = Clocks(_DAY, _DAY, Window(_DAY, _DAY))
"""Days of any name: all are of one length."""


def named_by_what_they_tell(base: FactBase) -> bool:
    """Whether it hangs on facts that two topics of a kept brief have no files of one name."""
    return any(
        _name_faults(base, kept.id, list(_plans(base, kept.id, of_kept(kept), _ANY_DAY)))
        for kept in base.briefs.values()
    )


def unnameable(base: FactBase) -> Iterator[Diagnostic]:
    """`bad-name` for each topic, source or kept brief whose files can't be named.

    Nor those of its brief where flags limit it, whose name is longer. Nor may two of a kept brief
    have one name; of its topics only those count of which there is anything to tell. The base has
    no entry that names what is not there.
    """
    for topic in base.topics.values():
        try:
            for name, language in product((topic.id, any_limited(topic.id)), base.languages):
                filenames.fill(filenames.DEFAULT, {"brief": name, "lang": language})
        except BadPattern as error:
            message = f"no brief can be named after the topic: {error}"
            yield diagnostic("bad-name", message, topic.span, "give it another id")
    for source in base.sources.values():
        try:
            filenames.portable(source.id)
        except BadPattern as error:
            message = f"no page can be named after the source: {error}"
            yield diagnostic("bad-name", message, source.span, "give it another id")
    for kept in base.briefs.values():
        plans = list(_plans(base, kept.id, of_kept(kept), _ANY_DAY))
        faults = _name_faults(base, kept.id, plans)
        if faults:
            told = [plan for plan in plans if _tells(base, plan.spec)]
            faults = _name_faults(base, kept.id, told)
        yield from (replace(fault, span=kept.span) for fault in faults)


def _name_faults(base: FactBase, kept: str, plans: Sequence[BriefPlan]) -> tuple[Diagnostic, ...]:
    """What is wrong with the names of files, were each edition another; or where flags limit it."""
    limits = [replace(plan.spec, brief=limited(base, kept, plan.spec)) for plan in plans]
    for specs in ([plan.spec for plan in plans], limits):
        try:
            stems(
                (spec, plan.pattern, f"{index:012x}")
                for index, (spec, plan) in enumerate(zip(specs, plans, strict=True))
            )
        except Refused as refused:
            return refused.diagnostics
    return ()


def _tells(base: FactBase, spec: EditionSpec) -> bool:
    """Whether there is a fact for a brief to tell, on some day."""
    marked = markings(base).facts
    return any(
        fact.withdrawn is None
        and marked[fact.id] <= spec.ceiling
        and not set(spec.topics).isdisjoint(fact.topics)
        and passes(fact, base, spec.filters)
        for fact in base.facts.values()
    )


def _unknown_names(base: FactBase, asked: BriefRequest) -> Iterator[Diagnostic]:
    """Everything that flags name and that is not in the base."""
    filters, called = asked.filters, _called(base)
    yield from unknown("topic", asked.topics, base.topics, "unknown-topic", called=called)
    yield from unknown("actor", filters.actors, base.actors, called=called)
    yield from unknown("place", filters.places, base.places, called=called)
    yield from unknown("source", filters.sources, base.sources, called=called)
    excludable = {*base.facts, *base.sources, *base.actors, *base.places}
    yield from unknown("fact, source, actor or place", filters.exclude, excludable, called=called)
    yield from unknown("language of the base", asked.languages, base.languages)


def _unknown_briefs(base: FactBase, kept: Sequence[str]) -> Iterator[Diagnostic]:
    for name in sorted(set(kept) - set(base.briefs)):
        if name in base.topics:
            message = f"there is no brief `{name}`: it is a topic"
            yield diagnostic("unknown-name", message, None, f"ask for it by --topic {name}")
        elif name.endswith((".yaml", ".yml")):
            message = f"there is no brief `{name}`: a base is named with --base"
            yield diagnostic("unknown-name", message, None, f"name it so: --base {name}")
        elif nearest(name, base.briefs) is None and (topic := nearest(name, base.topics)):
            message = f"there is no brief `{name}`"
            hint = f"did you mean the topic `{topic}`? It is asked for by --topic {topic}"
            yield diagnostic("unknown-name", message, None, hint)
        else:
            yield from unknown("brief", [name], base.briefs)


def _called(base: FactBase) -> dict[str, tuple[str, ...]]:
    """What the base calls each thing that can be asked for by its id."""
    return {
        **{source.id: (source.title,) for source in base.sources.values()},
        **{topic.id: _forms(topic.title) for topic in base.topics.values()},
        **{place.id: _names(place) for place in base.places.values()},
        **{actor.id: _names(actor) for actor in base.actors.values()},
    }


def _names(entry: Actor | Place) -> tuple[str, ...]:
    return (*_forms(entry.name), *entry.aliases)


def _forms(text: LocalText) -> tuple[str, ...]:
    return tuple(form for _, form in text.forms)


def _faults(base: FactBase, request: BriefRequest) -> Iterator[Diagnostic]:
    """What no brief may ask for, whether flags ask or the base keeps it."""
    filters = request.filters
    if filters.min_reliability is not None:
        yield from unknown("reliability", [filters.min_reliability], RELIABILITIES)
    if filters.min_credibility is not None:
        yield from unknown("credibility", [filters.min_credibility], CREDIBILITIES)
    ceiling = _ceiling(request)
    if base.marking > ceiling:
        message = (
            f"a brief of {ceiling.label} at most is asked for, and the base itself is"
            f" {base.marking.label}"
        )
        yield diagnostic("marking-too-low", message, base.span, "lower `marking` of the base")
    yield from _title(request.title)
    try:
        filenames.check(_pattern(request))
    except BadPattern as error:
        yield diagnostic("bad-name", str(error), None, *error.hints)


def _title(title: str | None) -> Iterator[Diagnostic]:
    """A title of the command line is held to what every text of a base is."""
    if title is None:
        return
    if not title.strip():
        hint = "give a title, or none at all: then it is the topic's"
        yield diagnostic("empty-text", "the title is empty", None, hint)
    for index in hidden(title):
        message = f"the title holds {character(title[index])}"
        yield diagnostic("hidden-character", message, None)


def _plans(
    base: FactBase, kept: str | None, request: BriefRequest, days: Clocks
) -> Iterator[BriefPlan]:
    """The briefs of one request, whose names are all known; the order of its flags plays no part.

    Each is named as if no flag limited it.
    """
    topics = tuple(sorted(set(request.topics)))
    groups = [topics] if request.merge and topics else [(topic,) for topic in topics]
    languages = request.languages or base.languages
    for group in groups:
        for language in (code for code in base.languages if code in languages):
            spec = EditionSpec(
                identity(kept, group, apart=len(groups) > 1),
                group,
                days.as_of,
                days.known_by,
                days.window,
                language,
                filters=_in_order(request.filters),
                parts=_parts(request),
                ceiling=_ceiling(request),
                title=None if request.title is None else " ".join(request.title.split()),
            )
            template = TEMPLATE if request.template is None else request.template
            by_default = not request.languages and language != base.languages[0]
            yield BriefPlan(spec, _pattern(request), template, by_default)


def _pattern(request: BriefRequest) -> str:
    """The pattern for the names of files."""
    return filenames.DEFAULT if request.name is None else request.name


def _ceiling(request: BriefRequest) -> Marking:
    return Marking.RED if request.marking is None else request.marking


def _in_order(filters: Filters) -> Filters:
    """Filters that are equal whatever the order in which they were asked for."""
    return replace(
        filters,
        actors=tuple(sorted(set(filters.actors))),
        places=tuple(sorted(set(filters.places))),
        sources=tuple(sorted(set(filters.sources))),
        kinds=tuple(kind for kind in FactKind if kind in filters.kinds),
        exclude=tuple(sorted(set(filters.exclude))),
    )


def _parts(request: BriefRequest) -> tuple[Part, ...]:
    parts = [part for part in Part if not request.sections or part in request.sections]
    return tuple(part for part in parts if part not in request.no_sections)
