"""Numbers that the edge of a quote cuts: “seven hundred” of “four thousand seven hundred”."""

from __future__ import annotations

from briefings.check.quantities.quantity import Kind, Quantity
from briefings.check.quantities.reader import count_at_most, read

_ACROSS = 48  # letters on either side of the edge in which the number may stand
_WORDS = 3  # of a text, in which its number begins or ends
_NUMBERS = frozenset({Kind.NUMBER, Kind.PERCENT, Kind.POINTS, Kind.PER_MILLE})


def figure_begun(before: str, quoted: str, language: str) -> str | None:
    """The words before a quote that begin its first number, None if there are none.

    Args:
        before: What stands before the quote in its sentence.
        quoted: The quote.
        language: That of both.
    """
    head, tail = quoted[:_ACROSS], before[-_ACROSS:]
    if not (_may_hold(_first(head), language) and _may_hold(_last(tail), language)):
        return None
    own = [each for each in read(head, language) if _is_number(each)]
    if not own or head[: own[0].start].strip():
        return None
    for figure in read(tail + head, language):
        begun = figure.start < len(tail.rstrip()) < figure.end
        if begun and _is_number(figure) and figure.value != own[0].value:
            return tail[figure.start :].strip()
    return None


def figure_ended(quoted: str, behind: str, language: str) -> str | None:
    """The words behind a quote that end its last number, such as the “per cent” of 40, or None.

    Args:
        quoted: The quote, or its last part.
        behind: What stands behind it in its sentence.
        language: That of both.
    """
    tail, head = quoted[-_ACROSS:], behind[:_ACROSS]
    if not head.strip() or not _may_hold(_last(tail), language):
        return None
    own = [each for each in read(tail, language) if _is_number(each)]
    if not own or tail[own[-1].end :].strip():
        return None
    for figure in read(tail + head, language):
        ended = figure.start <= own[-1].start < len(tail) < figure.end
        same = (figure.value, figure.kind) == (own[-1].value, own[-1].kind)
        if ended and _is_number(figure) and not same:
            return head[: figure.end - len(tail)].strip()
    return None


def _first(text: str) -> str:
    """The first words of a text, in lower case."""
    return " ".join(text.split(maxsplit=_WORDS)[:_WORDS]).lower()


def _last(text: str) -> str:
    """The last ones: a number may end in “and”."""
    return " ".join(text.rsplit(maxsplit=_WORDS)[-_WORDS:]).lower()


def _may_hold(text: str, language: str) -> bool:
    return bool(text) and count_at_most(text, language) > 0


def _is_number(figure: Quantity) -> bool:
    """Whether a figure is one number, and no range; its bound is another rule's."""
    return figure.kind in _NUMBERS and figure.upper is None
