"""The catalogue of diagnostics: each code with its severity, cause and cure.

`docs/diagnostics.md` and `briefings explain` are this table in print. Codes are stable.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from briefings.core.severity import Severity


@dataclass(frozen=True, slots=True)
class Code:
    """One kind of mistake: why it is reported, and what to do about it."""

    severity: Severity
    cause: str
    cure: str


def _error(cause: str, cure: str) -> Code:
    return Code(Severity.ERROR, cause, cure)


def _warning(cause: str, cure: str) -> Code:
    return Code(Severity.WARNING, cause, cure)


CODES: Mapping[str, Code] = MappingProxyType(
    {
        # Reading files
        "unreadable-file": _error(
            "A file of the base can't be read: it is missing, no regular file, too large or not"
            " UTF-8.",
            "Check its path and encoding; save it as UTF-8.",
        ),
        "outside-desk": _error(
            "A path leaves the desk's folder: by `..`, by being absolute, or through a link.",
            "Copy the file into the desk and give its path from the folder of `facts.yaml`.",
        ),
        "hidden-character": _error(
            "The base holds a control, bidi, zero-width or other character that does not show,"
            " by which a text could print as another text than the one that was checked.",
            "Delete it. The zero-width joiners stay allowed between letters that use them.",
        ),
        "mixed-script": _error(
            "A word mixes Latin letters with Greek or Cyrillic ones, many of which look the same:"
            " it would escape the rules that look for it.",
            "Type the word again, in one script.",
        ),
        # YAML
        "yaml-syntax": _error(
            "The text is not YAML.", "Mend the place that is named; quote a text that holds `: `."
        ),
        "yaml-feature": _error(
            "The base uses an anchor, an alias, a tag, a merge key or a second document, by which"
            " one place could change what another says.",
            "Write the value out where it is used.",
        ),
        "yaml-limit": _error(
            "The text nests deeper or holds more values than any honest base.",
            "Split the base with `include`, or remove the nesting.",
        ),
        "duplicate-key": _error(
            "A key stands twice in one map; YAML would let the second win silently.",
            "Keep one of the two.",
        ),
        # Shape
        "unknown-key": _error(
            "The format has no such key here.", "Take the nearest known key, or delete it."
        ),
        "missing-key": _error("A required key is not there.", "Add it."),
        "wrong-type": _error(
            "A value has another shape than the format asks for: a text, list or map.",
            "See docs/fact-base.md for the shape.",
        ),
        "bad-value": _error(
            "A value is none of those that the format allows here.",
            "Take one of the values that the message lists.",
        ),
        "bad-id": _error(
            "An id is not made of lower-case letters, digits and hyphens.",
            "Rename it, here and where it is used.",
        ),
        "bad-date": _error(
            "A date does not exist or is not written as EDTF.",
            "Write days as YYYY-MM-DD; partial and open dates as docs/fact-base.md shows.",
        ),
        "bad-url": _error(
            "An address is neither http nor https.", "Give the public address, or leave it out."
        ),
        "empty-text": _error("A text is empty.", "Write it, or delete its key."),
        "duplicate-id": _error(
            "Two entries share one id; or a kept brief that of a topic, so that what is issued of"
            " one would be taken for the other.",
            "Rename one of them.",
        ),
        "unknown-reference": _error(
            "A source, actor, place, topic or fact is named that the base does not have.",
            "Add it, or take the nearest one.",
        ),
        "unknown-language": _error(
            "A text is in a language that `languages` does not list.",
            "List the language, or correct its code.",
        ),
        "never-known": _error(
            "Nothing says from which day a source could be known: `published` has no later bound"
            " and there is no `retrieved`.",
            "Give the interval an end, or say when the document was captured.",
        ),
        # The quote gate
        "source-unreadable": _error(
            "A source document is missing, not a regular file, too large, binary or not UTF-8:"
            " its quotes can't be proven.",
            "Restore the captured file.",
        ),
        "source-changed": _error(
            "The SHA-256 of a source document is not the one on record: its quotes prove nothing.",
            "Restore the captured file; if a new capture is meant, record its hash and re-read"
            " every quote.",
        ),
        "document-shared": _error(
            "Two sources give the same document, which would make one voice count as two.",
            "Keep one of the sources, and let all facts cite it.",
        ),
        "document-characters": _warning(
            "A source document holds characters that change how it prints: direction overrides,"
            " tags, control characters, or words of two scripts. What its readers saw may be"
            " another text.",
            "Look at the place; capture the document again if the capture is at fault.",
        ),
        "quote-not-found": _error(
            "A quote does not stand in its source, or only inside a longer word or number.",
            "Copy the passage from the document; the hint shows the nearest one.",
        ),
        "quote-misattributed": _error(
            "A quote does not stand in its source, but in another one of the base.",
            "Correct `source`, or the quote.",
        ),
        "bad-quote": _error(
            "A quote, or a part of it beside an ellipsis, holds no letter and no digit; or it is"
            " cut into more parts than any honest quote.",
            "Quote the words that carry the fact, the shortest passage that does.",
        ),
        "quote-ambiguous": _warning(
            "A quote stands in several places of its source.",
            "Lengthen it, or add `prefix`, `suffix` or `occurrence`.",
        ),
        "selector-mismatch": _error(
            "The quote is there, but not with this `prefix`, `suffix` or `occurrence`.",
            "Copy the words around the quote, or count again.",
        ),
        "gap-drops-negation": _warning(
            "An ellipsis leaves out a negation: what remains may say the opposite.",
            "Quote the negation too.",
        ),
        "nothing-checked": _error(
            "The base holds no quote that could be checked; nothing is proven.",
            "Add facts with evidence.",
        ),
        # What a fact may state
        "unsupported-figure": _error(
            "A figure, percentage or date in a statement stands in no quote of its fact.",
            "Correct it, quote the passage that carries it, or leave it out.",
        ),
        "unchecked-language": _warning(
            "The program does not know the numbers of a language that statements are in: there only"
            " digits and names of months are compared with the quotes, and hardly any hedges are.",
            "Have a second pair of eyes on them; or add the language to check/lexicon.py.",
        ),
        "lost-hedge": _warning(
            "Every quote of a fact hedges (reportedly, may, expected) and its statement does not.",
            "Keep the hedge in the statement.",
        ),
        "unlisted-name": _warning(
            "A statement names a person, body or place that the fact does not list.",
            "Add it to `actors` or `places`.",
        ),
        "plan-as-event": _warning(
            "A fact speaks of the future in its statement but is no plan.",
            "Make it `kind: plan`, or say who said it and keep `kind: statement`.",
        ),
        "event-after-source": _error(
            "A fact that is no plan is dated later than any day on which its source can have been"
            " published: a source can't report what had not happened.",
            "Correct `date`, or make it `kind: plan` with `due`.",
        ),
        "false-corroboration": _error(
            "Credibility 1 (confirmed) needs evidence from two independent, known origins.",
            "Grade it 2, or add evidence of another origin.",
        ),
        "similar-origin": _warning(
            "Two origins differ by little more than a typing error, which would make one body"
            " count as two.",
            "Write both alike, or rename one.",
        ),
        "missing-basis": _warning(
            "A publication date given as bounds, or an unknown publisher, has no reasoning.",
            "Write `published_basis` or `publisher_basis`.",
        ),
        "missing-translation": _warning(
            "A quote in a foreign language has no translation into the first language of the base."
            " Texts that are not there in some language are no mistake: a brief falls back visibly,"
            " and `briefings check` counts them.",
            "Add the translation.",
        ),
        "contested-alone": _error(
            "A contested point has fewer than two positions, or its topic is none of a position's"
            " topics: one side would be shown without the other.",
            "List every rival fact, and give them a common topic.",
        ),
        # Judgements
        "no-likelihood": _error(
            "A judgement holds none of the seven ICD 203 terms.",
            "Use one of the terms that docs/fact-base.md lists.",
        ),
        "mixed-likelihood": _error(
            "A judgement holds more than one ICD 203 term, in one language or between two.",
            "Split it into two judgements, or make its languages agree.",
        ),
        "likelihood-with-confidence": _error(
            "A sentence speaks of likelihood and of confidence at once (ICD 203 forbids it).",
            "Put the confidence into `confidence` and `because`.",
        ),
        "baseless-judgement": _error(
            "A judgement rests on no fact.", "List the facts in `rests_on`."
        ),
        "judgement-before-facts": _warning(
            "A judgement was made before every fact that it rests on could be known; no edition"
            " shows it before they are.",
            "Correct `made`, or the facts it rests on.",
        ),
        # What was taken back, and what was issued
        "rests-on-retracted": _error(
            "A fact rests on a source that was retracted, and is not withdrawn by that day: briefs"
            " would go on telling it.",
            "Withdraw it with a date and a reason; what other sources still carry becomes a fact"
            " of its own, named in `replaced_by`.",
        ),
        "bad-replacement": _error(
            "A withdrawn fact is replaced by itself, or by a fact that was withdrawn by then.",
            "Name the fact that holds in its place from that day, or none.",
        ),
        "rests-on-withdrawn": _warning(
            "A judgement or a contested point rests on a fact that is withdrawn. From that day on"
            " no brief shows the judgement, and the point without that position.",
            "Make the judgement anew on what still holds, with an id and a day of its own; keep"
            " this one for the editions that showed it.",
        ),
        "issued-unreadable": _error(
            "A file in `issued/` is no record of an issued brief.",
            "Restore it from your version control, or move it out of `issued/`.",
        ),
        "issued-tampered": _error(
            "The record of an issued brief was changed after it was written, or renamed: it no"
            " longer proves what was issued.",
            "Restore it from your version control. What was wrong in an issued brief is withdrawn"
            " in the base, and `briefings correction` says so.",
        ),
        "issued-twice": _error(
            "Two records are of one edition: the same brief, language and day.",
            "Keep the one that was issued.",
        ),
        "issued-fact-vanished": _error(
            "An issued brief told a fact that the base no longer has: no later edition could say"
            " what became of it.",
            "Put it back, and withdraw it with a date and a reason instead of deleting it.",
        ),
        "issued-otherwise": _error(
            "A brief of this day was already issued, and said or looked otherwise than this one.",
            "Issue a later day. What was wrong in the issued one is withdrawn in the base, and"
            " `briefings correction` says so.",
        ),
        "edition-unreadable": _error(
            "A file holds no edition that could be read back: it is none of our briefs, was made"
            " without its data, or was changed.",
            "Give a brief as it was built, a record in `issued/`, or a day.",
        ),
        "editions-differ": _error(
            "Two editions are of different briefs or in different languages; what they do not"
            " share is no change.",
            "Compare two editions of one brief.",
        ),
        # What is asked for
        "unknown-name": _error(
            "Something is asked for by a name that the base or the format does not have: a source,"
            " fact, actor, place, kind, language, section, grade, marking, template or kept brief.",
            "Take the nearest known name; `briefings list` shows what there is.",
        ),
        "bad-period": _error(
            "The days that are asked for contradict each other: a period ends before it begins, the"
            " edition's day lies outside it, or knowledge ends before anything was known.",
            "Change the flag that the message names.",
        ),
        "bad-name": _error(
            "A pattern for file names makes a name that is not safe, or one name for two briefs.",
            "Take letters, digits, `.`, `_`, `-` and the placeholders that docs/custom-briefs.md"
            " lists, so that each brief gets a name of its own.",
        ),
        "marking-too-low": _error(
            "A brief is asked for under a marking that the base itself is above: nothing in it may"
            " be shown.",
            "Ask for a higher marking, or lower the base's own where that is right.",
        ),
        "nothing-matches": _warning(
            "No fact that was known passes the filters of a brief; there is no brief to build.",
            "Loosen a filter; `briefings list facts` shows what there is.",
        ),
        # Building
        "unknown-topic": _error(
            "A brief is asked for on a topic that the base does not have.",
            "Take the nearest known topic, or add it to `topics`.",
        ),
        "nothing-known": _warning(
            "Nothing was known about a topic by the day of the edition; there is no brief on it.",
            "Ask for a later day with --as-of, or leave the topic out.",
        ),
        "nothing-to-build": _error(
            "None of the briefs that were asked for would hold anything.",
            "Ask for a later day with --as-of, for another topic, or with fewer filters.",
        ),
        "template-syntax": _error(
            "A template can't be parsed.", "Mend the place that is named, in Jinja's syntax."
        ),
        "template-hole": _error(
            "A template asks for something that is not there or is not allowed; a brief with a hole"
            " would be silently incomplete.",
            "Correct the name, or test for it first.",
        ),
        "template-limit": _error(
            "Filling a template takes more time or memory than any honest page, or its page grows"
            " beyond all bounds.",
            "Look for a loop without end, a loop in a loop, or a text that is multiplied.",
        ),
        "pdf-failed": _error(
            "A PDF could not be made: its page asks for something outside, its layout reports a"
            " mistake, or takes more time or memory than any honest brief.",
            "Mend the template or the style sheet; the HTML of the same brief shows what it holds.",
        ),
        "above-marking": _error(
            "A finished file holds something of an entry that is marked higher than the file: its"
            " words, its name, its id, its file. A template or a text typed by hand repeats it.",
            "Take it out of the template, the text, the title or the file's name that repeats it,"
            " mark the entry lower where that is right, or ask for a higher --marking.",
        ),
        "unsearched": _error(
            "A finished file can't be searched for what is marked higher than it, since not all of"
            " it can be read. What can't be searched is not published.",
            "Mend the template that makes it so; the message names what could not be read.",
        ),
        "output-not-ours": _error(
            "The output folder holds something that no build wrote, or the desk itself; replacing"
            " it would destroy that.",
            "Move it away, or give another folder with --out.",
        ),
        "output-unwritable": _error(
            "The output folder can't be written: it is read-only, full, a file or a link, or"
            " another build holds it. What it held before is as it was.",
            "Give another folder with --out, or mend this one.",
        ),
        # Writing a base
        "changed-meanwhile": _error(
            "A file of the base is not what it was when the command read it: an editor or another"
            " command has written it since. Nothing was overwritten.",
            "Run the command again.",
        ),
        "no-place": _error(
            "A file of the base is written in a way that has no place for the entry.",
            "Run `briefings fmt`, which gives each entry lines of its own.",
        ),
    }
)


def catalogue() -> str:
    """All codes as a page of Markdown, which is `docs/diagnostics.md`."""
    parts = [
        "# Diagnostics\n",
        (
            "Every mistake that the program reports, in the order in which it looks for them: why\n"
            "it is reported, and what to do. An error stops a build, a warning does so under\n"
            "`--strict`. This page is what `briefings explain --all` prints.\n"
        ),
    ]
    for name, code in CODES.items():
        parts.append(f"## `{name}`\n")
        parts.append(f"*{code.severity.capitalize()}.* {code.cause}\n\n{code.cure}\n")
    return "\n".join(parts)
