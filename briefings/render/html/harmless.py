"""Which declarations of a style sheet leave words legible: a list of properties and values."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TypeAlias

import tinycss2

from briefings.render.html.lengths import between, number
from briefings.render.html.signs import has_no_words

FAINTEST = 0.5
"""The share of its size, and of its strength, that has to be left to a word."""

COLOURS = frozenset({"background", "background-color", "color"})
"""Properties whose values are held against each other, and not looked at here."""

_Holds: TypeAlias = Callable[[str], bool]

_PLAIN_WORDS = frozenset({"inherit", "initial", "normal", "revert", "revert-layer", "unset"})
_SMALLEST, _LARGEST = 5.0, 240.0
"""Print of 5 pixels can just be read; of larger print than 240 no word fits on a line."""
_NARROWEST, _WIDEST, _LEAST_SHARE, _MOST_COLUMNS = 48.0, 1e6, 10, 6
_FAR, _NEAR = 800.0, 8.0
"""Further away than 800 pixels nobody looks; by 8 words may overlap and be read."""


def _names(text: str) -> list[str]:
    return text.split()


def _is_any(_: str) -> bool:
    return True


def only(*words: str) -> _Holds:
    allowed = {*words, *_PLAIN_WORDS}
    return lambda value: all(word in allowed for word in value.split())


def _without(*words: str) -> _Holds:
    return lambda value: not set(re.findall(r"[a-z-]+", value)) & set(words)


def _is_size(value: str) -> bool:
    """Whether print of a size can be read; a relative one is looked at by `dimmed` as well."""
    return "/" not in value and between(_SMALLEST, _LARGEST)(value)


def _is_line(value: str) -> bool:
    height = number(value)
    return 0.75 <= height <= 8 if height is not None else between(8, 4 * _LARGEST)(value)


def _is_wide(value: str) -> bool:
    """Whether a word has room on a line of that width; of a sum, what it takes away is little."""
    for each in tinycss2.parse_component_value_list(value, skip_comments=True):
        if each.type == "percentage" and each.value < _LEAST_SHARE:
            return False
        if each.type in {"dimension", "number"} and not between(_NARROWEST, _WIDEST)(
            each.serialize()
        ):
            return False
        if each.type == "function" and each.lower_name == "calc":
            inner = tinycss2.serialize(each.arguments)
            if "%" not in inner or re.search(r"[*/(]", inner):
                return False
    return True


def _are_columns(value: str) -> bool:
    """Whether a text has few columns, each of which has room for a word."""
    counts = [each for each in map(number, value.split()) if each is not None]
    lengths = [each for each in value.split() if number(each) is None]
    return all(each <= _MOST_COLUMNS for each in counts) and all(map(_is_wide, lengths))


def _is_decoration(value: str) -> bool:
    """Whether a line beside letters strikes none and lies over none of another line."""
    return _without("line-through", "blink")(value) and between(-_NEAR, _NEAR)(value)


def _is_above(value: str) -> bool:
    """Whether it lies behind nothing."""
    layer = number(value)
    return value in {"auto", *_PLAIN_WORDS} or (layer is not None and layer >= 0)


def _is_font(value: str) -> bool:
    """The shorthand: a size, a height of lines behind a stroke, and families."""
    size = re.search(
        r"(?:^|\s)([\d.]+(?:[a-z]+|%))(?:\s*/\s*([\d.]+(?:[a-z]+|%)?))?(?=\s|$)", value
    )
    if size is None:
        words = {"inherit", "caption", "icon", "menu", "message-box", "small-caption", "status-bar"}
        return bool(words & set(value.split())) or (
            not re.search(r"\d\S*[a-z%]|\(", value) and "/" not in value
        )
    return _is_size(size[1]) and (size[2] is None or _is_line(size[2]))


def counts(value: str) -> bool:
    """Whether a counter counts, and is not set to a number that reads as one of a sentence."""
    return not re.search(r"(?<![\w-])[-+]?0*(?:[2-9]|1\d)|\(", value)


def _is_picture_free(value: str) -> bool:
    return "(" not in value


_BLOCKS = _names(
    """
    block inline inline-block list-item flow-root flow grid inline-grid flex inline-flex table
    inline-table table-row table-cell table-row-group table-header-group table-footer-group
    table-caption ruby contents
    """
)
_EDGE = between(-_NEAR, _FAR)
_DISTANCE = between(-_NEAR, _NEAR)
_INSETS = frozenset(
    _names(
        """
        top right bottom left inset inset-block inset-inline inset-block-start
        inset-block-end inset-inline-start inset-inline-end
        """
    )
)
_HEIGHT = only("auto", "none", "fit-content", "max-content", "min-content", "100%", "stretch")

_TEXTUAL: Mapping[str, _Holds] = {
    **dict.fromkeys(
        _names(
            """
            accent-color box-sizing caret-color color-adjust print-color-adjust
            -webkit-print-color-adjust color-scheme cursor font-family font-style
            font-weight font-stretch font-kerning font-optical-sizing font-synthesis
            font-palette font-language-override font-variant font-variant-numeric
            font-variant-caps font-variant-ligatures font-variant-alternates
            font-variant-east-asian font-variant-position font-feature-settings
            font-variation-settings text-rendering -webkit-font-smoothing
            -moz-osx-font-smoothing -webkit-tap-highlight-color hanging-punctuation hyphens
            hyphenate-limit-chars hyphenate-limit-zone line-break overflow-wrap word-wrap
            word-break tab-size text-align text-align-last text-align-all text-justify
            text-underline-position text-wrap text-wrap-style text-wrap-mode white-space
            border-radius border-color transition transition-property transition-duration
            transition-timing-function transition-delay user-select -webkit-user-select
            pointer-events scroll-behavior text-decoration-color text-decoration-style
            text-decoration-skip-ink
            """
        ),
        _is_any,
    ),
    "font": _is_font,
    "font-size": _is_size,
    "line-height": _is_line,
    "letter-spacing": between(-2, 16),
    "word-spacing": between(-3, 32),
    "text-transform": only("none", "uppercase", "lowercase", "capitalize"),
    **dict.fromkeys(_names("text-decoration text-decoration-line"), _is_decoration),
    **dict.fromkeys(_names("text-decoration-thickness text-underline-offset"), _is_decoration),
    **dict.fromkeys(
        _names("text-size-adjust -webkit-text-size-adjust"), only("auto", "none", "100%")
    ),
    "forced-color-adjust": only("auto", "preserve-parent-color"),
    "text-emphasis": only("none"),
    "text-shadow": between(-_NEAR, _NEAR),
    "vertical-align": between(-2 * _NEAR, 2 * _NEAR),
    "visibility": only("visible"),
    "unicode-bidi": only("isolate"),
    "opacity": _is_any,  # by `dimmed`
    "quotes": has_no_words,
    "background-image": _is_picture_free,
    "background-clip": _without("text"),
    "box-decoration-break": _is_any,
    "outline": between(-_NEAR, _NEAR),
    "outline-width": between(0, _NEAR),
    "outline-offset": between(-_NEAR, _NEAR),
    "outline-style": _is_any,
    "outline-color": _is_any,
    "box-shadow": between(-4 * _NEAR, 4 * _NEAR),
}
"""What leaves the words of any element legible, those within a sentence included."""

COUNTERS = _names("counter-increment counter-reset counter-set")

_STRUCTURAL: Mapping[str, _Holds] = {
    **dict.fromkeys(
        _names(
            """
            min-width min-inline-size min-height min-block-size clear column-rule
            column-rule-color column-rule-style column-rule-width column-span column-fill
            grid grid-template grid-template-columns grid-template-rows
            grid-template-areas grid-auto-columns grid-auto-rows grid-column
            grid-column-start grid-column-end grid-row grid-row-start grid-row-end grid-area
            flex flex-basis flex-grow flex-shrink justify-content justify-items justify-self
            align-content align-items align-self place-content place-items place-self
            orphans widows break-before break-after break-inside page-break-before
            page-break-after page-break-inside caption-side border-collapse
            empty-cells table-layout list-style-position text-orientation
            scroll-margin scroll-margin-top scroll-padding
            scroll-padding-block-start scroll-padding-top scroll-margin-block-start
            scrollbar-width scrollbar-color scrollbar-gutter resize touch-action isolation
            background-position background-repeat
            background-size background-attachment background-origin appearance
            -webkit-appearance overscroll-behavior container-name
            """
        ),
        _is_any,
    ),
    **dict.fromkeys(COUNTERS, counts),
    **dict.fromkeys(_names("width inline-size max-width max-inline-size"), _is_wide),
    **dict.fromkeys(_names("columns column-count column-width"), _are_columns),
    **dict.fromkeys(_names("gap row-gap column-gap grid-gap border-spacing"), between(0, _FAR)),
    **dict.fromkeys(_names("container container-type"), _without("size")),
    "page": _without("amber", "amber-strict", "green", "red"),
    "float": only("left", "right", "none", "inline-start", "inline-end"),
    "writing-mode": only("horizontal-tb", "vertical-rl", "vertical-lr"),
    "display": only(*_BLOCKS),
    "position": only("static", "relative", "sticky"),
    **dict.fromkeys(_INSETS, _DISTANCE),
    "z-index": _is_above,
    "height": _HEIGHT,
    "block-size": _HEIGHT,
    "max-height": _HEIGHT,
    "max-block-size": _HEIGHT,
    "overflow": only("visible", "auto", "scroll"),
    "overflow-x": only("visible", "auto", "scroll"),
    "overflow-y": only("visible", "auto", "scroll"),
    "text-indent": between(-80, 160),
    "flex-direction": _without("row-reverse", "column-reverse"),
    "flex-flow": _without("row-reverse", "column-reverse", "wrap-reverse"),
    "flex-wrap": _without("wrap-reverse"),
    "grid-auto-flow": _without("dense"),
    "list-style": has_no_words,
    "list-style-type": has_no_words,
    "list-style-image": only("none"),
}
"""What leaves whole texts legible, though it may tear a sentence apart within it."""

_OF_LETTERS = only("left", "none", "inline-start")
"""Where a first letter may float to: to where its word begins, as print has them."""

_OF_BOXES = frozenset({"block-size", "display", "height"})
"""What is no harm to a sheet's own additions, which stand in line with the words beside them."""

