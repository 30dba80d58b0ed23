"""Steps that diagnostics propose, as edits of the text: what an editor offers to do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from briefings.check.clearances import Clearances
from briefings.core.diagnostics import Diagnostic
from briefings.core.span import Span
from briefings.edit.quoting import quoted
from briefings.edit.rewrite import Rewrite, replacement
from briefings.load import yamltree
from briefings.run.draft import OpenDesk
from briefings.run.editing import EditedDesk, TextEdit
from briefings.run.repair import LostQuote, lost_quotes

_MEANT = re.compile(r"did you mean `([^`]+)`")
_TICKED = re.compile(r"`([^`]+)`")
_LOST = frozenset(("quote-not-found", "quote-misattributed"))
_ADDED = re.compile(r"(actor|place) `([^`]+)`")


@dataclass(frozen=True, slots=True)
class Mend:
    """A step that a diagnostic proposes, and the edits that take it."""

    title: str
    of: Diagnostic
    edits: tuple[TextEdit, ...]


def mends(desk: EditedDesk) -> Iterator[Mend]:
    """The steps that diagnostics propose and that are a matter of text alone."""
    base = desk.loaded.base
    if base is None:
        return
    opened = OpenDesk(desk.path, desk.loaded, desk.checked, base, Clearances())
    lost = {each.span: each for each in lost_quotes(opened) if each.rewrites}
    for each in desk.checked.diagnostics:
        if each.span is None or each.span.path not in desk.index:
            continue
        if each.code in _LOST and each.span in lost:
            yield _found_again(desk, each, lost[each.span])
        for hint in each.hints:
            if (meant := _MEANT.search(hint.message)) is not None:
                yield from _meant(desk, each, meant[1])
            elif hint.message.startswith("take “") and hint.span is not None:
                yield from _longer(desk, each, hint.span)
            elif each.code == "unlisted-name":
                yield from _added(desk, each, hint.message)


def _found_again(desk: EditedDesk, mistake: Diagnostic, quote: LostQuote) -> Mend:
    """What `briefings repair` would write in the place of a lost quote."""
    is_source = mistake.code == "quote-misattributed"
    title = f"take `{quote.new}` for its source" if is_source else "take the nearest passage"
    return Mend(title, mistake, tuple(_edit(desk, rewrite) for rewrite in quote.rewrites))


def _meant(desk: EditedDesk, mistake: Diagnostic, name: str) -> Iterator[Mend]:
    """The known name in the place of the one that is not known."""
    assert mistake.span is not None
    written = desk.texts[mistake.span.path].slice(mistake.span)
    for wrong in dict.fromkeys(_TICKED.findall(mistake.message)):
        places = [*re.finditer(rf"(?<![\w-]){re.escape(wrong)}(?![\w-])", written)]
        if len(places) == 1:
            start = mistake.span.start
            span = Span(mistake.span.path, *(start + at for at in places[0].span()))
            yield Mend(f"write `{name}`", mistake, (TextEdit(span, name),))
            return


def _longer(desk: EditedDesk, mistake: Diagnostic, passage: Span) -> Iterator[Mend]:
    """The quote with the words that its ends cut off."""
    assert mistake.span is not None
    documents = (each for each in desk.loaded.documents.values() if each.path == passage.path)
    document = next(documents, None)
    if document is not None:
        words = quoted(document, passage.start, passage.end)
        edit = _edit(desk, Rewrite(mistake.span, words))
        yield Mend("take the longer quote", mistake, (edit,))


def _added(desk: EditedDesk, mistake: Diagnostic, message: str) -> Iterator[Mend]:
    """An actor or place more in the list of the fact."""
    assert mistake.span is not None
    text = desk.texts[mistake.span.path]
    root, _ = yamltree.parse(text)
    for kind, name in _ADDED.findall(message):
        listed = _list_of(root, f"{kind}s", mistake.span) if root is not None else None
        if listed is None:
            continue
        if text.text[listed.span.start : listed.span.start + 1] == "[":
            comma = ", " if listed.items else ""
            end = listed.items[-1].span.end if listed.items else listed.span.start + 1
            edit = TextEdit(Span(text.path, end, end), f"{comma}{name}")
        elif listed.items:
            at = text.position(listed.items[-1].span.start)
            lead = text.line(at.line)[: at.column - 1]
            end = listed.items[-1].span.end
            newline = "\r\n" if "\r\n" in text.text else "\n"
            edit = TextEdit(Span(text.path, end, end), f"{newline}{lead}{name}")
        else:
            continue
        yield Mend(f"add the {kind} `{name}`", mistake, (edit,))


def _list_of(root: yamltree.Node, key: str, within: Span) -> yamltree.Sequence | None:
    """The list `key` of the fact in which a place lies."""
    facts = _child(root, "facts")
    for fact in facts.items if isinstance(facts, yamltree.Sequence) else ():
        if fact.span.start <= within.start < fact.span.end:
            listed = _child(fact, key)
            return listed if isinstance(listed, yamltree.Sequence) else None
    return None


def _child(node: yamltree.Node, key: str) -> yamltree.Node | None:
    entries = node.entries if isinstance(node, yamltree.Mapping) else ()
    return next((value for name, value in entries if name.value == key), None)


def _edit(desk: EditedDesk, rewrite: Rewrite) -> TextEdit:
    return TextEdit(rewrite.span, replacement(desk.texts[rewrite.span.path].text, rewrite))
