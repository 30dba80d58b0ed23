"""The page that verifies in a browser: what a PDF says of itself beside the words of its pages."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from rewritten_pdf import objects, rewritten
from test_verify_page import verdicts, verifier
from test_verify_page_paper import Paper, exchanged, opened, paged

__all__ = ["verifier"]

_OF_ITSELF = "it says of itself what none of ours does: "
_FILE = "its data are not attached to it as we do it"

_AUTHOR = b"""<rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/">\
<dc:creator>A.</dc:creator></rdf:Description>"""

# Packed objects stay where they are: what stands there then is as long.
PACKED: Mapping[str, tuple[bytes, bytes, str]] = {
    "who made it": (b"/Creator (briefings)", b"/Creator (desk-work)", _OF_ITSELF),
    "when it was made": (b"CreationDate (D:20240310)", b"CreationDate (D:20240311)", _OF_ITSELF),
    "when it was changed": (b"/ModDate (D:20240310)", b"/ModDate (D:20250310)", _OF_ITSELF),
    "what set it": (b"/Producer (WeasyPrint 7", b"/Producer (WeasyPrint 8", _OF_ITSELF),
    "a key of its own": (b"/Subject", b"/Subjekt", _OF_ITSELF),
    "whether it has tags": (b"/Marked true", b"/Marked null", "no brief does: MarkInfo"),
    "what a window shows": (
        b"/DisplayDocTitle true",
        b"/DisplayDocTitle null",
        "no brief does: ViewerPreferences",
    ),
    "what the file is called": (b"(edition.json)", b"(another.json)", _FILE),
    "what the file is": (b"as of 2024-03-10)", b"as of 2024-03-09)", _FILE),
    "what the file is to it": (b"/AFRelationship /Source", b"/AFRelationship /Sauces", _FILE),
    "what a style adds": (b"/T (generated)", b"/T (retracted)", "a tag is called “retracted”"),
    "the language of a text": (
        b"/Lang (fr)",
        b"/Lang (he)",
        'its tags say another language: it says "he"',
    ),
    "a picture in words": (
        b"/Alt (Map of",
        b"/Alt (Gap of",
        'pictures are told of otherwise: it says "Gap of',
    ),
    "the name of a place": (b"(trust)", b"(trusd)", 'a place is missing: it should say "trust"'),
    "two places of one name": (b"(trust)", b"(facts)", "two places are called facts"),
    "where a link lies": (b"/Rect [", b"/Rect [9", "a link lies elsewhere than its words"),
    "what a link is called": (b"/Contents (1)/Dest", b"/Contents (2)/Dest", "a link is called “2”"),
    "which tags a page has": (b"/StructParents 1", b"/StructParents 0", "are those of another"),
}
"""What of the objects of a PDF is put otherwise, what stands there then, and what is said."""

METADATA: Mapping[str, tuple[bytes, bytes]] = {
    "a title": (b'"x-default">The', b'"x-default">She'),
    "a day": (b"<xmp:CreateDate>2024-03-10<", b"<xmp:CreateDate>2024-03-09<"),
    "what it conforms to": (b'pdfaid:conformance="A"', b'pdfaid:conformance="B"'),
    "who set it": (b'pdf:Producer="W', b'pdf:Producer="V'),
    "an author": (b"</rdf:RDF>", b"%b</rdf:RDF>" % _AUTHOR),
}


@pytest.fixture(scope="module")
def english(harbour_site: Path) -> Paper:
    return opened(harbour_site / "basin-closure.en.pdf")


def told_of(
    browser: Browser, verifier: Path, folder: Path, files: Mapping[str, tuple[bytes, str]]
) -> None:
    """Each file fails by what is expected of it."""
    paths = [folder / f"{number:02}.pdf" for number in range(len(files))]
    for path, (content, _) in zip(paths, files.values(), strict=True):
        path.write_bytes(content)
    answers = verdicts(browser, verifier, *paths)
    for (name, (_, expected)), lines in zip(files.items(), answers, strict=True):
        faults = [line for line in lines if line.startswith("FAILS: words: ")]
        assert any(expected in line for line in faults), "\n".join((name, *lines))


def test_what_a_pdf_says_of_itself(
    browser: Browser, verifier: Path, english: Paper, tmp_path: Path
) -> None:
    """In its catalog, in what it attaches, in tags and links, by whoever puts its name right."""

    def put(old: bytes, new: bytes) -> bytes:
        return english.altered(english.pack, lambda data: changed(data, old, new))

    files = {name: (put(old, new), said) for name, (old, new, said) in PACKED.items()}
    told_of(browser, verifier, tmp_path, files)


def changed(data: bytes, old: bytes, new: bytes) -> bytes:
    """Packed objects with something else in place of what stands there; a link moved."""
    if len(old) == len(new):
        return exchanged(data, old, new)
    return re.sub(rb"/Rect \[\d", lambda found: found[0][:-1] + b"9", data, count=1)


