"""docs/gate.md says of each rule what the program does, and of what passes that it does."""

from __future__ import annotations

import json
import re
from pathlib import Path

import gate_page
import pytest
from little_desk import LittleDesk, codes

from briefings.core.codes import CODES

TEXT = gate_page.PAGE.read_text(encoding="utf-8")


def rows(heading: str) -> list[list[str]]:
    """The rows of the table below a heading."""
    section = TEXT.split(f"\n## {heading}\n")[1].split("\n## ")[0]
    lines = re.findall(r"^\| (.+) \|$", section, re.MULTILINE)[1:]
    return [[cell.strip("`") for cell in line.split(" | ")] for line in lines]


def check(
    desk: LittleDesk, document: str, quote: str, statement: str, translation: str = ""
) -> list[str]:
    """The codes that a fact of one quote earns."""
    desk.document("a", document, **({"language": "fr"} if translation else {}))
    evidence = {"source": "a", "quote": quote} | (
        {"translation": translation} if translation else {}
    )
    fact = {"id": "f", "kind": "event", "topics": ["t"], "statement": statement}
    whole = json.dumps({**fact, "evidence": [evidence]}, ensure_ascii=False)
    return codes(desk.check(f"facts:\n  - {whole}\n"))


@pytest.mark.parametrize(("code", "document", "fine", "wrong"), rows("The quote"))
def test_quotes(desk: LittleDesk, code: str, document: str, fine: str, wrong: str) -> None:
    """Of two quotes of a document one passes, and the other earns the code."""
    assert check(desk, document, fine, f"{fine}.") == []
    assert code in check(desk, document, wrong, f"{wrong}.")


@pytest.mark.parametrize(("code", "quote", "fine", "wrong"), rows("The statement"))
def test_statements(desk: LittleDesk, code: str, quote: str, fine: str, wrong: str) -> None:
    """Likewise of two statements."""
    assert check(desk, f"{quote}.", quote, fine) == []
    assert code in check(desk, f"{quote}.", quote, wrong)


@pytest.mark.parametrize(("code", "quote", "fine", "wrong"), rows("The summary and the account"))
def test_accounts(desk: LittleDesk, code: str, quote: str, fine: str, wrong: str) -> None:
    """Likewise of two accounts of one fact, whose statement is its quote."""
    desk.document("a", f"{quote}.")
    evidence = [{"source": "a", "quote": quote}]
    fact = {"id": "f", "kind": "statement", "topics": ["t"], "statement": f"{quote}."}
    reported = [
        codes(
            desk.check(
                f"facts:\n  - {json.dumps({**fact, 'evidence': evidence})}\n"
                f"accounts:\n  - {json.dumps({'id': 'x', 'topics': ['t'], 'text': text})}\n"
            )
        )
        for text in (fine, wrong)
    ]
    assert reported == [[], [code]]


@pytest.mark.parametrize(("code", "quote", "fine", "wrong"), rows("The translation"))
def test_translations(desk: LittleDesk, code: str, quote: str, fine: str, wrong: str) -> None:
    """Likewise of two translations, which the statement follows."""
    assert check(desk, f"{quote}.", quote, f"{fine}.", fine) == []
    assert code in check(desk, f"{quote}.", quote, f"{wrong}.", wrong)


@pytest.mark.parametrize(("what", "quote", "statement"), rows("What it does not see"))
def test_what_it_does_not_see(desk: LittleDesk, what: str, quote: str, statement: str) -> None:
    """A rule that has come to see it takes its row off the page."""
    assert what
    assert check(desk, f"{quote}.", quote, statement) == []


def test_every_rule_on_claims_has_an_example() -> None:
    """Of the codes on what quotes, statements and translations say, none is left out."""
    listed = {
        row[0] for part in ("quote", "statement", "translation") for row in rows(f"The {part}")
    }
    names = list(CODES)
    claims = names[names.index("unsupported-figure") : names.index("unlisted-name")]
    edges = [name for name in names if name.startswith(("edge-", "gap-"))]
    assert {*claims, *edges} - {"bad-derivation"} <= listed


def test_its_table_is_that_of_the_rules() -> None:
    """Made anew, it is the same: `make tables` was not forgotten."""
    assert gate_page.written(TEXT) == TEXT


def test_each_language_of_a_rule_has_its_file(checkout: Path) -> None:
    """And none is promised that has none."""
    words = {path.stem for path in (checkout / "briefings" / "check" / "words").glob("*.toml")}
    (line,) = re.findall(r"^\| denials lost or added \| \d+: (.*) \|$", TEXT, re.MULTILINE)
    assert set(line.split()) == words
