"""One target of `guided.py`: this process becomes its fuzzer.

python benchmarks/targets.py NAME FOLDER RUNS SEED
"""

from __future__ import annotations

import os
import re
import shutil
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import redirect_stderr, redirect_stdout
from functools import partial
from io import StringIO
from pathlib import Path
from types import MappingProxyType
from typing import NoReturn, TypeAlias

import atheris

with (
    redirect_stderr(StringIO()),  # a line for each module
    atheris.instrument_imports(include=["briefings"], enable_loader_override=False),
):
    from briefings import cli
    from briefings.check.quantities import reader
    from briefings.check.quotes import nearest, search
    from briefings.core.codes import CODES
    from briefings.core.model import ParagraphStyle, SourceId
    from briefings.load import desk, documents

HARBOUR = Path(__file__).resolve().parents[1] / "tests" / "desk_harbour"
SECONDS = 5.0
"""The most processor time that an input may take."""

MEBIBYTES = 1_024
"""What this process may grow to."""

SLOWEST = "slowest"
"""The file that says how many seconds of processor time the slowest input took."""

LANGUAGES = ("en", "fa", "ps", "ar", "fr", "de", "ru", "tr", "zh", "ja", "hi", "sw")

FIGURES = (
    "between 3 and 4.5 million people, up to 12 %, about US$ 1.2bn",
    "no fewer than two thirds of the 1,240 households, half a million, -3 °C",
    "on Monday 8 December 2025 at 10:30, in the 21st century",
    "۲۳ قوس ۱۴۰۴، بیش از ۳۸/۲ هزار میلیارد، سه و نیم میلیون نفر",
    "ارتفاع عدد الوفيات إلى ٢٠٣٧ وفاة و٢٩٥٠ إصابة، أحد عشر",
    "quatre-vingt-dix-sept mille deux cents, 1 234,5 Md€, le 1er mai",
    "einundzwanzig Mio. Euro, 3,5 Prozentpunkte, die 2. Runde",
    "двадцать пять тыс. человек, 1,5 млрд рублей, в 2 раза",
    "約3万5千人、十二月八日、三分の二、8574人",
    "yüzde 12, bir buçuk milyar lira, 12 Eylül",
    "12,34,567 रुपये, ढाई करोड़, COVID-19, AK-47, Ⅻ, ⑰, ½, 10²",
)

Target: TypeAlias = Callable[[Path, bytes], None]


def fuzz(name: str, folder: Path, runs: int, seed: int) -> NoReturn:
    """Run a target on inputs made from those in the folder's corpus; it ends this process."""
    os.chdir(folder)  # where inputs that are faults are kept
    corpus = folder / "corpus"
    corpus.mkdir()
    for number, content in enumerate(_seeds(name, folder)):
        (corpus / f"{number:03}").write_bytes(content)
    target = partial(_TARGETS[name], folder)
    slowest = 0.0

    def limited(content: bytes) -> None:
        nonlocal slowest
        began = time.process_time()
        target(content)
        spent = time.process_time() - began
        if spent > slowest:
            slowest = spent
            (folder / SLOWEST).write_text(f"{spent:.3f}")
        if spent > SECONDS:
            raise AssertionError(f"it took {spent:.1f} s")

    longest = max(path.stat().st_size for path in corpus.iterdir())
    flags = {
        "runs": runs,
        "seed": seed,
        "max_len": 2 * longest,
        "rss_limit_mb": MEBIBYTES,
        "timeout": 60,  # on the clock, of a machine that may be busy
        "print_final_stats": 1,
        "verbosity": 0,
    }
    options = (f"-{key}={value}" for key, value in flags.items())
    atheris.Setup([sys.argv[0], *options, str(corpus)], limited)
    atheris.Fuzz()
    raise SystemExit


def _seeds(name: str, folder: Path) -> Iterator[bytes]:
    """What the runs of a target begin with."""
    if name == "yaml":
        base = (HARBOUR / "facts.yaml").read_text(encoding="utf-8")
        yield from (part.encode() for part in re.split(r"(?m)^(?=\w)", base) if part)
    elif name in ("pages", "papers"):
        pattern = "*.html" if name == "pages" else "*.pdf"
        yield from (
            path.read_bytes() for path in sorted(_built(folder).glob(f"basin*{pattern[1:]}"))
        )
    else:
        for path in sorted((HARBOUR / "documents").iterdir()):
            lines = path.read_text(encoding="utf-8").splitlines()
            yield from (line.encode() for line in lines if line)
        yield from (text.encode() for text in FIGURES)


def _built(folder: Path) -> Path:
    shutil.copytree(HARBOUR, folder / "desk")
    base = ("--base", str(folder / "desk" / "facts.yaml"), "--cache", "off")
    with redirect_stdout(StringIO()), redirect_stderr(StringIO()):
        cli._status(["build", *base, "--out", str(folder / "out")])  # noqa: SLF001 # the program but for its own exit
    return folder / "out"


def _yaml(_: Path, content: bytes) -> None:
    """Load a base of these bytes."""
    loaded = desk.load(HARBOUR / "facts.yaml", {"facts.yaml": content})
    for each in loaded.diagnostics:
        assert each.code in CODES, each
        if each.span is not None and (text := loaded.texts.get(each.span.path)) is not None:
            assert 0 <= each.span.start <= each.span.end <= len(text.text), each


def _quotes(_: Path, content: bytes) -> None:
    """Look for the end of a text, as a quote, in its beginning."""
    chance = atheris.FuzzedDataProvider(content)
    share = chance.ConsumeIntInRange(0, 255)
    text = chance.ConsumeUnicodeNoSurrogates(len(content))
    document = documents.decode(
        SourceId("a"), "a.txt", text[: len(text) * share // 255].encode(), ParagraphStyle.LINES
    )
    quote = text[len(text) * share // 511 :]
    searched = search.Searched(document)
    if search.fault(search.read(quote)) is None and (standing := searched.standing(quote)):
        for place in standing.places:
            start, end = standing.folded.original_range(place[0][0], place[-1][1])
            assert 0 <= start < end <= len(document.text)
    nearest.passage(quote, document, searched.words)


def _figures(_: Path, content: bytes) -> None:
    """Read the quantities of a text as one of a language."""
    chance = atheris.FuzzedDataProvider(content)
    language = LANGUAGES[chance.ConsumeIntInRange(0, len(LANGUAGES) - 1)]
    text = chance.ConsumeUnicodeNoSurrogates(len(content))
    for quantity in reader.read(text, language):
        assert 0 <= quantity.start <= quantity.end <= len(text), quantity


def _verified(suffix: str, folder: Path, content: bytes) -> None:
    """Verify a brief of these bytes, and compare it with the one that was built."""
    path = folder / f"brief{suffix}"
    path.write_bytes(content)
    sound = next(iter(sorted((folder / "out").glob(f"basin*{suffix}"))))
    for command in (("verify", str(path)), ("diff", str(sound), str(path))):
        with redirect_stdout(StringIO()), redirect_stderr(StringIO()):
            status = cli._status(["--debug", *command])  # noqa: SLF001 # the program but for its own exit
        assert status in (0, 1, 2), status
        if command[0] == "verify" and content != sound.read_bytes():
            assert status, "an altered brief verifies"


_TARGETS: Mapping[str, Target] = MappingProxyType(
    {
        "yaml": _yaml,
        "quotes": _quotes,
        "figures": _figures,
        "pages": partial(_verified, ".html"),
        "papers": partial(_verified, ".pdf"),
    }
)

if __name__ == "__main__":
    fuzz(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]))
