"""Pages about editions that were made: what two of them differ in, what one has to take back."""

from __future__ import annotations

from collections.abc import Sequence

import jinja2

from briefings.core.correction import Correction
from briefings.core.difference import Comparison
from briefings.core.model import LocalText
from briefings.render.html.environment import locale_of
from briefings.render.html.fill import Medium, filled, marked


def correction(templates: jinja2.Environment, notice: Correction, *, medium: Medium) -> str:
    """The correction notice of one issued brief, in the language of that brief."""
    return filled(
        templates,
        "correction.html.j2",
        locale_of(templates, notice.record.snapshot.language),
        medium=medium,
        rules=[marked(notice.marking)] if medium == "screen" else [],
        context={"notice": notice, "marking": notice.marking, "short_titles": {}},
    )


def comparisons(
    templates: jinja2.Environment, desk: LocalText | None, compared: Sequence[Comparison]
) -> str:
    """What editions differ in, on one page; `compared` is never empty."""
    editions = [edition for pair in compared for edition in (pair.before, pair.after)]
    marking = max(edition.marking for edition in editions)
    return filled(
        templates,
        "diff.html.j2",
        locale_of(templates, compared[0].after.language),
        rules=[marked(marking)],
        context={
            "desk": desk,
            "comparisons": compared,
            "marking": marking,
            "short_titles": {},
        },
    )
