"""`init`: a small desk that checks and builds at once, and nothing overwritten."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
from pathlib import Path

import pytest
import yaml
from command import run
from jsonschema import Draft202012Validator
from test_workflow import actionlint

from briefings.core.diagnostics import Refused
from briefings.edit.starter import DOCUMENT, new_desk
from briefings.output import desk_files as output_desk
from briefings.run.init import begin


@pytest.fixture
def new(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A new desk, where one stands."""
    folder = tmp_path / "desk"
    assert run("init", str(folder)).exit_code == 0
    monkeypatch.chdir(folder)
    return folder


def test_a_new_desk_is_all_there(tmp_path: Path) -> None:
    """Each file is named as it is written, and the next step is told."""
    done = run("init", str(tmp_path / "a" / "desk"))
    written = {line.partition(": ")[0] for line in done.stdout.splitlines()}
    folder = tmp_path / "a" / "desk"
    assert written == {str(folder / path) for path in new_desk()}
    assert all(Path(path).is_file() for path in written)
    assert f"cd {folder} && briefings check && briefings build" in done.stderr


@pytest.mark.usefixtures("new")
def test_a_new_desk_checks_and_builds() -> None:
    """Without a warning, and with a brief of its three facts."""
    checked = run("check", "--strict")
    assert checked.exit_code == 0, checked.stdout
    assert "5 quotes checked: 5 exact; 0 errors, 0 warnings" in checked.stderr
    built = run("build", "--format", "html")
    assert built.exit_code == 0, built.stderr
    page = Path("build/night-ward.en.html").read_text(encoding="utf-8")
    assert "Hanne Okoro" in page
    assert "before the end of September" in page


