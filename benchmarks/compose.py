"""What it costs to compose a brief and to look for similar origins, by the size of the desk.

    python benchmarks/compose.py [COUNT ...]

The desk is `tests/grown_desk.py`, in which facts, sources, origins and contested points grow alike.
The last row fits `time = a · count^growth` to the rows above: 1 is linear, 2 quadratic.
"""

from __future__ import annotations

import math
import random
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from grown_desk import grown, spec  # of the tests, whose folder comes first

from briefings.check.similar import similar
from briefings.compose.edition import compose, compose_all

COUNTS = (500, 1000, 2000, 4000)


def main() -> None:
    """One row for each size, and how each column grows."""
    counts = [int(each) for each in sys.argv[1:]] or list(COUNTS)
    print(f"{'facts':>8}{'one language s':>16}{'two s':>10}{'origins s':>12}")
    rows = [_row(count) for count in counts]
    if len(rows) > 1:
        grown_by = [_growth(counts, column) for column in zip(*rows, strict=True)]
        print(f"{'growth':>8}{grown_by[0]:>16.2f}{grown_by[1]:>10.2f}{grown_by[2]:>12.2f}")


def _row(count: int) -> tuple[float, float, float]:
    desk, names = grown(count), _origins(count)
    row = (
        _seconds(lambda: compose(desk, spec())),
        _seconds(lambda: list(compose_all(desk, [spec("en"), spec("fr")]))),
        _seconds(lambda: list(similar(names))),
    )
    print(f"{count:>8}{row[0]:>16.2f}{row[1]:>10.2f}{row[2]:>12.2f}", flush=True)
    return row


def _origins(count: int) -> list[str]:
    """Names of letters by chance, each with a misspelling of itself in every tenth place."""
    rng = random.Random(0)  # noqa: S311 # names, and the same each time
    names = ["".join(rng.choices("abcdefghiklmnoprstuvw", k=12)) for _ in range(count)]
    return [names[turn - 1] + "s" if turn % 10 == 9 else name for turn, name in enumerate(names)]


def _seconds(work: Callable[[], object]) -> float:
    """Processor time, the least of three."""
    times = []
    for _ in range(3):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return min(times)


def _growth(counts: Sequence[int], times: Sequence[float]) -> float:
    """The slope of the line through the logarithms, by least squares."""
    across, up = [math.log(each) for each in counts], [math.log(each) for each in times]
    middle, height = sum(across) / len(across), sum(up) / len(up)
    rise = sum((x - middle) * (y - height) for x, y in zip(across, up, strict=True))
    return rise / sum((x - middle) ** 2 for x in across)


if __name__ == "__main__":
    main()
