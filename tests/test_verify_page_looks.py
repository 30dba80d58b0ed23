"""The page that verifies in a browser sees how a PDF looks: what covers, moves or colours it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from functools import partial
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from struct import pack, unpack_from

import pytest
from fontTools.ttLib import TTFont, newTable
from fontTools.ttLib.tables.ttProgram import Program
from playwright.sync_api import Browser
from rewritten_pdf import Change, contents, rewritten
from test_verify_anew import LOOKS, in_head, number
from test_verify_page import verdicts, verifier

from briefings.verify.outlines import DamagedFont, TrueType

__all__ = ["verifier"]

NOT_SEEN: Mapping[str, str] = {
    "a white box over it": "something lies on a text: “",
    "a black one under it": "a text does not stand out from what is under it: “",
    "white on white": "a text does not stand out from what is under it: “",
    "beside the sheet": "it shows a text beside the sheet: “",
    "in each other's place": "it stands elsewhere than it is read, behind “",
    "too small to read": "it shows a text too small to read: “What changed since 3 March 2024”",
    "raised": "its letters do not stand side by side",
    "cut off by a frame": "it cuts a text off: “",
    "struck out": "a line is drawn through a text, or close to it: “",
    "turned round": "it turns a text round: “",
    "transparent": "it can’t be told how the page looks: it is not drawn as we do it",
}


def beside_first(page: bytes, drawn: bytes, right: float, down: float) -> bytes:
    """A page on which something is drawn before its first heading, at a place by that one's."""

    def put(match: re.Match[bytes]) -> bytes:
        return drawn % (float(match[1]) + right, float(match[2]) + down) + match[0]

    return re.sub(rb"BT\n1 0 0 -1 ([\d.]+) ([\d.]+) Tm\n", put, page, count=1)


GROUND = b"/Artifact\nBMC\nq\n%b rg\n%b re\nW\nn\n%b re\nf\nQ\nEMC\n"
BORDER = re.compile(rb"/Artifact\nBMC\nq\n(?:[\d. ]+ [ml]\n){4}W\*\n.*?EMC\n", re.DOTALL)
OTHER_PAINT = "something else is painted on it than its page has"


def shifted_border(page: bytes) -> bytes:
    """The first border of a page lower by more than a line, with all that says where it is."""

    def lower(match: re.Match[bytes]) -> bytes:
        return re.sub(
            rb"(?m)^([\d.]+) ([\d.]+)(?= (?:[ml]$|[\d.]+ [\d.]+ re$))",
            lambda place: b"%b %.6f" % (place[1], float(place[2]) + 24),
            match[0],
        )

    return BORDER.sub(lower, page, count=1)


MORE: Mapping[str, tuple[Change, str]] = {
    "a line between paragraphs in a colour of ours": (
        lambda page: page.replace(
            b"EMC\n", b"EMC\n" + GROUND % (b"0.05098 0.309804 0.439216", *[b"80 300 90 0.6"] * 2), 1
        ),
        OTHER_PAINT,
    ),
    "something painted as we paint nothing": (
        lambda page: page.replace(b"EMC\n", b"EMC\nq\n1 1 1 rg\n80 300 90 9 re\nf\nQ\n", 1),
        "something is painted on it as nothing of ours is",
    ),
    "a state of drawing that is not set": (
        lambda page: page.replace(b"/a1.0 gs\n", b"", 1),
        "its drawing is not set as we do it",
    ),
    "a state of drawing that nothing uses": (
        lambda page: page.replace(b"BT\n", b"BT\nET\nBT\n", 1),
        "its drawing is not set as we do it",
    ),
    "a border gone": (lambda page: BORDER.sub(b"", page, count=1), OTHER_PAINT),
    "borders painted in another order": (
        lambda page: re.sub(
            rb"(%b)(%b)" % (BORDER.pattern, BORDER.pattern),
            rb"\2\1",
            page,
            count=1,
            flags=re.DOTALL,
        ),
        OTHER_PAINT,
    ),
    "a border elsewhere": (shifted_border, "something is painted elsewhere on it than its page"),
    "a gap as wide as half a space": (
        lambda page: re.sub(rb"(\[<[0-9a-f]{4}>[\d.-]*<[0-9a-f]{4}>)", rb"\1-140", page, count=1),
        "its letters do not stand side by side",
    ),
    "a grey that is all but white": (
        lambda page: re.sub(rb"(?m)^[\d. ]+ rg\nBT", b"0.8 0.8 0.8 rg\nBT", page, count=1),
        "a text does not stand out",
    ),
    "lines that are too wide": (
        lambda page: page + b"/Artifact\nBMC\nq\n0 0 0 RG\n300 w\n60 500 m\n700 500 l\nS\nQ\nEMC\n",
        "something lies on a text",
    ),
    "a box whose corners are far away": (
        lambda page: (
            page + b"/Artifact\nBMC\nq\n1 1 1 rg\n-9 -9 m\n9 9999 l\n9999 9 l\nf\nQ\nEMC\n"
        ),
        "something lies on a text",
    ),
    "a letter that is drawn on another": (
        lambda page: re.sub(rb"(\[<[0-9a-f]{4}>)[\d.-]*", rb"\1 700 ", page, count=1),
        "its letters do not stand side by side",
    ),
    "a word on a word": (
        lambda page: re.sub(
            rb"(BT\n1 0 0 -1 [\d.]+ [\d.]+ Tm\n)(.*?BT\n)1 0 0 -1 [\d.]+ [\d.]+ Tm\n",
            lambda match: match[1] + match[2] + match[1][3:],
            page,
            count=1,
            flags=re.DOTALL,
        ),
        "two texts lie on each other",
    ),
    "struck out by a line under its letters": (
        lambda page: beside_first(page, b"%.1f %.1f 90 0.6 re\nf\n", 0, -3),
        "a line is drawn through a text, or close to it: “What changed since 3 March 2024”",
    ),
    "a hole in what frames it": (
        lambda page: b"0 0 2000 2000 re\n100 0 9 2000 re\nW*\nn\n" + page,
        "it cuts a text off: “",
    ),
    "underlined": (
        lambda page: beside_first(page, b"%.1f %.1f 30 0.6 re\nf\n", 0, 1),
        "a line is drawn through a text, or close to it: “What changed since 3 March 2024”",
    ),
    "red": (
        lambda page: re.sub(rb"(?m)^[\d. ]+ rg\nBT", b"0.9 0 0 rg\nBT", page, count=1),
        "a text has a colour that none of ours has: “",
    ),
    "a red line between paragraphs": (
        lambda page: page + b"/Artifact\nBMC\nq\n0.9 0 0 rg\n60 500 90 0.6 re\nf\nQ\nEMC\n",
        "something on it is painted in a colour that none of ours is",
    ),
    "framed": (
        lambda page: beside_first(page, b"%.1f %.1f 90 10.6 re\nS\n", -1, -8.5),
        "a line is drawn through a text, or close to it: “What changed since 3 March 2024”",
    ),
    "a picture": (
        lambda page: page + b"\nq\n/x0 Do\nQ\n",
        "it can’t be told how the page looks: “Do” it is not drawn as we do it",
    ),
    "a shade": (lambda page: page + b"\nq\n/s0 sh\nQ\n", "it can’t be told how the page looks"),
    "more letters to an inch": (
        lambda page: b"0.5 0 0 0.5 0 0 cm\n" + page,
        "it shows a text too small to read",
    ),
}

