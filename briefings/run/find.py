"""What a desk holds of some words: its facts that say them, its documents where they stand."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path

from briefings.check.quotes import anchors
from briefings.core.characters import in_a_line, line_by_line
from briefings.core.diagnostics import Refused, location_from, plural
from briefings.core.excerpts import head, tail
from briefings.core.model import Actor, Document, Fact, FactBase, FactId, LocalText, Place, Summary
from briefings.core.span import SourceText, Span
from briefings.core.values import dataclass
from briefings.edit.cited import cited_passages, citing
from briefings.edit.loose import loosen, needle
from briefings.load.desk import Loaded, load

_AROUND = 60
"""How many code points of context are shown on either side at most."""

_MOST = 10_000
"""The places of a document that are looked for."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One place where the words stand.

    `kind` is fact, summary, account or document, `id` that of the entry or source; `where` names
    the text of an entry: `statement (en)`. `span` is the match in a document, and the whole text in
    an entry. `facts` are those that cite the match.
    """

    kind: str
    id: str
    where: str
    span: Span
    before: str
    match: str
    after: str
    facts: tuple[FactId, ...] = ()


@dataclass(frozen=True, slots=True)
class Matches:
    """All `hits`: facts first, then summaries and accounts, each in the order of the base.

    `spellings` are what was looked for.
    """

    spellings: tuple[str, ...]
    hits: tuple[Hit, ...]
    texts: Mapping[str, SourceText]

    @property
    def cut_off(self) -> tuple[str, ...]:
        """The sources whose document has more places than were looked for."""
        places = Counter(hit.id for hit in self.hits if hit.kind == "document")
        return tuple(source for source, number in places.items() if number == _MOST)


def find(path: Path, text: str) -> Matches:
    """Look for `text`, whatever its case, accents and letter forms, in the desk of a base.

    The name or an alias of an actor or place is looked for in all its other spellings as well. A
    base with mistakes is searched as far as it could be read.

    Raises:
        Refused: With status 2: there is nothing to look for; with 1: the base can't be read.
    """
    if not any(map(str.isalnum, needle(text))):
        message = f"{text!r} holds no letter and no digit"
        raise Refused.by(2, "bad-value", message, "give a word to look for")
    loaded = load(path)
    if loaded.base is None:
        raise Refused(1, loaded.diagnostics, loaded.texts)
    spellings = _spellings(loaded.base, text)
    # A space may be a joiner or nothing in another's spelling: “night ward”, “nightward”.
    needles = tuple(
        dict.fromkeys(
            form
            for spelling in map(needle, spellings)
            for form in (spelling, spelling.replace(" ", ""))
        )
    )
    hits = [
        *_in_facts(loaded, needles),
        *_in_prose(loaded.base, needles),
        *_in_documents(loaded, needles),
    ]
    return Matches(spellings, tuple(hits), loaded.texts)


def _spellings(base: FactBase, text: str) -> tuple[str, ...]:
    """The text, and the other names of whatever of the base is called so."""
    spellings = {needle(text): text}
    entries: list[Actor | Place] = [*base.actors.values(), *base.places.values()]
    for entry in entries:
        names = [*(form for _, form in entry.name.forms), *entry.aliases]
        if needle(text) in map(needle, names):
            for name in names:
                spellings.setdefault(needle(name), name)
    return tuple(spellings.values())


def _in_facts(loaded: Loaded, needles: tuple[str, ...]) -> Iterator[Hit]:
    assert loaded.base is not None
    for fact in loaded.base.facts.values():
        for where, text, span in _texts(fact, loaded):
            for match in _places(text, needles)[:1]:
                yield _hit(text, match, ("fact", fact.id, where), span)


def _in_prose(base: FactBase, needles: tuple[str, ...]) -> Iterator[Hit]:
    for entry in base.prose:
        kind, name = (
            ("summary", "standfirst") if isinstance(entry, Summary) else ("account", "text")
        )
        texts = (*_forms("headline", entry.headline), *_forms(name, entry.prose.words))
        for where, text, span in texts:
            for match in _places(text, needles)[:1]:
                yield _hit(text, match, (kind, entry.id, where), span)


def _texts(fact: Fact, loaded: Loaded) -> Iterator[tuple[str, str, Span]]:
    """What a fact says; of its quotes only those whose document can't be searched itself."""
    named = (("statement", fact.statement), ("headline", fact.headline), ("note", fact.note))
    for name, text in named:
        yield from _forms(name, text)
    for number, evidence in enumerate(fact.evidence, 1):
        if evidence.source not in loaded.documents:
            yield f"quote {number}", evidence.quote, evidence.quote_span
        yield from _forms(f"translation of quote {number}", evidence.translation)