def test_what_its_metadata_say_once_more(
    browser: Browser, verifier: Path, english: Paper, tmp_path: Path
) -> None:
    """As XML, which the programs of libraries and archives read."""
    number = next(
        each for each, _, data in objects(english.content) if data and b"<x:xmpmeta" in data
    )
    files = {}
    for name, each in METADATA.items():

        def put(data: bytes, each: tuple[bytes, bytes] = each) -> bytes:
            return exchanged(data, *each)

        files[name] = (rewritten(english.content, {number: put}), _OF_ITSELF)
    told_of(browser, verifier, tmp_path, files)


def test_the_same_in_other_signs(
    browser: Browser, verifier: Path, english: Paper, tmp_path: Path
) -> None:
    """Objects and pages are written in one way, and what lies in the pack follows in one."""
    alone = {
        "a space": (b"<</N 3/", b"<</N  3/"),
        "a line": (b"<</N 3/", b"<</N 3\n/"),
        "a plus": (b"<</N 3/", b"<</N +3/"),
        "a zero before": (b"<</N 3/", b"<</N 03/"),
        "a zero behind": (b"<</N 3/", b"<</N 3.0/"),
        "a name by its codes": (b"/Subtype /XML", b"/Subtype /X#4dL"),
    }
    in_pack = {
        "a text by its codes": (b"/Creator (b", b"/Creator (\\142"),
        "a text in digits": (b"(briefings)", b"<%b>" % b"briefings".hex().encode()),
        "a text in units": (
            b"(briefings)",
            b"<feff%b>" % "briefings".encode("utf-16-be").hex().encode(),
        ),
        "a key by its codes": (b"/Creator (", b"/Creato#72 ("),
        "a space between objects": (b"\n<</Producer", b" <</Producer"),
        "a space at the end": (b"/Creator (", b"/Creator  ("),
    }
    on_page = {
        "a space on a page": b"BT\n1  0 ",
        "a line on a page": b"BT\n\n1 0 ",
        "a comment on a page": b"BT\n%hidden\n1 0 ",
        "a plus on a page": b"BT\n+1 0 ",
        "a zero on a page": b"BT\n01 0 ",
    }
    paths = [tmp_path / "none.pdf"]
    paths[0].write_bytes(rewritten(english.content, {}))
    for name, (old, new) in alone.items():
        paths.append(tmp_path / f"{name}.pdf")
        paths[-1].write_bytes(rewritten(exchanged(english.content, old, new), {}))
    for name, (old, new) in in_pack.items():
        paths.append(tmp_path / f"{name}.pdf")
        paths[-1].write_bytes(english.altered(english.pack, partial(exchanged, old=old, new=new)))
    for name, new in on_page.items():
        paths.append(tmp_path / f"{name}.pdf")
        put = partial(exchanged, old=b"BT\n1 0 ", new=new)
        paths[-1].write_bytes(english.altered(english.pages[1], put))
    whole, *answers = verdicts(browser, verifier, *paths)
    assert not any(line.startswith("FAILS") for line in whole)
    for path, lines in zip(paths[1:], answers, strict=True):
        assert any(
            line.startswith("FAILS: ")
            and ("none of our ways to write" in line or "not those of its table" in line)
            for line in lines
        ), (path.stem, lines)


def test_what_a_pdf_says_beside_its_words(
    browser: Browser, verifier: Path, english: Paper, tmp_path: Path
) -> None:
    """Keys that change what readers make of it, and ways of writing that another program reads."""

    def packed(old: bytes, new: bytes) -> bytes:
        return english.altered(english.pack, lambda data: re.sub(old, new, data))

    def stream(part: bytes, old: bytes, new: bytes) -> bytes:
        number = next(each for each, _, data in objects(english.content) if data and part in data)
        return english.altered(number, lambda data: data.replace(old, new, 1))

    says = "says what none of ours does: "
    no_place = "a place is not told of as we do it: trust"
    letters = "a font names its letters in a way that we do not use"
    files = {
        "tags of other kinds": (packed(rb"/Type( /StructTreeRoot)", rb"/Role\1"), f"a tag {says}"),
        "a cell as wide as two": (
            packed(rb"/Placement( /Block)", rb"/ColSpanss\1"),
            f"a tag {says}",
        ),
        "a bookmark that does more": (packed(rb"/Count 0", b"/Color 0"), f"a bookmark {says}Color"),
        "a place that fills a window": (
            packed(rb"(\(trust\) \[\d+ 0 R) /XYZ", rb"\1 /Fit"),
            no_place,
        ),
        "a link that is hidden": (packed(rb"/F 4>>", b"/F 2>>"), "something lies on the page that"),
        "a file of two contents": (packed(rb"/EF <</F ", b"/EF <</G "), f"its data {says}G"),
        "a font of two files": (packed(rb"/StemV", b"/Stemm"), f"a font {says}Stemm"),
        "texts listed under other tags": (
            packed(rb"(/Nums \[0 \[)(\d+ 0 R) (\d+ 0 R)", rb"\1\3 \2"),
            "a text is listed under another tag than its own",
        ),
        "a text as a label": (
            packed(rb"/S /LBody", b"/S /Aside"),
            "” is told of by other tags: it says ",
        ),
        "letters named on one line": (
            stream(b"begincmap", b"endcmap", b"1 beginbfchar <0001> <0058> endbfchar\nendcmap"),
            letters,
        ),
        "data in other words": (
            stream(b'"seal"', b'"edition": "', b'"edition" :"'),
            "its data are written otherwise than we write them",
        ),
        "a word beside the metadata": (
            stream(b"<x:xmpmeta", b"<dc:title>", b"No.<dc:title>"),
            _OF_ITSELF,
        ),
    }
    told_of(browser, verifier, tmp_path, files)


