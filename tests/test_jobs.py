"""Pages to be made, as values: they can be sent away, and each tells what it was made with."""

from __future__ import annotations

import pickle
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from page_jobs import FILES, page_jobs

from briefings.core.edition import Edition
from briefings.core.model import CheckedBase, Marking
from briefings.core.overriding import override
from briefings.make.produce import Jobs, Labels, produce
from briefings.render.html import fill
from briefings.render.html.environment import environment, render, shipped
from briefings.render.html.jobs import BriefPage, Page, PageJob, make
from briefings.verify.remake import carrying
from briefings.workers import templates as workers
from briefings.workers.agenda import Agenda
from briefings.workers.batch import TemplateFault
from briefings.workers.pool import Executor, Pool, Results
from briefings.workers.templates import TemplateRunner

pytestmark = pytest.mark.usefixtures("workers")


@pytest.fixture(scope="module")
def wanted(strait_base: CheckedBase, strait_week: Edition) -> Mapping[str, PageJob]:
    return page_jobs(strait_base, strait_week)


@pytest.fixture(scope="module")
def filled(wanted: Mapping[str, PageJob]) -> Mapping[str, Page]:
    """All of them, made one after the other in one worker."""
    done = TemplateRunner(None, Path(), ()).fill(wanted)
    assert not isinstance(done, TemplateFault)
    return done


def made(
    runner: TemplateRunner, jobs: Mapping[str, PageJob], workers: int
) -> dict[str, Page] | TemplateFault:
    """Pages as a build fills them, by so many at once."""
    pages: dict[str, Page] = {}
    agenda = Agenda()
    batch = runner.put(jobs, agenda, pages.__setitem__)
    with Pool(workers, start="fork") as pool:
        pool.work_off(agenda)
    return batch.fault() or pages


def test_a_job_can_be_sent_away(wanted: Mapping[str, PageJob], filled: Mapping[str, Page]) -> None:
    """What comes out of the other end is the same, and makes the same page."""
    for name, job in wanted.items():
        received = pickle.loads(pickle.dumps(job))  # noqa: S301 # written in the line itself
        assert received == job
        assert make(environment(), received).text == filled[name].text


def test_data_may_be_made_where_the_page_is(
    strait_week: Edition, filled: Mapping[str, Page]
) -> None:
    """It is the page that has them from the start."""
    brief = BriefPage(strait_week, "screen", FILES)
    whole = replace(brief, data=carrying(brief, own_templates=False))
    assert make(environment(), whole).text == filled["carrying"].text


