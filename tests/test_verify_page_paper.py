"""The page that verifies in a browser reads PDFs as they are printed: what was altered is found."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import md5
from pathlib import Path

import pytest
from breadth import cases
from command import desk, run
from desks import printed
from playwright.sync_api import Browser
from rewritten_pdf import Change, objects, rewritten
from test_signing import DAY, write_key
from test_verify_page import verdicts, verifier

from briefings.core.canonical import with_checksum
from briefings.core.signing import Signing
from briefings.render.pdf.reader import read_pdf
from briefings.scan.pdfcontent import read_content
from briefings.scan.pdffonts import Font
from briefings.scan.pdftext import fonts_of
from briefings.sign.make import signer_of
from briefings.verify.paper import faults_of_form

__all__ = ["desk", "verifier"]

_PIECE = re.compile(rb"/Span\n<</MCID \d+>>\nBDC\n(.*?)EMC\n", re.DOTALL)
_MARGIN = re.compile(rb"/Artifact\n<<[^>]*>>\nBDC\n(.*?)EMC\n", re.DOTALL)
_GLYPH = re.compile(rb"<[0-9a-f]{4}>")
_FONT = re.compile(rb"/(\S+) [\d.]+ Tf\n")
_MARKS = dict.fromkeys(map(ord, "\u200e\u200f"))


@dataclass(frozen=True, slots=True)
class Paper:
    """A true PDF, opened: its fonts, the numbers of its pages' streams, of its packed objects."""

    content: bytes
    fonts: Mapping[str, Font]
    pages: tuple[int, ...]
    pack: int

    def altered(self, number: int, change: Change) -> bytes:
        """A stream put otherwise, and all else put right again."""
        altered = rewritten(self.content, {number: change})
        assert altered != self.content
        assert not list(faults_of_form(altered)), "the form alone tells it already"
        return altered

    def pieces(self, data: bytes) -> Iterator[tuple[re.Match[bytes], str]]:
        """The marked pieces of a page in which no cluster is said, each with what it shows."""
        for match in _PIECE.finditer(data):
            if b"ActualText" in match[1]:
                continue
            yield match, read_content(match[1], self.fonts).readings[0].translate(_MARKS)

    def page_showing(self, text: str) -> int:
        """The page that has a piece which shows just that."""
        return next(
            number
            for number, _, data in objects(self.content)
            if number in self.pages
            and data is not None
            and any(shown.strip() == text for _, shown in self.pieces(data))
        )

    def letters(self, piece: bytes) -> Mapping[bytes, str]:
        """What glyphs of the font of a piece stand for."""
        font = _FONT.search(piece)
        assert font is not None
        return self.fonts[f"/{font[1].decode()}"].letters

    def cells(self, piece: bytes) -> list[re.Match[bytes]]:
        """The glyphs of a piece, but for those of marks of direction."""
        letters = self.letters(piece)
        found = _GLYPH.finditer(piece)
        return [cell for cell in found if letters[cell[0][1:-1]].translate(_MARKS)]

    def emptied(self, data: bytes, shown: str) -> bytes:
        """The piece that shows a text shows none."""
        piece = next(match[0] for match, text in self.pieces(data) if text.strip() == shown)
        return data.replace(piece, re.sub(rb"\[.*?\] TJ\n", b"", piece, flags=re.DOTALL), 1)

    def rewrite_margin(
        self, data: bytes, old: str, new: str, within: re.Pattern[bytes] = _MARGIN
    ) -> bytes:
        """The first margin, or piece, that shows some letters in a row shows others."""
        for match in within.finditer(data):
            font = _FONT.search(match[1])
            if font is None:
                continue
            letters = self.fonts[f"/{font[1].decode()}"].letters
            glyphs = {letter: glyph for glyph, letter in letters.items()}
            if not set(old) <= glyphs.keys():
                continue
            row = re.search(rb"(>[^<>]*<)".join(glyphs[letter] for letter in old), match[0])
            if row is not None:
                between = (*row.groups(), b"")
                said = b"".join(
                    glyphs[letter] + gap for letter, gap in zip(new, between, strict=True)
                )
                place = match.start() + row.start()
                return data[:place] + said + data[place + len(row[0]) :]
        raise AssertionError(f"no margin shows “{old}”")

    def rewrite(self, data: bytes, shown: str, otherwise: str, turn: int = 0) -> bytes:
        """The piece that shows a text shows another one of as many letters, in the same font."""
        match = [match for match, text in self.pieces(data) if text.strip() == shown][turn]
        piece = match[0]
        glyphs = {text: glyph for glyph, text in self.letters(piece).items()}
        for place, (old, new) in enumerate(zip(shown, otherwise, strict=True)):
            if old != new:
                cells = self.cells(piece)
                cell = cells[len(cells) - len(shown) + place]
                piece = piece[: cell.start()] + b"<" + glyphs[new] + b">" + piece[cell.end() :]
        return data[: match.start()] + piece + data[match.end() :]

    def refaced(self, data: bytes) -> bytes:
        """A row of a page in another font that has all of its letters."""
        for row in re.finditer(rb"/(\S+) ([\d.]+ Tf\n)(\[.*?\] TJ)", data, re.DOTALL):
            name, size, shown = row.groups()
            letters = self.fonts[f"/{name.decode()}"].letters
            own = _GLYPH.findall(shown)
            said = [letters[glyph[1:-1]] for glyph in own]
            for other, font in self.fonts.items():
                glyphs = {letter: b"<%b>" % glyph for glyph, letter in font.letters.items()}
                if other[1:].encode() != name and len(own) > 6 and set(said) <= glyphs.keys():
                    for glyph, letter in dict(zip(own, said, strict=True)).items():
                        shown = shown.replace(glyph, glyphs[letter].upper())
                    drawn = b"/%b %b%b" % (other[1:].encode(), size, shown.lower())
                    return data[: row.start()] + drawn[:-2] + b"TJ" + data[row.end() :]
        raise AssertionError("no two fonts have the same letters")

    def recoloured(self, data: bytes) -> bytes:
        """What leads to a page says its number in the colour of other texts."""
        (place, *_) = (match for match, text in self.pieces(data) if text.strip() in ("2", "3"))
        return data[: place.start()] + b"0.050980 0.309804 0.439216 rg\n" + data[place.start() :]


