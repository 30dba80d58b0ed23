"""What gives an entry of the base away: its words, its names, its files, wherever they stand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from urllib.parse import urlsplit

from briefings.core.marking import Markings, actors_of, markings
from briefings.core.model import CheckedBase, FactBase, LocalText, Marking
from briefings.core.span import Span
from briefings.run.wordruns import BREAK, LONG_RUN, RUN, common, runs, words

_PLAIN = frozenset(("title", "publisher", "name", "aliases", "quote", "translator", "file", "url"))
_GROUNDED = frozenset((*_PLAIN, "statement", "headline", "translation"))
_TYPED = ("judgement", "contested point", "gap", "topic")
_ORDER = (*_TYPED, "source", "actor", "place", "fact")
_DIGEST = 12
"""So many digits of a file's SHA-256 give it away."""

_OWN_WORDS = 2
"""So many words that no page of ours has by itself make a run that gives something away."""

_KINDS = {"contests": "contested point"}
_COMPOUND = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)+")
_ALONE = re.compile(r"(?<=[\"'/#=])[a-z0-9]+(?=[\"'/.#?&])")
_HEX = re.compile(r"[0-9a-f]{12,}")


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the base with what it says.

    `texts` are names, and what documents say or was held against them; `typed` is what the desk
    says freely. `is_named_so` tells that its names are no less restricted than itself.
    """

    kind: str
    name: str
    marking: Marking
    span: Span
    ids: tuple[str, ...]
    texts: tuple[str, ...]
    typed: tuple[str, ...] = ()
    digests: tuple[str, ...] = ()
    is_named_so: bool = False

    @property
    def what(self) -> str:
        """The entry as a message calls it."""
        return f"{self.kind} `{self.name}`"


@dataclass(frozen=True, slots=True)
class Traces:
    """What gives entries above one marking away; of each trace the first entry that has it.

    `runs` are runs of words, of the `lengths` that there are; `ids` are names of the base in
    parts; `digests` beginnings of each stretch of a SHA-256.
    """

    runs: Mapping[str, Entry]
    lengths: tuple[int, ...]
    ids: Mapping[str, Entry]
    digests: Mapping[str, Entry]

    def __bool__(self) -> bool:
        return bool(self.runs or self.ids or self.digests)

    def in_words(self, text: str) -> dict[str, Entry]:
        """The runs of words that stand in `text`."""
        return {run: self.runs[run] for run in common(self.runs.keys(), words(text), self.lengths)}

    def in_code(self, text: str) -> dict[str, Entry]:
        """The names and digests that stand in `text`, which is more than prose."""
        plain = text.lower()
        found = {name: self.ids[name] for name in names_in(plain) if name in self.ids}
        for digits in set(_HEX.findall(plain)) if self.digests else ():
            found |= {part: self.digests[part] for part in _parts(digits) if part in self.digests}
        return found


def names_in(text: str) -> set[str]:
    """Everything in `text`, in lower case, that may be an id, and each part of it, with hyphens."""
    found = set(_ALONE.findall(text))
    for compound in set(_COMPOUND.findall(text)):
        parts = compound.replace("_", "-").split("-")
        for start in range(len(parts)):
            for stop in range(start + 1, len(parts) + 1):
                found.add("-".join(parts[start:stop]))
    return found


def entries(checked: CheckedBase) -> tuple[Entry, ...]:
    """Every entry of the base, in order of kind and id.

    An actor, place or topic that only restricted entries speak of is as restricted as the most
    open of them.
    """
    base, marked = checked.base, markings(checked.base)
    spoken_of = _spoken_of(base, marked)
    made: list[Entry] = []
    for section in fields(marked):
        kind = _KINDS.get(section.name, section.name.removesuffix("s"))
        of: Mapping[str, Marking] = getattr(marked, section.name)
        for name, one in sorted(getattr(base, section.name).items()):
            least = min(spoken_of.get(f"{kind} {name}", ()), default=Marking.CLEAR)
            made.append(_entry(kind, name, one, max(of[name], least), is_own=of[name] >= least))
    for actor in base.actors.values():
        for title in actor.titles:
            texts = tuple(text for _, text in _texts(title))
            marking = marked.sources[title.source]
            made.append(Entry("a title of actor", actor.id, marking, title.span, (), texts))
    for source, document in sorted(checked.documents.items()):
        about, marking = base.sources[source], marked.sources[source]
        made.append(Entry("source", source, marking, about.span, (), (document.text,)))
    return tuple(made)


def traces(found: Iterable[Entry], open_to: Marking, interface: Iterable[str]) -> Traces:
    """What gives the entries above `open_to` away, and nothing that is open as well.

    What an open document says is open; so is a name or a short run of words that the desk says
    freely in an open entry. A long run, or a whole text, is not: it was repeated. `interface` are
    texts of ours, which tell nothing of any base.
    """
    closed = [one for one in found if one.marking > open_to]
    if not closed:
        return Traces({}, (), {}, {})
    others = [one for one in found if one.marking <= open_to]
    known = list(interface)
    vocabulary = {word for text in known for word in words(text)}
    short: dict[str, Entry] = {}
    long: dict[str, Entry] = {}
    for one in closed:
        for said in (words(text) for text in (*one.texts, *one.typed)):
            own = {word for word in said if _is_telling(word) and word not in vocabulary}
            if len(said) < RUN:
                if own:
                    (long if one.is_named_so else short).setdefault(" ".join(said), one)
                continue
            for run in runs(said, RUN):
                if len(own.intersection(run.split(" "))) >= _OWN_WORDS:
                    short.setdefault(run, one)
            for run in runs(said, min(LONG_RUN, len(said))):
                if not own.isdisjoint(run.split(" ")):
                    long.setdefault(run, one)
    ids = {name: one for one in reversed(closed) for name in one.ids}
    grounded = [*known, *(text for one in others for text in (*one.texts, *one.ids))]
    said = _joined(grounded)
    _forget(short, said)
    _forget(long, said)
    for name in ids.keys() & (names_in("\n".join(grounded).lower()) | set(said)):
        del ids[name]
    for kind in _ORDER:
        said = _joined(text for one in others if one.kind == kind for text in one.typed)
        _forget(short, said)
        _forget(long, said, of=kind)
    found_runs = {**short, **long}
    digests = {
        part: one for one in reversed(closed) for digest in one.digests for part in _parts(digest)
    }
    return Traces(found_runs, _lengths(found_runs), ids, digests)


def _joined(texts: Iterable[str]) -> list[str]:
    """The words of all texts, with a break between one text and the next."""
    return [word for text in texts for word in (*words(text), BREAK)]


def _forget(found: dict[str, Entry], said: Sequence[str], *, of: str | None = None) -> None:
    """Take away what is `said` too; with `of` only what entries of that kind say."""
    for run in common(found.keys(), said, _lengths(found)):
        if of is None or found[run].kind == of:
            del found[run]


def _lengths(found: Iterable[str]) -> tuple[int, ...]:
    return tuple(sorted({run.count(" ") + 1 for run in found}))


def _parts(digest: str) -> Iterator[str]:
    return (digest[start : start + _DIGEST] for start in range(len(digest) - _DIGEST + 1))


def _is_telling(word: str) -> bool:
    return any(char.isalpha() for char in word) and len(word) > (2 if word.isascii() else 1)


def _entry(kind: str, name: str, one: object, marking: Marking, *, is_own: bool) -> Entry:
    span = getattr(one, "span", None)
    assert isinstance(span, Span)
    digest, origin = getattr(one, "sha256", None), getattr(one, "origin", None)
    said = list(_texts(one))
    typed = [text for field, text in said if kind in _TYPED or field not in _GROUNDED]
    return Entry(
        kind,
        name,
        marking,
        span,
        ids=(name, origin) if isinstance(origin, str) else (name,),
        texts=tuple(text for field, text in said if kind not in _TYPED and field in _GROUNDED),
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
        case tuple():
            for one in value:
                yield from _texts(one, within)
        case _ if is_dataclass(value) and not isinstance(value, type):
            for each in fields(value):
                inner = getattr(value, each.name)
                if each.name == "titles":
                    continue
                if each.name in _PLAIN:
                    yield from ((each.name, text) for text in _plain(inner))
                if not isinstance(inner, str):
                    yield from _texts(inner, each.name)


def _plain(value: object) -> Iterator[str]:
    match value:
        case tuple():
            for one in value:
                yield from _plain(one)
        case str():
            yield value
            if value.startswith(("http://", "https://")) and (host := urlsplit(value).hostname):
                yield host.removeprefix("www.")


def _spoken_of(base: FactBase, marked: Markings) -> dict[str, set[Marking]]:
    """How restricted the entries are that speak of each actor, place and topic."""
    found: dict[str, set[Marking]] = {}

    def note(kind: str, names: Iterable[str], marking: Marking) -> None:
        for name in names:
            found.setdefault(f"{kind} {name}", set()).add(marking)

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
            of_it = found.get(f"actor {actor.id}", {marked.actors[actor.id]})
            note("actor", (actor.of,), max(marked.actors[actor.id], min(of_it)))
    return found