def test_the_document_is_the_one_on_record(new: Path) -> None:
    """Git and editors are told to leave it alone; its hash is in the base."""
    digest = hashlib.sha256((new / DOCUMENT).read_bytes()).hexdigest()
    assert f"sha256: {digest}" in (new / "facts.yaml").read_text(encoding="utf-8")
    subprocess.run(["git", "init", "-q"], check=True)
    asked = ["git", "check-attr", "text", "--", DOCUMENT, "facts.yaml"]
    done = subprocess.run(asked, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == [f"{DOCUMENT}: text: unset", "facts.yaml: text: auto"]
    ignored = subprocess.run(["git", "check-ignore", "build/x"], check=False, capture_output=True)
    assert ignored.returncode == 0


def test_an_editor_finds_the_schema_and_no_mistake(new: Path) -> None:
    """The first line names the file that `schema` prints; the base is valid by it."""
    text = (new / "facts.yaml").read_text(encoding="utf-8")
    assert text.startswith("# yaml-language-server: $schema=facts.schema.json\n")
    printed = run("schema").stdout
    assert (new / "facts.schema.json").read_text(encoding="utf-8") == printed
    base = yaml.load(text, yaml.BaseLoader)  # noqa: S506 - it makes nothing but texts
    Draft202012Validator(json.loads(printed)).validate(base)
    settings = json.loads((new / ".vscode/settings.json").read_text(encoding="utf-8"))
    assert settings["yaml.schemas"] == {"./facts.schema.json": "facts.yaml"}
    assert settings["[yaml]"]["editor.wordWrap"] == "on"  # a text has one line


def test_the_workflow_is_sound(new: Path) -> None:
    """By actionlint; and it runs commands that there are."""
    path = new / ".github" / "workflows" / "briefs.yml"
    assert actionlint(path) == []
    text = path.read_text(encoding="utf-8")
    for command in ("briefings check --github", "briefings fmt --check", "briefings build"):
        assert f"run: {command}\n" in text


def test_what_is_there_is_kept(tmp_path: Path) -> None:
    """A folder with other files is completed: each that was there is as it was, and named."""
    (tmp_path / "article.html").write_text("<p>saved</p>")
    (tmp_path / ".gitattributes").write_text("* -text\n")
    (tmp_path / ".vscode").mkdir()
    done = run("init", str(tmp_path))
    assert done.exit_code == 0
    assert (tmp_path / ".gitattributes").read_text() == "* -text\n"
    assert f"{tmp_path / '.gitattributes'}: was there, and is as it was; see that" in done.stderr
    assert ".gitattributes" not in done.stdout
    assert run("check", "--base", str(tmp_path)).exit_code == 0


@pytest.mark.parametrize("path", ["facts.yaml", DOCUMENT])
def test_a_desk_is_not_begun_twice(tmp_path: Path, path: str) -> None:
    """Where a base or the document stands, nothing at all is written."""
    (tmp_path / path).parent.mkdir(exist_ok=True)
    (tmp_path / path).write_text("mine")
    before = sorted(tmp_path.rglob("*"))
    done = run("init", str(tmp_path))
    assert done.exit_code == 2
    assert f"holds a {path} already: nothing was written" in done.stderr
    assert sorted(tmp_path.rglob("*")) == before
    assert (tmp_path / path).read_text() == "mine"


@pytest.mark.parametrize(
    "flags", [("--language", "fr,fa"), ("--language", "fr", "--language", "fa")]
)
def test_an_empty_desk_of_several_languages(tmp_path: Path, flags: tuple[str, ...]) -> None:
    """In their order: the first is that of its title."""
    done = run("init", str(tmp_path / "desk"), "--title", "Le bac", *flags)
    assert done.exit_code == 0
    assert "in UTC" in done.stderr  # the zone that is written down is no silent guess
    base = yaml.safe_load((tmp_path / "desk" / "facts.yaml").read_text(encoding="utf-8"))
    assert base["languages"] == ["fr", "fa"]
    wrong = run("init", str(tmp_path / "other"), "--title", "Le bac", "--language", "fr,françois")
    assert wrong.exit_code == 2
    assert "'françois' is no language code" in wrong.stderr


@pytest.mark.parametrize("title", ["", " ", "!!!", "x" * 10_001])
def test_a_title_that_no_base_may_have_begins_no_desk(tmp_path: Path, title: str) -> None:
    """Nor the sample, which has one of its own."""
    done = run("init", str(tmp_path / "desk"), "--title", title)
    assert done.exit_code == 2
    assert "title" in done.stderr
    assert not (tmp_path / "desk").exists()


@pytest.mark.parametrize("path", [".", "seeds", ".github"])
def test_a_desk_is_not_put_where_a_link_leads(tmp_path: Path, path: str) -> None:
    """Be it the folder itself, or one in it: nothing is written elsewhere, or at all."""
    elsewhere, desk = tmp_path / "elsewhere", tmp_path / "desk"
    elsewhere.mkdir()
    link = desk if path == "." else desk / path
    link.parent.mkdir(exist_ok=True)
    link.symlink_to("../elsewhere" if path != "." else "elsewhere")
    done = run("init", str(desk))
    assert done.exit_code == 2
    assert f"error[output-not-ours]: '{link}' is a link to '" in done.stderr
    assert "elsewhere': nothing was written" in done.stderr
    assert list(elsewhere.iterdir()) == []
    assert link.is_symlink()
    if path != ".":
        assert list(desk.iterdir()) == [link]


def test_nothing_is_put_into_a_desk_by_way_of_a_link(new: Path, tmp_path: Path) -> None:
    """A document that is captured either, where the folder of documents leads elsewhere."""
    (new / "seeds").rename(tmp_path / "elsewhere")
    (new / "seeds").symlink_to("../elsewhere")
    (tmp_path / "x.txt").write_text("The ship left the port on 4 March.", encoding="utf-8")
    before = sorted(tmp_path.joinpath("elsewhere").iterdir())
    done = run("capture", "../x.txt", "--id", "new")
    assert done.exit_code in (1, 2)
    assert "link" in done.stderr
    assert sorted(tmp_path.joinpath("elsewhere").iterdir()) == before
    assert run("init", ".").exit_code == 2


def test_no_folder_no_desk(tmp_path: Path) -> None:
    """A file in the way is named; so is one on the way; no folder is left behind."""
    (tmp_path / "file").write_text("mine")
    done = run("init", str(tmp_path / "file"))
    assert done.exit_code == 2
    assert "is not a folder" in done.stderr
    (tmp_path / ".github").write_text("mine")
    done = run("init", str(tmp_path))
    assert done.exit_code == 2
    assert "can't be written" in done.stderr
    assert sorted(each.name for each in tmp_path.iterdir()) == [".github", "file"]


def test_a_full_disk_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not even the folder."""

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(output_desk, "settle", full)
    with pytest.raises(Refused) as refused:
        begin(tmp_path / "desk")
    assert "no space left on device" in str(refused.value)
    assert list(tmp_path.iterdir()) == []


def test_somebody_else_is_quicker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that appears in between is neither overwritten nor is half a desk put around it."""
    from briefings.output.atomic import settle

    def meanwhile(paths: tuple[Path, ...]) -> None:
        (tmp_path / "facts.schema.json").write_text("theirs")
        settle(paths)

    monkeypatch.setattr(output_desk, "settle", meanwhile)
    with pytest.raises(Refused) as refused:
        begin(tmp_path)
    assert "'facts.schema.json' was written meanwhile" in str(refused.value)
    assert os.listdir(tmp_path) == ["facts.schema.json"]  # noqa: PTH208


def test_a_command_without_a_base_says_how_to_begin(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever stands in an empty folder is told."""
    monkeypatch.chdir(tmp_path)
    assert "briefings init DIR" in run("check").stderr


def test_the_schema_is_printed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Anywhere, with or without a desk."""
    monkeypatch.chdir(tmp_path)
    done = run("schema")
    assert (done.exit_code, done.stderr) == (0, "")
    assert json.loads(done.stdout)["required"] == ["format", "languages"]
