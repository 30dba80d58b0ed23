"""A desk of any size, checked as it comes into being.

Everything grows alike, and whatever a loop over a loop could hide in is there: one long paragraph
that every fact quotes, one speaker of them all, plans with outcomes, rivals, judgements.
"""

from __future__ import annotations

from datetime import date, timedelta

from briefings.core.edtf import parse
from briefings.core.model import (
    Actor,
    ActorId,
    ActorKind,
    Anchor,
    CheckedBase,
    Confidence,
    Contest,
    ContestId,
    Credibility,
    Designation,
    Document,
    EditionDefault,
    Evidence,
    Fact,
    FactBase,
    FactId,
    FactKind,
    Gap,
    GapId,
    Judgement,
    JudgementId,
    Likelihood,
    LocalText,
    Marking,
    Outcome,
    ParagraphStyle,
    Passage,
    Period,
    Place,
    PlaceId,
    Reliability,
    Source,
    SourceId,
    Topic,
    TopicId,
    Voice,
)
from briefings.core.span import Span
from briefings.core.spec import EditionSpec, Window

AS_OF = date(2031, 5, 18)
NOWHERE = Span("facts.yaml", 0, 0)
HARBOUR = TopicId("harbour")
LEDGER = SourceId("ledger")
UNION = ActorId("union")
KINDS = (FactKind.EVENT, FactKind.CLAIM, FactKind.PLAN, FactKind.ANALYSIS, FactKind.BACKGROUND)


def spec(language: str = "en") -> EditionSpec:
    """The one brief of the desk, over all its days."""
    window = Window(AS_OF - timedelta(days=6), AS_OF)
    return EditionSpec("harbour", (HARBOUR,), AS_OF, AS_OF, window, language)


