"""Texts that no desk would hold, by the grammar of those that do, put through the whole check.

    python benchmarks/fuzz.py [--seconds 60] [--seed 1] [--only bases|quotes|briefs|others|exports]

Bases are the harbour desk's own text with lines deleted, doubled, exchanged or indented otherwise,
and values put in the place of others that no field expects. Quotes are cut, turned and folded out
of documents of many scripts. Briefs are pages and PDFs with bytes changed, cut, doubled or put in
again, for `verify` and `diff`. Such bases are put before the other commands that read or write
one, and damaged exports before `import`. What comes back has to be a diagnostic with a code, or
nothing: any other exception, or five seconds of processor time for one input, is a fault. Exit code
1 if there was one; the input is printed.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from hashlib import sha256
from io import StringIO
from pathlib import Path
from types import FrameType
from typing import TypeAlias

from loaded import warm  # beside this program

from briefings import cli
from briefings.core.codes import CODES

HARBOUR = Path(__file__).resolve().parents[1] / "tests" / "desk_harbour"
SECONDS = 5.0
"""The most processor time that an input may take."""

Target: TypeAlias = Callable[[random.Random, Path], tuple[str, ...]]
"""Writes an input into a folder; the command that is to read it."""

_CODE = re.compile(r"(?m)^(?:\S+: )?(?:error|warning)\[([a-z-]+)\]: ")
_VALUE = re.compile(r"(?m)(?<=: )[^\n#]+$")
_HOSTILE = (
    "",
    "~",
    "null",
    "yes",
    "0",
    "-1",
    "1e999",
    "9" * 5_000,
    "2024-02-30",
    "0000-00-00",
    "99999-01-01",
    "2024-01-01/..",
    "[]",
    "{}",
    "[[[[",
    "{a: {a: {}}}",
    "&a [*a]",
    "*a",
    "!!python/object:os.system x",
    "!!binary aGk=",
    "|\n",
    ">-\n    x",
    "'",
    '"',
    '"\\x00"',
    '"\\ud800"',
    "../../etc/passwd",
    "/etc/passwd",
    "documents",
    "con.txt",
    "\u202egnip",
    "\u200b",
    "\ufeff",
    "a\tb",
    "x" * 100_000,
    "\u0301" * 3_000,
    "\N{ZERO WIDTH NON-JOINER}",
    "<script>alert(1)</script>",
    "{{ 7 * 7 }}",
    "%s%n",
    "::error::x",
    "javascript:alert(1)",
    "http://[::1",
    "TLP:ULTRA",
    "en-x-" + "a" * 90,
)
_PIECES = (
    "the minister",
    "did not",
    "12",
    "1,000",
    "5 %",
    "US$",
    "-",
    "\u2013",
    "\u2026",
    "[...]",
    "[",
    "]",
    "\n",
    "\n\n",
    " ",
    "\xa0",
    "\u200c",
    "\u200d",
    "\xad",
    "\u202e",
    "\u0301",
    "\ufb01",
    "\u0130",
    "\xdf",
    "\u1e9e",
    "\u0640",
    "\u06cc",
    "\u064a",
    "\u0643",
    "\u06a9",
    "\u0661\u0662",
    "\u5341\u4e8c\u6708",
    "\u0e01\u0e32\u0e23",
    "\uac00\u1100\u1161",
    "\U0001f469\u200d\U0001f692",
    "\U000e0061",
    "a.m.",
    "R&D",
    "l\u2019homme",
    "il-\nlegal",
    "\xbd",
    "\xb2",
    "(",
    ")",
    "\xab",
    "\xbb",
    '"',
    "'",
)
_OTHERS = (
    ("fmt",),
    ("fmt", "--check"),
    ("fmt", "--shorten"),
    ("add", "--quote", "the harbour", "--statement", "The harbour was closed.", "--yes"),
    ("add", "--source", "gazette", "--sentence", "2", "--statement", "It was closed.", "--yes"),
    ("name", "place", "Vell"),
    ("repair", "--yes"),
    ("find", "harbour"),
    ("coverage",),
    ("impact", "gazette"),
    ("list", "facts"),
    ("list", "issued"),
)
"""What reads or writes a base beside `check`."""
_WORDLESS = ("verify", "find", "repair", "fmt", "import", "add")
"""What may end with 1 and a line that has no code: nothing is found, a quote is lost, a usage."""
_EXPORTS = (
    "quote,note,source,url\nThe harbour,so it is,gazette,https://a.example/x\n",
    (
        '{"rows": [{"uri": "https://a.example/x", "text": "so", "target": [{"selector": [{"type":'
        ' "TextQuoteSelector", "exact": "The harbour", "prefix": "a"}]}]}], "total": 1}'
    ),
    '[{"itemType": "annotation", "annotationText": "The harbour", "annotationComment": "so"}]',
    (
        '{"@context": "http://www.w3.org/ns/anno.jsonld", "type": "Annotation", "body": "so",'
        ' "target": {"source": "https://a.example/x", "selector": {"type": "TextQuoteSelector",'
        ' "exact": "x"}}}'
    ),
)


def main() -> int:
    """A line for each target: how many inputs, and what they came to."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=60, help="for each target, on the clock")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", choices=("bases", "quotes", "briefs", "others", "exports"))
    given = parser.parse_args()
    faults: list[str] = []
    warm(HARBOUR)
    with tempfile.TemporaryDirectory() as scratch:
        targets = _targets(Path(scratch))
        for name, target in targets.items():
            if given.only in (None, name):
                faults += _fuzz(name, target, given.seconds, given.seed, Path(scratch))
    print(f"{len(faults)} faults")
    print("\n".join(faults))
    return 1 if faults else 0


