"""Take down what an edition says, so that another day can tell what has changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from briefings.core.edition import Citation, Content, JudgementView, Sentence, SummaryView
from briefings.core.model import SECTIONS, Account, LocalText, Part, Prose
from briefings.core.snapshot import (
    FORMAT,
    AcceptedState,
    AccountState,
    ClaimState,
    FactState,
    Graded,
    JudgementState,
    Quoted,
    Snapshot,
    SummaryState,
    WithdrawnState,
)


def snapshot(content: Content, name: str, fingerprint: str) -> Snapshot:
    """Take down an edition: its words in its own language, its grades, its quotes.

    Args:
        content: All that it shows.
        name: Its id, the first digits of `fingerprint`.
        fingerprint: The SHA-256 over `content`, in hexadecimal.
    """
    spec = content.spec

    def shown(text: LocalText) -> str:
        return text.best(spec.language)[1]

    quotes = {citation.number: citation for citation in content.citations}
    return Snapshot(
        format=FORMAT,
        brief=spec.brief,
        title=shown(content.title),
        language=spec.language,
        marking=content.marking,
        as_of=spec.as_of,
        known_by=spec.known_by,
        since=spec.window.since,
        until=spec.window.until,
        edition=name,
        fingerprint=fingerprint,
        facts=tuple(
            _fact(spec.language, quotes, section, sentence)
            for section, sentence in _in_sections(content)
        ),
        judgements=tuple(_judgement(spec.language, view) for view in content.judgements),
        withdrawn=tuple(
            WithdrawnState(fact, end.on, shown(end.why), end.replaced_by)
            for fact, end in content.withdrawn
        ),
        accepted=tuple(
            AcceptedState(
                view.answer.section,
                view.answer.entry,
                view.answer.at,
                view.answer.code,
                shown(view.answer.why),
            )
            for view in content.accepted
        ),
        summary=_summary(spec.language, content.summary) if content.summary else None,
        accounts=tuple(_account(spec.language, view.account) for view in content.accounts),
    )


def _in_sections(content: Content) -> Iterator[tuple[Part, Sentence]]:
    for part in SECTIONS:
        for sentence in getattr(content, part.value):
            yield part, sentence


def _summary(language: str, view: SummaryView) -> SummaryState:
    return SummaryState(
        id=view.summary.id,
        headline=view.summary.headline.best(language)[1],
        standfirst=_claims(language, view.summary.standfirst),
    )


def _account(language: str, account: Account) -> AccountState:
    headline = account.headline.best(language)[1] if account.headline is not None else None
    return AccountState(account.id, _claims(language, account.text), headline)


def _claims(language: str, prose: Prose) -> tuple[ClaimState, ...]:
    return tuple(ClaimState(claim.text, claim.facts) for claim in prose.best(language)[1])


def _judgement(language: str, view: JudgementView) -> JudgementState:
    return JudgementState(
        id=view.judgement.id,
        statement=view.judgement.statement.best(language)[1],
        likelihood=view.likelihood,
        confidence=view.confidence,
        because=view.judgement.because.best(language)[1],
        rests_on=view.judgement.rests_on,
    )


def _fact(
    language: str, quotes: Mapping[int, Citation], section: Part, sentence: Sentence
) -> FactState:
    fact = sentence.fact
    cited = [quotes[number] for number in sentence.citations]
    grades = dict.fromkeys(Graded(quote.source.id, quote.source.reliability) for quote in cited)
    return FactState(
        id=fact.id,
        section=section,
        kind=fact.kind,
        statement=fact.statement.best(language)[1],
        date=fact.date,
        due=sentence.due,
        credibility=fact.credibility,
        grades=tuple(grades),
        quotes=tuple(Quoted(quote.source.id, quote.text) for quote in cited),
        contests=tuple(contest.id for contest in sentence.contests),
        outcomes=tuple(outcome.id for outcome in sentence.outcomes),
        overdue=sentence.overdue,
        derived=tuple(each.equation for each in sentence.derived),
    )