def _forms(name: str, text: LocalText | None) -> Iterator[tuple[str, str, Span]]:
    for language, form in text.forms if text else ():
        assert text is not None
        yield f"{name} ({language})", form, text.place(language)


def _in_documents(loaded: Loaded, needles: tuple[str, ...]) -> Iterator[Hit]:
    assert loaded.base is not None
    quotes, _ = anchors.resolve(loaded.base, loaded.documents, loaded.unproven)
    cited = cited_passages(quotes)
    for source, document in loaded.documents.items():
        places = _places(document.text, needles)[:_MOST]
        facts = citing(places, cited.get(source, ()))
        for (start, end), rest in zip(places, facts, strict=True):
            low, high = _paragraphs(document, start, end)
            low, high = max(low, start - _AROUND - 1), min(high, end + _AROUND + 1)
            span = Span(document.path, start, end)
            text, match = document.text[low:high], (start - low, end - low)
            yield _hit(text, match, ("document", source, ""), span, *rest)


def _places(text: str, needles: tuple[str, ...]) -> list[tuple[int, int]]:
    """Where any of the needles stands, in order; of those that overlap, the first and longest.

    Of a needle that stands everywhere the first places will do.
    """
    loose = loosen(text)
    places = sorted(
        (place for each in needles for place in islice(loose.places(each), _MOST)),
        key=lambda place: (place[0], -place[1]),
    )
    kept: list[tuple[int, int]] = []
    for place in places:
        if not kept or place[0] >= kept[-1][1]:
            kept.append(place)
    return kept


def _paragraphs(document: Document, start: int, end: int) -> tuple[int, int]:
    """The range of the paragraphs that a match stands in."""
    first = bisect_right(document.paragraphs, (start, len(document.text))) - 1
    last = bisect_left(document.paragraphs, (end, 0)) - 1
    low, high = document.paragraphs[max(first, 0)][0], document.paragraphs[last][1]
    return min(low, start), max(high, end)


def _hit(
    text: str, match: tuple[int, int], what: tuple[str, str, str], span: Span, *facts: FactId
) -> Hit:
    """A match in a text; `what` is its kind, id and where it stands."""
    start, end = match
    before, after = tail(text[:start], _AROUND), head(text[end:], _AROUND)
    return Hit(*what, span, before, text[start:end], after, facts)


def as_text(matches: Matches, folder: Path) -> str:
    """A line for each place, as compilers write them, with the match in angle brackets."""
    lines = []
    for hit in matches.hits:
        place = location_from(folder, hit.span, matches.texts)
        what = f"{hit.kind} {hit.id}" + (f", {hit.where}" if hit.where else "")
        words = " ".join(f"{hit.before}⟨{hit.match}⟩{hit.after}".split())
        lines.append(f"{place}: {what}: {words}")
        if hit.kind == "document":
            cited = ", ".join(hit.facts)
            lines.append(f"  cited by {cited}" if cited else "  no fact cites it")
    return line_by_line(lines)


def summary(matches: Matches) -> str:
    """How many places there are, and how many of those in documents no fact cites."""
    in_documents = [hit for hit in matches.hits if hit.kind == "document"]
    in_facts = sum(hit.kind == "fact" for hit in matches.hits)
    in_prose = len(matches.hits) - len(in_documents) - in_facts
    uncited = sum(not hit.facts for hit in in_documents)
    looked = ", ".join(f"“{spelling}”" for spelling in matches.spellings)
    return in_a_line(
        f"{looked}: {plural(in_facts, 'text')} of facts"
        + (f", {in_prose} of summaries and accounts" if in_prose else "")
        + f", {plural(len(in_documents), 'place')} in documents"
        + (f", {uncited} of them cited by no fact" if in_documents else "")
        + "".join(f"; `{source}` may have more" for source in matches.cut_off)
    )


def as_object(matches: Matches, folder: Path) -> dict[str, object]:
    """The matches for machines; columns count code points from 1."""
    return {
        "spellings": list(matches.spellings),
        "cut_off": list(matches.cut_off),
        "hits": [_hit_object(hit, matches, folder) for hit in matches.hits],
    }


def _hit_object(hit: Hit, matches: Matches, folder: Path) -> dict[str, object]:
    at = matches.texts[hit.span.path].position(hit.span.start)
    return {
        "kind": hit.kind,
        "id": hit.id,
        "where": hit.where or None,
        "file": (folder / hit.span.path).as_posix(),
        "line": at.line,
        "column": at.column,
        "before": hit.before,
        "match": hit.match,
        "after": hit.after,
        "cited_by": list(hit.facts),
    }
