"""Analytic standards of ICD 203: likelihood in seven terms, confidence apart from it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from types import MappingProxyType

from briefings.check.quantities.quantity import Kind
from briefings.check.quantities.reader import read
from briefings.check.unchecked import Unchecked, counted
from briefings.core.diagnostics import Diagnostic, diagnostic
from briefings.core.languages import primary
from briefings.core.likelihood import TERMS, whole
from briefings.core.model import FactBase, Judgement, Likelihood

_NOWHERE = re.compile("(?!)")

# By language: before or after a term of likelihood these make another degree, which ICD 203 does
# not have.
_DEGREES: Mapping[str, tuple[re.Pattern[str], re.Pattern[str]]] = MappingProxyType(
    {
        "en": (
            re.compile(
                r"(?:not|n['’]t|never|hardly|scarcely|in no way|less than|too|as|highly|extremely"
                r"|quite|fairly|rather|somewhat|more|less|most|least|pretty|very"
                r"|increasingly|reasonably|all but|virtually|almost|nearly)\s+$",
                re.IGNORECASE,
            ),
            _NOWHERE,
        ),
        "fa": (
            re.compile(
                r"(?<!\w)(?:نه|غیر|چندان|خیلی|کاملاً?|نسبتاً?|تا حدی|تا حدودی|کم‌?وبیش|بیشتر"
                r"|کمتر|عملاً?|تقریباً?|بسیار|فوق‌?العاده|به‌?شدت)\s+$"
            ),
            # A verb denies behind the term, and it may stand at the very end of the clause.
            re.compile(r"\s+(?:نیست|نبود|نخواهد بود|نمی\w*|به نظر نمی\w*)(?!\w)"),
        ),
        "ps": (re.compile(r"(?<!\w)(?:نه|خورا|تر ټولو|ډ[ېیي]ر)\s+$"), _NOWHERE),
    }
)
_CONFIDENCES: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        "en": re.compile(
            r"(?<![\w-])(?:(?<!no )(?<!(?:vote|otes|tion|ions) of )confidence(?! vote| motion)"
            r"|confident(?:ly)?|(?:no|little) doubt|conviction|certainty|sure)"
            r"(?![\w-])",
            re.IGNORECASE,
        ),
        "fa": re.compile(r"(?<!\w)(?:اطمینان|مطمئن\w*|یقین|قطعیت|بی‌?تردید|بدون تردید)(?!\w)"),
        "ps": re.compile(r"(?<!\w)(?:ډاډ|ډاډه|یقین|بې‌?شکه)(?!\w)"),
    }
)


_SENTENCE_END = re.compile(r"(?<![A-Z]\.[A-Z]\.)(?<=[.!?؟۔])\s+")
_NEAR = 200
"""Letters before a term: no word that makes another of it is as long, with its blanks."""


def likelihood(judgement: Judgement) -> Likelihood | None:
    """The band that the judgement names, by its terms or its `likelihood`, if it is just one."""
    bands = {judgement.likelihood} if judgement.likelihood else set()
    for language, form in judgement.statement.forms:
        bands |= {band for band, _ in _terms(form, language)}
    return bands.pop() if len(bands) == 1 else None


def likelihoods(base: FactBase) -> Iterator[Diagnostic]:
    """Judgements without exactly one likelihood term, or with one that is none of the seven."""
    for judgement in base.judgements.values():
        yield from _in_each_language(judgement)
        bands = {judgement.likelihood.value} if judgement.likelihood else set()
        for language, form in judgement.statement.forms:
            terms = list(_terms(form, language))
            bands |= {terms[0][0].value} if len(terms) == 1 else set()
        if len(bands) > 1:
            shown = " and ".join(sorted(bands))
            message = f"judgement `{judgement.id}` says {shown} in different places"
            yield diagnostic("mixed-likelihood", message, judgement.likelihood_span)
        elif not bands and not any(_speaks(code) for code, _ in judgement.statement.forms):
            message = f"the terms of judgement `{judgement.id}` are in no language that is known"
            yield diagnostic("no-likelihood", message, judgement.statement.span, "add `likelihood`")


_SEVEN = (
    "the terms: almost no chance, very unlikely, unlikely, roughly even chance, likely, very"
    " likely, almost certain"
)


def _in_each_language(judgement: Judgement) -> Iterator[Diagnostic]:
    for language, form in judgement.statement.forms:
        if not _speaks(language):
            continue
        span = judgement.statement.place(language)
        terms = list(_terms(form, language))
        for _, match in terms:
            before, after = _degree(form, match, language)
            if before or after:
                message = f"“{before}{match.group()}{after}” is none of the seven terms"
                words = f"{before}{match.group()}{after}"
                yield diagnostic("no-likelihood", message, span, _SEVEN, words=words)
        percentages = [each.shown for each in read(form, language) if each.kind is Kind.PERCENT]
        if not terms:
            message = f"judgement `{judgement.id}` holds no term of likelihood"
            yield diagnostic("no-likelihood", message, span, _SEVEN)
        if len(terms) > 1:
            shown = " and ".join(f"“{match.group()}”" for _, match in terms)
            message = f"judgement `{judgement.id}` holds {len(terms)} terms: {shown}"
            yield diagnostic("mixed-likelihood", message, span, "one judgement, one term")
        elif terms and percentages:
            message = f"judgement `{judgement.id}` gives a percentage, “{percentages[0]}”, too"
            hint = "the term stands for its band"
            yield diagnostic("mixed-likelihood", message, span, hint, words=percentages[0])


def unread(base: FactBase) -> Iterator[Unchecked]:
    """Judgements in languages whose terms are not known: none is held against the other ones."""
    judgements = base.judgements.values()
    texts = (code for each in judgements for code, _ in each.statement.forms)
    yield from counted("terms of likelihood", texts, _speaks)


def _speaks(language: str) -> bool:
    return primary(language) in TERMS


def _degree(text: str, term: re.Match[str], language: str) -> tuple[str, str]:
    """What stands before and after a term and makes another of it; `""` for nothing."""
    patterns = _DEGREES.get(primary(language))
    if patterns is None:
        return "", ""
    before, after = (
        patterns[0].search(text[max(0, term.start() - _NEAR) : term.start()]),
        patterns[1].match(text, term.end()),
    )
    return before.group() if before else "", after.group() if after else ""


@lru_cache(maxsize=16)
def _pattern(language: str) -> tuple[re.Pattern[str], tuple[Likelihood, ...]] | None:
    terms = TERMS.get(language)
    if terms is None:
        return None
    bands = {alternative: band for band, words in terms.items() for alternative in words}
    ordered = sorted(bands, key=lambda each: (-len(each), each))
    return whole(ordered), tuple(bands[each] for each in ordered)


def _terms(text: str, language: str) -> Iterator[tuple[Likelihood, re.Match[str]]]:
    """The terms of a text in order; “very likely” is one term and not “likely” too."""
    known = _pattern(primary(language))
    if known is not None:
        pattern, bands = known
        for match in pattern.finditer(text):
            yield bands[(match.lastindex or 1) - 1], match


def confidences(base: FactBase) -> Iterator[Diagnostic]:
    """Sentences that speak of likelihood and confidence at once."""
    for text in (
        said for each in base.judgements.values() for said in (each.statement, each.because)
    ):
        for language, form in text.forms:
            words = _CONFIDENCES.get(primary(language))
            if words is None:
                continue
            for sentence in filter(words.search, _SENTENCE_END.split(form)):
                if (term := next(_terms(sentence, language), None)) is not None:
                    message = f"one sentence says “{term[1].group()}” and speaks of confidence"
                    place = text.place(language)
                    yield diagnostic("likelihood-with-confidence", message, place)


def foundations(base: FactBase) -> Iterator[Diagnostic]:
    """Judgements that rest on nothing."""
    for judgement in base.judgements.values():
        if not judgement.rests_on:
            message = f"judgement `{judgement.id}` rests on no fact"
            yield diagnostic("baseless-judgement", message, judgement.span)
