"""`name`, and an empty desk: from saved pages in any language to a brief, by commands alone."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from command import run
from conftest import answered_here
from saved_files import MORE, news

from briefings.edit.insert import with_entry
from briefings.run import capture as capturing


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty desk in Spanish, where one stands, and a folder of saved pages beside it."""
    monkeypatch.setattr(capturing, "answers", answered_here)
    saved = tmp_path / "saved"
    saved.mkdir()
    day = '<meta property="article:published_time" content="2031-05-17">'
    (saved / "a.html").write_text(news("es", day), encoding="utf-8")
    (saved / "b.html").write_bytes(b" ")
    (saved / "c.txt").write_text(f"{MORE['es']}\n", encoding="utf-8")
    title = ("--title", "El transbordador: «a Vell»")
    assert run("init", str(tmp_path / "desk"), *title, "--language", "es").exit_code == 0
    monkeypatch.chdir(tmp_path / "desk")
    return saved


def base() -> dict[str, dict[str, dict[str, object]]]:
    return dict(yaml.safe_load(Path("facts.yaml").read_text(encoding="utf-8")))


def test_from_saved_pages_to_a_brief(empty: Path) -> None:
    """One file that can't be captured keeps none of the others out; the base stays in shape."""
    files = sorted(map(str, empty.iterdir()))
    captured = run("capture", *files, "--retrieved", "2031-05-18", "--publisher", "Puerto")
    assert captured.exit_code == 1
    assert "3 files: 2 captured, 1 refused" in captured.stderr
    assert "U+001B" not in captured.stderr
    assert "it is empty" in captured.stderr
    assert run("name", "actor", "la junta del puerto", "--kind", "body").exit_code == 0
    assert run("name", "place", "Vell").exit_code == 0
    assert base()["actors"] == {
        "la-junta-del-puerto": {"name": "la junta del puerto", "kind": "body"}
    }
    statement = "La junta del puerto dijo que el transbordador a Vell no zarpará en dos semanas."
    quote = "La junta del puerto dijo el lunes que el transbordador a Vell no zarpará durante dos"
    add = ("add", "--quote", quote, "--by", "la-junta-del-puerto", "--statement", statement)
    added = run(*add, "--yes")
    assert added.exit_code == 0, added.stdout + added.stderr
    assert "places: [vell]" in added.stdout
    assert run("fmt", "--check").exit_code == 0
    assert run("check").exit_code == 0
    built = run("build", "--format", "html", "--as-of", "2031-05-18")
    assert built.exit_code == 0, built.stderr
    (page,) = Path("build").glob("el-transbordador-vell.es.html")
    assert statement in page.read_text(encoding="utf-8")
    assert "in this period" not in built.stdout
    later = run("build", "--format", "html", "--as-of", "2031-08-01")
    (fact,) = yaml.safe_load(Path("facts.yaml").read_text(encoding="utf-8"))["facts"]
    day = base()["sources"][fact["source"]]["published"]
    assert f"nothing is new in this period, the newest is of {day}\n" in later.stdout


@pytest.mark.usefixtures("empty")
def test_an_empty_desk_says_how_it_goes_on() -> None:
    """It proves nothing yet, which the check says, with the next step."""
    done = run("check")
    assert done.exit_code == 1
    assert "nothing-checked" in done.stdout
    assert "`briefings add`" in done.stdout
    assert run("fmt", "--check").exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--language", "es"), "--language goes with --title"),
        (("--title", "A", "--language", "spanish language"), "is no language code"),
    ],
)
def test_an_empty_desk_that_makes_no_sense(
    tmp_path: Path, arguments: tuple[str, ...], words: str
) -> None:
    """Is refused, and nothing is written."""
    done = run("init", str(tmp_path / "desk"), *arguments)
    assert done.exit_code == 2
    assert words in done.stderr
    assert not (tmp_path / "desk").exists()


@pytest.mark.usefixtures("empty")
def test_a_name_is_written_once() -> None:
    """What has one already is named with its id; an id that is taken is refused."""
    assert run("name", "topic", "El muelle", "--question", "¿Cuándo abre?").exit_code == 0
    assert base()["topics"]["el-muelle"] == {
        "title": "El muelle",
        "question": "¿Cuándo abre?",
        "weekly": True,
    }
    before = Path("facts.yaml").read_bytes()
    again = run("name", "topic", "El muelle")
    assert again.exit_code == 1
    assert "already, as `el-muelle`" in again.stderr
    taken = run("name", "topic", "Otro muelle", "--id", "el-muelle")
    assert taken.exit_code == 1
    assert "duplicate" in taken.stderr
    shown = run("name", "place", "Vell", "--dry-run")
    assert shown.stdout == "places:\n  vell: {name: Vell}\n"
    assert Path("facts.yaml").read_bytes() == before


@pytest.mark.usefixtures("empty")
@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("actor", "Ana Mora"), "say what it is with --kind: person, body"),
        (("place", "Vell", "--kind", "body"), "--kind is of actors"),
        (("place", "Vell", "--question", "Why?"), "--question is of topics"),
    ],
)
def test_flags_that_do_not_fit(arguments: tuple[str, ...], words: str) -> None:
    """Are refused with what would."""
    done = run("name", *arguments)
    assert done.exit_code == 2
    assert words in done.stderr


@pytest.mark.usefixtures("empty")
def test_several_files_have_no_title_in_common(empty: Path) -> None:
    """What is said of one document is refused for several."""
    done = run("capture", *map(str, empty.iterdir()), "--title", "A")
    assert done.exit_code == 2
    assert "--title is of one document" in done.stderr


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_new_section_stands_in_its_place(newline: str) -> None:
    """Before the first one that comes behind it, and what is said about that stays there."""
    lines = ["format: 1", "", "# what it is about", "topics:", "  a: {title: A}", ""]
    text = newline.join(lines)
    with_place = with_entry(text, "places", {"id": "v", "name": "V"}).text
    whole = with_entry(with_place, "sources", {"id": "s", "file": "s.txt"}).text
    assert whole.replace("\r\n", "\n") == (
        "format: 1\n\nsources:\n  s:\n    file: s.txt\n\nplaces:\n  v: {name: V}\n\n"
        "# what it is about\ntopics:\n  a: {title: A}\n"
    )
    assert whole.count("\n") == whole.count(newline)
