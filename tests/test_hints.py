"""Each code has a smallest desk that earns it; each says what is wrong there, and the next step."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
from command import run
from little_desk import HEAD, LittleDesk, printed

from briefings.core.codes import CODES
from briefings.core.diagnostics import in_order

HARBOUR = Path(__file__).parent / "desk_harbour"

FACT = (
    "facts:\n  - {id: f, kind: event, topics: [t], statement: It left.,"
    " evidence: [{source: a, quote: The ship left}]}\n"
)
JUDGEMENT = (
    "judgements:\n  - {id: j, topic: t, statement: It is likely that it sails., confidence: low,"
    " because: So they say., rests_on: [f], made: 2025-01-02}\n"
)
CONTEST = "contested: [{id: c, topic: t, question: Did it?, positions: [f, g]}]\n"
ACCOUNT = 'accounts: [{id: c, topics: [t], text: "It left [f]."}]\n'
SUMMARY = (
    "summaries: [{id: s, topic: t, made: 2025-01-02, headline: It left,"
    ' standfirst: "It left [f]."}]\n'
)
LETTERS = {"a": "The ship left.", "b": "The ship left too."}


def other(**changes: str) -> str:
    """`FACT` with other values, by key."""
    fact = FACT
    for key, value in changes.items():
        fact, count = re.subn(
            rf"\b{key}: (?:\[[^]]*\]|[^,}}\n]*)", f"{key}: {value}", fact, count=1
        )
        assert count == 1, key
    return fact


def more(added: str, fact: str = FACT) -> str:
    """A fact with more keys at its end."""
    return fact.replace("}]}", f"}}], {added}}}")


def second(fact: str = FACT) -> str:
    """The same fact again, as `g` and from the second document, to stand below the first."""
    return fact.removeprefix("facts:\n").replace("id: f", "id: g").replace("source: a", "source: b")


def quoting(quote: str, statement: str = "It left.") -> str:
    return other(quote=quote, statement=statement)


class Earned(NamedTuple):
    """A base that earns a code, and words that its message or hints have there.

    `documents` are texts by source, `fields` more of each source's entry.
    """

    code: str
    words: str
    yaml: str
    documents: dict[str, str | bytes] = {"a": LETTERS["a"]}  # noqa: RUF012 - it is never written to
    fields: dict[str, str] = {}  # noqa: RUF012 - likewise
    head: str = HEAD


BASES = [
    Earned("unreadable-file", "matches no file", f"include: [no.yaml]\n{FACT}"),
    Earned("outside-desk", "copy the file into the desk", f"include: [../x.yaml]\n{FACT}"),
    Earned("hidden-character", "delete it", other(statement="It\u200b left.")),
    Earned("mixed-script", "mixes Latin n, e, w and Greek ο", other(statement="nοew")),
    Earned("yaml-syntax", "put the whole text in quotes", "a: b: c\n"),
    Earned("yaml-feature", "write the value out", "a: &x 1\n"),
    Earned("yaml-limit", "nests deeper", f"a: {'[' * 200}\n"),
    Earned("cut-text", "ends at “It”", "facts:\n- id: f\n  statement: It #9 left.\n"),
    Earned("duplicate-key", "keep one of the two", f"{FACT}facts: []\n"),
    Earned("unknown-key", "did you mean `kind`?", FACT.replace("kind:", "kinde:")),
    Earned("missing-key", "add `kind:`", FACT.replace("kind: event, ", "")),
    Earned("wrong-type", "write it as [t]", other(topics="t")),
    Earned("bad-value", "take one of", other(kind="incident")),
    Earned("bad-id", "for example `the-ship`", other(id="The ship")),
    Earned("bad-date", "write 2025-12-07 or 2025-07-12", more("date: 07/12/2025")),
    Earned("bad-url", "https://example.org/a", FACT, fields={"url": "example.org/a"}),
    Earned("empty-text", "`statement` is empty", other(statement='""')),
    Earned("duplicate-id", "give one of the two another id", FACT + FACT.removeprefix("facts:\n")),
    Earned("unknown-reference", "no topic `u`", other(topics="[u]")),
    Earned("unknown-language", "add `fr` to `languages`", other(statement="{fr: Parti.}")),
    Earned("never-known", "`retrieved`", FACT, fields={"published": "2025-01/.."}),
    Earned("source-unreadable", "iconv", FACT, {"a": b"No\xe9l"}),
    Earned("source-changed", "sha256: ", FACT, fields={"sha256": "0" * 64}),
    Earned("document-shared", "keep one", FACT, {"a": "The ship left.", "b": "The ship left."}),
    Earned("document-characters", "look at the place", FACT, {"a": "The ship left.\u202e"}),
    Earned("quote-not-found", "nearest there", quoting("The shop left")),
    Earned("quote-misattributed", "but in `b`", quoting("left too"), dict(LETTERS)),
    Earned("bad-quote", "shortest passage", quoting('"…"')),
    Earned("quote-ambiguous", "occurrence", FACT, {"a": "The ship left. The ship left."}),
    Earned("selector-mismatch", "count again", FACT.replace("left}", "left, occurrence: 2}")),
    Earned(
        "gap-drops-negation",
        "quote the negation",
        quoting("The ship … left", "The ship left."),
        {"a": "The ship has not left."},
    ),
    Earned(
        "gap-drops-caution",
        "quote those words too",
        quoting("The ship … left", "The ship left."),
        {"a": "The ship reportedly left."},
    ),
    Earned(
        "gap-joins",
        "quote the passages as two",
        quoting("The ship … the quay", "The ship is at the quay."),
        {"a": "The ship left at noon. Ana saw the quay."},
    ),
    Earned(
        "edge-drops-negation",
        "take “He denied that the ship left”",
        quoting("the ship left", "The ship left."),
        {"a": "He denied that the ship left."},
    ),
    Earned(
        "edge-cuts-figure",
        "take “In all, four thousand seven hundred homes lost power”",
        quoting("seven hundred homes lost power", "Seven hundred homes lost power."),
        {"a": "In all, four thousand seven hundred homes lost power."},
    ),
    Earned(
        "edge-drops-caution",
        "reportedly",
        quoting("left the quay", "It left the quay."),
        {"a": "The ship reportedly left the quay."},
    ),
    Earned("nothing-checked", "add a fact: `briefings add`", "facts: []\n"),
    Earned("unsupported-figure", "“9”", other(statement="9 ships left.")),
    Earned(
        "changed-bound",
        "keep the words that bound the number",
        quoting("Up to 50 ships left", "50 ships left."),
        {"a": "Up to 50 ships left."},
    ),
    Earned(
        "changed-unit",
        "keep the unit",
        quoting("It cost 50 dollars", "It cost 50 euros."),
        {"a": "It cost 50 dollars."},
    ),
    Earned(
        "mistranslated-figure",
        "the quote does not say “80”",
        quoting("8 navires", "8 ships left.").replace(
            "8 navires}", "8 navires, translation: 80 ships left}"
        ),
        {"a": "8 navires partis."},
        {"language": "fr"},
    ),
    Earned("bad-derivation", "stands in no quote", more("derived: [7 + 2]")),
    Earned(
        "lost-negation",
        "say in the statement that it is denied",
        quoting("The ship has not left", "The ship left."),
        {"a": "The ship has not left."},
    ),
    Earned("added-negation", "“not”", quoting("The ship left", "The ship has not left.")),
    Earned(
        "turned-word",
        "“rose”",
        quoting("The price fell", "The price rose."),
        {"a": "The price fell."},
    ),
    Earned(
        "turned-amount",
        "say how many",
        quoting("Some ships left", "All ships left."),
        {"a": "Some ships left."},
    ),
    Earned(
        "translation-contradicts",
        "translate it again",
        FACT.replace("left}", "left, translation: {fr: Le navire n'est pas parti}}"),
        head=HEAD.replace("[en]", "[en, fr]"),
    ),
    Earned(
        "lost-attribution",
        "say in the statement who says so",
        quoting("The mayor claimed that the ship left", "The ship left."),
        {"a": "The mayor claimed that the ship left."},
    ),
    Earned(
        "told-as-done",
        "not yet so",
        quoting("The ship plans to leave", "The ship left."),
        {"a": "The ship plans to leave."},
    ),
    Earned(
        "short-translation",
        "quote only what is translated",
        FACT.replace(
            "The ship left}",
            "Le maire a nié que le vieux port ait fermé le quai du nord dimanche,"
            " translation: see the original}",
        ),
        {"a": "Le maire a nié que le vieux port ait fermé le quai du nord dimanche."},
        {"language": "fr"},
    ),
    Earned("little-shared", "quote the passage", quoting("The", "The harbour office was closed.")),
    Earned(
        "lost-hedge", "“reportedly”", quoting("It reportedly left"), {"a": "It reportedly left."}
    ),
    Earned(
        "unlisted-name",
        "add actor `p`",
        "actors: {p: {name: Ana, kind: person}}\n"
        + more("actors: []", other(statement="Ana left.")),
    ),
    Earned("plan-as-event", "make it `kind: plan`", other(statement="It will leave.")),
    Earned("event-after-source", "known by 2025-01-02", more("date: 2025-03-01")),
    Earned(
        "due-before-said",
        "correct `date` or `due`",
        more("date: 2025-01-02, due: 2025-01-01").replace("kind: event", "kind: plan"),
    ),
    Earned("false-corroboration", "grade it 2", more("credibility: 1")),
    Earned(
        "similar-origin",
        "write both alike",
        FACT,
        dict(LETTERS),
        {"a.origin": "harbour-gazette", "b.origin": "harbor-gazette"},
    ),
    Earned("missing-basis", "say in `published_basis`", FACT, fields={"published": "2025-01"}),
    Earned("missing-translation", "add the translation", FACT, fields={"language": "fr"}),
    Earned("contested-alone", "fewer than two", FACT + CONTEST.replace("[f, g]", "[f]")),
    Earned(
        "unmarked-sentence", "no mark carries “Gone.”", FACT + ACCOUNT.replace("[f].", "[f]. Gone.")
    ),
    Earned("unshown-figure", "add it to `key_figures` of its topic", more("figure: left")),
    Earned(
        "fact-off-topic",
        "take the mark out",
        FACT + ACCOUNT.replace("[t]", "[u]"),
        head=f"{HEAD}  u: {{title: Quay}}\n",
    ),
    Earned(
        "marks-differ",
        "marks `g` in `fr` and not in `en`",
        f"{FACT}{second()}"
        + ACCOUNT.replace('"It left [f]."', '{en: "It left [f].", fr: "Parti [f, g]."}'),
        dict(LETTERS),
        head=HEAD.replace("[en]", "[en, fr]"),
    ),
    Earned(
        "one-side-told", "mark a rival too", f"{FACT}{second()}{CONTEST}{ACCOUNT}", dict(LETTERS)
    ),
    Earned("summary-before-facts", "correct `made`", FACT + SUMMARY.replace("01-02", "01-01")),
    Earned(
        "summary-outdated",
        "of a later day",
        f"{FACT}{second()}{SUMMARY}",
        dict(LETTERS),
        {"b.published": "2025-01-09"},
    ),
    Earned(
        "mark-without-facts",
        "say that it is unknown",
        FACT + ACCOUNT.replace("[f].", "[f]. It sank [-]."),
    ),
    Earned(
        "accept-refused",
        "copy the passage",
        more("accept: [{code: quote-not-found, why: So it is.}]"),
    ),
    Earned(
        "accept-unclear",
        "`at: evidence.2`",
        more(
            "accept: [{code: quote-ambiguous, why: Either will do.}]",
            FACT.replace("}]}", "}, {source: a, quote: ship left}]}"),
        ),
        {"a": "The ship left. The ship left."},
    ),
    Earned("accept-unused", "delete it", more("accept: [{code: lost-hedge, why: So it is.}]")),
    Earned("no-likelihood", "the terms: ", FACT + JUDGEMENT.replace("is likely", "is said")),
    Earned(
        "mixed-likelihood", "one judgement", FACT + JUDGEMENT.replace("sails", "likely sails soon")
    ),
    Earned(
        "likelihood-with-confidence",
        "`confidence` and `because`",
        FACT + JUDGEMENT.replace("It is", "We are sure that it is"),
    ),
    Earned("baseless-judgement", "`rests_on`", FACT + JUDGEMENT.replace("[f]", "[]")),
    Earned("judgement-before-facts", "could be known", FACT + JUDGEMENT.replace("-02}", "-01}")),
    Earned(
        "rests-on-retracted",
        "write `withdrawn:",
        FACT,
        fields={"retracted": "{on: 2025-02-01, why: It was forged.}"},
    ),
    Earned(
        "circular-reference",
        "take `of` out",
        FACT + "actors:\n  x: {name: The Dock Board, kind: body, of: x}\n",
    ),
    Earned(
        "bad-replacement",
        "name the fact that holds",
        more("withdrawn: {on: 2025-02-01, why: Wrong., replaced_by: f}"),
    ),
    Earned(
        "rests-on-withdrawn",
        "make it anew",
        more("withdrawn: {on: 2025-02-01, why: Wrong.}") + JUDGEMENT,
    ),
]


def capture(desk: LittleDesk, earned: Earned) -> None:
    """Puts the documents of a case into a desk."""
    for name, text in earned.documents.items():
        fields = {
            key.removeprefix(f"{name}."): value
            for key, value in earned.fields.items()
            if "." not in key or key.startswith(f"{name}.")
        }
        desk.document(name, text, **fields)


@pytest.mark.parametrize("earned", BASES, ids=lambda earned: earned.code)
def test_a_base_that_earns_its_code(desk: LittleDesk, earned: Earned) -> None:
    """The message or a hint has these words; no hint is left to the reader to guess."""
    capture(desk, earned)
    checked = desk.check(earned.yaml, earned.head)
    mistakes = [each for each in in_order(checked.diagnostics) if each.code == earned.code]
    assert mistakes, printed(checked)
    texts = "\n".join(
        line for each in mistakes for line in (each.message, *(hint.message for hint in each.hints))
    )
    assert earned.words in texts
    assert all(each.hints for each in mistakes)


@pytest.fixture
def harbour(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the little desk of the harbour, where one stands."""
    folder = Path(shutil.copytree(HARBOUR, tmp_path / "desk"))
    monkeypatch.chdir(folder)
    return folder


