"""Assemble an edition: all that one brief shows, chosen, numbered and put in order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import date

from briefings.compose import views
from briefings.compose.accepted import accepted
from briefings.compose.ceiling import below
from briefings.compose.citations import Quote, cite, number, numbers_of
from briefings.compose.fingerprint import fingerprint
from briefings.compose.sections import Sections, arrange
from briefings.compose.selection import Selection, may_know, select
from briefings.core.edition import (
    ActorView,
    Attribution,
    ContestView,
    Edition,
    EditionSpec,
    JudgementView,
    Sentence,
    SourceView,
)
from briefings.core.knowledge import facts_known
from briefings.core.languages import chain
from briefings.core.marking import markings
from briefings.core.model import (
    Actor,
    ActorId,
    ActorKind,
    CheckedBase,
    Document,
    Evidence,
    Fact,
    FactBase,
    FactId,
    Judgement,
    Likelihood,
    LocalText,
    Marking,
    Part,
    SourceId,
    Voice,
)

ID_LENGTH = 12
"""How many digits of its fingerprint name an edition."""


def compose(checked: CheckedBase, spec: EditionSpec) -> Edition:
    """The edition that `spec` asks for; every part is empty if nothing was known by its day.

    What is above its ceiling is cut off before anything is chosen.
    """
    since = facts_known(checked.base)
    checked = below(checked, spec, may_know(checked.base, spec, since))
    selection = select(checked.base, spec, since)
    checked = _as_then(checked)
    base = checked.base
    sections = arrange(checked, selection.facts, selection.contests, spec.window)
    numbers = number(checked, sections.read)
    told = {
        fact: _sentence(
            fact,
            checked,
            selection,
            sections,
            numbers=numbers,
            until=min(spec.as_of, spec.known_by),
        )
        for fact in sections.told
    }
    sentences = tuple(told.values())
    citations = cite(checked, numbers, sentences)
    actors = views.actors(base, selection.sources, sentences)
    sources = views.sources(selection.sources, spec.as_of, citations)
    marking = _marking(base, spec, selection, actors, sources)
    draft = Edition(
        spec=spec,
        id="",
        fingerprint="",
        desk=base.title,
        title=_title(base, spec),
        question=base.topics[spec.topics[0]].question if len(spec.topics) == 1 else None,
        marking=marking,
        judgements=_judgements(checked, selection, sections, told),
        developments=tuple(told[fact] for fact in sections.developments),
        commentary=tuple(told[fact] for fact in sections.commentary),
        contests=tuple(
            ContestView(contest, tuple(told[fact] for fact in contest.positions))
            for contest in sections.contested
        ),
        background=tuple(told[fact] for fact in sections.background),
        outlook=tuple(told[fact] for fact in sections.outlook),
        gaps=selection.gaps,
        timeline=views.timeline(sentences) if Part.TIMELINE in spec.parts else (),
        places=views.places(base, sentences) if Part.MAP in spec.parts else (),
        actors=actors if Part.ACTORS in spec.parts else (),
        sources=sources,
        summary=views.summary(sentences, sources),
        citations=citations,
        documents=_documents(checked, actors, sources),
        newest_known=max((sentence.known for sentence in sentences), default=None),
        withdrawn=selection.withdrawn,
    )
    return _sealed(replace(draft, accepted=accepted(base, draft)))


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


def _sealed(draft: Edition) -> Edition:
    """The draft with its fingerprint, which is taken over everything else in it."""
    parts = {field.name: getattr(draft, field.name) for field in fields(draft)}
    # What was never answered is not there, so that editions without answers keep their ids.
    unshown = {"id", "fingerprint", "changes"} | ({"accepted"} if not draft.accepted else set())
    digest = fingerprint({name: parts[name] for name in parts.keys() - unshown})
    return replace(draft, id=digest[:ID_LENGTH], fingerprint=digest)


def _judgements(
    checked: CheckedBase,
    selection: Selection,
    sections: Sections,
    told: Mapping[FactId, Sentence],
) -> tuple[JudgementView, ...]:
    """Newest first; of one day, what rests on the first news first, then the firmer one."""
    views = [_judgement(checked, one, sections, told) for one in selection.judgements]
    bands = list(Likelihood)
    even = bands.index(Likelihood.ROUGHLY_EVEN)

    def turn(view: JudgementView) -> tuple[int, int, int, str]:
        first = sections.told.index(view.rests_on[0].fact.id)
        firm = abs(bands.index(view.likelihood) - even)
        return -view.judgement.made.toordinal(), first, -firm, view.judgement.id

    return tuple(sorted(views, key=turn))


def _judgement(
    checked: CheckedBase,
    judgement: Judgement,
    sections: Sections,
    told: Mapping[FactId, Sentence],
) -> JudgementView:
    """The judgement with what it rests on in the order of reading, not of the base."""
    rests_on = tuple(fact for fact in sections.told if fact in judgement.rests_on)
    return JudgementView(
        judgement=replace(judgement, rests_on=rests_on),
        likelihood=checked.likelihoods[judgement.id],
        confidence=judgement.confidence,
        rests_on=tuple(told[fact] for fact in rests_on),
    )


def _sentence(
    name: FactId,
    checked: CheckedBase,
    selection: Selection,
    sections: Sections,
    *,
    numbers: dict[Quote, int],
    until: date,
) -> Sentence:
    fact = checked.base.facts[name]
    outcomes = [one for one in sections.told if one in selection.outcomes.get(name, ())]
    due = fact.due.latest if fact.due else None
    return Sentence(
        id=f"s{sections.told.index(name) + 1}",
        fact=fact,
        known=selection.facts[name],
        citations=numbers_of(checked.anchors[name], numbers),
        attributions=_attributions(checked, selection, fact),
        contests=tuple(contest for contest in sections.contested if name in contest.positions),
        elsewhere=tuple(one for one in selection.elsewhere if name in one.positions),
        outcomes=tuple(checked.base.facts[one] for one in outcomes),
        overdue=due is not None and due < until and not outcomes,
    )


def _attributions(
    checked: CheckedBase, selection: Selection, fact: Fact
) -> tuple[Attribution, ...]:
    """Who carries the fact, in the order of its evidence, each once."""
    spoken = (_attribution(checked, selection, evidence) for evidence in fact.evidence)
    return tuple(dict.fromkeys(spoken))


def _attribution(checked: CheckedBase, selection: Selection, evidence: Evidence) -> Attribution:
    def actor_of(name: ActorId) -> Actor:
        return views.as_known(checked.base.actors[name], selection.sources)

    speaker = None if isinstance(evidence.by, Voice) else actor_of(evidence.by)
    unnamed = speaker.kind is ActorKind.ANONYMOUS if speaker else evidence.by is Voice.ANONYMOUS
    return Attribution(
        actor=speaker,
        anonymous=unnamed,
        via=actor_of(evidence.via) if evidence.via else None,
        source=checked.base.sources[evidence.source],
    )


def _marking(
    base: FactBase,
    spec: EditionSpec,
    selection: Selection,
    actors: tuple[ActorView, ...],
    sources: tuple[SourceView, ...],
) -> Marking:
    """The highest of everything that is shown, or is said to hold no more."""
    marked = markings(base)
    titles = (source.id for view in actors for _, source in view.titles)
    cited = (view.source.id for view in sources)
    bodies = (view.of.id for view in actors if view.of is not None)
    withdrawn = (name for name, _ in selection.withdrawn)
    contests = (*selection.contests, *selection.elsewhere)
    return max(
        base.marking,
        *(marked.topics[name] for name in spec.topics),
        *(marked.facts[name] for name in (*selection.facts, *withdrawn)),
        *(marked.sources[name] for name in (*cited, *titles)),
        *(marked.actors[name] for name in bodies),
        *(marked.judgements[one.id] for one in selection.judgements),
        *(max(one.marking, marked.topics[one.topic]) for one in contests),
        *(marked.gaps[one.id] for one in selection.gaps),
    )


def _documents(
    checked: CheckedBase, actors: tuple[ActorView, ...], sources: tuple[SourceView, ...]
) -> dict[SourceId, Document]:
    """The documents that are cited, and those that only give an actor's title."""
    cited = [view.source.id for view in sources]
    entitling = sorted(source.id for view in actors for _, source in view.titles)
    return {source: checked.documents[source] for source in dict.fromkeys((*cited, *entitling))}
