"""A fact while it is being written: what the gate says of it, and which facts are like it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field

from briefings.authoring.draft import OpenDesk, added_to, base_files
from briefings.authoring.proposal import DocumentRange, Wanted, document_of, fields, file_for
from briefings.check.gate import Report, check
from briefings.check.quantities.quantity import Quantity
from briefings.check.quantities.reader import read
from briefings.check.quotes.fold import fold
from briefings.core.diagnostics import Diagnostic, Hint, diagnostic, failed
from briefings.core.model import Document, Fact, FactId, SourceId
from briefings.core.span import SourceText, Span
from briefings.core.values import dataclass
from briefings.edit.cited import CitedPassage, cited_passages
from briefings.edit.insert import Value, with_entry
from briefings.edit.quoting import selectors
from briefings.load import decode, yamltree
from briefings.load.yamltree import Mapping as MapNode
from briefings.load.yamltree import Node

_DRAFT = "the fact"
"""In place of a path: the draft is in no file yet."""

_RESTING = frozenset(
    ("facts", "judgements", "contested", "gaps", "summaries", "accounts", "briefs", "include")
)
"""Sections of a base in which no new fact is named: the check of one need not read them."""

_ALIKE = 0.5
_RIVAL = 0.35
_MOST_ALIKE = 5
_SHORTEST_WORD = 3


@dataclass(frozen=True, slots=True)
class Alike:
    """A fact of the base that may say the same as the one being written, or the contrary.

    `why` is `passage` where both cite the same words, `words` where they say nearly the same, and
    `rival` where they agree on what it is about and not on a figure, or where the desk lists the
    fact as one side of a contested point.
    """

    fact: FactId
    why: str
    statement: str


@dataclass(frozen=True, slots=True)
class FactVerdict:
    """What would be written, and what the check says of it.

    `entry` are the fields, `lines` the YAML; `figures` are those of the statement as it writes
    them. `texts` are what the diagnostics point into.
    """

    entry: Mapping[str, Value]
    lines: str
    figures: tuple[str, ...]
    diagnostics: tuple[Diagnostic, ...]
    texts: Mapping[str, SourceText]
    alike: tuple[Alike, ...]

    @property
    def is_refused(self) -> bool:
        """Whether the gate would not let the fact in."""
        return failed(self.diagnostics)


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """What the check of one more fact needs of a desk; made once for as long as the desk stays.

    `trees` are those of its files, `words` what its statements say, by language and fact.
    """

    desk: OpenDesk
    trees: Mapping[str, MapNode]
    cited: Mapping[SourceId, tuple[CitedPassage, ...]]
    words: Mapping[tuple[FactId, str], frozenset[str]]
    known: dict[SourceId, tuple[Diagnostic, ...]] = field(default_factory=dict)


def neighbourhood(desk: OpenDesk, before: Neighbourhood | None = None) -> Neighbourhood:
    """The desk as the check of one fact needs it; files that are as `before` are not parsed."""
    trees: dict[str, MapNode] = {}
    for path in base_files(desk.loaded):
        kept = before is not None and before.desk.loaded.reads.get(path)
        if before is not None and kept == desk.loaded.reads[path] and path in before.trees:
            trees[path] = before.trees[path]
        elif isinstance(root := yamltree.parse(desk.loaded.texts[path])[0], MapNode):
            trees[path] = root
    words = {
        (fact.id, language): _words(text)
        for fact in desk.base.facts.values()
        for language, text in fact.statement.forms
    }
    return Neighbourhood(desk, trees, cited_passages(desk.checked.quotes), words)


def verdict(around: Neighbourhood, passage: DocumentRange, wanted: Wanted) -> FactVerdict:
    """What the gate says of one fact that is not in the base yet.

    It is the check of a base that holds the same sources, names and topics and this one fact;
    what it says of the whole base once the fact is in it, `proposal.propose` tells.

    Args:
        around: What is in the base already.
        passage: The range that the fact is to quote.
        wanted: What the fact is to say.

    Raises:
        Refused: As of `proposal.fields` and `proposal.document_of`.
    """
    desk = around.desk
    document = document_of(desk, passage.source)
    entry: Mapping[str, Value] = {}
    report, lines = None, ""
    for selector in selectors(document, passage.start, passage.end):
        entry = fields(desk, passage, wanted, selector)
        report, lines, mistakes = _checked(around, document, entry)
        if report is None or _place(report) in (None, passage.start):
            break
    assert entry, "a passage always has a selector"
    added = mistakes if report is None else added_to(_known(around, document), report.diagnostics)
    return FactVerdict(
        entry,
        lines,
        tuple(
            figure.shown
            for language, text in wanted.statement.items()
            for figure in _read(text, language)
        ),
        (*_taken(desk, wanted), *added),
        {**desk.loaded.texts, _DRAFT: SourceText(_DRAFT, lines)},
        tuple(_alike(around, passage, wanted, entry))[:_MOST_ALIKE],
    )


def _checked(
    around: Neighbourhood, document: Document, entry: Mapping[str, Value]
) -> tuple[Report | None, str, tuple[Diagnostic, ...]]:
    """The check of a base with this one fact; without a report where its YAML can't be read."""
    text = with_entry("", "facts", entry).text.strip("\n") + "\n"
    lines = text.partition("\n")[2].rstrip("\n")
    tree, mistakes = yamltree.parse(SourceText(_DRAFT, text))
    if not isinstance(tree, MapNode):
        return None, lines, tuple(mistakes)
    draft = MapNode((*_said_once(around, document), *tree.entries), tree.span)
    return _report(around, document, SourceText(_DRAFT, text), draft), lines, ()


