"""How much of a brief its first two pages hold: by the order of the desk, and never shrunk.

Heights are estimated in points from the sizes that `print.css` gives; what does not fit is counted
on the page and stands in the annex, so that an estimate that is too high loses nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from briefings.core.edition import Edition
from briefings.core.model import PaperSize
from briefings.core.values import dataclass
from briefings.render.figures.lanes import MOST as MOST_LANES
from briefings.render.figures.matrix import Matrix
from briefings.render.figures.origins import Origins
from briefings.render.html.heights import HEAD_ONE, HEAD_TWO, MOST_ANSWERS, Heights
from briefings.render.l10n.locales import Locale

__all__ = [
    "MOST_ANSWERS",
    "MOST_DISPUTES",
    "MOST_GAPS",
    "MOST_JUDGEMENTS",
    "MOST_NEWS",
    "Room",
    "room",
]

MOST_JUDGEMENTS = MOST_DISPUTES = MOST_GAPS = 3
MOST_NEWS = 8
"""What a screen and an email hold of page one; paper as many judgements and news at most, and of
disputes and gaps what it has room for."""

_NO_SPACE = 9.0  # the first of a column has none before it
_LEAD = 12.5  # the line below a title that says what the section holds
_MORE = 14.0  # the line that counts what has no room, or says that there is nothing
_OUTLET = 12.0  # whose all the news are
_QUIET = 25.0  # the two lines that say that nothing is new
_VERIFY = 14.0  # how to verify it, where no annex follows
_PICTURE = 50.0  # the picture of page one without its lanes
_LANE, _SECOND = 16.0, 10.5  # each of these, and its second line
_SPARE = 3.0  # what estimates of a full column may be wrong by


@dataclass(frozen=True, slots=True)
class Room:
    """How many of each list the first two pages show.

    On page one: `judgements`, `news`, `disputes`, `answers` of each, `gaps`, and whether there is
    room for the `picture` or, where there is none, that of `origins`; where all news have room,
    how many of what was known `earlier`. On page two: `reports`,
    `contests`, `plans`, `questions`, and whether there is room left for the `matrix` of who says
    what; `together`, whether it follows on the sheet of page one, since all of both has room there.
    `annex`: whether it comes.
    """

    annex: bool
    judgements: int
    news: int
    disputes: int
    gaps: int
    picture: bool
    reports: int
    contests: int
    plans: int
    questions: int
    matrix: bool = False
    origins: bool = False
    earlier: int = 0
    answers: int = MOST_ANSWERS
    together: bool = False


def room(
    edition: Edition,
    paper: PaperSize | None,
    *,
    annex: bool,
    lanes: Sequence[int] = (1,) * MOST_LANES,
    matrix: Matrix | None = None,
    origins: Origins | None = None,
    locale: Locale | None = None,
) -> Room:
    """What the first two pages of a brief have room for.

    Args:
        edition: The brief.
        paper: The size of its sheets; None on a screen, where page two has no end.
        annex: Whether the annex follows.
        lanes: How many lines each one on page one has; empty if there is no such picture.
        matrix: Who says what; None where that tells nothing.
        origins: Where it all comes from; None where that tells nothing.
        locale: The language of the page, with the desk's own words.

    """
    if paper is None:
        return Room(
            annex=annex,
            judgements=MOST_JUDGEMENTS,
            news=MOST_NEWS,
            disputes=MOST_DISPUTES,
            gaps=MOST_GAPS,
            picture=bool(lanes),
            reports=len(edition.front.reports),
            contests=len(edition.front.disputes),
            plans=len(edition.outlook),
            questions=len(edition.gaps),
            origins=not lanes and origins is not None,
        )
    sizes = Heights(edition, paper, locale)
    drawn = sizes.origins(origins) if origins is not None else 0.0
    if lanes:
        each = (_LANE + _SECOND * (lines - 1) for lines in lanes)
        drawn = (_PICTURE + sum(each)) * sizes.leading
    fits = _of_sheets(edition, sizes, annex=annex, drawn=drawn, matrix=matrix)
    return fits if lanes else replace(fits, picture=False, origins=fits.picture)


def _of_sheets(
    edition: Edition, sizes: Heights, *, annex: bool, drawn: float, matrix: Matrix | None
) -> Room:
    """What has room on sheets on which the parts of the brief have these heights.

    `drawn` is that of the picture of page one, 0 if there is none.
    """
    front = edition.front
    judgements = [sizes.judgement(view) for view in edition.judgements]
    news = sizes.events(front.foremost)
    column = sizes.height - sizes.masthead() - _SPARE
    heads = 2 * HEAD_ONE - _NO_SPACE
    uncounted = _MORE if len(judgements) > MOST_JUDGEMENTS else 0.0
    uncounted += _OUTLET if sizes.names_outlet else 0.0
    uncounted += 0.0 if front.news else _QUIET * sizes.leading
    judgements = judgements[:MOST_JUDGEMENTS]
    disputed = [sizes.point(view) for view in front.disputes]
    unknown = [sizes.unknown(gap) for gap in edition.gaps]
    # What a reader must know comes before a picture, in either column.
    first = max(
        sum(judgements) + sum(news[:2]) + uncounted + _MORE,
        sizes.sources() + sum(disputed[:1]) + sum(unknown[:1]) + 2 * _MORE,
    )
    picture = drawn > 0 and first + heads + drawn <= column
    if picture:
        column -= drawn
    left = column - heads - uncounted
    judged = _fitting(judgements, left)
    left -= sum(judgements[:judged])
    told = min(MOST_NEWS, _fitting(news, left))
    # A column that the news leave half empty tells what was known before.
    before = sizes.events(front.earlier[:MOST_NEWS], is_new=False)
    free = left - sum(news) - HEAD_ONE if told == len(news) else 0.0
    earlier = _in_turn(free, before, turns=(0,))[0]
    disputes, gaps = _in_turn(
        column - sizes.sources() - heads,
        disputed,
        unknown,
        turns=(0, 1, 1, 1),
    )
    outlook, open_ = edition.outlook, edition.gaps
    around = (
        (4 * HEAD_TWO - _NO_SPACE)
        + _LEAD * (bool(outlook) + bool(open_))
        + (0 if annex else _VERIFY)
    )
    lists = (
        [sizes.report(report) for report in front.reports],
        [sizes.contest(view) for view in front.disputes],
        [sizes.plan(sentence) for sentence in outlook],
        [sizes.question(gap) for gap in open_],
    )
    second = sizes.height - around * sizes.leading - _SPARE
    second -= sizes.grades() if front.disputes else 0.0
    reports, contests, plans, questions = _in_turn(second, *lists, turns=(0, 1, 2, 3, 3, 0))
    filled = sum(map(sum, lists))
    table = sizes.matrix(matrix) if matrix is not None else 0.0
    has_matrix = matrix is not None and filled + 4 * _MORE + table <= second
    filled += _MORE * sum(not each for each in lists)
    told_before = HEAD_ONE + sum(before[:earlier]) if earlier else 0.0
    beside = sizes.sources() + sum(disputed) + _MORE * (not disputed)
    beside += sum(unknown) + _MORE * (not unknown)
    whole = max(uncounted + sum(judgements) + sum(news) + told_before, beside) + heads + filled
    whole += (table if has_matrix else 0.0) + (drawn if picture else 0.0)
    return Room(
        annex=annex,
        judgements=judged,
        news=told,
        earlier=earlier,
        disputes=disputes,
        gaps=gaps,
        picture=picture,
        reports=reports,
        contests=contests,
        plans=plans,
        questions=questions,
        matrix=has_matrix,
        together=whole <= second - sizes.masthead(),
    )


def _fitting(heights: Sequence[float], height: float) -> int:
    """How many of the first fit; one always does, or the brief would not begin."""
    return _in_turn(height, heights, turns=(0,))[0] or min(1, len(heights))


def _in_turn(height: float, *queues: Sequence[float], turns: Sequence[int]) -> tuple[int, ...]:
    """How many of each queue fit, if they take turns; a queue ends with what does not fit.

    A queue of which all fits needs no line that counts the rest.

    Args:
        height: What there is.
        queues: The heights of what would stand there.
        turns: Whose turn it is, by the places of queues; then from the first again.

    """
    height -= _MORE * len(queues)
    taken = [0] * len(queues)
    open_ = set(range(len(queues)))
    while open_:
        for turn in turns:
            if turn not in open_:
                continue
            left = len(queues[turn]) - taken[turn]
            free = height + (_MORE if left == 1 else 0)
            if not left or queues[turn][taken[turn]] > free:
                open_.discard(turn)
                continue
            height = (free if left == 1 else height) - queues[turn][taken[turn]]
            taken[turn] += 1
    return tuple(taken)
