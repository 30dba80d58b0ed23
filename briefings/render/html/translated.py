"""Which quotes of a brief need a translation beside them, and who made these."""

from __future__ import annotations

from collections.abc import Iterable

from briefings.core.edition import Citation
from briefings.core.languages import primary
from briefings.render.l10n.locales import Locale


def translated(citation: Citation, locale: Locale) -> bool:
    """Whether a reader of the page is helped by the translation that the base has, if any.

    Who has to read the sentence in the language of its quote needs none into a third one.
    """
    evidence = citation.evidence
    if evidence.translation is None or locale.speaks(evidence.language):
        return False
    offered, _ = evidence.translation.best(locale.language)
    spoken, _ = citation.fact.statement.best(locale.language)
    return locale.speaks(offered) or primary(spoken) != primary(evidence.language)


def only_translator(citations: Iterable[Citation], locale: Locale) -> str | None:
    """Who made every translation on the page, where it is one, so that it can be said once."""
    names = {each.evidence.translator for each in citations if translated(each, locale)}
    return names.pop() if len(names) == 1 else None
