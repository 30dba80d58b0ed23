"""Workers: what one of them does harms no other, and none outlives what it works for."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from functools import partial
from importlib import import_module
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest
from breadth import cases

from briefings.workers import pdfs, pool
from briefings.workers.agenda import Agenda, Errand, Limits, WorkKind
from briefings.workers.pdfs import Failed
from briefings.workers.pool import _FROM_OUTSIDE, Pool

AS_THE_PROGRAM = pdfs.start

MACHINE = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")


@pytest.fixture(autouse=True)
def _afresh(monkeypatch: pytest.MonkeyPatch) -> None:
    """Workers start as the program has it, not as other tests do."""
    monkeypatch.setattr(pdfs, "start", AS_THE_PROGRAM)


def print_pdfs(
    pages: Mapping[str, str],
    folder: Path,
    convert: pdfs.Convert,
    *,
    done: Callable[[str], object] = lambda _: None,
    workers: int | None = None,
    limits: Limits | None = None,
) -> dict[str, bytes | Failed]:
    """Have them set in a pool as a build has it; by the names of `pages`, in their order."""
    agenda, kind = Agenda(), pdfs.setting(convert, folder)
    kind = kind if limits is None else replace(kind, limits=limits)
    printed: dict[str, bytes | Failed] = {}

    def take(name: str, answer: bytes | Failed) -> None:
        printed[name] = answer
        done(name)

    for name, page in pages.items():
        pdfs.put(agenda, kind, name, page, partial(take, name))
    with Pool(workers, start=pdfs.start()) as pool:
        pool.work_off(agenda)
    return {name: printed[name] for name in pages}


VICES = """
    import os, signal, sys, time
    from pathlib import Path

    def convert(page, fonts):
        if page == "wait": time.sleep(60)
        if page == "slow": time.sleep(3)
        if page == "burn": burn()
        if page == "call": 7 ** 10 ** 9
        if page == "abort": os.abort()
        if page == "trap": os.kill(os.getpid(), signal.SIGTRAP)
        if page == "die": os.kill(os.getpid(), signal.SIGKILL)
        if page == "exit": os._exit(3)
        if page == "leave": sys.exit(3)
        if page == "memory": bytearray(2**50)
        if page == "load": raise ImportError("libx.so.5: failed to map segment from shared object")
        if page == "map": raise OSError(12, "Cannot allocate memory")
        if page == "missing": raise ImportError("libx.so.5: no such file")
        if page == "deep": deep()
        if page == "refuse": raise ValueError("it asks for /etc/passwd")
        if page == "large": return bytes(10**8)
        if page in ("worker", "who"): return str(os.getpid()).encode()
        if page == "grow": return str(len(b"x" * 2**29)).encode()
        return page.encode()

    def burn():
        while True: pass

    def deep(): return deep()

    def holding(page, fonts):
        with Path(page).open("w") as pipe:
            pipe.write("begun")
            pipe.flush()
            time.sleep(60)
            pipe.write("done")
