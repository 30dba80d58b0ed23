"""The words that are ours on a brief, in each language that they exist in."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from itertools import groupby, product
from pathlib import PurePath
from types import MappingProxyType
from unicodedata import category

from babel.localedata import LocaleDataDict, locale_identifiers

from briefings.core import files
from briefings.core.languages import chain, primary
from briefings.core.likelihood import TERMS
from briefings.render.l10n import catalogues
from briefings.render.l10n.catalogues import Message
from briefings.render.l10n.cldr import cldr
from briefings.render.l10n.conventions import conventions
from briefings.render.l10n.locales import Locale
from briefings.verify.words import letters

__all__ = [
    "in_feet",
    "joints",
    "languages",
    "months",
    "openings",
    "parted",
    "percents",
    "phrases",
    "scale",
    "told",
    "vocabulary",
    "worded",
]

_DIGEST = "SHA-256"
_OUTSIDE_MESSAGES = "briefings verify file sha"
_IN_FEET = frozenset(
    {
        "page",
        "of",
        "edition %(id)s",
        "every ¶ leads to its quote in the annex",
        "each ¶ is proven in the full brief",
    }
)
_SPANS_OF_DAYS = frozenset({"between {start} and {end}", "{start} – {end}", "{first} to {last}"})
_LOOSE_DAYS = frozenset(
    {
        "about {day}",
        "{day} (uncertain)",
        "from {day} on",
        "from {day}, end unknown",
        "until {day}",
        "until {day}, start unknown",
    }
)
_SCALE: Mapping[str, str] = MappingProxyType(
    {
        "completely reliable": "A",
        "usually reliable": "B",
        "fairly reliable": "C",
        "not usually reliable": "D",
        "unreliable": "E",
        "reliability cannot be judged": "F",
        "confirmed by independent sources": "1",
        "probably true": "2",
        "possibly true": "3",
        "doubtful": "4",
        "improbable": "5",
        "truth cannot be judged": "6",
    }
)
"""The letters and digits of the Admiralty scale by our words for them."""

_COUNTED = re.compile(r"(\d+)(\D+)")
"""A message that holds a number itself, and says of what: “1 week”."""

_OLDEST = "The oldest document has been known since %(day)s, %(number)s day before this edition;"
_COMPARED = "Compared with the edition of %(day)s, %(id)s, the last one that was issued."
_UNISSUED = "Compared with our records of %(day)s; no earlier edition was issued."
_FIELDS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "reported %(day)s": {"day": "known"},
        "due %(day)s": {"day": "due"},
        "Due %(day)s.": {"day": "due"},
        "open since %(day)s": {"day": "made"},
        "Assessed %(day)s.": {"day": "made"},
        "published %(day)s": {"day": "published"},
        "saved on %(day)s": {"day": "retrieved"},
        "par. %(paragraph)s, line %(line)s": {"paragraph": "paragraph", "line": "line"},
        "information up to %(day)s": {"day": "known_by"},
        "%(number)s quote": {"number": "quotes"},
        "%(number)s of %(total)s": {"number": "resting"},
        "%(number)s day": {"number": "age"},
        _OLDEST: {"day": "known", "number": "age"},
        "the newest since %(day)s, %(number)s day before it.": {"day": "known", "number": "age"},
        "%(number)s is graded %(letter)s (%(words)s)": {"number": "counted", "letter": "graded"},
        "%(number)s is graded %(digit)s (%(words)s)": {"number": "counted", "digit": "graded"},
        "What changed since %(day)s": {"day": "compared"},
        "Nothing has changed since %(day)s.": {"day": "compared"},
        _COMPARED: {"day": "compared"},
        _UNISSUED: {"day": "compared"},
        "This brief has %(number)s fact": {"number": "facts"},
        "This brief has %(facts)s fact": {"facts": "facts"},
        "from %(sources)s source document": {"sources": "sources"},
        "of %(origins)s known origin.": {"origins": "origins"},
        "%(number)s rests on a single origin": {"number": "single_origin"},
        "%(number)s fact rests on a single origin.": {"number": "single_origin"},
        "%(number)s on an unnamed source": {"number": "anonymous"},
        "%(number)s fact rests at least in part on an unnamed source.": {"number": "anonymous"},
        "%(number)s more": {"number": "rest"},
        "%(number)s more in the full brief": {"number": "rest"},
        "%(number)s more answer": {"number": "rest"},
        "%(number)s fact": {"number": "rest"},
        "%(number)s fact of others is not drawn.": {"number": "rest"},
        "%(number)s fact of other origins is not drawn.": {"number": "rest"},
        "%(number)s further dated fact of this brief": {"number": "rest"},
        "A mark is %(number)s fact; an open one rests on an unnamed source.": {"number": "rest"},
    }
)
"""Of messages that tell a day or a count, the field of the data that each placeholder is.

