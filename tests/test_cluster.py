"""A build on a cluster: the same bytes, whoever is lost on the way; a word where it can't be."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import partial
from logging import WARNING
from pathlib import Path
from shutil import copytree
from textwrap import dedent

import pytest
from built_desks import HARBOUR
from cluster_members import forks, member, scheduler, work
from command import run
from hypothesis import given
from hypothesis import strategies as st
from test_alike import HARMLESS, changed, drawn_settings
from test_pool import VICES

from briefings.check import parts
from briefings.cluster import executor
from briefings.cluster.executor import Cluster
from briefings.core.diagnostics import Refused
from briefings.core.model import TopicId
from briefings.desk.check_cache import check_cache
from briefings.desk.checked import check_anew
from briefings.desk.read_cache import load_cached
from briefings.load import parallel
from briefings.load.desk import load
from briefings.plan.request import BriefRequest, Request
from briefings.run.build import Built, build
from briefings.workers.pool import _FROM_OUTSIDE, Failed, Limits, Pool

pytestmark = [
    # Nothing that was made here is to pass for what a cluster makes.
    pytest.mark.usefixtures("workers"),
    # Of the client's own: what it opens it closes when it is collected.
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


@pytest.fixture(scope="module", autouse=True)
def _forks() -> Iterator[None]:
    with forks():
        yield


@contextmanager
def by_command(address: str, folder: Path, path: Path) -> Iterator[None]:
    """A worker of one thread, started as on another machine; `path` is as for `work`."""
    words = ("worker", address, "--threads", "1", "--folder", str(folder))
    environment = {**os.environ, "PYTHONPATH": str(path)}
    environment |= {"DASK_DISTRIBUTED__WORKER__MEMORY__TERMINATE": "False"}
    command = [sys.executable, "-m", "briefings", *words]
    with subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL) as running:
        try:
            yield
        finally:
            running.kill()


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a cluster with two workers, who can load a module of many vices."""
    folder = tmp_path_factory.mktemp("workers")
    (folder / "misbehaving.py").write_text(dedent(VICES), encoding="utf-8")
    with (
        scheduler() as (address, _),
        member(work, address, folder / "1", folder),
        by_command(address, folder / "2", folder),
    ):
        yield address


HOUSE = """\
{% extends "brief.html.j2" %}
{% block body %}
{% if medium == "screen" %}{{ super() }}{% else %}<h1>{{ title }}</h1>{% endif %}
{% endblock %}
"""
"""A template of a house of its own; one sheet shows as well as many that they are the same."""


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A desk with a template and a font of its own, and a marking that files are searched for."""
    base = copytree(HARBOUR.parent, tmp_path / "desk") / "facts.yaml"
    fonts = base.parent / "templates" / "fonts"
    fonts.mkdir(parents=True)
    ours = next(Path(__file__).parents[1].joinpath("templates/fonts").glob("*.ttf"))
    (fonts / "own.ttf").write_bytes(ours.read_bytes())
    (fonts.parent / "house.html.j2").write_text(HOUSE, encoding="utf-8")
    return base


def built_on(
    base: Path,
    out: Path,
    cluster: str | None,
    formats: tuple[str, ...] = ("html",),
    on_step: Callable[[str], None] = lambda _: None,
) -> Built:
    """What a build comes to; `told` is told of each step."""

    def steps(step: str, _done: int = 0, _of: int = 0, /) -> None:
        on_step(step)

    brief = BriefRequest((TopicId("tarn-cannery"),), template="house.html.j2")
    request = Request(base, out, brief, formats=formats, cluster=cluster)
    return build(request, today=lambda _: date(2024, 3, 10), progress=steps)


def test_what_a_cluster_makes_is_what_this_machine_makes(
    desk: Path, two: str, tmp_path: Path
) -> None:
    """To the byte, with templates and fonts of the desk's own; nothing of it is made here."""
    near = built_on(desk, tmp_path / "near", None, ("html", "pdf"))
    far = built_on(desk, tmp_path / "far", two, ("html", "pdf"))
    assert far.notes == ()
    assert far.files == near.files
    assert content(tmp_path / "far") == content(tmp_path / "near")


