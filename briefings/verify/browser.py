"""The page that verifies briefs in a browser: one file, which fetches nothing."""

from __future__ import annotations

import base64
import json
import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import fields
from hashlib import sha256
from pathlib import Path

from briefings.compose.edition import DIGESTED
from briefings.compose.edition import LATER as CONTENT_LATER
from briefings.compose.fingerprint import LATER, ONCE_PLAIN, UNSHOWN
from briefings.core import files
from briefings.core.canonical import plain
from briefings.core.edition import Content
from briefings.core.likelihood import BANDS
from briefings.core.model import Confidence, FactKind, LocalText, Marking, Prose
from briefings.render.figures import matrix, origins, timeline
from briefings.render.html.environment import environment, source
from briefings.render.html.fill import marked, script_of, sheets
from briefings.render.html.heights import SHEETS
from briefings.render.l10n.locales import direction
from briefings.render.pdf.actual_text import BEHIND, SAME_GLYPH, SPLIT, VIRAMA, VOWELS
from briefings.render.pdf.turned import MIRRORED_BY_PDFIUM, PARTING, TAG
from briefings.verify.our_words import (
    in_feet,
    joints,
    languages,
    months,
    openings,
    parted,
    percents,
    phrases,
    scale,
    told,
    vocabulary,
    worded,
)
from briefings.verify.sequences import Read, sequences, told_in

__all__ = ["verifying_page"]

_FOLDER = Path(__file__).parent / "page"
_NAME = "verify.html"
_MAP = "Map of %(places)s; the list below holds the same places."
_SPELT = "spelling or spacing differs"
_RULES = "const RULES = {};"
_PLACE = "// SCRIPTS\n"
_SCRIPTS = (
    "data.js",
    "objects.js",
    "behind.js",
    "der.js",
    "signature.js",
    "letters.js",
    "faces.js",
    "drawing.js",
    "looks.js",
    "tags.js",
    "paper.js",
    "cited.js",
    "headings.js",
    "margins.js",
    "document.js",
    "beside.js",
    "entries.js",
    "parts.js",
    "runs.js",
    "figures.js",
    "order.js",
    "named.js",
    "shape.js",
    "stands.js",
    "rows.js",
    "marks.js",
    "web.js",
    "verdict.js",
)
_SCRIPT_OF_BRIEFS = "page.js"
_TEMPLATE = ".j2"
_STYLE_OF_PAPER = "print.css"
_MARGINS = re.compile(r"@page \{[^{}]*?\bmargin: ([\d.]+)mm ([\d.]+)mm ([\d.]+)mm \2mm;", re.DOTALL)
"""Of each sheet: above, aside, below."""
_PLACES = re.compile(r"""(?:\bid="|\(")([a-z-]+)"(?=[ >,])""")
"""Names of places in a template: written there, or first in a list of parts with their titles."""
_ON_PAPER = ("brief.css", "print.css", "pictures.css", "pictures-print.css")
_COLOUR = re.compile(r"#([0-9a-f]{3}|[0-9a-f]{6})\b(?=[\"; )])")
_CAPTION = re.compile(r'>\{\{ _\("([^"]+)"\) \}\}</')
_HEADED = re.compile(r'(h[23]|th)\b.*\b(id|class)="([a-z-]+)"')
_TITLED = re.compile(r"""(?<!\w)\("([a-z-]+)", _\("([^"]+)"\)\)""")
"""A message that is all of an element; the heading or cell that it heads; a part with its title."""

_ELEMENT = re.compile(r"<([a-z][a-z0-9]*)(?=[\s>])")
_ATTRIBUTE = re.compile(r"""(?<=[\s}])([A-Za-z][A-Za-z0-9-]*)=["{]""")
_ROLE = re.compile(r'\brole="([a-z]+)"')
_OF_CLASS = re.compile(r'<([a-z][a-z0-9]*)\b[^<>]*?\bclass="([^"]+)"')
_BARE = ("hidden", "open")
"""What a template is made of; attributes that have no value."""

