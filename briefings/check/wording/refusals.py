"""Whether what somebody demands is refused: “rejected a call to”, “was asked to; she refused”."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

from briefings.check.wording.clauses import SENTENCE_END, Reading
from briefings.check.wording.content_words import stems
from briefings.check.words.senses import NEGATIVE, Mark, Sense

# So many words beside a demand may refuse it, “rejected the company's request”.
_NEAR = 2
# So many stand between a refusal and the ban that is refused, “rejected a petition to ban”.
_TO_BAN = 6
# So many words may say who refuses, “the mayor of the town did not accept it”.
_WHO = 2


def is_refused(reading: Reading, index: int, demand: Mark) -> bool:
    """Whether a text says of a demand that it is refused, beside it or in the clause behind.

    Args:
        reading: A text in its clauses.
        index: That of one of them.
        demand: A word for a demand in it.
    """
    clause, refuses = reading.clauses[index], reading.words.pattern("refuses")
    if refuses is None:
        return False
    before = [word.start for word in clause.words if word.start < demand.start]
    start, end = min(before[-_NEAR:], default=demand.start), demand.start
    if reading.words.verb_last:
        behind = [word.start for word in clause.words if word.start >= demand.end]
        end = [*behind, clause.end, clause.end][min(_NEAR, len(behind))]
    refused = refuses.search(reading.text, start, end) is not None
    return refused or answers_no(reading, index + 1)


def answers_no(reading: Reading, index: int) -> bool:
    """Whether a clause says but that somebody will not have what the one before demands."""
    clause = reading.clauses[index] if 0 < index < len(reading.clauses) else None
    refuses = reading.words.pattern("refuses")
    if clause is None or refuses is None:
        return False
    before, refused = reading.clauses[index - 1], refuses.search(reading.part(index))
    demands = [mark for mark in before.marks if mark.sense is Sense.DEMAND]
    if not demands or refused is None:
        return False
    marks = [mark for mark in clause.marks if mark.sense in (Sense.DEMAND, *NEGATIVE)]
    others = clause.stems.difference(
        *(stems(mark.word, reading.words) for mark in (*demands, *marks)),
        stems(refused.group(), reading.words),
    )
    return len(others) <= (_WHO if before.sentence == clause.sentence else 0)


def told_as_banned(quotes: Sequence[Reading], statement: Reading) -> Iterator[tuple[str, str]]:
    """A ban that a statement tells of, where the quotes tell that somebody would not have one.

    Args:
        quotes: What carries the statement.
        statement: What is told.
    """
    bans, refuses = statement.words.pattern("bans"), statement.words.pattern("refuses")
    told = bans.search(statement.text) if bans is not None else None
    if bans is None or told is None or refuses is None or refuses.search(statement.text):
        return
    wide = statement.words.denies
    if wide is not None and wide.search(bans.sub("·", statement.text)):
        return
    for quote in quotes:
        text = quote.text
        for banned, refused in product(bans.finditer(text), refuses.finditer(text)):
            first, last = sorted((banned.span(), refused.span()))
            between = text[first[1] : last[0]]
            # “banned it; they refused” is no ban that is refused, “te verbieden afgewezen” is
            follows = last == banned.span() or quote.words.verb_last
            most = _TO_BAN if follows else 0
            if SENTENCE_END.search(between) is None and len(between.split()) <= most:
                yield told.group(), text[first[0] : last[1]]
                return
