"""What two commands cost beside each other, in processor time, run in turn.

    python benchmarks/check.py "cd ../old && .venv/bin/briefings check" ".venv/bin/briefings check"

Each is a line for the shell, run seven times after one to warm the caches. Printed: the median and
the least of both in seconds of user and system time, and the ratio of the second to the first.
"""

from __future__ import annotations

import resource
import statistics
import subprocess
import sys

RUNS = 7


def main() -> None:
    """One row for each command, and the ratio."""
    commands = sys.argv[1:]
    if len(commands) != 2:
        sys.exit(__doc__)
    times: dict[str, list[float]] = {command: [] for command in commands}
    for run in range(RUNS + 1):
        for command in commands:
            seconds = _seconds(command)
            if run:
                times[command].append(seconds)
    print(f"{'median s':>10}{'least s':>10}")
    for command in commands:
        print(f"{statistics.median(times[command]):>10.2f}{min(times[command]):>10.2f}  {command}")
    one, other = (times[command] for command in commands)
    median = statistics.median(other) / statistics.median(one)
    print(f"{median:>10.2f}{min(other) / min(one):>10.2f}  ratio")


def _seconds(command: str) -> float:
    """Processor time of a command and of all that it starts."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(["/bin/sh", "-c", command], check=False, capture_output=True)  # noqa: S603 # it is ours
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


if __name__ == "__main__":
    main()
