"""The faces that web pages carry: what is in them, and that nothing else is seen."""

from __future__ import annotations

import base64
import io
import re
import unicodedata
from datetime import date
from html import unescape
from pathlib import Path

import pytest
from breadth import cases
from browsers import Tab
from fontTools.ttLib import TTFont, woff2
from web_fonts import SHEETS, characters, cut

from briefings.plan.request import Request
from briefings.run.build import build

LARGEST = 256_000
"""So many bytes, of style and script, may a page weigh beside its words."""

_FACE = re.compile(
    r'font-family: "([^"]+)"; font-style: (\w+); font-weight: (\d+);[^}]*base64,([^"]+)"'
)


def faces(sheet: str) -> dict[tuple[str, str, str], TTFont]:
    return {
        (family, style, weight): TTFont(io.BytesIO(base64.b64decode(data)))
        for family, style, weight, data in _FACE.findall(sheet)
    }


@pytest.fixture(scope="module")
def sheets(checkout: Path) -> dict[str, str]:
    folder = checkout / "templates" / "fonts"
    return {name: (folder / name).read_text(encoding="utf-8") for name in SHEETS}


def test_each_face_is_what_the_tool_makes(
    sheets: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same letters with the same outlines, packed with less pains, which costs a tenth."""
    pack = woff2.brotli.compress
    monkeypatch.setattr(woff2.brotli, "compress", lambda data, **_: pack(data, quality=1))
    for name, (ranges, listed) in SHEETS.items():
        built = faces(sheets[name])
        assert len(built) == len(listed)
        for face in cases(listed[:1], *listed[1:]):
            font = built[face.family, face.style, str(face.weight)]
            again = TTFont(io.BytesIO(cut(face, characters(ranges))))
            assert font.getBestCmap() == again.getBestCmap()
            assert font["glyf"] == again["glyf"]


def test_a_cut_face_bears_no_reserved_name(sheets: dict[str, str]) -> None:
    """Its owner has reserved `Source`; copyright and licence are still in it."""
    for sheet in sheets.values():
        for font in faces(sheet).values():
            names = font["name"]
            for number in (1, 4, 6):
                assert "Source" not in names.getDebugName(number)
            assert names.getDebugName(0)
            assert "OFL" in names.getDebugName(14)


def _text(html: str) -> str:
    body = re.sub(r"<(style|script)\b.*?</\1>", "", html, flags=re.DOTALL)
    return unescape(re.sub(r"<[^>]*>", "", body))


def test_the_faces_have_every_letter_of_the_reference_desk(
    sheets: dict[str, str], reference: Path
) -> None:
    """Each face of its script, since any of its weights may be asked for it."""
    latin, arabic = (
        [frozenset(font.getBestCmap()) for font in faces(sheets[name]).values()]
        for name in ("latin.css", "arabic.css")
    )
    for path in reference.rglob("*.html"):
        used = {letter for letter in _text(path.read_text(encoding="utf-8")) if letter > " "}
        for letter in sorted(used):
            if unicodedata.category(letter) in ("Cf", "Zs"):
                continue
            own = arabic if "ARABIC" in unicodedata.name(letter, "") else latin
            name = f"U+{ord(letter):04X} {unicodedata.name(letter, '')} of {path.name}"
            assert all(ord(letter) in face for face in own), name


def test_a_page_carries_arabic_faces_only_for_arabic_letters(
    reference: Path, checkout: Path, tmp_path: Path
) -> None:
    """A desk that writes in Latin letters is spared them."""
    build(
        Request(
            checkout / "tests" / "desk_harbour" / "facts.yaml", tmp_path / "o", formats=("html",)
        ),
        today=lambda _: date(2024, 3, 10),
    )
    for path in (tmp_path / "o").rglob("*.html"):
        html = path.read_text(encoding="utf-8")
        assert "Brief Serif" in html
        assert 'font-family:"Vazirmatn";font-style' not in html
    assert 'font-family:"Vazirmatn";font-style' in (reference / "index.fa.html").read_text("utf-8")


def test_no_page_weighs_much_more_than_its_words(reference: Path) -> None:
    """Style, faces and script together."""
    for path in reference.rglob("*.html"):
        html = path.read_text(encoding="utf-8")
        parts = re.findall(r"<style>.*?</style>|<script>.*?</script>", html, flags=re.DOTALL)
        assert parts
        assert sum(len(part.encode()) for part in parts) < LARGEST, path.name


@pytest.mark.parametrize(
    "name", cases(["un-staff-ban.fa.html", "index.ps.html"], "un-staff-ban.en.html")
)
def test_a_browser_takes_no_letter_from_its_system(reference: Path, tab: Tab, name: str) -> None:
    """As its own tools tell of every element of the page."""
    view = tab()
    view.goto((reference / name).as_uri())
    tools = view.context.new_cdp_session(view)
    tools.send("DOM.enable")
    tools.send("CSS.enable")
    root = tools.send("DOM.getDocument", {"depth": 0})["root"]["nodeId"]
    nodes = tools.send(
        "DOM.querySelectorAll",
        {"nodeId": root, "selector": "h1, h2, h3, p, li, dd, dt, th, td, a, bdi, b, span, button"},
    )["nodeIds"]
    system = set()
    for node in nodes:
        used = tools.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]
        if foreign := {font["familyName"] for font in used if not font["isCustomFont"]}:
            html = tools.send("DOM.getOuterHTML", {"nodeId": node})["outerHTML"]
            system.add((html[:200], *foreign))
    tools.detach()
    assert not system
