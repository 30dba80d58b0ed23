"""Assemble an edition: all that one brief shows, chosen, numbered and put in order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, replace
from datetime import date
from itertools import groupby
from typing import Any

from briefings.compose import views
from briefings.compose.accepted import accepted
from briefings.compose.ceiling import below
from briefings.compose.citations import cite, number
from briefings.compose.fingerprint import Fingerprints
from briefings.compose.front import front
from briefings.compose.sections import arrange
from briefings.compose.selection import Known, Selection, known_to, may_know, select
from briefings.compose.sentences import sentences
from briefings.compose.snapshots import snapshot
from briefings.core.edition import (
    AccountView,
    ActorView,
    Content,
    ContestView,
    Edition,
    FindingView,
    JudgementView,
    Sentence,
    SourceView,
    SummaryView,
)
from briefings.core.knowledge import facts_known
from briefings.core.languages import chain
from briefings.core.marking import Markings, markings
from briefings.core.model import (
    CheckedBase,
    Document,
    FactBase,
    FactId,
    Filters,
    Judgement,
    LocalText,
    Marking,
    Part,
    SourceId,
    TopicId,
)
from briefings.core.snapshot import ID_LENGTH
from briefings.core.spec import EditionSpec, Window
from briefings.core.values import dataclass

_HORIZONS = 4
"""How many combinations of days and ceilings are kept: neighbours most often share one."""

# Editions of before keep their ids: what came to the format later is not there where there is
# none, and what has another name now is digested under its first.
LATER = ("accepted", "accounts", "findings", "summary")
DIGESTED = {"sourcing": "summary", "summary": "lead"}


def compose(checked: CheckedBase, spec: EditionSpec) -> Edition:
    """The edition that `spec` asks for; every part is empty if nothing was known by its day.

    What is above its ceiling is cut off before anything is chosen.
    """
    (edition,) = compose_all(checked, [spec])
    return edition


def compose_all(checked: CheckedBase, specs: Iterable[EditionSpec]) -> Iterator[Edition]:
    """The edition of each spec, in order; neighbours that differ in language share the work.

    What editions of the same days under the same ceiling may know is worked out once for all.
    """
    horizons = _Horizons(checked)
    for _, group in groupby(specs, key=lambda spec: replace(spec, language="")):
        alike = tuple(group)
        content = _content(horizons.of(alike[0]), alike[0])
        fingerprints = Fingerprints()
        for spec in alike:
            title = _title(checked.base, spec)
            figures = [
                name for topic in spec.topics for name in checked.base.topics[topic].key_figures
            ]
            yield _edition(replace(content, spec=spec, title=title), figures, fingerprints)


@dataclass(frozen=True, slots=True)
class _Horizon:
    """What editions of some days under a ceiling may hold; `cut` knows of what is taken back."""

    cut: FactBase
    checked: CheckedBase
    since: Mapping[FactId, date]
    known: Known
    marked: Markings


class _Horizons:
    """What editions of a base may hold, by their days and ceiling; the last few are kept."""

    def __init__(self, checked: CheckedBase) -> None:
        self._checked = checked
        self._since = facts_known(checked.base)
        self._marked = markings(checked.base)
        self._kept: dict[tuple[object, ...], _Horizon] = {}

    def of(self, spec: EditionSpec) -> _Horizon:
        """What the edition that `spec` asks for may hold."""
        is_closed = any(self._marked.topics[topic] > spec.ceiling for topic in spec.topics)
        key = (spec.as_of, spec.known_by, spec.ceiling, is_closed)
        if key not in self._kept:
            if len(self._kept) == _HORIZONS:
                self._kept.clear()
            self._kept[key] = self._new(spec)
        return self._kept[key]

    def _new(self, spec: EditionSpec) -> _Horizon:
        known = may_know(self._checked.base, spec, self._since)
        cut = below(self._checked, spec, known, self._marked)
        # What is taken back is marked as it was before.
        marked = self._marked if cut is self._checked else markings(cut.base)
        known_then = known_to(cut.base, spec, self._since)
        return _Horizon(cut.base, _as_then(cut), self._since, known_then, marked)


def _content(horizon: _Horizon, spec: EditionSpec) -> Content:
    checked, base = horizon.checked, horizon.checked.base
    selection = select(horizon.cut, spec, horizon.since, horizon.known)
    sections = arrange(checked, selection.facts, selection.contests, spec.window)
    numbers = number(checked, sections.read)
    actors = views.actors_as_known(base, selection.sources, sections.facts)
    by_fact = sentences(
        checked,
        selection,
        sections,
        numbers=numbers,
        actors=actors,
        until=min(spec.as_of, spec.known_by),
    )
    in_order = tuple(by_fact.values())
    citations = cite(checked, numbers, in_order)
    named = views.actors(base, actors, in_order)
    sources = views.sources(selection.sources, spec.as_of, citations)
    content = Content(
        spec=spec,
        desk=base.title,
        title=_title(base, spec),
        question=base.topics[spec.topics[0]].question if len(spec.topics) == 1 else None,
        marking=_marking(horizon, spec, selection, named, sources),
        judgements=_judgements(checked, selection, by_fact),
        developments=tuple(by_fact[fact] for fact in sections.developments),
        commentary=tuple(by_fact[fact] for fact in sections.commentary),
        contests=tuple(
            ContestView(contest, tuple(by_fact[fact] for fact in contest.positions))
            for contest in sections.contests
        ),
        background=tuple(by_fact[fact] for fact in sections.background),
        outlook=tuple(by_fact[fact] for fact in sections.outlook),
        gaps=selection.gaps,
        timeline=views.timeline(in_order) if Part.TIMELINE in spec.parts else (),
        places=views.places(base, in_order) if Part.MAP in spec.parts else (),
        actors=named if Part.ACTORS in spec.parts else (),
        sources=sources,
        sourcing=views.sourcing(in_order, sources),
        citations=citations,
        documents=_documents(checked, named, sources),
        newest_known=max((sentence.known for sentence in in_order), default=None),
        withdrawn=selection.withdrawn,
        summary=_summary(selection, spec.topics[0], by_fact) if len(spec.topics) == 1 else None,
        findings=_findings(base, selection, spec, by_fact),
        accounts=_accounts(selection, by_fact, spec.window),
    )
    return replace(content, accepted=accepted(base, content))


def digest(content: Content, fingerprints: Fingerprints) -> str:
    """The fingerprint of all that an edition shows, in hexadecimal."""
    parts = _parts(content)
    unshown = {name for name in LATER if not parts[name]}
    return fingerprints.of(
        {DIGESTED.get(name, name): parts[name] for name in parts.keys() - unshown}
    )


def _edition(content: Content, figures: Iterable[FactId], fingerprints: Fingerprints) -> Edition:
    """The content under its fingerprint, with its snapshot."""
    fingerprint = digest(content, fingerprints)
    name = fingerprint[:ID_LENGTH]
    kept, told = snapshot(content, name, fingerprint), front(content, figures)
    return Edition(**_parts(content), id=name, fingerprint=fingerprint, snapshot=kept, front=told)


def _parts(content: Content) -> dict[str, Any]:
    return {field.name: getattr(content, field.name) for field in fields(content)}


def _as_then(checked: CheckedBase) -> CheckedBase:
    """The base without what was taken back: of what an edition shows, that was always later."""
    base = checked.base
    facts = {
        name: replace(fact, withdrawn=None)
        for name, fact in base.facts.items()
        if fact.withdrawn is not None
    }
    sources = {
        name: replace(source, retracted=None)
        for name, source in base.sources.items()
        if source.retracted is not None
    }
    then = replace(base, facts={**base.facts, **facts}, sources={**base.sources, **sources})
    return replace(checked, base=then)


def _title(base: FactBase, spec: EditionSpec) -> LocalText:
    """The title asked for, else that of the topic, else those of all topics in one."""
    topics = [base.topics[topic].title for topic in spec.topics]
    if spec.title is not None:
        return LocalText(((spec.language, spec.title),), topics[0].span)
    if len(topics) == 1:
        return topics[0]
    forms = [
        (code, " · ".join(title.best(code)[1] for title in topics))
        for code in base.languages
        if all(title.best(code)[0] in chain(code) for title in topics)
    ]
    mixed = (base.languages[0], " · ".join(title.best(base.languages[0])[1] for title in topics))
    return LocalText(tuple(forms or [mixed]), topics[0].span)


def _judgements(
    checked: CheckedBase, selection: Selection, sentences: Mapping[FactId, Sentence]
) -> tuple[JudgementView, ...]:
    """In the order of the base, which is the desk's: its first judgement leads the brief."""
    turns = {fact: turn for turn, fact in enumerate(sentences)}
    return tuple(
        _judgement(checked, judgement, turns, sentences) for judgement in selection.judgements
    )


