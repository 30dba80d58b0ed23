"""`lsp`: what an editor is told while somebody types, by a client that speaks the protocol."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from little_desk import HEAD, LittleDesk
from lsp_client import Editor, changed
from test_mends import put

from briefings.authoring.editing import RenameRefused, edited, mention_at, renamed
from briefings.authoring.mends import mends
from briefings.core.model import FactId
from briefings.core.span import SourceText
from briefings.lsp.positions import offset, position

HARBOUR = Path(__file__).parent / "desk_harbour"
NAME = "facts.yaml"
LOST = {"quote-not-found", "unknown-reference"}


@pytest.fixture(scope="module")
def editor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Editor]:
    """One session; at its end the server has written nothing, on disk or on standard error."""
    folder = Path(shutil.copytree(HARBOUR, tmp_path_factory.mktemp("lsp") / "desk"))
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    session = Editor(folder)
    session.open(NAME, (folder / NAME).read_text("utf-8"))
    yield session
    assert session.close() == (0, "")
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


@pytest.fixture
def text(editor: Editor) -> str:
    """The base as it is on disk."""
    return (editor.folder / NAME).read_text("utf-8")


@given(st.text(st.sampled_from("a ب‌🚢é\n\r\u2028"), max_size=30), st.integers(0, 30))
def test_positions_are_there_and_back(words: str, index: int) -> None:
    """UTF-16 units, as the protocol counts: of Persian one, of a ship two."""
    text = SourceText("", words)
    index = min(index, len(words))
    if words[index - 1 : index + 1] != "\r\n":  # one line end, and nothing stands inside it
        assert offset(text, position(text, index)) == index
    at = position(text, index)
    line_start = index - text.position(index).column + 1
    assert at.character == len(words[line_start:index].encode("utf-16-le")) // 2


def test_positions_of_a_ship() -> None:
    """A place inside a character is that character; one beyond a line is the line's end."""
    text = SourceText("", "🚢 کشتی‌ها\nb")
    assert (position(text, 1).character, position(text, 2).character) == (2, 3)
    at = position(text, 1)
    at.character = 1
    assert offset(text, at) == 0
    at.character = 99
    assert offset(text, at) == len("🚢 کشتی‌ها")
    at.line = 99
    assert offset(text, at) == len(text.text)


def test_diagnostics_as_one_types(editor: Editor, text: str) -> None:
    """Of the text in the editor, at its place in UTF-16; broken YAML is told and ends nothing."""
    assert editor.type(NAME, text) == []
    lost = text.replace("    source: gazette", "    source: gazete", 1)
    lost = lost.replace("source: gazette, name: Tomas", "source: gazete, name: Tomas", 1)
    (mistake,) = editor.type(NAME, lost)
    assert (mistake["code"], mistake["severity"], mistake["source"]) == (
        "unknown-reference",
        1,
        "briefings",
    )
    line = lost.split("\n")[mistake["range"]["start"]["line"]]
    assert line[mistake["range"]["start"]["character"] :].startswith("gazete")
    assert "hint: did you mean `gazette`?" in mistake["message"]
    broken = editor.type(NAME, text.replace("actors:\n", "actors: [\n", 1))
    assert [each["code"] for each in broken] == ["yaml-syntax"]
    assert editor.type(NAME, "\x00{[") != []
    assert editor.type(NAME, text) == []


def test_completion(editor: Editor, text: str) -> None:
    """Ids where an id stands, also while the text is no YAML; keys; facts in a mark."""

    def offered(line: str) -> list[str]:
        typed = text + line
        editor.type(NAME, typed)
        return [
            each["label"] for each in editor.at("completion", NAME, typed + "\0", "\0")["items"]
        ]

    fact = "\nfacts:\n  - id: x\n"
    assert {"calder", "wray", "outlet", "anonymous"} <= set(offered(fact + "    by: "))
    assert "gazette" in offered(fact + "    evidence:\n      - source: ")
    assert "authority" in offered(fact + "    actors: [calder, ")
    assert "plan" in offered(fact + "    kind: ")
    assert {"statement: ", "evidence: "} <= set(offered(fact + "    st"))
    assert {"quote: ", "by: "} <= set(offered(fact + "    evidence:\n      - source: a\n        "))
    assert {"name: ", "at: "} <= set(offered("\nplaces:\n  x: {name: X, "))
    assert "name: " in offered("\nplaces:\n  x: {at: [1, 2],\n      aliases: [a], ")
    assert {"quote: ", "by: "} <= set(offered(fact + "    evidence: [{source: a, quo"))
    assert {"quote: ", "by: "} <= set(offered(fact + "    evidence:\n      - {"))
    assert {"kind: ", "topics: "} <= set(offered("\ndefaults: {k"))
    assert "calder" in offered(fact + "    evidence: [{source: a, by: ")
    assert "statement: " in offered(fact + "    topics: [a]\n    st")
    assert "berths" in offered("\naccounts:\n  - id: x\n    text: So many berths [")
    editor.type(NAME, text)


