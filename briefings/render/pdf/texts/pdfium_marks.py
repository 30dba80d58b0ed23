"""Glyphs say beside themselves what pdfium has to find where it would read a line in a wrong order.

Such a glyph is marked twice: the outer text is its letter, for whoever asks (ISO 32000-1, 14.9.4);
the inner one, whose tag nobody else asks for a text, is what pdfium finds in its place.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import field
from functools import lru_cache
from itertools import groupby, islice, pairwise
from typing import Any, TypeAlias
from unicodedata import category

from briefings.core.characters import RIGHT_TO_LEFT
from briefings.core.groups import grouped
from briefings.core.values import dataclass
from briefings.render.pdf.texts.drawn import (
    DrawnText,
    DrawnTexts,
    are_apart,
    is_on_line_of,
    lines_for_pdfium,
)
from briefings.render.pdf.texts.glyph_rows import ReadGlyphs, Rows
from briefings.render.pdf.texts.shared_out import Glyph, shared_out
from briefings.render.pdf.texts.turned import (
    PARTING,
    TAG,
    agrees_when_turned,
    as_pdfium_reads,
    kind_of,
    kinds_of,
    parts_missing,
    said_for,
    turned_for_pdfium,
)

_TO_THE_LEFT = re.compile(f"[{RIGHT_TO_LEFT}]")
_SPACES = re.compile(" +")

_LEFTWARD, _RIGHTWARD = "Rrb", "Llb"
"""Kinds of glyphs that stand for a letter to the left, or to the right: in small letters, of those
that stand for letters of several kinds, `b` for both."""

_AGAINST = {True: re.compile(f"[^{_LEFTWARD}]+"), False: re.compile(f"[^{_RIGHTWARD}]+")}
"""Glyphs without a letter in the direction of a line that is to the left, or is not."""

_SIGNS = re.compile("N{2,}")
_LETTER = re.compile("[RLrlb]")

_HYPHENS = ("-", "\u2010")

_GAP = ReadGlyphs([" "], [" "], [-1], [0], [])
"""What pdfium takes for a space between two texts; it has no row."""


@dataclass(slots=True)
class _Line:
    """The glyphs of a line as `ReadGlyphs` has them, with the gaps between its texts.

    `found` is what pdfium has to find for each. Those that are `marked` are told so; those that are
    `parted` end a part of their line; spaces that are `joined` are shown with what is marked beside
    them. Before those that stand `apart`, something is drawn that says
    nothing.
    """

    says: list[str] = field(default_factory=list)
    letters: list[str] = field(default_factory=list)
    places: list[int] = field(default_factory=list)
    fixed: set[int] = field(default_factory=set)
    apart: set[int] = field(default_factory=set)
    found: list[str] = field(default_factory=list)
    marked: set[int] = field(default_factory=set)
    parted: set[int] = field(default_factory=set)
    joined: set[int] = field(default_factory=set)

    @property
    def kinds(self) -> str:
        """A letter for what each glyph stands for."""
        return "".join(map(_kind_of_all, self.letters))

    def add(self, glyphs: ReadGlyphs) -> range:
        """Put those of a text behind the others, and tell where they are."""
        start = len(self.says)
        self.says += glyphs.says
        self.letters += glyphs.letters
        self.places += glyphs.places
        self.fixed.update(start + each for each in glyphs.fixed)
        self.apart.update(start + each for each in glyphs.parted)
        return range(start, len(self.says))

    def is_wrong(self, part: range) -> bool:
        """Whether any says anything but what it stands for, and what pdfium has to find there."""
        own = slice(part.start, part.stop)
        return not self.says[own] == self.letters[own] == self.found[own]

    def let_find(self, part: range, found: str) -> None:
        """Share out among glyphs what pdfium has to find in their place."""
        own, rest = slice(part.start, part.stop), iter(found)
        counts = [*map(len, self.letters[own])]
        if counts.count(1) == len(counts) == len(found):
            self.found[own] = found
        else:
            self.found[own] = ["".join(islice(rest, count)) for count in counts]


_Placed: TypeAlias = dict[int, tuple[_Line, range]]
"""The glyphs of each text in its line, by where it begins in its stream."""

_Chain: TypeAlias = list[tuple[_Line, int] | None]
"""Marked glyphs with none between them; None is a gap."""


def mark(texts: DrawnTexts) -> None:
    """Mark the glyphs that pdfium would not read as they stand."""
    rows = Rows({font.hash: font for font in texts.fonts.values()}, texts.faces)
    for stream, drawn in texts.drawn.values():
        content = stream.stream

        def read(each: DrawnText, content: Sequence[Any] = content) -> ReadGlyphs:
            return rows.glyphs(content, range(each.start, each.stop), each.signs)

        placed: _Placed = {}
        groups = lines_for_pdfium(drawn) if texts.is_to_left else ()
        lines = [line for group in groups for line in _marked(group, texts.written, read, placed)]
        for each in drawn:
            if not texts.is_to_left:
                lines.append(_plain(each, read, placed))
            if each.is_parted and each.start in placed:
                _part(*placed[each.start])
        for chain in _chains(content, drawn, placed):
            _hold(chain)
        changed = {line.places[place]: line for line in lines for place in line.marked}
        # From the last to the first: the places of those before stay as they are.
        for place, line in sorted(changed.items(), reverse=True):
            content[place] = b"\n".join(_row_marked(line, place, rows.cells(content, place)))


def _marked(
    group: Sequence[DrawnText],
    written: Sequence[str],
    read: Callable[[DrawnText], ReadGlyphs],
    placed: _Placed,
) -> list[_Line]:
    """The glyphs of each line in what pdfium takes for one, some of them marked."""
    texts = grouped((each.line, each) for each in group)
    letters = " ".join(written[line] for line in texts)
    is_plain = not any(each.is_to_left or each.signs for each in group)
    if is_plain and not _TO_THE_LEFT.search(letters):
        return []
    lines = {line: _line(own, read, placed) for line, own in texts.items()}
    to_left = any(each.is_to_left for each in group) and "R" in kinds_of(letters)
    missing = parts_missing(letters, to_left=to_left)  # none, as a rule
    if missing and missing > len(_partable(lines.values(), to_left=to_left)):
        to_left = not to_left
    for are_shared in (True, False):
        for number, line in lines.items():
            line.marked.clear()
            line.joined.clear()
            _mark_line(line, written[number], to_left=to_left, are_shared=are_shared)
        told = "".join(f"{_told(line)} " for line in lines.values())
        missing = parts_missing(told, to_left=to_left)
        partable = _partable(lines.values(), to_left=to_left) if missing else []
        if missing <= len(partable):
            break
    for line, place in partable[:missing]:
        line.marked.add(place)
        line.parted.add(place)
    return list(lines.values())


def _told(line: _Line) -> str:
    """What pdfium is told in place of the glyphs of a line."""
    told = line.says.copy()
    for place in line.marked:
        told[place] = _said(line, place)
    return "".join(told)


def _mark_line(line: _Line, written: str, *, to_left: bool, are_shared: bool) -> None:
    """Mark glyphs of a line, whatever stands beside it; most lines need none."""
    says, letters = "".join(line.says), "".join(line.letters)
    turned = {way: turned_for_pdfium(way, to_left=to_left) for way in _ways(written, letters)}
    if line.says == line.letters and says in turned.values():
        line.found = line.says
        return
    shown = sorted(letters) if turned else []
    found = next((turned[way] for way in turned if sorted(way) == shown), "")
    line.found = [""] * len(line.says)
    line.let_find(range(len(line.says)), found or says)
    if found:
        _mark_turned(line, to_left=to_left, are_shared=are_shared)
    if to_left:
        _mark_spaces(line)


def _mark_spaces(line: _Line) -> None:
    """Mark spaces that are drawn beside marked glyphs with these: alone, they are passed over."""
    for _, row in groupby(range(len(line.places)), line.places.__getitem__):
        glyphs = list(row)
        if line.marked.isdisjoint(glyphs):
            continue
        for is_marked, part in groupby(glyphs, line.marked.__contains__):
            alone = list(part)
            if not is_marked and all(line.says[each] == " " for each in alone):
                line.joined.update(alone)
    line.marked |= line.joined


def _plain(text: DrawnText, read: Callable[[DrawnText], ReadGlyphs], placed: _Placed) -> _Line:
    """A text where all is to the right: signs are marked that have the glyph of others."""
    line = _line([text], read, placed)
    line.found = line.letters
    pairs = enumerate(zip(line.says, line.letters, strict=True))
    line.marked.update(place for place, (says, letter) in pairs if says != letter in _HYPHENS)
    return line


def _part(line: _Line, places: range) -> None:
    """Part a hyphen that ends a line from the next: pdfium would take it for the line's own."""
    last = places.stop - 1
    if places and line.letters[last] == line.found[last] == "-" and last not in line.fixed:
        line.marked.add(last)
        line.parted.add(last)


