"""How much of a brief its first two pages hold: by the order of the desk, and never shrunk.

Heights are estimated in points from the sizes that `print.css` gives; what does not fit is counted
on the page and stands in the annex, so that an estimate that is too high loses nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from briefings.core.edition import Edition, Front, Telling
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
    "most_judgements",
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
_QUIET = 25.0  # the two lines that say that nothing is new, or judged
_VERIFY = 14.0  # how to verify it, where no annex follows
_PICTURE = 47.0  # the picture of page one without its lanes
_LANE, _SECOND = 16.0, 10.5  # each of these, and its second line
_BETWEEN = 14.0  # page one and what follows on its sheet
_MUCH = 1 / 6  # of a sheet, so much free is not left so
_AGREED = 23.0  # what three lines that say that nothing is disputed take beyond the one
_NEWS_FIRST = 3  # so many news come before a picture
_LETTERS = 6_000  # of reports, more than page one ever holds
_SPARE = 3.0  # what estimates of a full column may be wrong by


@dataclass(frozen=True, slots=True)
class Room:
    """How many of each list the first two pages show.

    On page one: `judgements`, `news`, `disputes`, `answers` of each, `gaps`, and whether there is
    room for the `picture` or, where there is none, that of `origins`; where all news have room,
    how many of what was known `earlier`. On page two: `reports`,
    `contests`, `plans`, `questions`, and whether there is room left for the `matrix` of who says
    what; `together`, whether it follows on the sheet of page one, of which a good part is free,
    or enough for all of it.
    Where all reports have room on page one, it tells them `in_full`, and page two does not again;
    so `with_reasons` what is not known. `annex`: whether it comes; `joined`, whether it begins on
    the sheet of page two, of which a good part is free.
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
    joined: bool = False
    in_full: bool = False
    with_reasons: bool = False


def room(
    edition: Edition,
    paper: PaperSize,
    *,
    annex: bool,
    is_screen: bool = False,
    lanes: Sequence[int] = (1,) * MOST_LANES,
    above: float = 0.0,
    matrix: Matrix | None = None,
    origins: Origins | None = None,
    locale: Locale | None = None,
) -> Room:
    """What the first two pages of a brief have room for.

    Args:
        edition: The brief.
        paper: The size of its sheets.
        annex: Whether the annex follows.
        is_screen: Whether it is shown on one, where page two has no end; it tells what it tells
            in the same words as its sheets.
        lanes: How many lines each one on page one has; empty if there is no such picture.
        above: The height of that picture's title.
        matrix: Who says what; None where that tells nothing.
        origins: Where it all comes from; None where that tells nothing.
        locale: The language of the page, with the desk's own words.
    """
    if is_screen and not _may_be_short(edition):
        return _endless(edition, annex=annex, lanes=lanes, origins=origins)
    sizes = Heights(edition, paper, locale)
    drawn = sizes.origins(origins) if origins is not None else 0.0
    if lanes:
        each = (_LANE + _SECOND * (lines - 1) for lines in lanes)
        drawn = above + _PICTURE * sizes.leading + sum(each) + sizes.drawn_from(edition.sentences)
    fits = _of_sheets(edition, sizes, annex=annex, drawn=drawn, matrix=matrix)
    fits = fits if lanes else replace(fits, picture=False, origins=fits.picture)
    if not is_screen:
        return fits
    endless = _endless(edition, annex=annex, lanes=lanes, origins=origins)
    if not fits.in_full:
        return endless
    gaps = fits.gaps if fits.with_reasons else endless.gaps
    return replace(
        endless, in_full=True, with_reasons=fits.with_reasons, gaps=gaps, origins=fits.origins
    )


def most_judgements(front: Front) -> int:
    """How many page one lists: one that leads the brief is told above."""
    return MOST_JUDGEMENTS - (front.leading is not None)


def _may_be_short(edition: Edition) -> bool:
    """Whether its reports may all have room on page one: so much is seen without measuring."""
    return sum(map(_letters, edition.front.reports)) <= _LETTERS


def _letters(report: Telling) -> int:
    told = [report.account.account.text.words] if report.account is not None else []
    statements = told or [sentence.fact.statement for sentence in report.sentences]
    return sum(len(text.forms[0][1]) for text in statements)


