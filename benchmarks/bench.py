"""The speeds that are promised, beside their peers: `make bench` writes docs/bench.md.

    python benchmarks/bench.py [--rounds N] [--check] [--briefs N] [--facts N]

Each command runs in turn with all others of its part, cold and N times after a round to fill the
caches; processor time is user and system, of a command and all that it starts. With `--check`
nothing is written: it fails where a ratio is above the one that is stated, since seconds are those
of a machine and ratios hardly are. What takes hours is there when it is asked for: a build of so
many briefs (`many.py`), the check of so many facts (`large.py`).
"""

from __future__ import annotations

import argparse
import os
import platform
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

import large
from setting import ROOT, brief_page, processor_seconds

PAGE = ROOT / "docs" / "bench.md"
TOPIC = "border-clashes"
FACTS, MORE = 2_000, 8_000
_FEW = 60  # briefs, of which each costs what one does in a warm worker

_SETS = Path(__file__).with_name("page.py")
_BIN = Path(sys.executable).parent
_PACKAGES = ("weasyprint", "pydyf", "pikepdf", "jinja2")


@dataclass(frozen=True, slots=True)
class Entrant:
    """A command, what file it makes, and the ratio to the first of its part that it may reach.

    `most` None: nothing is promised. The first of a part has none. `before` is done before each
    run and not measured.
    """

    name: str
    words: tuple[str, ...]
    makes: Path | None = None
    most: float | None = None
    before: Callable[[], None] | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """What was measured of a command: seconds a round, and the files that it made."""

    entrant: Entrant
    seconds: tuple[float, ...]
    digests: frozenset[str]
    size: int

    @property
    def median(self) -> float:
        """Seconds."""
        return statistics.median(self.seconds)


