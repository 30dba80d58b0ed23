"""Every entry of a base with how restricted it is and with all that it says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from functools import cache

from briefings.core.addresses import split
from briefings.core.marking import Markings, actors_of, markings
from briefings.core.model import CheckedBase, FactBase, LocalText, Marking, Prose, noun_of
from briefings.core.span import Span
from briefings.core.values import dataclass

_TYPED = ("judgement", "contested point", "gap", "topic", "summary", "account")
"""Kinds of entries that the desk words freely; of the others it is their notes and reasons."""

_PLAIN = frozenset(("title", "publisher", "name", "aliases", "quote", "translator", "file", "url"))
_GROUNDED = frozenset((*_PLAIN, "statement", "headline", "translation"))


@dataclass(frozen=True, slots=True)
class Marked:
    """An entry of the base with what it says.

    `texts` are names, and what documents say or was held against them; `typed` is what the desk
    says freely. `is_named_so` tells that its names are no less restricted than itself.
    """

    kind: str
    name: str
    marking: Marking
    span: Span
    ids: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    typed: tuple[str, ...] = ()
    digests: tuple[str, ...] = ()
    is_named_so: bool = False

    @property
    def what(self) -> str:
        """The entry as a message calls it."""
        return f"{self.kind} `{self.name}`"


def entries(checked: CheckedBase) -> tuple[Marked, ...]:
    """Every entry of the base, in order of kind and id; then what is said in and of them.

    An actor, place or topic that only restricted entries speak of is as restricted as the most
    open of them.
    """
    marked = markings(checked.base)
    return (
        *_entries(checked.base, marked),
        *_answers(checked.base, marked),
        *_titles(checked.base, marked),
        *_documents(checked, marked),
    )


def _entries(base: FactBase, marked: Markings) -> Iterator[Marked]:
    spoken_of = _spoken_of(base, marked)
    for section in fields(marked):
        kind = noun_of(section.name)
        of: Mapping[str, Marking] = getattr(marked, section.name)
        for name, entry in sorted(getattr(base, section.name).items()):
            least = min(spoken_of.get(f"{kind} {name}", ()), default=Marking.CLEAR)
            yield _entry(kind, name, entry, max(of[name], least), is_own=of[name] >= least)


def _answers(base: FactBase, marked: Markings) -> Iterator[Marked]:
    """What the desk has answered, each as restricted as its entry."""
    for answer in base.acceptances:
        kind = f"an answer of {noun_of(answer.section)}"
        marking = getattr(marked, answer.section)[answer.entry]
        why = tuple(text for _, text in answer.why.forms)
        yield Marked(kind, answer.entry, marking, answer.span, typed=why)


def _titles(base: FactBase, marked: Markings) -> Iterator[Marked]:
    """The titles of actors, each as restricted as the source that gives it."""
    for actor in base.actors.values():
        for title in actor.titles:
            texts = tuple(text for _, text in _texts(title))
            marking = marked.sources[title.source]
            yield Marked("a title of actor", actor.id, marking, title.span, texts=texts)


def _documents(checked: CheckedBase, marked: Markings) -> Iterator[Marked]:
    """The documents, each as restricted as its source."""
    for source, document in sorted(checked.documents.items()):
        span = checked.base.sources[source].span
        yield Marked("source", source, marked.sources[source], span, texts=(document.text,))


def _entry(kind: str, name: str, entry: object, marking: Marking, *, is_own: bool) -> Marked:
    span = getattr(entry, "span", None)
    assert isinstance(span, Span)
    digest, origin = getattr(entry, "sha256", None), getattr(entry, "origin", None)
    texts = list(_texts(entry))
    typed = [text for field, text in texts if kind in _TYPED or field not in _GROUNDED]
    return Marked(
        kind=kind,
        name=name,
        marking=marking,
        span=span,
        ids=(name, origin) if isinstance(origin, str) else (name,),
        texts=tuple(text for field, text in texts if kind not in _TYPED and field in _GROUNDED),
        typed=tuple(typed),
        digests=(digest,) if isinstance(digest, str) else (),
        is_named_so=is_own and kind in ("actor", "place"),
    )


def _texts(value: object, within: str = "") -> Iterator[tuple[str, str]]:
    """Every text in an entry and its parts with the name of its field.

    Without what titles say, which is their source's.
    """
    match value:
        case LocalText():
            yield from ((within, text) for _, text in value.forms)
        case Prose():
            yield from _texts(value.words, within)
        case tuple():
            for item in value:
                yield from _texts(item, within)
        case _:
            for name in _fields(type(value)):  # type: ignore[arg-type] # any class is hashable
                inner = getattr(value, name)
                if name in _PLAIN:
                    yield from ((name, text) for text in _plain(inner))
                if not isinstance(inner, str):
                    yield from _texts(inner, name)


@cache
def _fields(kind: type) -> tuple[str, ...]:
    """The names of the fields of a class of the model in which texts may stand; none of others."""
    named = (each.name for each in fields(kind)) if is_dataclass(kind) else ()
    return tuple(name for name in named if name != "titles")


def _plain(value: object) -> Iterator[str]:
    match value:
        case tuple():
            for item in value:
                yield from _plain(item)
        case str():
            yield value
            if value.startswith(("http://", "https://")) and (host := split(value).hostname):
                yield host.removeprefix("www.")


def _spoken_of(base: FactBase, marked: Markings) -> dict[str, set[Marking]]:
    """How restricted the entries are that speak of each actor, place and topic."""
    markings: dict[str, set[Marking]] = {}

    def note(kind: str, names: Iterable[str], marking: Marking) -> None:
        for name in names:
            markings.setdefault(f"{kind} {name}", set()).add(marking)

    for fact in base.facts.values():
        marking = marked.facts[fact.id]
        note("actor", actors_of(fact), marking)
        note("place", fact.places, marking)
        note("topic", fact.topics, marking)
    for judgement in base.judgements.values():
        note("topic", (judgement.topic,), marked.judgements[judgement.id])
    for gap in base.gaps.values():
        note("topic", (gap.topic,), marked.gaps[gap.id])
    for actor in base.actors.values():
        if actor.of is not None:
            of_it = markings.get(f"actor {actor.id}", {marked.actors[actor.id]})
            note("actor", (actor.of,), max(marked.actors[actor.id], min(of_it)))
    return markings