_SAID_OF_SCHEMA = re.compile(r"<(pdfa[A-Z]\w+:\w+)>([^<]+)</")
_PAGE_OF_BRIEFS = "brief.html.j2"
_SKELETON = "base.html.j2"
_META = re.compile(r'<meta name="([a-z-]+)" content="([^"{]+)">')
_ICON = re.compile(r'<link rel="icon" type="image/png" href="([^"{]+)">')
_TOLD = re.compile(
    r"""\{% include "(?P<file>[^"]+)" %\}|<h2 id="[a-z-]+">\{\{ _\("(?P<said>[^"]+)"\) \}\}"""
    r"""|part_titles\["(?P<titled>[a-z-]+)"\] \}\}</h2>|opening\("(?P<opened>[a-z-]+)"\W"""
    r"""|^  \("[a-z-]+", _\("(?P<kind>[^"]+)"\), """,
    re.MULTILINE,
)
"""Where a brief has a heading, or another template."""

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
    """The page, with the rules of this version put in, and its policy."""
    page = files.own(_FOLDER, _NAME).decode()
    scripts = "\n".join(files.own(_FOLDER, name).decode() for name in _SCRIPTS)
    page = page.replace(_PLACE, f"\n{scripts}\n", 1)
    page = page.replace(_RULES, f"const RULES = {json.dumps(_rules())};", 1)
    for name in ("style", "script"):
        code = re.search(rf"<{name}>(.*?)</{name}>", page, re.DOTALL)
        assert code is not None
        page = page.replace(f"sha256-{name.upper()}", f"sha256-{_digest(code[1])}", 1)
    return page