SIDED = re.compile(
    r"(margin|padding|border)(?:-(?:top|right|bottom|left|block|inline)(?:-start|-end)?)?"
    r"(-width|-style|-color)?|border-(?:start|end|top|bottom)-(?:start|end|left|right)-radius"
)


def why_not(name: str, value: str, *, is_part: bool, is_added: bool, is_letter: bool) -> str | None:
    """Why a declaration may leave words illegible; None if it leaves them.

    Args:
        name: The property; `@import` and the like for a rule of that name.
        value: Its value, without variables.
        is_part: Whether it is of an element that holds some of the words of a text.
        is_added: Whether it is of what the sheet itself puts beside an element.
        is_letter: Whether it is of the first letter, or line, of an element.

    Returns:
        A clause whose subject is the style sheet.
    """
    plain = value.lower()
    if name.startswith("--") or name in COLOURS:
        return None
    if "url(" in plain and "data:" not in plain:
        return f"asks for a file by `{name}` on"
    if name == "content":
        return _why_not_content(value, is_part=is_part, is_added=is_added)
    holds = _TEXTUAL.get(name)
    if holds is None and (sided := SIDED.fullmatch(name)) is not None:
        # Of a colour or style of lines anything may be.
        holds = _is_any if (sided[2] or "-width") != "-width" else _EDGE
    if holds is None and is_added and name in _OF_BOXES:
        holds = _is_any
    if is_letter and name == "float":
        holds = _OF_LETTERS
    if holds is None and not is_part and not is_letter:
        holds = _STRUCTURAL.get(name)
    if holds is not None and holds(value if name in _OF_TEXTS else plain):
        return None
    return f"sets `{name}: {value[:60]}` on"


