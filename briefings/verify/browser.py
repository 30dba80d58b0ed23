"""The page that verifies briefs in a browser: one file, which fetches nothing."""

from __future__ import annotations

import json
import re
import sys
import unicodedata
from base64 import b64encode
from collections.abc import Iterator, Mapping
from gzip import decompress
from hashlib import sha256
from pathlib import Path

from briefings.core import files
from briefings.core.groups import grouped
from briefings.render.html.environment import environment, source
from briefings.render.html.heights import SHEETS
from briefings.render.pdf.texts.actual_text import BEHIND, SAME_GLYPH, SPLIT, VIRAMA, VOWELS
from briefings.render.pdf.texts.turned import MIRRORED_BY_PDFIUM, PARTING, TAG
from briefings.verify.in_browser.bundled import bundle, installed, package, packed, runtime

_FOLDER = Path(__file__).parent / "page"
_NAME = "verify.html"
_SCRIPTS = (
    "data.js",
    "python.js",
    "objects.js",
    "behind.js",
    "der.js",
    "signature.js",
    "letters.js",
    "faces.js",
    "drawing.js",
    "looks.js",
    "tags.js",
    "document.js",
    "paper.js",
    "verdict.js",
    "worker.js",
)
_PARTS = "<!-- PARTS -->"
_ENGINE = ("pyodide.asm.mjs", "pyodide.mjs")
_RUN_FROM = ("pyodide.asm.wasm", "python.zip")
_LOCK = "pyodide-lock.json"
_OFFERED = "export default _createPyodideModule;"
_OFFERS = re.compile(r"export\{(\w+) as loadPyodide,\w+ as version\};")
_OWN_ADDRESS = "import.meta.url"
_ADDRESS = "https://here.invalid/pyodide.asm.mjs"
_TEMPLATE = ".j2"
_STYLE_OF_PAPER = "print.css"
_MARGINS = re.compile(r"@page \{[^{}]*?\bmargin: ([\d.]+)mm ([\d.]+)mm ([\d.]+)mm \2mm;", re.DOTALL)
"""Of each sheet: above, aside, below."""
_ON_PAPER = ("brief.css", "print.css", "pictures.css", "pictures-print.css")
_COLOUR = re.compile(r"#([0-9a-f]{3}|[0-9a-f]{6})\b(?=[\"; )])")


_SAID_OF_SCHEMA = re.compile(r"<(pdfa[A-Z]\w+:\w+)>([^<]+)</")

_CLASSES = {
    "L": "L",
    **dict.fromkeys(("R", "AL"), "R"),
    **dict.fromkeys(("EN", "AN"), "D"),
    **dict.fromkeys(("CS", "ES", "ET"), "W"),
    "NSM": "M",
    "BN": "B",
}
"""Bidirectional classes, by what `scan.bidi` and `render.pdf.turned` make of them."""


def verifying_page() -> str:
    """The page, with all that it runs put in, and its policy."""
    page = files.own(_FOLDER, _NAME).decode()
    for name in ("style", "script"):
        code = re.search(rf"<{name}>(.*?)</{name}>", page, re.DOTALL)
        assert code is not None
        page = page.replace(f"sha256-{name.upper()}", f"sha256-{_digest(code[1])}", 1)
    parts = {
        "worker": packed(_worker().encode()),
        "program": packed(bundle().encode()),
        **{name: b64encode(runtime(name)).decode() for name in _RUN_FROM},
    }
    held = (
        f'<script type="text/plain" id="{name}">{part}</script>' for name, part in parts.items()
    )
    return page.replace(_PARTS, "\n".join(held), 1)


def _worker() -> str:
    """The script that reads files, with the rules of this version, and with what starts Python.

    From a file a browser runs none but a classic script: so the modules of Pyodide are put into a
    function, without what they offer to others, and an address stands where they ask for theirs.
    """
    engine, loader = (decompress(runtime(name)).decode() for name in _ENGINE)
    lock = f"const LOCK = {decompress(runtime(_LOCK)).decode()};"
    within = (
        lock,
        engine.replace(_OFFERED, "", 1).replace(_OWN_ADDRESS, f'"{_ADDRESS}"'),
        _OFFERS.sub(r"const loadPyodide = \1;", loader, count=1),
        files.own(_FOLDER, "runtime.js").decode(),
    )
    scripts = (files.own(_FOLDER, name).decode() for name in _SCRIPTS)
    rules = f"const RULES = {json.dumps(_rules())};"
    starting = "\n".join(("const startPython = (() => {", *within, "})();"))
    return "\n".join(('"use strict";', rules, *scripts, starting))


