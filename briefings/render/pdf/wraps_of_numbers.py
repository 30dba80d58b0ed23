"""WeasyPrint kept from laying out a page again for the number of another: see wraps.py."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from weasyprint import document
from weasyprint.css import targets
from weasyprint.formatting_structure import boxes
from weasyprint.layout import inline, page

from briefings.render.pdf.patching import exchanged

__all__ = ["numbers_guessed", "numbers_in_place", "numbers_in_time", "targets_by_name"]

LETTERS = 3_500
"""On a page, by which its number is guessed: a few more than full ones have, since first ones have
fewer."""
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
        letters = 0
        for box in root.descendants() if asking else ():
            if (anchor := box.style["anchor"]) and anchor in asking:
                target = collector.target_lookup_items[anchor]
                if target.state == "up-to-date" and not target.cached_page_counter_values:
                    target.cached_page_counter_values = {_PAGE: [1 + letters // LETTERS]}
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
    if new is None or rest is not None or new.width != old.width or old.justification_spacing:
        return False
    new.position_x, new.position_y = old.position_x, old.position_y
    copy.children = [new]
    return True


def _asking(collector: Any) -> dict[str | None, list[tuple[Any, Any]]]:
    """What has a counter of another element in its text, by that element's name."""
    asking: dict[str | None, list[tuple[Any, Any]]] = {}
    for (box, _), item in collector.counter_lookup_items.items():
        for anchor in item.missing_target_counters:
            asking.setdefault(anchor, []).append((box, item))
    return asking
