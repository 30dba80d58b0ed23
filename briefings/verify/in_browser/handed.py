"""A PDF as the page for browsers has read it, held against the page that its data make.

It sees what is painted where; which words these are, what their tags say of them, and where
something leads, the page for paper tells.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from html import unescape
from typing import Any
from unicodedata import bidirectional, decimal, normalize
from xml.etree.ElementTree import Element as Node
from xml.etree.ElementTree import SubElement

from briefings.core.overriding import override
from briefings.core.values import dataclass
from briefings.verify.brief import Compared, other_words
from briefings.verify.in_browser.adorned import SetText, misadorned
from briefings.verify.in_browser.aligned import misaligned
from briefings.verify.in_browser.begun import misbegun
from briefings.verify.in_browser.led import Corner, Ground, misled
from briefings.verify.in_browser.nested import Tag, TaggedText, mistagged
from briefings.verify.in_browser.placed import (
    Element,
    Place,
    PlacedText,
    Spot,
    misplaced,
    places_in,
)
from briefings.verify.in_browser.spaced import misspaced, rows_in
from briefings.verify.in_browser.stacked import misstacked
from briefings.verify.in_browser.styled import Shown, Styles, Typeface, styles_in, unlike
from briefings.verify.in_browser.trimmed import PIXEL, boxes_in
from briefings.verify.linked import compare_leads
from briefings.verify.pieces import Printed, PrintedLink, PrintedPiece
from briefings.verify.verdict import Fault, Finding, State
from briefings.verify.words import PageReader, PageText, capitals, compare_printed, letters, stands

_OTHER_WORDS = "its words are not those of its data"
_KINDS = {
    **{f"h{level}": f"/H{level}" for level in range(1, 7)},
    "caption": "/Caption",
    "figcaption": "/Caption",
    "td": "/TD",
    "th": "/TH",
}
"""What tells a text from others: an element of a page, and its tag."""

_SET_BESIDE = "\u2010\u200e\u200f"
"""What is set that no page has: hyphens at the ends of lines, marks of direction."""

_OF_ROW = ("row", "rowgroup")
_DEEP = 4
_ARABIC = {"AN"}
"""The kind of digits that stand in a line as words of Arabic do."""


@dataclass(frozen=True, slots=True)
class _Around:
    """What is said around a text: of what kind it is, in which language, where it leads."""

    kind: str | None = None
    scope: str | None = None
    language: str | None = None
    address: str | None = None


@dataclass(frozen=True, slots=True)
class Handed:
    """What was read of a PDF.

    Attributes:
        printed: Its words.
        around: What the tags around each piece of these say.
        spots: Where each piece stands, as far as that is known.
        tags: All tags.
        tagged: The number of the tag of each piece.
        links: What lies on its pages.
        rects: Where each link lies: its page, its first piece, the one behind its last, its left
            side, its top, its right side, its bottom.
        bookmarks: Title, level, page, left side and height of each.
        places: Page, left side and height of each place that has a name.
        pictures: What its pictures are told of as, and behind how many pieces.
        sum: The checksum that its data are said to have.
        about: What it says of itself.
        margined: What stands in margins, with its page, and how it looks.
        drawn: What each page draws beside its texts, with its number and how high its sheet is.
        faces: Our faces.
        faults: What is wrong with it, however its page is.
        doubts: What could not be looked at.
    """

    printed: Printed
    around: tuple[_Around, ...]
    spots: tuple[Spot | None, ...]
    tags: tuple[Tag, ...]
    tagged: tuple[int, ...]
    links: tuple[PrintedLink, ...]
    rects: tuple[tuple[int, int, int, float, float, float, float], ...]
    bookmarks: tuple[tuple[str, int, int, float, float], ...]
    places: Mapping[str, tuple[int, float, float]]
    pictures: tuple[tuple[str, int], ...]
    sum: str
    about: Mapping[str, str]
    margined: tuple[tuple[int, str, tuple[Shown, ...]], ...]
    drawn: tuple[tuple[int, str, float], ...]
    faces: tuple[Typeface, ...]
    faults: tuple[Fault, ...]
    doubts: tuple[str, ...]


def handed(read: str) -> Handed:
    """What the page has read, from its JSON."""
    held: dict[str, Any] = json.loads(read)
    pieces = held["pieces"]
    return Handed(
        Printed(
            held["pages"],
            tuple(map(_piece, pieces)),
            tuple(map(_piece, held["margins"])),
            tuple(map(_piece, held["loose"])),
        ),
        tuple(_Around(*each["around"]) for each in pieces),
        tuple(each["spot"] and _spot(*each["spot"]) for each in pieces),
        tuple(
            Tag(kind, around, name, scope, tuple(heads))
            for kind, around, name, scope, heads in held["tags"]
        ),
        tuple(each["tag"] for each in pieces),
        tuple(PrintedLink(*each) for each in held["links"]),
        tuple((*each,) for each in held["rects"]),
        tuple((*each,) for each in held["bookmarks"]),
        {name: (page, left, top) for name, page, left, top in held["places"]},
        tuple((text, at) for text, at in held["pictures"]),
        held["sum"],
        held["about"],
        tuple((page, text, _shown(looks)) for page, text, looks in held["marginLooks"]),
        tuple((page, drawn, height) for page, drawn, height in held["drawn"]),
        tuple(Typeface(frozenset(names), *is_so) for names, *is_so in held["faces"]),
        tuple(Fault(text, page) for text, page in held["faults"]),
        tuple(held["doubts"]),
    )


def _spot(*read: Any) -> Spot:
    page, line, size, left, right, top, start, end, is_title, is_ruled, is_one, looks = read
    edges = (left, right, top, start, end)
    return Spot(page, line, size, *edges, is_title, is_ruled, is_one, _shown(looks))


def _shown(read: Iterable[Any]) -> tuple[Shown, ...]:
    return tuple(Shown(size, colour, face, tuple(able)) for size, colour, face, able in read)


def _piece(read: Mapping[str, Any]) -> PrintedPiece:
    left, right = read["readings"]
    told = read.get("generated", False), read.get("target"), read.get("spoken")
    return PrintedPiece(read["page"], (left, right), *told)


def compare_handed(given: Handed, remade: str) -> Compared:
    """Whether a PDF is that of its page, as far as can be told without setting that anew."""
    if not given.printed.pages:
        return other_words(*given.faults)
    reader = _Reader(given.printed.pages)
    reader.feed(remade)
    reader.close()
    page = reader.page
    mismatches = list(compare_printed(page, given.printed))
    faults = list(given.faults)
    faults += [
        Fault(_OTHER_WORDS, each.page, says=each.says, expected=each.expected)
        for each in mismatches
    ]
    faults += compare_leads((title for title, *_ in given.bookmarks), given.links, page)
    faults += _about(given, reader)
    faults += _unknown(given, remade)
    if not mismatches:
        faults += _tags(given, reader, page)
    if faults:
        return other_words(*faults)
    pages = f"{given.printed.pages} page{'s' * (given.printed.pages != 1)}"
    extent = f"all {page.count:,} on {pages} are those of its data, in their order"
    if given.doubts:
        return Finding(State.UNCHECKED, f"{extent}; not looked at: {'; '.join(given.doubts)}"), ()
    return Finding(State.HOLDS, f"{extent}; no tag says otherwise, and all of them are seen"), ()


def _about(given: Handed, reader: _Reader) -> Iterator[Fault]:
    for name, text in reader.about.items():
        if (says := given.about.get(name, "")) != text:
            yield Fault("it says something else of itself", says=says, expected=text)
    yield from _unnumbered(given, reader)
    told = [text for text, _ in given.pictures]
    if told != [text for text, _ in reader.pictures]:
        yield Fault("its pictures are told of otherwise", says=" ".join(told))


def _unknown(given: Handed, remade: str) -> Iterator[Fault]:
    """Each letter that it says, wherever it says it, its page has, whether or not it is seen."""
    own = unescape(remade)
    forms = (normalize(form, own) for form in ("NFKC", "NFKD"))
    known = {*own, *own.upper(), *capitals(own), *own.replace("i", "İ"), *_SET_BESIDE}.union(*forms)
    printed = given.printed
    for piece in (*printed.pieces, *printed.margins):
        for text in (*piece.readings, piece.spoken or ""):
            yield from _strange(text, known, piece.page)
    for link in given.links:
        yield from _strange(link.name, known, link.page)


def _strange(text: str, known: AbstractSet[str], page: int) -> Iterator[Fault]:
    for char in dict.fromkeys(text):
        if char not in known and decimal(char, None) is None:
            yield Fault("it says a letter that its page does not have", page, says=char)


def _unnumbered(given: Handed, reader: _Reader) -> Iterator[Fault]:
    """Each page says in a margin, in this order, which one it is and of how many."""
    if reader.counting is None:
        return
    margins = given.printed.margins
    for number in range(1, given.printed.pages + 1):
        before, between = reader.counting
        due = [before, str(number), between, str(given.printed.pages)]
        own = [each for each in margins if each.page == number]
        ways = ["".join(letters(each.readings[way]) for each in own) for way in (0, 1)]
        # Digits of Arabic part our words in a line that runs to the left.
        orders = [due, due[::-1]] if _ARABIC & set(map(bidirectional, ways[0])) else [due]
        dues = [letters("".join(order)) for order in orders]
        if not any(said in _in_digits(way) for way in ways for said in dues):
            yield Fault("it does not say which of its pages it is", number)


def _in_digits(text: str) -> str:
    """A text with the digits of any script as ours."""
    return "".join(str(decimal(char, char)) for char in text)


def _tags(given: Handed, reader: _Reader, page: PageText) -> Iterator[Fault]:
    """Where the tags of a text, or what leads to it, are not what its page says of it."""
    texts = stands(page, given.printed)
    for piece, says, place in zip(given.printed.pieces, given.around, texts, strict=True):
        own = None if place is None else reader.around(place[0])
        if own is not None and not piece.generated and letters(piece.ways[0]):
            for name, said, due in _differing(says, own):
                shown = " ".join(piece.ways[0].split())
                message = f'of "{shown}" its tags say another {name}'
                yield Fault(message, piece.page, says=said or "none", expected=due or "none")
    yield from dict.fromkeys(misplaced(list(_standing(given, reader, texts))))
    styles = styles_in(next(iter(reader.nodes.values())), reader.style)
    yield from dict.fromkeys(_looks(given, reader, texts, styles))
    yield from dict.fromkeys(_set(given, reader, texts, styles))
    yield from dict.fromkeys(misled(_grounds(given, reader, texts), _corners(given, reader, texts)))
    yield from dict.fromkeys(mistagged(given.tags, _marks(given, reader, texts)))
    for (text, at), (_, start) in zip(given.pictures, reader.pictures, strict=False):
        before, behind = (
            [place[0] < start for place in some if place is not None]
            for some in (texts[:at], texts[at:])
        )
        if not all(before) or any(behind):
            yield Fault("a picture is told of elsewhere than it is", says=text)
    first = {
        place[0]: spot for place, spot in zip(texts, given.spots, strict=True) if place is not None
    }
    yield from _places(given, reader, first, sorted(first))


def _standing(
    given: Handed, reader: _Reader, texts: Iterable[tuple[int, int] | None]
) -> Iterator[PlacedText]:
    for piece, spot, place in zip(given.printed.pieces, given.spots, texts, strict=True):
        if spot is not None:
            shown = " ".join(piece.readings[0].split())
            yield PlacedText(shown, spot, None if place is None else reader.element(place[0]))


def _looks(
    given: Handed, reader: _Reader, texts: Iterable[tuple[int, int] | None], styles: Styles
) -> Iterator[Fault]:
    """What is larger, or in another colour or face, than its page has it."""
    element: Element | None = None
    for piece, spot, place in zip(given.printed.pieces, given.spots, texts, strict=True):
        element = reader.element(place[0]) if place is not None else element
        if place is None:
            element = _link(element)
        if spot is not None and element is not None:
            look = (styles.behind if place is None else styles.own)[reader.nodes[element]]
            for shown in spot.shown:
                yield from _other(unlike(shown, look, given.faces), piece.readings[0], piece.page)
    for page, text, all_shown in given.margined:
        looks = styles.marking if letters(text) == letters(reader.marking) else styles.margins
        for shown in all_shown:
            unlikes = [unlike(shown, look, given.faces) for look in looks]
            yield from _other(min(unlikes, key=len), text, page)


def _set(
    given: Handed, reader: _Reader, texts: Iterable[tuple[int, int] | None], styles: Styles
) -> Iterator[Fault]:
    """What is painted beside letters otherwise than its page has it, and lines that are shifted."""
    boxes = list(boxes_in(next(iter(reader.nodes.values())), styles))
    heights = {page: height for page, _, height in given.drawn}
    own: list[SetText] = []
    says = reader.page.text
    known = zip(given.spots, texts, strict=True)
    places_said = (place for spot, place in known if spot is not None)
    for text, said in zip(_standing(given, reader, texts), places_said, strict=True):
        spot = text.spot
        within: list[Node] = []
        element = text.element
        while element is not None:
            within.append(reader.nodes[element])
            element = element.around
        across = (spot.left, spot.right, spot.start, spot.end)
        down = heights[spot.page] - spot.line
        left, right, start, end, line, size = (each / PIXEL for each in (*across, down, spot.size))
        seen = frozenset((each.size, each.face) for each in spot.shown)
        is_put = text.element is not None and text.element.is_put
        places = (left, right, start, end, line, size)
        own.append(SetText(spot.page, *places, seen, tuple(within), is_put, said))
    drawn = [(page, beside) for page, beside, _ in given.drawn]
    yield from misadorned(drawn, boxes, own, styles.grounds)
    yield from misaligned(boxes, own)
    rows = rows_in(boxes, own)
    yield from misspaced(boxes, rows, says)
    yield from misbegun(boxes, own, rows)
    yield from misstacked(boxes, own, styles, given.faces)


def _grounds(
    given: Handed, reader: _Reader, texts: Sequence[tuple[int, int] | None]
) -> Iterator[Ground]:
    """Where links lie that have words of their page, and not its number alone."""
    for page, first, last, left, top, right, bottom in given.rects:
        own = [spot for spot in given.spots[first:last] if spot is not None and spot.page == page]
        place = next((place for place in texts[first:last] if place is not None), None)
        if own and place is not None:
            kind = _chain(reader, reader.element(place[0]))
            # What within a link is of another element lies in a link of its own.
            start = min((left - spot.start for spot in own), key=abs)
            end = min((right - spot.end for spot in own), key=abs)
            sides = (start, top - own[0].line, end, bottom - own[-1].line)
            yield Ground(page, (first, -last), (kind, round(own[0].size, 1)), sides)


def _corners(
    given: Handed, reader: _Reader, texts: Sequence[tuple[int, int] | None]
) -> Iterator[Corner]:
    """Where places and bookmarks lead that have words there, and stand in no picture."""
    spots: dict[tuple[Element, int], list[Spot]] = {}
    for text in _standing(given, reader, texts):
        element = text.element
        while element is not None:
            spots.setdefault((element, text.spot.page), []).append(text.spot)
            element = element.around
    named: dict[str, Element] = {}
    for element, node in reader.nodes.items():
        named.setdefault(node.get("id", ""), element)
    led = [(named[name], *place) for name, place in given.places.items() if name in named]
    for heading, (_, _, page, left, top) in zip(reader.headings, given.bookmarks, strict=False):
        element = reader.element(heading.start)
        while element is not None and element.tag != f"h{heading.level}":
            element = element.around
        if element is not None:
            led.append((element, page, left, top))
    for element, page, left, top in led:
        own = spots.get((element, page))
        if own and not element.is_put:
            first = own[0]
            start = min(
                spot.start for spot in own if abs(spot.line - first.line) <= abs(first.size) / 2
            )
            kind = _chain(reader, element), round(first.size, 1)
            yield Corner(page, kind, left, left - start, top - first.line)


def _chain(reader: _Reader, element: Element | None) -> tuple[tuple[str, str], ...]:
    """What an element is, and what it lies in."""
    kinds: list[tuple[str, str]] = []
    while element is not None and len(kinds) < _DEEP:
        kinds.append((element.tag, reader.nodes[element].get("class", "")))
        element = element.around
    return tuple(kinds)


def _link(element: Element | None) -> Element | None:
    """The link around it, behind whose text a style sheet puts the number of a page."""
    found = element
    while found is not None and found.tag != "a":
        found = found.around
    return found or element


def _other(what: str, text: str, page: int) -> Iterator[Fault]:
    if what:
        message = f"its {what} is other than its page has it: “{' '.join(text.split())}”"
        yield Fault(message, page)


def _marks(
    given: Handed, reader: _Reader, texts: Iterable[tuple[int, int] | None]
) -> Iterator[TaggedText]:
    for piece, tag, place in zip(given.printed.pieces, given.tagged, texts, strict=True):
        element = None if place is None else reader.element(place[0])
        if element is not None and not piece.generated and letters(piece.ways[0]):
            yield TaggedText(" ".join(piece.ways[0].split()), piece.page, tag, element)


def _differing(says: _Around, own: _Around) -> Iterator[tuple[str, str | None, str | None]]:
    for name, said, due in (
        ("kind", says.kind, own.kind),
        ("scope", says.scope, own.scope),
        ("language", says.language, own.language),
        ("link", says.address, own.address),
    ):
        if said != due:
            yield name, said, due


def _places(
    given: Handed, reader: _Reader, spots: Mapping[int, Spot | None], starts: list[int]
) -> Iterator[Fault]:
    def spot_at(start: int) -> Spot | None:
        at = bisect_right(starts, start - 1)
        return spots[starts[at]] if at < len(starts) else None

    for name, (number, _, top) in given.places.items():
        if name not in reader.ids:
            yield Fault("a place is called as none of its page is", number, says=name)
        elif (spot := spot_at(reader.ids[name])) is not None and not spot.is_under(number, top):
            yield Fault("a place is not where it is told of", number, says=name)
    for name in reader.ids:
        if name not in given.places:
            yield Fault("a place is missing", expected=name)
    above: list[int] = []
    for heading, bookmark in zip(reader.headings, given.bookmarks, strict=False):
        title, level, number, _, top = bookmark
        while above and above[-1] >= heading.level:
            above.pop()
        above.append(heading.level)
        spot = spot_at(heading.start)
        if " ".join(title.split()) != " ".join(heading.text.split()):
            yield Fault("a bookmark is not its heading", number, says=title, expected=heading.text)
        elif spot is not None and not spot.is_under(number, top):
            yield Fault("a bookmark does not lead to its heading", number, says=title)
        elif level != len(above):
            yield Fault("a bookmark is of another level than its heading", number, says=title)
    if len(reader.headings) != len(given.bookmarks):
        yield Fault("its bookmarks are not its headings")


@dataclass(slots=True)
class _Heading:
    """A heading: its level, from where on it stands in the text of the page, what it says."""

    level: int
    start: int
    text: str = ""


class _Reader(PageReader):
    """Gathers, with what is shown, what is said around it."""

    def __init__(self, pages: int) -> None:
        super().__init__(pages)
        self.about: dict[str, str] = {}
        self.headings: list[_Heading] = []
        self.counting: tuple[str, str] | None = None
        self.ids: dict[str, int] = {}
        self.pictures: list[tuple[str, int]] = []
        self._within: list[_Around] = []
        self._elements: list[Element] = []
        self.marking = ""
        self.style = ""
        self.nodes: dict[Element, Node] = {}
        self._put: dict[str, Place] = {}
        self._starts: list[int] = []
        self._arounds: list[tuple[_Around, Element | None]] = []
        self._length = 0

    @property
    def page(self) -> PageText:
        """What it says for paper."""
        return PageText("".join(self.parts), tuple(self.margins), frozenset(self.addresses))

    def around(self, start: int) -> _Around | None:
        """What is said around the letter at a place of the text."""
        at = bisect_right(self._starts, start) - 1
        return self._arounds[at][0] if at >= 0 else None

    def element(self, start: int) -> Element | None:
        """The element in which the letter at a place of the text stands."""
        at = bisect_right(self._starts, start) - 1
        return self._arounds[at][1] if at >= 0 else None

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        super().handle_starttag(tag, attrs)
        self._go_on()
        said = {name: value or "" for name, value in attrs}
        if tag == "meta" and said.get("name") == "description":
            self.about["Subject"] = said["content"]
        if "data-of" in said:
            self.counting = said["data-page"], said["data-of"]
            self.marking = said["data-marking"]
        outer = self._within[-1] if self._within else _Around()
        if len(self.open) > len(self._within):
            kind, scope = (_KINDS[tag], None) if tag in _KINDS else (outer.kind, outer.scope)
            if tag == "th":
                scope = "/Row" if said.get("scope") in _OF_ROW else "/Column"
            language = said.get("lang") or outer.language
            address = said.get("href") if tag == "a" else outer.address
            self._within.append(_Around(kind, scope, language, address))
            self._elements.append(self._opened(tag, said))
        elif self._elements:
            SubElement(self.nodes[self._elements[-1]], tag, said)
        if self.is_silent:
            return
        if "id" in said:
            self.ids.setdefault(said["id"], self._length)
        if tag in _KINDS and tag.startswith("h"):
            self.headings.append(_Heading(int(tag[1]), self._length))

    @override
    def handle_endtag(self, tag: str) -> None:
        super().handle_endtag(tag)
        del self._within[len(self.open) :]
        del self._elements[len(self.open) :]

    @override
    def handle_data(self, data: str) -> None:
        super().handle_data(data)
        names = [name for name, _ in self.open]
        if names and names[-1] == "style":
            self._put |= places_in(data)
            self.style += data
        elif names and names[-1] == "title":
            if "svg" in names:
                self.pictures.append((data, self._length))
            else:
                self.about["Title"] = data
        elif not self.is_silent and any(name in _KINDS and name[0] == "h" for name in names):
            self.headings[-1].text += data
        self._go_on()

    def _opened(self, tag: str, said: dict[str, str]) -> Element:
        classes = said.get("class", "").split()
        places = [self._put[name] for name in (said.get("id", ""), *classes) if name in self._put]
        kind = " ".join(name for name in classes if name not in self._put)
        around = self._elements[-1] if self._elements else None
        element = Element(tag, around, kind, places[0] if places else None)
        # What asks for more pages than there are is no part of it, to its style sheets either.
        is_spare = int(said.get("data-from-pages", "0")) > self.pages
        node = Node(tag, said)
        if around is not None and not is_spare:
            self.nodes[around].append(node)
        self.nodes[element] = node
        return element

    def _go_on(self) -> None:
        """What was put into the text since stands within what is open."""
        for part in self.parts[len(self._starts) :]:
            self._starts.append(self._length)
            within = self._within[-1] if self._within else _Around()
            self._arounds.append((within, self._elements[-1] if self._elements else None))
            self._length += len(part)