def written(name: str, text: str) -> Callable[[], None]:
    """Writes a file of the desk."""

    def write() -> None:
        path = Path(name)
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")

    return write


def changed(name: str, old: str, new: str) -> Callable[[], None]:
    """Changes a file of the desk, once the harbour's brief is issued if it is a record."""

    def change() -> None:
        if name.startswith("issued/"):
            issued()
        path = Path(name)
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    return change


BUILD = ("build", "--format", "html")
RECORD = "issued/basin-closure.en.2024-03-05.json"
ISSUE = ("issue", "--format", "html", "--as-of", "2024-03-05")


def issued() -> None:
    assert run(*ISSUE).exit_code == 0


def twice() -> None:
    issued()
    shutil.copy(RECORD, "issued/other.json")


def vanished() -> None:
    issued()
    changed("facts.yaml", "id: twelve-refused", "id: thirteen-refused")()
    text = Path("facts.yaml").read_text(encoding="utf-8")
    text = text.replace("[twelve-refused", "[thirteen-refused").replace(
        " twelve-refused,", " thirteen-refused,"
    )
    Path("facts.yaml").write_text(text, encoding="utf-8")


def otherwise() -> None:
    issued()
    changed("facts.yaml", "Inés Calder said that the basin", "Inés Calder says that the basin")()