def opened(path: Path) -> Paper:
    """A PDF as it was built."""
    content = path.read_bytes()
    pdf = read_pdf(content)
    with pdf.document:
        pages = tuple(page.obj.Contents.objgen[0] for page in pdf.document.pages)
        fonts = fonts_of(pdf)
    (pack,) = (number for number, text, _ in objects(content) if b"/ObjStm" in text)
    return Paper(content, fonts, pages, pack)


@pytest.fixture(scope="module")
def english(harbour_site: Path) -> Paper:
    """A PDF whose pages run from left to right."""
    return opened(harbour_site / "basin-closure.en.pdf")


@pytest.fixture(scope="module")
def persian(harbour_site: Path) -> Paper:
    """One whose pages run from right to left."""
    return opened(harbour_site / "basin-closure.fa.pdf")


def actual(text: str) -> bytes:
    """What a tag says in place of its glyphs."""
    return b"/ActualText <feff%b>" % text.encode("utf-16-be").hex().encode()


def of_first(data: bytes) -> bytes:
    """The first piece of a page that shows something."""
    return next(match[0] for match in _PIECE.finditer(data) if b" TJ\n" in match[0])


def inner(piece: bytes) -> bytes:
    """What a piece shows, without its tag."""
    return piece[piece.index(b"BDC\n") + 4 : piece.rindex(b"EMC\n")]


def exchanged(data: bytes, old: bytes, new: bytes) -> bytes:
    """A part put otherwise, once; packed objects stay where they are."""
    assert old in data
    return data.replace(old, new, 1)


BEHIND: Mapping[str, tuple[tuple[bytes, bytes], ...]] = {
    "how its first page is cut": ((b"/BleedBox [ 0", b"/BleedBox [ 9"),),
    "how large that is": ((b"/MediaBox [ 0", b"/MediaBox [ 9"),),
    "where the field stands": ((b"/Rect [ -9999", b"/Rect [ +9999"),),
    "what the field looks like": ((b"/TU ", b"/AP "),),
    "what language it has": ((b"/Lang (en)", b"/Lang (fa)"),),
    "which object is another": ((b"\n7 0 obj", b"\n6 0 obj"), (b" 2 1 7 1 ", b" 2 1 6 1 ")),
}
"""What stands behind a signed brief put otherwise: an update may show what it likes."""


