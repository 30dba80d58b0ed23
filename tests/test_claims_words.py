"""What the rules of words make of honest and dishonest statements, language by language."""

from __future__ import annotations

import csv
import json
from collections import Counter
from pathlib import Path

import pytest
from breadth import cases
from little_desk import HEAD, LittleDesk

from briefings.core.diagnostics import Diagnostic

FOLDER = Path(__file__).with_name("claims")
TABLES = sorted(FOLDER.glob("*-*.tsv"))

# What these tables are not about: another table is of figures, and these desks are bare. The
# other tables are of everything; their authors had not seen the words when they wrote them.
OTHER = frozenset({"unsupported-figure", "unchecked-language", "document-characters"})


FEW = 2
"""So many rows of each code that a table expects, and as many honest ones, are in the slice."""


def _rows(table: Path) -> list[dict[str, str]]:
    """The rows of a table that expect something, all of them or a slice."""
    with table.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        few: list[dict[str, str]] = []
        more: list[dict[str, str]] = []
        taken = Counter[str]()
        for row in rows:
            if row["expect"]:
                taken[row["expect"]] += 1
                (few if taken[row["expect"]] <= FEW else more).append(row)
    return cases(few, *more)


def _found(
    folder: Path, language: str, rows: list[dict[str, str]], other: frozenset[str] = OTHER
) -> list[list[Diagnostic]]:
    """What is reported of each row but for `other`, all of them in one desk."""
    desk = LittleDesk(folder)
    facts: list[str] = []
    sources: dict[str, str] = {}
    for number, row in enumerate(rows):
        text = (row["doc"] or row["quote"] + ".").replace("⏎", "\n")
        if text not in sources:
            sources[text] = f"d{number}"
            published = row.get("published") or "2025-01-02"
            desk.document(
                f"d{number}", text, language=language, origin=f"o{number}", published=published
            )
        facts.append(
            f"  - id: f{number}\n    kind: {row['kind']}\n    topics: [t]\n"
            f"    statement: {json.dumps(row['statement'], ensure_ascii=False)}\n"
            + (f"    date: {row['date']}\n" if row.get("date") else "")
            + f"    evidence:\n      - source: {sources[text]}\n"
            f"        quote: {json.dumps(row['quote'], ensure_ascii=False)}\n"
        )
        if row.get("translation"):
            said = json.dumps(row["translation"], ensure_ascii=False)
            facts[-1] += f"        translation: {said}\n        translator: the desk\n"
    own = "en" if rows[0].get("translation") else language
    head = HEAD.replace("languages: [en]", f"languages: [{own}]")
    checked = desk.check("facts:\n" + "".join(facts), head)
    text = checked.texts["facts.yaml"].text
    starts = [text.index(f"  - id: f{number}\n") for number in range(len(rows))]
    found: list[list[Diagnostic]] = [[] for _ in rows]
    for each in checked.diagnostics:
        if each.code in other or each.code == "similar-origin" or each.span is None:
            continue
        owner = max(n for n, start in enumerate(starts) if start <= max(each.span.start, starts[0]))
        found[owner].append(each)
    return found


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.stem)
def test_statements(table: Path, tmp_path: Path) -> None:
    """A dishonest row is reported with its code, an honest one not at all.

    Where the gate is known to judge wrongly, `comes` says what it reports instead.
    """
    name, _, language = table.stem.partition("-to-")[0].partition("-")
    rows = _rows(table)
    other = OTHER if name == "words" else OTHER - {"unsupported-figure"}
    wrong = []
    for row, found in zip(rows, _found(tmp_path, language, rows, other), strict=True):
        codes = {each.code for each in found}
        due = row.get("comes") or row["expect"]
        if (due == "-" and codes) or (due != "-" and due not in codes):
            told = "; ".join(f"{each.code}: {each.message}" for each in found)
            wrong.append(f"{row['expect']} | {row['quote']} | {row['statement']} | {told}")
    assert not wrong, "\n".join(wrong)
