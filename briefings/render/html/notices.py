"""Pages about editions that were made: what two of them differ in, what one has to take back."""

from __future__ import annotations

import jinja2

from briefings.core.correction import Correction
from briefings.core.difference import Comparison
from briefings.core.model import LocalText
from briefings.core.overriding import override
from briefings.core.values import dataclass
from briefings.render.html.environment import locale_of
from briefings.render.html.fill import Fillable, Medium, filled, marked
from briefings.render.html.heights import NARROWEST, running_desk, running_title
from briefings.render.l10n.locales import Locale


@dataclass(frozen=True, slots=True)
class CorrectionPage(Fillable):
    """The correction notice of one issued brief, for one medium, in the language of that brief."""

    notice: Correction
    medium: Medium

    @property
    def language(self) -> str:
        """The language whose words the page has."""
        return self.notice.record.snapshot.language

    @override
    def text(self, templates: jinja2.Environment) -> str:
        notice, issued = self.notice, self.notice.record.snapshot
        locale = locale_of(templates, issued.language)
        words = Locale(locale.language, locale.own)
        title = f"{words.gettext('Correction')}: {issued.title}"
        behind = words.gettext("corrects edition %(id)s") % {"id": issued.edition}
        desk = notice.desk.best(issued.language)[1]
        return filled(
            templates,
            "correction.html.j2",
            locale,
            medium=self.medium,
            rules=[marked(notice.marking)] if self.medium == "screen" else [],
            context={
                "notice": notice,
                "marking": notice.marking,
                "short_titles": {},
                "running_title": running_title(title, NARROWEST),
                "running_desk": running_desk(desk, notice.day, behind, words, notice.marking),
            },
        )


@dataclass(frozen=True, slots=True)
class ComparisonPage(Fillable):
    """What editions differ in, one pair at least; `desk` is its title, if a desk was read."""

    desk: LocalText | None
    comparisons: tuple[Comparison, ...]

    @property
    def language(self) -> str:
        """The language whose words the page has."""
        return self.comparisons[0].after.language

    @override
    def text(self, templates: jinja2.Environment) -> str:
        editions = (each for pair in self.comparisons for each in (pair.before, pair.after))
        marking = max(edition.marking for edition in editions)
        return filled(
            templates,
            "diff.html.j2",
            locale_of(templates, self.language),
            rules=[marked(marking)],
            context={
                "desk": self.desk,
                "comparisons": self.comparisons,
                "marking": marking,
                "short_titles": {},
            },
        )