def _line(
    texts: Sequence[DrawnText], read: Callable[[DrawnText], ReadGlyphs], placed: _Placed
) -> _Line:
    """The glyphs of a line, and the gaps between its texts that pdfium takes for spaces."""
    line = _Line()
    before: DrawnText | None = None
    for each in texts:
        if before is not None and are_apart(before, each):
            line.add(_GAP)
        placed[each.start] = line, line.add(read(each))
        before = each
    return line


def _chains(
    content: Sequence[Any], texts: Iterable[DrawnText], placed: _Placed
) -> Iterator[_Chain]:
    """Marked glyphs on a line with none between them, as whoever reads them holds them together."""
    chain: _Chain = []
    before: DrawnText | None = None
    for each in texts:
        line, places = placed.get(each.start, (_Line(), range(0)))
        is_next = before is None or not chain or _is_next(content, before, each)
        if chain and (each.start not in placed or not is_next):
            yield chain
            chain = []
        elif chain and before is not None and are_apart(before, each):
            chain.append(None)
        if chain and places and line.marked.isdisjoint(places):
            yield chain
            chain = []
        for place in places if line.marked else ():
            if chain and (place not in line.marked or place in line.apart):
                yield chain
                chain = []
            if place in line.marked:
                chain.append((line, place))
        before = each
    if chain:
        yield chain


