"""Many small briefs in one build: what one costs, here and on a cluster of this machine.

    python benchmarks/many.py 4 40 [--workers N] [--folder DIR]

A desk of so many topics, each with one fact, is built as HTML and PDF without the cache. Printed
for each number of briefs: seconds of processor time of the build and all that it starts, a brief;
seconds on the clock; the most memory of any process. The first number is the measure of the
others: what it costs to start is in its share. With `--workers`, a dask scheduler and so many
workers of one thread are started here, and pages are made by them: then the time of the workers
is printed apart.
"""

from __future__ import annotations

import argparse
import hashlib
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

_BIN = Path(sys.executable).parent
_PATIENCE = 60
"""Seconds in which a worker has to see that there is no cluster any more."""

_HEAD = """format: 1
title: {en: A made desk}
languages: [en]
timezone: UTC
edition: {as_of: 2025-12-14, period: week}
sources:
  post:
    file: post.txt
    sha256: %s
    title: The Post
    publisher: The Post
    origin: post
    published: 2025-12-10
    language: en
    reliability: B
topics:"""


def main() -> None:
    """One line for each number of briefs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("briefs", type=int, nargs="+")
    parser.add_argument("--workers", type=int)
    parser.add_argument("--folder", type=Path)
    options = parser.parse_args()
    with ExitStack() as stack:
        folder = options.folder or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        print("briefs  build s/brief  workers s/brief  clock s  most MiB")
        for briefs in options.briefs:
            print(_line(briefs, folder / str(briefs), options.workers), flush=True)


def _line(briefs: int, desk: Path, workers: int | None) -> str:
    _make(briefs, desk)
    command = [str(_BIN / "briefings"), "build", "--cache", "off", "--out", str(desk / "build")]
    for number in range(briefs):
        command += ["--topic", f"topic-{number}"]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    with _cluster(workers) as address:
        start = time.monotonic()
        where = [] if address is None else ["--cluster", address]
        subprocess.run([*command, *where], check=True, capture_output=True, cwd=desk)  # noqa: S603 # our own
        clock = time.monotonic() - start
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    ours = (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime) / briefs
    theirs = (ended.ru_utime + ended.ru_stime - after.ru_utime - after.ru_stime) / briefs
    most = ended.ru_maxrss / 1024
    return f"{briefs:>6}{ours:>15.2f}{theirs:>17.2f}{clock:>9.1f}{most:>10.0f}"


@contextmanager
def _cluster(workers: int | None) -> Iterator[str | None]:
    """The address of a scheduler with so many workers; None if none are wanted."""
    if workers is None:
        yield None
        return
    script = (
        "import asyncio\nfrom distributed import Scheduler\n"
        "async def main():\n"
        "    scheduler = await Scheduler(host='127.0.0.1', port=0, dashboard=False)\n"
        "    print(scheduler.address, flush=True)\n"
        "    await scheduler.finished()\n"
        "asyncio.run(main())"
    )
    quiet = subprocess.DEVNULL
    with subprocess.Popen(  # noqa: S603 # our own
        [sys.executable, "-c", script], stdout=subprocess.PIPE, stderr=quiet, text=True
    ) as scheduler:
        assert scheduler.stdout is not None
        address = scheduler.stdout.readline().strip()
        command = [str(_BIN / "briefings"), "worker", address, "--threads", "1"]
        each = [subprocess.Popen(command, stdout=quiet, stderr=quiet) for _ in range(workers)]  # noqa: S603 # our own
        wait = (
            "import sys; from distributed import Client;"
            "Client(sys.argv[1]).wait_for_workers(int(sys.argv[2]))"
        )
        subprocess.run(  # noqa: S603 # our own
            [sys.executable, "-c", wait, address, str(workers)], check=True, stderr=quiet
        )
        try:
            yield address
        finally:
            scheduler.terminate()
            for worker in each:
                # By itself, or what the processes of its pages have taken would not be counted.
                with suppress(subprocess.TimeoutExpired):
                    worker.wait(_PATIENCE)
                worker.terminate()
                worker.wait()


def _make(briefs: int, desk: Path) -> None:
    """Write a desk of so many topics, with one fact each of one document."""
    desk.mkdir(parents=True, exist_ok=True)
    quotes = [f"The ferry of quay {number} sailed again on Monday." for number in range(briefs)]
    text = "\n".join(quotes) + "\n"
    (desk / "post.txt").write_text(text)
    lines = [_HEAD % hashlib.sha256(text.encode()).hexdigest()]
    lines += [f"  topic-{number}:\n    title: {{en: Quay {number}}}" for number in range(briefs)]
    lines += ["facts:"]
    for number, quote in enumerate(quotes):
        lines += [
            f"  - id: fact-{number}",
            "    kind: event",
            f"    topics: [topic-{number}]",
            f"    statement: {{en: {quote}}}",
            "    date: 2025-12-08",
            "    credibility: 2",
            "    evidence:",
            "      - source: post",
            f"        quote: {quote}",
        ]
    (desk / "facts.yaml").write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
