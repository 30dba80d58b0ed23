"""Take down what an edition says, so that another day can tell what has changed."""

from __future__ import annotations

from collections.abc import Iterator

from briefings.core.edition import Edition, Sentence
from briefings.core.model import LocalText, Part
from briefings.core.snapshot import (
    FORMAT,
    AcceptedState,
    FactState,
    Graded,
    JudgementState,
    Quoted,
    Snapshot,
    WithdrawnState,
)


def snapshot(edition: Edition) -> Snapshot:
    """The edition in short: its words in its own language, its grades, its quotes."""
    spec = edition.spec

    def shown(text: LocalText) -> str:
        return text.best(spec.language)[1]

    return Snapshot(
        format=FORMAT,
        brief=spec.brief,
        title=shown(edition.title),
        language=spec.language,
        marking=edition.marking.label,
        as_of=spec.as_of.isoformat(),
        known_by=spec.known_by.isoformat(),
        since=spec.window.since.isoformat(),
        until=spec.window.until.isoformat(),
        edition=edition.id,
        fingerprint=edition.fingerprint,
        facts=tuple(_fact(edition, section, sentence) for section, sentence in _told(edition)),
        judgements=tuple(
            JudgementState(
                id=view.judgement.id,
                statement=shown(view.judgement.statement),
                likelihood=view.likelihood.value,
                confidence=view.confidence.value,
                because=shown(view.judgement.because),
                rests_on=tuple(view.judgement.rests_on),
            )
            for view in edition.judgements
        ),
        withdrawn=tuple(
            WithdrawnState(fact, end.on.isoformat(), shown(end.why), end.replaced_by)
            for fact, end in edition.withdrawn
        ),
        accepted=tuple(
            AcceptedState(
                view.answer.section,
                view.answer.entry,
                view.answer.at,
                view.answer.code,
                shown(view.answer.why),
            )
            for view in edition.accepted
        ),
    )


def _told(edition: Edition) -> Iterator[tuple[Part, Sentence]]:
    for part in (Part.DEVELOPMENTS, Part.COMMENTARY, Part.BACKGROUND, Part.OUTLOOK):
        for sentence in getattr(edition, part.value):
            yield part, sentence


def _fact(edition: Edition, section: Part, sentence: Sentence) -> FactState:
    fact = sentence.fact
    quotes = {citation.number: citation for citation in edition.citations}
    cited = [quotes[number] for number in sentence.citations]
    grades = dict.fromkeys(Graded(one.source.id, one.source.reliability.value) for one in cited)
    return FactState(
        id=fact.id,
        section=section.value,
        kind=fact.kind.value,
        statement=fact.statement.best(edition.spec.language)[1],
        date=fact.date.text if fact.date else None,
        due=fact.due.text if fact.due else None,
        credibility=fact.credibility.value,
        grades=tuple(grades),
        quotes=tuple(Quoted(one.source.id, one.text) for one in cited),
        contests=tuple(contest.id for contest in sentence.contests),
        outcomes=tuple(outcome.id for outcome in sentence.outcomes),
        overdue=sentence.overdue,
    )
