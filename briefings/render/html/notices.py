"""Pages about editions that were made: what two of them differ in, what one has to take back."""

from __future__ import annotations

from collections.abc import Sequence

import jinja2

from briefings.core.correction import Correction
from briefings.core.difference import Comparison
from briefings.core.model import LocalText
from briefings.render.html.environment import locale_of
from briefings.render.html.fill import Medium, filled, marked
from briefings.render.html.heights import NARROWEST, running_desk, running_title
from briefings.render.l10n.locales import Locale


def correction(templates: jinja2.Environment, notice: Correction, *, medium: Medium) -> str:
    """The correction notice of one issued brief, in the language of that brief.

    Args:
        templates: An environment of `environment`.
        notice: What the brief said, and what holds now.
        medium: Whether it is for a screen or for paper.

    """
    issued = notice.record.snapshot
    locale = locale_of(templates, issued.language)
    words = Locale(locale.language, locale.own)
    title = f"{words.gettext('Correction')}: {issued.title}"
    behind = words.gettext("corrects edition %(id)s") % {"id": issued.edition}
    desk = notice.desk.best(issued.language)[1]
    return filled(
        templates,
        "correction.html.j2",
        locale,
        medium=medium,
        rules=[marked(notice.marking)] if medium == "screen" else [],
        context={
            "notice": notice,
            "marking": notice.marking,
            "short_titles": {},
            "running_title": running_title(title, NARROWEST),
            "running_desk": running_desk(desk, notice.day, behind, words, notice.marking),
        },
    )


def comparisons(
    templates: jinja2.Environment, desk: LocalText | None, compared: Sequence[Comparison]
) -> str:
    """The page on what editions differ in, in the language of the first one.

    Args:
        templates: An environment of `environment`.
        desk: The title of the desk; None where no desk was read.
        compared: The pairs, in the order of the page; never empty.

    """
    editions = [edition for pair in compared for edition in (pair.before, pair.after)]
    marking = max(edition.marking for edition in editions)
    return filled(
        templates,
        "diff.html.j2",
        locale_of(templates, compared[0].after.language),
        rules=[marked(marking)],
        context={"desk": desk, "comparisons": compared, "marking": marking, "short_titles": {}},
    )
