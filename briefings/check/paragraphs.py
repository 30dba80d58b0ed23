"""Whether summaries and accounts say what the quotes of their facts say, claim by claim."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from briefings.check import polarity, turned, voice
from briefings.check.claims import SENSE_CODES, Readings, once, quoted_in, shares
from briefings.check.clauses import Reading
from briefings.check.fold import fold
from briefings.check.names import Names, listed_by
from briefings.check.words import NEGATIVE, Mark, Sense
from briefings.core.diagnostics import Diagnostic, diagnostic
from briefings.core.languages import primary
from briefings.core.model import (
    ActorId,
    Claim,
    Fact,
    FactBase,
    FactId,
    Kind,
    Summary,
    Voice,
)
from briefings.core.span import Span

_SPEECH = voice.SPOKEN | {Sense.REPORTED, Sense.BELIEVED, Sense.DENIAL, Sense.DEMAND}
_AHEAD = frozenset({Sense.PLAN, Sense.ATTEMPT, Sense.DEMAND, Sense.EXPECTED})
# The next step, where a code's own is about the entry of a fact.
_STEPS = {
    "lost-hedge": ("keep the caution of the source",),
    "lost-attribution": ("say in the text, here or before, who says so",),
    "told-as-done": ("say in the same sentence that it is not yet so",),
    "plan-as-event": ("mark the plan, or who says so",),
}


def paragraphs(base: FactBase) -> Iterator[Diagnostic]:
    """What summaries and accounts turn, lose or add of the quotes that their marks name.

    Each claim is held against the quotes of all its facts together. What a sentence has said of
    them before its last mark counts, and so does who has been said to speak in the text so far.
    """
    names = {language: Names(base, language) for language in base.languages}
    # What the desk has answered about a fact it has answered wherever the fact is told.
    answered = {(each.entry, each.code) for each in base.acceptances if each.section == "facts"}
    for entry in base.prose:
        readings = once()
        for language, claims in entry.prose.forms:
            text = _Text(base, entry.what, language, names[language], readings, answered)
            yield from text.claims(claims)
        if isinstance(entry, Summary):
            what = f"the headline of {entry.what}"
            for language, form in entry.headline.forms:
                text = _Text(base, what, language, names[language], readings, answered)
                yield from text.headline(form, entry.facts, entry.headline.place(language))


@dataclass(slots=True)
class _Text:
    """One language of a summary or account while it is read; `what` names it in messages.

    `spoken` says that some word so far tells that someone speaks, `named` who was named so far.
    """

    base: FactBase
    what: str
    language: str
    names: Names
    readings: Readings
    answered: set[tuple[str, str]]
    spoken: bool = False
    named: set[tuple[str, str]] = field(default_factory=set)

    def claims(self, claims: Sequence[Claim]) -> Iterator[Diagnostic]:
        """What is wrong with the claims of a text, each at its mark."""
        sentence: list[Claim] = []
        for claim in claims:
            sentence.append(claim)
            yield from self._claim(claim, sentence)
            if claim.ends:
                sentence = []

    def headline(self, text: str, names: Iterable[FactId], place: Span) -> Iterator[Diagnostic]:
        """What a headline says beyond the facts that carry it; it need not say who speaks."""
        evidence = _Evidence(self.base, self.language, names, self.readings)
        self.spoken = True
        yield from self._reported(self._differences(text, evidence), evidence, place)
        yield from self._unlisted(text, evidence, place)

    def _claim(self, claim: Claim, sentence: Sequence[Claim]) -> Iterator[Diagnostic]:
        reading = self.readings(claim.text, self.language)
        for name in self.names.of(claim.text):
            self.named.update(self.names.by_text[name])
        self.spoken = self.spoken or (reading is not None and _speaks(reading))
        if not claim.facts:
            if reading is not None and not _is_open(reading):
                message = f"“{claim.text.strip()}” of {self.what} has `[-]` and denies nothing"
                yield diagnostic("mark-without-facts", message, claim.span)
            return
        evidence = self._evidence([claim])
        differences = dict(self._differences(claim.text, evidence))
        if differences and len(sentence) > 1:
            # What the sentence has said before the claim may govern it, “did not sail [a] or dock”.
            whole = "".join(each.text for each in sentence)
            confirmed = dict(self._differences(whole, self._evidence(sentence)))
            differences = {code: differences[code] for code in differences if code in confirmed}
        yield from self._reported(differences.items(), evidence, claim.span)
        yield from self._unlisted(claim.text, self._evidence(sentence), claim.span)

    def _evidence(self, claims: Iterable[Claim]) -> _Evidence:
        names = (fact for claim in claims for fact in claim.facts)
        return _Evidence(self.base, self.language, names, self.readings)

    def _reported(
        self, differences: Iterable[tuple[str, str]], evidence: _Evidence, place: Span
    ) -> Iterator[Diagnostic]:
        for code, message in differences:
            if not any((fact.id, code) in self.answered for fact in evidence.facts):
                yield diagnostic(code, message, place, *_STEPS.get(code, ()))

    def _differences(self, text: str, evidence: _Evidence) -> Iterator[tuple[str, str]]:
        """Codes and messages of what a text turns, loses or adds; each code may come once more."""
        reading = self.readings(text, self.language)
        if reading is None or evidence.read is None:
            return
        quotes = [quote for quote, _ in evidence.read]
        what, quote_of = self.what, f"a quote of {evidence.names}"
        for loss in polarity.lost(quotes, reading):
            word = loss.mark.word
            yield "lost-negation", f"{quote_of} says “{word}” of what {what} tells as so"
        for gain in polarity.added(quotes, reading):
            word = gain.mark.word
            yield "added-negation", f"{what} says “{word}” of what {quote_of} tells as so"
        for ours, theirs in turned.opposites(quotes, reading):
            yield "turned-word", f"{what} says “{ours}”, {quote_of} “{theirs}”"
        for ours, theirs in turned.amounts(quotes, reading):
            yield "turned-amount", f"{what} says “{ours}”, {quote_of} “{theirs}”"
        for mark, _ in voice.lost(quotes, reading, self._licensed(evidence, reading)):
            yield SENSE_CODES[mark.sense], f"{quote_of} says “{mark.word}”, {what} does not"
        yield from self._own_voice(evidence, reading)
        yield from _future(self.what, evidence, reading)
        if not shares(self.base, evidence.facts, quotes, reading):
            message = f"words of {self.what} share next to none with the quotes of {evidence.names}"
            yield "little-shared", message

    def _licensed(self, evidence: _Evidence, reading: Reading) -> Callable[[Mark, Reading], bool]:
        """Whether a mark of a quote may be left out of a text.

        No head above an account says that it tells plans, and no line below it who speaks: its
        words have to, but for what a fact is by its kind and the text by its tense.
        """
        facts = {id(quote): fact for quote, fact in evidence.read or ()}
        ahead = _speaks_of_the_future(reading)

        def licenses(mark: Mark, quote: Reading) -> bool:
            if mark.sense in voice.SPOKEN:
                return self._is_attributed(facts[id(quote)])
            return mark.sense in _AHEAD and facts[id(quote)].kind is Kind.PLAN and ahead

        return licenses

    def _is_attributed(self, fact: Fact) -> bool:
        """Whether the text so far says that someone speaks, or names who does."""
        voices = {("actor", each.by) for each in fact.evidence}
        return self.spoken or not voices.isdisjoint(self.named)

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
            if evidence.listed.isdisjoint(entries) and name not in evidence.folded:
                message = f"{self.what} names “{name}”, which {evidence.names} does not"
                step = "mark a fact that lists it, or leave it out"
                yield diagnostic("unlisted-name", message, place, step)


class _Evidence:
    """The facts that a text marks, and what their quotes say in its language."""

    def __init__(
        self, base: FactBase, language: str, names: Iterable[FactId], readings: Readings
    ) -> None:
        self._actors, self._sources = base.actors, base.sources
        self._language = language
        self._readings = readings
        self.facts = tuple(base.facts[name] for name in dict.fromkeys(names) if name in base.facts)

    @property
    def names(self) -> str:
        """The facts as a message names them."""
        return ", ".join(f"`{fact.id}`" for fact in self.facts)

    @cached_property
    def read(self) -> tuple[tuple[Reading, Fact], ...] | None:
        """What the facts' quotes say, each with its fact; None if one can't be read."""
        pairs: list[tuple[Reading, Fact]] = []
        for fact in self.facts:
            for text in _said(fact, self._language):
                reading = self._readings(text, self._language) if text is not None else None
                if reading is None:
                    return None
                pairs.append((reading, fact))
        return tuple(pairs)

    @cached_property
    def listed(self) -> set[tuple[str, str]]:
        """Whom and what the facts list, who speaks in them, and whose these are."""
        evidence = [each for fact in self.facts for each in fact.evidence]
        listed = {("actor", str(voice)) for each in evidence for voice in (each.by, each.via)}
        listed = listed.union(*(listed_by(fact) for fact in self.facts))
        actors = (self._actors.get(ActorId(name)) for kind, name in listed if kind == "actor")
        return listed | {("actor", actor.of) for actor in actors if actor and actor.of}

    @cached_property
    def folded(self) -> str:
        """All that the facts and their quotes say, and who published these, folded."""
        texts = [text for fact in self.facts for _, text in fact.statement.forms]
        for each in (evidence for fact in self.facts for evidence in fact.evidence):
            texts.append(each.quote)
            texts += [text for _, text in each.translation.forms] if each.translation else []
            if (source := self._sources.get(each.source)) is not None:
                texts += [source.title, source.publisher or ""]
        return fold("\n".join(texts)).text


def _said(fact: Fact, language: str) -> Sequence[str | None]:
    """What a fact's quotes say in a language; where one says nothing in it, the fact's statement.

    That was held against the quotes as far as the program can.
    """
    quoted = [quoted_in(language, each) for each in fact.evidence]
    if None not in quoted:
        return quoted
    forms = fact.statement.forms
    return [next((text for code, text in forms if primary(code) == primary(language)), None)]


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
    return future is None or future.search(reading.text) is not None


def _future(what: str, evidence: _Evidence, reading: Reading) -> Iterator[tuple[str, str]]:
    """What is to come in words whose facts all say that something is or was so."""
    future = reading.words.pattern("future")
    match = future.search(reading.text) if future is not None else None
    if match is not None and all(fact.kind in voice.CERTAIN for fact in evidence.facts):
        kinds = ", ".join(dict.fromkeys(fact.kind for fact in evidence.facts))
        yield "plan-as-event", f"{what} says “{match.group()}” of {evidence.names}, of kind {kinds}"
