"""Kill, starve and crowd `build`, `issue` and `weekly`, and look at what each leaves behind.

    python benchmarks/kills.py [--instants 300] [--every 1] [--crowds 100] [--crowd 20] [--seed 1]

Each trial is a copy of the harbour desk that holds an earlier edition, and files and empty folders
of the user's. A command runs there, for web pages only, and is broken: killed at a random instant
(`--instants`, shared by the three commands); or at each call in turn that changes the disk (at
every so-many-th with `--every`), where it is killed, killed halfway through a write, told ENOSPC,
EIO or EACCES, or finds the disk full from there on. Or many of it run at once (`--crowds`).

Afterwards the output holds the earlier edition or the new one, whole; a command that ended by
itself left what its exit code says; records and output agree, or `check` says that an issue was cut
short; and no process of it is left. Then the same command runs again, and all is as if nothing had
happened: the new edition, nothing beside it, what is the user's as it was, and nothing in the cache
whose digest does not hold. Exit code 1 if anything was otherwise.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path
from typing import TypeAlias

from broken_calls import WAYS, Breaking  # beside this program, as are the next
from children import ended, outlives
from loaded import remember, remembering, warm

from briefings import cli
from briefings.cli.repeat import CACHE_VARIABLE
from briefings.output.store import Store

HARBOUR = Path(__file__).resolve().parents[1] / "tests" / "desk_harbour"
Tree: TypeAlias = Mapping[str, bytes | None]
"""What stands in a folder, by path; None for a folder."""

_PAGES = ("--format", "html")
_TOPICS = ("--topic", "basin-closure", "--topic", "tarn-cannery")


@dataclass(frozen=True, slots=True)
class Command:
    """What makes the earlier edition, what makes the new one, and what of it is put at once."""

    name: str
    earlier: tuple[str, ...]
    later: tuple[str, ...]
    wholes: tuple[str, ...]


COMMANDS = (
    Command("build", ("build", *_PAGES), ("build", *_PAGES), ("build/",)),
    Command(
        "issue",
        ("issue", *_PAGES, *_TOPICS, "--as-of", "2024-03-09"),
        ("issue", *_PAGES, *_TOPICS, "--as-of", "2024-03-10"),
        ("build/",),
    ),
    Command(
        "weekly",
        ("weekly", *_PAGES, "--week", "2024-W10"),
        ("weekly", *_PAGES, "--week", "2024-W10"),
        ("weekly/2024-W10/", "weekly/index.html"),
    ),
)


@dataclass(slots=True)
class Tally:
    """What was tried, what it came to, and what was not as it should be."""

    trials: Counter[str] = field(default_factory=Counter)
    outcomes: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)


def main() -> int:
    """A line for each command and way; then each fault."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--instants", type=int, default=300, help="random instants to kill at")
    parser.add_argument("--every", type=int, default=1, help="break every so-many-th call")
    parser.add_argument("--crowds", type=int, default=100, help="how often many run at once")
    parser.add_argument("--crowd", type=int, default=20, help="how many these are")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--command", action="append", help="only this; repeatable")
    given = parser.parse_args()
    tally = Tally()
    chance = random.Random(given.seed)  # noqa: S311 # nothing is to be kept secret
    chosen = [each for each in COMMANDS if each.name in (given.command or [each.name])]
    with tempfile.TemporaryDirectory() as scratch:
        warm(HARBOUR)
        instants, crowds = (shares(each, len(chosen)) for each in (given.instants, given.crowds))
        for number, command in enumerate(chosen):
            scene = Scene(Path(scratch) / command.name, command)
            _at_instants(scene, instants[number], chance, tally)
            _at_calls(scene, given.every, chance, tally)
            _crowded(scene, crowds[number], given.crowd, tally)
            print(f"{command.name}: {scene.calls} calls, {scene.seconds:.2f} s", flush=True)
    for name, count in tally.trials.items():
        outcomes = (
            f"{number} {outcome.partition(': ')[2]}"
            for outcome, number in tally.outcomes.items()
            if outcome.startswith(f"{name}: ")
        )
        print(f"{name:28}{count:>6}   {', '.join(sorted(outcomes))}")
    print(f"{tally.trials.total()} trials, {len(tally.faults)} faults")
    for fault in tally.faults:
        print(fault)
    return 1 if tally.faults else 0


