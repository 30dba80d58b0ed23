"""The words that bound a number: before it, “at least 5”, and behind it, “5 or more”."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from briefings.check.quantities.items import Pieces
from briefings.check.quantities.lexicon import unspaced
from briefings.check.quantities.quantity import Bound, Kind, Quantity, Unit
from briefings.check.quantities.sums import is_numeric
from briefings.check.quantities.tokens import Item
from briefings.check.quantities.units import TIMES
from briefings.core.values import dataclass, replace

STOPS = frozenset(".,;:!?،؛؟。、，；")
_REACHING = frozenset({Bound.AT_LEAST, Bound.AT_MOST})  # 至少造成12人
_LINKED = _REACHING | {Bound.ABOUT, Bound.NEAR, Bound.NEARLY}
_COMPARED = frozenset({Bound.MORE, Bound.FEWER})
_MEASURED = _COMPARED | {Bound.AT_MOST}  # “as many as in 2019”
TURNED = {
    Bound.MORE: Bound.AT_MOST,
    Bound.FEWER: Bound.AT_LEAST,
    Bound.AT_MOST: Bound.MORE,
    Bound.AT_LEAST: Bound.FEWER,
}
"""What a bound is that is denied: what does not exceed is at most."""
_DENIED = ("", "wholly")
_COMMAS = frozenset(",،，、")
_ANOTHER = frozenset({"running", "year-from"})
_PARTICLES = ("を", "に")  # in Japanese, behind what an “exceeds” is of
NEAR = 3  # as many words may stand between a bound and its number
_CLAUSE = 6  # and as many behind a “not”
_BOUNDED = frozenset(
    {Kind.NUMBER, Kind.PERCENT, Kind.POINTS, Kind.PER_MILLE, Kind.VAGUE, Kind.MULTIPLE}
)


@dataclass(frozen=True, slots=True)
class Before:
    """What stood before a number and belongs to it, if the number comes soon."""

    bound: Bound = Bound.NONE
    only: bool = False
    alone: bool = False  # “seule 19” may be one who is alone with 19
    between: bool = False
    from_: bool = False
    during: bool = False  # “over” may as well mean “during”
    worth: bool = False  # “Kredite über” may as well mean “worth”
    arriving: bool = False  # “no llegó a 12” may as well tell of 12 villages
    far: bool = False  # a verb, “exceeded”: words may stand between
    reach: bool = False  # “hasta” is “up to”, or what something rose to
    within: bool = False  # what is done “within three days” takes at most three
    peak: bool = False  # what “reached 7 m” was up to 7 m
    definite: bool = False  # what is told as known: “more than *the* 40”
    limit: bool = False  # a bound that is itself of what is known: “the legal *minimum of* 40”
    fewest: bool = False  # “no more than 12” are at most 12, or only 12
    half: str = ""
    words: int = 0
    start: int | None = None
    # "" behind a “not”, "wholly" behind a “ne … pas”, "perhaps" behind an “unless”
    denied: str | None = None

    def notice(self, item: Item) -> Before:
        """What is to be remembered behind `item`."""
        senses = item.senses
        if "link" in senses and self.bound in _LINKED and not self.words:
            return self  # “höchstens um 15”
        if not senses or senses.keys() <= (_MERE if unspaced(item.key) else _PASSED):
            return self._past_mark(item) if item.kind == "mark" else self._past_word()
        is_denied = senses.keys() == {"only-denied"} and self.denied != ""
        if is_denied or senses.keys().isdisjoint(_OPENERS):
            if self.bound in _MEASURED and "in" in senses:
                return NOTHING  # “more than in 2019”
            if "definite" not in senses or self.definite:
                return self
            return _DEFINITE if self is NOTHING else replace(self, definite=True)
        return self._with_opener(item)

    def _past_mark(self, item: Item) -> Before:
        """What is remembered behind a mark that means nothing: a stop ends it."""
        aside = self.bound in _REACHING and item.key in _COMMAS and not self.words
        return self if aside or item.key not in STOPS else NOTHING  # “no máximo, 4”

    def _past_word(self) -> Before:
        """What is remembered behind one more word that means nothing: too many end it."""
        most = _CLAUSE if self.peak else NEAR if self.far or self.only else 0
        if self.words < (most if self.denied is None else _CLAUSE):
            return replace(self, words=self.words + 1)
        return _KNOWN if self.definite and self is not _KNOWN else NOTHING

    def _with_opener(self, item: Item) -> Before:
        """What is remembered behind a word that bounds a number, or turns its bound."""
        senses, start = item.senses, self.start
        if start is None and not senses.keys().isdisjoint({"bound", "only"}):
            start = item.start
        bound, far, denied = self.bound, self.far, senses.get("deny", self.denied)
        if "peak" in senses:
            bound, far = Bound.NONE, False  # “over the limit three times”
        if "bound" in senses:
            named = Bound(senses["bound"])
            if bound is Bound.NONE or named is not Bound.ABOUT:
                bound, far = named, "far" in senses or (named in _REACHING and unspaced(item.key))
                if named in TURNED and self._is_surely_denied(item, named, far=far):
                    bound, denied = TURNED[named], None  # “will not exceed 40”
        # “They work only from home, nearly 40 of them”: of the word behind it, and not of a number.
        only = self.only and not ("bound" in senses and self.words)
        return Before(
            bound=bound,
            only=only or "only" in senses or (self.denied == "" and "only-denied" in senses),
            alone="alone" in senses,
            between=self.between or "between" in senses,
            from_=self.from_ or "from" in senses,
            during="during" in senses if "bound" in senses else self.during,
            worth="worth" in senses if "bound" in senses else self.worth,
            arriving="arriving" in senses if "bound" in senses else self.arriving,
            far=far,
            reach=self.reach or "reach" in senses,
            within=self.within or "within" in senses,
            peak=self.peak or "peak" in senses,
            fewest=self.fewest or "fewest" in senses,
            half=senses.get("half-day", self.half),
            definite=self.definite and "limit" in senses,
            limit="limit" in senses,
            words=0,
            start=start,
            denied=None if "only-denied" in senses else denied,  # “il ne reste que trois”
        )

    def _is_surely_denied(self, item: Item, named: Bound, *, far: bool) -> bool:
        """Whether a “not” is of the bound itself: “had no more than 40”."""
        soon = NEAR if "sized" not in item.senses else 1  # “not for ships longer than 12 m”
        return self.denied in _DENIED and (far or (named in _COMPARED and self.words < soon))

    def may_be_none(self, unit: Unit | None, counted: str) -> bool:
        """Whether the word before a figure of a unit, or of something counted, bounds nothing."""
        measured = unit.dimension if unit is not None else ""
        return (
            (self.during and (measured in TIMES or counted == "span"))
            or (self.worth and measured == "currency")
            or self.arriving
        )


NOTHING = Before()
_DEFINITE = Before(definite=True)
_KNOWN = Before(definite=True, words=1)  # “the *required* 40”
_MERE = frozenset(
    {"hour-link", "link", "day-before"}
)  # of words that are but rarely part of a time
_PASSED = _MERE | {"counter"}  # what is counted stands behind: “über den Haushalt von 12 Euro”
_OPENERS = frozenset(
    {"bound", "only", "between", "from", "half-day", "deny", "only-denied", "peak", "within"}
)


class After(NamedTuple):
    """The bound behind a number, and where it ends in the text; 0 if there is none."""

    bound: Bound
    only: bool
    end: int


_NO_BOUND = After(Bound.NONE, only=False, end=0)


def after(pieces: Pieces, at: int) -> After:
    """The bound that stands at item `at` or some words on."""
    only, end = False, 0
    behind = pieces.items[at : at + NEAR + 3]
    for number, item in enumerate(behind[: NEAR + 1]):
        if item.kind != "word" and not item.senses:
            if item.key in _COMMAS and _stands_alone(pieces, at + number + 1):
                continue  # “unos 600, como máximo”
            if item.key in STOPS or item.kind == "numeral":
                break
            continue
        if "after" in item.senses:
            if item.key.startswith(_PARTICLES) and not all(
                each.senses.keys().isdisjoint(_ANOTHER) for each in behind[:number]
            ):
                break  # “3か月続けて前年を下回った”
            endings = item.senses.get("compared")
            if endings and not pieces.items[at + number - 1].key.endswith(tuple(endings.split())):
                continue  # “dört fazla” is four more, “dörtten fazla” more than four
            if "bound" in item.senses and _leads(behind[number + 1 :]):
                break  # “two of five are shut, and over half”
            return After(Bound(item.senses["after"]), only, item.end)
        if "only-after" in item.senses:
            only, end = True, item.end
        if "bound" in item.senses or (is_numeric(item) and "counter" not in item.senses):
            break
    return After(Bound.NONE, only, end) if only else _NO_BOUND


def _stands_alone(pieces: Pieces, at: int) -> bool:
    """Whether item `at` is a bound behind a number, and the last of its clause."""
    behind = pieces.items[at + 1 :][:3]
    ends = not behind or (behind[0].kind == "mark" and not _leads(behind[1:]))
    return ends and "after" in pieces.senses(at)


def _leads(items: Sequence[Item]) -> bool:
    """Whether a number begins with these items, perhaps with a currency before it."""
    first = 1 if items and "currency" in items[0].senses else 0
    return len(items) > first and is_numeric(items[first])


def bounded(quantity: Quantity, before: Before, behind: After) -> Quantity:
    """A quantity with the bound before it, else the one behind it.

    Args:
        quantity: A figure by itself.
        before: What the words before it say of its bound.
        behind: What those behind it say.
    """
    if quantity.kind not in _BOUNDED or (
        before is NOTHING and behind == _NO_BOUND and _is_unbounded(quantity)
    ):
        return quantity
    ranged = any(each.upper is not None for each in quantity.readings)
    if ranged and behind.bound is Bound.AT_MOST:
        behind = behind._replace(bound=Bound.NONE)  # “له ۵ تر ۱۰ پورې”, from 5 up to 10
    bound, perhaps = before.bound, list[Bound]()
    turned = bound is Bound.AT_MOST and behind.bound in (Bound.MORE, Bound.FEWER)  # تر ۴۰ زیات
    if behind.bound is not Bound.NONE and (turned or bound in (Bound.NONE, Bound.ABOUT)):
        bound = behind.bound
    elif before.may_be_none(quantity.unit, quantity.counter.things):
        perhaps.append(bound)  # “over three months” may be more than three, or while they lasted
        bound = Bound.NONE
    own = before.start is not None and (bound is before.bound or before.only)
    if before.denied is not None and bound in TURNED:  # “unless it stays at 40 or above”
        perhaps.append(TURNED[bound])
    timed = quantity.unit is not None and quantity.unit.dimension in TIMES
    if (before.peak or (before.within and timed)) and bound is Bound.NONE:
        perhaps += [Bound.AT_MOST, Bound.FEWER] if before.within else [Bound.AT_MOST]
    if before.definite and before.limit:  # “the legal minimum of 40”
        perhaps.append(bound)
        bound = Bound.NONE
    only = before.only or behind.only
    first, *others = (
        replace(each, bound=bound, only=only, definite=before.definite, others=())
        if each.kind in _BOUNDED
        else each
        for each in quantity.readings
    )
    others += [replace(first, bound=each) for each in perhaps]
    if before.fewest:
        others += [
            replace(first, bound=Bound.AT_MOST, only=False),
            replace(first, bound=Bound.NONE, only=True),
        ]
    return replace(
        first,
        others=tuple(others),
        start=before.start if own and before.start is not None else quantity.start,
        end=max(quantity.end, behind.end),
    )


def _is_unbounded(quantity: Quantity) -> bool:
    return not quantity.others and quantity.bound is Bound.NONE and not quantity.only