def main() -> None:
    """Measure, and write the page or hold the ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--briefs", type=int, help="so many in one build")
    parser.add_argument("--facts", type=int, help="so many in one base")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        parts = {
            title: _measured(entrants, options.rounds, folder)
            for title, entrants in _parts(folder).items()
        }
    if options.check:
        sys.exit("\n".join((*_passed(parts), *_choice_passed())) or 0)
    lines = [*_page(parts, options.rounds, folder), _peers(options.rounds)]
    lines += _table("The choice of a brief, beside reading its desk", "choice.py", FACTS, MORE)
    if options.briefs:
        lines += _table(f"{options.briefs} briefs in one build", "many.py", _FEW, options.briefs)
    if options.facts:
        lines += _table(f"A desk of {options.facts} facts", "large.py", FACTS, options.facts)
    PAGE.write_text("\n".join(lines).rstrip() + "\n", encoding="utf-8")


def _parts(folder: Path) -> dict[str, tuple[Entrant, ...]]:
    """What is held against what; all writes go into `folder`."""
    briefings = str(_BIN / "briefings")
    parts: dict[str, tuple[Entrant, ...]] = {}
    for language, title, most, most_set in (
        ("en", "left to right", 1.0, 0.6),
        ("fa", "right to left", 0.85, 0.5),
    ):
        page = folder / f"page.{language}.html"
        page.write_text(brief_page(TOPIC, language), encoding="utf-8")
        asked = ("--topic", TOPIC, "--lang", language, "--format", "pdf", "--cache", "off")
        ours, stock = folder / f"ours.{language}", folder / f"stock.{language}.pdf"
        alone = folder / f"set.{language}.pdf"
        parts[f"One brief, cold, {title}"] = (
            Entrant(
                "stock WeasyPrint, PDF/A-3a",
                (
                    str(_BIN / "weasyprint"),
                    "-q",
                    "--pdf-variant",
                    "pdf/a-3a",
                    str(page),
                    str(stock),
                ),
                stock,
            ),
            Entrant(
                "briefings, from base to PDF",
                (briefings, "build", *asked, "--out", str(ours)),
                ours / f"{TOPIC}.{language}.pdf",
                most,
            ),
            Entrant(
                "of it, from final page to PDF",
                (sys.executable, str(_SETS), str(page), str(alone)),
                alone,
                most_set,
            ),
        )
    again = (briefings, "build", "--topic", TOPIC, "--out", str(folder / "again"))
    parts["The same build again, nothing changed"] = (
        Entrant("briefings --version", (briefings, "--version")),
        Entrant(
            "briefings, nothing changed",
            (*again, "--cache", str(folder / "cache")),
            folder / "again" / f"{TOPIC}.en.pdf",
            1.6,
        ),
    )
    parts[f"A desk of {FACTS} facts, read and checked"] = _large(folder, briefings)
    return parts


def _large(folder: Path, briefings: str) -> tuple[Entrant, ...]:
    """A made desk, against what reading it must cost."""
    desk = folder / "desk"
    large.make(FACTS, desk)
    check = (briefings, "check", "--quiet", "--base", str(desk / "facts.yaml"), "--cache")
    known = (*check, str(folder / "cache"))
    listed = (briefings, "list", "topics", "--base", str(desk / "facts.yaml"), "--cache")
    return (
        Entrant("events of its YAML", (sys.executable, str(large.FLOOR), str(desk))),
        Entrant("briefings check, cold", (*check, "off"), most=28),
        Entrant(
            "briefings check, one fact edited", known, most=2.4, before=lambda: large.edit(desk)
        ),
        Entrant("briefings list, cold", (*listed, "off"), most=5.0),
        Entrant("briefings list, after a check", (*listed, str(folder / "cache")), most=2.75),
    )


def _peers(rounds: int) -> str:
    """The part on other programs, of a process that is small: it measures memory."""
    command = [sys.executable, str(ROOT / "benchmarks" / "peers.py"), "--rounds", str(rounds)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)  # noqa: S603 # our own
    return done.stdout


def _table(title: str, program: str, *sizes: int) -> Iterator[str]:
    """What a program of this folder prints, as its own part."""
    words = [program, *map(str, sizes)]
    command = [sys.executable, str(ROOT / "benchmarks" / program), *words[1:]]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)  # noqa: S603 # our own
    yield f"\n## {title}\n"
    yield f"    python benchmarks/{' '.join(words)}"
    yield ""
    yield from (f"    {line}" for line in done.stdout.splitlines())


def _measured(entrants: Sequence[Entrant], rounds: int, folder: Path) -> list[Result]:
    seconds: dict[str, list[float]] = {entrant.name: [] for entrant in entrants}
    digests: dict[str, set[str]] = {entrant.name: set() for entrant in entrants}
    sizes = dict.fromkeys(seconds, 0)
    for turn in range(rounds + 1):
        for entrant in entrants:
            if entrant.before is not None:
                entrant.before()
            spent = processor_seconds(list(entrant.words), ROOT)
            if turn:
                seconds[entrant.name].append(spent)
            if entrant.makes is not None:
                content = (folder / entrant.makes).read_bytes()
                digests[entrant.name].add(sha256(content).hexdigest())
                sizes[entrant.name] = len(content)
    return [
        Result(
            entrant,
            tuple(seconds[entrant.name]),
            frozenset(digests[entrant.name]),
            sizes[entrant.name],
        )
        for entrant in entrants
    ]


def _passed(parts: Mapping[str, Sequence[Result]]) -> Iterator[str]:
    """Each ratio that is above the one that is stated."""
    for title, (first, *others) in parts.items():
        for result in others:
            ratio, most = result.median / first.median, result.entrant.most
            if most is not None and ratio > most:
                yield f"{title}: {result.entrant.name} takes {ratio:.2f}, not {most}"


def _choice_passed() -> Iterator[str]:
    """That the choice of a brief takes a larger share of the load than is stated."""
    command = [sys.executable, str(ROOT / "benchmarks" / "choice.py"), str(FACTS), str(MORE)]
    done = subprocess.run(command, check=False, capture_output=True, text=True)  # noqa: S603 # our own
    if done.returncode:
        yield done.stderr.strip()


def _page(parts: Mapping[str, Sequence[Result]], rounds: int, folder: Path) -> Iterator[str]:
    packages = ", ".join(f"{name} {version(name)}" for name in _PACKAGES)
    yield "# Speeds, side by side"
    yield ""
    yield "Made by `make bench`; `make bench-check` fails where a ratio is above the stated one."
    yield ""
    yield f"{platform.system()} on {platform.machine()}, {os.cpu_count()} processors,"
    yield f"Python {platform.python_version()}, {packages}."
    yield ""
    yield "Seconds of processor time, user and system, of a command and all that it starts: the"
    yield f"median of {rounds} rounds, with the least and the most. On a busy machine each takes"
    yield "longer, so the ratios say more: each is to the first line of its table."
    for title, results in parts.items():
        yield f"\n## {title}\n"
        yield "| | seconds | ratio | stated | KiB | same bytes |"
        yield "| --- | --- | --- | --- | --- | --- |"
        for result in results:
            yield _line(result, results[0])
        yield ""
        for result in results:
            words = " ".join(_told(word, folder) for word in result.entrant.words)
            yield f"    {words}"


def _line(result: Result, first: Result) -> str:
    least, most = min(result.seconds), max(result.seconds)
    stated = result.entrant.most
    cells = (
        result.entrant.name,
        f"{result.median:.2f} ({least:.2f} to {most:.2f})",
        f"{result.median / first.median:.2f}",
        "" if stated is None else f"at most {stated}",
        f"{result.size / 1024:.0f}" if result.size else "",
        ("yes" if len(result.digests) == 1 else "no") if result.digests else "",
    )
    return f"| {' | '.join(cells)} |"


def _told(word: str, folder: Path) -> str:
    """A word of a command without the folders of this machine."""
    return word.replace(f"{folder}/", "").replace(f"{_BIN}/", "").replace(f"{ROOT}/", "")


if __name__ == "__main__":
    main()
