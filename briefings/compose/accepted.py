"""What the desk has answered about the entries that an edition shows."""

from __future__ import annotations

from briefings.core.edition import AcceptedView, Content
from briefings.core.model import FactBase, FactId, SourceId

_OF_LATER = frozenset({"rests-on-withdrawn"})
"""What these answer is of a day on which no edition shows the entry any more."""


def accepted(base: FactBase, content: Content) -> tuple[AcceptedView, ...]:
    """The answers of `base` about what an edition of `content` shows, in its order of reading."""
    turns = {place: turn for turn, place in enumerate(_shown(content))}
    views = [
        (
            (turns[each.section, each.entry], each.code, each.at or ""),
            AcceptedView(
                each,
                content.sentence(FactId(each.entry)) if each.section == "facts" else None,
                base.sources.get(SourceId(each.entry)) if each.section == "sources" else None,
            ),
        )
        for each in base.acceptances
        if (each.section, each.entry) in turns and each.code not in _OF_LATER
    ]
    return tuple(view for _, view in sorted(views, key=lambda pair: pair[0]))


def _shown(content: Content) -> list[tuple[str, str]]:
    """Every entry that the edition shows, by its section and id, in order of reading."""
    places = (name for sentence in content.sentences for name in sentence.fact.places)
    summaries = (content.summary, *(finding.summary for finding in content.findings))
    return [
        *(("summaries", view.summary.id) for view in summaries if view is not None),
        *(("judgements", view.judgement.id) for view in content.judgements),
        *(("accounts", view.account.id) for view in content.accounts),
        *(("facts", sentence.fact.id) for sentence in content.sentences),
        *(("contests", view.contest.id) for view in content.contests),
        *(("gaps", gap.id) for gap in content.gaps),
        *(("actors", view.actor.id) for view in content.actors),
        *(("places", name) for name in dict.fromkeys(places)),
        *(("sources", name) for name in content.documents),
        *(("topics", name) for name in content.spec.topics),
    ]
