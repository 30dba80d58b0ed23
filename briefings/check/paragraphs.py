"""Whether summaries and accounts say what the quotes of their facts say, claim by claim."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import field
from functools import cache, cached_property, lru_cache

from briefings.check.figure_texts import are_read
from briefings.check.quotes.fold import folded_text
from briefings.check.wording import amounts, polarity, swapped_ends, voice
from briefings.check.wording.clauses import Letters, Reading, reading_of
from briefings.check.wording.content_words import stems
from briefings.check.wording.names import Names, listed_by
from briefings.check.wording.word_rules import SENSE_CODES, form_in, quoted_in, shares, turned_round
from briefings.check.words import words as words_of
from briefings.check.words.senses import NEGATIVE, Mark, Other, Sense
from briefings.core.diagnostics import Diagnostic, diagnostic
from briefings.core.model import (
    Account,
    Actor,
    ActorId,
    Claim,
    Fact,
    FactBase,
    FactId,
    FactKind,
    Place,
    PlaceId,
    Summary,
    Voice,
)
from briefings.core.span import Span
from briefings.core.values import dataclass

# So many claims of a sentence are read together; none that people write has more.
_MOST_CLAIMS = 12
_TOLD_ALIKE = 256
"""Claims of which it is remembered what they turn, for the next variety of their language."""
_SPEECH = voice.SPOKEN | {Sense.REPORTED, Sense.BELIEVED, Sense.DENIAL, Sense.DEMAND}
_AHEAD = frozenset({Sense.PLAN, Sense.ATTEMPT, Sense.DEMAND, Sense.EXPECTED})
# The next step, where a code's own is about the entry of a fact.
_STEPS = {
    "lost-hedge": ("keep the caution of the source",),
    "lost-attribution": ("say in the text, here or before, who says so",),
    "told-as-done": ("say in the same sentence that it is not yet so",),
    "plan-as-event": ("mark the plan, or who says so",),
}


def paragraphs(base: FactBase, entries: Iterable[Summary | Account]) -> Iterator[Diagnostic]:
    """What summaries and accounts turn, lose or add of the quotes that their marks name.

    Each claim is held against the quotes of all its facts together. What a sentence has said of
    them before its last mark counts, and so does who has been said to speak in the text so far.
    """
    names = cache(lambda language: Names(base, language))
    # What the desk has answered about a fact it has answered wherever the fact is told.
    answered = {(each.entry, each.code) for each in base.acceptances if each.section == "facts"}
    for entry in entries:
        for language, claims in entry.prose.forms:
            text = _Text(base, entry.what, language, names(language), answered)
            yield from text.claims(claims)
        if entry.headline is not None:
            what = f"the headline of {entry.what}"
            for language, form in entry.headline.forms:
                text = _Text(base, what, language, names(language), answered)
                yield from text.headline(form, entry.facts, entry.headline.place(language))


@dataclass(slots=True)
class _Text:
    """One language of a summary or account while it is read; `what` names it in messages.

    `spoken` says that some word so far tells that someone speaks, `heard` are the stems of all
    words so far; `by_fact` are the texts of the claims that tell each fact.
    """

    base: FactBase
    what: str
    language: str
    names: Names
    answered: set[tuple[str, str]]
    spoken: bool = False
    is_headline: bool = False
    heard: frozenset[str] = frozenset()
    by_fact: dict[FactId, list[str]] = field(default_factory=dict)

    def claims(self, claims: Sequence[Claim]) -> Iterator[Diagnostic]:
        """What is wrong with the claims of a text, each at its mark."""
        for claim in claims:
            for fact in claim.facts:
                self.by_fact.setdefault(fact, []).append(claim.text)
        sentence: list[Claim] = []
        for at, claim in enumerate(claims):
            if not sentence:
                self._listen(claims[at:])
            sentence.append(claim)
            yield from self._claim(claim, sentence[-_MOST_CLAIMS:])
            if claim.ends:
                sentence = []

    def _listen(self, claims: Sequence[Claim]) -> None:
        """Hear who speaks in the sentence that begins with some claims: “…, the mayor says”."""
        last = next((at for at, claim in enumerate(claims) if claim.ends), len(claims))
        reading = reading_of("".join(each.text for each in claims[: last + 1]), self.language)
        if reading is not None:
            self.heard |= reading.stems
            self.spoken = self.spoken or _speaks(reading)

    def headline(self, text: str, names: Iterable[FactId], place: Span) -> Iterator[Diagnostic]:
        """What a headline says beyond the facts that carry it; it need not say who speaks."""
        names = tuple(names)
        if not are_read(self.base, names):
            return
        evidence = _Evidence(self.base, self.language, names)
        self.spoken = self.is_headline = True
        yield from self._reported(self._differences(text, evidence), evidence, place)
        yield from self._unlisted(text, evidence, place)

    def _claim(self, claim: Claim, sentence: Sequence[Claim]) -> Iterator[Diagnostic]:
        reading = reading_of(claim.text, self.language)
        if not claim.facts:
            if reading is not None and not _is_open(reading):
                words = claim.text.strip()
                message = f"“{words}” of {self.what} has `[-]`, and doesn't say that it is unknown"
                yield diagnostic("mark-without-facts", message, claim.span)
            return
        if not are_read(self.base, claim.facts):
            return
        evidence = self._evidence([claim])
        differences = dict(self._differences(claim.text, evidence))
        if differences and len(sentence) > 1:
            # What the sentence has said before the claim may govern it, “did not sail [a] or dock”.
            whole = "".join(each.text for each in sentence)
            confirmed = dict(self._differences(whole, self._evidence(sentence)))
            differences = {code: differences[code] for code in differences if code in confirmed}
        if claim.ends and len(sentence) > 1:
            differences.update(self._causes(sentence))
        yield from self._reported(differences.items(), evidence, claim.span)
        yield from self._unlisted(claim.text, self._evidence(sentence), claim.span)

    def _causes(self, sentence: Sequence[Claim]) -> Iterator[tuple[str, str]]:
        """What a whole sentence makes the cause of what another fact tells."""
        evidence = self._evidence(sentence)
        text = "".join(each.text for each in sentence)
        reading = reading_of(text, self.language)
        if reading is None or evidence.read is None:
            return
        letters = evidence.letters(text)
        for told, carried in swapped_ends.causes(evidence.quotes, reading):
            ours, theirs = letters.ours(told), letters.theirs(carried)
            yield "turned-word", f"{self.what} says “{ours}”, {evidence.each} “{theirs}”"

    def _evidence(self, claims: Iterable[Claim]) -> _Evidence:
        names = (fact for claim in claims for fact in claim.facts)
        return _Evidence(self.base, self.language, names)

    def _reported(
        self, differences: Iterable[tuple[str, str]], evidence: _Evidence, place: Span
    ) -> Iterator[Diagnostic]:
        for code, message in differences:
            if not any((fact.id, code) in self.answered for fact in evidence.facts):
                yield diagnostic(code, message, place, *_STEPS.get(code, ()))

    def _differences(self, text: str, evidence: _Evidence) -> Iterator[tuple[str, str]]:
        """Codes and messages of what a text turns, loses or adds; each code may come once more."""
        reading = reading_of(text, self.language)
        if reading is None or evidence.read is None:
            return
        quotes, letters = evidence.quotes, evidence.letters(text)
        what, facts = self.what, evidence.each
        for code, told, carried in _turned(quotes, len(evidence.read), reading):
            ours, theirs = letters.ours(told), letters.theirs(carried)
            match code:
                case "lost-negation":
                    yield code, f"{facts} says “{theirs}” of what {what} tells as so"
                case "added-negation":
                    yield code, f"{what} says “{ours}” of what {facts} tells as so"
                case _:
                    yield code, f"{what} says “{ours}”, {facts} “{theirs}”"
        for mark, _ in voice.lost(quotes, reading, self._licensed(evidence, reading)):
            if self._keeps_elsewhere(mark.sense, evidence, text):
                continue
            theirs = letters.theirs(mark.word)
            yield SENSE_CODES[mark.sense], f"{facts} says “{theirs}”, {what} does not"
        for word in voice.done_early(quotes, reading):
            theirs = letters.theirs(word)
            yield "told-as-done", f"{facts} says “{theirs}”, {what} tells it as done"
            break
        yield from self._own_voice(evidence, reading)
        yield from _future(self.what, evidence, reading, letters)
        if not shares(self.base, evidence.facts, quotes, reading):
            message = f"words of {self.what} share next to none with the quotes of {evidence.names}"
            yield "little-shared", message

    def _licensed(self, evidence: _Evidence, reading: Reading) -> Callable[[Mark, Reading], bool]:
        """Whether a mark of a quote may be left out of a text.

        A headline need not keep the caution of what it does not tell. No head above an account says
        that it tells plans, and no line below it who speaks: its words have to, but for what a fact
        is by its kind and the text by its tense.
        """
        facts = {id(quote): fact for quote, fact in evidence.read or ()}
        ahead = _speaks_of_the_future(reading)

        def licenses(mark: Mark, quote: Reading) -> bool:
            fact = facts.get(id(quote))
            if self.is_headline and not voice.tells_of(mark, quote, reading):
                return True
            if fact is None:  # a statement, whose caution need not be more than the quote's
                return True
            if mark.sense in voice.SPOKEN:
                return self._is_attributed(fact)
            return mark.sense in _AHEAD and fact.kind is FactKind.PLAN and ahead

        return licenses

    def _keeps_elsewhere(self, sense: Sense, evidence: _Evidence, text: str) -> bool:
        """Whether words beside `text` that tell one of these facts have such a caution."""
        texts = {each for fact in evidence.facts for each in self.by_fact.get(fact.id, ())}
        readings = (reading_of(each, self.language) for each in sorted(texts) if each not in text)
        return any(voice.keeps(reading, sense) for reading in readings if reading is not None)

    def _is_attributed(self, fact: Fact) -> bool:
        """Whether the text so far says that someone speaks, or names who does, or whose that is.

        By any word of a name: “the ministry”, “Quiroga”.
        """
        voices = [self.base.actors.get(ActorId(each.by)) for each in fact.evidence]
        voices += [self.base.actors.get(each.of) for each in voices if each and each.of]
        names = [text for each in voices if each for _, text in each.name.forms]
        names += [text for each in voices if each for text in each.aliases]
        words = words_of(self.language)
        return self.spoken or any(not stems(name, words).isdisjoint(self.heard) for name in names)

    def _own_voice(self, evidence: _Evidence, reading: Reading) -> Iterator[tuple[str, str]]:
        """Facts of another's voice that are told as if nobody had to say so."""
        if not reading.words.knows("said"):
            return
        for fact in evidence.facts:
            voices = [each.by for each in fact.evidence]
            if Voice.OUTLET not in voices and not self._is_attributed(fact):
                message = f"{self.what} does not say that `{fact.id}` is what `{voices[0]}` says"
                yield "lost-attribution", message

    def _unlisted(self, text: str, evidence: _Evidence, place: Span) -> Iterator[Diagnostic]:
        """Names that none of the facts lists, and none of their quotes has."""
        for name in self.names.of(text):
            entries = self.names.by_text[name]
            if evidence.listed.isdisjoint(entries) and not evidence.says(entries):
                message = f"{self.what} names “{name}”, which {evidence.names} does not"
                step = "mark a fact that lists it, or leave it out"
                yield diagnostic("unlisted-name", message, place, step)


