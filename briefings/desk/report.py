"""What a check or a build says, for people, for a workflow and for machines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path, PurePath

from briefings.check.acceptance import Accepted
from briefings.check.quotes.anchors import QuoteCheck
from briefings.check.translations import TranslationCoverage, coverage
from briefings.core.diagnostics import (
    Diagnostic,
    OutputFormat,
    Severity,
    as_json,
    failed,
    in_order,
    plural,
    render,
)
from briefings.core.groups import grouped
from briefings.core.model import Outcome
from briefings.core.span import SourceText, Span
from briefings.core.untranslated import Unmade
from briefings.desk.checked import Checked
from briefings.desk.tally import Tally

_SHOWN = 5
"""Sources of a line that could be long."""


def report(
    diagnostics: Iterable[Diagnostic],
    texts: Mapping[str, SourceText],
    folder: Path,
    form: OutputFormat = OutputFormat.HUMAN,
) -> str:
    """Every diagnostic in order of place, as text.

    Args:
        diagnostics: In any order.
        texts: The files that they point into, by path from the desk.
        folder: The desk as seen from where one works: paths are printed from there.
        form: Whether for people or for GitHub.
    """
    return render(
        [_from_here(each, folder) for each in diagnostics], _texts_from_here(texts, folder), form
    )


def summary(tally: Tally, diagnostics: Iterable[Diagnostic]) -> str:
    """The check in one line: `213 quotes checked: 198 exact, 15 folded; 0 errors, 2 warnings`."""
    counts = ", ".join(
        f"{tally.quotes[each.value]} {each}" for each in Outcome if tally.quotes.get(each.value)
    )
    severities = Counter(each.severity for each in in_order(diagnostics))
    errors = plural(severities[Severity.ERROR], "error")
    warnings = plural(severities[Severity.WARNING], "warning")
    accepted = f", {tally.accepted} accepted" if tally.accepted else ""
    return (
        f"{plural(sum(tally.quotes.values()), 'quote')} checked{': ' if counts else ''}{counts};"
        f" {errors}, {warnings}{accepted}"
    )


def unchecked(tally: Tally) -> str:
    """What no rule has read, in one line: `not checked: hedges (12 texts in fr, 1 in tr)`."""
    rules: dict[str, list[str]] = {}
    for (rule, language), number in sorted(tally.unchecked.items()):
        counts = rules.setdefault(rule, [])
        count = str(number) if counts else plural(number, "text")
        counts.append(f"{count} in {language}")
    if not rules:
        return ""
    return "not checked: " + "; ".join(f"{rule} ({', '.join(rules[rule])})" for rule in rules)


def taken(tally: Tally) -> str:
    """What facts have from the names of their statements, in one line, for an explicit list."""
    counts = [
        f"{what} of {plural(number, 'fact')}"
        for what in ("actors", "places")
        if (number := tally.taken.get(what))
    ]
    if not counts:
        return ""
    return f"{', '.join(counts)} taken from the names in their statements (--json lists them)"


def unconfirmed(tally: Tally) -> str:
    """What was guessed and nobody has confirmed, in one line: `to confirm: a (title), b (url)`."""
    guessed = [f"{source} ({', '.join(keys)})" for source, keys in tally.guessed]
    if not guessed:
        return ""
    shown = ", ".join(guessed[:_SHOWN])
    more = f" and {len(guessed) - _SHOWN} more" if len(guessed) > _SHOWN else ""
    count = plural(len(guessed), "source")
    return f"to confirm (`briefings confirm`): {count} with guesses of capture: {shown}{more}"


def languages(tally: Tally) -> tuple[str, ...]:
    """A line for each language of a base that has several: what is there in it, and what is not.

    `fa-AF: 120 of 125 statements (118 in fa, 5 in en)`; nothing for a base with mistakes.
    """
    if len(tally.languages) < 2:
        return ()
    return tuple(
        f"{language}: " + ", ".join(_covered(each, language) for each in tally.coverage(language))
        for language in tally.languages
    )


def _covered(texts: TranslationCoverage, language: str) -> str:
    others = ", ".join(
        f"{count} in {code}" for code, count in texts.counts.items() if code != language
    )
    covered = f"{texts.read(language)} of {texts.total} {texts.kind}"
    return f"{covered} ({others})" if others else covered


def unmade(editions: Iterable[Unmade]) -> tuple[str, ...]:
    """A line for each language in which editions were left out: what they lack, how to have them.

    `ps: 4 briefs not made, for want of translations: 4 of 4 headlines, …; --lang ps makes them`.
    """
    by_language = grouped((edition.language, edition) for edition in editions)
    return tuple(
        f"{language}: {plural(len(left_out), 'brief')} not made, for want of translations:"
        f" {_lacking(left_out)}; --lang {language} makes"
        f" {'it' if len(left_out) == 1 else 'them'} with what there is"
        for language, left_out in by_language.items()
    )


def _lacking(editions: Sequence[Unmade]) -> str:
    """How many texts of each kind are not translated, over editions that lack any of it."""
    counts: dict[str, tuple[int, int]] = {}
    for each in (each for edition in editions for each in edition.missing):
        missing, total = counts.get(each.kind, (0, 0))
        counts[each.kind] = missing + each.missing, total + each.total
    return ", ".join(f"{missing} of {total} {kind}" for kind, (missing, total) in counts.items())


def as_object(result: Checked, folder: Path, *, strict: bool) -> dict[str, object]:
    """The check for machines: whether all is well, how many of what, each mistake, each quote.

    Args:
        result: The check.
        folder: The desk as seen from where one works: paths are told from there.
        strict: Whether all is well only without a warning.
    """
    diagnostics = in_order(_from_here(each, folder) for each in result.diagnostics)
    texts = _texts_from_here(result.texts, folder)
    outcomes = Counter(quote.outcome for quote in result.quotes)
    return {
        "ok": not failed(diagnostics, strict=strict),
        "counts": {
            "quotes": len(result.quotes),
            **{outcome.value: outcomes[outcome] for outcome in Outcome},
            "errors": sum(each.severity is Severity.ERROR for each in diagnostics),
            "warnings": sum(each.severity is Severity.WARNING for each in diagnostics),
        },
        "languages": {
            language: {
                each.kind: {
                    "total": each.total,
                    "own": each.counts.get(language, 0),
                    "in": dict(each.counts),
                }
                for each in kinds
            }
            for language, kinds in (coverage(result.checked.base).items() if result.checked else ())
        },
        "diagnostics": [as_json(each, texts) for each in diagnostics],
        "accepted": [_accepted(each, texts, folder) for each in result.accepted],
        "unchecked": [
            {"rule": each.rule, "language": each.language, "texts": each.count}
            for each in result.unchecked
        ],
        "quotes": [_quote(quote) for quote in result.quotes],
        "to_confirm": {
            source.id: list(source.to_confirm)
            for source in (result.checked.base.sources.values() if result.checked else ())
            if source.to_confirm
        },
        "taken_from_names": {
            each.fact: {"actors": list(each.actors), "places": list(each.places)}
            for each in result.taken
        },
        "carried_by": [
            {"fact": each.fact, "language": each.language, "figure": each.figure, "by": each.by}
            for each in result.supports
        ],
    }


def _accepted(
    accepted: Accepted, texts: Mapping[str, SourceText], folder: Path
) -> dict[str, object]:
    """An answer of the desk with what it has answered."""
    answer = accepted.answer
    return {
        "code": answer.code,
        "entry": answer.entry,
        "section": answer.section,
        "at": answer.at,
        "why": dict(answer.why.forms),
        "diagnostics": [as_json(_from_here(each, folder), texts) for each in accepted.diagnostics],
    }


def _quote(quote: QuoteCheck) -> dict[str, object]:
    """One quote and its place; `fact` is null for what a source calls an actor."""
    return {
        "fact": quote.fact,
        "index": quote.index,
        "source": quote.source,
        "outcome": quote.outcome.value,
        "folded": list(quote.folded),
        "passages": [
            {"start": part.start, "end": part.end, "line": part.line, "paragraph": part.paragraph}
            for part in (quote.anchor.passages if quote.anchor else ())
        ],
    }


@lru_cache(maxsize=64)  # of the same few files, by every mistake
def _path_from_here(path: str, folder: Path) -> str:
    """A desk-relative path as an editor or a workflow finds it; absolute ones stay."""
    return path if PurePath(path).is_absolute() else (folder / path).as_posix()


def _texts_from_here(texts: Mapping[str, SourceText], folder: Path) -> dict[str, SourceText]:
    moved = (SourceText(_path_from_here(text.path, folder), text.text) for text in texts.values())
    return {text.path: text for text in moved}


def _from_here(fault: Diagnostic, folder: Path) -> Diagnostic:
    def moved(span: Span | None) -> Span | None:
        return span and replace(span, path=_path_from_here(span.path, folder))

    spans = (fault.span, *(hint.span for hint in fault.hints))
    if all(span is None or _path_from_here(span.path, folder) == span.path for span in spans):
        return fault  # as most are, and of many mistakes there may be very many
    hints = tuple(replace(hint, span=moved(hint.span)) for hint in fault.hints)
    return replace(fault, span=moved(fault.span), hints=hints)
