"""A name that a text has where its quote has another: Dubai for Doha.

Names are known by their capitals, in the middle of a sentence: in German all nouns have these.
Where letters have none, by the words beside them, “the province of”, and countries by their names.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import chain, groupby, product
from operator import attrgetter
from typing import NamedTuple

from briefings.check.quantities.reader import read
from briefings.check.quotes.anchors import QuoteCheck
from briefings.check.quotes.fold import folded_text
from briefings.check.wording.clauses import Reading, reading_of
from briefings.check.wording.content_words import known_stem
from briefings.check.words import Words
from briefings.check.words import words as words_of
from briefings.check.words.many_words import LETTERS
from briefings.check.words.senses import COUNTRY, Member
from briefings.core.diagnostics import Diagnostic, diagnostic
from briefings.core.languages import primary
from briefings.core.model import Document, FactBase, SourceId

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
CAPITAL_NOUNS = frozenset({"de", "lb"})
"""Languages of which every noun has a capital."""
_BEGINS = re.compile(r"(?:^|[.!?:;\"“”«»„()\[\]•–—-])\s*$")
_NO_CAPITALS = frozenset({"ar", "fa", "hi", "ja", "ko", "ps", "ur", "zh"})
_LAST = re.compile(rf"[{LETTERS}]+\s?$")
_FIRST = re.compile(rf"\s?[{LETTERS}]+")
# The last letters of a name in a script without spaces.
_LAST_LETTERS = re.compile(r"[\u30a1-\u30fa\u30fc\u3400-\u9fff]{2}$")
_AROUND = 500  # code points before and behind a quote, and of the head of its document
_SHORTEST = 3
_ROOT = 4  # letters that two forms of a name share: “Doha'da”, “Герате”
_ALIKE = 0.6  # by `difflib`, two spellings of a name: Kyiv and Kiev
_HEADED = 0.6  # of the words of a heading so many have capitals, whatever they are
_FEW = 4  # words, of which any may have them
_TELLS = 0.5  # of its other words a text that tells the same shares so many with a quote
_NEW_WORDS = 0.25  # and of these it may have so many of its own where one side alone is the same


class _Name(NamedTuple):
    """A name, as the text writes it, with the words next to it in lower case."""

    shown: str
    before: str
    behind: str
    countries: frozenset[Member] = frozenset()


def in_place_of(
    base: FactBase, documents: Mapping[SourceId, Document], quotes: Iterable[QuoteCheck]
) -> Iterator[Diagnostic]:
    """Names of statements and headlines that stand where the quotes have others.

    Of names that the text has and no quote, and the other way round, where the words beside them
    are the same and the text tells what the quote tells. A name that stands around a quote in its
    document, at the head of this or in its title may be what the quote's own name means there.

    Args:
        base: The base.
        documents: The text of each source that could be read.
        quotes: What became of each quote; facts with one that was not found are passed over.
    """
    for name, checks in groupby((each for each in quotes if each.fact), attrgetter("fact")):
        fact, own = base.facts[name], list(checks)
        languages = {primary(evidence.language) for evidence in fact.evidence}
        if len(languages) != 1 or not languages.isdisjoint(CAPITAL_NOUNS):
            continue
        for what, text in (("statement", fact.statement), ("headline", fact.headline)):
            for language, form in text.forms if text is not None else ():
                if primary(language) not in languages:
                    continue
                carried = [evidence.quote for evidence in fact.evidence]
                pair = _exchanged(carried, form, language)
                if pair is None or text is None or _is_around(pair[0], base, documents, own):
                    continue
                message = f"the {what} of `{name}` says “{pair[0]}”, its quote “{pair[1]}”"
                place = text.place(language)
                yield diagnostic("turned-word", message, place, words=pair[0])


def in_both(text: str, quotes: Sequence[str], language: str) -> frozenset[str]:
    """The words with a capital that a text and its quotes have, in lower case; of no nouns.

    Args:
        text: What is told.
        quotes: What carries it.
        language: Of all of them.
    """
    if primary(language) in CAPITAL_NOUNS:
        return frozenset()
    both = _capitals(text).intersection(chain.from_iterable(map(_capitals, quotes)))
    if not both:
        return frozenset()
    sure = {each.shown for form in (text, *quotes) for each in _names(form, language)}
    return frozenset(word.lower() for word in sure & both)


@lru_cache(maxsize=4096)
def _capitals(text: str) -> frozenset[str]:
    """The words of a text that begin with a capital."""
    return frozenset([word for word in _WORD.findall(text) if word[0].isupper()])


def _is_around(
    name: str, base: FactBase, documents: Mapping[SourceId, Document], checks: Iterable[QuoteCheck]
) -> bool:
    """Whether a name stands around a quote in its document, at the head of it or in its title."""
    for check in checks:
        if check.anchor is None:
            return True
        text, parts = documents[check.source].text, check.anchor.passages
        source = base.sources[check.source]
        around = text[max(0, parts[0].start - _AROUND) : parts[-1].end + _AROUND]
        publisher = source.publisher.forms if source.publisher else ()
        heads = (text[:_AROUND], around, source.title, *(form for _, form in publisher))
        if any(_stands(name, _lowered(each)) for each in heads):
            return True
    return False


def _exchanged(quotes: Sequence[str], text: str, language: str) -> tuple[str, str] | None:
    """A name of a text and the one that stands in its place in the quotes."""
    heard = [word for quote in quotes for word in _lowered(quote)]
    if primary(language) in _NO_CAPITALS:
        return _exchanged_uncased(quotes, text, language)
    if _has_no_capital_but(text, frozenset(heard), language):
        return None
    new = [each for each in _names(text, language) if not _stands(each.shown, heard)]
    own = _lowered(text) if new else []
    for ours, quote in product(new, quotes):
        for theirs in _names(quote, language):
            # an acronym may stand for names of several words
            alike = ours.shown.isupper() == theirs.shown.isupper()
            another = alike and not _stands(theirs.shown, own)
            if another and _is_framed(ours, theirs, quote, text, language):
                return ours.shown, theirs.shown
    return None


def _exchanged_uncased(quotes: Sequence[str], text: str, language: str) -> tuple[str, str] | None:
    """The same where no letter is a capital: of two countries, or of two names beside a title."""
    heard = [each for quote in quotes for each in _uncased(quote, language)]
    told = _uncased(text, language) if heard else ()
    for ours, quote in product(told, quotes):
        if _is_named(ours, heard, "\n".join(quotes)):
            continue
        for theirs in _uncased(quote, language):
            if (
                bool(ours.countries) is bool(theirs.countries)
                and not _is_named(theirs, told, text)
                and _is_framed(ours, theirs, quote, text, language)
            ):
                return ours.shown, theirs.shown
    return None


def _is_named(name: _Name, names: Iterable[_Name], text: str) -> bool:
    """Whether a text, which has some names, has this one or a form of it."""
    if name.countries:
        return any(not name.countries.isdisjoint(each.countries) for each in names)
    return name.shown in folded_text(text) or (
        len(name.shown) > _ROOT and _stands(name.shown, _lowered(text))
    )


@lru_cache(maxsize=4096)
def _uncased(text: str, language: str) -> tuple[_Name, ...]:
    """The names of countries, and the words that stand next to a title."""
    reading = reading_of(text, language)
    if reading is None:
        return ()
    names = []
    for each in reading.named:
        countries = frozenset(member for member in each.members if member.kind == COUNTRY)
        if countries:
            names.append(_at(reading, each.start, each.end, countries))
    marks = [mark for clause in reading.clauses for mark in clause.marks]
    others = reading.words.pattern("titles.not")
    for start, end in _titled(reading):
        word = reading.text[start:end]
        plain = reading.words.stop.isdisjoint(word if reading.words.spaceless else [word])
        free = all(mark.end <= start or end <= mark.start for mark in marks)
        if plain and free and (others is None or others.fullmatch(word) is None):
            names.append(_at(reading, start, end))
    return tuple(names)


def _titled(reading: Reading) -> Iterator[tuple[int, int]]:
    """Where a word stands next to a title: “*Herat* province”."""
    text, words = reading.text, reading.words
    before, behind = words.pattern("titles.before"), words.pattern("titles.behind")
    for title in before.finditer(text) if before is not None else ():
        if (found := _FIRST.match(text, title.end())) is not None:
            yield found.start() + len(found.group()) - len(found.group().strip()), found.end()
    last = _LAST_LETTERS if words.spaceless else _LAST
    for title in behind.finditer(text) if behind is not None else ():
        if (found := last.search(text, 0, title.start())) is not None:
            yield found.start(), found.start() + len(found.group().rstrip())


def _at(
    reading: Reading, start: int, end: int, countries: frozenset[Member] = frozenset()
) -> _Name:
    """A name at a place of a text, with what stands next to it, in some scripts but a letter."""
    before, behind = _LAST.search(reading.text, 0, start), _FIRST.match(reading.text, end)
    first, last = (match.group().strip() if match else "" for match in (before, behind))
    if reading.words.spaceless:
        first, last = first[-1:], last[:1]
    return _Name(reading.text[start:end], first, last, countries)


def _has_no_capital_but(text: str, heard: frozenset[str], language: str) -> bool:
    """Whether each word with a capital, but for one that begins the text, is among others."""
    folded, known = folded_text(text), words_of(language)
    # A title tells a name even where a sentence begins with it: “*Van* valisi”.
    titles = known.pattern("titles.behind") if known is not None else None
    titled = titles is not None and titles.search(folded) is not None
    words = _WORD.findall(folded)[int(folded[:1].isalpha() and not titled) :]
    return all(each.lower() in heard for each in words if each[0].isupper())


@lru_cache(maxsize=4096)
def _names(text: str, language: str) -> tuple[_Name, ...]:
    """The words that begin with a capital, but for those that any word would and for dates."""
    folded = folded_text(text)
    found = list(_WORD.finditer(folded))
    capitals = [each for each in found if each.group()[0].isupper()]
    if len(found) >= _FEW and len(capitals) > _HEADED * len(found):
        return ()
    counted = [range(each.start, each.end) for each in read(folded, language)] if capitals else []
    known = words_of(language)
    title = known.at_start("titles.behind") if known is not None else None
    names = []
    for at, match in enumerate(found):
        word = match.group()
        if not word[0].isupper() or len(word) < _SHORTEST:
            continue
        titled = title is not None and title.search(folded[match.end() :]) is not None
        if not titled and _BEGINS.search(folded, 0, match.start()):
            continue
        if any(match.start() in each for each in counted):
            continue
        before = _beside(folded, found, at, -1)
        names.append(_Name(word, before, _beside(folded, found, at, 1)))
    return tuple(names)


def _beside(text: str, found: Sequence[re.Match[str]], at: int, step: int) -> str:
    """The word next to another, or the mark that parts them: a clause ends there."""
    other = at + step
    if not 0 <= other < len(found):
        return ""
    first, last = sorted((found[at], found[other]), key=lambda each: each.start())
    between = text[first.end() : last.start()]
    if "'" in between or "’" in between:  # “Doha'da”
        return _beside(text, found, other, step) if step > 0 else found[other].group().lower()
    return found[other].group().lower() if not between.strip(" ") else ""


def _lowered(text: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(folded_text(text))]


def _stands(name: str, words: Sequence[str]) -> bool:
    """Whether a name, or a form of it, is among some words."""
    own = name.lower()
    return any(each[:_ROOT] == own[:_ROOT] or _is_spelt_alike(own, each) for each in words)


def _is_spelt_alike(name: str, word: str) -> bool:
    if name[0] != word[0]:
        return False
    return SequenceMatcher(None, name, word, autojunk=False).ratio() > _ALIKE


def _is_framed(ours: _Name, theirs: _Name, quote: str, text: str, language: str) -> bool:
    """Whether two names stand at one place of texts that tell the same."""
    told, heard = reading_of(text, language), reading_of(quote, language)
    if told is None or heard is None:
        return False
    names = {word for name in (ours, theirs) for word in _lowered(name.shown)}
    begins = str.__contains__ if told.words.spaceless else str.startswith
    own = [each for each in told.stems if not any(begins(word, each) for word in names)]
    shared = sum(each in heard.stems for each in own)
    if not own or shared < _TELLS * len(own):
        return False
    before = _is_one_word(ours.before, theirs.before, told.words)
    if before and _is_one_word(ours.behind, theirs.behind, told.words):
        return bool(ours.before or ours.behind)
    leads = before and bool(ours.before) and not _is_article(ours.before, told.words)
    return leads and len(own) - shared <= _NEW_WORDS * len(own)


def _is_one_word(word: str, other: str, words: Words) -> bool:
    """Whether two words are one, in whatever form: “за посередництва”, “завдяки посередництву”."""
    stem = known_stem(word, words) if word != other and word and other else ""
    return word == other or (bool(stem) and stem == known_stem(other, words))


def _is_article(word: str, words: Words) -> bool:
    free = words.pattern("ends.free")
    return free is not None and free.fullmatch(word) is not None