class _Evidence:
    """The facts that a text marks, and what their quotes say in its language."""

    def __init__(self, base: FactBase, language: str, names: Iterable[FactId]) -> None:
        self._base = base
        self._language = language
        self.facts = tuple(base.facts[name] for name in dict.fromkeys(names) if name in base.facts)

    @property
    def names(self) -> str:
        """The facts as a message names them."""
        return ", ".join(f"`{fact.id}`" for fact in self.facts)

    @property
    def each(self) -> str:
        """What a message says of a word that a quote has, or the statement that it carries."""
        return self.names if len(self.facts) == 1 else f"one of {self.names}"

    def letters(self, text: str) -> Letters:
        """A text that marks these facts, and their own, as they are written."""
        said = [text for fact in self.facts for text in _said(fact, self._language)]
        stated = [form_in(self._language, fact.statement) for fact in self.facts]
        return Letters(text, self._language, (*said, *stated))

    @cached_property
    def read(self) -> tuple[tuple[Reading, Fact], ...] | None:
        """What the facts' quotes say, each with its fact; None if one can't be read."""
        pairs: list[tuple[Reading, Fact]] = []
        for fact in self.facts:
            for text in _said(fact, self._language):
                reading = reading_of(text, self._language) if text is not None else None
                if reading is None:
                    return None
                pairs.append((reading, fact))
        return tuple(pairs)

    @cached_property
    def quotes(self) -> tuple[Reading, ...]:
        """The readings of the quotes, and of the statements that were held against them."""
        quoted = [quote for quote, _ in self.read or ()]
        texts = (form_in(self._language, fact.statement) for fact in self.facts)
        stated = (reading_of(text, self._language) for text in texts if text is not None)
        return (*quoted, *(each for each in stated if each is not None))

    @cached_property
    def listed(self) -> set[tuple[str, str]]:
        """Whom and what the facts list, who speaks in them, and whose these are."""
        evidence = [each for fact in self.facts for each in fact.evidence]
        listed = {("actor", str(voice)) for each in evidence for voice in (each.by, each.via)}
        listed = listed.union(*(listed_by(fact) for fact in self.facts))
        names = [name for kind, name in listed if kind == "actor"]
        for name in names:  # whose body someone is is named with him, and whose that is
            actor = self._base.actors.get(ActorId(name))
            if actor is not None and actor.of is not None and actor.of not in names:
                names.append(actor.of)
        return listed | {("actor", name) for name in names}

    def says(self, entries: Iterable[tuple[str, str]]) -> bool:
        """Whether the facts or their quotes have any name of one of these actors and places."""
        for kind, name in entries:
            entry: Actor | Place = (
                self._base.actors[ActorId(name)]
                if kind == "actor"
                else self._base.places[PlaceId(name)]
            )
            texts = (*entry.aliases, *(text for _, text in entry.name.forms))
            if any(folded_text(text).lower() in self._folded for text in texts):
                return True
        return False

    @cached_property
    def _folded(self) -> str:
        """All that the facts and their quotes say, who published these, and of what they tell."""
        texts = [text for fact in self.facts for _, text in fact.statement.forms]
        topics = {name for fact in self.facts for name in fact.topics if name in self._base.topics}
        for topic in (self._base.topics[name] for name in sorted(topics)):
            texts += [text for _, text in topic.title.forms]
        for each in (evidence for fact in self.facts for evidence in fact.evidence):
            texts.append(each.quote)
            texts += [text for _, text in each.translation.forms] if each.translation else []
            if (source := self._base.sources.get(each.source)) is not None:
                names = source.publisher.forms if source.publisher is not None else ()
                texts += [source.title, *(name for _, name in names)]
        for _, name in sorted(self.listed):
            if (actor := self._base.actors.get(ActorId(name))) is not None:
                texts += [each.title for each in actor.titles if each.title is not None]
        return "\n".join(folded_text(text) for text in texts).lower()