def _said_once(
    around: Neighbourhood, document: Document
) -> tuple[tuple[yamltree.Scalar, Node], ...]:
    """The defaults of the file that the fact would be written into: they hold for it as well."""
    file = around.trees.get(file_for(around.desk, document.source))
    return tuple(each for each in file.entries if each[0].value == "defaults") if file else ()


def _report(
    around: Neighbourhood, document: Document, text: SourceText, draft: MapNode
) -> Report | None:
    desk = around.desk
    head, *included = (
        _reduced(tree, document.source)
        for _, tree in sorted(around.trees.items(), key=lambda pair: pair[0] != desk.path.name)
    )
    texts = {**desk.loaded.texts, text.path: text}
    base, mistakes, _ = decode.decode(head, [*included, draft], texts)
    if base is None:
        return None
    return check(base, {document.source: document}, {}, tuple(mistakes))


def _reduced(tree: MapNode, source: SourceId) -> MapNode:
    """A file of the base without the sections that name no new fact, and with one source."""
    entries: list[tuple[yamltree.Scalar, Node]] = []
    for key, value in tree.entries:
        if key.value == "sources" and isinstance(value, MapNode):
            only = tuple(each for each in value.entries if each[0].value == source)
            entries.append((key, MapNode(only, value.span)))
        elif key.value not in _RESTING:
            entries.append((key, value))
    return MapNode(tuple(entries), tree.span)


def _known(around: Neighbourhood, document: Document) -> tuple[Diagnostic, ...]:
    """What the check says of the same base without the fact."""
    if document.source not in around.known:
        defaults = _said_once(around, document)
        empty = MapNode(defaults, Span(_DRAFT, 0, 0))
        report = _report(around, document, SourceText(_DRAFT, ""), empty)
        around.known[document.source] = report.diagnostics if report else ()
    return around.known[document.source]


def _place(report: Report) -> int | None:
    """Where the gate finds the quote; None if it does not, which the check then tells."""
    anchors = [quote.anchor for quote in report.quotes if quote.anchor is not None]
    return anchors[-1].passages[0].start if anchors else None


def _taken(desk: OpenDesk, wanted: Wanted) -> Iterator[Diagnostic]:
    """`duplicate-id` where a fact of the base has the id that is asked for."""
    if wanted.id and wanted.id in {*desk.base.facts, *(desk.loaded.standing or ())}:
        other = desk.base.facts.get(FactId(wanted.id))
        first = [Hint("first used here", other.span)] if other else []
        message = f"fact id `{wanted.id}` is already taken"
        step = "give one of the two another id, here and wherever it is named"
        yield diagnostic("duplicate-id", message, None, step, *first)


def _alike(
    around: Neighbourhood, passage: DocumentRange, wanted: Wanted, entry: Mapping[str, Value]
) -> Iterator[Alike]:
    """Facts that cite the same words, then those that say nearly the same, the nearest first."""
    facts = around.desk.base.facts
    same = dict.fromkeys(
        each.fact
        for each in around.cited.get(passage.source, ())
        if each.start < passage.end and passage.start < each.end
    )
    for name in same:
        yield Alike(name, "passage", _said(facts[name]))
    near: list[tuple[float, FactId, str]] = []
    sides = {name for contest in around.desk.base.contests.values() for name in contest.positions}
    for language, text in wanted.statement.items():
        words, figures = _words(text), _figures(text, language)
        for name, fact in facts.items():
            if name in same or not _shares(fact, entry):
                continue
            other = around.words.get((name, language), frozenset())
            share = 2 * len(words & other) / (len(words) + len(other) or 1)
            if share < _RIVAL:
                continue
            differs = name in sides or figures != _figures(
                dict(fact.statement.forms)[language], language
            )
            if differs or share >= _ALIKE:
                near.append((-share, name, "rival" if differs else "words"))
    named: set[FactId] = set()
    for _, name, why in sorted(near):
        if name not in named:
            named.add(name)
            yield Alike(name, why, _said(facts[name]))


def _shares(fact: Fact, entry: Mapping[str, Value]) -> bool:
    """Whether a fact has a topic with the entry in common."""
    topics = entry.get("topics", ())
    return isinstance(topics, tuple) and not set(fact.topics).isdisjoint(topics)


def _said(fact: Fact) -> str:
    return fact.statement.forms[0][1]


def _words(text: str) -> frozenset[str]:
    """The words of a text that tell most, folded: its longer ones and its numbers."""
    return frozenset(
        word
        for each in fold(text).text.lower().split()
        if len(word := each.strip(".,;:!?()\"'“”«»،؛؟")) > _SHORTEST_WORD or word.isdecimal()
    )


def _figures(text: str, language: str) -> frozenset[tuple[object, ...]]:
    """What its figures come to, however they are written."""
    return frozenset(
        (figure.kind, figure.value, figure.upper, figure.day) for figure in _read(text, language)
    )


def _read(text: str, language: str) -> Iterable[Quantity]:
    """The figures of a text, but for words that may be none, such as “one”."""
    return (figure for figure in read(text, language) if figure.sure)
