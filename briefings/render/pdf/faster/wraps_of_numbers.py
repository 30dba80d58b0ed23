"""WeasyPrint kept from laying out a page again for the number of another: see wraps.py."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import pairwise
from typing import Any

from weasyprint import document
from weasyprint.css import targets
from weasyprint.formatting_structure import boxes
from weasyprint.layout import inline, page

from briefings.core.groups import grouped
from briefings.render.pdf.patching import exchanged

LETTERS = 3_500
"""On a full page, by which the number of one is guessed."""
_LENGTH = 2
_NOTHING = 1e-6
"""Pixels that a line may stand off from where it begins."""
_COLLECTOR = 4
"""Where `build_formatting_structure` is given what collects targets."""
_PAGE = "page"
_NUMBER = 3
"""Where `make_page` is given the number of its page, after the context."""


@contextmanager
def targets_by_name() -> Iterator[None]:
    """What names the page of another element waits for that element, and for no page of its own.

    Where `content` has a `target-counter()`, the counter is taken for one of the page that names
    it as well, and a target that is named by an attribute is forgotten: each such page is laid
    out three times.
    """
    collector = targets.TargetCollector
    lookup, collect = collector.lookup_target, collector.collect_missing_counters
    named: dict[tuple[int, str], str] = {}

    def lookup_by_name(self: Any, anchor: Any, box: Any, token: str, again: Any) -> Any:
        if anchor[0] == "attr()":
            attribute, _, fallback = anchor[1]
            named[id(box), token] = str(box.element.get(attribute, fallback)).removeprefix("#")
        return lookup(self, anchor, box, token, again)

    def collect_by_name(self: Any, box: Any, token: str, *rest: Any) -> None:
        again, own, of_targets = rest
        if None in of_targets and (id(box), token) in named:
            of_targets[named[id(box), token]] = of_targets.pop(None)
        if any(own is counters for counters in of_targets.values()):
            own = []
        collect(self, box, token, again, own, of_targets)

    with (
        exchanged("lookup_target", lookup_by_name, collector),
        exchanged("collect_missing_counters", collect_by_name, collector),
    ):
        yield


@contextmanager
def numbers_in_time() -> Iterator[None]:
    """The number of an earlier page is put in before the page that names it is laid out.

    Else that page is laid out twice. And what nobody asks of a page changes nothing: else all that
    name a page are laid out once more when the number of all pages is known.
    """
    collector = targets.TargetCollector
    cache, make = collector.cache_target_page_counters, page.make_page
    asking: dict[int, dict[str | None, list[Any]]] = {}
    told: set[int] = set()

    def cache_in_time(self: Any, anchor: str, values: Any, index: int, pages: Any) -> None:
        if self.collecting:
            return
        if id(self) not in asking:
            asking[id(self)] = _asking(self)
        items = asking[id(self)].get(anchor, [])
        if None not in asking[id(self)]:  # it is, where `targets_by_name` is not
            asked = {name for _, item in items for name in item.missing_target_counters[anchor]}
            values = {name: value for name, value in values.items() if name in asked}
        cache(self, anchor, values, index, pages)
        for box, item in items:
            if item.pending:
                item.parse_again({})
                item.pending = False
                told.add(id(box))

    def make_in_time(context: Any, *rest: Any) -> Any:
        told.clear()
        answer = make(context, *rest)
        # What stands on the very page that it names was there before its number was known.
        if told and any(
            id(each.missing_link) in told for each in answer[0].descendants(placeholders=True)
        ):
            context.page_maker[rest[_NUMBER] - 1][-1]["content_changed"] = True
        return answer

    with (
        exchanged("cache_target_page_counters", cache_in_time, collector),
        exchanged("make_page", make_in_time, page),
    ):
        yield


@contextmanager
def numbers_guessed() -> Iterator[None]:
    """The number of a later page is guessed before any page is laid out, by the letters before it.

    So that it is as wide as the one that takes its place: else the page that names it is laid out
    again, as it is where the guess has another count of digits.
    """
    build = document.build_formatting_structure

    def build_and_guess(*given: Any) -> Any:
        root = build(*given)
        collector = given[_COLLECTOR]
        asking = _asking(collector)
        number, letters = 1, 0
        for box in root.descendants() if asking else ():
            if letters and box.style["break_before"] == "page":
                number, letters = number + max(1, round(letters / LETTERS)), 0
            if (anchor := box.style["anchor"]) and anchor in asking:
                target = collector.target_lookup_items[anchor]
                if target.state == "up-to-date" and not target.cached_page_counter_values:
                    target.cached_page_counter_values = {_PAGE: [number + letters // LETTERS]}
            if isinstance(box, boxes.TextBox):
                letters += len(box.text)
        for items in asking.values():
            for _, item in items:
                item.parse_again({})
        return root

    with exchanged("build_formatting_structure", build_and_guess, document):
        yield


@contextmanager
def numbers_in_place() -> Iterator[None]:
    """The number of a later page takes the place of the one that was set for it, if it is as wide.

    Else each page that names a later one is laid out twice.
    """
    collector = targets.TargetCollector
    cache, make = collector.cache_target_page_counters, page.make_page
    asking: dict[int, dict[str | None, list[tuple[Any, Any]]]] = {}
    sheets: dict[int, Any] = {}
    changed: list[tuple[int, Any]] = []

    def cache_and_tell(self: Any, anchor: str, values: Any, index: int, pages: Any) -> None:
        if self.collecting:
            return
        if id(self) not in asking:
            asking[id(self)] = _asking(self)
        laid_out = [
            (item.page_maker_index, box)
            for box, item in asking[id(self)].get(anchor, [])
            if item.page_maker_index is not None and item.page_maker_index < len(pages)
        ]
        steady = {number for number, _ in laid_out if not pages[number][-1]["content_changed"]}
        cache(self, anchor, values, index, pages)
        for number, box in laid_out:
            if number in steady and pages[number][-1]["content_changed"]:
                changed.append((number, box))
        for number in steady:
            pages[number][-1]["content_changed"] = False

    def make_and_put(context: Any, *rest: Any) -> Any:
        answer = make(context, *rest)
        sheets[rest[_NUMBER] - 1] = answer[0]
        for index, box in changed:
            if not _put(box, context, sheets[index]):
                context.page_maker[index][-1]["content_changed"] = True
        changed.clear()
        return answer

    with (
        exchanged("cache_target_page_counters", cache_and_tell, collector),
        exchanged("make_page", make_and_put, page),
    ):
        yield


def _put(box: Any, context: Any, laid_out: Any) -> bool:
    """Put what a box says by now into the page that it stands on; False if that has to be anew."""
    copies = [each for each in laid_out.descendants(placeholders=True) if each.missing_link is box]
    if len(copies) != 1 or not isinstance(box, boxes.InlineBox):
        return False
    (copy,) = copies
    if not len(copy.children) == len(box.children) == 1:
        return False
    old, text = copy.children[0], box.children[0]
    if not isinstance(old, boxes.TextBox) or not isinstance(text, boxes.TextBox):
        return False
    new, rest, _ = inline.split_text_box(context, text, None, 0)
    if new is None or rest is not None or old.justification_spacing:
        return False
    wider = new.width - old.width
    if wider and not _has_room(laid_out, copy, wider):
        return False
    new.position_x, new.position_y = old.position_x, old.position_y
    copy.children = [new]
    if wider:
        _make_room(_way(laid_out, copy), new, wider)
    return True


def _has_room(laid_out: Any, number: Any, wider: float) -> bool:
    """Whether a number may become wider, or narrower, and each line hold what it holds now."""
    *around, block, line = _down_to_line(_way(laid_out, number))
    style, is_to_left = line.style, line.style["direction"] == "rtl"
    within = _way(line, number)
    place = line.position_x - block.content_box_x()
    if (
        not all(map(_has_own_width, [*around, block]))
        or any(not isinstance(box, boxes.InlineBox) for box in within[1:])
        or any(box.style["direction"] != style["direction"] for box in within)
        or style["text_align_all"] != "start"
        or style["text_align_last"] not in ("auto", "start")
        or any(box.is_floated() for box in laid_out.descendants())
        or abs(place + (line.width - block.width if is_to_left else 0)) > _NOTHING
        or line.width + wider > block.width
    ):
        return False
    return wider > 0 or (
        _is_held(block, line, line.width + wider) and _is_kept(block, within, wider)
    )


def _is_held(block: Any, line: Any, width: float) -> bool:
    """Whether what follows a line stays where it is, though that has become so narrow."""
    if line is block.children[-1]:
        return True
    following = block.children[block.children.index(line) + 1]
    texts = (box for box in following.descendants() if isinstance(box, boxes.TextBox))
    first = next((box for box in texts if box.text.strip()), None)
    return (
        first is not None
        and first.style["white_space"] == "nowrap"
        and first.width > block.width - width
    )


def _is_kept(block: Any, within: Sequence[Any], wider: float) -> bool:
    """Whether the beginning of a line does not go up into the one before."""
    line, *_, number = within
    if line is block.children[0] or _may_break(within):
        return True
    before = block.children[block.children.index(line) - 1]
    behind, place = line.position_x + line.width, number.position_x - line.position_x
    is_to_left = line.style["direction"] == "rtl"
    beginning = behind - number.position_x if is_to_left else place + number.width
    return bool(beginning + wider > block.width - before.width)


def _has_own_width(box: Any) -> bool:
    """Whether a box is as wide as what it lies in lets it be, whatever it holds."""
    if isinstance(box, boxes.GridBox):
        tracks = box.style["grid_template_columns"]
        return isinstance(tracks, tuple) and all(map(_is_as_said, tracks[1::2]))
    return isinstance(box, boxes.PageBox | boxes.BlockBox) and box.is_in_normal_flow()


def _is_as_said(track: Any) -> bool:
    least = track[1] if track[0] == "minmax()" else track
    return len(least) == _LENGTH and least[1] not in ("fr", "%")  # of a number and its unit


def _make_room(way: Sequence[Any], number: Any, wider: float) -> None:
    """Let a number in its line be wider, and what stands behind it in its line move."""
    *_, line = _down_to_line(way)
    within = [*way[way.index(line) :], number]
    is_to_left = line.style["direction"] == "rtl"
    for box, child in pairwise(within):
        box.width += wider
        for behind in box.children[box.children.index(child) + 1 :]:
            behind.translate(dx=-wider if is_to_left else wider)
    for box in within if is_to_left else ():
        box.position_x -= wider


def _may_break(within: Sequence[Any]) -> bool:
    """Whether a line could end before a box in it: at a space, with which none begins."""
    before = (
        text
        for box, child in pairwise(within)
        for each in box.children[: box.children.index(child)]
        for text in each.descendants()
        if isinstance(text, boxes.TextBox)
    )
    return any(" " in text.text and text.style["white_space"] == "normal" for text in before)


def _way(box: Any, wanted: Any) -> list[Any]:
    """A box, and what it lies in one in the other, down to the one that is wanted."""
    if box is wanted:
        return [box]
    for child in box.children:
        if way := _way(vars(child).get("_box", child), wanted):
            return [box, *way]
    return []


def _down_to_line(way: Sequence[Any]) -> Sequence[Any]:
    """The way as far as the line that the last one stands in."""
    last = max(place for place, box in enumerate(way) if isinstance(box, boxes.LineBox))
    return way[: last + 1]


def _asking(collector: Any) -> dict[str | None, list[tuple[Any, Any]]]:
    """What has a counter of another element in its text, by that element's name."""
    return grouped(
        (anchor, (box, item))
        for (box, _), item in collector.counter_lookup_items.items()
        for anchor in item.missing_target_counters
    )