def _judgement(
    checked: CheckedBase,
    judgement: Judgement,
    turns: Mapping[FactId, int],
    sentences: Mapping[FactId, Sentence],
) -> JudgementView:
    """The judgement with what it rests on in the order of reading, not of the base."""
    rests_on = tuple(sorted(set(judgement.rests_on), key=turns.__getitem__))
    return JudgementView(
        judgement=replace(judgement, rests_on=rests_on),
        likelihood=checked.likelihoods[judgement.id],
        confidence=judgement.confidence,
        rests_on=tuple(sentences[fact] for fact in rests_on),
    )


def _summary(
    selection: Selection, topic: TopicId, sentences: Mapping[FactId, Sentence]
) -> SummaryView | None:
    summary = selection.summaries.get(topic)
    if summary is None:
        return None
    return SummaryView(summary, tuple(sentences[fact] for fact in summary.facts))


def _findings(
    base: FactBase, selection: Selection, spec: EditionSpec, sentences: Mapping[FactId, Sentence]
) -> tuple[FindingView, ...]:
    """One for each of several topics; of what filters leave of them none speaks."""
    if len(spec.topics) == 1 or spec.filters != Filters():
        return ()
    return tuple(
        FindingView(
            base.topics[topic].title,
            base.topics[topic].question,
            _summary(selection, topic, sentences),
        )
        for topic in spec.topics
    )