@lru_cache(maxsize=_TOLD_ALIKE)
def _turned(
    quotes: tuple[Reading, ...], own: int, reading: Reading
) -> tuple[tuple[str, str, str], ...]:
    """What a text denies, affirms or tells otherwise than some quotes.

    Each with its code, the words of the text and those of the quotes. Most of a text is the same in
    two varieties of its language. `own` of the quotes are such; statements of facts stand behind
    them.
    """
    denials = [mark for quote in quotes[:own] for _, mark in quote.marks(NEGATIVE)]
    lost = (
        ("lost-negation", "", loss.mark.word)
        for loss in polarity.lost(quotes, reading)
        if any(mark is loss.mark for mark in denials)  # no statement's: “whom it does not name”
    )
    few = amounts.excepted(quotes, reading)
    added = (
        ("added-negation", gain.mark.word, "")
        for gain in (polarity.added(quotes, reading) if few is None else ())
        if not _has_sense(gain.mark.sense, quotes)
    )
    return (*lost, *added, *turned_round(quotes, reading))


def _said(fact: Fact, language: str) -> Sequence[str | None]:
    """What a fact's quotes say in a language; where one says nothing in it, the fact's statement.

    That was held against the quotes as far as the program can.
    """
    quoted = [quoted_in(language, each) for each in fact.evidence]
    return quoted if None not in quoted else [form_in(language, fact.statement)]


