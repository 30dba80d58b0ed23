"""Annotations of the web: W3C's model in JSON-LD, and Hypothesis, which came before it."""

from __future__ import annotations

from collections.abc import Iterator

from briefings.core.addresses import is_web
from briefings.highlights.highlight import (
    BrokenRow,
    Export,
    Highlight,
    gathered,
    highlight,
    listed,
    map_of,
    maps_in,
    text_of,
)

_HOLDERS = ("rows", "annotations", "items", "first", "@graph")
_DEEPEST = 8


def read(value: object) -> Export | None:
    """The annotations of an export, None if it holds none.

    Args:
        value: JSON: rows of the Hypothesis API, an annotation of W3C's model, or a page, a
            collection or a list of them.
    """
    rows = _annotations(value)
    if not any(_is_annotation(row) for row in rows):
        return None
    program = "Hypothesis" if any("uri" in map_of(row) for row in rows) else "Web Annotation"
    return gathered(
        program, "annotation", (_highlight(number, row) for number, row in enumerate(rows, 1))
    )


def _annotations(value: object) -> list[object]:
    """The list of annotations that an export holds, inside whatever holds it."""
    for _ in range(_DEEPEST):
        if isinstance(value, list) or _is_annotation(value):
            break
        inside = map_of(value)
        value = next((inside[key] for key in _HOLDERS if inside.get(key)), None)
    return listed(value)


def _is_annotation(value: object) -> bool:
    return "target" in map_of(value) or "uri" in map_of(value)


def _highlight(number: int, row: object) -> Highlight | BrokenRow | None:
    if not _is_annotation(row):
        return BrokenRow(number, "it is no annotation: it has no `target`")
    annotation = map_of(row)
    targets = listed(annotation.get("target"))
    selector = next((each for target in targets for each in _selectors(target)), {})
    return highlight(
        number,
        text_of(selector.get("exact")),
        note=" ".join(filter(None, (*_notes(annotation), *_tags(annotation)))),
        around=(text_of(selector.get("prefix")), text_of(selector.get("suffix"))),
        addresses=(text_of(annotation.get("uri")), *map(_address, targets)),
    )


def _selectors(target: object) -> Iterator[dict[str, object]]:
    """The selectors of a target that go by words, also inside a choice or what another refines."""
    waiting = list(maps_in(map_of(target).get("selector")))
    for _ in range(_DEEPEST):
        inner: list[dict[str, object]] = []
        for each in waiting:
            if each.get("type") == "TextQuoteSelector":
                yield each
            inner += maps_in(each.get("refinedBy"))
            inner += maps_in(each.get("items"))
        waiting = inner


def _address(target: object) -> str:
    if isinstance(target, str):
        return target
    source = map_of(target).get("source", map_of(target).get("id"))
    return text_of(source) or text_of(map_of(source).get("id"))


def _notes(annotation: dict[str, object]) -> Iterator[str]:
    yield text_of(annotation.get("text"))
    yield text_of(annotation.get("bodyValue"))
    for body in listed(annotation.get("body")):
        if isinstance(body, str):
            yield "" if is_web(body) else body
        elif map_of(body).get("purpose") != "tagging":
            yield text_of(map_of(body).get("value"))


def _tags(annotation: dict[str, object]) -> Iterator[str]:
    tags = [text_of(each) for each in listed(annotation.get("tags"))]
    bodies = maps_in(annotation.get("body"))
    tags += [text_of(each.get("value")) for each in bodies if each.get("purpose") == "tagging"]
    return (f"#{tag}" for tag in tags if tag.strip())
