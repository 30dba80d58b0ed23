"""What a quote cuts off at its ends and leaves out at its ellipses, and so no longer says."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise

from briefings.check.cut_figures import figure_begun, figure_ended
from briefings.check.quotes.anchors import QuoteCheck
from briefings.check.quotes.fold import fold
from briefings.check.wording import voice
from briefings.check.wording.clauses import SENTENCE_END, Reading, opens, read
from briefings.check.wording.content_words import lowered_text, stems
from briefings.check.words import Words, words
from briefings.check.words.senses import NEGATIVE, Sense
from briefings.core.diagnostics import Diagnostic, Hint, diagnostic
from briefings.core.model import Document, Evidence, Fact, FactBase, FactKind, SourceId, Voice
from briefings.core.span import Span
from briefings.core.values import dataclass

_WINDOW = 400
_REMAINDER = 80
_LONGEST_HINT = 600
_THROUGH = 40  # letters on either side of the edge of a quote in which a phrase may be cut
_MOST_MARKS = 5
_NEAR = 2  # words between a hedge and the end of what is left out
_COMMAS = (",", "،", "、", "，")
_BREAKS = " ,،、，"  # “…, если …”: many languages part a condition by a comma
_DIGIT = re.compile(r"[\W_]*[\d$€£¥₹]")
_NUMBER_TAIL = re.compile(r"\d\D{0,24}$")
_STOP = re.compile(r"[.!?؟。！？।॥](?=\s|$)|[。！？]")
_GOES_ON = re.compile(r"\s+[^\W\d_]")
_OPENS = re.compile(r"^\W*[,.;:،؛、。।॥]")


@dataclass(frozen=True, slots=True)
class _Cut:
    """A quote in its document, with the fact that it carries."""

    fact: Fact
    evidence: Evidence
    document: Document
    parts: tuple[tuple[int, int], ...]
    words: Words

    @property
    def statements(self) -> list[Reading]:
        """The forms of the statement in languages whose words are known."""
        return [
            read(form, known)
            for language, form in self.fact.statement.forms
            if (known := words(language)) is not None
        ]

    def kept(self, *senses: Sense) -> bool:
        """Whether some form of the statement has a word of one of these senses, of its own.

        What the quote says keeps nothing that stands outside it: “agronomists warn”.
        """
        quoted = read(self.evidence.quote, self.words)
        spoken = frozenset(mark.word for _, mark in quoted.marks(voice.SPOKEN))
        return any(
            voice.keeps(each, sense, spoken if each.words is self.words else frozenset())
            for each in self.statements
            for sense in senses
        )

    def tells(self, source: str) -> bool:
        """Whether some form of the statement, in the language of the quote, has who says so."""
        marks = self.words.marks(source, self.words.places(source), _MOST_MARKS)
        said = (stems(mark.word, self.words) for mark in marks if mark.sense is Sense.SOURCE)
        who = stems(source, self.words).difference(*said)
        return bool(who) and any(
            who <= each.stems for each in self.statements if each.words is self.words
        )


def cut_quotes(
    base: FactBase, documents: Mapping[SourceId, Document], quotes: Iterable[QuoteCheck]
) -> Iterator[Diagnostic]:
    """Quotes that say something else in their document, by the words next to them there.

    Args:
        base: The base.
        documents: The text of each source that could be read.
        quotes: What became of each quote; those that were not found are passed over.
    """
    for check in quotes:
        if check.fact is None or check.anchor is None:
            continue
        fact = base.facts[check.fact]
        evidence = fact.evidence[check.index]
        known = words(evidence.language)
        if known is None:
            continue
        parts = tuple((part.start, part.end) for part in check.anchor.passages)
        cut = _Cut(fact, evidence, documents[check.source], parts, known)
        yield from _before(cut)
        yield from _behind(cut)
        yield from _left_out(cut)


def _before(cut: _Cut) -> Iterator[Diagnostic]:
    """What stands before the quote in its sentence, and turns or weakens it."""
    start, end = cut.parts[0][0], cut.parts[-1][1]
    opening, sentence = _sentence_before(cut, start)
    if not sentence.strip():
        return
    quoted = cut.document.text[start:end]
    for code, word in _turns(cut, sentence, quoted):
        longer = cut.document.text[opening:start].lstrip() + _shown(cut)
        yield _reported(cut, code, f"the quote begins behind “{word}”", longer, (opening, end))
        return


def _turns(cut: _Cut, sentence: str, quoted: str) -> Iterator[tuple[str, str]]:
    """Codes for what a sentence does to what follows it, each with the words that do it."""
    known = cut.words
    if (figure := figure_begun(sentence, quoted, cut.evidence.language)) is not None:
        yield "edge-cuts-figure", figure
    for section in ("edge.not", "edge.bound"):
        match = _at_end(known, section, sentence) or _across(known, section, sentence, quoted)
        if match is not None:
            yield "edge-drops-negation", match
    if _counts(known, quoted) and (match := _at_end(known, "edge.bound_number", sentence)):
        yield "edge-drops-negation", match
    # A condition that its last word tells may have a comma behind it: “雨が続けば、…”.
    before = sentence.rstrip(_BREAKS) if known.condition_last else sentence
    condition = _at_end(known, "edge.condition", before)
    pattern = known.at_start("edge.condition_clause")
    opened = pattern.search(sentence) if pattern else None
    if condition is None and opened is not None and sentence.rstrip().endswith(_COMMAS):
        condition = sentence.strip(" ,،、，")
    if condition is not None and not cut.kept(Sense.CONDITION):
        yield "edge-drops-negation", condition
    yield from _cautions(cut, sentence)


def _cautions(cut: _Cut, sentence: str) -> Iterator[tuple[str, str]]:
    known, named = cut.words, cut.evidence.by is not Voice.OUTLET
    if cut.fact.kind is not FactKind.PLAN and (match := _at_end(known, "edge.caution", sentence)):
        marks = known.marks(match, known.places(match), 5)
        senses = {mark.sense for mark in marks} or {Sense.REPORTED}
        if not cut.kept(*senses) and not (named and senses <= voice.SPOKEN):
            yield "edge-drops-caution", match
    if named:
        return
    source = None
    if cut.fact.kind in voice.CERTAIN:
        source = _at_end(known, "edge.source", sentence.rstrip(" ,،、，"))
    saying = _at_end(known, "edge.said", sentence)
    if saying is not None and not _contested(cut):
        saying = None
    if source is not None and cut.tells(source):
        source = None  # “the weather service measured …”
    if (source or saying) and not cut.kept(Sense.SAID):
        yield "edge-drops-caution", source or saying or ""


def _contested(cut: _Cut) -> bool:
    """Whether the sentence goes on with another voice: then whose words these are matters."""
    rest = _sentence_behind(cut, cut.parts[-1][1], stop=False)
    reading = read(rest, cut.words)
    return any(True for _ in reading.marks({Sense.SAID, Sense.CLAIMED, Sense.DENIAL}))


def _behind(cut: _Cut) -> Iterator[Diagnostic]:
    """What stands behind the quote in its sentence, and turns or weakens it."""
    start, end = cut.parts[0][0], cut.parts[-1][1]
    rest = _sentence_behind(cut, end)
    if not rest.strip():
        return
    for code, word in _turned_behind(cut, rest):
        longer = _shown(cut) + cut.document.text[end : end + len(rest)].rstrip()
        yield _reported(cut, code, f"the quote ends before “{word}”", longer, (start, end))
        return


def _turned_behind(cut: _Cut, rest: str) -> Iterator[tuple[str, str]]:
    known = cut.words
    quoted = cut.document.text[slice(*cut.parts[-1])]
    lowered = lowered_text(rest, known)
    if (match := _at_start(known, "edge.after_not", lowered)) is not None:
        yield "edge-drops-negation", match
    if (figure := figure_ended(quoted, rest, cut.evidence.language)) is not None:
        yield "edge-cuts-figure", figure
    match = _at_start(known, "edge.after_condition", lowered.lstrip(_BREAKS))
    if match is not None and not cut.kept(Sense.CONDITION):
        yield "edge-drops-negation", match
    if known.verb_last:
        yield from _last_verb(cut, read(rest, known))
    elif not known.spaceless and _GOES_ON.match(rest) and _ends_in_not(known, quoted):
        yield "edge-drops-negation", rest.split(maxsplit=1)[0]


def _ends_in_not(known: Words, quoted: str) -> bool:
    """Whether a quote ends where a verb is still to come: “The minister did not”."""
    return _at_end(known, "not", lowered_text(quoted, known)) is not None


def _last_verb(cut: _Cut, rest: Reading) -> Iterator[tuple[str, str]]:
    """In a language that puts the verb last: what the rest of the clause makes of the quote."""
    if not rest.clauses or _OPENS.match(rest.text) or opens(rest.text.strip(), cut.words):
        return
    if rest.text[: rest.clauses[0].start].strip():
        return  # the clause of the quote ends with it
    for mark in rest.clauses[0].marks:
        if mark.end > _REMAINDER:
            return
        if mark.sense in NEGATIVE:
            yield "edge-drops-negation", mark.word
        elif not cut.kept(mark.sense) and (
            mark.sense in voice.HEDGES | {Sense.CLAIMED}
            or (mark.sense in voice.UNREAL and cut.fact.kind is not FactKind.PLAN)
        ):
            yield "edge-drops-caution", mark.word


def _left_out(cut: _Cut) -> Iterator[Diagnostic]:
    """What an ellipsis leaves out and should not."""
    for (start, end), (begin, _) in pairwise(cut.parts):
        gap = _same_page(cut.document, end, begin)
        if len(gap) > 4 * _WINDOW:
            gap = gap[: 2 * _WINDOW] + ". " + gap[-2 * _WINDOW :]
        before = cut.document.text[max(start, end - 40) : end]
        behind = cut.document.text[begin : begin + _REMAINDER]
        for code, message in _dropped(cut, gap, before, behind):
            longer = cut.document.text[cut.parts[0][0] : cut.parts[-1][1]]
            yield _reported(cut, code, message, longer, (end, begin))
            break


def _same_page(document: Document, start: int, end: int) -> str:
    """A range of a document but for what stands between its page's text and the next one's."""
    text = document.text[start:end]
    if "\f" not in text:
        return text
    first = bisect_right(document.paragraphs, start, key=lambda bounds: bounds[0]) - 1
    last = bisect_right(document.paragraphs, end, key=lambda bounds: bounds[0]) - 1
    if first == last:  # its sentence goes on behind the page break
        return text
    before = document.text[start : max(start, document.paragraphs[first][1])]
    return before + " " + document.text[document.paragraphs[last][0] : end]


def _dropped(cut: _Cut, gap: str, before: str, behind: str) -> Iterator[tuple[str, str]]:
    known = cut.words
    reading = read(gap, known)
    stops = [match.end() for match in _STOP.finditer(reading.text)]
    attached = _attached(reading)
    for index in attached:
        for mark in reading.clauses[index].marks:
            if mark.sense in NEGATIVE:
                yield "gap-drops-negation", f"the ellipsis leaves out “{mark.word}”"
            elif (
                mark.sense in voice.HEDGES | {Sense.CONDITION} and _near(reading, mark.start)
            ) or (mark.sense in voice.SPOKEN and _drops_voice(cut, reading)):
                yield "gap-drops-caution", f"the ellipsis leaves out “{mark.word}”"
    bare = not reading.clauses and not _OPENS.match(reading.text)  # words such as “about”
    if attached or bare:
        number = ("edge.bound_number",) if _counts(known, behind) else ()
        for section in ("edge.not", "edge.bound", *number, "edge.caution"):
            match = _at_end(known, section, reading.text)
            if match is not None:
                code = "gap-drops-negation" if section == "edge.not" else "gap-drops-caution"
                yield code, f"the ellipsis leaves out “{match}”"
    pair = _at_start(known, "edge.pair", reading.text)
    if pair and _NUMBER_TAIL.search(before) and _DIGIT.match(reading.text.strip()[len(pair) :]):
        yield (
            "gap-joins",
            f"the ellipsis leaves out “{reading.text.strip()}”, a number's other half",
        )
    if stops and not _OPENS.match(reading.text) and reading.text[stops[-1] :].strip():
        yield "gap-joins", "the ellipsis joins the middles of two sentences"


def _drops_voice(cut: _Cut, gap: Reading) -> bool:
    """Whether nothing else says whose words these are: “the army [said it] had killed 16”."""
    aside = _OPENS.match(gap.text) is not None  # “The bridge, he said, fell”
    return cut.evidence.by is Voice.OUTLET and not aside and not cut.kept(Sense.SAID)


def _attached(reading: Reading) -> list[int]:
    """The clauses left out that belong to what stands before the gap, or behind it."""
    text, clauses = reading.text, reading.clauses
    if not clauses:
        return []
    relatives = reading.words.at_start("relatives")
    outer = []
    if clauses[0].start == 0 and not _OPENS.match(text):
        outer.append(0)
    last = len(clauses) - 1
    if last not in outer and not _OPENS.match(text[::-1].strip()[:1] + " "):
        outer.append(last)
    return [
        index
        for index in outer
        if relatives is None or relatives.search(reading.part(index)) is None
    ]


def _near(reading: Reading, at: int) -> bool:
    return len(reading.text[:at].split()) <= _NEAR or len(reading.text[at:].split()) <= _NEAR + 1


def _counts(known: Words, quoted: str) -> bool:
    """Whether a quote begins with a number."""
    pattern = known.at_start("numerals")
    lowered = fold(quoted[:60]).text.lower()
    return bool(_DIGIT.match(lowered) or (pattern and pattern.search(lowered)))


def _at_end(known: Words, section: str, text: str) -> str | None:
    pattern = known.at_end(section)
    match = pattern.search(text) if pattern else None
    return match.group().strip() if match else None


def _across(known: Words, section: str, before: str, quoted: str) -> str | None:
    """The words of a section through which a quote is cut: “least 230” of “at least 230”."""
    pattern, tail = known.pattern(section), before[-_THROUGH:]
    text = tail + lowered_text(quoted[:_THROUGH], known)
    matches = pattern.finditer(text) if pattern else ()
    edge = len(tail.rstrip())
    return next((each.group() for each in matches if each.start() < edge < each.end()), None)


def _at_start(known: Words, section: str, text: str) -> str | None:
    pattern = known.at_start(section)
    match = pattern.search(text) if pattern else None
    return match.group().strip() if match else None


def _sentence_before(cut: _Cut, start: int) -> tuple[int, str]:
    """Where the sentence of a quote begins, and its words up to the quote, folded."""
    paragraphs = cut.document.paragraphs
    at = bisect_right(paragraphs, start, key=lambda bounds: bounds[0]) - 1
    inside = at >= 0 and start < paragraphs[at][1]
    opening = max(paragraphs[at][0] if inside else start, start - _WINDOW)
    text = cut.document.text[opening:start]
    cuts = [match.end() for match in SENTENCE_END.finditer(text)]
    if cuts:
        opening += cuts[-1]
    return opening, lowered_text(cut.document.text[opening:start], cut.words)


def _sentence_behind(cut: _Cut, end: int, *, stop: bool = True) -> str:
    """The words of a quote's sentence behind it; without `stop` past semicolons too."""
    text = cut.document.text[end : end + _WINDOW]
    match = (SENTENCE_END if stop else _STOP).search(text)
    return text[: match.start()] if match else text


def _shown(cut: _Cut) -> str:
    return " … ".join(cut.document.text[start:end] for start, end in cut.parts)


def _reported(
    cut: _Cut, code: str, message: str, longer: str, place: tuple[int, int]
) -> Diagnostic:
    whole = " ".join(longer.split())
    hint = Hint(f"take “{whole[:_LONGEST_HINT]}”", Span(cut.document.path, *place))
    return diagnostic(code, message, cut.evidence.quote_span, hint)
