"""Shipped templates are compiled once, and what is kept of them never changes a page."""

from __future__ import annotations

import sys
from importlib.util import cache_from_source
from pathlib import Path

import jinja2
import pytest

from briefings.render.html import compiled
from briefings.render.html.environment import environment

TEMPLATE = "macros.html.j2"


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of bytecode, one that is empty."""
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path / "bytecode"))
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    folder = Path(cache_from_source(compiled.__file__)).parent
    folder.mkdir(parents=True)
    return folder


@pytest.fixture
def compilations(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The text of each template that is compiled."""
    texts: list[str] = []
    compile_anew = jinja2.Environment.compile

    def counted(self: jinja2.Environment, source: str, *rest: object) -> object:
        texts.append(source)
        return compile_anew(self, source, *rest)  # type: ignore[call-overload]  # as it was called

    monkeypatch.setattr(jinja2.Environment, "compile", counted)
    return texts


def _entries(kept: Path) -> list[Path]:
    """What is kept of templates; Python keeps its own beside it."""
    return list(kept.glob("template-*"))


def test_a_shipped_template_is_compiled_once(kept: Path, compilations: list[str]) -> None:
    """The next environment, as of the next run, takes what the first has kept."""
    environment().get_template(TEMPLATE)
    environment().get_template(TEMPLATE)
    assert len(compilations) == len(_entries(kept)) == 1


def test_a_template_of_a_desk_is_not_kept(
    kept: Path, compilations: list[str], tmp_path: Path
) -> None:
    """What it holds is the desk's, and stays there."""
    desk = tmp_path / "templates"
    desk.mkdir()
    (desk / TEMPLATE).write_text("Ours", encoding="utf-8")
    assert environment(desk).get_template(TEMPLATE).render() == "Ours"
    assert environment(desk).get_template(TEMPLATE).render() == "Ours"
    assert compilations == ["Ours", "Ours"]
    assert not _entries(kept)


@pytest.mark.parametrize("part", [0, 10, 1000], ids=["empty", "in its head", "in its code"])
def test_bytecode_that_was_cut_off_is_made_anew(
    kept: Path, compilations: list[str], part: int
) -> None:
    """It is no trouble, and whole again afterwards."""
    environment().get_template(TEMPLATE)
    (entry,) = _entries(kept)
    entry.write_bytes(entry.read_bytes()[:part])
    environment().get_template(TEMPLATE)
    environment().get_template(TEMPLATE)
    assert len(compilations) == 2
    assert _entries(kept) == [entry]


def test_bytecode_of_another_sandbox_is_made_anew(
    kept: Path, compilations: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """How templates are compiled is a rule of safety: it holds for what was kept before it."""
    environment().get_template(TEMPLATE)
    monkeypatch.setattr(compiled, "_compiler", lambda: "another")
    environment().get_template(TEMPLATE)
    assert len(compilations) == 2
    assert len(_entries(kept)) == 1


def test_python_is_told_to_keep_no_bytecode(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As `PYTHONDONTWRITEBYTECODE` says it."""
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    environment().get_template(TEMPLATE)
    assert not _entries(kept)


def test_a_folder_that_is_not_there_is_no_trouble(
    kept: Path, compilations: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of an installation that belongs to somebody else, Python may keep nothing either."""
    monkeypatch.setattr(sys, "pycache_prefix", str(kept / "nowhere"))
    environment().get_template(TEMPLATE)
    environment().get_template(TEMPLATE)
    assert len(compilations) == 2