IN_PACK: Mapping[str, tuple[bytes, bytes, str]] = {
    "a frame of a link": (
        b"/BS <</W 0>>",
        b"/BS <</W 9>>",
        "something lies on the page that is no",
    ),
    "the page cut": (b"/TrimBox [0 0", b"/TrimBox [9 9", "the page is cut otherwise than a sheet"),
    "pages turned": (b"/Type /Pages", b"/Rotate 1170", "asks of all pages what no brief does"),
    "a font of another name": (
        b"/FontFamily (Source Sans 3)",
        b"/FontFamily (Source Sand 3)",
        "not looked at: how its letters are drawn, in a font that is none of ours: Source",
    ),
    "letters elsewhere in their font": (
        b"/CIDToGIDMap /Identity",
        b"/CIDToGIDMap /Identito",
        "a font in it is none that shows letters as we write them",
    ),
    "links one behind the other": (
        b"/Tabs /S",
        b"/Tabs /R",
        "it leads from link to link otherwise than its tags do",
    ),
    "a font that says it reaches further": (
        b"/Ascent 1024",
        b"/Ascent 9999",
        "Source Sans 3 is told of otherwise than it is",
    ),
    "letters closer than they are drawn": (b"/W [1 [", b"/W [2 [", "has another width for “"),
}

_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_SIZE = re.compile(r"\bfont(?:-size)?:[^;]*?\b([\d.]+)(pt|em)\b")
_RAISED = ".mark"


@pytest.fixture(scope="module")
def paper(harbour_site: Path) -> bytes:
    """A PDF as it was built."""
    return (harbour_site / "basin-closure.en.pdf").read_bytes()


def test_no_text_of_ours_is_too_small(checkout: Path) -> None:
    """What the style of paper asks for, and the least of it within the least of it."""
    looks = (checkout / "briefings" / "verify" / "page" / "looks.js").read_text(encoding="utf-8")
    least = re.search(r"const LEAST_SIZE = ([\d.]+);", looks)
    assert least is not None
    points: list[float] = []
    ems: list[float] = []
    for name in ("brief", "pictures", "print", "pictures-print"):
        style = (checkout / "templates" / f"{name}.css").read_text(encoding="utf-8")
        for selector, rule in _RULE.findall(style):
            for size, unit in _SIZE.findall(rule):
                # Raised numbers hold nothing that is smaller still.
                text = points if unit == "pt" and selector.strip() != _RAISED else []
                (ems if unit == "em" else text).append(float(size))
                assert unit == "em" or float(size) >= float(least[1]), selector
    assert min(points) * min(ems) >= float(least[1])


