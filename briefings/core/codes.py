"""The catalogue of diagnostics: each code with its severity, cause and cure.

`docs/diagnostics.md` and `briefings explain` are this table in print. Codes are stable.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from briefings.core.values import dataclass


class Severity(StrEnum):
    """An error stops a build; a warning does so only under `--strict`."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Code:
    """One kind of mistake: why it is reported, and what to do about it.

    `acceptable` tells whether the desk may answer it with a reason instead: it is a matter of
    wording or of judgement, and no proof.
    """

    severity: Severity
    cause: str
    cure: str
    acceptable: bool = False

    @property
    def step(self) -> str:
        """The cure as a clause: in lower case, without a full stop where it is one sentence."""
        clause = self.cure[0].lower() + self.cure[1:]
        return clause if ". " in clause else clause.removesuffix(".")


def _error(cause: str, cure: str, *, acceptable: bool = False) -> Code:
    return Code(Severity.ERROR, cause, cure, acceptable)


def _warning(cause: str, cure: str, *, acceptable: bool = True) -> Code:
    return Code(Severity.WARNING, cause, cure, acceptable)


CODES: Mapping[str, Code] = MappingProxyType(
    {
        # Reading files
        "unreadable-file": _error(
            "A file of the base can't be read: it is missing, no regular file, too large or not"
            " UTF-8.",
            "Check its path and encoding; save it as UTF-8.",
        ),
        "bad-catalogue": _error(
            "A file in the desk's folder `locale` is no gettext catalogue, or a translation in it"
            " has other placeholders than its message.",
            "Mend that line; a placeholder such as %(count)s stays as it is.",
        ),
        "no-font": _warning(
            "A text has letters that none of the fonts has: ours, the desk's own in"
            " `templates/fonts/`, or those of the extras `fonts` and `fonts-cjk`. A page of the web"
            " shows it by the reader's fonts; a PDF can't be set. Signs such as emoji are told by"
            " their names there, and need nothing.",
            "Install the extra that has them, or put a font that has them into `templates/fonts/`.",
            acceptable=False,
        ),
        "unknown-message": _warning(
            "A catalogue of the desk translates a message that no page of the program has.",
            "Run `briefings words` for its language again, which drops it.",
            acceptable=False,
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
            "Type the word again, in one script. A word that a source itself writes so may stand in"
            " a quote, to the letter.",
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
            "The text nests deeper or holds more values than a base may.",
            "Split the base with `include`, or remove the nesting.",
        ),
        "cut-text": _error(
            "A text without quotes ends where YAML takes the rest for a comment: a `#` behind a"
            " space begins one. What stands behind it would be lost without a word. Behind ids,"
            " dates, numbers and lists a comment is welcome.",
            "Put the whole text in quotes, or in a block behind `>-`; give a comment a line of its"
            " own above.",
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
            "`briefings help fact-base` shows the shape.",
        ),
        "bad-value": _error(
            "A value is none of those that the format allows here.",
            "Take one of the values that the message lists.",
        ),
        "circular-reference": _error(
            "Entries refer to each other in a circle: an actor belongs to itself, or a plan is its"
            " own outcome, be it by way of others.",
            "Take out the reference that is wrong.",
        ),
        "bad-id": _error(
            "An id is not made of lower-case letters, digits and hyphens.",
            "Rename it, here and where it is used.",
        ),
        "bad-date": _error(
            "A date does not exist or is not written as EDTF.",
            "Write days as YYYY-MM-DD; partial and open dates as `briefings help fact-base` shows.",
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
            "Copy the passage from the document, to the letter.",
        ),
        "quote-misattributed": _error(
            "A quote does not stand in its source, but in another one of the base.",
            "Correct `source`, or the quote.",
        ),
        "bad-quote": _error(
            "A quote, or a part of it beside an ellipsis, holds no letter and no digit; or its"
            " ellipses cut it into more parts than a quote may have.",
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
        "edge-drops-negation": _error(
            "A quote begins behind a word, or ends before one, that turns or limits what it says:"
            " a denial, a condition, “fewer than”, “nearly”, “only”.",
            "Quote those words too.",
            acceptable=True,
        ),
        "edge-cuts-figure": _error(
            "A quote begins or ends within a number: “seven hundred” of “four thousand seven"
            " hundred”, “40” of “40 per cent”.",
            "Quote the whole number.",
            acceptable=True,
        ),
        "edge-drops-caution": _warning(
            "A quote begins behind a word, or ends before one, by which its source says less than"
            " the quote alone: reportedly, may, is said to, plans to, according to.",
            "Quote those words too, or say in the statement how sure it is and who says so.",
        ),
        "gap-drops-negation": _error(
            "An ellipsis leaves out a negation: what remains may say the opposite.",
            "Quote the negation too.",
            acceptable=True,
        ),
        "gap-drops-caution": _error(
            "An ellipsis leaves out a hedge, a bound or a condition: what remains says more than"
            " the source.",
            "Quote those words too.",
            acceptable=True,
        ),
        "gap-joins": _warning(
            "An ellipsis joins the middles of two sentences, or leaves out one number of a pair:"
            " what remains was said nowhere.",
            "Quote the passages as two, or whole.",
        ),
        "nothing-checked": _error(
            "The base holds no quote that could be checked; nothing is proven.",
            "Add facts with evidence.",
        ),
        # What a fact may state
        "unsupported-figure": _error(
            "A figure, percentage or date in a statement stands in no quote of its fact, and does"
            " not follow from the dates on record.",
            "Correct it, quote the passage that carries it, or leave it out.",
            acceptable=True,
        ),
        "lost-negation": _error(
            "A quote denies, refuses or rules out what the statement tells as so.",
            "Say in the statement that it is denied, or correct it.",
            acceptable=True,
        ),
        "added-negation": _error(
            "A statement denies what its quotes tell as so.",
            "Tell it as so, or quote the passage that denies it.",
            acceptable=True,
        ),
        "turned-word": _error(
            "A statement says the opposite of a word of its quote: rose for fell, open for closed.",
            "Say what the quote says, or quote the passage that says this.",
            acceptable=True,
        ),
        "turned-amount": _error(
            "A statement tells of all, most or none what its quote tells of some, half or nearly"
            " all, gives one thing the number of another, tells what something rose or fell by as"
            " what it came to, or drops an “only”.",
            "Say how many the quote says.",
            acceptable=True,
        ),
        "translation-contradicts": _error(
            "A translation denies what its quote does not, or loses a denial, a hedge or a"
            " condition of it; or a statement does so in one language of what it says in another.",
            "Translate it again.",
            acceptable=True,
        ),
        "changed-bound": _error(
            "A statement drops, adds or turns the words that bound a number: “up to 50” is not"
            " “50”, “fewer than 50” not “more than 50”.",
            "Keep the bound of the quote, or quote a passage that gives the number without it.",
            acceptable=True,
        ),
        "changed-unit": _error(
            "A statement gives a number of a quote another unit, currency or rate: per cent for"
            " percentage points, dollars for euros.",
            "Keep the unit of the quote.",
            acceptable=True,
        ),
        "mistranslated-figure": _error(
            "A translation has a figure, date, bound or unit that its quote does not have.",
            "Translate what the quote says.",
            acceptable=True,
        ),
        "bad-derivation": _error(
            "An expression in `derived` can't be read as arithmetic, or has a number that stands in"
            " no quote of the fact.",
            "Write the arithmetic over figures of the quotes: `640 - 410`, `sum(3, 4)`,"
            " `48 million / 397.6 million in per cent, rounded to 1`.",
        ),
        "lost-hedge": _warning(
            "The quotes of a fact hedge (reportedly, may, expected, is believed to) what its"
            " statement tells for certain.",
            "Keep the hedge in the statement.",
        ),
        "lost-attribution": _warning(
            "A quote says that someone said, claimed or alleged what the statement tells in the"
            " brief’s own voice, or in that of its outlet.",
            "Say in the statement who says so, or make the fact a statement or a claim and name in"
            " `by` whose it is.",
        ),
        "told-as-done": _warning(
            "A quote tells a plan, an attempt, a threat, a demand or a condition, and the statement"
            " tells that it is so.",
            "Say in the statement that it is not yet so.",
        ),
        "little-shared": _warning(
            "A statement has next to no word in common with its quotes: they can hardly carry it.",
            "Quote the passage that carries it, or say in the statement what the quote says.",
        ),
        "short-translation": _warning(
            "A translation has far fewer words than its quote: it can hardly say what that says.",
            "Translate the whole quote, or quote only what is translated.",
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
        "due-before-said": _warning(
            "A plan is due wholly before it was said: `date` is when it was said, and `due` when it"
            " is to happen.",
            "Correct `date` or `due`; or, if it tells what had happened, make it `kind: event`.",
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
            "Add the translation, as `translation` beside the quote.",
        ),
        "contested-alone": _error(
            "A contested point has fewer than two positions, or a position is a fact of another"
            " topic: one side would be shown without the other.",
            "List every rival fact, and give them a common topic.",
        ),
        # Summaries and accounts
        "unmarked-sentence": _error(
            "A sentence of a summary or account does not end with a mark: nothing says which facts"
            " carry it.",
            "End it with the ids of its facts in brackets, such as `[ship-left]`; or with"
            " `[-]` where it says that no document tells.",
        ),
        "unshown-figure": _warning(
            "A fact says by `figure` which of its words stand large, and no topic names it among"
            " its `key_figures`: they stand nowhere. Or it is a key figure, and no figure is read"
            " in its statement: nothing stands large.",
            "Name the fact in `key_figures` of its topic, or take `figure` out; or say by `figure`"
            " what stands large.",
            acceptable=False,
        ),
        "fact-off-topic": _error(
            "A summary, an account or the key figures of a topic name a fact of another topic,"
            " which their brief does not show.",
            "Give the fact that topic too, or take its mark out.",
        ),
        "marks-differ": _error(
            "A summary or account is carried by other facts in one language than in another: its"
            " readers would not be told the same.",
            "Mark the same facts in every language; their order may differ.",
        ),
        "one-side-told": _error(
            "A summary or account tells a fact that another one contests, so that both can't be so,"
            " and does not tell that one.",
            "Tell a rival in the same text; or say there that it is disputed, and list the point"
            " under `contested`.",
            acceptable=True,
        ),
        "summary-before-facts": _warning(
            "A summary is dated before a fact that it tells could be known: it leads no edition"
            " until that day.",
            "Correct `made`, or take out what was not known by then.",
        ),
        "summary-outdated": _warning(
            "A development of a topic became known after its last summary was made, up to the day"
            " of `edition.as_of` if there is one.",
            "Write a summary of a later day.",
        ),
        "mark-without-facts": _warning(
            "Words of a summary or account are marked `[-]`, which is for what no document tells,"
            " and nothing in them says so: they would be told without proof.",
            "Mark the facts that carry them, or say that it is unknown.",
        ),
        # What the desk has answered
        "accept-refused": _error(
            "An `accept` names a mistake that no reason can answer: a quote that does not stand in"
            " its document, a document that has changed, an entry that can't be read.",
            "Mend the mistake itself, and delete the `accept`.",
        ),
        "accept-unclear": _error(
            "An `accept` fits several places of its entry, and may answer one alone.",
            "Name the place with `at`, such as `statement.fa` or `evidence.2`.",
        ),
        "accept-unused": _warning(
            "An `accept` answers nothing that is reported, or nothing any more.",
            "Delete it.",
            acceptable=False,
        ),
        # Judgements
        "no-likelihood": _error(
            "A judgement holds none of the seven ICD 203 terms.",
            "Use one of the terms that `briefings help fact-base` lists.",
        ),
        "mixed-likelihood": _error(
            "A judgement holds more than one ICD 203 term, in one language or between two.",
            "Split it into two judgements, or make its languages agree.",
        ),
        "likelihood-with-confidence": _error(
            "A sentence speaks of likelihood and of confidence at once (ICD 203 forbids it).",
            "Put the confidence into `confidence` and `because`.",
            acceptable=True,
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
            "A judgement, a contested point, a summary or an account rests on a fact that is"
            " withdrawn. From that day on"
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
        "issue-cut-short": _warning(
            "An issue was killed, or the machine went down, before its records had their names:"
            " what stands in its output may be on no record.",
            "Issue the same briefs again, which records them; or remove the file, if nobody was"
            " given them.",
            acceptable=False,
        ),
        "edition-unreadable": _error(
            "No edition can be read back from a file: it is not a brief of this program, was made"
            " without its data, or was changed.",
            "Give a brief as it was built, a record in `issued/`, or a day.",
        ),
        "editions-differ": _error(
            "Two editions are of different briefs or in different languages, so that what differs"
            " between them says nothing of what has changed.",
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
        "day-to-come": _warning(
            "An edition is asked for as it is known by a day that is still to come. What becomes"
            " known until then would be missing from it.",
            "Ask for today with --as-of, or build it again on that day; `issue` waits for it.",
            acceptable=False,
        ),
        "bad-name": _error(
            "A pattern for file names makes a name that is not safe, or one name for two briefs. Or"
            " an id would name a file as the front page is named, or a device of Windows, or is too"
            " long.",
            "Take letters, digits, `.`, `_`, `-` and the placeholders that `briefings help"
            " custom-briefs` lists, so that each brief gets a name of its own; or take another id.",
        ),
        "marking-too-low": _error(
            "A summary or account is marked lower than a fact that it tells. Or a brief is asked"
            " for under a marking that the base itself is above: nothing in it may"
            " be shown.",
            "Ask for a higher marking, or lower the base's own where that is right.",
        ),
        "nothing-matches": _warning(
            "No fact that was known passes the filters of a brief; there is no brief to build.",
            "Loosen a filter; `briefings list facts` shows what there is.",
            acceptable=False,
        ),
        # Building
        "unknown-topic": _error(
            "A brief is asked for on a topic that the base does not have.",
            "Take the nearest known topic, or add it to `topics`.",
        ),
        "nothing-known": _warning(
            "Nothing was known about a topic by the day of the edition; there is no brief on it.",
            "Ask for a later day with --as-of, or leave the topic out.",
            acceptable=False,
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
            "Filling a template takes more time or memory than a page may, or its page grows larger"
            " than one may be; or a style sheet of a desk's own has more rules than one may have,"
            " or a folder of templates more files.",
            "Look for a loop without end, a loop in a loop, or a text that is multiplied; or for"
            " files that are no templates.",
        ),
        "page-forbids": _error(
            "A template of the desk's own puts into a page what no page may hold: a script or style"
            " of its own, an event handler, a frame, a form, an address that is none of the web; or"
            " it leaves out the policy that forbids browsers to load any. Or a style sheet of the"
            " desk's own hides, covers or turns words of facts, puts words beside them, or may do"
            " so on some screen.",
            "Take it out of the template or style sheet; `briefings help templates` lists what a"
            " page may hold. What a page is not to show is left out by a template, not by a style.",
        ),
        "pdf-failed": _error(
            "A PDF could not be made: its page asks for a file or an address outside of it, its"
            " layout reports a mistake, or it takes more time or memory than a brief may.",
            "Mend what the message names: a template, a style sheet, or a font in"
            " `templates/fonts/`; the HTML of the same brief shows what its page holds. For letters"
            " that no font has, put one that has them into `templates/fonts/`.",
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
        "not-captured": _error(
            "A file can't be made into a document: it holds no article, is scanned, encrypted or"
            " broken, is of a kind that holds no text, or passes a limit.",
            "Save it again in a form that holds its text, or as plain text.",
        ),
        "not-imported": _error(
            "A file of highlights, or one of its annotations, can't be read; or an annotation marks"
            " a document that the desk does not have.",
            "Export it again as JSON or CSV; capture the document that it marks.",
        ),
        "missing-package": _error(
            "A command needs packages that are not installed.",
            "Install the extra that the hint names.",
        ),
        "not-signed": _error(
            "The files can't be signed: the key can't be read or opened, its certificate is not"
            " with it, or a token or a server of time stamps does not answer.",
            "Mend what the message names, or build without --sign. Nothing was written.",
        ),
        "key-readable": _warning(
            "The file of the key that signs may be read by others than its owner: whoever reads it"
            " can sign in the desk's name.",
            "Change its mode as the hint says; if others may have read it, make a new key.",
            acceptable=False,
        ),
        "too-large": _error(
            "A build would make more pages than are allowed; or a brief would carry more data than"
            " is allowed, with all that it shows and the documents that --embed-sources adds; or"
            " its record would be larger than one may be.",
            "Build fewer briefs at once; leave out --embed-sources, or make briefs of fewer facts.",
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
        "cluster-unusable": _error(
            "The cluster of --cluster can't be used: nobody answers at its address, no worker has"
            " come to it, or none of them has this very version of the program and of what it sets"
            " PDFs with, so that the files would be others. Nothing was written.",
            "Start a scheduler and workers as `briefings help scale` says, or build without it.",
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
            "`--strict`, and stops an issue. What *can be accepted* the desk may answer with a\n"
            "reason instead: see `accept` in [the fact base](fact-base.md#accept). This page is\n"
            "what `briefings explain --all` prints.\n"
        ),
    ]
    for name, code in CODES.items():
        parts.append(f"## `{name}`\n")
        kind = f"{code.severity.capitalize()}{', can be accepted' if code.acceptable else ''}"
        parts.append(f"*{kind}.* {code.cause}\n\n{code.cure}\n")
    return "\n".join(parts)
