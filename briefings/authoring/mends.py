"""Steps that diagnostics propose, as edits of the text: what an editor offers to do."""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefings.authoring.draft import OpenDesk
from briefings.authoring.editing import EditedDesk, TextEdit
from briefings.authoring.lost_quotes import LostQuote, lost_quotes
from briefings.check.clearances import Clearances
from briefings.core.diagnostics import Diagnostic, Hint
from briefings.core.model import Fact, FactId
from briefings.core.span import SourceText, Span
from briefings.core.values import dataclass
from briefings.edit.quoting import quoted
from briefings.edit.rewrite import Rewrite, replacement
from briefings.load import shorthand, yamltree
from briefings.load.entries import sections_by_key

_MEANT = re.compile(r"did you mean `([^`]+)`")
_KNOWN = re.compile(r"known: (?=`)")
_TICKED = re.compile(r"`([^`]+)`")
_LOST = frozenset(("quote-not-found", "quote-misattributed"))
_ADDED = re.compile(r"(actor|place) `([^`]+)`")
_DERIVED = re.compile(r"add `derived: \[(.+)\]` to `([^`]+)`")
_LANGUAGE = re.compile(r"or add `([^`]+)` to `languages`")
_DAY = r"\d{4}-\d\d-\d\d"
# Hints that give what is to stand in the place of a value, or one of two.
_INSTEAD = (
    re.compile(r"for example `([^`]+)`"),
    re.compile(r"write it as (\[.+\])"),
    re.compile(rf"write ({_DAY})(?: or ({_DAY}), whichever is meant)?"),
    re.compile(rf"leave out the time of day: ({_DAY})"),
    re.compile(r"did you mean ([\w-]+)\?"),
    re.compile(r"write `(\[[^`]+\]|unknown)`"),
    re.compile(r"write (https://\S+), or http://.*"),
    re.compile(r"grade it ([1-6])"),
)
_FACTS = sections_by_key()["facts"]
_SAFE = re.compile(r"[\w\[\], -]+")


@dataclass(frozen=True, slots=True)
class Mend:
    """A step that a diagnostic proposes, and the edits that take it."""

    title: str
    of: Diagnostic
    edits: tuple[TextEdit, ...]


def mends(desk: EditedDesk, within: Span | None = None) -> Iterator[Mend]:
    """The steps that diagnostics propose and that are a matter of text alone.

    Args:
        desk: As it stands in the editor.
        within: The place whose diagnostics count; without it all do.
    """
    base = desk.loaded.base
    opened = (
        OpenDesk(desk.path, desk.loaded, desk.checked, base, Clearances(), {}) if base else None
    )
    lost = {each.span: each for each in lost_quotes(opened) if each.rewrites} if opened else {}
    documents = {document.path for document in desk.loaded.documents.values()}
    for each in desk.checked.diagnostics:
        if each.span is None or each.span.path in documents or each.span.path not in desk.texts:
            continue
        if within is not None and not _touch(each.span, within):
            continue
        if each.code in _LOST and each.span in lost:
            yield _found_again(desk, each, lost[each.span])
        for hint in each.hints:
            yield from _proposed(desk, each, hint)
        yield from _on_the_whole(desk, each)


def _touch(first: Span, second: Span) -> bool:
    return first.path == second.path and first.start <= second.end and second.start <= first.end


def _proposed(desk: EditedDesk, mistake: Diagnostic, hint: Hint) -> Iterator[Mend]:
    """What one hint proposes."""
    instead = (each.fullmatch(hint.message) for each in _INSTEAD)
    if (meant := _MEANT.search(hint.message)) is not None:
        yield from _meant(desk, mistake, meant[1])
    elif _KNOWN.match(hint.message):
        for name in _TICKED.findall(hint.message):
            yield from _meant(desk, mistake, name)
    elif hint.message.startswith("take “") and hint.span is not None:
        yield from _longer(desk, mistake, hint.span)
    elif mistake.code == "unlisted-name":
        yield from _added(desk, mistake, hint.message)
    elif (line := _DERIVED.search(hint.message)) is not None:
        yield from _derived(desk, mistake, *line.groups())
    elif (language := _LANGUAGE.match(hint.message)) is not None:
        yield from _language(desk, mistake, language[1])
    elif mistake.code == "cut-text" and hint.span is not None:
        yield _whole(desk, mistake, hint.span)
    elif (match := next(filter(None, instead), None)) is not None:
        for value in filter(None, match.groups()):
            yield from _instead(desk, mistake, hint, value)


def _on_the_whole(desk: EditedDesk, mistake: Diagnostic) -> Iterator[Mend]:
    """What a mistake proposes by its code: its hints are places, or say it of any such."""
    assert mistake.span is not None
    text = desk.texts[mistake.span.path]
    if mistake.code == "hidden-character" and mistake.span.end - mistake.span.start == 1:
        yield Mend("delete it", mistake, (TextEdit(mistake.span, ""),))
    elif mistake.code == "plan-as-event":
        kind = shorthand.value_of(_fact(text, mistake.span), "kind")
        if kind is not None:  # else its file or source says so for others, too
            yield Mend("make it a plan", mistake, (TextEdit(kind.span, "plan"),))
    elif mistake.code == "quote-ambiguous":
        yield from _occurrences(text, mistake)


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
    if written.strip("'\"") in mistake.message:
        yield Mend(f"write `{name}`", mistake, (TextEdit(mistake.span, name),))