@drawn_settings(1, 20)
@given(data=st.data())
def test_a_cluster_makes_the_same_after_any_edits(
    data: st.DataObject, desk: Path, two: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """To the byte, whatever the base says by now."""
    folder = tmp_path_factory.mktemp("builds")
    base = copytree(desk.parent, folder / "desk") / desk.name
    base.write_text(changed(data, base.read_text(encoding="utf-8"), HARMLESS), encoding="utf-8")
    near = built_on(base, folder / "near", None)
    far = built_on(base, folder / "far", two)
    assert far.notes == ()
    assert far.files == near.files
    assert content(folder / "far") == content(folder / "near")


def test_a_base_is_checked_in_parts_with_the_same_verdicts(
    two: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever is wrong in it; and what is kept for the next check is the same too."""
    monkeypatch.setattr(parts, "_FACTS", 3)
    base = copytree(HARBOUR.parent, tmp_path / "desk") / "facts.yaml"
    head, facts = base.read_text(encoding="utf-8").split("\nfacts:")
    for word in ("the ", " on ", " 4"):
        base.write_text(f"{head}\nfacts:" + facts.replace(word, " 7 ", 9), encoding="utf-8")
        loaded = load(base)
        assert loaded.base is not None
        near = check_anew(loaded, base, tmp_path / "near")
        _, named = parts.parts(loaded.base, loaded.documents, {})
        assert len(named) > 1
        with Pool(1, start="spawn") as local, Cluster.at(two, None, local) as cluster:
            far = check_anew(loaded, base, tmp_path / "far", cluster)
            assert cluster.notes == []
        assert far == near
        assert near.diagnostics
        last = [check_cache(base, tmp_path / cache).clearances.last for cache in ("near", "far")]
        assert last[0] == last[1]


def test_a_base_in_many_files_is_read_in_parts(
    two: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And is the base that this machine reads, which reads none of those entries again."""
    monkeypatch.setattr(parallel, "_LETTERS", 1)
    monkeypatch.setattr(parallel, "_common", lambda _: 0)
    base = copytree(HARBOUR.parent, tmp_path / "desk") / "facts.yaml"
    head, entry, facts = base.read_text(encoding="utf-8").partition("\nfacts:\n")
    first, second, rest = facts.split("\n  - id: ", 2)
    base.write_text(f"{head}\ninclude: [parts/*.yaml]\n", encoding="utf-8")
    (base.parent / "parts").mkdir()
    for name, text in (("a", first), ("b", f"  - id: {second}"), ("c", f"  - id: {rest}")):
        path = base.parent / "parts" / f"{name}.yaml"
        path.write_text(f"{entry[1:]}{text}\n", encoding="utf-8")
    with Pool(1, start="spawn") as local, Cluster.at(two, None, local) as cluster:
        far = load_cached(base, tmp_path / "far", cluster)
        assert cluster.notes == []
    assert far == load_cached(base, tmp_path / "near")
    kept = [content(tmp_path / cache).keys() for cache in ("far", "near")]
    assert kept[0] == kept[1]


def test_a_mistake_in_a_template_is_told_by_its_place_here(
    desk: Path, two: str, tmp_path: Path
) -> None:
    """The worker has that template elsewhere."""
    (desk.parent / "templates" / "house.html.j2").write_text("\n{{ nothing }}", encoding="utf-8")
    messages = []
    for cluster in (None, two):
        with pytest.raises(Refused) as refused:
            built_on(desk, tmp_path / "out", cluster)
        messages.append((refused.value.diagnostics, refused.value.texts))
    assert messages[0] == messages[1]
    assert not (tmp_path / "out").exists()


def test_templates_that_can_not_be_sent_are_filled_here(
    desk: Path, two: str, tmp_path: Path
) -> None:
    """A link among them is followed nowhere, and the build says what it says without a cluster."""
    (desk.parent / "templates" / "linked.css").symlink_to("/etc/passwd")
    near = built_on(desk, tmp_path / "near", None)
    far = built_on(desk, tmp_path / "far", two)
    assert "was not used: its templates can't be read" in far.notes[0]
    assert near.files == far.files
    assert content(tmp_path / "far") == content(tmp_path / "near")


def test_limits_of_a_page_hold_on_a_worker(two: str, tmp_path: Path) -> None:
    """A loop, an exhausted or a dead process is told by name; its neighbours are made."""
    (tmp_path / "misbehaving.py").write_text(dedent(VICES), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(tmp_path)
        from misbehaving import convert  # type: ignore[import-not-found] # written above

        work = partial(convert, fonts=None)
        tasks = {name: name for name in ("one", "burn", "memory", "die", "two")}
        with Pool(1, start="spawn") as local, Cluster.at(two, None, local) as cluster:
            answers = dict(cluster.answers(tasks, work, Limits(1, 600, 2**31)))
            assert cluster.notes == []
    assert answers == {
        "one": b"one",
        "burn": Failed("it took more than 1 seconds of processor time"),
        "memory": Failed("it took too much memory"),
        "die": Failed("its process was killed by SIGKILL", (_FROM_OUTSIDE,)),
        "two": b"two",
    }


def test_what_is_lost_on_the_way_loses_nothing(
    desk: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """A worker, killed when the first page is filled: the other one does its tasks.

    Then the cluster: the rest is left to this machine, with a word on it.
    """
    near = built_on(desk, tmp_path / "near", None)
    with (
        scheduler() as (address, running),
        member(work, address, tmp_path / "1") as first,
        member(work, address, tmp_path / "2"),
    ):
        wait_for(address, 2)
        far = built_on(desk, tmp_path / "far", address, on_step=at_first_page(first.kill))
        alone = built_on(desk, tmp_path / "alone", address, on_step=at_first_page(running.kill))
    assert far.notes == ()
    gone = f"the cluster is gone: what {address} had not done was done on this machine"
    assert alone.notes == (gone,)
    assert [each.getMessage() for each in caplog.records if each.levelno >= WARNING] == []
    assert near.files == far.files == alone.files
    assert content(tmp_path / "near") == content(tmp_path / "far") == content(tmp_path / "alone")


def test_a_worker_of_another_version_is_refused(tmp_path: Path, desk: Path) -> None:
    """With a word; where there is no other, the build is."""
    other = ("0.0.1", "")
    with scheduler() as (address, _), member(work, address, tmp_path / "0", None, other):
        wait_for(address, 1)
        with pytest.raises(Refused) as refused:
            built_on(desk, tmp_path / "far", address)
        (why,) = refused.value.diagnostics
        assert (refused.value.status, why.code) == (1, "cluster-unusable")
        assert "was not used: it has briefings 0.0.1, and this is " in why.message
        assert not (tmp_path / "far").exists()
        with member(work, address, tmp_path / "1"):
            wait_for(address, 2)
            (note,) = built_on(desk, tmp_path / "far", address).notes
            assert "it has briefings 0.0.1" in note


@pytest.mark.parametrize(
    ("address", "status", "told"),
    [
        ("tcp://127.0.0.1:1", 1, "there is no cluster at tcp://127.0.0.1:1"),
        ("tls://127.0.0.1:1", 1, "asks for certificates, and dask's configuration names none"),
        ("ucx://127.0.0.1:1", 2, "is no address of a scheduler"),
    ],
)
def test_a_worker_of_no_cluster_says_so_and_leaves_nothing(
    address: str, status: int, told: str, tmp_path: Path
) -> None:
    """Neither the way through dask's code nor a folder of its own."""
    done = subprocess.run(
        [sys.executable, "-c", _HASTY, "worker", address],
        env={**os.environ, "TMPDIR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, told in done.stderr) == (status, True), done.stderr
    assert "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []


_HASTY = """
from briefings.cluster import serve
serve._WAIT = "1s"
from briefings.cli import main
main()
"""


def test_a_cluster_that_is_not_there_is_told(
    desk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody answers; nothing is written."""
    monkeypatch.setattr(executor, "_CONNECT", 1)
    with pytest.raises(Refused) as refused:
        built_on(desk, tmp_path / "far", "tcp://127.0.0.1:1")
    (why,) = refused.value.diagnostics
    assert (refused.value.status, why.message) == (1, "there is no cluster at tcp://127.0.0.1:1")
    assert not (tmp_path / "far").exists()


def test_a_cluster_without_certificates_is_told(desk: Path, tmp_path: Path) -> None:
    """Before dask begins to connect: what it leaves behind would speak of itself at the end."""
    with pytest.raises(Refused) as refused:
        built_on(desk, tmp_path / "far", "tls://127.0.0.1:1")
    (why,) = refused.value.diagnostics
    assert "asks for certificates" in why.message
    assert not (tmp_path / "far").exists()


@pytest.mark.parametrize(
    "address",
    ["host:8786", "http://host:8787", "tcp://host", "tls://host:x", "tcp://[::1", "tcp://a b:1"],
)
def test_an_address_of_no_scheduler(desk: Path, address: str) -> None:
    """Such as that of its web page, or one without a port."""
    done = run("build", "--base", str(desk), "--cluster", address)
    assert done.exit_code == 2
    assert f"'{address}' is no address of a scheduler" in " ".join(done.stderr.split())
    assert "tcp://host:8786" in done.stderr


def content(folder: Path) -> dict[str, bytes]:
    """Each file that stands there."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


def at_first_page(act: Callable[[], None]) -> Callable[[str], None]:
    """Does something once, when a page is filled."""
    left = [act]

    def on_step(step: str) -> None:
        if step.startswith("filled ") and left:
            left.pop()()

    return on_step


def wait_for(address: str, workers: int) -> None:
    """Until so many have come."""
    from distributed import Client

    with Client(address, set_as_default=False) as client:
        client.wait_for_workers(workers, timeout=60)