def other_outline(font: bytes) -> bytes:
    """A font with a point of a glyph elsewhere."""
    before = TrueType.read(font)
    start = font.index(before.tables[b"glyf"])
    glyph = next(at for at, (a, b) in enumerate(pairwise(before.places)) if a < b)
    for place in range(start + before.places[glyph] + 10, start + before.places[glyph + 1]):
        changed = font[:place] + bytes([font[place] ^ 1]) + font[place + 1 :]
        with suppress(DamagedFont):
            if TrueType.read(changed).outline(glyph) != before.outline(glyph):
                return changed
    raise AssertionError("no point of it can be moved")


def other_frame(font: bytes) -> bytes:
    """A font that says of a glyph that it takes no room."""
    before = TrueType.read(font)
    start = font.index(before.tables[b"glyf"])
    glyph = next(at for at, (a, b) in enumerate(pairwise(before.places)) if a < b)
    place = start + before.places[glyph] + 2
    return font[:place] + bytes(8) + font[place + 8 :]


def shifted(font: bytes) -> bytes:
    """A font whose first glyph begins elsewhere than it says, and is as wide as before."""
    before = TrueType.read(font)
    glyph = next(at for at, (a, b) in enumerate(pairwise(before.places)) if a < b)
    (widths,) = unpack_from(">H", before.tables[b"hhea"], 34)
    place = 4 * glyph + 2 if glyph < widths else 4 * widths + 2 * (glyph - widths)
    start = font.index(before.tables[b"hmtx"]) + place
    return font[:start] + pack(">h", 500) + font[start + 2 :]


def hinted(font: bytes) -> bytes:
    """A font with a program that is run before its letters are drawn."""
    with TTFont(BytesIO(font)) as whole:
        program = Program()
        program.fromBytecode([0xB0, 0x00, 0x21])
        whole["prep"] = newTable("prep")
        whole["prep"].program = program
        out = BytesIO()
        whole.save(out, reorderTables=False)
    return out.getvalue()


def other_names(table: bytes) -> bytes:
    """Two glyphs named as each other's letters."""
    found = list(re.finditer(rb"(?<=> )<[0-9a-f]{4}>", table))
    one, other = found[3], found[9]
    between = table[one.end() : other.start()]
    return table[: one.start()] + other[0] + between + one[0] + table[other.end() :]


def put(old: bytes, new: bytes, data: bytes) -> bytes:
    """The packed objects with a part of each put otherwise."""
    return data.replace(old, new)


def test_how_a_page_looks(browser: Browser, verifier: Path, paper: bytes, tmp_path: Path) -> None:
    """Its words are the same, in the same order, and its name is that of its bytes."""
    page, pack_ = contents(paper)[1], number(paper, b"/FontFamily")
    font, names = number(paper, b"gasp"), number(paper, b"beginbfchar")
    kinds: dict[str, tuple[dict[int, Change], str]] = {
        kind: ({page: LOOKS[kind]}, expected) for kind, expected in NOT_SEEN.items()
    }
    kinds |= {kind: ({page: change}, expected) for kind, (change, expected) in MORE.items()}
    for kind, (old, new, expected) in IN_PACK.items():
        assert len(old) == len(new), kind
        kinds[kind] = ({pack_: partial(put, old, new)}, expected)
    kinds["a letter drawn otherwise"] = ({font: other_outline}, "otherwise than it is drawn")
    kinds["a letter that says it is small"] = ({font: other_frame}, "otherwise than it is drawn")
    kinds["a letter that is shifted"] = ({font: shifted}, "says more of its letters than how")
    kinds["letters with a program"] = ({font: hinted}, "says more of its letters than how")
    kinds["letters named otherwise"] = ({names: other_names}, "Source Sans 3 draws “")
    kinds["letters read backwards"] = (
        {names: lambda table: re.sub(rb"> <0065>", b"> <202e0065>", table, count=1)},
        "it says a letter that its page does not have",
    )
    kinds["a link of another tag"] = (
        {pack_: lambda data: re.sub(rb"(/StructParent \d)[2-9](?=\D)", rb"\g<1>1", data, count=1)},
        "a link is listed under another tag than its own",
    )
    kinds["a profile of other colours"] = (
        {number(paper, b"acsp"): lambda profile: profile[:-8] + bytes(8)},
        "its colours are those of another profile",
    )
    kinds["letters smaller"] = (
        {font: lambda data: in_head(data, 18, pack(">H", 9000))},
        "something is painted elsewhere on it than its page has it",
    )
    assert LOOKS.keys() <= kinds.keys()
    files = []
    for turn, (kind, (changes, _)) in enumerate(kinds.items()):
        altered = rewritten(paper, changes)
        assert altered != rewritten(paper, {}), kind
        files.append(tmp_path / f"{turn:02}.pdf")
        files[-1].write_bytes(altered)
    answers = verdicts(browser, verifier, *files)
    for (kind, (_, expected)), lines in zip(kinds.items(), answers, strict=True):
        state = "UNCHECKED" if expected.startswith("not looked at") else "FAILS: words: "
        told = [line for line in lines if line.startswith(state) and expected in line]
        assert told, "\n".join((kind, *lines))
        assert not any(line.startswith("words: ") for line in lines), kind