"""


@pytest.fixture
def misbehaving(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """Converters that a worker can import by name, each with its own vice."""
    (tmp_path / "misbehaving.py").write_text(dedent(VICES), encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    yield import_module("misbehaving").convert
    with suppress(KeyError):
        del sys.modules["misbehaving"]


WAYS = (
    *("one", "two", "call", "three", "die", "abort", "trap", "exit", "four", "leave", "five"),
    *("memory", "load", "map", "missing", "deep", "refuse", "six", "large", "seven"),
)
ALL = (*WAYS, "burn")
"""A loop ends as a call that does not return: by the kernel."""


@pytest.mark.parametrize(
    ("workers", "names"),
    cases([(1, ("one", "die", "two", "memory", "three")), (2, WAYS)], (1, ALL), (2, ALL)),
)
def test_a_page_that_misbehaves_harms_no_other(
    misbehaving: Any, workers: int, names: tuple[str, ...]
) -> None:
    """A loop, a death or an exhausted worker is told by name; its neighbours are made."""
    done: list[str] = []
    printed = print_pdfs(
        {name: name for name in names},
        Path(),
        misbehaving,
        workers=workers,
        done=done.append,
        limits=Limits(1, 600, 2**30, more_time="allow more time", more_memory="allow more memory"),
    )
    assert tuple(printed) == names
    assert sorted(done) == sorted(names)
    endless = Failed("it took more than 1 seconds of processor time", ("allow more time",))
    exhausted = Failed("it took too much memory", ("allow more memory",))
    vices = {
        "burn": endless,
        "call": endless,
        "die": Failed("its process was killed by SIGKILL", (_FROM_OUTSIDE,)),
        "abort": Failed(
            "its process was killed by SIGABRT, most likely for want of memory",
            ("allow more memory",),
        ),
        "trap": Failed(
            "its process was killed by SIGTRAP, most likely for want of memory",
            ("allow more memory",),
        ),
        "exit": Failed("its process ended with status 3", ("allow more memory",)),
        "leave": Failed("its process ended with status 3", ("allow more memory",)),
        "memory": exhausted,
        "load": exhausted,
        "map": exhausted,
        "missing": Failed("libx.so.5: no such file"),
        "deep": Failed("its markup nests too deep"),
        "refuse": Failed("it asks for /etc/passwd"),
        "large": bytes(10**8),
    }
    assert printed == {name: vices.get(name, name.encode()) for name in names}


def test_a_worker_that_has_grown_makes_room_for_another(misbehaving: Any) -> None:
    """What it has made counts all the same; one that has not grown is kept.

    How large the process was that started it is not in the way.
    """
    assert len(b"x" * 2**29) == 2**29
    limits = Limits(processor=60, wall=600, memory=2**31)
    pages = {"before": "worker", "again": "worker", "grown": "grow", "after": "who"}
    printed = print_pdfs(pages, Path(), misbehaving, workers=1, limits=limits)
    assert printed["before"] == printed["again"]
    assert printed["grown"] == str(2**29).encode()
    assert printed["after"] != printed["before"]


def test_a_worker_stays_for_work_of_another_kind(misbehaving: Any) -> None:
    """It was forked with the first, and is sent the second; what it was not asked is not done.

    What it was forked with could not be sent at all: a function without a name is not pickled.
    """
    limits = Limits(processor=60, wall=600, memory=2**31)
    tasks = {"a": lambda: 1, "b": lambda: 2}
    with Pool(1, start="fork") as hired:
        first = list(hired.answers(tasks, lambda task: (task(), os.getpid()), limits))
        convert = partial(misbehaving, fonts=None)
        second = dict(hired.answers({"c": "who", "d": "refuse me"}, convert, limits))
    (_, (_, worker)), _ = first
    assert first == [("a", (1, worker)), ("b", (2, worker))]
    assert second == {"c": str(worker).encode(), "d": b"refuse me"}


def test_what_a_task_has_loaded_is_not_looked_through_after_the_next(tmp_path: Path) -> None:
    """Hardly any of it ever goes; what tasks make is looked through each time."""
    (tmp_path / "loaded_late.py").write_text("many = [[] for _ in range(5000)]", encoding="utf-8")

    def load(path: str) -> int:
        sys.path.append(path)
        import_module("loaded_late")
        return gc.get_freeze_count()

    tasks = {"load": partial(load, str(tmp_path)), "then": gc.get_freeze_count}
    limits = Limits(processor=60, wall=600, memory=2**31)
    with Pool(1, start="fork") as hired:
        counts = dict(hired.answers({**tasks, "last": gc.get_freeze_count}, _called, limits))
    assert counts["load"] + 5000 < counts["last"] <= counts["then"]


def _called(task: Callable[[], int]) -> int:
    return task()


def doubled(number: int) -> int:
    return 2 * number


def halved(number: int) -> int:
    return number // 2


@pytest.mark.parametrize(
    ("start", "workers"), cases([("fork", 3), ("spawn", 1)], ("fork", 1), ("spawn", 3))
)
def test_what_comes_up_meanwhile_is_done_too(start: Any, workers: int) -> None:
    """Of a kind that came up later, by workers that were there before; and of the first again."""
    limits = Limits(processor=60, wall=600, memory=2**31)
    doubling, halving = WorkKind(doubled, limits), WorkKind(halved, limits, rank=1)
    agenda, done = Agenda(), dict[str, int]()

    def then(name: str, kind: WorkKind, answer: int) -> None:
        done[f"{name}.{kind.rank}"] = answer
        if kind is doubling:
            agenda.put(Errand(name, answer + 6, halving, partial(then, name, halving)))
        elif name == "3":
            agenda.put(Errand("more", answer, doubling, partial(then, "more", doubling)))

    for number in range(5):
        name = str(number)
        agenda.put(Errand(name, number, doubling, partial(then, name, doubling)))
    with Pool(workers, start=start) as pool:
        pool.work_off(agenda)
    whole = {f"{number}.0": 2 * number for number in range(5)}
    whole |= {f"{number}.1": number + 3 for number in range(5)}
    assert done == {**whole, "more.0": 12, "more.1": 9}


def test_whose_turn_it_is() -> None:
    """The higher rank, then the larger, then the earlier; no more of a kind than pay at once."""
    limits = Limits(processor=60, wall=600, memory=2**31)
    first, second = WorkKind(doubled, limits, most=2), WorkKind(doubled, limits, rank=1)
    agenda = Agenda(
        Errand(name, 0, kind, size=size)
        for name, kind, size in (
            *(("a", first, 1), ("b", first, 3), ("c", first, 3), ("d", first, 2)),
            *(("e", second, 0), ("f", first, 0)),
        )
    )
    taken: list[Errand] = []
    while (number := agenda.next(taken)) is not None:
        taken.append(agenda.take(number))
    assert [task.name for task in taken] == ["e", "b", "c"]
    agenda.drop(lambda task: task.name == "d")
    assert [agenda.take(agenda.next() or 0).name for _ in range(2)] == ["a", "f"]
    assert agenda.next() is None


def test_the_longest_page_is_set_first(misbehaving: Any) -> None:
    """So that none is left alone at the end; the answers keep the order of the question."""
    done: list[str] = []
    pages = {"short": "a", "long": "aaa", "other": "aa"}
    printed = print_pdfs(pages, Path(), misbehaving, workers=1, done=done.append)
    assert done == ["long", "other", "short"]
    assert list(printed) == list(pages)


def test_a_page_is_judged_by_the_work_that_it_makes(misbehaving: Any) -> None:
    """On a busy machine the same page takes longer: that alone is no fault of it."""
    limits = Limits(processor=1, wall=600, memory=2**30)
    printed = print_pdfs({"slow": "slow"}, Path(), misbehaving, limits=limits)
    assert printed == {"slow": b"slow"}


def test_a_page_that_waits_without_end_is_given_up(misbehaving: Any) -> None:
    """It takes no processor time, but somebody waits for it."""
    limits = Limits(processor=60, wall=1, memory=2**30)
    printed = print_pdfs({"wait": "wait"}, Path(), misbehaving, limits=limits)
    assert printed == {"wait": Failed("it took longer than 1 seconds")}


ORPHANS = """
    import sys
    from functools import partial
    from pathlib import Path
    from briefings.workers.pool import Limits, answers
    from misbehaving import holding

    if __name__ == "__main__":
        work = partial(holding, fonts=None)
        list(answers({"page": sys.argv[2]}, work, Limits(60, 600, 2**30), start=sys.argv[1]))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="no other kernel ends a child with its parent")