def _fuzz(name: str, target: Target, seconds: float, seed: int, scratch: Path) -> list[str]:
    """Run inputs one after the other until the time is over; what went wrong."""
    outcomes: Counter[str] = Counter()
    faults: list[str] = []
    slowest = 0.0
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        number = outcomes.total()
        chance = random.Random(f"{seed} {name} {number}")  # noqa: S311 # nothing is to be secret
        folder = scratch / name
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        command = target(chance, folder)
        outcome, spent = _outcome(command)
        slowest = max(slowest, spent)
        outcomes[outcome] += 1
        if not outcome.startswith(("exit", "codes")):
            faults.append(f"{name}, seed {seed}, input {number}: {outcome}")
    codes = {code for outcome in outcomes for code in outcome.split()[2:]}
    print(
        f"{name:8}{outcomes.total():>8} inputs, {len(outcomes):>5} outcomes,"
        f" {len(codes):>4} codes, the slowest {slowest:.2f} s",
        flush=True,
    )
    return faults


def _outcome(command: tuple[str, ...]) -> tuple[str, float]:
    """The exit code and the codes of what was found, or how it went wrong; seconds that it took."""
    began = time.process_time()
    with redirect_stdout(StringIO()) as out, redirect_stderr(StringIO()) as err:
        try:
            with _limited():
                status = cli._status(["--debug", *command])  # noqa: SLF001 # the program but for its own exit
        except TimeoutError:
            return f"it took longer than {SECONDS:.0f} s", SECONDS
        except Exception as error:  # noqa: BLE001 # any of them is what is looked for
            return f"{type(error).__name__}: {error}"[:300], time.process_time() - began
    spent = time.process_time() - began
    printed = out.getvalue() + err.getvalue()
    codes = sorted(set(_CODE.findall(printed)))
    if status not in (0, 1, 2):
        return f"it ended with {status}: {printed[-300:]}", spent
    if unknown := set(codes) - CODES.keys():
        return f"unknown codes: {unknown}", spent
    if status and not codes and command[0] not in _WORDLESS:
        return f"it ended with {status} and no code: {printed[-300:]}", spent
    return " ".join(("exit", str(status), *codes)), spent


