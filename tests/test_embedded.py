"""The data inside a brief: put into page and PDF, read back, refused where they are not ours."""

from __future__ import annotations

import json
import re
from contextlib import suppress
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pdf_pieces import EMBEDDED, file, stream
from playwright.sync_api import Browser

from briefings.compare.sides import edition_in
from briefings.core.carried import Carried, from_json, to_json
from briefings.core.diagnostics import Diagnostic
from briefings.core.edition import Edition
from briefings.core.snapshot import Snapshot
from briefings.render.html.embedded import NAME, NoData, block, from_html
from briefings.render.html.environment import environment
from briefings.render.html.page import BriefPage
from briefings.render.pdf.attached import from_pdf


@pytest.fixture(scope="module")
def carried(strait_week: Edition) -> tuple[Snapshot, str]:
    """An edition and its web page."""
    known = strait_week.snapshot
    page = BriefPage(strait_week, "screen", data=to_json(Carried(known, None)))
    return known, page.text(environment())


def test_a_page_gives_its_edition_back(carried: tuple[Snapshot, str]) -> None:
    """The very snapshot; markup and Persian in it included."""
    assert "<b>more</b>" in to_json(Carried(carried[0], None))
    assert from_json(from_html(carried[1])).snapshot == carried[0]


def test_a_pdf_gives_its_edition_back(carried: tuple[Snapshot, str], strait_pdf: bytes) -> None:
    """Another library finds the same, dated on the edition's day."""
    assert from_json(from_pdf(strait_pdf)).snapshot == carried[0]
    with pikepdf.open(BytesIO(strait_pdf)) as document:
        (name,) = document.attachments
        attached = document.attachments[name].get_file()
        assert name == NAME
        assert (
            attached.read_bytes().decode()
            == from_pdf(strait_pdf)
            == to_json(Carried(carried[0], None))
        )
        assert attached.mime_type == "application/json"
        assert attached.creation_date is not None
        assert attached.creation_date.date() == carried[0].as_of


def test_a_browser_reads_the_data_and_runs_nothing(
    carried: tuple[Snapshot, str], browser: Browser
) -> None:
    """The policy of the page stands, and does not mind a block of data."""
    shown = browser.new_page()
    complaints: list[str] = []
    shown.on("console", lambda message: complaints.append(message.text))
    shown.set_content(carried[1])
    text = shown.evaluate("document.getElementById('edition').textContent")
    assert json.loads(text)["edition"] == carried[0].edition
    assert complaints == []
    shown.close()


@given(st.text())
def test_no_text_gets_out_of_its_block(text: str) -> None:
    """It ends nothing, opens nothing, and reads back."""
    html = f"<html>{block(json.dumps({'x': text}, ensure_ascii=False))}</html>"
    inside = from_html(html)
    assert not re.search(r"[<>&]", inside)
    assert json.loads(inside) == {"x": text}


@pytest.mark.parametrize(
    "hostile",
    [
        "",
        "<html>",
        '<script type="application/json" id="edition">{}',
        '<script type="application/json" id="edition">{<b>}</script>',
        '<script type="application/json" id="edition">{}</script>' * 2,
        '<script id="edition" type="application/json">{}</script>',
    ],
)
def test_a_page_that_is_none_of_ours(hostile: str) -> None:
    """One block, exactly as it is written by us."""
    with pytest.raises(NoData):
        from_html(hostile)


@pytest.mark.parametrize(
    ("hostile", "why"),
    [
        (b"", "no PDF"),
        (b"%PDF-1.7\n", "no PDF"),
        (b"%PDF-1.7\nstartxref\n99999999\n%%EOF\n", "no PDF"),
        (file({}), "no data of a brief"),
        (file({3: stream(EMBEDDED, b"{}"), 4: stream(EMBEDDED, b"{}")}), "2 files are embedded"),
        (file({3: stream(b"/Type /EmbeddedFile/Subtype /text#2fplain", b"{}")}), "no JSON"),
        (file({3: stream(EMBEDDED, b"\xff\xfe")}), "not UTF-8"),
        (file({3: stream(EMBEDDED, bytes(17 * 2**20))}), "larger than 16 MiB"),
        (file({3: stream(b"", b"3 0 obj\n" + stream(EMBEDDED, b"{}"))}), "no data of a brief"),
    ],
    ids=range(9),
)
def test_a_pdf_that_is_none_of_ours(hostile: bytes, why: str, tmp_path: Path) -> None:
    """Broken, crowded, huge when unpacked, or with the data only inside another stream."""
    with pytest.raises(NoData, match=why):
        from_pdf(hostile)
    path = tmp_path / "a.pdf"
    path.write_bytes(hostile)
    assert isinstance(edition_in(path), Diagnostic)


@given(st.data())
def test_a_damaged_pdf_ends_in_a_refusal(data: st.DataObject) -> None:
    """One byte, anywhere."""
    whole = file({3: stream(EMBEDDED, b"{}")})
    at = data.draw(st.integers(0, len(whole) - 1))
    broken = whole[:at] + bytes([data.draw(st.integers(0, 255))]) + whole[at + 1 :]
    with suppress(NoData):
        assert from_pdf(broken) == "{}"


def test_a_file_that_was_changed_is_not_taken(
    carried: tuple[Snapshot, str], tmp_path: Path
) -> None:
    """`edition-unreadable`, with the reason; and nothing but a regular file is opened."""
    brief = tmp_path / "brief.html"
    brief.write_text(carried[1].replace("TLP:GREEN", "TLP:CLEAR"), encoding="utf-8")
    edition = edition_in(brief)
    assert isinstance(edition, Diagnostic)
    assert edition.code == "edition-unreadable"
    assert "its checksum does not fit" in edition.message
    for other in (tmp_path, tmp_path / "none.html"):
        assert isinstance(edition_in(other), Diagnostic)
    brief.write_bytes(b"\xff\xfe\x00")
    assert isinstance(edition_in(brief), Diagnostic)
