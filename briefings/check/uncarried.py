"""What is said of a figure that no quote carries."""

from __future__ import annotations

from briefings.check.figure_texts import Stated
from briefings.check.quantities.compare import Deviation, FigureFinding
from briefings.check.quantities.derived import quoted_figures
from briefings.check.quantities.quantity import Quantity
from briefings.check.quantities.worked_out import worked_out
from briefings.core.diagnostics import Diagnostic, Hint, diagnostic


def refusal(text: Stated, language: str, figure: Quantity, finding: FigureFinding) -> Diagnostic:
    """What is wrong with a figure, by what it differs in from the nearest that is there.

    Args:
        text: Where it is told.
        language: The language of these words.
        figure: What nothing carries.
        finding: What came nearest, and what that differs in.
    """
    place, nearest = text.text.place(language), finding.nearest
    against = "its quote" if text.is_translation else "the quote"
    if finding.difference is Deviation.ALL or nearest is None:
        code = "mistranslated-figure" if text.is_translation else "unsupported-figure"
        message = (
            f"the quote does not say “{figure.shown}” of its translation in {text.names}"
            if text.is_translation
            else f"no quote of {text.names} carries “{figure.shown}” of {text.part}"
        )
        hints: list[Hint | str] = [
            "translate what the quote says"
            if text.is_translation
            else _to_be_derived(text, language, figure)
            or "quote the passage that does, or leave it out"
        ]
        if nearest is not None and nearest.shown:
            hints.append(f"{against} says “{nearest.shown}”")
            if figure.day is not None and _is_weekday(nearest):
                hints.append("which day that is, the fact's `date` says, or `due` if it is a plan")
        return diagnostic(code, message, place, *hints, words=figure.shown)
    code = {
        Deviation.BOUND: "changed-bound",
        Deviation.UNIT: "changed-unit",
        Deviation.SIGN: "unsupported-figure",
        Deviation.WHOLE: "unsupported-figure",
    }[finding.difference]
    if text.is_translation:
        code = "mistranslated-figure"
    ours, theirs = figure.shown, nearest.shown
    if finding.difference is Deviation.UNIT and ours == theirs:
        ours, theirs = ours + figure.counter.word, theirs + nearest.counter.word  # 世帯 for 人
    message = f"{text.whole} says “{ours}”, {against} “{theirs}”"
    return diagnostic(code, message, place, _CURES[finding.difference], words=figure.shown)


def _to_be_derived(text: Stated, language: str, figure: Quantity) -> str | None:
    """The line that makes a figure out of those of one fact's quotes."""
    lines = [
        (fact.id, line)
        for fact in text.facts
        if (line := worked_out(figure, language, quoted_figures(fact))) is not None
    ]
    if len(lines) != 1:
        return None
    name, line = lines[0]
    return f"the figures of its quotes come to it: add `derived: [{line}]` to `{name}`"


def _is_weekday(figure: Quantity) -> bool:
    day = figure.day
    return day is not None and day.weekday is not None and day.day is None


_CURES = {
    Deviation.BOUND: "keep the words that bound the number: “up to”, “at least”, “nearly”, “only”",
    Deviation.UNIT: "keep the unit of the quote",
    Deviation.SIGN: "keep the sign of the number",
    Deviation.WHOLE: "in the quote it is what another number is part of; say so too",
}