def test_pages_of_several_workers_are_those_of_one(
    wanted: Mapping[str, PageJob], filled: Mapping[str, Page], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whichever is made first, each with what was read for it."""
    monkeypatch.setattr(workers, "_PAGES_OF_ONE", 1)
    assert made(TemplateRunner(None, Path(), ()), wanted, 3) == filled


class Alone(Executor):
    """Does one thing after the other, and sets no PDF."""

    def __init__(self) -> None:
        self.done: list[str] = []

    @override
    def results(self, agenda: Agenda) -> Results:
        """What comes of all tasks, in the order of the agenda."""
        while (number := agenda.next()) is not None:
            errand = agenda.take(number)
            is_set = isinstance(errand.value, str)
            self.done.append(f"{'set' if is_set else 'filled'} {errand.name}")
            yield errand, b"%PDF-" if is_set else errand.kind.work(errand.value)


def test_no_stage_waits_for_another(wanted: Mapping[str, PageJob], strait_week: Edition) -> None:
    """One page of each mould first; a PDF as soon as its page is there; screens in the end."""
    screen, printed = (BriefPage(strait_week, medium, FILES) for medium in ("screen", "print"))
    jobs = {
        "a.html": screen,
        "b.html": screen,
        "index.html": wanted["front"],
        "a.pdf": printed,
        "b.pdf": printed,
    }
    alone, steps = Alone(), list[tuple[str, int, int]]()

    def note(step: str, done: int = 0, of: int = 0, /) -> None:
        steps.append((step, done, of))

    whole = Jobs(TemplateRunner(None, Path(), ()), jobs)
    files = produce(whole, None, Labels({}, Marking.CLEAR), progress=note, pool=alone)
    assert [file.path for file in files] == sorted(jobs)
    assert alone.done == [
        *("filled a.pdf", "set a.pdf", "filled a.html", "filled index.html"),
        *("filled b.pdf", "set b.pdf", "filled b.html"),
    ]
    counted = [(step, number, 7) for number, step in enumerate(alone.done, 1)]
    assert steps == [("filling the pages", 0, 7), *counted]


def test_the_first_fault_is_told_whichever_worker_is_first(
    strait_week: Edition, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A page that fails at once does not go before one that fails after long work."""
    monkeypatch.setattr(workers, "_PAGES_OF_ONE", 1)
    slow = "{% for n in range(90000) %}{% endfor %}{{ nothing_of_the_kind }}"
    (tmp_path / "slow.html.j2").write_text(slow, encoding="utf-8")
    (tmp_path / "quick.html.j2").write_text("{{ nor_this }}", encoding="utf-8")
    jobs = {
        name: BriefPage(strait_week, "screen", FILES, template=f"{name}.html.j2")
        for name in ("slow", "quick")
    }
    fault = made(TemplateRunner(tmp_path, tmp_path, ()), jobs, 2)
    assert isinstance(fault, TemplateFault)
    assert "nothing_of_the_kind" in fault.diagnostic.message


def test_a_page_tells_what_it_alone_was_made_with(
    wanted: Mapping[str, PageJob], filled: Mapping[str, Page]
) -> None:
    """Not what others of the same run were, though their templates were compiled already."""
    reads = {name: page.reads for name, page in filled.items()}
    for name, job in wanted.items():
        alone = TemplateRunner(None, Path(), ()).fill({name: job})
        assert not isinstance(alone, TemplateFault)
        assert reads[name] == alone[name].reads
    assert {"templates/page.js", "templates/macros.html.j2"} <= reads["screen"].keys()
    assert "templates/fonts/latin.css" in reads["screen"]
    assert "templates/page.js" not in reads["source"]
    assert "templates/brief.html.j2" not in reads["front"]
    for each in reads.values():
        for path, digest in each.items():
            file = shipped() / path.removeprefix("templates/")
            assert sha256(file.read_bytes()).hexdigest() == digest


def test_a_page_with_arabic_letters_is_made_once(
    strait_week: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It gets its face afterwards, to the byte as if that had been known before."""
    names: list[str] = []

    def counted(*arguments: Any) -> str:
        names.append(render(*arguments))
        return names[-1]

    monkeypatch.setattr(fill, "render", counted)
    once = make(environment(), BriefPage(strait_week, "screen", FILES))
    assert "سخنگوی" in once.text
    assert len(names) == 1
    monkeypatch.setattr(fill, "_exchanged", lambda *_: None)
    twice = make(environment(), BriefPage(strait_week, "screen", FILES))
    assert len(names) == 3
    assert once == twice


def test_a_template_may_do_more_with_its_style(strait_week: Edition, tmp_path: Path) -> None:
    """Then nothing is put in its place that it did not ask for: the page is made again."""
    named = "'sha256-{{ style_digest }}'"
    policy = f"default-src 'none'; style-src {named}; base-uri 'none'; form-action 'none'"
    head = f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    (tmp_path / "brief.html.j2").write_text(
        f"{head}<style>{{{{ style }}}}</style>{{{{ style | length }}}} ش {named}", encoding="utf-8"
    )
    page = make(environment(tmp_path), BriefPage(strait_week, "screen", FILES)).text
    style, rest = page.partition("<style>")[2].split("</style>")
    digest = b64encode(sha256(style.encode()).digest()).decode()
    assert rest == f"{len(style)} ش 'sha256-{digest}'"
