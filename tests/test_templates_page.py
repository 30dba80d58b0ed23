"""docs/templates.md says of what templates may use what the code does."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import get_args

import pytest
import templates_page
from command import desk, run
from jinja2 import Environment, meta
from page_jobs import FILES, page_jobs
from strait_desk import edition, strait

from briefings.render.html import fill
from briefings.render.html.environment import environment, render
from briefings.render.html.jobs import BriefPage, PageJob, make

__all__ = ["desk"]

TEXT = templates_page.PAGE.read_text(encoding="utf-8")
SECTIONS = {
    "brief.html.j2": "Brief",
    "source.html.j2": "Source page",
    "index.html.j2": "Front page",
    "weeks.html.j2": "List of weeks",
    "correction.html.j2": "Correction",
    "diff.html.j2": "Changes",
    "coverage.html.j2": "Coverage",
}


def _table(section: str) -> set[str]:
    """The names in the table of a section, each with its type and its meaning."""
    text = TEXT.partition(f"\n## {section}\n")[2].partition("\n## ")[0]
    return set(re.findall(r"^\| `(\w+)` \| \S.* \| \S.* \|$", text, re.MULTILINE))


def _values(value: object, seen: set[int]) -> Iterator[type]:
    """The classes of ours in a value and in all that it holds."""
    if id(value) in seen:
        return
    seen.add(id(value))
    if isinstance(value, Mapping):
        for each in value.items():
            yield from _values(each, seen)
    elif isinstance(value, tuple | list | frozenset):
        for each in value:
            yield from _values(each, seen)
    elif dataclasses.is_dataclass(value):
        yield type(value)


@pytest.fixture(scope="module")
def contexts(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[str, Mapping[str, object]]]:
    """Each template that a page of any kind is filled with, and all that it may use."""
    base = strait(tmp_path_factory.mktemp("strait"))
    jobs = page_jobs(base, edition(base))
    assert {type(job) for job in jobs.values()} == set(get_args(PageJob))
    filled: list[tuple[str, Mapping[str, object]]] = []

    def kept(templates: object, name: str, context: Mapping[str, object]) -> str:
        filled.append((name, context))
        return render(templates, name, context)  # type: ignore[arg-type] # as it was given

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fill, "render", kept)
        for job in jobs.values():
            make(environment(), job)
    return filled


def test_every_name_is_there(contexts: list[tuple[str, Mapping[str, object]]]) -> None:
    """In the table of its page or in that of all pages; and no other stands there."""
    assert {name for name, _ in contexts} == SECTIONS.keys()
    for name, context in contexts:
        assert f"| `{name}` |" in TEXT
        assert _table("Every page") | _table(SECTIONS[name]) == set(context), name


def _example(section: str) -> str:
    text = TEXT.partition(f"\n## {section}\n")[2].partition("\n## ")[0]
    (example,) = re.findall(r"```jinja\n(.*?)```", text, re.DOTALL)
    return str(example)


def test_every_name_has_an_example(contexts: list[tuple[str, Mapping[str, object]]]) -> None:
    """The example of a section uses each name of its table, and fills every page of its kind."""
    templates = environment()
    for section in ("Every page", *SECTIONS.values()):
        used = meta.find_undeclared_variables(templates.parse(_example(section)))
        assert _table(section) <= used, section
    for name, context in contexts:
        for section in ("Every page", SECTIONS[name]):
            assert templates.from_string(_example(section)).render(context).strip()


def test_every_value_is_explained(contexts: list[tuple[str, Mapping[str, object]]]) -> None:
    """Each class of ours that a context holds, with its parts, has its heading."""
    headings = set(re.findall(r"^### `(\w+)`$", TEXT, re.MULTILINE))
    kinds = {kind for _, context in contexts for kind in _values(tuple(context.values()), set())}
    assert {kind.__name__ for kind in kinds} <= headings
    links = set(re.findall(r"\]\(#(\w+)\)", TEXT))
    assert links <= {heading.lower() for heading in headings}


def test_the_values_are_those_of_the_code() -> None:
    """Made anew, they are the same: `make tables` was not forgotten."""
    assert templates_page.written(TEXT) == TEXT


def test_what_jinja_has_more_or_less_is_said() -> None:
    """Functions that come on top, and filters and functions that are taken away."""
    rules = TEXT.partition("\n## Rules\n")[2].partition("\n## ")[0]
    templates, usual = environment(), Environment(autoescape=True)
    functions = templates.globals.keys() ^ usual.globals.keys()
    filters = templates.filters.keys() ^ usual.filters.keys()
    assert {"_", "lipsum"} <= functions
    assert {"safe", "random"} == filters
    assert all(f"`{name}`" in rules for name in (*functions, *filters))


def test_the_example_builds(desk: Path, tmp_path: Path) -> None:
    """As it stands there: its statements lead to their quotes, on the screen and on paper."""
    folder = desk / "templates"
    folder.mkdir()
    (folder / "headlines.html.j2").write_text(_example("An example"), encoding="utf-8")
    done = run("build", "--template", "headlines.html.j2", "--format", "html")
    assert done.exit_code == 0, done.stderr
    for path in desk.glob("build/*.html"):
        if not path.name.startswith("index"):
            page = path.read_text(encoding="utf-8")
            links = set(re.findall(r'href="#(q\d+)"', page))
            assert links <= set(re.findall(r'id="(q\d+)"', page))
    (tmp_path / "strait").mkdir()
    base = strait(tmp_path / "strait")
    job = BriefPage(edition(base), "print", FILES, template="headlines.html.j2")
    printed = make(environment(folder), job).text
    assert 'href="#q1"' in printed
    assert 'id="q1"' in printed
