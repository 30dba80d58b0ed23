"""Passages that wait for a decision: highlights, and sentences that no fact rests on."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from briefings.authoring.draft import OpenDesk, put
from briefings.core import files
from briefings.core.characters import visible
from briefings.core.diagnostics import Refused, diagnostic
from briefings.core.model import Document, SourceId
from briefings.core.span import Span
from briefings.core.values import dataclass
from briefings.edit.cited import CitedPassage, cited_passages, citing
from briefings.edit.document_sentences import sentences
from briefings.edit.quoting import likeliest, places, quoted, trimmed

NAME = "candidates.json"
"""Where a desk keeps its decisions and its highlights."""

_FORMAT = 1
_LONGEST = 4000
"""How many code points a quote or note may have."""


class Decision(StrEnum):
    """What the desk has decided on a candidate; a dismissed one never comes back."""

    OPEN = "open"
    KEPT = "kept"
    DISMISSED = "dismissed"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage that may become a fact, by its words in the document of `source`.

    `origin` is the program or file that a highlight comes from, empty for a sentence that no fact
    rests on. `prefix` and `suffix` are the words around it where its own stand in several places.
    `start` and `end` bound it in its document, None where its words stand nowhere.
    """

    source: SourceId
    quote: str
    note: str = ""
    origin: str = ""
    state: Decision = Decision.OPEN
    prefix: str = ""
    suffix: str = ""
    start: int | None = None
    end: int | None = None

    @property
    def key(self) -> tuple[str, str]:
        """What makes two candidates one: the source and the words."""
        return self.source, self.quote


@dataclass(frozen=True, slots=True)
class Kept:
    """The candidates that a desk has written down, by source and words; `content` is the file."""

    candidates: Mapping[tuple[str, str], Candidate]
    content: bytes | None


def kept(root: Path) -> Kept:
    """What the desk at `root` has written down of candidates.

    Raises:
        Refused: With status 1: the file can't be read, or holds something else.
    """
    try:
        content = files.read(root, NAME)
    except files.Missing:
        return Kept({}, None)
    except (files.Unreadable, files.OutsideFolder) as error:
        raise _damaged(str(error)) from error
    try:
        rows = tuple(_rows(json.loads(content)))
    except (ValueError, RecursionError) as error:
        raise _damaged(str(error)) from error
    return Kept({each.key: each for each in rows}, content)


def waiting(decided: Kept, desk: OpenDesk, source: SourceId) -> tuple[Candidate, ...]:
    """The candidates of one document, in order of place; those that stand nowhere come last.

    They are its highlights and its sentences that no fact rests on. What was dismissed, and what
    a fact cites by now, is left out. A document that can't be read has none.

    Args:
        decided: What was decided of candidates so far.
        desk: The open desk.
        source: Whose document it is.
    """
    document = desk.loaded.documents.get(source)
    if document is None:
        return ()
    cited = cited_passages(desk.checked.quotes).get(source, ())
    highlights = (
        _placed(each, document)
        for each in decided.candidates.values()
        if each.source == document.source and each.state is not Decision.DISMISSED
    )
    placed = [each for each in highlights if not _is_cited(each, cited)]
    placed += _uncited(decided, document, cited)
    placed.sort(key=lambda each: (each.start is None, each.start or 0, each.end or 0))
    return tuple(placed)


def words_of(document: Document, quote: str) -> str:
    """The words of a passage as those of a sentence are written down; as given if it has none."""
    spans = places(quote, document)
    return quoted(document, *trimmed(document, *spans[0])) if spans else quote


def decide(root: Path, decided: Kept, candidate: Candidate, state: Decision, note: str) -> Kept:
    """Write down what the desk decides on a candidate.

    Args:
        root: The folder of the desk.
        decided: What it has decided so far.
        candidate: The passage.
        state: The decision.
        note: Why, in any words.

    Returns:
        What it has decided now.

    Raises:
        Refused: With status 1: the file was changed meanwhile, or the words are too long; with
            status 2: it can't be written.
    """
    if max(len(candidate.quote), len(note)) > _LONGEST:
        message = f"a passage and its note have at most {_LONGEST:,} characters each"
        raise Refused.by(1, "bad-value", message, "take a shorter one")
    changed = replace(candidate, state=state, note=note, start=None, end=None)
    return _put(root, decided, {**decided.candidates, changed.key: changed})


