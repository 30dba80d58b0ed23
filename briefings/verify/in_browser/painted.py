"""What a page of a PDF of ours paints beside its letters: grounds, borders and pictures."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import cycle
from typing import TypeAlias

from briefings.core.values import dataclass

Frame = tuple[float, float, float, float]
"""Left, top, width and height, in pixels of CSS from the upper left corner of a sheet."""
Matrix = tuple[float, ...]

PICTURE = "picture"
SIDES = ("top", "right", "bottom", "left")
IDENTITY: Matrix = (1, 0, 0, 1, 0, 0)
_ROUND = 0.45
"""How far from its corner WeasyPrint bends the edge of a round box, of its radius."""
_NEAR = 0.0002

_N = r"(-?\d+(?:\.\d*)?) "
_RG, _RE, _TURN = rf"(?:{_N * 3}rg\n)?", rf"{_N * 4}re\n", rf"{_N * 6}cm\n"
_M, _L, _C = rf"{_N * 2}m\n", rf"{_N * 2}l\n", rf"{_N * 6}c\n"
_OVAL = _M + (_L + _C) * 4
_DASHES = rf"\[{_N}{_N[:-1]}\] 0 d\n{_M}{_L}S\n"
_FORMS = {
    "ground": re.compile(rf"{_RG}{_RE}W\nn\n{_RE}f\n"),
    "side": re.compile(rf"{_M}{_L * 3}W\*\nn\n{_RG}{_RE * 2}f\*\n"),
    "border": re.compile(rf"{_RG}{_RE * 2}f\*\n"),
    "ring": re.compile(rf"{_RG}{_OVAL * 2}f\*\n"),
    "dashed": re.compile(rf"{_N * 3}RG\n{_N}w\n{_N}J\n{_DASHES * 4}"),
}
_SHEET = re.compile(r"1 0 0 -1 0 [\d.]+ cm\nq\n0\.75 0 0 0\.75 0 0 cm\n")
_STEP = re.compile(
    rf"(?P<keep>q\n)|(?P<back>Q\n)|(?P<turn>{_TURN})"
    rf"|(?P<cut>{_RE}W\nn\n)|(?P<oval>{_OVAL}W\nn\n)"
    r"|/Artifact\nBMC\nq\n(?P<paint>(?:(?!EMC\n)[^\n]*\n)*)Q\nEMC\n"
    r"|/Figure\n<</MCID \d{1,9}>>\nBDC\n(?P<picture>(?:(?!EMC\n)[^\n]*\n)*)EMC\n"
    rf"|(?P<fill>{_N * 3}rg\n)|/a1\.0 gs\n|EMC\n|/Artifact\nBMC\n"
    r"|/\w+\n<<(?:[^<>]|<[0-9a-f]*>)*>>\nBDC\n"
)
_STATE = re.compile(r"/[aA]1\.0 gs\n")
_NUMBER = re.compile(_N)


class Strange(Exception):
    """Something is painted as nothing of ours is."""


@dataclass(frozen=True, slots=True)
class Paint:
    """A ground, border or picture: where its box is, and how it looks.

    Attributes:
        order: Its turn on its page.
        kind: `picture`, `ground`, one of `SIDES`, or of all of these `solid`, `dashed` or `dotted`.
        colour: In six digits.
        box: Up to the outer edges of its borders.
        width: That of its border.
        is_round: Whether it has no corners.
        turned: How it is turned.
        steps: How a picture is drawn.
    """

    page: int
    order: int
    kind: str
    colour: str
    box: Frame
    width: float = 0
    is_round: bool = False
    turned: Matrix = IDENTITY
    steps: str = ""


@dataclass(frozen=True, slots=True)
class _State:
    """What is set, to be kept and taken back."""

    turned: Matrix = IDENTITY
    cuts: tuple[tuple[Frame, bool], ...] = ()
    fill: tuple[float, ...] = (0, 0, 0)


def is_same(one: Sequence[float], other: Sequence[float], near: float = _NEAR) -> bool:
    """Whether numbers are the same, as far as they are written."""
    return len(one) == len(other) and all(
        abs(a - b) < near for a, b in zip(one, other, strict=True)
    )


def paints_in(page: int, drawn: str) -> Iterator[Paint]:
    """All that a page paints beside letters, in its order.

    Args:
        page: Its number.
        drawn: How it is drawn, without its texts.

    Raises:
        Strange: It draws otherwise than we do.
    """
    drawn += "\n"
    sheet = _SHEET.match(drawn)
    if sheet is None:
        raise Strange
    state, kept, order, place = _State(), list[_State](), 0, sheet.end()
    while place < len(drawn):
        step = _STEP.match(drawn, place)
        if step is None:
            raise Strange
        place = step.end()
        order += 1
        if step["keep"]:
            kept.append(state)
        elif step["back"]:
            # The first state is that of the sheet, which ends with it.
            state = kept.pop() if kept else _State()
        elif step["turn"]:
            turned = _combined(_numbers(step["turn"]), state.turned)
            state = replace(state, turned=turned)
        elif step["fill"]:
            state = replace(state, fill=tuple(_numbers(step["fill"])))
        elif step["cut"]:
            cut = _frame(*_numbers(step["cut"])), False
            state = replace(state, cuts=(*state.cuts, cut))
        elif step["oval"]:
            cut = _rounded(_numbers(step["oval"])), True
            state = replace(state, cuts=(*state.cuts, cut))
        elif step["paint"]:
            yield _painted(page, order, _STATE.sub("", step["paint"], count=1), state)
        elif step["picture"]:
            yield _picture(page, order, step["picture"], state)


def _painted(page: int, order: int, text: str, state: _State) -> Paint:
    for name, form in _FORMS.items():
        if found := form.fullmatch(text):
            # What is painted in the colour that is set does not set it once more.
            fill = iter(state.fill)
            numbers = [float(next(fill) if each is None else each) for each in found.groups()]
            kind, colour, box, width, is_round = _OF_FORM[name](numbers)
            for cut, is_oval in state.cuts:
                if is_oval and kind == "ground" and is_same(cut, box):
                    is_round = True
                elif is_oval or not _holds(cut, box):
                    raise Strange
            return Paint(page, order, kind, colour, box, width, is_round, state.turned)
    raise Strange


def _picture(page: int, order: int, text: str, state: _State) -> Paint:
    """A drawing, which is cut to its frame, and by nothing else."""
    if not state.cuts or state.turned != IDENTITY:
        raise Strange
    frame, _ = state.cuts[-1]
    if any(is_oval or not _holds(cut, frame) for cut, is_oval in state.cuts):
        raise Strange
    return Paint(page, order, PICTURE, "", frame, steps=text)


# What each form says: kind, colour, box, width of its border, whether it is round

_Said: TypeAlias = tuple[str, str, Frame, float, bool]


def _ground(numbers: Sequence[float]) -> _Said:
    box = _frame(*numbers[3:7])
    if not is_same(box, numbers[7:]):
        raise Strange
    return "ground", _digits(numbers[:3]), box, 0, False


def _side(numbers: Sequence[float]) -> _Said:
    """One side of a border: the strip between two edges, up to their corners."""
    strip, inner, box = numbers[:8], _frame(*numbers[11:15]), _frame(*numbers[15:])
    corners = [_corners(inner), _corners(box)]
    for turn, (side, width) in enumerate(zip(SIDES, _widths(inner, box), strict=True)):
        outer = [corners[1][turn], corners[1][(turn + 1) % 4]]
        within = [corners[0][turn], corners[0][(turn + 1) % 4]]
        ways = ((*outer[::way], *within[::-way]) for way in (1, -1))
        if width > 0 and any(is_same([n for each in way for n in each], strip) for way in ways):
            return side, _digits(numbers[8:11]), box, width, False
    raise Strange


def _border(numbers: Sequence[float]) -> _Said:
    inner, box = _frame(*numbers[3:7]), _frame(*numbers[7:])
    return "solid", _digits(numbers[:3]), box, _even(_widths(inner, box)), False


def _ring(numbers: Sequence[float]) -> _Said:
    inner, box = _rounded(numbers[3:37]), _rounded(numbers[37:])
    return "solid", _digits(numbers[:3]), box, _even(_widths(inner, box)), True


def _dashed(numbers: Sequence[float]) -> _Said:
    """Four lines, each of dashes as long as fit into it, or of dots."""
    width, cap, lines = numbers[3], numbers[4], [numbers[at : at + 6] for at in (5, 11, 17, 23)]
    half, is_dotted = width / 2, cap == 1
    inset = half if is_dotted else 0
    left, top = lines[0][2] - inset, lines[0][3] - half
    right, bottom = lines[1][4] + half, lines[1][5] + inset
    due = (
        (left + inset, top + half, right - inset, top + half),
        (right - half, top + inset, right - half, bottom - inset),
        (left + inset, bottom - half, right - inset, bottom - half),
        (left + half, top + inset, left + half, bottom - inset),
    )
    lengths = cycle((right - left, bottom - top))
    for line, ends, length in zip(lines, due, lengths, strict=False):
        if not is_same(line, (*_dashes(length, width, is_dotted=is_dotted), *ends)):
            raise Strange
    kind = "dotted" if is_dotted else "dashed"
    return kind, _digits(numbers[:3]), (left, top, right - left, bottom - top), width, False


def _dashes(length: float, width: float, *, is_dotted: bool) -> tuple[float, float]:
    if is_dotted:
        return 0, (length - width) / (max(2, int(length // (2 * width)) + 1) - 1)
    dash = length / (2 * (int(length // (6 * width)) + 1) - 1)
    return dash, dash


_OF_FORM: Mapping[str, Callable[[Sequence[float]], _Said]] = {
    "ground": _ground,
    "side": _side,
    "border": _border,
    "ring": _ring,
    "dashed": _dashed,
}


# Numbers


def _numbers(text: str) -> list[float]:
    return [float(each) for each in _NUMBER.findall(text)]


def _frame(x: float, y: float, width: float, height: float) -> Frame:
    return x, y, width, height


def _rounded(numbers: Sequence[float]) -> Frame:
    """The box in which a line runs that is round at each corner, by half of each side."""
    x, y = numbers[8], numbers[1]  # of its rightmost point, of its upmost
    width, height = 2 * (x - numbers[0]), 2 * (numbers[9] - y)
    across, down = width / 2, height / 2
    left, right, bottom = x - width, x, y + height
    near, far = across * _ROUND, down * _ROUND
    due = (
        *(left + across, y, right - across, y, right - near, y, right, y + far, right, y + down),
        *(right, bottom - down, right, bottom - far, right - near, bottom, right - across, bottom),
        *(left + across, bottom, left + near, bottom, left, bottom - far, left, bottom - down),
        *(left, y + down, left, y + far, left + near, y, left + across, y),
    )
    if not is_same(numbers, due):
        raise Strange
    return left, y, width, height


def _corners(box: Frame) -> tuple[tuple[float, float], ...]:
    """From the upper left one on, in the order of `SIDES`."""
    x, y, width, height = box
    return (x, y), (x + width, y), (x + width, y + height), (x, y + height)


def _widths(inner: Frame, outer: Frame) -> tuple[float, ...]:
    """How far a box reaches over another one, as `SIDES`."""
    (x, y, width, height), (left, top, wide, high) = inner, outer
    return y - top, left + wide - x - width, top + high - y - height, x - left


def _even(widths: Sequence[float]) -> float:
    first, *others = widths
    if not all(abs(first - each) < _NEAR for each in others):
        raise Strange
    return first


def _digits(colour: Sequence[float]) -> str:
    return "".join(f"{round(part * 255):02x}" for part in colour)


def _combined(own: Sequence[float], around: Matrix) -> Matrix:
    a, b, c, d, e, f = own
    g, h, i, j, k, m = around
    turned = (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j)
    return (*turned, e * g + f * i + k, e * h + f * j + m)


def _holds(cut: Frame, box: Frame) -> bool:
    return all(width > -_NEAR for width in _widths(box, cut))