@pytest.mark.parametrize("start", ["spawn", "fork"])
@pytest.mark.usefixtures("misbehaving")
def test_a_worker_ends_with_who_hired_it(tmp_path: Path, start: str) -> None:
    """Killed with no time to say so; nobody is left behind who computes for nobody."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    (tmp_path / "orphans.py").write_text(dedent(ORPHANS), encoding="utf-8")
    path = os.pathsep.join([str(tmp_path), str(Path(pool.__file__).parents[2])])
    command = [sys.executable, str(tmp_path / "orphans.py"), start, str(pipe)]
    with (
        subprocess.Popen(command, env={**os.environ, "PYTHONPATH": path}) as parent,
        pipe.open() as heard,
    ):
        assert heard.read(5) == "begun"
        parent.kill()
        assert heard.read() == ""


def test_workers_are_no_more_than_there_is_memory_for(
    misbehaving: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """If each took all that it may; one there always is."""
    assert pool._affordable(MACHINE // 2) == 2
    assert pool._affordable(MACHINE * 2) == 1
    monkeypatch.setattr(pool, "_affordable", lambda _: 1)
    pages = dict.fromkeys(("one", "two", "three"), "worker")
    assert len(set(print_pdfs(pages, Path(), misbehaving, workers=3).values())) == 1


def test_no_page_needs_no_worker() -> None:
    """A build of HTML alone starts no process."""
    assert print_pdfs({}, Path(), lambda *_: b"") == {}