def _rules() -> dict[str, object]:
    # Late: pikepdf takes a tenth of a second to load.
    from briefings.verify.known_faces import known_faces  # noqa: PLC0415
    from briefings.verify.links import OF_CATALOG, OF_LINK, OF_PAGE  # noqa: PLC0415
    from briefings.verify.signed import OF_SIGNED  # noqa: PLC0415

    read = _reader()
    return {
        "unshown": sorted(UNSHOWN),
        "later": {name: plain(nothing) for name, nothing in LATER.items()},
        "once_plain": sorted(ONCE_PLAIN),
        "digested": dict(DIGESTED),
        "content": sorted(field.name for field in fields(Content)),
        "empty": sorted(CONTENT_LATER),
        "texts": [LocalText.__name__, Prose.__name__],
        "styles": [[len(style.encode("utf-16-le")) // 2, _digest(style)] for style in sheets()],
        "labels": [marked(marking) for marking in Marking],
        "ids": sorted(set(_ids())),
        "elements": _found(_ELEMENT),
        "attributes": sorted({*_found(_ATTRIBUTE), *_BARE}),
        "roles": _found(_ROLE),
        "unseen": _classed("unseen"),
        "metas": dict(_META.findall(source(environment(), _SKELETON))),
        "icons": _ICON.findall(source(environment(), _SKELETON)),
        "captions": _captions(),
        "headings": [[tag, worded([message])] for tag, message in _headings(_PAGE_OF_BRIEFS)],
        "order": _order(read),
        "course": _course(read),
        "scripts": [_digest(script_of(environment(), _SCRIPT_OF_BRIEFS))],
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
        "languages": languages(),
        "phrases": sorted(phrases()),
        "words": sorted(vocabulary()),
        "in_feet": sorted(in_feet()),
        "months": months(),
        "joints": joints(),
        "percent": percents(),
        "told": told(),
        "scale": scale(),
        "bands": {likelihood.value: band for likelihood, band in BANDS.items()},
        "kinds": {kind.value: worded([kind.value]) for kind in FactKind},
        "how": {"exact": worded(["word for word"]), "spelt": worded([_SPELT])},
        "directions": {code: direction(code) for code in languages()},
        "schema": _schema(),
        "maps": parted([_MAP]),
        "others": worded(["Others"]),
        "least": {"facts": origins.LEAST, "voices": matrix.LEAST, "dated": timeline.LEAST},
        "confidence": {level.value: worded([level.value]) for level in Confidence},
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

    said: dict[str, list[str]] = {}
    for name, text in _SAID_OF_SCHEMA.findall(SCHEMA.decode()):
        said.setdefault(name, []).append(text)
    return said


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


def _ids() -> Iterator[str]:
    """Each place that a template of ours names, whatever the data are."""
    for text in _templates():
        yield from _PLACES.findall(text)


def _found(pattern: re.Pattern[str]) -> list[str]:
    """What templates of ours have of a kind, each once."""
    return sorted({each for text in _templates() for each in pattern.findall(text)})


def _classed(name: str) -> list[str]:
    """The elements that have a class in a template of ours."""
    return sorted(
        {
            element
            for text in _templates()
            for element, classes in _OF_CLASS.findall(text)
            if name in classes.split()
        }
    )


def _templates() -> Iterator[str]:
    for name in environment().list_templates():
        if name.endswith(_TEMPLATE):
            yield source(environment(), name)


def _captions() -> dict[str, list[str]]:
    """What headings and heads of columns say that say one of our messages and nothing else."""
    said: dict[str, set[str]] = {}
    for text in _templates():
        for place, message in _TITLED.findall(text):
            said.setdefault(f'h2[id="{place}"]', set()).add(message)
        for tag, key, name, message in _headed(text):
            # The first cell of a row may have the class of its column.
            place = f'{"thead th" if tag == "th" else tag}[{key}="{name}"]'
            said.setdefault(place, set()).add(message)
    return {place: worded(messages) for place, messages in sorted(said.items())}


def _headed(text: str) -> Iterator[tuple[str, str, str, str]]:
    """Headings and heads of a template: tag, attribute with its name, and the message."""
    for caption in _CAPTION.finditer(text):
        headed = _HEADED.fullmatch(text, text.rindex("<", 0, caption.start()) + 1, caption.start())
        if headed is not None:
            tag, key, name = headed.groups()
            yield tag, key, name, caption[1]


def _headings(template: str) -> Iterator[tuple[str, str]]:
    """The headings of ours that a brief may have, each with its tag in a PDF, in their order."""
    titles = dict(_TITLED.findall(source(environment(), _PAGE_OF_BRIEFS)))
    for found in _TOLD.finditer(source(environment(), template)):
        if found["file"] is not None:
            yield from _headings(found["file"])
        elif found["kind"] is not None:
            yield "/H3", found["kind"]
        elif (
            message := found["said"] or titles.get(found["titled"] or found["opened"])
        ) is not None:
            yield "/H2", message


def _order(read: Read) -> list[list[tuple[list[str], tuple[tuple[int, int], ...]]]]:
    """How our messages begin, as they follow each other, each with the ways on which it stands.

    Titles of parts are told wherever one stands, by a variable.
    """
    titles = {title for _, title in _TITLED.findall(source(environment(), _PAGE_OF_BRIEFS))}
    found = {told for name in _names_of_templates() for told in sequences(name, read)}
    orders = [
        [(openings([each.message]), each.place.ways) for each in told if each.message not in titles]
        for told in sorted(
            found, key=lambda told: [(each.message, each.place.ways) for each in told]
        )
    ]
    return [each for each in orders if len(each) > 1]


def _course(read: Read) -> list[list[str]]:
    """How those begin that a brief tells at one place or nowhere, in their order."""
    counts: Counter[str] = Counter()
    for name in _names_of_templates():
        counts += told_in(name, read)
    whole = next(sequences(_PAGE_OF_BRIEFS, read))
    once = (each.message for each in whole if not each.place.is_in_loop)
    return [openings([message]) for message in once if counts[message.lower()] == 1]


def _names_of_templates() -> list[str]:
    return [name for name in environment().list_templates() if name.endswith(_TEMPLATE)]


def _reader() -> Read:
    templates = environment()
    return lambda name: templates.parse(source(templates, name))


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
    return base64.b64encode(sha256(text.encode()).digest()).decode()
