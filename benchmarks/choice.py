"""What the choice of one brief costs beside reading and checking the desk, by its size.

    python benchmarks/choice.py [COUNT ...]

The desks are those of `large.py`; chosen is all that a brief on one topic shows. Printed are
seconds of processor time of the reading, of the check and of the choice, the least of three, and
the share that the choice is of the reading. It fails where that is above the one that is stated.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TypeVar

import large

from briefings.core.model import TopicId
from briefings.desk.checked import check_loaded
from briefings.desk.memory import keeping_all
from briefings.desk.read_cache import load_cached
from briefings.plan.choose import choose
from briefings.plan.request import BriefRequest, Request

COUNTS = (2_000, 8_000)
MOST = 0.1
"""The share that is stated."""

_T = TypeVar("_T")


def main() -> None:
    """One row for each size."""
    print(f"{'facts':>8}{'read s':>10}{'check s':>10}{'choice s':>10}{'share':>8}")
    passed: list[str] = []
    for count in [int(each) for each in sys.argv[1:]] or COUNTS:
        with tempfile.TemporaryDirectory() as folder, keeping_all():
            share = _row(count, Path(folder))
        if share > MOST:
            passed.append(f"among {count:,} facts the choice takes {share:.3f}, not {MOST}")
    sys.exit("\n".join(passed) or 0)


def _row(count: int, desk: Path) -> float:
    large.make(count, desk)
    path = desk / "facts.yaml"
    loaded, reading = _timed(lambda: load_cached(path, None))
    report, checking = _timed(lambda: check_loaded(loaded))
    checked = report.checked
    assert checked is not None  # a made desk has no mistake
    asked = Request(path, desk, BriefRequest(topics=(TopicId("topic-0"),)))
    choosing = min(
        _timed(lambda: choose(checked, asked, lambda _: date(2025, 12, 14)))[1] for _ in range(3)
    )
    share = choosing / reading
    print(f"{count:>8}{reading:>10.2f}{checking:>10.2f}{choosing:>10.3f}{share:>8.3f}", flush=True)
    return share


def _timed(work: Callable[[], _T]) -> tuple[_T, float]:
    start = time.process_time()
    result = work()
    return result, time.process_time() - start


if __name__ == "__main__":
    main()