def test_hover_and_definition(editor: Editor, text: str) -> None:
    """A quote shows its passage and leads to it; an id shows and leads to its entry."""
    editor.type(NAME, text)
    quote = "twelve boats were refused, among"
    shown = editor.at("hover", NAME, text, quote)["contents"]
    assert shown["kind"] == "plaintext"
    assert shown["value"].startswith("documents/gazette.txt:4\n… ")
    assert "⟨twelve boats were refused" in shown["value"]
    passage = editor.at("definition", NAME, text, quote)
    assert passage["uri"] == editor.uri("documents/gazette.txt")
    assert passage["range"]["start"]["line"] == 3
    assert editor.at("hover", NAME, text, "authority\n    titles")["contents"]["value"] == (
        f"{NAME}:{text[: text.index('  authority: {')].count(chr(10)) + 1}\nPort Authority"
    )
    entry = editor.at("definition", NAME, text, "authority\n    titles")
    assert entry["range"]["start"] == {
        "line": text[: text.index("  authority: {")].count("\n"),
        "character": 2,
    }
    assert editor.at("hover", NAME, text, "format") is None


def test_rename(editor: Editor, text: str) -> None:
    """Everywhere, and nowhere else: it is the same base then. No id that is taken."""
    editor.type(NAME, text)
    references = editor.at(
        "references", NAME, text, "calder:", context={"includeDeclaration": True}
    )
    edits = editor.at("rename", NAME, text, "calder:", newName="ines-calder")
    after = changed(text, edits["changes"][editor.uri(NAME)])
    assert len(edits["changes"][editor.uri(NAME)]) == len(references) > 2
    assert editor.type(NAME, after) == []
    back = editor.at("rename", NAME, after, "ines-calder:", newName="calder")
    assert changed(after, back["changes"][editor.uri(NAME)]) == text
    editor.type(NAME, text)
    taken = editor.at("rename", NAME, text, "calder:", newName="wray")
    assert "the id `wray` is taken already" in taken["message"]
    assert (
        "is no id" in editor.at("rename", NAME, text, "calder:", newName="Ines Calder")["message"]
    )


def test_actions(editor: Editor, text: str) -> None:
    """What a hint proposes, made by the editor: nothing is wrong then, and the rest as it was."""
    for old, new, title in (
        (
            "twelve boats were refused, among",
            "twelf boats were refusing, among",
            "take the nearest passage",
        ),
        ("of: authority", "of: authorty", "write `authority`"),
    ):
        wrong = text.replace(old, new, 1)
        mistakes = editor.type(NAME, wrong)
        (mistake,) = [each for each in mistakes if each["code"] in LOST]
        edits = editor.actions(NAME, mistake["range"])[title][editor.uri(NAME)]
        assert changed(wrong, edits) == text, title
    assert editor.type(NAME, text) == []
    assert (
        editor.actions(
            NAME, {"start": {"line": 0, "character": 0}, "end": {"line": 2, "character": 0}}
        )
        == {}
    )


@pytest.mark.parametrize("listed", ["[]", "[b]", "\n      - b"])
def test_an_actor_more(tmp_path: Path, listed: str) -> None:
    """It goes to the end of the list of its own fact, in the shape that the list has."""
    desk = LittleDesk(tmp_path).document("a", "The ship left, Ann Ward said to Bo Lund.")
    actors = "actors:\n  w: {name: Ann Ward, kind: person}\n  b: {name: Bo Lund, kind: person}\n"
    base = (
        f"{actors}facts:\n  - id: f\n    kind: event\n    topics: [t]\n"
        f"    statement: Ann Ward said to Bo Lund that the ship left.\n    actors: {listed}\n"
        "    evidence: [{source: a, quote: 'The ship left, Ann Ward said to Bo Lund'}]\n"
    )
    desk.check(base)
    opened = edited(tmp_path / NAME, {})
    mend = next(each for each in mends(opened) if each.title == "add the actor `w`")
    assert mend.of.code == "unlisted-name"
    after = put(opened, mend)
    mended = edited(tmp_path / NAME, {NAME: after})
    assert not [each for each in mended.checked.diagnostics if "“Ann Ward”" in each.message]
    assert mended.loaded.base is not None
    assert "w" in mended.loaded.base.facts[FactId("f")].actors