def grown(count: int) -> CheckedBase:
    """The desk with `count` facts and sources, half as many contested points."""
    lines = [f"Boat {number} left the harbour at dawn." for number in range(count)]
    ledger = " ".join(lines)
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    documents = {
        SourceId(f"s{number}"): _document(SourceId(f"s{number}"), line)
        for number, line in enumerate(lines)
    }
    facts = {fact.id: fact for fact in (_fact(number, lines[number]) for number in range(count))}
    base = FactBase(
        title=_text("The harbour"),
        languages=("en", "fr"),
        timezone="UTC",
        edition=EditionDefault(AS_OF, Period.WEEK),
        marking=Marking.CLEAR,
        sources={name: _source(name) for name in (*documents, LEDGER)},
        actors=_actors(count),
        places={
            PlaceId(f"p{number}"): Place(
                id=PlaceId(f"p{number}"),
                name=_text(f"Quay {number}"),
                at=(54.0, number / 10),
                span=NOWHERE,
            )
            for number in range(count // 10 + 1)
        },
        topics={HARBOUR: Topic(id=HARBOUR, title=_text("The harbour"), weekly=True, span=NOWHERE)},
        facts=facts,
        judgements={each.id: each for each in map(_judgement, range(count // 10))},
        contests={each.id: each for each in map(_contest, range(0, count - 3, 2))},
        gaps={each.id: each for each in map(_gap, range(count // 10))},
        summaries={},
        accounts={},
        briefs={},
        span=NOWHERE,
    )
    return CheckedBase(
        base=base,
        documents={**documents, LEDGER: _document(LEDGER, ledger)},
        anchors={
            fact: (
                _anchor(SourceId(f"s{number}"), 0, len(lines[number]) - 1),
                _anchor(LEDGER, starts[number], starts[number] + len(lines[number]) - 1),
            )
            for number, fact in enumerate(facts)
        },
        likelihoods=dict.fromkeys(base.judgements, Likelihood.LIKELY),
    )


def _text(words: str) -> LocalText:
    return LocalText((("en", words), ("fr", f"{words} (fr)")), NOWHERE)


def _document(name: SourceId, text: str) -> Document:
    return Document(name, f"documents/{name}.txt", text, ((0, len(text)),))


def _anchor(source: SourceId, start: int, end: int) -> Anchor:
    return Anchor(source, (Passage(start, end, 1, 1),), Outcome.EXACT)


def _source(name: SourceId) -> Source:
    return Source(
        id=name,
        file=f"documents/{name}.txt",
        sha256="0" * 64,
        title=f"Log of {name}",
        publisher=LocalText((("en", f"House of {name}"),), NOWHERE),
        publisher_basis=None,
        origin=f"house-of-{name}",
        published=parse("2031-05-14"),
        published_basis=None,
        retrieved=None,
        language="en",
        reliability=Reliability.B,
        reliability_basis=None,
        descriptor=None,
        marking=Marking.CLEAR,
        url=None,
        paragraphs=ParagraphStyle.LINES,
        span=NOWHERE,
        file_span=NOWHERE,
        original_span=NOWHERE,
        sha256_span=NOWHERE,
    )


def _fact(number: int, line: str) -> Fact:
    kind = KINDS[number % len(KINDS)]
    speakers: tuple[ActorId | Voice, ...] = (ActorId(f"a{number // 5}"), Voice.OUTLET)
    return Fact(
        id=FactId(f"f{number}"),
        kind=kind,
        topics=(HARBOUR,),
        statement=_text(line),
        headline=None,
        date=parse(str(AS_OF - timedelta(days=number % 40))),
        due=parse("2031-05-16") if kind is FactKind.PLAN else None,
        actors=(UNION, ActorId(f"a{number // 5}")),
        places=(PlaceId(f"p{number // 10}"),),
        credibility=Credibility.PROBABLY_TRUE,
        marking=Marking.CLEAR,
        outcome_of=(FactId(f"f{number - 1}"),) if number % 10 == 3 else (),
        note=None,
        evidence=tuple(
            Evidence(
                source=source,
                quote=line[:-1],
                by=by,
                via=None,
                prefix=None,
                suffix=None,
                occurrence=None,
                language="en",
                translation=None,
                translator=None,
                note=None,
                span=NOWHERE,
                quote_span=NOWHERE,
            )
            for source, by in zip((SourceId(f"s{number}"), LEDGER), speakers, strict=True)
        ),
        span=NOWHERE,
        actors_span=NOWHERE,
        places_span=NOWHERE,
    )


def _actors(count: int) -> dict[ActorId, Actor]:
    """A few a fact each, with a title, and one that every fact names."""
    actors = {
        ActorId(f"a{number}"): Actor(
            id=ActorId(f"a{number}"),
            name=_text(f"Skipper {number}"),
            aliases=(),
            kind=ActorKind.PERSON,
            of=UNION,
            titles=(
                Designation(
                    source=SourceId(f"s{number}"),
                    name=f"Skipper {number}",
                    title=None,
                    language="en",
                    translation=None,
                    span=NOWHERE,
                    name_span=NOWHERE,
                    title_span=NOWHERE,
                ),
            ),
            note=None,
            span=NOWHERE,
        )
        for number in range(count // 5 + 1)
    }
    union = Actor(id=UNION, name=_text("The union"), kind=ActorKind.GROUP, span=NOWHERE)
    return {UNION: union, **actors}


def _judgement(number: int) -> Judgement:
    return Judgement(
        id=JudgementId(f"j{number}"),
        topic=HARBOUR,
        statement=_text("It is likely that the boats return."),
        likelihood=None,
        confidence=Confidence.LOW,
        because=_text("One ledger."),
        rests_on=(FactId(f"f{number * 10}"), FactId(f"f{number * 10 + 1}")),
        made=date(2031, 5, 17),
        span=NOWHERE,
        likelihood_span=NOWHERE,
    )


def _contest(number: int) -> Contest:
    """Each fact contested twice, but for the ends of the row."""
    positions = (FactId(f"f{number}"), FactId(f"f{number + 3}"))
    return Contest(
        id=ContestId(f"c{number}"),
        topic=HARBOUR,
        question=_text("Which boat left first?"),
        positions=positions,
        note=None,
        span=NOWHERE,
        says=tuple((fact, _text("this one")) for fact in positions),
    )


def _gap(number: int) -> Gap:
    return Gap(
        id=GapId(f"g{number}"),
        topic=HARBOUR,
        question=_text("Where to?"),
        made=date(2031, 5, 17),
        span=NOWHERE,
    )