def test_what_stands_behind_a_signed_brief_is_a_signature(
    browser: Browser, verifier: Path, english: Paper, tmp_path: Path
) -> None:
    """Nobody who has no Python takes an update of what is shown for one."""
    key, _ = write_key(tmp_path, "desk")
    with signer_of(Signing(str(key), None, None, lambda: DAY)) as signer:
        signed = signer.pdf(english.content)
    tail = signed[len(english.content) :]
    led = tail.replace(b"/Index [ 0 1 2 1", b"/Index [ 0 1 3 1", 1)
    changed = {"signed": signed, "led elsewhere": english.content + led, "more": signed + b"%\n"}
    for name, parts in BEHIND.items():
        other = tail
        for old, new in parts:
            other = exchanged(other, old, new)
        changed[name] = english.content + other
    files = [tmp_path / f"{name}.pdf" for name in changed]
    for file, content in zip(files, changed.values(), strict=True):
        file.write_bytes(content)
    whole, moved, more, *others = verdicts(browser, verifier, *files)
    assert whole[1].startswith("words: all ")
    assert whole[-1].startswith("signature: of CN=desk, ")
    for lines in (moved, more):
        assert lines[1].startswith("UNCHECKED: words: all ")
        assert "what stands behind the brief is not written" in lines[1]
    for file, lines in zip(files[3:], others, strict=True):
        assert lines[2].startswith("FAILS: words: what stands behind the brief changes"), file.name


# An alteration by someone who puts all else right: which stream, what of it, how the page says it.
Alteration = tuple[Callable[[Paper], int], Callable[[Paper, bytes], bytes], str]

FRONT: Callable[[Paper], int] = lambda paper: paper.pages[0]  # noqa: E731 # beside the others


def showing(text: str) -> Callable[[Paper], int]:
    """The page that shows a text in a piece of its own."""
    return lambda paper: paper.page_showing(text)


SECOND: Callable[[Paper], int] = lambda paper: paper.pages[1]  # noqa: E731 # as above
HEADED: Callable[[Paper], int] = lambda paper: paper.page_showing("Background")  # noqa: E731 # as above
LAST: Callable[[Paper], int] = lambda paper: paper.pages[-1]  # noqa: E731 # as above
PACK: Callable[[Paper], int] = lambda paper: paper.pack  # noqa: E731 # as above