def _instead(desk: EditedDesk, mistake: Diagnostic, hint: Hint, value: str) -> Iterator[Mend]:
    """Another value in the place of one that message or hint shows."""
    assert mistake.span is not None
    written = desk.texts[mistake.span.path].slice(mistake.span).strip("'\"")
    if "\n" not in written and written in mistake.message + hint.message:
        safe = _SAFE.fullmatch(value) is not None
        edit = TextEdit(mistake.span, value) if safe else _edit(desk, Rewrite(mistake.span, value))
        yield Mend(f"write {value}", mistake, (edit,))


def _whole(desk: EditedDesk, mistake: Diagnostic, comment: Span) -> Mend:
    """A text together with what YAML took for a comment behind it."""
    assert mistake.span is not None
    span = Span(comment.path, mistake.span.start, comment.end)
    words = " ".join(desk.texts[span.path].slice(span).split())
    return Mend("take the comment into the text", mistake, (_edit(desk, Rewrite(span, words)),))


def _language(desk: EditedDesk, mistake: Diagnostic, language: str) -> Iterator[Mend]:
    """A language more of the base."""
    text = desk.texts.get(desk.path.name)
    root, _ = yamltree.parse(text) if text is not None else (None, [])
    listed = shorthand.value_of(root, "languages")
    if text is not None and isinstance(listed, yamltree.Sequence):
        edit = _appended(text, listed, language)
        if edit is not None:
            yield Mend(f"add `{language}` to the languages of the base", mistake, (edit,))


def _occurrences(text: SourceText, mistake: Diagnostic) -> Iterator[Mend]:
    """The number of each place where an ambiguous quote stands."""
    assert mistake.span is not None
    fact = _fact(text, mistake.span)
    assert fact is not None
    evidence = shorthand.value_of(fact, "evidence")
    for quote in evidence.items if isinstance(evidence, yamltree.Sequence) else ():
        entries = quote.entries if isinstance(quote, yamltree.Mapping) else ()
        key = next((key for key, value in entries if value.span == mistake.span), None)
        if key is None or any(each.value == "occurrence" for each, _ in entries):
            continue
        behind = _between(text, key, quote, fact)
        for number in range(
            1, sum(hint.message.startswith("place ") for hint in mistake.hints) + 1
        ):
            edit = TextEdit(
                Span(text.path, key.span.start, key.span.start), f"occurrence: {number}{behind}"
            )
            yield Mend(f"it is that of place {number}", mistake, (edit,))


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
    fact = _fact(text, mistake.span)
    for kind, name in _ADDED.findall(message):
        listed = shorthand.value_of(fact, f"{kind}s")
        edit = _appended(text, listed, name) if isinstance(listed, yamltree.Sequence) else None
        if edit is not None:
            yield Mend(f"add the {kind} `{name}`", mistake, (edit,))


def _derived(desk: EditedDesk, mistake: Diagnostic, line: str, name: str) -> Iterator[Mend]:
    """Arithmetic more in the list of a fact."""
    base = desk.loaded.base
    span = base.facts[FactId(name)].span if base is not None else None
    if span is None or span.path not in desk.texts:
        return
    text = desk.texts[span.path]
    fact = _fact(text, span)
    listed = shorthand.value_of(fact, "derived")
    edit = None
    if isinstance(listed, yamltree.Sequence):
        edit = _appended(text, listed, line)
    elif isinstance(fact, yamltree.Mapping):
        stated = next((key for key, _ in fact.entries if key.value == "statement"), None)
        if stated is not None:
            edit = TextEdit(
                Span(text.path, stated.span.start, stated.span.start),
                f"derived: [{line}]{_between(text, stated, fact)}",
            )
    if edit is not None:
        yield Mend(f"derive it: {line}", mistake, (edit,))


def _between(text: SourceText, key: yamltree.Node, *around: yamltree.Node) -> str:
    """What parts an entry from `key` behind it: a comma in a line, else a line of its own."""
    if "{" in {text.text[each.span.start] for each in around}:
        return ", "
    return _newline(text) + " " * (text.position(key.span.start).column - 1)


def _appended(text: SourceText, listed: yamltree.Sequence, name: str) -> TextEdit | None:
    """An item more at the end of a list, in the shape that it has; None if it has none."""
    if text.text[listed.span.start : listed.span.start + 1] == "[":
        comma = ", " if listed.items else ""
        end = listed.items[-1].span.end if listed.items else listed.span.start + 1
        return TextEdit(Span(text.path, end, end), f"{comma}{name}")
    if not listed.items:
        return None
    at = text.position(listed.items[-1].span.start)
    lead = text.line(at.line)[: at.column - 1]
    end = listed.items[-1].span.end
    return TextEdit(Span(text.path, end, end), f"{_newline(text)}{lead}{name}")


def _newline(text: SourceText) -> str:
    return "\r\n" if "\r\n" in text.text else "\n"


def _fact(text: SourceText, within: Span) -> yamltree.Node | None:
    """The fact in which a place lies, with what it says itself, written out."""
    root, _ = yamltree.parse(text)
    facts = shorthand.value_of(root, "facts")
    items = facts.items if isinstance(facts, yamltree.Sequence) else ()
    while True:
        item = next((x for x in items if x.span.start <= within.start < x.span.end), None)
        inner = shorthand.members(_FACTS, item) if item is not None else None
        if inner is None:
            return None if item is None else shorthand.written_out(Fact, item, [])
        items = inner


def _edit(desk: EditedDesk, rewrite: Rewrite) -> TextEdit:
    return TextEdit(rewrite.span, replacement(desk.texts[rewrite.span.path].text, rewrite))
