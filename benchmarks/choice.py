"""What the choice of one brief costs beside reading and checking the desk, by its size.

    python benchmarks/choice.py [COUNT ...]

The desks are those of `large.py`; chosen is all that a brief on one topic shows. Printed are
seconds of processor time of the reading, of the check and of the choice, the least of three, and
the share that the choice is of the reading.
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
from briefings.desk.reread import reread
from briefings.plan.choose import choose
from briefings.plan.request import BriefRequest, Request

COUNTS = (2_000, 8_000)
_T = TypeVar("_T")


def main() -> None:
    """One row for each size."""
    print(f"{'facts':>8}{'read s':>10}{'check s':>10}{'choice s':>10}{'share':>8}")
    for count in [int(each) for each in sys.argv[1:]] or COUNTS:
        with tempfile.TemporaryDirectory() as folder, keeping_all():
            _row(count, Path(folder))


def _row(count: int, desk: Path) -> None:
    large.make(count, desk)
    path = desk / "facts.yaml"
    loaded, reading = _timed(lambda: reread(path, None))
    report, checking = _timed(lambda: check_loaded(loaded))
    checked = report.checked
    assert checked is not None  # a made desk has no mistake
    asked = Request(path, desk, BriefRequest(topics=(TopicId("topic-0"),)))
    choosing = min(
        _timed(lambda: choose(checked, asked, lambda _: date(2025, 12, 14)))[1] for _ in range(3)
    )
    share = choosing / reading
    print(f"{count:>8}{reading:>10.2f}{checking:>10.2f}{choosing:>10.3f}{share:>8.3f}", flush=True)


def _timed(work: Callable[[], _T]) -> tuple[_T, float]:
    start = time.process_time()
    result = work()
    return result, time.process_time() - start


if __name__ == "__main__":
    main()