ALTERED: Mapping[str, Alteration] = {
    "a word on the front": (
        FRONT,
        lambda paper, data: paper.rewrite(
            data,
            *next(
                (text.strip(), text.strip().replace("through", "hrought"))
                for _, text in paper.pieces(data)
                if "through March" in text
            ),
        ),
        'hrought March.", it should say "',
    ),
    "a heading of ours": (
        HEADED,
        lambda paper, data: paper.rewrite(data, "Background", "Backgruond"),
        'it says "Backgruond", it should say "Background"',
    ),
    "a headline": (
        FRONT,
        lambda paper, data: paper.rewrite(data, "Trawlers turned away", "Trawlers turned tway"),
        'it says "Trawlers turned tway", it should say "Trawlers turned away"',
    ),
    "words that stand elsewhere": (
        FRONT,
        lambda paper, data: paper.rewrite(
            data, "refused, two of them with exemptions.", "refused, two of them in no vessels..."
        ),
        'it should say "refused, two of them with exemptions."',
    ),
    "a figure in the annex": (
        LAST,
        lambda paper, data: paper.rewrite(
            data,
            "The Port Authority counted 64 berths in the inner basin at the end of 2023",
            "The Port Authority counted 46 berths in the inner basin at the end of 2023",
        ),
        'it says "The Port Authority counted 46 berths',
    ),
    "a space elsewhere": (
        SECOND,
        lambda paper, data: paper.rewrite(
            data,
            *next(
                (text, text.replace("s were ", " swere "))
                for match, text in paper.pieces(data)
                if "s were " in text and len(paper.cells(match[0])) == len(text)
            ),
        ),
        'it says "Nine trawlers were',
    ),
    "a heading gone": (
        HEADED,
        lambda paper, data: data.replace(
            next(match[0] for match, text in paper.pieces(data) if text == "Background"), b""
        ),
        "a tag stands for a text that is not there",
    ),
    "a heading that says nothing": (
        HEADED,
        lambda paper, data: paper.emptied(data, "Background"),
        "a part of it is empty: H3",
    ),
    "a quote gone": (
        LAST,
        lambda paper, data: data.replace(
            next(match[0] for match, text in paper.pieces(data) if "if the basin stayed" in text),
            b"",
        ),
        'it should say "his members would blockade the Tarn ferry',
    ),
    "a text twice": (
        SECOND,
        lambda _, data: data + inner(of_first(data)),
        'it says "What changed since 3 March 2024"',
    ),
    "a text as decoration": (
        SECOND,
        lambda _, data: data + b"/Artifact\nBMC\n" + inner(of_first(data)) + b"EMC\n",
        'it says "What changed since 3 March 2024"',
    ),
    "a text in the margin": (
        SECOND,
        lambda paper, data: (
            data
            + b"/Artifact\n<</Type /Pagination/Subtype /Header>>\nBDC\n"
            + inner(next(m[0] for m, text in paper.pieces(data) if "silting" in text))
            + b"EMC\n"
        ),
        "and that the port could not wait.",
    ),
    "a text that nobody sees": (
        SECOND,
        lambda _, data: data.replace(b"BT\n", b"BT\n3 Tr\n", 1),
        "nobody sees it",
    ),
    "a tag that says otherwise": (
        PACK,
        lambda _, data: exchanged(
            data, b"ActualText (of the facts: 5", b"ActualText (of the facts: 9"
        ),
        'it says "of the facts: 9 are graded 2',
    ),
    "a cluster that says otherwise": (
        SECOND,
        lambda _, data: re.sub(
            rb"(\[<[0-9a-f]{4}>.*?\] TJ\n)",
            rb"/Span\n<</ActualText <feff0058>>>\nBDC\n\1EMC\n",
            data,
            count=1,
        ),
        "beside glyphs that stand for",
    ),
    "a link to another quote": (
        PACK,
        lambda _, data: exchanged(data, b"(1)/Dest (s1)", b"(1)/Dest (s2)"),
        'of "1" its tags say another link: it says "#s2", it should say "#s1"',
    ),
    "a ¶ of another sentence": (
        FRONT,
        lambda paper, data: paper.rewrite(data, "1", "2", turn=1),
        'it says "2", it should say "1"',
    ),
    "a link out": (
        PACK,
        lambda _, data: exchanged(data, b"/Contents (1)/Dest (s1)", b"/A <</S /URI/URI (x:)>>"),
        'a link leads elsewhere: it says "x:"',
    ),
    "a quote of another number": (
        LAST,
        lambda paper, data: paper.rewrite(data, "7", "8", turn=1),
        'it says "8", it should say "7"',
    ),
    "a link by another name": (
        PACK,
        lambda _, data: exchanged(data, b"/Contents (It is likely", b"/Contents (It is fakely"),
        'a link is called what no page says: it says "It is fakely',
    ),
    "a bookmark": (
        PACK,
        lambda _, data: exchanged(data, b"/Title (Outlook)", b"/Title (Outlaws)"),
        'a bookmark is not its heading: it says "Outlaws", it should say "Outlook"',
    ),
    "a bookmark whose words are parted elsewhere": (
        PACK,
        lambda _, data: exchanged(data, b"/Title (What changed", b"/Title (Whatchanged "),
        'a bookmark is not its heading: it says "Whatchanged ',
    ),
    "a link whose words are parted elsewhere": (
        PACK,
        lambda _, data: exchanged(data, b"/Contents (It is likely", b"/Contents (Itis  likely"),
        'a link is called what no page says: it says "Itis ',
    ),
    "a tag that has a name": (
        PACK,
        lambda _, data: re.sub(
            rb"(/S /P/K \[[^]]*\])/Pg (\d+) 0 R",
            lambda tag: b"%b/ID (%b)" % (tag[1], b"x" * (len(tag[2]) + 2)),
            data,
            count=1,
        ),
        "a tag says what none of ours does: ID",
    ),
    "a bookmark of another level": (
        PACK,
        lambda _, data: deeper(data),
        'a bookmark is of another level than its heading: it says "Outlook"',
    ),
    "a year of no fact there": (
        showing("about 4 Mar 2024"),
        lambda paper, data: paper.rewrite(data, "about 4 Mar 2024", "about 4 Mar 2023"),
        'it says "about 4 Mar 2023", it should say "about 4 Mar 2024"',
    ),
    "another grade": (
        showing("· Inés Calder, in Radio Quai · C2"),
        lambda paper, data: paper.rewrite(
            data, "· Inés Calder, in Radio Quai · C2", "· Inés Calder, in Radio Quai · C3"
        ),
        'it should say "· Inés Calder, in Radio Quai · C2"',
    ),
    "a claim as an event": (
        showing("claim · disputed, point"),
        lambda paper, data: paper.rewrite_margin(data, "claim", "event", _PIECE),
        'it says "event · disputed, point"',
    ),
    "fewer pages": (
        SECOND,
        lambda paper, data: exchanged(data, *paged(paper, data)),
        'it says "page 2 of 3 · 10 Mar 2024',
    ),
    "a page that is another one": (
        SECOND,
        lambda paper, data: exchanged(data, *paged(paper, data, "2", "4")),
        'it says "page 4 of 4 · 10 Mar 2024',
    ),
    "a heading that is smaller": (
        SECOND,
        lambda _, data: re.sub(rb"(/\S+) [\d.]+ Tf", rb"\1 15 Tf", data, count=1),
        "its size is other than its page has it: “What changed since 3 March 2024”",
    ),
    "a heading in a colour of another": (
        SECOND,
        lambda _, data: re.sub(
            rb"[\d. ]+ rg\nBT", b"0.050980 0.309804 0.439216 rg\nBT", data, count=1
        ),
        "its colour is other than its page has it: “What changed since 3 March 2024”",
    ),
    "a text in the face of another": (
        SECOND,
        lambda paper, data: paper.refaced(data),
        "its face is other than its page has it: “",
    ),
    "a marking that is smaller": (
        SECOND,
        lambda _, data: re.sub(rb"(.*/\S+) 16 Tf", rb"\1 15 Tf", data, flags=re.DOTALL),
        "its size is other than its page has it: “TLP:CLEAR”",
    ),
    "a picture whose tag says that it is elsewhere": (
        PACK,
        lambda _, data: re.sub(rb"/BBox \[\d", b"/BBox [9", data, count=1),
        "a picture is not where its tag says",
    ),
    "a picture that is told of later": (
        PACK,
        lambda _, data: re.sub(
            rb"(?<=/K \[)(\d+ 0 R) (\d+ 0 R)(?=[^<>]*>>\s*<</Type /StructElem/S /Figure)",
            rb"\2 \1",
            data,
        ),
        "a picture is told of elsewhere than it is",
    ),
    "a part that shows nothing": (
        SECOND,
        lambda _, data: data + b"/Artifact\nBMC\nEMC\n",
        "a part of it shows nothing",
    ),
    "the number of a page in another colour": (
        FRONT,
        lambda paper, data: paper.recoloured(data),
        "its colour is other than its page has it: “",
    ),
}