def two_briefs() -> None:
    for topic in ("basin-closure", "tarn-cannery"):
        assert run(*BUILD, "--topic", topic, "--out", topic).exit_code == 0


def nothing() -> None:
    """The desk as it is."""


class Asked(NamedTuple):
    """A command that earns a code, after something was done to the harbour's desk."""

    code: str
    words: str
    before: Callable[[], None]
    command: tuple[str, ...]


TEMPLATE = (*BUILD, "--template", "mine.html.j2")
COMMANDS = [
    Asked(
        "no-font",
        "put a font for Tifinagh",
        changed("facts.yaml", "title: The cannery on", "title: ⵣ The cannery on"),
        ("check",),
    ),
    Asked("bad-catalogue", "mend that line", written("locale/fr.po", "none"), ("check",)),
    Asked(
        "unknown-message",
        "run `briefings words`",
        written("locale/fr.po", 'msgid "no message"\nmsgstr "x"\n'),
        ("check",),
    ),
    Asked("issued-unreadable", "is no record", written("issued/x.json", "{}"), ("check",)),
    Asked("issued-tampered", "version control", changed(RECORD, '"en"', '"fa"'), ("check",)),
    Asked("issued-twice", "keep the one", twice, ("check",)),
    Asked(
        "issue-cut-short",
        "issue again",
        written("issued/.x.en.2024-03-05.json.briefings-new", "{"),
        ("check",),
    ),
    Asked("issued-fact-vanished", "put it back", vanished, ("check",)),
    Asked("issued-otherwise", "issue a later day", otherwise, ISSUE),
    Asked("edition-unreadable", "give a brief", nothing, ("diff", "facts.yaml", "2024-03-05")),
    Asked(
        "editions-differ",
        "one brief",
        two_briefs,
        ("diff", *(f"{topic}/{topic}.en.html" for topic in ("basin-closure", "tarn-cannery"))),
    ),
    Asked("unknown-name", "did you mean `calder`?", nothing, (*BUILD, "--actor", "caldr")),
    Asked("unknown-name", "which the base calls “Calder”", nothing, (*BUILD, "--actor", "Calder")),
    Asked("unknown-name", "--topic tarn-cannery", nothing, (*BUILD, "tarn-cannery")),
    Asked("unknown-name", "ends in `.html.j2`", nothing, (*BUILD, "--template", "brief.css")),
    Asked(
        "unknown-name", "no template of a brief", nothing, (*BUILD, "--template", "macros.html.j2")
    ),
    Asked(
        "bad-period",
        "change --as-of",
        nothing,
        (*BUILD, "--as-of", "2024-03-05", "--since", "2024-03-06"),
    ),
    Asked("day-to-come", "ask for --as-of", nothing, (*BUILD, "--as-of", "9999-01-01")),
    Asked(
        "not-imported",
        "export it again",
        written("highlights/export.json", "{}"),
        ("import", "highlights/export.json"),
    ),
    Asked("bad-name", "names no file", nothing, (*BUILD, "--name", "a/b")),
    Asked(
        "marking-too-low",
        "lower `marking`",
        changed("facts.yaml", "format: 1\n", "format: 1\nmarking: RED\n"),
        (*BUILD, "--marking", "CLEAR"),
    ),
    Asked("nothing-matches", "loosen a filter", nothing, (*BUILD, "--actor", "prefect")),
    Asked("unknown-topic", "did you mean", nothing, (*BUILD, "--topic", "basin-closing")),
    Asked("nothing-known", "--as-of 2024-02-10", nothing, (*BUILD, "--as-of", "2024-02-01")),
    Asked("nothing-to-build", "later day", nothing, (*BUILD, "--as-of", "2024-02-01")),
    Asked("template-syntax", "Jinja", written("templates/mine.html.j2", "{% if %}"), TEMPLATE),
    Asked("page-forbids", "may hold", written("templates/mine.html.j2", "<iframe>"), TEMPLATE),
    Asked("template-hole", "test for it", written("templates/mine.html.j2", "{{ no }}"), TEMPLATE),
    Asked(
        "template-limit",
        "multiplied",
        written(
            "templates/mine.html.j2", "{% for x in range(9999) %}{{ 'x' * 99999 }}{% endfor %}"
        ),
        TEMPLATE,
    ),
    Asked("output-not-ours", "--out", nothing, (*BUILD, "--out", "documents")),
    Asked("output-unwritable", "--out", nothing, (*BUILD, "--out", "facts.yaml")),
]
# They need a restricted desk, WeasyPrint or somebody who writes into the base at the same time:
# tests/test_marking.py, tests/test_build.py and tests/test_add.py.
ELSEWHERE = {"above-marking", "unsearched", "pdf-failed", "changed-meanwhile", "no-place"}
ELSEWHERE |= {"not-captured", "missing-package"}  # tests/test_capture.py
ELSEWHERE |= {"not-signed", "key-readable"}  # tests/test_signing.py
ELSEWHERE |= {"too-large"}  # tests/test_embed_sources.py
ELSEWHERE |= {"cluster-unusable"}  # tests/test_cluster.py


@pytest.mark.usefixtures("harbour")
@pytest.mark.parametrize("asked", COMMANDS, ids=lambda asked: f"{asked.code} {asked.words}")
def test_a_command_that_earns_its_code(asked: Asked) -> None:
    """Likewise, as it is printed."""
    asked.before()
    done = run(*asked.command)
    output = done.stdout + done.stderr
    assert f"[{asked.code}]: " in output
    rest = output[output.index(f"[{asked.code}]: ") :]
    assert asked.words in rest
    assert "  hint: " in rest


def test_every_code_is_earned() -> None:
    """By a base, by a command, or in the tests that are named."""
    earned = {each.code for each in BASES} | {each.code for each in COMMANDS}
    assert earned.isdisjoint(ELSEWHERE)
    assert earned | ELSEWHERE == set(CODES)
    tests = Path(__file__).parent
    sources = "".join(
        (tests / f"test_{name}.py").read_text("utf-8")
        for name in ("marking", "build", "add", "capture", "signing", "embed_sources", "cluster")
    )
    assert all(f'"{code}"' in sources for code in ELSEWHERE)
