"""What pages one and two say around the words of the desk: as the macros say it, but as text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

from briefings.core.edition import Attribution, Edition, JudgementView, Sentence
from briefings.core.likelihood import BANDS
from briefings.core.model import Credibility, Gap, Part, Reliability, Source
from briefings.core.untranslated import untranslated
from briefings.render.figures.lanes import Lanes
from briefings.render.figures.matrix import Matrix
from briefings.render.figures.origins import Origins
from briefings.render.html.fill import runs
from briefings.render.html.leads import alone_of_grade, drawn_from, named_sources, short_titles
from briefings.render.l10n.locales import Locale

RELIABILITY = {
    Reliability.A: "completely reliable",
    Reliability.B: "usually reliable",
    Reliability.C: "fairly reliable",
    Reliability.D: "not usually reliable",
    Reliability.E: "unreliable",
    Reliability.F: "reliability cannot be judged",
}
CREDIBILITY = {
    Credibility.CONFIRMED: "confirmed by independent sources",
    Credibility.PROBABLY_TRUE: "probably true",
    Credibility.POSSIBLY_TRUE: "possibly true",
    Credibility.DOUBTFUL: "doubtful",
    Credibility.IMPROBABLE: "improbable",
    Credibility.CANNOT_BE_JUDGED: "truth cannot be judged",
}

_PARTS = {
    Part.JUDGEMENTS: "What we judge",
    Part.CHANGES: "What changed since the last edition",
    Part.DEVELOPMENTS: "Developments",
    Part.BACKGROUND: "Background",
    Part.OUTLOOK: "Outlook",
    Part.GAPS: "What we don’t know",
    Part.TIMELINE: "Timeline",
    Part.MAP: "Map",
    Part.ACTORS: "Who is who",
}
_OUTSIDE = (
    "What this brief does not say may lie outside these limits; "
    "contested points are told with all their sides."
)
_NBSP = "\u00a0"


class FrontWords:
    """What front pages say of one edition, in one language."""

    def __init__(self, edition: Edition, locale: Locale) -> None:
        self.edition = edition
        self.locale = locale
        self._graded = alone_of_grade(edition)
        self._titles = short_titles(named_sources(edition))

    def label(self, source: Source) -> str:
        """The short name of a source."""
        title = self._titles.get(source.id)
        names = [source.publisher.best(self.locale.language)[1]] if source.publisher else []
        if title is None:
            return self.locale.comma.join(names)
        day = f" ({self.locale.when(title.day, 'short')})" if title.day is not None else ""
        return self.locale.comma.join([*names, self.locale.quoted(title.text)]) + day

    def publisher(self, source: Source) -> str:
        """Who published a source."""
        if source.publisher is None:
            return self.locale.gettext("unknown publisher")
        return source.publisher.best(self.locale.language)[1]

    def numbers(self, sentences: Iterable[Sentence]) -> str:
        """Their numbers: `¶ 1–3, 7`."""
        number = self.locale.number
        pairs = runs(int(sentence.id[1:]) for sentence in sentences)
        ranges = (f"{number(a)}–{number(b)}" if b > a else number(a) for a, b in pairs)
        return f"¶{_NBSP}{self.locale.comma.join(ranges)}"

    def grades(self, sentences: Iterable[Sentence]) -> str:
        """Their grades, each once: `C2, C3`."""
        first = {each.fact.credibility: each for each in reversed(tuple(sentences))}
        told = [
            f"{letter}{sentence.fact.credibility}"
            for sentence in reversed(first.values())
            for letter in dict.fromkeys(each.source.reliability for each in sentence.attributions)
        ]
        return self.locale.comma.join(told)

    def worth(self, sentences: tuple[Sentence, ...], named: Source | None) -> str:
        """Behind their numbers: sources, but for what page one says beside it; their grades."""
        sources = {each.source.id: each.source for each in _attributions(sentences)}
        untold = self._graded | ({named.id} if named is not None else set())
        names = [self.label(each) for name, each in sources.items() if name not in untold]
        told = " · " + self.locale.semicolon.join(names) if names else ""
        return f"{told}{_NBSP}·{_NBSP}{self.grades(sentences)}"

    def voices(self, sentence: Sentence) -> str:
        """Who says it, through whom, in which source."""
        return self.locale.semicolon.join(map(self._voice, sentence.attributions))

    def _voice(self, said: Attribution) -> str:
        words, best = self.locale.gettext, self.locale.language
        if said.actor is None and not said.anonymous:
            return self.label(said.source)
        speaker = words("an unnamed source")
        mark = ""
        if said.actor is not None:
            speaker = said.actor.name.best(best)[1]
            mark = f" ({words('anonymous')})" if said.anonymous else ""
        parts = {"speaker": speaker, "mark": mark, "source": self.label(said.source)}
        if said.via is None:
            return words("%(speaker)s%(mark)s, in %(source)s") % parts
        parts["via"] = said.via.name.best(best)[1]
        return words("%(speaker)s%(mark)s, via %(via)s, in %(source)s") % parts

    def day(self, sentence: Sentence) -> str:
        """When it was; without a day, when it was reported."""
        if sentence.fact.date is not None:
            return self.locale.near(sentence.fact.date, self.edition.spec.as_of)
        return self.reported(sentence)

    def reported(self, sentence: Sentence) -> str:
        """When it was reported."""
        day = self.locale.near(sentence.known, self.edition.spec.as_of)
        return self.locale.gettext("reported %(day)s") % {"day": day}

    def said(self, sentence: Sentence) -> str:
        """When it was, or that no date is given."""
        if sentence.fact.date is None:
            return self.locale.gettext("date not given")
        return self.locale.near(sentence.fact.date, self.edition.spec.as_of)

    def confidence(self, view: JudgementView) -> str:
        """How sure a judgement is, and what it is based on."""
        words = self.locale.gettext
        level = words("confidence %(level)s") % {"level": words(view.confidence.value)}
        based = words("based on %(numbers)s") % {"numbers": self.numbers(view.rests_on)}
        return f"{level}{_NBSP}· {based}"

    def band(self, view: JudgementView) -> str:
        """How likely a judgement is, in per cent."""
        return self.locale.band(*BANDS[view.likelihood])

    def assessed(self, view: JudgementView) -> str:
        """The day on which a judgement was made."""
        day = self.locale.near(view.judgement.made, self.edition.spec.as_of)
        return self.locale.gettext("Assessed %(day)s.") % {"day": day}

    def open_since(self, gap: Gap) -> str:
        """From which day a question is open, before why it is."""
        day = self.locale.near(gap.made, self.edition.spec.as_of)
        since = self.locale.gettext("open since %(day)s") % {"day": day}
        return since if gap.why is None else f"{since} · "

    def due(self, sentence: Sentence) -> str:
        """When a plan is due, if a day is given."""
        due = sentence.due
        if due is None:
            return self.locale.gettext("no day given")
        return self.locale.gettext("due %(day)s") % {"day": self.locale.when(due, "short")}

    def lapse(self, sentence: Sentence, *, is_dated: bool = True) -> str:
        """What became of a plan, with its day or without; "" where that is still to come."""
        words, due = self.locale.gettext, sentence.due
        if not sentence.overdue and not sentence.outcomes:
            return ""
        told = [words("Due %(day)s.") % {"day": self.locale.when(due)}] if due is not None else []
        told = told if is_dated else []
        if sentence.overdue:
            passed = "That day has passed; no outcome is reported."
            told.append(words(passed))
        for outcome in sentence.outcomes:
            statement = outcome.statement.best(self.locale.language)[1]
            told.append(f"{words('Outcome:')} {statement} ¶{_NBSP}{self.locale.number(88)}")
        return " ".join(told)

    def grade(self, letter: Reliability) -> str:
        """How good the sources of a grade are, and which they are."""
        views = [view for view in self.edition.sources if view.source.reliability == letter]
        names = dict.fromkeys(self.publisher(view.source) for view in views)
        count = sum(len(view.citations) for view in views)
        quotes = self.locale.ngettext("%(number)s quote", "%(number)s quotes", count)
        told = quotes % {"number": self.locale.number(count)}
        words = f"{self.locale.gettext(RELIABILITY[letter])} · {self.locale.list(names)}"
        return f"{letter.value} {words}{self.locale.comma}{told.replace(' ', _NBSP)}"

    def credibilities(self) -> str:
        """What the digits of the grades mean."""
        sourcing = self.edition.sourcing
        told = (
            f"{digit} {self.locale.gettext(CREDIBILITY[Credibility(digit)])}".replace(" ", _NBSP)
            for digit in (sourcing.credibilities if sourcing is not None else ())
        )
        return f"{self.locale.comma.strip()} ".join(told)

    def legend(self) -> str:
        """What the grades mean, of sources and of reports."""
        sourcing, words = self.edition.sourcing, self.locale.gettext
        letters = sourcing.grades if sourcing is not None else ()
        told = (f"{each} {words(RELIABILITY[Reliability(each)])}" for each in letters)
        named = f"{self.locale.comma.strip()} ".join(each.replace(" ", _NBSP) for each in told)
        return f"{words('Grades:')} {named}{self.locale.semicolon}{self.credibilities()}"

    def sourcing(self) -> str:
        """How credible its facts are, and on how many origins and unnamed sources they rest."""
        summary = self.edition.sourcing
        if summary is None:
            return ""
        number, words = self.locale.number, self.locale.gettext
        graded = (
            f"{number(count)}{_NBSP}{words(CREDIBILITY[Credibility(digit)])}{_NBSP}({digit})"
            for digit, count in summary.credibilities.items()
        )
        facts = self._counted(
            "This brief has %(number)s fact", "This brief has %(number)s facts", summary.facts
        )
        told = [f"{facts}: {self.locale.comma.join(graded)}"]
        alone = summary.single_origin
        if alone == summary.facts > 1:
            told.append(self.locale.gettext("none is confirmed by a second independent source"))
        elif alone:
            singular, plural = (
                "%(number)s rests on a single origin",
                "%(number)s rest on a single origin each",
            )
            told.append(self._counted(singular, plural, alone))
        if summary.anonymous:
            singular, plural = (
                "%(number)s rests on an unnamed source",
                "%(number)s rest on unnamed sources",
            )
            told.append(self._counted(singular, plural, summary.anonymous))
        return f"{self.locale.semicolon.join(told)}."

    def drawn_from(self, sentences: Iterable[Sentence]) -> str:
        """The line below a picture: whose reports it draws, and as of which day."""
        sources = drawn_from(sentences)
        words = ("Source: %(sources)s, as of %(day)s", "Sources: %(sources)s, as of %(day)s")
        return self.locale.ngettext(*words, len(sources)) % {
            "sources": self.locale.semicolon.join(map(self.label, sources)),
            "day": self.locale.day(self.edition.spec.known_by, "short"),
        }

    def most(self, picture: Origins) -> str:
        """How many facts the origin of most of them carries."""
        row, words = picture.rows[0], self.locale.gettext
        told = words("%(part)s facts come from %(sources)s")
        if len(row.sources) > 1:
            told = words("%(part)s facts come from one origin: %(sources)s")
        return told % {
            "part": self._share(len(row.sentences), picture.total),
            "sources": self.locale.semicolon.join(map(self.label, row.sources)),
        }

    def foremost(self, picture: Lanes) -> str:
        """Who acts or speaks most often; "" where nobody does."""
        first = picture.foremost
        if first is None:
            return ""
        told = "Most often acting or speaking: %(name)s, in %(part)s facts"
        return self.locale.gettext(told) % {
            "name": first.actor.name.best(self.locale.language)[1],
            "part": self._share(len(first.sentences), first.total),
        }

    def backed(self, picture: Matrix) -> str:
        """How many answers two independent sources give."""
        words, count = self.locale.gettext, len(picture.backed)
        if not count:
            return words("No answer is backed by two independent sources")
        told = words("Backed by two independent sources: %(part)s answers")
        return told % {"part": self._share(count, len(picture.answers))}

    def _share(self, count: int, total: int) -> str:
        numbers = {"number": self.locale.number(count), "total": self.locale.number(total)}
        return self.locale.gettext("%(number)s of %(total)s") % numbers

    def mark(self, picture: Origins) -> str:
        """What a mark stands for in the picture of origins."""
        if picture.each == 1:
            words = "A mark is a fact; an open one rests on an unnamed source."
            return self.locale.gettext(words)
        singular = "A mark is %(number)s fact; an open one rests on an unnamed source."
        plural = "A mark is up to %(number)s facts; open ones rest on unnamed sources."
        return self._counted(singular, plural, picture.each)

    def untranslated(self) -> str:
        """The line that much is in other languages; "" where nothing is."""
        missing = untranslated(self.edition)
        if not missing:
            return ""
        codes = dict.fromkeys(code for each in missing for code in each.languages)
        names = {
            "language": self.locale.language_name(self.locale.language),
            "others": self.locale.languages(codes),
        }
        words = "Much of this brief is not there in %(language)s; it stands here in %(others)s."
        return f"{self.locale.gettext('Not translated')} {self.locale.gettext(words) % names}"

    def limits(self) -> str:
        """The line that the brief is limited, about as long as on the page; "" where it is not."""
        filters, words = self.edition.spec.filters, self.locale.gettext
        least = (filters.min_reliability, filters.min_credibility)
        ceiling = self.edition.spec.ceiling.label
        limits: list[tuple[str, tuple[str, ...]]] = [
            ("only about", filters.actors),
            ("only at", filters.places),
            ("only from", filters.sources),
            ("only of kind", filters.kinds),
            ("without", filters.exclude),
            ("source reliability at least", (least[0],) if least[0] is not None else ()),
            ("credibility at least", (least[1],) if least[1] is not None else ()),
            ("marked at most", (ceiling,) if ceiling != "TLP:RED" else ()),
        ]
        told = [
            f"{words(label)} {self.locale.comma.join(map(self._named, each))}"
            for label, each in limits
            if each
        ]
        if parts := [words(title) for part, title in _PARTS.items() if self._leaves_out(part)]:
            told.append(f"{words('parts left out:')} {self.locale.comma.join(parts)}")
        if not told:
            return ""
        return f"{words('Limited')} {' · '.join(told)}. {words(_OUTSIDE)}"

    def _named(self, value: str) -> str:
        """What a limit is called; what it leaves out has but an id."""
        edition = self.edition
        actors = (view.actor.name for view in edition.actors if view.actor.id == value)
        places = (view.place.name for view in edition.places if view.place.id == value)
        name = next(chain(actors, places), None)
        return str(value) if name is None else name.best(self.locale.language)[1]

    def _leaves_out(self, part: Part) -> bool:
        edition = self.edition
        facts = {
            Part.DEVELOPMENTS: (*edition.developments, *edition.commentary),
            Part.BACKGROUND: edition.background,
            Part.OUTLOOK: edition.outlook,
        }
        asked = edition.spec.parts
        others = part is Part.DEVELOPMENTS and Part.COMMENTARY in asked
        return part not in asked and not others and not facts.get(part)

    def more_answers(self, count: int) -> str:
        """The line that a disputed point has more answers."""
        return self._counted("%(number)s more answer", "%(number)s more answers", count)

    def _counted(self, singular: str, plural: str, count: int) -> str:
        words = self.locale.ngettext(singular, plural, count)
        return words % {"number": self.locale.number(count)}


def _attributions(sentences: Iterable[Sentence]) -> Iterator[Attribution]:
    return (each for sentence in sentences for each in sentence.attributions)
