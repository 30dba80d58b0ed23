"""How sure a source is and who speaks in it: what a statement must not tell as plain fact."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from briefings.check.wording.clauses import Clause, Reading
from briefings.check.wording.content_words import stems
from briefings.check.wording.denied import alike, overlap
from briefings.check.wording.polarity import is_yet_to_be, points_back
from briefings.check.wording.refusals import is_refused
from briefings.check.words.senses import NEGATIVE, Mark, Other, Sense
from briefings.core.model import FactKind
from briefings.core.values import dataclass

HEDGES = frozenset(
    {Sense.REPORTED, Sense.POSSIBLE, Sense.EXPECTED, Sense.SEEMING, Sense.BELIEVED, Sense.UNCLEAR}
)
UNREAL = frozenset({Sense.CONDITION, Sense.ATTEMPT, Sense.PLAN, Sense.DEMAND})
SPOKEN = frozenset({Sense.CLAIMED, Sense.SAID, Sense.SOURCE})
LIMITED = frozenset({Sense.LIMITED})
_TO_KEEP = HEDGES | UNREAL | SPOKEN | LIMITED

# Which senses may stand for another: “may” for “is expected to”, but no “said” for “may”.
_UNSURE = HEDGES - {Sense.REPORTED}
_STAND_FOR: Mapping[Sense, frozenset[Sense]] = {
    Sense.POSSIBLE: _UNSURE | {Sense.CONDITION},
    Sense.EXPECTED: _UNSURE,
    Sense.SEEMING: HEDGES,
    Sense.BELIEVED: HEDGES | {Sense.CLAIMED},
    Sense.REPORTED: HEDGES | SPOKEN,
    Sense.UNCLEAR: HEDGES | {Sense.NOT},
    Sense.CONDITION: frozenset({Sense.CONDITION, Sense.POSSIBLE}),
    Sense.CLAIMED: SPOKEN | {Sense.REPORTED, Sense.DENIAL},
    Sense.SAID: SPOKEN | {Sense.REPORTED, Sense.DENIAL, Sense.DEMAND, Sense.BELIEVED},
    Sense.SOURCE: SPOKEN | {Sense.REPORTED, Sense.DENIAL, Sense.DEMAND},
    **dict.fromkeys((Sense.ATTEMPT, Sense.PLAN), UNREAL | {Sense.EXPECTED, Sense.POSSIBLE}),
    Sense.DEMAND: UNREAL,
}
_COLON = re.compile(r"[:：](?!\d)\s*")
_NONE = 0
"""The rank of words for how many that tell of none."""
_SUBJECT = 4
"""So many words may tell that none could do something, “no ship of theirs could”."""
_TOLD = 2
"""So many words of a clause that a statement has tell that one."""
TO_COME = frozenset({Sense.PLAN, Sense.EXPECTED})
_UNDONE = UNREAL | TO_COME
_WANTED = frozenset({Sense.PLAN, Sense.ATTEMPT, Sense.DEMAND})
_DEEDS = frozenset({Sense.DEMAND})
CERTAIN = frozenset({FactKind.EVENT, FactKind.FIGURE, FactKind.BACKGROUND})


@dataclass(frozen=True, slots=True)
class Speaker:
    """What a fact says of itself: its kind, and whether its evidence names who says so."""

    kind: FactKind
    named: bool

    def licenses(self, mark: Mark, quote: Reading, statement: Reading) -> bool:
        """Whether the kind and the voice of a fact say what the statement leaves out.

        A plan is of the future by its kind; a claim or statement is someone's words: those of its
        outlet where its evidence names nobody, and neither does its quote. What a source calls a
        claim or an accusation needs a name for whose it is.
        """
        if mark.sense in (Sense.PLAN, Sense.ATTEMPT, Sense.DEMAND, Sense.EXPECTED):
            return self.kind is FactKind.PLAN
        if mark.sense not in SPOKEN or self.named:
            return mark.sense in SPOKEN
        if mark.sense is Sense.CLAIMED:
            return False
        if self.kind is FactKind.FIGURE:
            return _trails(mark, quote)
        return self.kind not in CERTAIN and not _drops_who(mark, quote, statement)


def _drops_who(mark: Mark, quote: Reading, statement: Reading) -> bool:
    """Whether a quote names who says what it tells, “the mayor said that”, and a statement nobody.

    A fact that does not say who does is printed as what its outlet says.
    """
    if mark.sense is not Sense.SAID or _trails(mark, quote):
        return False
    index = next(at for at, each in enumerate(quote.clauses) if mark.start < each.end)
    said = quote.scope(index, mark) | stems(mark.word, quote.words)
    words = [each.stem for each in quote.clauses[index].words if not each.stem[0].isdigit()]
    return not said.issuperset(words) and statement.stems.isdisjoint(set(words) - said)


def _trails(mark: Mark, quote: Reading) -> bool:
    """Whether a mark says who speaks only behind what is said."""
    return mark.sense is Sense.SAID and bool(quote.clauses) and mark.start > quote.clauses[0].end


def lost(
    quotes: Sequence[Reading], statement: Reading, licenses: Callable[[Mark, Reading], bool]
) -> Iterator[tuple[Mark, frozenset[str]]]:
    """Words of caution, of what is not yet so, and of whose words these are, that are gone.

    Each sense once, with what the statement tells that it governed. `licenses` says which marks
    of a quote the statement may leave out.

    Args:
        quotes: What carries the statement.
        statement: What is told.
        licenses: Whether the statement may leave out a mark of a quote.
    """
    seen: set[Sense] = set()
    plain_by_sense: dict[Sense, _Plain] = {}
    for quote in quotes:
        for index, mark in quote.marks(_TO_KEEP):
            if mark.sense in seen or _is_no_hedge(quote, index, mark):
                continue
            if licenses(mark, quote) and not _is_done(quote, index, mark, statement):
                continue
            scope = governed(quote, index, mark)
            if mark.sense is Sense.UNCLEAR and _settles(statement, scope):
                seen.add(mark.sense)
                yield mark, scope & statement.stems
                continue
            shared = overlap(scope, statement, figures=False)
            if not shared:
                continue  # as most
            kept = scope | quote.plain(index) | _of_other_senses(quote, index, mark, statement)
            if mark.sense in HEDGES:  # one of two, “preliminary results suggest”, is enough
                kept -= _stems(quote, _words(quote, HEDGES))
            if (
                keeps(statement, mark.sense, kept)
                or _is_threat(quote, mark, statement)
                or _is_to_be(quote, index, mark, statement)
                or _is_not_yet(quote, mark, statement)
                or _is_to_be_decided(quote, mark, statement)
                or _denied(quote, index, mark, statement)
                or _is_of_a_speech(quote, index, mark, statement)
                or _has_speaker_apart(quote, index, mark, statement)
            ):
                continue
            if _is_of_a_noun(quote, index, mark) and _beside(quote, index, mark).isdisjoint(shared):
                continue
            if not _is_of_the_last(quote, index, mark):
                if mark.sense not in plain_by_sense:
                    plain_by_sense[mark.sense] = _Plain(quotes, mark.sense)
                plain = plain_by_sense[mark.sense]
                shared -= plain.elsewhere(shared, quote, index, scope, statement)
            if shared:
                seen.add(mark.sense)
                yield mark, shared


def tells_of(mark: Mark, quote: Reading, text: Reading) -> bool:
    """Whether a text has the verb that a mark of a quote makes unsure, “may *ration* supplies”.

    Args:
        mark: A word of caution, or of what is not yet so.
        quote: The quote that has it.
        text: What is told.
    """
    clause = next(each for each in quote.clauses if each.start <= mark.start < each.end)
    behind = [word.stem for word in clause.words if word.start >= mark.end]
    if not behind or text.words.spaceless:
        return True
    verb = behind[-1] if text.words.verb_last else behind[0]
    verbs = {verb, *stems(mark.word, quote.words)}
    return any(alike(each, told) for each in verbs for told in text.stems)


def _of_other_senses(quote: Reading, index: int, mark: Mark, statement: Reading) -> frozenset[str]:
    """Words that keep nothing of a mark, since the quote has them, or their like, beside it."""
    spoken = _words(quote, SPOKEN)
    match mark.sense:
        case Sense.CONDITION:  # “without”, where the quote says so of all; “may work if”
            return _words(quote, {Sense.NOT, Sense.POSSIBLE}) | spoken
        case Sense.ATTEMPT:  # “tried to stop the flight”, and who plans it told too
            plans = [word.word for at, word in quote.marks({Sense.PLAN}) if at != index]
            plans += [  # “agreed to consider” is not kept by “agreed to”
                word.word
                for _, word in quote.marks({Sense.ATTEMPT})
                if 0 <= mark.start - word.end <= 1
            ]
            return _stems(quote, plans).union(plans, spoken)
        case Sense.PLAN | Sense.DEMAND:  # “was moved, it says”, where it “will be moved, it said”
            if spoken and _is_done(quote, index, mark, statement):
                return spoken | _words(statement, SPOKEN)
            return spoken if _tells_past(statement, spoken) else frozenset()
        case Sense.UNCLEAR:  # “not”, where the quote has it of what is unclear
            denials = quote.marks({Sense.NOT})
            of_it = frozenset(word.word for _, word in denials if word.start >= mark.end)
            return of_it | spoken
        case Sense.SAID:  # “fears that”, but not “is feared” where the quote has it
            return _words(quote, {Sense.BELIEVED})
        case Sense.REPORTED:  # “sources”, who say so of what is “allegedly” so
            sure = (
                quote.plain(at)
                for at, clause in enumerate(quote.clauses)
                if all(each.sense not in NEGATIVE for each in clause.marks)
            )
            return spoken.union(*sure)
        case _:  # “warnings”, where “may” is gone
            return spoken if mark.sense in HEDGES else frozenset()


def _words(quote: Reading, senses: Iterable[Sense]) -> frozenset[str]:
    """The words of a quote that have one of these senses."""
    return frozenset(word.word for _, word in quote.marks(senses))


def _stems(reading: Reading, words: Iterable[str]) -> frozenset[str]:
    """The stems of words of a text."""
    return frozenset[str]().union(*(stems(each, reading.words) for each in words))


def _is_done(quote: Reading, index: int, mark: Mark, statement: Reading) -> bool:
    """Whether a statement tells in the past what its quote tells as still to come.

    That the fact is a plan does not say so: “reopened” of what they “plan to reopen”.
    """
    if mark.sense not in _UNDONE or not _past(statement):
        return False
    # “açacak” is the future of “açtı”
    planned = governed(quote, index, mark) | stems(mark.word, quote.words)
    return _told_in(planned, quote, statement)


@lru_cache(maxsize=4096)
def _past(reading: Reading) -> tuple[str, ...] | None:
    """The words that may tell of something past; None of a language without them."""
    past = reading.words.pattern("past")
    return tuple(past.findall(reading.text)) if past is not None else None


def _is_threat(quote: Reading, mark: Mark, statement: Reading) -> bool:
    """Whether “threatens to strike” is told of “threatened to strike unless wages rise”."""
    threat = quote.words.pattern("threat") if mark.sense is Sense.CONDITION else None
    return threat is not None and all(threat.search(each.text) for each in (quote, statement))


def _tells_past(statement: Reading, spoken: frozenset[str]) -> bool:
    """Whether a text may tell of something past, besides who spoke: “warned of limits”."""
    past = _past(statement)
    return past is None or not (spoken | _words(statement, SPOKEN)).issuperset(past)


def _is_to_be(quote: Reading, index: int, mark: Mark, statement: Reading) -> bool:
    """Whether a headline has what will be done as “to close”; “managed to close” is done."""
    pattern = statement.words.pattern("to_be") if mark.sense in TO_COME else None
    done = statement.words.at_end("past")
    if pattern is None or done is None:
        return False
    planned = next((word.stem for word in quote.clauses[index].words if word.start >= mark.end), "")
    words = {word.start: word.stem for clause in statement.clauses for word in clause.words}
    return any(
        words.get(match.end() + 1) == planned
        and done.search(statement.text[: match.start()].rstrip()) is None
        for match in pattern.finditer(statement.text)
    )


def _is_not_yet(quote: Reading, mark: Mark, statement: Reading) -> bool:
    """Whether what must still be done is told as not yet done."""
    return mark.sense in _UNDONE and any(
        is_yet_to_be(statement, at, quote) for at, _ in statement.marks({Sense.NOT})
    )


def _is_to_be_decided(quote: Reading, mark: Mark, statement: Reading) -> bool:
    """Whether “is due to decide on it” is told of “will decide whether to do it”."""
    return (
        mark.sense is Sense.UNCLEAR
        and not stems(mark.word.split()[0], quote.words).isdisjoint(statement.stems)
        and keeps(statement, Sense.PLAN)
    )


def _is_of_a_speech(quote: Reading, index: int, mark: Mark, statement: Reading) -> bool:
    """Whether what somebody said would be is told as what he says will be.

    Some languages write “said that he would stay” as they write hearsay: “a dit qu'il resterait”.
    """
    future = statement.words.pattern("future") if mark.sense is Sense.REPORTED else None
    return (
        future is not None
        and not SPOKEN.isdisjoint(statement.senses)
        and any(
            each.sense in SPOKEN and each.end <= mark.start for each in quote.clauses[index].marks
        )
        and future.search(statement.text) is not None
    )


def _has_speaker_apart(quote: Reading, index: int, mark: Mark, statement: Reading) -> bool:
    """Whether a text has who speaks before or behind a colon: “Agency: 1,840 homes destroyed”."""
    if mark.sense not in SPOKEN:
        return False
    clause = quote.clauses[index]
    speaker = {word.stem for word in clause.words if word.start < mark.start}
    if not speaker or mark.sense is Sense.SOURCE:
        speaker = {word.stem for word in clause.words if word.start >= mark.start}
    text = statement.text
    colon = _COLON.search(text)
    apart = (text[: colon.start()], text[colon.end() :]) if colon else ()
    return any((who := stems(each, statement.words)) and who <= speaker for each in apart)


def _is_of_a_noun(quote: Reading, index: int, mark: Mark) -> bool:
    """Whether a hedge says something of the noun next to it alone: “the alleged attackers”.

    Of no noun, but of all that is told, where it is a predicate: “torture *is suspected in*”.
    """
    attributive = quote.words.pattern("attributive") if mark.sense in HEDGES else None
    if attributive is None or attributive.fullmatch(mark.word) is None:
        return False
    return any(
        not any(map(str.isalnum, quote.text[mark.end : word.start]))
        if word.start >= mark.end
        else len(quote.text[word.start : mark.start].split()) == 1
        for word in quote.clauses[index].words
        if not mark.start <= word.start < mark.end
    )


def _beside(quote: Reading, index: int, mark: Mark) -> frozenset[str]:
    """The words next to a mark in its clause."""
    words = quote.clauses[index].words
    before = [word.stem for word in words if word.start < mark.start][-1:]
    behind = [word.stem for word in words if word.start >= mark.end][:1]
    return frozenset(before + behind)


def _is_no_hedge(quote: Reading, index: int, mark: Mark) -> bool:
    """Whether what may be is what may not, “no pueden trabajar”: a ban, and not a doubt.

    Or what none could: “no ship could enter”, “neither account could be verified”.
    """
    clause, neither = quote.clauses[index], quote.words.pattern("neither")
    return mark.sense is Sense.POSSIBLE and (
        any(
            each.sense is Sense.NOT
            and neither is not None
            and neither.fullmatch(each.word) is not None
            and 0 <= len(quote.text[each.end : mark.start].split()) <= _SUBJECT
            for each in clause.marks
            if each.end <= mark.start
        )
        or any(each.sense is Sense.NOT and 0 <= mark.start - each.end <= 1 for each in clause.marks)
        or any(
            ranks == {_NONE} and len(quote.text[start : mark.start].split()) <= _SUBJECT
            for start, ranks in quote.ranks
            if clause.start <= start < mark.start
        )
    )


def _settles(statement: Reading, scope: frozenset[str]) -> bool:
    """Whether “nobody survived” tells of “not known whether anyone survived”, and no more."""
    none = any(_NONE in ranks for _, ranks in statement.ranks)
    if not none or not HEDGES.isdisjoint(statement.senses):
        return False
    denials = (stems(mark.word, statement.words) for _, mark in statement.marks({Sense.NOT}))
    return statement.stems - frozenset[str]().union(*denials) <= scope


def done_early(quotes: Sequence[Reading], statement: Reading) -> Iterator[str]:
    """What is to come, “next month” or “will open”, of what a statement tells in the past.

    Args:
        quotes: What carries the statement.
        statement: What is told.
    """
    past = statement.words.pattern("past")
    if past is None or not _past(statement):
        return
    ahead_in = [quote for quote in quotes if quote.words is statement.words]
    ahead_in = [quote for quote in ahead_in if next(_ahead(quote), None) is not None]
    if not ahead_in or keeps(statement, Sense.PLAN):
        return
    for quote in ahead_in:
        for match in _ahead(quote):
            ahead = next((each for each in quote.clauses if match.start() < each.end), None)
            if ahead is None or past.search(quote.text[ahead.start : ahead.end]) is not None:
                continue
            if _told_in(ahead.stems, quote, statement) and _is_told_of(ahead, statement):
                yield match.group()


def tells_all_as_done(quotes: Sequence[Reading], statement: Reading) -> bool:
    """Whether a text tells of something past, in no word that it is to come, or is not so.

    And of more than its quotes tell as past.

    Args:
        quotes: What carries the statement.
        statement: What is told.
    """
    if not _past(statement) or Other.FUTURE in statement.tells:
        return False
    if not statement.senses.isdisjoint(UNREAL | HEDGES | NEGATIVE) or any(
        keeps(statement, sense) for sense in (Sense.PLAN, Sense.EXPECTED, Sense.DEMAND)
    ):
        return False
    told, heard = _done_stems(statement), frozenset[str]().union(*map(_done_stems, quotes))
    return not any(alike(one, other) for one in told for other in heard)


def _done_stems(reading: Reading) -> frozenset[str]:
    """The stems of the words that may tell of something past."""
    return _stems(reading, _past(reading) or ())


def _ahead(quote: Reading) -> Iterator[re.Match[str]]:
    """Days to come that a text names, and its words for what will be."""
    for name in ("scheduled", "future") if Other.FUTURE in quote.tells else ("scheduled",):
        pattern = quote.words.pattern(name)
        if pattern is not None:
            yield from pattern.finditer(quote.text)


def _is_told_of(clause: Clause, statement: Reading) -> bool:
    """Whether a statement tells of what a clause does, and of no other: “opened, it will last”."""
    done = _done_stems(statement)
    return not done.isdisjoint(clause.stems) or statement.stems - done <= clause.stems


def _told_in(planned: frozenset[str], quote: Reading, statement: Reading) -> bool:
    """Whether a statement tells something planned in the past, and the quote does not.

    By the verb that is planned, or by another one, where that is all that the quote has not and it
    is none of speech: “announced”.
    """
    new, spoken = statement.stems - quote.stems, _words(statement, SPOKEN)
    hedges = _words(statement, HEDGES)  # “no floods expected”
    for word in _past(statement) or ():
        if word in hedges:
            continue
        done = stems(word, quote.words)
        other = done and new <= done and word not in spoken
        if (planned & done or other) and not _has_word(quote, word):
            return True
    return False


def _has_word(reading: Reading, word: str) -> bool:
    """Whether a text has a word, and not within another: “فتح” of “سيفتح”."""
    edges = ("", "") if reading.words.spaceless else (r"(?<!\w)", r"(?!\w)")
    return re.search(re.escape(word).join(edges), reading.text) is not None


def keeps(statement: Reading, sense: Sense, ignored: frozenset[str] = frozenset()) -> bool:
    """Whether a statement has any word of a sense, or one that may stand for it.

    Words in `ignored`, which the quote has as well, and not in that sense, keep nothing: “accounts”
    is no accusation where the quote tells of accounts.

    Args:
        statement: What is told.
        sense: That of a word of its quote.
        ignored: Words that the quote has as well, and not in that sense.
    """
    for _, mark in statement.marks(_STAND_FOR.get(sense, {sense})):
        told = (sense in UNREAL and mark.sense in _DEEDS) or (
            sense in SPOKEN and mark.sense is Sense.DENIAL
        )
        if mark.word not in ignored and not (told and _is_told(mark, statement, ignored)):
            return True
    for name in ("scheduled", "future") if sense is Sense.PLAN else ():
        to_come = statement.words.pattern(name)
        if to_come is not None and to_come.search(statement.text) is not None:
            return True
    wide = statement.words.keeps(sense)
    return wide is not None and wide.search(statement.without(ignored))


def _is_told(mark: Mark, statement: Reading, ignored: frozenset[str]) -> bool:
    """Whether a mark is itself what is told: “demanded” for “intends to demand”."""
    own = stems(mark.word, statement.words)
    return bool(own) and own <= ignored


def _denied(quote: Reading, index: int, mark: Mark, statement: Reading) -> bool:
    """Whether a report or what is to come is denied, and the statement denies it too."""
    if mark.sense is Sense.DEMAND and is_refused(quote, index, mark):
        return _keeps_a_refusal(governed(quote, index, mark), statement)
    denials = [each for each in quote.clauses[index].marks if each.sense is Sense.DENIAL]
    last = quote.words.verb_last
    if mark.sense in _WANTED and any(
        each.sense is Sense.NOT and (last or each.start <= mark.start)
        for each in quote.clauses[index].marks
    ):
        # “did not want to confirm it” is “did not confirm it”, and “refused to”
        return not statement.senses.isdisjoint(NEGATIVE)
    if mark.sense is Sense.PLAN:  # “rejected suggestions that it would fail”
        # Where the verb stands last, what is rejected stands before that, as what is planned does.
        denied = any(each.start >= mark.end if last else each.end <= mark.start for each in denials)
    elif mark.sense is Sense.REPORTED:
        report = stems(mark.word, quote.words)
        denied = any(not report.isdisjoint(quote.scope(index, each)) for each in denials) or any(
            points_back(quote, *each) for each in quote.marks({Sense.DENIAL})
        )  # “alleged that …; they denied it”
        denied = denied or Sense.FALSE in quote.senses  # “called the report that … baseless”
    else:
        return False
    kept = {Sense.DENIAL, Sense.FALSE}
    if mark.sense is Sense.REPORTED:  # “no troops crossed, says the minister”
        kept |= {Sense.NOT}
    return denied and any(True for _ in statement.marks(kept))


def _keeps_a_refusal(demanded: frozenset[str], statement: Reading) -> bool:
    """Whether a text denies what was demanded and refused, or does not tell of it.

    “Rejected a request to suspend the talks” is “did not suspend them” and “let the talks go on”.
    """
    refuses = statement.words.pattern("refuses")
    return (
        any(
            mark.sense is Sense.NOT or stems(mark.word, statement.words).isdisjoint(demanded)
            for _, mark in statement.marks(NEGATIVE)
        )
        or (refuses is not None and refuses.search(statement.without(demanded)) is not None)
        or (not statement.words.verb_last and 2 * len(demanded & statement.stems) <= len(demanded))
    )


def governed(quote: Reading, index: int, mark: Mark) -> frozenset[str]:
    """What a mark makes unsure: for a condition what depends on it, else its scope.

    Args:
        quote: The quote in its clauses.
        index: The clause that has the mark.
        mark: A word of caution, or of what is not yet so.
    """
    if _is_of_the_last(quote, index, mark):
        return quote.clauses[index - 1].stems
    clause = quote.clauses[index]
    if mark.sense is not Sense.CONDITION:
        return quote.scope(index, mark)
    before = [word.stem for word in clause.words if word.start < mark.start]
    behind = [word.stem for word in clause.words if word.start >= mark.end]
    if quote.words.condition_last and behind:
        return frozenset(behind)
    if quote.words.verb_last and all(word.start < mark.end for word in clause.words):
        before = []  # the mark ends the condition, which is all that stands before it
    others = [
        word.stem
        for other in quote.clauses
        if other.sentence == clause.sentence and other is not clause
        for word in other.words
    ]
    own = [word.stem for word in clause.words if not mark.start <= word.start < mark.end]
    return frozenset(before or others or own)


def _is_of_the_last(quote: Reading, index: int, mark: Mark) -> bool:
    """Whether a clause says but how sure the one before is: “…; it could not be verified”."""
    clause = quote.clauses[index]
    senses = (stems(each.word, quote.words) for each in clause.marks)
    bare = mark.sense is Sense.REPORTED and index > 0
    return bare and len(clause.stems.difference(*senses)) <= 1


class _Plain:
    """What quotes say without a mark of a sense in the sentence, or at least in the clause."""

    def __init__(self, quotes: Sequence[Reading], sense: Sense) -> None:
        marked = {
            (id(quote), clause.sentence)
            for quote in quotes
            for clause in quote.clauses
            if _has(clause, sense)
        }
        self._sure: set[str] = set()
        # By stem: clauses without a mark in sentences with one, each with the place of these.
        self._beside: dict[str, list[tuple[tuple[int, int], frozenset[str]]]] = {}
        for quote in {id(each): each for each in quotes}.values():
            for clause in quote.clauses:
                sentence = id(quote), clause.sentence
                if sentence not in marked:
                    self._sure |= clause.stems
                elif sense not in SPOKEN and not _has(clause, sense):
                    for stem in clause.stems:
                        self._beside.setdefault(stem, []).append((sentence, clause.stems))

    def elsewhere(
        self,
        stems: frozenset[str],
        quote: Reading,
        index: int,
        scope: frozenset[str],
        statement: Reading,
    ) -> frozenset[str]:
        """Those of `stems`, which are of `scope`, that stand in other sentences than this one.

        In a sentence with a mark a clause counts that says more than the `scope`; in this one, if
        the statement tells that clause in more words: “*complaints fell*, but some may be afraid to
        complain”.
        """
        own = id(quote), quote.clauses[index].sentence
        return frozenset(
            stem
            for stem in stems
            if stem in self._sure
            or any(
                len((clause - scope) & statement.stems) >= _TOLD
                if sentence == own
                else not scope >= clause
                for sentence, clause in self._beside.get(stem, ())
            )
        )


def _has(clause: Clause, sense: Sense) -> bool:
    return any(mark.sense is sense for mark in clause.marks)
