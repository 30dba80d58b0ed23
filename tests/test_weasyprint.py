"""What we rely on in WeasyPrint and pydyf that is not theirs to keep: what to look at if it moves.

Both have an upper bound in pyproject.toml. Whoever raises it runs this: each failure says what of
ours stands on the part that has changed. When that still holds, its new digest goes into the table.
"""

from __future__ import annotations

import ast
import hashlib
import inspect
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

import pytest

import briefings


@dataclass(frozen=True, slots=True)
class Part:
    """A part by its module and name, the digest of its source, and what to look at."""

    module: str
    name: str
    digest: str
    look_at: str

    @property
    def value(self) -> object:
        """The part itself; a failure where it is gone."""
        value: object = import_module(self.module)
        for step in self.name.split("."):
            value = getattr(value, step)
        return value


PARTS = (
    Part(
        "weasyprint.pdf.tags",
        "_build_box_tree",
        "f716251a83e7096e",
        "render/pdf/tagged.py wraps it: that it is called for each box with (box, parent, pdf, page"
        " number, nums, ...) and annotations first of the rest, calls itself by its name in the"
        " module, yields elements that are in `pdf.objects`, and what tags it gives to lists,"
        " links, cells and figures",
    ),
    Part(
        "weasyprint.pdf.tags",
        "add_tags",
        "f0e74575b0bafaf3",
        "render/pdf/tagged.py takes an entry of `nums` that is `null` for marked content without an"
        " element, and gives `annotations` pairs of a reference and an annotation",
    ),
    Part(
        "weasyprint.pdf.metadata",
        "DocumentMetadata",
        "caea48480357554f",
        "render/pdf/finish.py: the metadata are one packet with one `</rdf:RDF>`; PDF/UA-1 may"
        " have become possible together with PDF/A-3a",
    ),
    Part(
        "weasyprint.pdf.pdfa",
        "pdfa",
        "ea4cd3554d52a964",
        "render/pdf/finish.py drops the second mention of an attachment in `AF`: it may be gone",
    ),
    Part(
        "weasyprint.pdf",
        "generate_pdf",
        "626343ef25c396e8",
        "the order of objects, and when the finisher is called: after the tags, before the writing",
    ),
    Part(
        "weasyprint.document",
        "Page.__init__",
        "56afceec729bf2c1",
        "render/pdf/finish.py reads the direction of the text from `_page_box.style`",
    ),
    Part(
        "weasyprint.pdf.stream",
        "Stream.marked",
        "3fa3acacbbf66422",
        "render/pdf/finish.py expects, in a page's stream, a tag and behind it its properties with"
        " the `MCID`",
    ),
    Part(
        "weasyprint.text.line_break",
        "split_first_line",
        "39ad1016863ca34d",
        "render/pdf/write.py sets spaces apart, since a line could break after its first word"
        " (tests/test_pdf.py shows it): that may have been mended",
    ),
    Part(
        "weasyprint.urls",
        "URLFetcher",
        "2bd2febdc13553b7",
        "render/pdf/fetcher.py: all that is loaded goes through `fetch`, also when it is called"
        " with `open`",
    ),
    Part(
        "pydyf",
        "PDF",
        "430a7b480a612b67",
        "render/pdf/reader.py reads the form that `write` gives a file: header, objects one behind"
        " the other, one pack, one table with `Index [0 n]` and `W [1 n n]`; render/pdf/finish.py"
        " takes each third entry of the `Kids` of `pages` for a page",
    ),
    Part(
        "pydyf",
        "Stream",
        "f17b6bdcfedf2f50",
        "scan/pdfcontent.py reads the instructions that it writes, one in a line",
    ),
    Part(
        "pydyf",
        "String",
        "e479710d4177f8f9",
        "scan/pdftext.py reads texts in both forms; brackets in a text are escaped",
    ),
)


@pytest.mark.parametrize("part", PARTS, ids=lambda part: f"{part.module}.{part.name}")
def test_what_we_rely_on_is_as_it_was(part: Part) -> None:
    """It is there, and its source is the one that was read."""
    source = inspect.getsource(part.value)  # type: ignore[arg-type] # a class or a function
    digest = hashlib.sha256(source.encode()).hexdigest()[:16]
    assert digest == part.digest, f"{part.module}.{part.name} has changed: look at {part.look_at}"


def test_no_other_private_part_is_used() -> None:
    """What begins with an underscore and is not our own is in the table."""
    folder = Path(briefings.__file__).parent / "render" / "pdf"
    used = {
        node.attr
        for path in folder.glob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute)
        and node.attr.startswith("_")
        and not node.attr.startswith("__")
    }
    assert used == {"_build_box_tree", "_page_box"}