def _has_sense(sense: Sense, quotes: Iterable[Reading]) -> bool:
    """Whether a quote denies by a verb, as the text does: of what, no words need to tell again."""
    return sense is not Sense.NOT and any(True for quote in quotes for _ in quote.marks({sense}))


def _speaks(reading: Reading) -> bool:
    """Whether any word of a text may tell that someone speaks."""
    wide = reading.words.keeps(Sense.SAID)
    return any(True for _ in reading.marks(_SPEECH)) or (
        wide is not None and wide.search(reading.text)
    )


def _is_open(reading: Reading) -> bool:
    """Whether a text may say that something is not so, not known or not told."""
    wide = reading.words.denies
    return (
        wide is None
        or any(True for _ in reading.marks(NEGATIVE | {Sense.UNCLEAR}))
        or wide.search(reading.text)
    )


def _speaks_of_the_future(reading: Reading) -> bool:
    """Whether a text may be of what is to come, which its language may not show."""
    future = reading.words.pattern("future")
    told = Other.FUTURE in reading.tells
    return future is None or (told and future.search(reading.text) is not None)


def _future(
    what: str, evidence: _Evidence, reading: Reading, letters: Letters
) -> Iterator[tuple[str, str]]:
    """What is to come in words whose facts all say that something is or was so."""
    future = reading.words.pattern("future") if Other.FUTURE in reading.tells else None
    if future is None or any(fact.kind not in voice.CERTAIN for fact in evidence.facts):
        return
    match = future.search(reading.text)
    if match is not None and not any(future.search(each.text) for each in evidence.quotes):
        kinds = ", ".join(dict.fromkeys(fact.kind for fact in evidence.facts))
        ours = letters.ours(match.group())
        yield "plan-as-event", f"{what} says “{ours}” of {evidence.names}, of kind {kinds}"
