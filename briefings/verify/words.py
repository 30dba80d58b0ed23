"""The words that a page says held against those that stand in a file, letter by letter."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import field
from html.parser import HTMLParser
from itertools import groupby

from briefings.core.overriding import override
from briefings.core.values import dataclass
from briefings.render.pdf.texts.actual_text import SAME_GLYPH
from briefings.verify.pieces import Printed, PrintedPiece

_SILENT = frozenset({"script", "style", "title", "desc"})
_VOID = frozenset({"meta", "link", "br", "wbr", "hr", "img", "input"})
_WORD = re.compile(r"\w+")
_CONTEXT = 40
_MOST_LINES = 3
"""How many lines what stands in a margin may take."""
_ROUND = 24
"""How many letters, found anew, tell where the two texts meet again."""

_MARKS_OF_CAPITALS = re.compile("(?<=[\u0370-\u03ff\u1f00-\u1fff])[\u0300-\u0345]+|(?<=I)\u0307")
_PAGE_NUMBER = re.compile(r"\W*(?:[^\W\d]{0,8}\W{0,3})?(\d{1,5})\W*")


@dataclass(frozen=True, slots=True)
class Mismatch:
    """Where a file says otherwise: its page, what it says there, and what the page said."""

    page: int
    says: str
    expected: str


@dataclass(frozen=True, slots=True)
class PageText:
    """What a page says for paper: its text, what it says in margins, where its links lead."""

    text: str
    margins: tuple[str, ...]
    addresses: frozenset[str]

    @property
    def count(self) -> int:
        """How many words it has."""
        return len(_WORD.findall(self.text))


def letters(text: str) -> str:
    """A text by its letters alone, as they come out of print: no spaces, no joints, one form."""
    return "".join(_joined(text).split())


def capitals(text: str) -> str:
    """A text in capitals, but for the marks that languages drop there, or add (CSS Text 3, 2.1).

    Greek has no accents on capitals, Turkish has a dot on that of i.
    """
    plain = unicodedata.normalize("NFD", text.upper())
    return unicodedata.normalize("NFC", _MARKS_OF_CAPITALS.sub("", plain))


def page_text(page: str, pages: int) -> PageText:
    """The text of a page for paper that came out as so many `pages`."""
    reader = PageReader(pages)
    reader.feed(page)
    reader.close()
    return PageText("".join(reader.parts), tuple(reader.margins), frozenset(reader.addresses))


class PageReader(HTMLParser):
    """Gathers what is shown; an element that asks for more pages than there are is left out."""

    def __init__(self, pages: int) -> None:
        super().__init__(convert_charrefs=True)
        self.pages = pages
        self.parts: list[str] = []
        self.margins: list[str] = []
        self.addresses: set[str] = set()
        self.open: list[tuple[str, bool]] = []

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        self.margins += [value for name, value in attributes.items() if name.startswith("data-")]
        if tag in _VOID:
            self.parts.append(" ")
            return
        spare = int(attributes.get("data-from-pages", "0")) > self.pages
        self.open.append((tag, self.is_silent or tag in _SILENT or spare))
        if tag == "a" and "href" in attributes and not self.is_silent:
            self.addresses.add(attributes["href"])

    @override
    def handle_endtag(self, tag: str) -> None:
        if any(tag == name for name, _ in self.open):
            while self.open.pop()[0] != tag:
                pass

    @override
    def handle_data(self, data: str) -> None:
        if not self.is_silent:
            self.parts.append(data)

    @property
    def is_silent(self) -> bool:
        """Whether nothing is shown of what comes next."""
        return bool(self.open) and self.open[-1][1]


def compare_printed(page: PageText, printed: Printed) -> Iterator[Mismatch]:
    """Where the words of a PDF are not those of the page that it was set from, in its order."""
    walk = _Walk(page.text)
    yield from walk.through(printed.pieces, set(page.margins), printed.pages)
    for piece in printed.pieces:
        if piece.spoken is not None and not _is_shown(piece.spoken, piece, walk):
            yield Mismatch(piece.page, piece.spoken, _shown(piece))
    for piece in printed.untagged:
        yield Mismatch(piece.page, _shown(piece), "")
    yield from _margins(page, printed)


def stands(page: PageText, printed: Printed) -> list[tuple[int, int] | None]:
    """From where to where each piece stands in the text of its page, if all words are its words.

    None of a piece that a style sheet adds to it.
    """
    walk = _Walk(page.text)
    places: list[tuple[int, int] | None] = []
    for piece in printed.pieces:
        start = walk.place
        has_passed = walk.passes(piece) and walk.place > start
        places.append((walk.places[start], walk.places[walk.place - 1] + 1) if has_passed else None)
    return places


def _is_shown(spoken: str, piece: PrintedPiece, walk: _Walk) -> bool:
    """Whether the glyphs of a piece stand for what its tag says, but for a hyphen at their end."""
    plain = letters(spoken)
    same = [way for way in piece.readings if letters(way) in (plain, f"{plain}-")]
    if same:
        spaced = _spaced(spoken)
        return not _words(spoken) or any(_spaced(way) in (spaced, f"{spaced}-") for way in same)
    # Numbers and words of two directions may stand in another order than either reading has.
    return walk.is_mixed and _is_alike(spoken, piece.readings)


def _is_alike(text: str, ways: tuple[str, str]) -> bool:
    """Whether a text of two directions is what glyphs say in two ways, each of them half right."""
    plain = sorted(letters(text))
    if plain not in (sorted(letters(ways[0])), sorted(letters(ways[0]).removesuffix("-"))):
        return False
    words = sorted(_words(text))
    return words in map(sorted, map(_words, ways)) and _order(text) in map(_order, ways)


def _order(text: str) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """The words of a text in their order, and apart from them the numbers side by side.

    Numbers of two directions stand either way round, and may stand at either side of a word, both
    at one side of a month between them; the letters of a word may be turned round where it has a
    digit.
    """
    words: list[str] = []
    runs: list[tuple[str, ...]] = []
    for is_number, group in groupby(_words(text), key=lambda word: any(map(str.isdigit, word))):
        own = tuple("".join(sorted(word)) if is_number else word for word in group)
        if is_number:
            runs.append(own)
        else:
            words.extend(own)
    if len(words) == 1:
        runs = [tuple(number for run in runs for number in run)]
    return tuple(words), tuple(min(run, run[::-1]) for run in runs)


def _margins(page: PageText, printed: Printed) -> Iterator[Mismatch]:
    """What stands in margins is the page's own number, or what the page says for them."""
    texts = [words for text in page.margins if (words := _words(text))]
    at = 0
    while at < len(printed.margins):
        piece = printed.margins[at]
        own = Counter((str(piece.page), str(printed.pages)))
        # What is too long for a line of its margin goes on in the next.
        lines = [each for each in printed.margins[at : at + _MOST_LINES] if each.page == piece.page]
        ways = [
            [_words(" ".join(each.readings[way] for each in lines[:count])) for way in (0, 1)]
            for count in range(1, len(lines) + 1)
        ]
        fits = [any(_consists_of(words, texts, own) for words in both) for both in ways]
        if True not in fits:
            yield Mismatch(piece.page, _shown(piece), "")
        at += 1 + (fits.index(True) if True in fits else 0)