def deeper(data: bytes) -> bytes:
    """What follows on the one bookmark below another goes on from that, in as many bytes."""
    match = re.search(
        rb"(/XYZ [\d.]+)( [\d.]+)( 0\]/Count \d+[^<>]*/First \d+ 0 R/Last \d+ 0 R/Parent \d+ 0 R)"
        rb"(/Next \d+ 0 R)(>>\s*<</Title \(1 [^()]*\)/Dest \[\d+ 0 R /XYZ [\d.]+)([^<>]*)"
        rb"(/Parent \d+ 0 R)>>",
        data,
    )
    assert match is not None
    left, top, below, onward, between, rest, parent = match.groups()
    # Digits that move nothing: the objects behind it stay where they are.
    more, less = len(onward), len(parent) - len(onward)
    left, top = left + b"1" * (more // 2), top + b"1" * (more - more // 2)
    changed = b"".join((left, top, below, between, b"1" * less, rest, onward, b">>"))
    return exchanged(data, match[0], changed)


def paged(paper: Paper, data: bytes, old: str = "4", new: str = "3") -> tuple[bytes, bytes]:
    """The margin that counts the pages, and the same with another number, or one page fewer."""
    for match in _MARGIN.finditer(data):
        if read_content(match[1], paper.fonts).readings[0].startswith("page 2 of 4"):
            font = _FONT.search(match[1])
            assert font is not None
            letters = paper.fonts[f"/{font[1].decode()}"].letters
            glyphs = {letter: glyph for glyph, letter in letters.items()}
            changed = match[0].replace(glyphs[old], glyphs[new], 1)
            return match[0], changed
    raise AssertionError("no margin counts the pages")


def test_each_alteration_is_told_by_its_kind(
    browser: Browser, verifier: Path, english: Paper, tmp_path: Path
) -> None:
    """Each alone, by someone who knows how we write and puts the file's name right."""
    files = []
    for number, (kind, (stream, change, _)) in enumerate(ALTERED.items()):

        def alter(
            data: bytes, change: Callable[[Paper, bytes], bytes] = change, kind: str = kind
        ) -> bytes:
            altered = change(english, data)
            assert altered != data, kind
            return altered

        path = tmp_path / f"{number:02}.pdf"
        path.write_bytes(english.altered(stream(english), alter))
        files.append(path)
    answers = verdicts(browser, verifier, *files)
    for (kind, (_, _, expected)), lines in zip(ALTERED.items(), answers, strict=True):
        faults = [line for line in lines if line.startswith("FAILS: words: ")]
        assert any(expected in line for line in faults), "\n".join((kind, *lines))


# Texts of one page in each other's place, and how the page says it.
TURNED: Mapping[str, tuple[tuple[str, str], str]] = {
    "heads of the first page": (
        ("SOURCES DISAGREE", "NOT KNOWN"),
        'it says "NOT KNOWN", it should say "Sources disagree"',
    ),
    "headings of parts": (("Timeline", "Map"), 'it says "Map", it should say "Timeline"'),
    "headings of facts": (
        ("Reported in this period", "Commentary"),
        'it says "Commentary", it should say "Reported in this period"',
    ),
    "heads of columns": (
        ("Language", "Origin"),
        'it says "Origin Language", it should say "LanguageOrigin"',
    ),
}


def turned(paper: Paper, data: bytes, texts: tuple[str, str]) -> bytes:
    """The glyphs that two pieces show exchanged, wherever they stand."""
    rows = []
    for text in texts:
        piece = [match for match, shown in paper.pieces(data) if shown.strip() == text][-1]
        row = re.search(rb"/\S+ [\d.]+ Tf\n\[.*?\] TJ\n", piece[0], re.DOTALL)
        assert row is not None
        rows.append((piece.start() + row.start(), row[0]))
    (first, one), (second, other) = sorted(rows)
    between = data[first + len(one) : second]
    return data[:first] + other + between + one + data[second + len(other) :]


def test_headings_in_each_others_place(
    browser: Browser, verifier: Path, english: Paper, tmp_path: Path
) -> None:
    """Each word is ours, and none stands where it did."""
    files = []
    for number, (texts, _) in enumerate(TURNED.values()):

        def change(data: bytes, texts: tuple[str, str] = texts) -> bytes:
            return turned(english, data, texts)

        files.append(tmp_path / f"{number}.pdf")
        files[-1].write_bytes(english.altered(english.page_showing(texts[1]), change))
    for (kind, (_, expected)), lines in zip(
        TURNED.items(), verdicts(browser, verifier, *files), strict=True
    ):
        assert any(expected in line for line in lines), "\n".join((kind, *lines))


# What it says, otherwise parted, by someone who lets the tags say the same.
PARTED: Mapping[str, tuple[str, str]] = {
    "a headline": ("Trawlers turned away", "Trawler sturned away"),
    "a heading of ours": ("How far to trust this", "Howfar t o trust this"),
}


def test_a_space_moved_within_whatever_is_said(
    browser: Browser, verifier: Path, english: Paper, tmp_path: Path
) -> None:
    """A text of the data that is no sentence of them, and a message of ours."""
    files = []
    for number, (shown, otherwise) in enumerate(PARTED.values()):

        def change(data: bytes, shown: str = shown, otherwise: str = otherwise) -> bytes:
            return english.rewrite(data, shown, otherwise)

        files.append(tmp_path / f"{number}.pdf")
        files[-1].write_bytes(english.altered(english.page_showing(shown), change))
    for (kind, (shown, otherwise)), lines in zip(
        PARTED.items(), verdicts(browser, verifier, *files), strict=True
    ):
        expected = f'it says "{otherwise}", it should say "{shown}"'
        assert any(line.endswith(expected) for line in lines), (kind, lines)


def test_a_page_from_right_to_left(
    browser: Browser, verifier: Path, persian: Paper, tmp_path: Path
) -> None:
    """A letter of a tag, a number, where the contents lead, and a word of a quote."""
    counted = "The Port Authority counted 64 berths in the inner basin at the end of 2023"
    changes: Mapping[str, tuple[int, Change]] = {
        'it should say "اختلاف منابع"': (
            persian.pack,
            lambda data: exchanged(data, actual("اختلاف منابع"), actual("اختلاف منافع")),
        ),
        'its tags say another link: it says "#s3", it should say "#s1"': (
            persian.pack,
            lambda data: re.sub(rb"/Dest \(s1\)", b"/Dest (s3)", data, count=1),
        ),
        'its tags say another link: it says "#who", it should say "#map"': (
            persian.pack,
            lambda data: exchanged(data, b"/Dest (map)", b"/Dest (who)"),
        ),
        "counted 46 berths": (
            persian.page_showing(counted),
            lambda data: persian.rewrite(data, counted, counted.replace("64", "46")),
        ),
    }
    files = []
    for number, (stream, change) in enumerate(changes.values()):
        path = tmp_path / f"{number}.pdf"
        path.write_bytes(persian.altered(stream, change))
        files.append(path)
    for expected, lines in zip(changes, verdicts(browser, verifier, *files), strict=True):
        assert any(expected in line for line in lines if line.startswith("FAILS")), (
            expected,
            lines,
        )


def test_no_true_pdf_is_refused(
    browser: Browser, verifier: Path, harbour_site: Path, reference: Path, desk: Path
) -> None:
    """Whatever it says, wherever its lines end; in a language that has no words of ours."""
    files = [*sorted(harbour_site.glob("*.pdf")), *(reference / name for name in printed())]
    base = desk / "facts.yaml"
    text = base.read_text(encoding="utf-8")
    languages = cases(("ar", "ckb", "ml", "yo"), "bn", "fr", "he")
    text = text.replace("languages: [en]", f"languages: [en, {', '.join(languages)}]")
    base.write_text(text, encoding="utf-8")
    asked = (part for language in languages for part in ("--lang", language))
    done = run("build", "--topic", "basin-closure", *asked, "--format", "pdf")
    assert done.exit_code == 0, done.stderr
    made = [desk / "build" / f"basin-closure.{language}.pdf" for language in languages]
    files += made
    assert run("verify", *map(str, made)).exit_code == 0
    for file, lines in zip(files, verdicts(browser, verifier, *files), strict=True):
        # These are set in fonts that we do not bring.
        is_ours = not file.name.endswith((".he.pdf", ".bn.pdf", ".ml.pdf"))
        held = "words: all " if is_ours else "UNCHECKED: words: all "
        assert lines[1].startswith(held), (file.name, lines)


def test_data_that_another_page_was_made_of(
    browser: Browser, verifier: Path, english: Paper, tmp_path: Path
) -> None:
    """A statement altered in what the id does not cover, which has to be what the page shows."""

    def restated(data: bytes) -> bytes:
        content = json.loads(data)
        del content["seal"]
        content["facts"][0]["statement"] += " Not so."
        return with_checksum(content).encode()

    (number,) = (each for each, text, _ in objects(english.content) if b"/EmbeddedFile" in text)
    path = tmp_path / "restated.pdf"
    path.write_bytes(english.altered(number, restated))
    ((fault, *_),) = verdicts(browser, verifier, path)
    assert fault == "FAILS: data: its facts are not those of its page"


BROKEN: Mapping[str, Change] = {
    "cut off": lambda pdf: pdf[: len(pdf) // 2],
    "nothing but a head": lambda pdf: pdf[:20],
    "zeros": lambda pdf: pdf[:2000] + b"\0" * 5000 + pdf[7000:],
    "a table that leads elsewhere": lambda pdf: pdf.replace(b"startxref\n1", b"startxref\n2"),
    "an update behind it": lambda pdf: pdf + b"1 0 obj\n<<>>\nendobj\nstartxref\n9\n%%EOF\n",
    "an object twice": lambda pdf: re.sub(
        rb"(\n\d+ 0 obj\n)(.*?endobj)\n\d+ 0 obj\n", rb"\1\2\1", pdf, count=1, flags=re.DOTALL
    ),
    "a length of its own": lambda pdf: re.sub(rb"/Length \d{4}>>", b"/Length 9999>>", pdf, count=1),
    "a comment": lambda pdf: pdf.replace(b"\nendobj\n", b"\nendobj\n% more\n", 1),
}

DAMAGED: Mapping[str, Change] = {
    "tags in themselves": lambda data: re.sub(
        rb"(/S /Document/K \[)\d+( 0 R[^/]*/P )(\d+)", rb"\g<1>\3\2\3", data, count=1
    ),
    "lists without end": lambda data: b"[" * len(data),
    "no objects": lambda data: b" " * len(data),
    "pages of pages": lambda data: data.replace(b"/Type /Page/", b"/Type /Pane/"),
    "fonts that name nothing": lambda data: data.replace(b"/ToUnicode", b"/ToUnocide"),
    "a stream where a number is": lambda data: re.sub(rb"/K \[0\]", b"/K (0)", data),
}


def too_much(data: bytes) -> bytes:
    return data + b" " * (65 * 2**20)


ON_A_PAGE: Mapping[str, Change] = {
    **dict.fromkeys(cases([], "more than it may"), too_much),
    "a word that is none": lambda data: data + b"XX\n",
    "marks without end": lambda data: data + b"/Artifact\nBMC\n" * 3,
    "ends without marks": lambda data: b"EMC\n" + data,
    "brackets": lambda data: data + b"[" * 100_000,
    "a text in no font": lambda data: b"BT\n[<0001>] TJ\nET\n" + data,
    "all of it twice": lambda data: data + data,
}


def test_whatever_is_broken_ends_in_a_line(
    browser: Browser, verifier: Path, english: Paper, tmp_path: Path
) -> None:
    """Files, packed objects and pages that no program of ours writes: each is told to fail."""
    broken = {name: change(english.content) for name, change in BROKEN.items()}
    for number, changes in ((english.pack, DAMAGED), (english.pages[0], ON_A_PAGE)):
        broken |= {
            name: rewritten(english.content, {number: change}) for name, change in changes.items()
        }
    files = []
    for name, content in broken.items():
        assert content != english.content, name
        path = tmp_path / f"{name}.pdf"
        path.write_bytes(content)
        files.append(path)
    for path, lines in zip(files, verdicts(browser, verifier, *files), strict=True):
        assert any(line.startswith("FAILS: ") for line in lines), (path.stem, lines)


def test_words_of_other_templates_are_not_accused(
    browser: Browser, verifier: Path, english: Paper, tmp_path: Path
) -> None:
    """What a desk's own templates say, nobody else can know: it is unchecked, and said to be."""

    def owned(data: bytes) -> bytes:
        content = json.loads(data)
        del content["seal"]
        content["page"]["own_templates"] = True
        return with_checksum(content).encode()

    def reworded(data: bytes) -> bytes:
        return english.rewrite(data, "Background", "Backgruond")

    ((number, data),) = (
        (each, data or b"")
        for each, text, data in objects(english.content)
        if b"/EmbeddedFile" in text
    )
    old, new = (md5(each, usedforsecurity=False).hexdigest() for each in (data, owned(data)))
    content = exchanged(english.content, old.encode(), new.encode())
    path = tmp_path / "owned.pdf"
    path.write_bytes(
        rewritten(content, {number: owned, english.page_showing("Background"): reworded})
    )
    ((_, *lines),) = verdicts(browser, verifier, path)
    assert not [line for line in lines if line.startswith("FAILS")]
    assert lines[0].startswith("UNCHECKED: words: not compared: it was made with templates")


def test_what_is_too_long_for_a_margin(
    browser: Browser, verifier: Path, tmp_path: Path, desk: Path
) -> None:
    """A name of a desk goes on in a second line; longer ones and titles are cut."""
    base = desk / "facts.yaml"
    text = base.read_text(encoding="utf-8").replace("languages: [en]", "languages: [en, fa]")
    title = "The closure of the inner basin"
    for old, en, fa in (
        (
            "The harbour of Merrow",
            f"The harbour of Merrow, its quays, {'its gulls, ' * 9}to the islands",
            f"بندر مرو، اسکله‌ها، {'مرغان دریایی، ' * 20}تا جزیره‌ها",
        ),
        (
            title,
            f"{title} and of the outer one, {'of its gates, ' * 9}",
            f"بسته شدن حوضچهٔ درونی، {'دروازه‌های آن، ' * 9}",
        ),
    ):
        named = f"title: {{en: {json.dumps(en)}, fa: {json.dumps(fa, ensure_ascii=False)}}}\n"
        assert f"title: {old}\n" in text
        text = text.replace(f"title: {old}\n", named)
    base.write_text(text, encoding="utf-8")
    files = []
    about = ("build", "--format", "pdf", "--topic", "basin-closure", "--topic", "tarn-cannery")
    shown = ("--lang", "en", "--lang", "fa")
    ways = cases([("--annex",)], ("--no-annex",), ("--merge",), ("--merge", "--paper", "letter"))
    for flags in ways:
        out = tmp_path / "".join(flags)
        done = run(*about, *shown, *flags, "--out", str(out))
        assert done.exit_code == 0, done.stderr
        files += sorted(out.glob("*.pdf"))
    assert len(files) == sum(2 if "--merge" in flags else 4 for flags in ways)
    for file, lines in zip(files, verdicts(browser, verifier, *files), strict=True):
        assert not [line for line in lines if line.startswith("FAILS")], "\n".join(
            (*lines, file.name)
        )
    true = opened(files[0])
    altered = {
        "basin and of the route one": ("outer", "route"),
        "its gulls, to the slandis": ("islands", "slandis"),
        f"page 1 of {len(true.pages)}": ("2", "1"),
    }
    files = []
    for number, (old, new) in enumerate(altered.values()):

        def change(data: bytes, old: str = old, new: str = new) -> bytes:
            return true.rewrite_margin(data, old, new)

        files.append(tmp_path / f"{number}.pdf")
        files[-1].write_bytes(true.altered(true.pages[1], change))
    for expected, lines in zip(altered, verdicts(browser, verifier, *files), strict=True):
        faults = [line for line in lines if line.startswith("FAILS: words: page 2: its words ")]
        assert any(expected in line for line in faults), (expected, lines)
