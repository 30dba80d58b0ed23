"""Pairs of quote and statement in many languages: the dishonest ones stop, the honest ones pass."""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from pathlib import Path

import pytest
from little_desk import LittleDesk

TABLES = Path(__file__).parent / "claims"
CODES = {"unsupported-figure", "changed-bound", "changed-unit", "mistranslated-figure"}

Row = dict[str, str]


def rows(name: str) -> dict[str, list[Row]]:
    """The rows of a table by their language."""
    tables: dict[str, list[Row]] = defaultdict(list)
    with (TABLES / name).open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            tables[row["lang"]].append(row)
    return tables


def flagged(desk: LittleDesk, language: str, table: list[Row]) -> set[int]:
    """The rows, by their place, in whose facts a figure, bound or unit is refused."""
    lines = []
    for number, row in enumerate(table):
        desk.document(f"d{number}", row["quote"] + ".", language=language, published="2023-02-14")
        translation = row.get("translation")
        more = (
            f", translation: {json.dumps(translation, ensure_ascii=False)}" if translation else ""
        )
        quote = json.dumps(row["quote"], ensure_ascii=False)
        lines.append(
            f"  - id: f{number}\n    kind: claim\n    topics: [t]\n    credibility: 3\n"
            f"    statement: {json.dumps(row['statement'], ensure_ascii=False)}\n"
            f"    evidence: [{{source: d{number}, quote: {quote}{more}}}]\n"
        )
    own = "en" if any(row.get("translation") for row in table) else language
    head = f"format: 1\ntitle: T\nlanguages: [{own}]\ntopics: {{t: {{title: T}}}}\n"
    checked = desk.check("facts:\n" + "".join(lines), head)
    assert checked.texts
    return {
        int(each.message.split("`f")[1].split("`")[0])
        for each in checked.diagnostics
        if each.code in CODES
    }


FIGURES, TRANSLATIONS = rows("figures.tsv"), rows("translations.tsv")


@pytest.mark.parametrize("language", FIGURES)
def test_figures(desk: LittleDesk, language: str) -> None:
    """Every dishonest row of a language is caught, and no honest one held up."""
    judged_right(desk, language, FIGURES[language])


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_translations(desk: LittleDesk, language: str) -> None:
    """What a translation makes of the figures of its quote is seen across languages."""
    judged_right(desk, language, TRANSLATIONS[language])


def judged_right(desk: LittleDesk, language: str, table: list[Row]) -> None:
    """Compare what is flagged in a table with what its rows say of themselves."""
    flagged_rows = flagged(desk, language, table)
    wrong = [
        f"{row['what']}: {row['honest']}: {row['quote']} | {row['statement']}"
        for number, row in enumerate(table)
        if (number in flagged_rows) == (row["honest"] == "Y")
    ]
    assert not wrong, "\n".join(wrong)