def _consists_of(words: list[str], texts: Sequence[list[str]], numbers: Counter[str]) -> bool:
    """Whether words are some of the texts, in any order and each in any direction, and numbers.

    Each of the numbers stands there once.
    """
    left = Counter(words)
    for text in sorted(dict.fromkeys(map(tuple, texts)), key=len, reverse=True):
        count = Counter(text)
        if count <= left:
            left -= count
    plain = (str(int(word)) if word.isdigit() else word for word in left.elements())
    return Counter(plain) <= numbers


def _words(text: str) -> list[str]:
    return _WORD.findall(_joined(text))


def _spaced(text: str) -> str:
    return " ".join(_joined(text).split())


def _joined(text: str) -> str:
    """A text without what leaves no glyph, and with one letter for what has the same glyph."""
    plain = unicodedata.normalize("NFKC", text).translate(SAME_GLYPH)
    return "".join(char for char in plain if unicodedata.category(char) != "Cf")


def _small(text: str) -> str:
    """A text without capitals, as long as it was."""
    return "".join(small if len(small := char.lower()) == 1 else char for char in text)


@dataclass(slots=True)
class _Walk:
    """Goes through a page's text as the pieces of its print do."""

    text: str
    expected: str = ""
    small: str = ""
    """What is expected without capitals, letter by letter: style sheets set headings in them."""
    places: list[int] = field(default_factory=list)
    place: int = 0
    is_mixed: bool = False
    """Whether what runs to the left may stand beside what runs to the right, numbers included."""

    def __post_init__(self) -> None:
        parts: list[str] = []
        for index, char in enumerate(self.text):
            plain = letters(char)
            parts.append(plain)
            self.places += [index] * len(plain)
        self.expected = "".join(parts)
        self.small = _small(self.expected)
        self.is_mixed = any(unicodedata.bidirectional(char) in ("R", "AL") for char in self.text)

    def through(
        self, pieces: Sequence[PrintedPiece], words: set[str], pages: int
    ) -> Iterator[Mismatch]:
        """Each place where they part, up to where they meet again."""
        at = 0
        while at < len(pieces):
            piece = pieces[at]
            is_number_gone = piece.target is not None and not letters(piece.ways[0])
            if not is_number_gone and (
                self.passes(piece) or (piece.generated and _is_page_number(piece, words))
            ):
                at += 1
                continue
            met = self._meet(pieces, at)
            if met is None:
                yield Mismatch(piece.page, _said(pieces[at : at + 6]), self._next(_CONTEXT))
                return
            until, place = met
            passage = self.expected[self.place : place]
            yield Mismatch(piece.page, _said(pieces[at:until]), self._original(passage, place))
            at, self.place = until, place
        if self.place < len(self.expected):
            last = pieces[-1].page if pieces else pages
            yield Mismatch(last, "", self._next(len(self.expected)))

    def passes(self, piece: PrintedPiece) -> bool:
        """Whether the text goes on as a piece says; if so, it goes on behind it."""
        for way in piece.ways:
            plain = letters(way)
            for form, cut in ((plain, 0), (plain[:-1], 1))[: 1 + plain.endswith("-")]:
                if self._goes_on(form, way.rstrip()[: -cut or None]):
                    return True
        plain = letters(piece.ways[0])
        window = self.expected[self.place : self.place + len(plain)]
        if window.upper() == plain or (
            self.is_mixed and piece.spoken is None and self._same_words(piece, window)
        ):
            self.place += len(plain)
            return True
        length = self._in_capitals(plain) if plain.isupper() else 0
        self.place += length
        return length > 0

    def _in_capitals(self, plain: str) -> int:
        """How many letters from here on a style sheet has put into these capitals; 0 if none."""
        sought = capitals(plain)
        end, made = self.place, ""
        while end < len(self.expected) and len(made) < len(sought):
            made += capitals(self.expected[end])
            end += 1
        return end - self.place if made == sought else 0

    def _goes_on(self, plain: str, way: str) -> bool:
        """Whether the text goes on so, with its spaces where they are."""
        if not self.expected.startswith(plain, self.place):
            return False
        if plain:
            end = self.places[self.place + len(plain) - 1] + 1
            if _spaced(self.text[self.places[self.place] : end]) != _spaced(way):
                return False
        self.place += len(plain)
        return True

    def _same_words(self, piece: PrintedPiece, window: str) -> bool:
        if not window:
            return False
        end = self.places[self.place + len(window) - 1] + 1
        passage = _joined(self.text[self.places[self.place] : end])
        return _is_alike(passage, piece.readings)

    def _meet(self, pieces: Sequence[PrintedPiece], at: int) -> tuple[int, int] | None:
        """The next piece, and where its letters and those after it stand in the text again.

        Of all places where they may meet it is the one for which the least is left out.
        """
        met: tuple[int, int] | None = None
        passed, least = 0, len(self.text) + sum(len(piece.ways[0]) for piece in pieces)
        for until in range(at, len(pieces)):
            if passed >= least:
                break
            ahead = ""
            for piece in pieces[until : until + 4]:
                ahead += "" if piece.generated else _small(letters(piece.ways[0]))
            left = passed
            passed += len(letters(pieces[until].ways[0]))
            if len(ahead) < min(_ROUND, len(self.expected)) and until < len(pieces) - 2:
                continue
            sought = ahead[:_ROUND]
            place = self.small.find(sought, self.place, self.place + least - left + len(sought))
            if place >= 0 and sought and (until > at or place > self.place):
                met, least = (until, place), left + place - self.place
        return met

    def _next(self, most: int) -> str:
        return self._original(self.expected[self.place : self.place + most], self.place + most)

    def _original(self, plain: str, place: int) -> str:
        if not plain:
            return ""
        end = min(place, len(self.places)) - 1
        return " ".join(self.text[self.places[self.place] : self.places[end] + 1].split())


def _is_page_number(piece: PrintedPiece, words: set[str]) -> bool:
    """Whether a style sheet's addition is the number of the page to which its link leads."""
    for way in piece.ways:
        match = _PAGE_NUMBER.fullmatch(way.strip())
        if match and piece.target == int(match[1]):
            named = letters(re.sub(r"[\W\d]", "", way))
            return not named or any(named in letters(re.sub(r"\W", "", word)) for word in words)
    return not letters(piece.ways[0])


def _shown(piece: PrintedPiece) -> str:
    return " ".join(piece.readings[0].split())


def _said(pieces: Sequence[PrintedPiece]) -> str:
    return " ".join(" ".join(_shown(piece) for piece in pieces).split())