def test_the_longer_quote(tmp_path: Path) -> None:
    """What the end of a quote cuts off is taken in."""
    desk = LittleDesk(tmp_path).document("a", "It is not true that the ship left on Monday.")
    desk.quote("the ship left on Monday")
    opened = edited(tmp_path / NAME, {})
    (mend,) = [each for each in mends(opened) if each.title == "take the longer quote"]
    mended = edited(tmp_path / NAME, {NAME: put(opened, mend)})
    assert mend.of.code not in {each.code for each in mended.checked.diagnostics}


def test_ids_in_marks_and_included_files(tmp_path: Path) -> None:
    """A rename reaches marks of an account, quoted ids, and a file that is open and not saved."""
    desk = LittleDesk(tmp_path).document("a", "The ship left.")
    (tmp_path / "more.yaml").write_text("contested: []\n", "utf-8")
    head = HEAD + "include: [more.yaml]\n"
    fact = "facts:\n  - id: f\n    kind: event\n    topics: [t]\n    statement: It left.\n"
    evidence = "    evidence: [{source: a, quote: The ship left}]\n"
    desk.check(fact + evidence + "gaps: []\n", head)
    more = (
        'accounts: [{id: x, topics: [t], text: "It left [f]."}]\n'
        'judgements:\n  - {id: j, topic: t, statement: It is likely., rests_on: ["f"],'
        " confidence: low, because: So., made: 2025-01-02}\n"
    )
    opened = edited(tmp_path / NAME, {"more.yaml": more})
    at = opened.texts[NAME].text.index("id: f\n") + 4
    mention = mention_at(opened, NAME, at)
    assert mention is not None
    places = [
        (each.span.path, opened.texts[each.span.path].slice(each.span), each.text)
        for each in renamed(opened, mention, "ship-left")
    ]
    assert places == [(NAME, "f", "ship-left"), *[("more.yaml", "f", "ship-left")] * 2]
    with pytest.raises(RenameRefused, match="can't be read"):
        renamed(edited(tmp_path / NAME, {"more.yaml": "a: ["}, opened), mention, "ship-left")


def test_what_is_no_message_is_said_in_a_line(tmp_path: Path) -> None:
    """The server goes on, and shows nobody the way through the code."""
    ask = b'{"jsonrpc":"2.0","id":1,"method":"%b","params":%b}'
    odd = ask % (b"textDocument/hover", b'{"position":{"line":-1}}')
    at = b'{"textDocument":{"uri":"%b"},"position":{"line":0,"character":0}}'
    nowhere = (
        b"file:///%00/facts.yaml",
        b"file://[::1/x",
        b"file:///none/facts.yaml",
        b"http://x/y",
    )
    (tmp_path / NAME).write_text("title: A desk\n", encoding="utf-8")
    twice = ask % (b"textDocument/hover", at % (tmp_path / NAME).as_uri().encode())
    parts = (
        odd,
        b"{]",
        b"\xff",
        b"null",
        b"[" * 99_999,
        ask % (b"initialize", b'{"processId":null,"rootUri":null,"capabilities":{}}'),
        *(ask % (b"textDocument/completion", at % each) for each in nowhere),
        *(twice, twice),  # of which one is answered when the editor has gone
        ask % (b"shutdown", b"null"),
        b'{"jsonrpc":"2.0","method":"exit"}',
    )
    done = subprocess.run(
        [sys.executable, "-m", "briefings", "lsp"],
        input=b"".join(b"Content-Length: %d\r\n\r\n%b" % (len(part), part) for part in parts),
        capture_output=True,
        check=False,
        cwd=tmp_path,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    assert b"Unable to handle message" in done.stderr
    assert b"Traceback" not in done.stderr
    assert done.stdout.count(b'"result": null') > len(nowhere), done.stdout
    assert len(done.stderr.splitlines()) < 12


def test_a_message_longer_than_memory(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "briefings", "lsp"],
        input=b"Content-Length: %d\r\n\r\n{}" % 10**30,
        capture_output=True,
        check=False,
        cwd=tmp_path,
        timeout=60,
    )
    assert (done.returncode, b"longer than can be read" in done.stderr) == (2, True)