def _accounts(
    selection: Selection, sentences: Mapping[FactId, Sentence], window: Window
) -> tuple[AccountView, ...]:
    """In the order of the base, in which the desk tells them; new is what no other told before."""
    views = []
    told_before: set[FactId] = set()
    for account in selection.accounts:
        shown = tuple(sentences[fact] for fact in account.facts)
        known = max(sentence.known for sentence in shown)
        new = {each.fact.id for each in shown if each.known >= window.since}
        views.append(AccountView(account, shown, known, is_new=bool(new - told_before)))
        told_before |= new
    return tuple(views)


def _marking(
    horizon: _Horizon,
    spec: EditionSpec,
    selection: Selection,
    actors: tuple[ActorView, ...],
    sources: tuple[SourceView, ...],
) -> Marking:
    """The highest of everything that is shown, or is said to hold no more."""
    marked = horizon.marked
    titles = (source.id for view in actors for _, source in view.titles)
    cited = (view.source.id for view in sources)
    bodies = (view.of.id for view in actors if view.of is not None)
    withdrawn = (name for name, _ in selection.withdrawn)
    contests = (*selection.contests, *selection.elsewhere)
    return max(
        horizon.checked.base.marking,
        *(marked.topics[name] for name in spec.topics),
        *(marked.facts[name] for name in (*selection.facts, *withdrawn)),
        *(marked.sources[name] for name in (*cited, *titles)),
        *(marked.actors[name] for name in bodies),
        *(marked.judgements[judgement.id] for judgement in selection.judgements),
        *(max(contest.marking, marked.topics[contest.topic]) for contest in contests),
        *(marked.gaps[gap.id] for gap in selection.gaps),
        *(marked.accounts[account.id] for account in selection.accounts),
        *(marked.summaries[summary.id] for summary in selection.summaries.values()),
    )


def _documents(
    checked: CheckedBase, actors: tuple[ActorView, ...], sources: tuple[SourceView, ...]
) -> dict[SourceId, Document]:
    """The documents that are cited, and those that only give an actor's title."""
    cited = [view.source.id for view in sources]
    entitling = sorted(source.id for view in actors for _, source in view.titles)
    return {source: checked.documents[source] for source in dict.fromkeys((*cited, *entitling))}
