"""What one brief costs from base to PDF, beside WeasyPrint's own command on the same final page.

    python benchmarks/setting.py [--rounds N] [--lang CODE,CODE] [--old PROGRAM] [TOPIC ...]

Each topic's brief is built in each language, cold and without the cache: checked, composed, filled,
set, searched and written. `stock` is the `weasyprint` command on the page that was set, with our
fonts and as PDF/A-3a, without any proof; `old` is the `briefings` of another version, run in its
own checkout on the base there. All are run in turn; printed are medians of processor time, user and
system, of a command and all that it starts, and the ratios of ours to the others.
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import TypeAlias

from briefings.core.diagnostics import Refused
from briefings.core.model import TopicId
from briefings.plan.request import BriefRequest, Request
from briefings.run.build import prepare
from briefings.workers import pdfs
from briefings.workers.agenda import Agenda, WorkKind
from briefings.workers.pdfs import Failed
from briefings.workers.templates import fonts

ROOT = Path(__file__).resolve().parents[1]
_BIN = Path(sys.executable).parent

_Command: TypeAlias = tuple[Path, tuple[str | Path, ...]]
"""The folder that it is run in, and its words."""


def main() -> None:
    """One row for each brief and language."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--lang", default="en,fa")
    parser.add_argument("--old", type=Path, help=".venv/bin/briefings of an older checkout")
    parser.add_argument("topics", nargs="*", default=["border-clashes", "tehran-meeting"])
    options = parser.parse_args()
    print(f"{'brief':<28}{'ours s':>8}{'stock s':>9}{'ratio':>7}{'old s':>8}{'ratio':>7}")
    for topic in options.topics:
        for language in options.lang.split(","):
            with tempfile.TemporaryDirectory() as folder:
                commands = _commands(topic, language, Path(folder), options.old)
                _print(f"{topic} {language}", _medians(commands, options.rounds))


def _commands(topic: str, language: str, folder: Path, old: Path | None) -> dict[str, _Command]:
    """Each with the folder that it is run in; all write into `folder`."""
    page = folder / "page.html"
    page.write_text(brief_page(topic, language), encoding="utf-8")
    asked = ("build", "--topic", topic, "--lang", language, "--format", "pdf", "--out")
    stock = ("-q", "--pdf-variant", "pdf/a-3a", page, folder / "page.pdf")
    commands: dict[str, _Command] = {
        "ours": (ROOT, (_BIN / "briefings", *asked, folder / "ours", "--cache", "off")),
        "stock": (folder, (_BIN / "weasyprint", *stock)),
    }
    if old is not None:
        checkout = old.absolute().parents[2]
        commands["old"] = (checkout, (old.absolute(), *asked, folder / "old"))
    return commands


def _print(name: str, seconds: Mapping[str, float]) -> None:
    row = f"{name:<28}{seconds['ours']:>8.2f}"
    for other in ("stock", "old"):
        if other in seconds:
            width = {"stock": 9, "old": 8}[other]
            row += f"{seconds[other]:>{width}.2f}{seconds['ours'] / seconds[other]:>7.2f}"
    print(row, flush=True)


def brief_page(topic: str, language: str) -> str:
    """The page that is set."""
    kept: list[str] = []

    def keep(
        _: Agenda, __: WorkKind, ___: str, page: str, then: Callable[[bytes | Failed], None]
    ) -> None:
        kept.append(page)
        then(Failed("only its page is wanted"))

    vars(pdfs)["put"] = keep  # in this process alone
    brief = BriefRequest(topics=(TopicId(topic),), languages=(language,))
    with tempfile.TemporaryDirectory() as out, suppress(Refused):
        request = Request(ROOT / "facts.yaml", Path(out) / "none", brief, formats=("pdf",))
        prepare(request, today=lambda _: date.today())  # noqa: DTZ011 # any day does
    (page,) = kept
    return page


def _medians(commands: Mapping[str, _Command], rounds: int) -> dict[str, float]:
    """Seconds of each command, after a round to fill the caches that each of them keeps."""
    times: dict[str, list[float]] = {name: [] for name in commands}
    for turn in range(rounds + 1):
        for name, (folder, command) in commands.items():
            seconds = processor_seconds([str(part) for part in command], folder)
            if turn:
                times[name].append(seconds)
    return {name: statistics.median(each) for name, each in times.items()}


def processor_seconds(command: list[str], folder: Path) -> float:
    """Processor time of a command and of all that it starts, its bytecode kept."""
    environment = {**os.environ, "FONTCONFIG_FILE": str(fonts() / "fonts.conf")}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, capture_output=True, cwd=folder, env=environment)  # noqa: S603 # our own
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


if __name__ == "__main__":
    main()
