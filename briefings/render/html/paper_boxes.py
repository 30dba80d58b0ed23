"""What a style sheet may set for a sheet of paper and the boxes in its margins.

These lie over the words of the page, wherever they reach.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from briefings.render.html.harmless import COUNTERS, SIDED, counts, only
from briefings.render.html.lengths import between
from briefings.render.html.signs import says_what_a_page_has

_BESIDE, _ALONG = 160.0, 720.0
"""So high or broad is what stands in a margin, and so long along it."""
_OF_PAPER: Mapping[str, Callable[[str], bool]] = {
    "size": between(280, 8000),
    "background": only("none", "transparent", "white", "#fff", "#ffffff"),
    "background-color": only("transparent", "white", "#fff", "#ffffff"),
    **dict.fromkeys(COUNTERS, counts),
    **dict.fromkeys(("bleed", "marks", "orphans", "widows", "color"), bool),
}
_OF_MARGINS = re.compile(
    r"background.*|border.*|color|content|direction|font.*|letter-spacing|line-height|overflow.*"
    r"|opacity|text-.*|vertical-align|visibility|white-space|word-.*|hyphens|string-set"
)


def why_not_in_margin(box: str, name: str, value: str) -> str | None:
    """Why a declaration about a sheet of paper, or a box in its margin, may cover or add words.

    Args:
        box: The box, `page` for the sheet itself.
        name: The property.
        value: Its value, without variables.
    """
    plain = value.lower()
    says = f"sets `{name}: {value[:60]}` for {'paper' if box == 'page' else f'`@{box}`'}"
    sided = SIDED.fullmatch(name)
    if sided is not None and (sided[2] or "-width") == "-width":
        return None if between(0, _BESIDE)(plain) else says
    if box == "page":
        holds = _OF_PAPER.get(name, bool if name.startswith("font") else None)
        return None if holds is not None and holds(plain) else says
    if name == "content":
        return None if says_what_a_page_has(value) else f"puts `{value[:60]}` into `@{box}`"
    if name in {"width", "max-width", "height", "max-height", "min-width", "min-height"}:
        is_along = name.endswith("width") is box.startswith(("top", "bottom"))
        return None if between(0, _ALONG if is_along else _BESIDE)(plain) else says
    return None if _OF_MARGINS.fullmatch(name) else says