def _endless(
    edition: Edition, *, annex: bool, lanes: Sequence[int], origins: Origins | None
) -> Room:
    """What a screen shows."""
    return Room(
        annex=annex,
        judgements=most_judgements(edition.front),
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


def _of_sheets(
    edition: Edition, sizes: Heights, *, annex: bool, drawn: float, matrix: Matrix | None
) -> Room:
    """What has room on sheets on which the parts of the brief have these heights.

    `drawn` is that of the picture of page one, 0 if there is none. It gives way where all else has
    room on one sheet without it.
    """
    first = _page_one(edition, sizes, annex=annex, drawn=drawn)
    fits, is_one_sheet = _page_two(*first, edition, sizes, matrix)
    if fits.picture and not is_one_sheet:
        without = _page_one(edition, sizes, annex=annex, drawn=0.0)
        shorter, is_one_sheet = _page_two(*without, edition, sizes, matrix)
        return shorter if is_one_sheet else fits
    return fits


def _page_one(edition: Edition, sizes: Heights, *, annex: bool, drawn: float) -> tuple[Room, float]:
    """What has room on page one, nothing yet on page two; and what is left free of its sheet."""
    front = edition.front
    judgements = [sizes.judgement(view) for view in front.judgements]
    most = most_judgements(front)
    news = sizes.events(front.foremost)
    masthead = sizes.masthead()
    column = sizes.height - masthead - _SPARE
    is_judged = bool(judgements) or front.leading is None
    # The first of a column has no space above it; that of sources is told with these.
    heads = (1 + is_judged) * HEAD_ONE - _NO_SPACE
    heads_beside = 2 * HEAD_ONE - _NO_SPACE
    uncounted = _MORE if len(judgements) > most else 0.0
    uncounted += _OUTLET if sizes.names_outlet else 0.0
    uncounted += _QUIET * sizes.leading * ((not front.news) + (is_judged and not judgements))
    judgements = judgements[:most]
    disputed = [sizes.point(view) for view in front.disputes]
    unknown = [sizes.unknown(gap) for gap in edition.gaps]
    # What a reader must know comes before a picture, in either column.
    first = max(
        heads + sum(judgements) + sum(news[:_NEWS_FIRST]) + uncounted + _MORE,
        heads_beside + sizes.sources() + sum(disputed[:1]) + sum(unknown[:1]) + 2 * _MORE,
    )
    picture = drawn > 0 and first + drawn <= column
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
    # A short brief tells at length, and once, what page two would tell again.
    at_length = sum(sizes.report(report, is_beside=False) for report in front.reports)
    at_length += HEAD_ONE * bool(front.earlier)
    in_full = at_length <= left
    beside = column - sizes.sources() - heads_beside
    beside -= _AGREED if in_full and not disputed else 0.0
    disputes, gaps = _in_turn(beside, disputed, unknown, turns=(0, 1, 1, 1))
    fits = Room(annex, judged, told, disputes, gaps, picture, 0, 0, 0, 0, earlier=earlier)
    asked = [sizes.unknown(gap, with_reason=True) for gap in edition.gaps]
    if in_full:
        left -= at_length
        with_reasons = sum(disputed) + sum(asked) + 2 * _MORE <= beside
        fits = replace(fits, in_full=True, reports=len(front.reports), with_reasons=with_reasons)
    else:
        left -= sum(news[:told]) + (HEAD_ONE + sum(before[:earlier]) if earlier else 0.0)
    if fits.with_reasons:
        fits = replace(fits, gaps=len(asked), questions=len(asked))
    listed = asked if fits.with_reasons else unknown[:gaps]
    beside -= sum(disputed[:disputes]) + sum(listed) + 2 * _MORE
    return fits, min(left, beside) - _BETWEEN


def _page_two(
    fits: Room, free: float, edition: Edition, sizes: Heights, matrix: Matrix | None
) -> tuple[Room, bool]:
    """`fits` with what has room on page two, and whether all of it ends on the first sheet."""
    front = edition.front
    open_ = () if fits.with_reasons else edition.gaps
    lists = (
        [] if fits.in_full else [sizes.report(report) for report in front.reports],
        [sizes.contest(view) for view in front.disputes],
        [sizes.plan(sentence) for sentence in edition.outlook],
        [sizes.question(gap) for gap in open_],
    )
    is_agreed = fits.in_full and not front.disputes
    sections = 4 - fits.in_full - is_agreed - fits.with_reasons
    around = sections * HEAD_TWO - _NO_SPACE
    is_quiet = not front.news and not fits.in_full
    around += _LEAD * (is_quiet + bool(edition.outlook) + bool(open_))
    around += 0 if fits.annex else _VERIFY
    around *= sizes.leading
    around += _SPARE + (sizes.grades() if front.disputes and not fits.in_full else 0.0)
    empty = sum(not each for each in lists) - (4 - sections)
    whole = around + sum(map(sum, lists)) + empty * _MORE
    second = sizes.height - around
    table = sizes.matrix(matrix) if matrix is not None else 0.0
    is_one_sheet = whole <= free
    if is_one_sheet or free > _MUCH * sizes.height:
        fits = replace(fits, together=True)
        # What has no room at the foot of page one begins on page two, and leaves so much free.
        second += max(0.0, free - HEAD_TWO - _broken(free, lists))
    left = free - whole if is_one_sheet else second + around - whole
    has_table = matrix is not None and table <= left
    counts = _in_turn(second, *lists, turns=(0, 1, 2, 3, 0, 1, 3))
    reports, contests, plans, questions = counts
    told = tuple(zip(lists, counts, strict=True))
    unused = second - sum(sum(each[:count]) for each, count in told) - table * has_table
    unused -= sum(_MORE for each, count in told if not each or count < len(each))
    return replace(
        fits,
        reports=fits.reports or reports,
        contests=contests,
        plans=plans,
        questions=fits.questions or questions,
        matrix=has_table,
        joined=fits.annex and not is_one_sheet and unused > _MUCH * sizes.height,
    ), is_one_sheet


def _broken(height: float, sections: Sequence[Sequence[float]]) -> float:
    """The highest entry of the section in which so much height ends; 0 if all end before."""
    for entries in filter(None, sections):
        height -= HEAD_TWO + sum(entries) + _SPARE
        if height < 0:
            return max(entries)
    return 0.0


def _fitting(heights: Sequence[float], height: float) -> int:
    """How many of the first fit; one always does, or the brief would not begin."""
    return _in_turn(height, heights, turns=(0,))[0] or min(1, len(heights))


def _in_turn(height: float, *queues: Sequence[float], turns: Sequence[int]) -> tuple[int, ...]:
    """How many of each queue fit, if they take turns; a queue ends with what does not fit.

    A queue of which all fits needs no line that counts the rest. `turns` are places of queues: then
    from the first again.
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