def test_how_its_parts_belong_together(
    browser: Browser, verifier: Path, english: Paper, tmp_path: Path
) -> None:
    """Lists, tables, bookmarks and margins, by one who leaves each word where it is."""

    def packed(old: bytes, new: bytes) -> bytes:
        return english.altered(english.pack, lambda data: re.sub(old, new, data, count=1))

    def margin(down: float) -> bytes:
        def moved(data: bytes) -> bytes:
            (*_, last) = re.finditer(rb"/Pagination/Subtype /Footer.*?EMC\n", data, re.DOTALL)
            at = re.compile(rb"([\d.]+) Tm\n")
            put = at.sub(lambda found: b"%.3f Tm\n" % (float(found[1]) + down), last[0])
            return data[: last.start()] + put + data[last.end() :]

        return english.altered(english.pages[1], moved)

    def counted(data: bytes) -> bytes:
        (old, first), (_, second) = (paged(english, data, *each) for each in ("24", "42"))
        both = zip(old, first, second, strict=True)
        turned = bytes(one if one != was else other for was, one, other in both)
        return data.replace(old, turned, 1)

    sums = re.search(rb"/CheckSum <.", english.content)
    assert sums is not None
    other = sums[0][:-1] + (b"0" if sums[0][-1:] != b"0" else b"1")
    heads = "a cell of a table is told to belong to other heads than its own"
    files = {
        "an item that is none": (packed(rb"/S /LI/", b"/S /H5/"), "is told of by other tags: "),
        "a head of a table that is none": (
            packed(rb"/S /THead", b"/S /TBody"),
            "is told of by other tags: ",
        ),
        "which heads a cell has": (packed(rb"/ID \((\d+)-0-1\)", rb"/ID (\1-0-0)"), heads),
        "how many bookmarks there are": (
            packed(rb"/Count 0/", b"/Count 1/"),
            "its bookmarks follow each other in more than one way",
        ),
        "a checksum": (
            rewritten(english.content.replace(sums[0], other, 1), {}),
            "the checksum of its data is not theirs",
        ),
        "a margin that stands above": (
            margin(-700),
            "it stands in the margin, or the margin on the page: “",
        ),
        "a margin that stands lower": (
            margin(3),
            "a margin stands elsewhere than on another page: “",
        ),
        "page 4 of 2": (
            english.altered(english.pages[1], counted),
            "page 2: it does not say which of its pages it is",
        ),
        "a part of no tag": (
            english.altered(
                english.pages[1], lambda data: data + b"/Span\n<</MCID 9999>>\nBDC\nEMC\n"
            ),
            "a part of it is in no tag",
        ),
    }
    told_of(browser, verifier, tmp_path, files)


def test_a_cell_stands_in_its_column(
    browser: Browser, verifier: Path, english: Paper, tmp_path: Path
) -> None:
    """Though it is read in its place, and all of it stands out."""
    heads = ("Language", "Origin")

    def exchange(data: bytes) -> bytes:
        at = re.compile(rb"[\d.]+ [\d.]+ Tm")
        one, other = (
            next(match for match, text in english.pieces(data) if text.strip() == head)
            for head in heads
        )
        places = [at.search(each[0]) for each in (one, other)]
        (first, second) = (place[0] for place in places if place is not None)
        moved = (at.sub(second, one[0], count=1), at.sub(first, other[0], count=1))
        between = data[one.end() : other.start()]
        return data[: one.start()] + moved[0] + between + moved[1] + data[other.end() :]

    page = english.page_showing(heads[0])
    files = {"heads": (english.altered(page, exchange), "a cell stands in the column of another")}
    told_of(browser, verifier, tmp_path, files)
