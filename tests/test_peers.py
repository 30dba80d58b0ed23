"""What other programs are given to print, when `make bench` measures them beside us."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from runpy import run_path

import pytest

PLAIN = Path(__file__).parents[1] / "benchmarks" / "plain.py"
LANGUAGES = ("en", "fa")


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The words of a brief of this desk in two languages."""
    folder = tmp_path_factory.mktemp("pages")
    asked = ["--topic=un-staff-ban", *(f"--lang={code}" for code in LANGUAGES)]
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(PLAIN.parent)
        patch.setattr(sys, "argv", [str(PLAIN), str(folder), *asked])
        run_path(str(PLAIN), run_name="__main__")
    return folder


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_peer_gets_the_same_words(pages: Path, language: str) -> None:
    """As many paragraphs, and the same links, each of which leads to a quote that is there."""
    web = (pages / f"un-staff-ban.{language}.html").read_text(encoding="utf-8")
    typst = (pages / f"un-staff-ban.{language}.typ").read_text(encoding="utf-8")
    links = re.findall(r'<a href="#q(\d+)">\1</a>', web)
    assert links == re.findall(r"#link\(<q(\d+)>\)\[\1\]", typst)
    quotes = re.findall(r'<li id="q(\d+)">', web)
    assert quotes == re.findall(r"\] <q(\d+)>$", typst, re.MULTILINE)
    assert set(links) == set(quotes)
    assert web.count("<p>") == typst.count("#par[") > len(quotes)