_OF_TEXTS = frozenset({"list-style", "list-style-type", "quotes"})


def _why_not_content(value: str, *, is_part: bool, is_added: bool) -> str | None:
    if not is_added:
        return None if value in {"none", "normal"} else "puts other `content` in place of"
    if not has_no_words(value) or (is_part and "counter" in value.lower()):
        return f"puts `{value[:60]}` beside"
    return None


_LIFTS = frozenset(_names("offset-path perspective rotate scale transform translate zoom"))
_AROUND = 160.0


def why_lifted(name: str, value: str, *, is_beside: bool, is_in_picture: bool) -> str | None:
    """Why what is about an element without words of facts may cover those of others.

    Args:
        name: The property.
        value: Its value, without variables.
        is_beside: Whether such words stand right beside it, in the same element.
        is_in_picture: Whether it is a part of a picture, which keeps what it has to itself.
    """
    plain = value.lower()
    holds: _Holds = _is_any
    if is_in_picture:
        holds = between(-_AROUND, _FAR) if name in _INSETS else _is_any
    elif name == "position":
        holds = _without("absolute", "fixed")
    elif name in _LIFTS:
        holds = only("none")
    elif name in COUNTERS:
        holds = counts
    elif name in _INSETS:
        holds = _DISTANCE
    if name.startswith("margin"):
        holds = _EDGE if is_beside else between(-_AROUND, _FAR)
    elif name in {"box-shadow", "outline", "outline-width", "outline-offset"}:
        holds = _TEXTUAL[name]
    return None if holds(plain) else f"sets `{name}: {value[:60]}` on"


def dimmed(name: str, value: str) -> float:
    """How much is left of the size, or of the strength, of an element's words: 1 for all."""
    if name == "opacity":
        left = number(value.rstrip("%"))
        if left is None:
            return 1.0 if value in _PLAIN_WORDS else 0.0
        return min(1.0, left / 100 if value.endswith("%") else left)
    if name not in {"font", "font-size"}:
        return 1.0
    if "smaller" in value.split():
        return 0.8
    sizes = re.findall(r"(?<![\w.])([\d.]+)(em|ex|%)(?![\w%])", value.partition("/")[0])
    scales = [float(size) / {"em": 1, "ex": 2, "%": 100}[unit] for size, unit in sizes]
    return min(1.0, *scales) if scales else 1.0
