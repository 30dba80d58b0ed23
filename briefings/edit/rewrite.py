"""A text of a base written anew in its place: its own code points change, and no others."""

from __future__ import annotations

import re
from collections.abc import Iterable

from briefings.core.span import SourceText, Span
from briefings.core.values import dataclass
from briefings.edit.scalars import WIDTH, block, in_line, is_breakable
from briefings.load import yamltree
from briefings.load.yamltree import Mapping, Node, Scalar

_BLOCK = re.compile(r"[|>][-+\d]*(?P<rest>[^\r\n]*)(?:\r\n|\n|\r)(?P<indent> *)")


@dataclass(frozen=True, slots=True)
class Rewrite:
    """The value that the text at `span` is to have."""

    span: Span
    value: str


def rewritten(text: str, rewrites: Iterable[Rewrite]) -> str:
    """`text`, a file of a base, with other values at some places; each keeps its shape if it can.

    A block stays a block of the same indentation while it needs more than a line; quotation marks
    stay; a plain text gets marks only where its new value asks for it.
    """
    in_brackets = _flow(text)
    for each in sorted(rewrites, key=lambda rewrite: -rewrite.span.start):
        start, end = each.span.start, each.span.end
        flow = start in in_brackets
        text = text[:start] + _written(text, start, end, each.value, flow=flow) + text[end:]
    return text


def replacement(text: str, rewrite: Rewrite) -> str:
    """What stands at the place of one rewrite in `rewritten`."""
    start, end = rewrite.span.start, rewrite.span.end
    return _written(text, start, end, rewrite.value, flow=start in _flow(text))


def _flow(text: str) -> set[int]:
    root, _ = yamltree.parse(SourceText("", text))
    assert root is not None  # a base that was read
    return set(_in_brackets(text, root, inside=False))


def _written(text: str, start: int, end: int, value: str, *, flow: bool) -> str:
    old = text[start:end]
    newline = "\r\n" if "\r\n" in text else "\n"
    line = text[max(text.rfind("\n", 0, start), text.rfind("\r", 0, start)) + 1 : start]
    in_one_line = in_line(value, flow=flow, quoted=old[:1] in ("'", '"'))
    fits = len(line) + len(in_one_line) <= WIDTH or not is_breakable(value)
    was_block = _BLOCK.match(old)
    if was_block is not None:
        behind = old[len(old.rstrip()) :]
        folded = block(value, len(was_block["indent"]))
        if folded is not None and (was_block["rest"].strip() or not fits):
            return newline.join([f"{folded[0]}{was_block['rest']}", *folded[1]]) + behind
        return in_one_line + was_block["rest"] + behind
    return in_one_line


def _in_brackets(text: str, node: Node, *, inside: bool) -> Iterable[int]:
    """Where each text begins that stands between brackets."""
    if isinstance(node, Scalar):
        if inside:
            yield node.span.start
        return
    inside = inside or text[node.span.start : node.span.start + 1] in ("[", "{")
    children = [v for _, v in node.entries] if isinstance(node, Mapping) else node.items
    for child in children:
        yield from _in_brackets(text, child, inside=inside)
