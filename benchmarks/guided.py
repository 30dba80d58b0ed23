"""Inputs that a fuzzer finds by what of the program they reach, for what reads strangers' bytes.

    python benchmarks/guided.py [--runs 1000] [--seed 1] [--only yaml|quotes|figures|pages|papers]

Each target runs in a process of its own under Atheris: `yaml` loads a base, `quotes` looks for a
quote in a document and for the passage nearest to it, `figures` reads the quantities of a text,
`pages` and `papers` verify a page or a PDF and compare it with a sound one. What comes back has to
be diagnostics with a known code and a place inside their file, or a verdict; any other exception,
five seconds of processor time for one input, or a process that grows beyond a gigabyte is a fault.
The inputs that the runs begin with are the harbour desk's. Exit code 1 if there was a fault; the
input is kept in the folder that is named.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SHARES = {"yaml": 60, "quotes": 500, "figures": 437, "pages": 2, "papers": 1}
"""Of a thousand runs, those of each target."""

_TARGETS = Path(__file__).with_name("targets.py")


def main() -> int:
    """A line for each target: how many inputs were run, in what time, and what came of them."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=1_000, help="of all targets together")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", choices=SHARES)
    parser.add_argument("--faults", type=Path, default=Path("faults"))
    given = parser.parse_args()
    bad = 0
    for name, share in SHARES.items():
        if given.only in (None, name):
            runs = given.runs if given.only else max(1, given.runs * share // 1_000)
            bad += not _run(name, runs, given.seed, given.faults)
    return 1 if bad else 0


def _run(name: str, runs: int, seed: int, faults: Path) -> bool:
    """Run a target in a process of its own; whether no input was a fault."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        began = time.monotonic()
        done = subprocess.run(  # noqa: S603 # the program beside this one
            (sys.executable, str(_TARGETS), name, scratch, str(runs), str(seed)),
            capture_output=True,
            text=True,
            errors="replace",
            check=False,
        )
        wall = time.monotonic() - began
        kinds = ("crash-", "oom-", "timeout-", "leak-")
        inputs = [path for path in folder.iterdir() if path.name.startswith(kinds)]
        if inputs:
            faults.mkdir(parents=True, exist_ok=True)
        kept = [shutil.copy(path, faults / f"{name}-{path.name}") for path in inputs]
        slowest = _content(folder / "slowest")
    numbers = re.findall(r"stat::(number_of_executed_units|peak_rss_mb): +(\d+)", done.stderr)
    seen = dict(numbers)
    print(
        f"{name:8}{int(seen.get('number_of_executed_units', 0)):>9,} inputs, {wall:.0f} s,"
        f" at most {seen.get('peak_rss_mb', '?')} MiB and {slowest} s for one, {len(kept)} faults",
        flush=True,
    )
    if done.returncode or kept:
        print(done.stdout[-2_000:], done.stderr[-4_000:], *kept)
    return not done.returncode and not kept


def _content(path: Path) -> str:
    return path.read_text() if path.exists() else "?"


if __name__ == "__main__":
    sys.exit(main())
