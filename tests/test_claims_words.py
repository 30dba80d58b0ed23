"""What the rules of words make of honest and dishonest statements, language by language."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from bisect import bisect_right
from collections import Counter
from pathlib import Path

import pytest
from breadth import cases
from little_desk import HEAD, LittleDesk

from briefings.core.diagnostics import Diagnostic

FOLDER = Path(__file__).with_name("claims")
WORDS = "words"
"""The folder of the tables that are of the rules of words; those beside it are of everything, by
authors who had not seen the rules."""
OF_ALL = {"figures", "translations", "headlines"}
"""Tables of every language; the first two are read by test_claims.py."""


def _by_language() -> dict[str, list[Path]]:
    """The tables of each language, and of each in translation (`ar-to-en`)."""
    tables: dict[str, list[Path]] = {}
    for table in [*sorted((FOLDER / WORDS).glob("*.tsv")), *sorted(FOLDER.glob("*.tsv"))]:
        tables.setdefault(table.stem, []).append(table)
    return {which: of for which, of in tables.items() if which not in OF_ALL}


TABLES = _by_language()

# What the tables of words are not about: other tables are of figures. These desks are bare.
FIGURES = frozenset({"unsupported-figure"})
OTHER = FIGURES | {"unchecked-language", "document-characters"}
ABOUT_DOCUMENTS = frozenset({"document-shared", "similar-origin"})

FEW = 4
"""So many rows of each code that the tables of a language expect, and as many honest ones, are in
the slice."""


def _rows(tables: list[Path]) -> list[dict[str, str]]:
    """The rows of tables that expect something, all of them or a slice; `table` says whose."""
    few: list[dict[str, str]] = []
    more: list[dict[str, str]] = []
    taken = Counter[str]()
    for table in tables:
        with table.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
                if row["expect"]:
                    taken[row["expect"]] += 1
                    kept = few if taken[row["expect"]] <= FEW else more
                    kept.append(row | {"table": table.parent.name})
    return cases(few, *more)


def _found(folder: Path, language: str, rows: list[dict[str, str]]) -> list[list[Diagnostic]]:
    """What is reported of each row, all of them in one desk."""
    desk = LittleDesk(folder)
    facts: list[str] = []
    sources: dict[tuple[str, str], str] = {}
    for number, row in enumerate(rows):
        text = (row.get("doc") or row["quote"] + ".").replace("⏎", "\n")
        document = text, row.get("published") or "2025-01-02"
        if document not in sources:
            sources[document] = f"d{number}"
            desk.document(
                f"d{number}", text, language=language, origin=f"o{number}", published=document[1]
            )
        facts.append(
            f"  - id: f{number}\n    kind: {row['kind']}\n    topics: [t]\n"
            f"    statement: {json.dumps(row['statement'], ensure_ascii=False)}\n"
            + _day(row, document[1])
            + f"    evidence:\n      - source: {sources[document]}\n"
            f"        quote: {json.dumps(row['quote'], ensure_ascii=False)}\n"
        )
        if row.get("translation"):
            translation = json.dumps(row["translation"], ensure_ascii=False)
            facts[-1] += f"        translation: {translation}\n        translator: the desk\n"
    own = "en" if rows[0].get("translation") else language
    head = HEAD.replace("languages: [en]", f"languages: [{own}]")
    checked = desk.check("facts:\n" + "".join(facts), head)
    text = checked.texts["facts.yaml"].text
    starts = [text.index(f"  - id: f{number}\n") for number in range(len(rows))]
    by_row: list[list[Diagnostic]] = [[] for _ in rows]
    for each in checked.diagnostics:
        if each.code in ABOUT_DOCUMENTS or each.span is None:
            continue
        owner = max(0, bisect_right(starts, each.span.start) - 1)
        if each.code not in (OTHER if rows[owner]["table"] == WORDS else OTHER - FIGURES):
            by_row[owner].append(each)
    return by_row


def _day(row: dict[str, str], published: str) -> str:
    """The day of a fact: of a plan that is told of a day to come, the one on which it is due."""
    day = row.get("date", "")
    key = "due" if row["kind"] == "plan" and day > published else "date"
    return f"    {key}: {day}\n" if day else ""


@pytest.mark.parametrize("which", TABLES)
def test_statements(which: str, tmp_path: Path) -> None:
    """A dishonest row is reported with its code, an honest one not at all.

    Where the gate is known to judge wrongly, `comes` says what it reports instead.
    """
    rows = _rows(TABLES[which])
    wrong = []
    for row, diagnostics in zip(
        rows, _found(tmp_path, which.partition("-to-")[0], rows), strict=True
    ):
        codes = {each.code for each in diagnostics}
        due = row.get("comes") or row["expect"]
        if (due == "-" and codes) or (due != "-" and due not in codes):
            messages = "; ".join(f"{each.code}: {each.message}" for each in diagnostics)
            wrong.append(
                " | ".join((row["table"], row["expect"], row["quote"], row["statement"], messages))
            )
    assert not wrong, "\n".join(wrong)


ABOUT_QUOTES = frozenset(
    {
        *("lost-negation", "added-negation", "turned-word", "turned-amount", "little-shared"),
        *("lost-hedge", "lost-attribution", "told-as-done"),
    }
)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("hi", "अगर बारिश नहीं हुई तो फसल बर्बाद हो जाएगी"),
        ("ur", "اگر بارش نہ ہوئی تو فصل تباہ ہو جائے گی"),
        ("zh", "只有持证导游才能进入石窟"),
        ("en", "The court struck out the libel claim, and the theft claim goes ahead"),
    ],
)
@pytest.mark.parametrize("end", ["", ".", "。", "۔"])
def test_a_statement_in_the_very_words_of_its_quote_loses_none(
    language: str, text: str, end: str, tmp_path: Path
) -> None:
    """Nor does it add or turn any, whatever words these are."""
    row = {"doc": "", "quote": text, "statement": text + end, "kind": "event", "table": "words"}
    (found,) = _found(tmp_path, language, [row])
    assert not [each.message for each in found if each.code in ABOUT_QUOTES]


def test_headlines(tmp_path: Path) -> None:
    """They are held to all that statements are, but need not say who speaks.

    Nor do they lose the caution of what they do not tell.
    """
    with (FOLDER / "headlines.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    for language in sorted({row["lang"] for row in rows}):
        desk = LittleDesk(tmp_path)
        desk.sources.clear()
        own = [row for row in rows if row["lang"] == language]
        facts = [_headed(desk, number, row) for number, row in enumerate(own)]
        head = HEAD.replace("languages: [en]", f"languages: [{language}]")
        checked = desk.check("facts:\n" + "".join(facts), head)
        found: dict[int, set[str]] = {number: set() for number in range(len(own))}
        for each in checked.diagnostics:
            if each.code not in ABOUT_DOCUMENTS:
                found[int(each.message.split("`f")[1].split("`")[0])].add(each.code)
        due = {number: {row["expect"]} - {"-"} for number, row in enumerate(own)}
        assert found == due


def _headed(desk: LittleDesk, number: int, row: dict[str, str]) -> str:
    """A fact that says what its quote says, below the headline of a row."""
    name, quoted = f"{row['lang']}{number}", json.dumps(row["quote"], ensure_ascii=False)
    desk.document(name, row["quote"] + ".", language=row["lang"], origin=f"o{name}")
    return (
        f"  - id: f{number}\n    kind: {row['kind']}\n    topics: [t]\n    statement: {quoted}\n"
        f"    headline: {json.dumps(row['headline'], ensure_ascii=False)}\n"
        f"    evidence: [{{source: {name}, quote: {quoted}}}]\n"
    )


@pytest.mark.parametrize("which", cases(["ja-to-en"], "ja", "zh", "ar", "fa-to-en"))
def test_no_verdict_hangs_on_the_order_of_a_set(which: str, tmp_path: Path) -> None:
    """Letters of words that overlap are left out together, whichever comes first."""
    _found(tmp_path, which.partition("-to-")[0], _rows(TABLES[which]))
    command = [sys.executable, "-m", "briefings", "check", "--json", "--cache", "off"]
    outputs = {
        subprocess.run(
            [*command, "--base", tmp_path / "facts.yaml"],
            env=os.environ | {"PYTHONHASHSEED": seed},
            capture_output=True,
            check=False,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(outputs) == 1