def _is_next(content: Sequence[Any], before: DrawnText, after: DrawnText) -> bool:
    """Whether a text goes on on the line of the one before, and nothing else is shown between."""
    between = content[before.stop : after.start]
    return is_on_line_of(before, after) and not any(
        isinstance(item, bytes) and item.endswith(b" TJ") for item in between
    )


def _hold(chain: _Chain) -> None:
    """Unmark glyphs of which whoever reads them would not see that they may say so."""
    found = "".join(" " if each is None else each[0].found[each[1]] for each in chain)
    letters = "".join(" " if each is None else each[0].letters[each[1]] for each in chain)
    if not agrees_when_turned(found, letters):
        for line, place in filter(None, chain):
            line.marked.discard(place)


def _ways(written: str, letters: str) -> list[str]:
    """What a line of so many letters may say of a text: without what has no glyph."""
    kept = written
    if not written.isprintable():  # as spaces that do not break and signs of format are not
        without = {each for each in {*written}.difference(letters) if category(each) == "Cf"}
        kept = written.translate(dict.fromkeys(map(ord, without))).replace("\xa0", " ")
    bare = kept.strip(" ")
    plain = _SPACES.sub(" ", bare) if "  " in bare else bare
    # A space at the end may be drawn.
    ways = dict.fromkeys((kept, bare, plain, f"{bare} ", f"{plain} "))
    return [way for way in ways if len(way) == len(letters)]


def _mark_turned(line: _Line, *, to_left: bool, are_shared: bool) -> None:
    """Mark glyphs that say something else, if whoever reads them can see that they may.

    Letters to the left are marked only where words of theirs stand in a line to the right.
    """
    kinds = line.kinds
    whole = range(len(kinds))
    names = (range(place, place + 1) for place in whole if kinds[place] in "Ll")
    if are_shared and not to_left and any(map(line.is_wrong, names)):
        # More names than words in a line to the left: they are told in each other's place.
        _mark_words(line, whole, _apart("".join(line.found), to_left=to_left), kinds)
    for part in _spans(_AGAINST[to_left], kinds):
        if not line.is_wrong(part) or not line.marked.isdisjoint(part):
            continue  # or all of the line has been marked for a part before
        found = _apart("".join(line.found[part.start : part.stop]), to_left=to_left)
        line.let_find(part, found)
        joined = _signs_joined(line, part, kinds, to_left=to_left)
        for within in _spans(_AGAINST[True], kinds, part):
            _mark(line, within, kinds, joined)
        left = [each for each in part if each not in line.marked]
        wrong = [place for place in left if line.is_wrong(range(place, place + 1))]
        if any(kinds[place] in _LEFTWARD for place in wrong):
            line.marked.difference_update(part)
        if wrong and are_shared and not to_left:
            _mark_words(line, part, found, kinds)
        for place in part:
            if place not in line.marked:
                line.found[place] = line.says[place]
                if line.says[place].replace("\xa0", " ") != line.letters[place]:
                    line.marked.add(place)


