"""Analytic standards of ICD 203: likelihood in seven terms, confidence apart from it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefings.check.lexicon import CONFIDENCES, DEGREES, LIKELIHOODS
from briefings.core.diagnostics import Diagnostic, diagnostic
from briefings.core.model import FactBase, Judgement, Likelihood

_SENTENCE_END = re.compile(r"(?<=[.!?؟۔])\s+")


def likelihood(judgement: Judgement) -> Likelihood | None:
    """The band that the judgement's terms name, or None if they name none or several."""
    bands = {
        band for language, form in judgement.statement.forms for band, _ in _terms(form, language)
    }
    bands |= {judgement.likelihood} if judgement.likelihood else set()
    return bands.pop() if len(bands) == 1 else None


def likelihoods(base: FactBase) -> Iterator[Diagnostic]:
    """Judgements without exactly one likelihood term, or with one that is none of the seven."""
    for judgement in base.judgements.values():
        span = judgement.statement.span
        bands: dict[Likelihood, str] = {}
        if judgement.likelihood is not None:
            bands[judgement.likelihood] = judgement.likelihood.value
        for language, form in judgement.statement.forms:
            if language.partition("-")[0] not in LIKELIHOODS:
                continue
            terms = list(_terms(form, language))
            for _, match in terms:
                degree = DEGREES[language.partition("-")[0]].search(form[: match.start()])
                if degree is not None:
                    message = f"“{degree.group()}{match.group()}” is none of the seven terms"
                    yield diagnostic("no-likelihood", message, span, _SEVEN)
            if not terms:
                message = f"judgement `{judgement.id}` holds no term of likelihood"
                yield diagnostic("no-likelihood", message, span, _SEVEN)
            if len(terms) > 1:
                shown = " and ".join(f"“{match.group()}”" for _, match in terms)
                message = f"judgement `{judgement.id}` holds {shown}"
                yield diagnostic("mixed-likelihood", message, span, "one judgement, one term")
                break
            bands |= {band: match.group() for band, match in terms}
        if len(bands) > 1:
            shown = " and ".join(f"“{term}”" for term in bands.values())
            message = f"judgement `{judgement.id}` says {shown} in different places"
            yield diagnostic("mixed-likelihood", message, judgement.likelihood_span)
        if not bands and likelihood(judgement) is None and _unknown(judgement):
            message = f"the terms of judgement `{judgement.id}` are in no language that is known"
            yield diagnostic("no-likelihood", message, span, "add `likelihood`")


_SEVEN = (
    "the terms: almost no chance, very unlikely, unlikely, roughly even chance, likely, very"
    " likely, almost certain"
)


def _unknown(judgement: Judgement) -> bool:
    return all(code.partition("-")[0] not in LIKELIHOODS for code, _ in judgement.statement.forms)


def _terms(text: str, language: str) -> Iterator[tuple[Likelihood, re.Match[str]]]:
    """The terms of a text in order; “very likely” is one term and not “likely” too."""
    terms = LIKELIHOODS.get(language.partition("-")[0], {})
    patterns = {alternative: band for band, words in terms.items() for alternative in words}
    ordered = sorted(patterns, key=lambda each: (-len(each), each))
    if not ordered:
        return
    any_of = "|".join(f"({each})" for each in ordered)
    whole = re.compile(rf"(?<![\w-])(?:{any_of})(?![\w-])", re.IGNORECASE)
    for match in whole.finditer(" ".join(text.split())):
        yield patterns[ordered[(match.lastindex or 1) - 1]], match


def confidences(base: FactBase) -> Iterator[Diagnostic]:
    """Sentences that speak of likelihood and confidence at once."""
    for judgement in base.judgements.values():
        for text in (judgement.statement, judgement.because):
            for language, form in text.forms:
                words = CONFIDENCES.get(language.partition("-")[0])
                for sentence in _SENTENCE_END.split(form) if words else ():
                    term = next(_terms(sentence, language), None)
                    if term is not None and words is not None and words.search(sentence):
                        message = f"one sentence says “{term[1].group()}” and speaks of confidence"
                        yield diagnostic("likelihood-with-confidence", message, text.span)


def foundations(base: FactBase) -> Iterator[Diagnostic]:
    """Judgements that rest on nothing."""
    for judgement in base.judgements.values():
        if not judgement.rests_on:
            message = f"judgement `{judgement.id}` rests on no fact"
            yield diagnostic("baseless-judgement", message, judgement.span)