@contextmanager
def _limited() -> Iterator[None]:
    def over(_: int, __: FrameType | None) -> None:
        raise TimeoutError

    signal.signal(signal.SIGPROF, over)
    signal.setitimer(signal.ITIMER_PROF, SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def _targets(scratch: Path) -> Mapping[str, Target]:
    facts = (HARBOUR / "facts.yaml").read_text(encoding="utf-8")
    briefs = _briefs(scratch / "built")

    def changed(chance: random.Random, folder: Path) -> tuple[str, ...]:
        text = facts
        for _ in range(chance.choice((1, 1, 2, 4, 16))):
            text = chance.choice(_CHANGES)(text, chance)
        shutil.copytree(HARBOUR / "documents", folder / "documents")
        (folder / "facts.yaml").write_bytes(text.encode("utf-8", "surrogatepass"))
        return ("--base", str(folder / "facts.yaml"))

    def bases(chance: random.Random, folder: Path) -> tuple[str, ...]:
        return ("check", *changed(chance, folder), "--cache", "off")

    def others(chance: random.Random, folder: Path) -> tuple[str, ...]:
        command = chance.choice(_OTHERS)
        return (*command, *changed(chance, folder))

    def exports(chance: random.Random, folder: Path) -> tuple[str, ...]:
        shutil.copytree(HARBOUR, folder / "desk")
        path = folder / chance.choice(("export.json", "export.csv"))
        content = chance.choice(_EXPORTS).encode()
        for _ in range(chance.choice((0, 1, 3, 20))):
            content = _damaged(content, chance)
        path.write_bytes(content)
        return ("import", str(path), "--base", str(folder / "desk"))

    def briefs_changed(chance: random.Random, folder: Path) -> tuple[str, ...]:
        name, content = chance.choice(briefs)
        for _ in range(chance.choice((1, 1, 3, 20))):
            content = _damaged(content, chance)
        path = folder / name
        path.write_bytes(content)
        if chance.random() < 0.3:
            return ("diff", str(path), str(scratch / "built" / "out" / name))
        return ("verify", str(path))

    return {
        "bases": bases,
        "quotes": _quotes,
        "briefs": briefs_changed,
        "others": others,
        "exports": exports,
    }


def _briefs(folder: Path) -> list[tuple[str, bytes]]:
    shutil.copytree(HARBOUR, folder)
    base = ("--base", str(folder / "facts.yaml"), "--out", str(folder / "out"), "--cache", "off")
    with redirect_stdout(StringIO()), redirect_stderr(StringIO()):
        cli._status(["build", *base])  # noqa: SLF001 # the program but for its own exit
    return [(path.name, path.read_bytes()) for path in sorted((folder / "out").glob("basin*"))]


def _quotes(chance: random.Random, folder: Path) -> tuple[str, ...]:
    """A document out of pieces of many scripts, and a quote cut from it and put otherwise."""
    document = "".join(
        chance.choice(_PIECES) + chance.choice(("", " ", " ", "\n"))
        for _ in range(chance.choice((1, 9, 99, 999)))
    )
    start = chance.randrange(len(document))
    quote = list(document[start : start + chance.choice((1, 9, 99, 9_999))])
    for _ in range(chance.randrange(4)):
        place = chance.randrange(len(quote) + 1)
        quote[place : place + chance.randrange(3)] = chance.choice(_PIECES)
    content = document.encode("utf-8", "surrogatepass")
    (folder / "a.txt").write_bytes(content)
    (folder / "facts.yaml").write_text(
        "format: 1\ntitle: Little desk\nlanguages: [en]\ntopics:\n  t: {title: Harbour}\nsources:\n"
        f"  a: {{file: a.txt, sha256: {sha256(content).hexdigest()}, title: A, publisher: P,"
        " origin: o, published: 2025-01-02, language: en}\n"
        "facts:\n  - id: f\n    kind: event\n    topics: [t]\n"
        f"    statement: {json.dumps(''.join(quote)[:200])}\n"
        f"    evidence: [{{source: a, quote: {json.dumps(''.join(quote))}}}]\n",
        encoding="utf-8",
    )
    return ("check", "--base", str(folder / "facts.yaml"), "--cache", "off")


def _line_gone(text: str, chance: random.Random) -> str:
    lines = text.splitlines(keepends=True) or [""]
    del lines[chance.randrange(len(lines))]
    return "".join(lines)


def _line_twice(text: str, chance: random.Random) -> str:
    lines = text.splitlines(keepends=True) or [""]
    lines.insert(chance.randrange(len(lines)), chance.choice(lines))
    return "".join(lines)


def _lines_exchanged(text: str, chance: random.Random) -> str:
    lines = text.splitlines(keepends=True) or [""]
    one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]
    return "".join(lines)


def _indented(text: str, chance: random.Random) -> str:
    lines = text.splitlines(keepends=True) or [""]
    place = chance.randrange(len(lines))
    lines[place] = chance.choice(("  ", " ", "\t", "- ", "? ", "# ")) + lines[place]
    return "".join(lines)


def _value_put(text: str, chance: random.Random) -> str:
    found = list(_VALUE.finditer(text))
    if not found:
        return text
    place = chance.choice(found)
    value = chance.choice((*_HOSTILE, chance.choice(found)[0]))
    return text[: place.start()] + value + text[place.end() :]


def _letter_put(text: str, chance: random.Random) -> str:
    place = chance.randrange(len(text) + 1)
    letter = chance.choice("\0\t\r\x85\u2028\ufeff\ud800'\"[]{}:,&*!|>%@`#-?é")
    return text[:place] + letter + text[place + chance.randrange(2) :]


_CHANGES = (
    _line_gone,
    _line_twice,
    _lines_exchanged,
    _indented,
    _value_put,
    _value_put,
    _value_put,
    _letter_put,
)


def _damaged(content: bytes, chance: random.Random) -> bytes:
    """Bytes changed, cut, doubled or put in from elsewhere."""
    start = chance.randrange(len(content) + 1)
    end = min(len(content), start + chance.choice((1, 1, 9, 99, 9_999)))
    other = chance.randrange(len(content) + 1)
    put = chance.choice(
        (b"", content[start:end] * 2, content[other : other + end - start], chance.randbytes(4))
    )
    return content[:start] + put + content[end:]


if __name__ == "__main__":
    sys.exit(main())
