"""The desk's answers held against what was found: each answers one code at one place."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

from briefings.core.diagnostics import Diagnostic, Hint, diagnostic, failed
from briefings.core.model import Acceptance
from briefings.core.span import Span
from briefings.core.values import dataclass

_SHOWN_PLACES = 3


@dataclass(frozen=True, slots=True)
class Accepted:
    """An answer, and what it has answered: one diagnostic or more, all at one place."""

    answer: Acceptance
    diagnostics: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class Answered:
    """What nobody has answered, mistakes in the answers included, and what somebody has."""

    diagnostics: tuple[Diagnostic, ...]
    accepted: tuple[Accepted, ...]


def answered(reported: Iterable[Diagnostic], answers: Sequence[Acceptance]) -> Answered:
    """The diagnostics that are left once the desk's answers are taken off.

    `accept-unclear` is added for an answer that several places fit, and, unless an error is left
    that may hide something, `accept-unused` for one that nothing fits.
    """
    if not answers:
        return Answered(tuple(reported), ())
    left = tuple(dict.fromkeys(reported))
    places = _by_place(left, {answer.code for answer in answers})
    accepted: list[Accepted] = []
    unclear: list[Diagnostic] = []
    unused: list[Acceptance] = []
    for answer in answers:
        fits = _within(answer.place, places[answer.code])
        spans = list(dict.fromkeys(each.span for each in fits if each.span is not None))
        if len(spans) > 1:
            unclear.append(_unclear(answer, spans))
        elif fits:
            accepted.append(Accepted(answer, fits))
        else:
            unused.append(answer)
    gone = {each for entry in accepted for each in entry.diagnostics}
    left = (*(each for each in left if each not in gone), *unclear)
    if not failed(left):
        left = (*left, *map(_unused, unused))
    return Answered(left, tuple(accepted))


_Places = tuple[list[tuple[str, int]], list[Diagnostic]]


def _by_place(diagnostics: Sequence[Diagnostic], codes: Iterable[str]) -> dict[str, _Places]:
    """The diagnostics of each code in order of place, with their places to search in."""
    ordered: dict[str, list[tuple[tuple[str, int], Diagnostic]]] = {code: [] for code in codes}
    for each in diagnostics:
        if each.span is not None and each.code in ordered:
            ordered[each.code].append(((each.span.path, each.span.start), each))
    for pairs in ordered.values():
        pairs.sort(key=lambda pair: pair[0])
    return {
        code: ([place for place, _ in pairs], [each for _, each in pairs])
        for code, pairs in ordered.items()
    }


def _within(place: Span, there: _Places) -> tuple[Diagnostic, ...]:
    starts, ordered = there
    low = bisect_left(starts, (place.path, place.start))
    high = bisect_right(starts, (place.path, place.end))
    return tuple(
        each for each in ordered[low:high] if each.span is not None and each.span.end <= place.end
    )


def _unclear(answer: Acceptance, spans: Sequence[Span]) -> Diagnostic:
    message = f"`accept: {answer.code}` of {answer.what} fits {len(spans)} places, and answers one"
    hint = "say which by `at`, such as `at: statement.en` or `at: evidence.2`"
    others = (Hint("one is here", span) for span in spans[:_SHOWN_PLACES])
    return diagnostic("accept-unclear", message, answer.span, hint, *others)


def _unused(answer: Acceptance) -> Diagnostic:
    message = f"`accept: {answer.code}` of {answer.what} answers nothing"
    where = f" at `{answer.at}`" if answer.at else ""
    hint = f"nothing is reported{where} that it would answer: delete it"
    return diagnostic("accept-unused", message, answer.span, hint)