def _spans(pattern: re.Pattern[str], kinds: str, part: range | None = None) -> list[range]:
    within = range(len(kinds)) if part is None else part
    return [range(*each.span()) for each in pattern.finditer(kinds, within.start, within.stop)]


@lru_cache(maxsize=4096)
def _apart(found: str, *, to_left: bool) -> str:
    """What pdfium has to find in place of `found` where each sign is said by itself."""
    written = as_pdfium_reads(found, to_left=to_left)
    return turned_for_pdfium(written, to_left=to_left, apart=True)


def _signs_joined(line: _Line, part: range, kinds: str, *, to_left: bool) -> set[int]:
    """Signs beside each other that pdfium would not turn as it turns each by itself."""
    joined: set[int] = set()
    for signs in _spans(_SIGNS, kinds, part):
        read_before = kinds[: signs.start][::-1] if not to_left else kinds[signs.stop :]
        letter = _LETTER.search(read_before)
        is_turned = letter[0] in _LEFTWARD if letter else to_left
        found = "".join(line.found[signs.start : signs.stop])
        if is_turned != to_left and found != found[::-1]:
            joined.update(signs)
    return joined


def _mark(line: _Line, stretch: range, kinds: str, joined: set[int]) -> None:
    wrong = [each for each in stretch if each in joined or line.is_wrong(range(each, each + 1))]
    if wrong:
        for tried in (_with_signs(wrong, stretch, kinds), stretch, range(len(line.says))):
            if _may_be_marked(line, tried, kinds) or _finds_words(line, tried, kinds):
                line.marked.difference_update(tried)
                line.marked.update(_without_spaces(line, tried))
                line.marked -= line.fixed
                break


def _mark_words(line: _Line, part: range, found: str, kinds: str) -> None:
    """Let words to the left be found in their order, if glyphs may say so."""
    start = part.start + (line.letters[part.start] == " " == found[:1])
    stop = part.stop - (line.letters[part.stop - 1] == " " == found[-1:])
    glyphs = [
        Glyph(
            line.places[place],
            line.letters[place],
            is_to_left=kinds[place] in _LEFTWARD,
            has=line.says[place] if place in line.fixed else None,
        )
        for place in range(start, stop)
    ]
    said = shared_out(
        found[start - part.start : len(found) - (part.stop - stop)],
        glyphs,
        is_after_left=False if part.start else None,
    )
    is_whole = line.apart.isdisjoint(range(start + 1, stop))
    if said and is_whole and agrees_when_turned("".join(said), "".join(line.letters[start:stop])):
        line.found[start:stop] = said
        line.marked.update(range(start, stop))
        line.marked -= line.fixed


def _finds_words(line: _Line, part: range, kinds: str) -> bool:
    """Let a word be found in place of each, if glyphs may say so: spaces stay spaces."""
    before = line.found.copy()
    groups: list[list[int]] = [[]]
    for place in part:
        if line.letters[place] == " ":
            line.found[place] = " "
            groups.append([])
        else:
            groups[-1].append(place)
    words = "".join(before[part.start : part.stop]).split(" ")
    for group, word in zip(groups, words, strict=False):
        for number, place in enumerate(group, 1):
            line.found[place] = (
                word[number - 1 :] if number == len(group) else word[number - 1 : number]
            )
    if len(groups) == len(words) and _may_be_marked(line, part, kinds):
        return True
    line.found = before
    return False


def _with_signs(wrong: Sequence[int], stretch: range, kinds: str) -> range:
    """From the first to the last that says something else, with the signs beside them."""
    first, last = wrong[0], wrong[-1]
    while first > stretch.start and kinds[first - 1] == "N":
        first -= 1
    while last + 1 < stretch.stop and kinds[last + 1] == "N":
        last += 1
    return range(first, last + 1)


def _without_spaces(line: _Line, part: range) -> range:
    """Glyphs without the spaces at their ends, which pdfium would pass over if they stood alone."""
    said = [place for place in part if not line.says[place] == line.found[place] == " "]
    return range(said[0], said[-1] + 1)