def _rules() -> dict[str, object]:
    # Late: pikepdf takes a tenth of a second to load.
    from briefings.verify.in_browser.known_faces import known_faces  # noqa: PLC0415
    from briefings.verify.links import OF_CATALOG, OF_LINK, OF_PAGE  # noqa: PLC0415
    from briefings.verify.signed import OF_SIGNED  # noqa: PLC0415

    return {
        "catalog": sorted(OF_CATALOG),
        "page": sorted(OF_PAGE),
        "link": sorted(OF_LINK),
        "signed": {holder: sorted(keys) for holder, keys in OF_SIGNED.items()},
        "same_glyph": _by_letter(SAME_GLYPH),
        "turned": {"tag": f"/{TAG}", "parting": PARTING, "mirrored": MIRRORED_BY_PDFIUM},
        "vowels": _by_letter(VOWELS),
        "split": _by_letter(SPLIT),
        "behind": _by_letter(BEHIND),
        "viramas": "".join(char for char in _characters() if unicodedata.combining(char) == VIRAMA),
        "schema": _schema(),
        "profile": _profile(),
        "faces": known_faces(),
        "sheets": [[_points(side) for side in sides] for sides in SHEETS.values()],
        "edges": _edges(),
        "colours": sorted(_colours()),
        "bidi": [part for run in _runs() for part in run],
    }


def _schema() -> dict[str, list[str]]:
    """What the description of a schema says in the metadata of each PDF, by its names."""
    # Late: it loads the libraries that set PDFs.
    from briefings.render.pdf.finish import SCHEMA  # noqa: PLC0415

    return grouped(_SAID_OF_SCHEMA.findall(SCHEMA.decode()))


def _profile() -> str:
    """The SHA-256 of the profile that each PDF has its colours by."""
    profile = package("weasyprint") / "pdf" / "sRGB2014.icc"
    return sha256(installed(profile)).hexdigest()


def _edges() -> dict[str, float]:
    """How far from the edges of a sheet words stand, but for those in its margins."""
    margins = _MARGINS.search(source(environment(), _STYLE_OF_PAPER))
    assert margins is not None
    names = ("above", "aside", "below")
    return {name: _points(float(each)) for name, each in zip(names, margins.groups(), strict=True)}


def _colours() -> set[str]:
    """All that a page for paper is painted in, by six digits."""
    styles = (source(environment(), name) for name in _ON_PAPER)
    found = (colour for text in (*styles, *_templates()) for colour in _COLOUR.findall(text))
    return {"".join(digit * (6 // len(each)) for digit in each) for each in found}


def _points(millimetres: float) -> float:
    """As a PDF is written, which has so many digits."""
    return round(millimetres * 72 / 25.4, 6)


def _templates() -> Iterator[str]:
    for name in environment().list_templates():
        if name.endswith(_TEMPLATE):
            yield source(environment(), name)


def _by_letter(table: Mapping[int, str | int]) -> dict[str, str]:
    """A table of `str.translate`, with letters for codes."""
    return {
        chr(code): instead if isinstance(instead, str) else chr(instead)
        for code, instead in table.items()
    }


def _characters() -> Iterator[str]:
    return map(chr, range(sys.maxunicode + 1))


def _runs() -> Iterator[tuple[int, str]]:
    """Each code from which on characters are of another class, up to the next."""
    before = None
    for code, char in enumerate(_characters()):
        kind = _CLASSES.get(unicodedata.bidirectional(char), "")
        if kind != before:
            yield code, kind
            before = kind


def _digest(text: str) -> str:
    """As a Content-Security-Policy names an element by its content."""
    return b64encode(sha256(text.encode()).digest()).decode()