`rest` is how many there are beside those that are shown, which is a matter of room.
"""

_SHORTEST_PHRASE = 6
"""Shorter runs of letters stand in other words; beside.js looks for none that are."""
_SHORTEST_OPENING = 12
"""So many letters of ours begin no text of the data by chance."""
_OF_WORDS = frozenset("LMN")
"""The classes of Unicode of what words are made of: marks belong to their letters."""

_PLACEHOLDER = re.compile(r"%\([a-z_]+\)s|\{[a-z_]*\}")


def languages() -> tuple[str, ...]:
    """The codes of the languages that our own words exist in, English first."""
    listed = sorted(files.listed(catalogues.FOLDER)[0])
    return ("en", *(PurePath(name).stem for name in listed if name.endswith(".po")))


def phrases() -> frozenset[str]:
    """What stands of our messages between what is put into them, if it is words in a row.

    In small letters, with a space wherever words are parted.
    """
    parts = (part for code in languages() for part in _messages(code))
    return frozenset((_compared(_DIGEST), *(_compared(part) for part in parts if _is_phrase(part))))


def vocabulary() -> frozenset[str]:
    """Our words that may stand alone, in small letters; names of lands, months and terms too.

    A page names each language that its brief exists in as that does itself.
    """
    parts = {part for code in languages() for part in _messages(code) if not _is_phrase(part)}
    names = {name for code in languages() for name in _names(code)}
    known = sorted({primary(each.replace("_", "-")) for each in locale_identifiers()})
    texts = (*parts, *names, *map(Locale("en").autonym, known), _OUTSIDE_MESSAGES)
    return frozenset(word for text in texts for word in _words(text.lower()))


def in_feet() -> frozenset[str]:
    """Our words at the foot of each sheet, in small letters, but for those of its day."""
    messages = (message for code in languages() for message in _catalogue(code))
    told = [message for message in messages if message.english[0] in _IN_FEET]
    texts = (text for message in told for text in (*message.english, *message.forms))
    parts = (part.lower() for text in texts for part in _PLACEHOLDER.split(text))
    return frozenset(word for part in parts for word in _words(part))


def worded(english: Collection[str]) -> list[str]:
    """Some messages in each language, as compared."""
    messages = (message for code in languages() for message in _catalogue(code))
    texts = {text for each in messages if each.english[0] in english for text in each.forms}
    return sorted({letters(text).lower() for text in texts | set(english)} - {""})


def parted(english: Collection[str]) -> list[list[str]]:
    """Some messages in each language, as compared, in the parts about what is put into them."""
    messages = (message for code in languages() for message in _catalogue(code))
    texts = {text for each in messages if each.english[0] in english for text in each.forms}
    parts = (_PLACEHOLDER.split(text) for text in sorted(texts | set(english)))
    return [[letters(part).lower() for part in each] for each in parts if each != [""]]


def openings(english: Collection[str]) -> list[str]:
    """How some messages begin in each language, as compared, up to what is put into them."""
    messages = (message for code in languages() for message in _catalogue(code))
    texts = {text for each in messages if each.english[0] in english for text in each.forms}
    parts = (_PLACEHOLDER.split(text) for text in texts | set(english))
    said = {(letters(first).lower(), not rest) for first, *rest in parts}
    return sorted(
        text for text, is_whole in said if len(text) >= (1 if is_whole else _SHORTEST_OPENING)
    )


def months() -> dict[str, list[str]]:
    """What each name of a month may be: `c3` of the common year, `s3` of the solar one."""
    named: dict[str, set[str]] = {}
    for code in languages():
        own = conventions(chain(code))
        for calendar, names in (("c", own.months), ("s", own.solar_months)):
            for number, name in enumerate(names, start=1):
                named.setdefault(name, set()).add(f"{calendar}{number}")
        if not own.months:
            for width in ("wide", "abbreviated"):
                for number, name in cldr(code).months["format"][width].items():
                    named.setdefault(name.lower(), set()).add(f"c{number}")
    return {name: sorted(numbers) for name, numbers in sorted(named.items())}


def percents() -> list[str]:
    """What stands behind two numbers of per cent, as compared."""
    return sorted({letters(conventions(chain(code)).percent or "%") for code in languages()})


def joints() -> list[str]:
    """Words between two days, in small letters."""
    spans = {text for code in languages() for text in conventions(chain(code)).span}
    return sorted({word for text in spans | set(_between_days()) for word in _words(text.lower())})


def told() -> list[tuple[str, str, str, bool]]:
    """What stands before and behind a day or number in our messages, and which field it tells.

    Last whether another number follows behind that.
    """
    found: set[tuple[str, str, str, bool]] = set()
    for code in languages():
        loose = [("", ""), *_around_days(code)]
        for message in _catalogue(code):
            for place, field in _FIELDS.get(message.english[0], {}).items():
                for text, (first, last) in product(
                    (*message.english, *message.forms), loose if place == "day" else loose[:1]
                ):
                    before, _, rest = text.partition(f"%({place})s")
                    behind, *more = _PLACEHOLDER.split(rest, maxsplit=1)
                    beside = _PLACEHOLDER.split(before)[-1] + first, last + behind
                    words = [letters(each).lower() for each in beside]
                    found.add((words[0], words[1], field, more == [""]))
    return sorted(each for each in found if each[0] or each[1])


def scale() -> list[tuple[str, str]]:
    """Each letter and digit of the scale, with the words for it in a language, as compared.

    And each number that stands in our messages themselves, with what it counts.
    """
    found: set[tuple[str, str]] = set()
    for message in (each for code in languages() for each in _catalogue(code)):
        texts = (*message.english, *message.forms)
        mark = _SCALE.get(message.english[0])
        if mark is not None:
            found |= {(mark, letters(text).lower()) for text in texts}
        for text in texts:
            if (counted := _COUNTED.fullmatch(text)) is not None:
                found.add((str(int(counted[1])), letters(counted[2]).lower()))
    return sorted(found)


def _around_days(code: str) -> Iterator[tuple[str, str]]:
    """What stands before and behind a day, or several, that is none to the day: “about”."""
    for message in _catalogue(code):
        if message.english[0] in _SPANS_OF_DAYS | _LOOSE_DAYS:
            for text in (*message.english, *message.forms):
                before, *_, behind = _PLACEHOLDER.split(text)
                yield before, behind


def _between_days() -> Iterator[str]:
    """What stands between the two placeholders of a span of days, in each language."""
    for message in (each for code in languages() for each in _catalogue(code)):
        if message.english[0] in _SPANS_OF_DAYS:
            for text in (*message.english, *message.forms):
                yield from _PLACEHOLDER.split(text)[1:-1]


def _is_phrase(text: str) -> bool:
    """Whether it is words in a row, and so long that it stands nowhere by chance."""
    return len(list(_words(text))) > 1 and len(letters(_compared(text))) >= _SHORTEST_PHRASE


def _compared(text: str) -> str:
    words = " ".join(text.lower().split())
    of_words = [index for index, char in enumerate(words) if category(char)[0] in _OF_WORDS]
    return words[of_words[0] : of_words[-1] + 1] if of_words else ""


def _messages(code: str) -> Iterator[str]:
    """The parts of each message in a language and in English, as placeholders part them."""
    for message in _catalogue(code):
        for text in (*message.english, *message.forms):
            yield from _PLACEHOLDER.split(text)


def _catalogue(code: str) -> tuple[Message, ...]:
    """The messages in a language; English has none but those of the others."""
    if code == "en":
        return ()
    return tuple(catalogues.read(files.own(catalogues.FOLDER, f"{code}.po").decode()).messages)


def _names(code: str) -> Iterator[str]:
    for each in chain(code):
        yield from (term for terms in TERMS.get(each, {}).values() for term in terms)
    own = conventions(chain(code))
    yield from (*own.months, *own.solar_months, *own.weekdays, *own.names.values(), *own.span)
    yield from (own.conjunction, own.percent)
    locale = cldr(code)
    for names in (
        locale.territories,
        locale.languages,
        locale.months,
        locale.days,
        locale.list_patterns,
    ):
        yield from _leaves(names)


def _words(text: str) -> Iterator[str]:
    for part in text.split():
        for is_word, chars in groupby(letters(part), lambda char: category(char)[0] in _OF_WORDS):
            if is_word:
                yield "".join(chars)


def _leaves(names: object) -> Iterator[str]:
    """The texts of a table of tables."""
    if isinstance(names, str):
        yield names
    elif isinstance(names, dict | LocaleDataDict):
        for each in names.values():
            yield from _leaves(each)