def _may_be_marked(line: _Line, part: range, kinds: str) -> bool:
    """Whether glyphs may say what is found for them."""
    for place in part:
        is_fixed = place in line.fixed
        if line.found[place] != line.says[place] if is_fixed else kinds[place] in _LEFTWARD:
            return False
    for _, row in groupby(part, line.places.__getitem__):
        glyphs = list(row)
        letters, found = ({own[place] for place in glyphs} for own in (line.letters, line.found))
        if letters == {" "} != found:
            return False  # pdfium passes over a space that is drawn alone
    own = slice(part.start, part.stop)
    return agrees_when_turned("".join(line.found[own]), "".join(line.letters[own]))


def _partable(lines: Iterable[_Line], *, to_left: bool) -> list[tuple[_Line, int]]:
    """Glyphs within words in the direction of their line: pdfium counts the parts of these."""
    along = "R" if to_left else "L"
    partable: dict[tuple[int, int], tuple[_Line, int]] = {}
    for number, line in enumerate(lines):
        kinds = [*map(kinds_of, line.letters)]
        for place, (before, behind) in enumerate(pairwise(kinds)):
            if before[-1:] == behind[:1] == along:
                both = ((place, before), (place + 1, behind))
                alone = (each for each, kind in both if len(kind) == 1 and each not in line.fixed)
                partable |= {(number, each): (line, each) for each in islice(alone, 1)}
    return list(partable.values())


def _row_marked(line: _Line, row: int, cells: Sequence[bytes]) -> Iterator[bytes]:
    """A row of a line, some of whose glyphs are marked."""
    start = line.places.index(row)
    glyphs = range(start, start + len(cells))
    for is_marked, part in groupby(glyphs, line.marked.__contains__):
        for together in _with_spaces(line, list(part)) if is_marked else [list(part)]:
            if is_marked:
                letters = "".join(line.letters[each] for each in together)
                said = "".join(_said(line, each) for each in together)
                yield _begin(letters, said or PARTING)  # in place of which nothing is found
            shown = b"".join(cells[each - start] for each in together)
            yield b"[" + shown.replace(b"><", b"") + b"] TJ"
            if is_marked:
                yield b"EMC\nEMC"


@lru_cache(maxsize=4096)
def _begin(letters: str, said: str) -> bytes:
    """The beginning of both marks: for whoever asks, and within it for pdfium."""
    return b"\n".join(
        b"/%b\n<</ActualText <feff%b>>>\nBDC" % (tag, text.encode("utf-16-be").hex().encode())
        for tag, text in ((b"Span", letters), (TAG.encode(), said))
    )


def _said(line: _Line, place: int) -> str:
    """What a marked glyph says for pdfium to find it, apart from what stands beside it."""
    found = line.found[place]
    said = said_for(found, next(filter(None, islice(line.found, place + 1, None)), " "))
    before = next((each for each in range(place - 1, -1, -1) if line.found[each]), place)
    # What is said of a space that is drawn alone is lost.
    is_alone = before not in line.marked or not "".join(line.letters[before:place]).strip(" ")
    ends = line.found[before][-1:] if before < place else " "
    if is_alone and {kind_of(ends), kind_of(found[:1])} == {"N"}:
        said = PARTING + said
    if said != found:
        behind = range(place + 1, len(line.found))
        stop = next((each for each in behind if line.found[each]), place + 1)
        if any(_kind_of_all(each) in _LEFTWARD for each in line.letters[place:stop]):
            said = PARTING + found + PARTING  # some versions turn it round
    if place in line.parted:
        # Some versions turn letters to the left round before they are put into the line.
        said += PARTING
        if _kind_of_all(line.letters[place]) in _LEFTWARD:
            said = PARTING + said
    return said


def _with_spaces(line: _Line, glyphs: Sequence[int]) -> list[list[int]]:
    """Each glyph, with the spaces behind it in whose place pdfium is to find a letter.

    It passes over a space that is drawn alone, and takes the gap for one.
    """
    together: list[list[int]] = []
    for each in glyphs:
        if together and (
            not line.found[each]
            or not line.joined.isdisjoint((together[-1][-1], each))
            or any(
                line.letters[place] == " " and line.found[place] not in ("", " ")
                for place in (together[-1][-1], each)
            )
        ):
            together[-1].append(each)
        else:
            together.append([each])
    return together


@lru_cache(maxsize=4096)
def _kind_of_all(letters: str) -> str:
    """The kind of letters that a glyph stands for; of several, whether R or L are there."""
    kinds = "".join({*kinds_of(letters)})
    if len(kinds) == 1:
        return kinds
    if "R" in kinds:
        return "b" if "L" in kinds else "r"
    return "l" if "L" in kinds else "o"
