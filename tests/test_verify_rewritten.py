"""PDFs of ours that another program has written anew: what is another in them is told."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from command import run
from pikepdf import Array, Dictionary, Name, String

from briefings.core.digest_names import IN_PDF, UNNAMED, named
from briefings.render.html.environment import shipped
from briefings.render.pdf.write import pdf as set_pdf
from briefings.verify.pdf_objects import compare_set
from briefings.verify.verdict import State

PAGE = """<!DOCTYPE html><html lang="en"><title>Sheet</title>
<h1 id="a">First</h1><p>The ship left. <a href="#b">On</a>
<h1 id="b" style="break-before: page">Second</h1><p>It came back. <a href="#a">Back</a>"""


@pytest.fixture(scope="module")
def sheets() -> bytes:
    """Two pages with links and bookmarks."""
    return set_pdf(PAGE, shipped() / "fonts")


def anew(content: bytes, change: Callable[[pikepdf.Pdf], object], **how: object) -> bytes:
    """As another program writes it, with a change."""
    written = BytesIO()
    with pikepdf.open(BytesIO(content)) as document:
        change(document)
        document.save(written, fix_metadata_version=False, **how)  # type: ignore[arg-type]
    return written.getvalue()


def _turned(document: pikepdf.Pdf) -> None:
    document.pages[1].obj.Rotate = 180


def _turned_by_its_group(document: pikepdf.Pdf) -> None:
    document.Root.Pages.Rotate = 90


def _cut(document: pikepdf.Pdf) -> None:
    document.pages[1].obj.CropBox = Array([0, 400, 595, 842])


def _covered(document: pikepdf.Pdf) -> None:
    page = document.pages[1].obj
    page.Contents = document.make_stream(page.Contents.read_bytes() + b"1 g\n0 0 999 999 re\nf\n")


def _noted(document: pikepdf.Pdf) -> None:
    note = Dictionary(
        Type=Name.Annot, Subtype=Name.FreeText, Rect=[0, 0, 99, 99], Contents="Not so"
    )
    document.pages[1].obj.Annots.append(document.make_indirect(note))


def _led_elsewhere(document: pikepdf.Pdf) -> None:
    action = Dictionary(S=Name.URI, URI=String("https://example.org/"))
    document.pages[1].obj.Annots[0].A = action


def _kept_elsewhere(document: pikepdf.Pdf) -> None:
    document.pages[1].obj.PieceInfo = Dictionary(Other=Dictionary(Private="Not so"))


def _opens(document: pikepdf.Pdf) -> None:
    document.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))


def _marked_otherwise(document: pikepdf.Pdf) -> None:
    document.Root.Outlines.First.Title = String("Not so")


def _attached(document: pikepdf.Pdf) -> None:
    document.attachments["more.txt"] = b"Not so"


def _by_another(document: pikepdf.Pdf) -> None:
    document.docinfo["/Author"] = "Someone else"


def _read_otherwise(document: pikepdf.Pdf) -> None:
    document.Root.Lang = String("fa")


def _heard_otherwise(document: pikepdf.Pdf) -> None:
    document.Root.StructTreeRoot.K[0].Alt = String("Not so")


def _gone(document: pikepdf.Pdf) -> None:
    del document.pages[1]


@pytest.mark.parametrize(
    ("change", "page", "words"),
    [
        (_turned, 2, "it is turned"),
        (_turned_by_its_group, 1, "it is turned"),
        (_cut, 2, "its sheet is cut"),
        (_covered, 2, "it is drawn otherwise"),
        (_noted, 2, "its links or notes"),
        (_led_elsewhere, 2, "its links or notes"),
        (_kept_elsewhere, 2, "it holds what"),
        (_opens, None, "it does something"),
        (_marked_otherwise, None, "its bookmarks"),
        (_attached, None, "what is attached"),
        (_by_another, None, "its metadata"),
        (_read_otherwise, None, "the language"),
        (_heard_otherwise, None, "its tags"),
        (_gone, None, "its pages are others"),
    ],
)
def test_what_another_program_changes_is_told(
    sheets: bytes, change: Callable[[pikepdf.Pdf], object], page: int | None, words: str
) -> None:
    """Each by what it is, and by its page where it is of one."""
    state, faults = compare_set(anew(sheets, change), sheets)
    assert state is State.FAILS
    assert [fault for fault in faults if fault.page == page and fault.message.startswith(words)]


@pytest.mark.parametrize(
    "how",
    [
        {},
        {"linearize": True},
        {"object_stream_mode": pikepdf.ObjectStreamMode.disable},
        {"compress_streams": False, "stream_decode_level": pikepdf.StreamDecodeLevel.generalized},
        {"recompress_flate": True},
    ],
    ids=lambda how: " ".join(map(str, how)) or "plain",
)
def test_what_is_only_written_anew_shows_the_same(sheets: bytes, how: dict[str, object]) -> None:
    """However another program numbers and packs it."""
    written = anew(sheets, lambda _: None, **how)
    assert written != sheets
    assert compare_set(written, sheets) == (State.HOLDS, ())


def test_what_a_stream_says_of_itself_counts(sheets: bytes) -> None:
    """Of a file that is written as ours are, and named anew: another day of what is attached."""
    with_day = set_pdf(PAGE, shipped() / "fonts")
    assert compare_set(with_day, sheets) == (State.HOLDS, ())
    unnamed = re.sub(rb"urn:sha256:[0-9a-f]{64}", UNNAMED.encode(), sheets)
    altered = named(unnamed.replace(b"/N 3", b"/N 4", 1), IN_PDF)
    assert altered != named(unnamed, IN_PDF)
    state, faults = compare_set(altered, sheets)
    assert (state, [fault.message for fault in faults]) == (
        State.FAILS,
        ["beside its pages it holds what its data do not make"],
    )


def test_the_verdict_tells_the_page_that_was_turned(harbour_site: Path, tmp_path: Path) -> None:
    """And no longer that its words hold, which nobody can read so."""
    turned = tmp_path / "turned.pdf"
    turned.write_bytes(anew((harbour_site / "basin-closure.en.pdf").read_bytes(), _turned))
    done = run("verify", str(turned))
    assert done.exit_code == 1
    assert "words: FAILS" in done.stdout
    assert "page 2: it is turned" in done.stdout