def extend(root: Path, decided: Kept, candidates: Iterable[Candidate]) -> Kept:
    """Write down further candidates; those that the desk has already stay as they are.

    Args:
        root: The desk.
        decided: What the file of candidates held when it was read.
        candidates: Those that may be new.

    Raises:
        Refused: With status 1: the file was changed meanwhile; with status 2: it can't be written.
    """
    extended = dict(decided.candidates)
    for each in candidates:
        extended.setdefault(each.key, each)
    return decided if len(extended) == len(decided.candidates) else _put(root, decided, extended)


def _put(root: Path, decided: Kept, candidates: Mapping[tuple[str, str], Candidate]) -> Kept:
    content = _written(candidates.values())
    put(root, {NAME: decided.content}, {NAME: content})
    return Kept(candidates, content)


def _rows(value: Any) -> Iterator[Candidate]:
    if not isinstance(value, dict) or value.get("format") != _FORMAT:
        raise ValueError(f"it has no `format: {_FORMAT}`")
    rows = value.get("candidates")
    if not isinstance(rows, list):
        raise ValueError("it has no list of `candidates`")  # noqa: TRY004 # told like the others
    for number, row in enumerate(rows, 1):
        texts = row if isinstance(row, dict) else {}
        if not all(isinstance(texts.get(name), str) for name in ("source", "quote")):
            raise ValueError(f"candidate {number} has no `source` and `quote`")
        if not all(isinstance(text, str) for text in texts.values()):
            raise ValueError(f"candidate {number} holds something that is no text")
        if texts.get("state", Decision.OPEN) not in {each.value for each in Decision}:
            raise ValueError(f"candidate {number} is neither open nor kept nor dismissed")
        yield Candidate(
            source=SourceId(texts["source"]),
            quote=texts["quote"],
            note=texts.get("note", ""),
            origin=texts.get("origin", ""),
            state=Decision(texts.get("state", Decision.OPEN)),
            prefix=texts.get("prefix", ""),
            suffix=texts.get("suffix", ""),
        )


def _written(candidates: Iterable[Candidate]) -> bytes:
    """One candidate a line, so that two people's decisions merge."""
    rows = (
        json.dumps(
            {
                "source": each.source,
                "quote": each.quote,
                **{
                    name: text
                    for name in ("prefix", "suffix", "note", "origin")
                    if (text := getattr(each, name))
                },
                "state": each.state.value,
            },
            ensure_ascii=False,
        )
        for each in candidates
    )
    return ('{"format": 1, "candidates": [\n' + ",\n".join(rows) + "\n]}\n").encode()


def _placed(candidate: Candidate, document: Document) -> Candidate:
    spans = places(candidate.quote, document)
    if not spans:
        return candidate
    place = likeliest(document, spans, candidate.prefix, candidate.suffix)
    start, end = trimmed(document, *place)
    return replace(candidate, start=start, end=end)


def _is_cited(candidate: Candidate, cited: tuple[CitedPassage, ...]) -> bool:
    """Whether a fact rests on any of its words."""
    if candidate.start is None or candidate.end is None:
        return False
    return any(each.start < candidate.end and candidate.start < each.end for each in cited)


def _uncited(
    decided: Kept, document: Document, cited: tuple[CitedPassage, ...]
) -> Iterator[Candidate]:
    ranges = sentences(document)
    for (low, high), facts in zip(ranges, citing(ranges, cited), strict=True):
        start, end = trimmed(document, low, high)
        quote = quoted(document, start, end)
        known = (document.source, quote) in decided.candidates
        if not (facts or known) and any(map(str.isalpha, quote)):
            yield Candidate(document.source, quote, start=start, end=end)


def _damaged(why: str) -> Refused:
    message = f"{NAME} can't be read: {visible(why)}"
    hint = "mend it or move it away; `briefings help desk` says what it holds"
    return Refused(1, [diagnostic("unreadable-file", message, Span(NAME, 0, 0), hint)])
