"""From saving to seeing: an edit of this repository's base until a browser shows it in the brief.

    python benchmarks/seen.py [ROUNDS]

`briefings desk` serves a copy of the desk, Chromium shows its tab with a brief, and a word more
in a statement is saved, as an editor does. Printed are the seconds on the clock until the page has
been drawn with that word, their median, least and most, and the median of the processor time that
the server took; and how often a Python that does nothing could have started meanwhile. What else
the machine does counts: on a busy one run it with `chrt -r 5`.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
TOPIC = "un-staff-ban"
BEFORE, AFTER = "Taliban forces kept female Afghan staff", " out of UN facilities"
WORDS = ("away", "plainly", "openly", "firmly", "slowly", "calmly", "still", "clearly")
"""None says anything that the gate would ask a quote for."""

_LONGEST = 60
"""Seconds that a brief may take."""

# Set when the words have been drawn; the page lets no text be run as a script.
_AWAIT = """words => {
  window.seen = 0;
  const look = () => {
    const brief = document.getElementById("frame").contentDocument;
    if (brief?.body?.textContent.includes(words)) {
      requestAnimationFrame(() => { window.seen = Date.now(); });
    } else setTimeout(look, 4);
  };
  look();
}"""


def main() -> None:
    """Measure, and print."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 10
    with TemporaryDirectory() as folder, _served(Path(folder)) as (server, address):
        base = Path(folder) / "facts.yaml"
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=_browser())
            page = browser.new_page(viewport={"width": 1280, "height": 800})
            page.goto(address)
            page.wait_for_selector(".sentence.at", timeout=_LONGEST * 1000)
            page.keyboard.press("2")
            page.select_option("#brief-topic", TOPIC)
            taken = list(_rounds(page, base, server, rounds))
            browser.close()
    clock = [each for each, _ in taken]
    nothing = median(_nothing() for _ in range(rounds))
    print(
        f"{median(clock):.2f} s on the clock ({min(clock):.2f} to {max(clock):.2f}),"
        f" {median(each for _, each in taken):.2f} s of processor time;"
        f" {median(clock) / nothing:.1f} times a Python that does nothing ({nothing:.3f} s)"
    )


def _rounds(page: Page, base: Path, server: int, rounds: int) -> Iterator[tuple[float, float]]:
    """The seconds of each round on the clock, and of the server; the first warms up."""
    text = base.read_text(encoding="utf-8")
    assert BEFORE + AFTER in text
    _shown(page, BEFORE)
    for number in range(rounds + 1):
        words = f"{BEFORE} {WORDS[number % len(WORDS)]}"
        page.evaluate(_AWAIT, words)
        spent, began = _processor(server), time.time()
        base.write_text(text.replace(BEFORE + AFTER, words + AFTER), encoding="utf-8")
        seen = _shown(page, words, waits=True)
        if number:
            yield seen - began, _processor(server) - spent
        time.sleep(0.3)  # the next edit is not of the same breath


def _shown(page: Page, words: str, *, waits: bool = False) -> float:
    """When the brief was drawn with these words, in seconds since the epoch."""
    if not waits:
        page.evaluate(_AWAIT, words)
    end = time.monotonic() + _LONGEST
    while time.monotonic() < end:
        if seen := page.evaluate("window.seen"):
            return float(seen) / 1000
        time.sleep(0.03)
    raise SystemExit(f"it is not shown: {page.inner_text('#problems')}")


@contextmanager
def _served(folder: Path) -> Iterator[tuple[int, str]]:
    """A copy of the desk that is served: the process, and the address of its page."""
    shutil.copy(ROOT / "facts.yaml", folder)
    for part in ("seeds", "issued"):
        shutil.copytree(ROOT / part, folder / part)
    command = [sys.executable, "-m", "briefings", "desk", "--port", "0", "--no-open"]
    path = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(  # noqa: S603 # the program itself
        command, cwd=folder, stdout=subprocess.PIPE, text=True, env=path
    ) as served:
        assert served.stdout is not None
        try:
            yield served.pid, served.stdout.readline().strip()
        finally:
            served.send_signal(signal.SIGINT)


def _processor(process: int) -> float:
    """Seconds of processor time that a process has taken, and those that it has waited for."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")


def _nothing() -> float:
    began = time.perf_counter()
    subprocess.run([sys.executable, "-c", "pass"], check=True)
    return time.perf_counter() - began


def _browser() -> str | None:
    """The path of the machine's own browser, None if there is none but playwright's."""
    command = ["sh", str(ROOT / ".ci" / "system-packages"), "browser"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603 # a file of this repository
    return done.stdout.strip() or None


if __name__ == "__main__":
    main()