def shares(count: int, among: int) -> list[int]:
    """So many as equally as can be: of a hundred, three get 34, 33 and 33."""
    return [(count + among - 1 - number) // among for number in range(among)]


class Scene:
    """A desk that holds an earlier edition, as often as it is asked for, and what should come."""

    def __init__(self, root: Path, command: Command) -> None:
        self.root = root
        self.command = command
        self.kept = root / "kept"
        self.now = root / "now"
        desk = Path(shutil.copytree(HARBOUR, self.kept / "desk"))
        _users_own(desk)
        _expect(0, self.run(command.earlier, self.kept), self.kept)
        facts = desk / "facts.yaml"
        text = facts.read_text(encoding="utf-8")
        facts.write_text(text.replace("The harbour of", "The port of"), encoding="utf-8")
        self.before = tree(desk)
        self.set_up()
        with remembering():
            _expect(0, self.in_here(command.later), self.now)
        self.set_up()
        began = time.monotonic()
        _expect(0, self.run(command.later), self.now)
        self.seconds = time.monotonic() - began
        self.set_up()
        _expect(0, self.run(command.later, breaking=Breaking()), self.now)
        self.calls = int((self.now / "calls").read_text())
        self.after = tree(self.now / "desk")

    def set_up(self) -> None:
        """Put the desk back to the earlier edition."""
        shutil.rmtree(self.now, ignore_errors=True)
        shutil.copytree(self.kept, self.now)

    def in_here(self, words: Sequence[str]) -> int:
        """Run a command in this process, of which its children then have all that it loaded."""
        os.chdir(self.now / "desk")
        os.environ[CACHE_VARIABLE] = str(self.now / "cache")
        with redirect_stdout(StringIO()), redirect_stderr(StringIO()):
            return cli._status(list(words))  # noqa: SLF001 # the program but for its own exit

    def start(
        self, words: Sequence[str], home: Path | None = None, breaking: Breaking | None = None
    ) -> int:
        """Run a command in a process of its own, which was forked and has all loaded."""
        home = home or self.now
        child = os.fork()
        if child == 0:
            _be_the_command(words, home, breaking)
        return child

    def run(
        self, words: Sequence[str], home: Path | None = None, breaking: Breaking | None = None
    ) -> int:
        """Run a command to its end; its exit code, below 0 for the signal that killed it."""
        return ended(self.start(words, home, breaking))


def _be_the_command(words: Sequence[str], home: Path, breaking: Breaking | None) -> None:
    os.setsid()
    os.chdir(home / "desk")
    os.environ[CACHE_VARIABLE] = str(home / "cache")
    printed = os.open(home / "printed", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.dup2(printed, 1)
    os.dup2(printed, 2)
    if breaking is not None:
        remember()
        breaking.begin()
    status = cli._status(list(words))  # noqa: SLF001 # the program but for its own exit
    sys.stdout.flush()
    sys.stderr.flush()
    if breaking is not None:
        with (home / "calls").open("w") as file:
            file.write(str(breaking.count))
    os._exit(status)


def _users_own(desk: Path) -> None:
    """What the user keeps beside our files, and nothing may touch."""
    for folder in ("empty", "weekly/empty", "issued/empty", ".hidden"):
        (desk / folder).mkdir(parents=True)
    for file in ("notes.txt", "weekly/notes.txt", "issued/notes.txt", ".hidden/.build"):
        (desk / file).write_text("the user's own", encoding="utf-8")


def _at_instants(scene: Scene, count: int, chance: random.Random, tally: Tally) -> None:
    name = f"{scene.command.name}, random instant"
    for _ in range(count):
        scene.set_up()
        child = scene.start(scene.command.later)
        delay = chance.uniform(0, scene.seconds * 1.5)
        time.sleep(delay)
        os.kill(child, signal.SIGKILL)
        _judge(scene, name, f"after {delay:.4f} s", ended(child), tally, child)


def _at_calls(scene: Scene, every: int, chance: random.Random, tally: Tally) -> None:
    for way in WAYS:
        name = f"{scene.command.name}, {way}"
        for turn in range(1 + chance.randrange(every), scene.calls + 1, every):
            scene.set_up()
            child = scene.start(scene.command.later, breaking=Breaking(turn, way))
            _judge(scene, name, f"at call {turn}", ended(child), tally, child)


def _crowded(scene: Scene, count: int, size: int, tally: Tally) -> None:
    name = f"{scene.command.name}, {size} at once"
    for number in range(count):
        scene.set_up()
        children = [scene.start(scene.command.later) for _ in range(size)]
        statuses = [ended(child) for child in children]
        where = f"crowd {number + 1}"
        worst = max(statuses, key=abs)
        # One that finds the other's record has nothing to do, or says that it was written.
        if scene.command.name == "issue" and 0 in statuses and worst == 2:
            worst = 0
        _judge(scene, name, where, worst, tally, *children)


def _judge(scene: Scene, name: str, where: str, status: int, tally: Tally, *children: int) -> None:
    """Hold what a command has left against what it may leave, then run it again."""
    faults: list[str] = []
    tally.trials[name] += 1
    printed = _printed(scene.now)
    state = dict(_visible(tree(scene.now / "desk")))
    outcome, wrong = _outcome(scene, state, status)
    faults += wrong
    if status > 0 and ("error[" not in printed or "internal error" in printed):
        faults.append(f"exit code {status} with no diagnostic: {printed[-300:]!r}")
    if outcome == "cut short":
        _ = scene.run(("check",))
        if "issue-cut-short" not in _printed(scene.now):
            faults.append("output without its records, and `check` does not say so")
    if left := [child for child in children if outlives(child)]:
        faults.append(f"processes are left of {left}")
    again = scene.run(scene.command.later, breaking=Breaking())
    if again != 0:
        faults.append(f"run again, it ended with {again}: {_printed(scene.now)[-300:]!r}")
    faults += _differences("run again", tree(scene.now / "desk"), scene.after)
    if any(_half_written(scene.now / "cache")):
        # A build that stands writes nothing, nor clears the cache; the next that is made does.
        scene.run(("build", *_PAGES, "--out", "other"))
    faults += _unsound(scene.now / "cache")
    tally.outcomes[f"{name}: {outcome}"] += 1
    tally.faults += [f"{name}, {where}: {fault}" for fault in faults]


def _outcome(scene: Scene, state: Tree, status: int) -> tuple[str, list[str]]:
    """What a state is called, and what no command may leave."""
    before, after = dict(_visible(scene.before)), dict(_visible(scene.after))
    if state == after:
        return "new", ([f"exit code {status}, and all is new"] if status > 0 else [])
    if status == 0:
        return "mixed", _differences("exit code 0", state, after)
    if state == before:
        return "earlier", []
    faults = [
        f"{whole} is neither the earlier nor the new one"
        for whole in scene.command.wholes
        if _part(state, whole) not in (_part(before, whole), _part(after, whole))
    ]
    known = (before.items() | after.items()) if not faults else state.items()
    faults += [f"{path} is neither old nor new" for path, _ in state.items() - known]
    faults += [f"{path} is gone" for path in before.keys() & after.keys() - state.keys()]
    if status > 0 and scene.command.name != "weekly":  # its list of weeks follows by itself
        faults.append(f"exit code {status}, and something is new")
    return "cut short" if scene.command.name == "issue" else "new, its list to follow", faults


def tree(folder: Path) -> Tree:
    """Everything below a folder, but for links."""
    return {
        path.relative_to(folder).as_posix(): None if path.is_dir() else path.read_bytes()
        for path in sorted(folder.rglob("*"))
    }


def _visible(state: Tree) -> Iterator[tuple[str, bytes | None]]:
    """What of a folder is no work in progress, by its name."""
    return ((path, content) for path, content in state.items() if ".briefings-" not in path)


def _part(state: Tree, whole: str) -> Tree:
    return {path: content for path, content in state.items() if f"{path}/".startswith(whole)}


def _differences(when: str, state: Tree, wanted: Tree) -> list[str]:
    return [
        f"{when}, {path} is {'not as it should be' if path in state else 'not there'}"
        if path in wanted
        else f"{when}, {path} is left"
        for path in sorted(state.keys() | wanted.keys())
        if path not in state or path not in wanted or state[path] != wanted[path]
    ]


def _half_written(folder: Path) -> Iterator[str]:
    return (path.name for path in folder.rglob(".*"))


def _unsound(folder: Path) -> list[str]:
    """What in a cache is not what was put there, or stays there for nobody."""
    faults = [f"{name} is left in the cache" for name in _half_written(folder)]
    entries, store = (path for path in folder.rglob("*") if path.is_file()), Store(folder)
    return faults + [
        f"{path.name} in the cache is not what was put there"
        for path in entries
        if store.get(f"{path.parent.name}{path.name}") is None
    ]


def _printed(home: Path) -> str:
    path = home / "printed"
    return path.read_text(encoding="utf-8") if path.exists() else ""


def _expect(wanted: int, status: int, home: Path) -> None:
    if status != wanted:
        raise SystemExit(f"a sound desk ends with {status}: {_printed(home)}")


if __name__ == "__main__":
    sys.exit(main())
