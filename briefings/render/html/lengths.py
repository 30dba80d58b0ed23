"""How long what a style sheet says is, in pixels."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import tinycss2

_PIXELS = {
    "px": 1.0,
    "q": 0.94,
    "mm": 3.78,
    "cm": 37.8,
    "pt": 1.33,
    "pc": 16.0,
    "em": 16.0,
    "rem": 16.0,
    "ex": 8.0,
    "ch": 8.0,
    "ic": 16.0,
    "lh": 24.0,
    "rlh": 24.0,
    "vw": 3.2,
    "vh": 3.2,
    "vmin": 3.2,
    "vmax": 3.2,
    "in": 96.0,
    "%": 0.16,
}
"""How many pixels a unit has, in print of 16 pixels on a narrow screen."""


def between(least: float, most: float) -> Callable[[str], bool]:
    """Whether all lengths lie between so many pixels; one that is worked out may not."""

    def holds(value: str) -> bool:
        return all(
            least <= size <= most for size in map(_pixels, _leaves(value)) if size is not None
        ) and not _is_worked_out(value)

    return holds


def _leaves(value: str) -> list[Any]:
    """All numbers in a value, those of its functions included."""
    leaves: list[Any] = []
    left = list(tinycss2.parse_component_value_list(value, skip_comments=True))
    while left:
        token = left.pop()
        if token.type == "function" and token.lower_name in {"rgb", "rgba", "hsl", "hsla"}:
            continue
        if token.type in {"function", "() block"}:
            left += token.arguments if token.type == "function" else token.content
        elif token.type in {"dimension", "percentage", "number"}:
            leaves.append(token)
    return leaves


def _pixels(token: Any) -> float | None:
    """How long it is; None for a number without a unit, which is no length but for 0."""
    if token.type == "number":
        return 0.0 if token.value == 0 else None
    unit = "%" if token.type == "percentage" else token.lower_unit
    return float(token.value) * _PIXELS.get(unit, 1e9)


def _is_worked_out(value: str) -> bool:
    """Whether a sum, a product or something from elsewhere decides on a length."""
    return bool(
        re.search(
            r"(?:calc|env|attr|var|round|mod|rem|abs|sign|pow|sqrt|hypot|exp|log|sin|cos|tan)\(",
            value,
        )
    )


def number(value: str) -> float | None:
    """The number that a text is, None if it is none."""
    try:
        return float(value)
    except ValueError:
        return None
