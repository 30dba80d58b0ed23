"""The same words through other programs, beside our own build: a part of docs/bench.md.

    python benchmarks/peers.py [--rounds N]

`plain.py` writes what briefs tell as HTML and as Typst, which is not measured: the peers begin
from finished words, `briefings` from the base, every quote of which it proves. `printing.py` runs a
peer, which makes all again whatever has changed: its sixteen cold are its sixteen after an edit.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import printing
from cost import Cost, adopt_orphans, cost

ROOT = Path(__file__).resolve().parents[1]
BENCHMARKS = ROOT / "benchmarks"
TOPICS = ("border-clashes", "tehran-meeting", "un-staff-ban", "opposition-outreach")
LANGUAGES = ("en", "fa", "fa-AF", "ps")
ONE = f"{TOPICS[0]}.{LANGUAGES[0]}"

_BIN = Path(sys.executable).parent
_PEERS = {
    "typst": "Typst",
    "pandoc": "Pandoc, set by Typst",
    "chromium": "Chromium’s print",
    "weasyprint": "stock WeasyPrint",
}
_OURS = "briefings"
_CHANGED, _UNCHANGED = 1, 2
"""Which of the builds of many is of a desk where something, or nothing, has changed."""
_EDIT = ("A fragile ceasefire is said to hold", "A fragile ceasefire is reported to hold")
_MISQUOTE = ("a fragile ceasefire continues to", "a lasting ceasefire continues to")


@dataclass(frozen=True, slots=True)
class Entrant:
    """A command by its name, the PDF to look at, and what is done before each run, unmeasured."""

    name: str
    words: tuple[str, ...]
    makes: Path
    before: Callable[[], object] = lambda: None


@dataclass(frozen=True, slots=True)
class Result:
    """What a command has cost, a round each; the size and the digests of its PDF."""

    entrant: Entrant
    costs: tuple[Cost, ...]
    size: int
    digests: frozenset[str]

    def median(self, of: Callable[[Cost], float]) -> float:
        """Of all rounds."""
        return statistics.median(map(of, self.costs))


def main() -> None:
    """Print the part."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    adopt_orphans()
    with tempfile.TemporaryDirectory() as name:
        for line in _part(Path(name), options.rounds):
            print(line, flush=True)


def _part(folder: Path, rounds: int) -> Iterator[str]:
    _write_pages(folder)
    missing = {peer: fault for peer in _PEERS if (fault := _fault(peer))}
    peers = [peer for peer in _PEERS if peer not in missing]
    one = _measured([_ours_one(folder), *_printed(peers, "one", folder)], rounds)
    many = _measured([*_ours_many(folder), *_printed(peers, "sixteen", folder)])
    load = ", ".join(f"{each:.1f}" for each in os.getloadavg())
    yield "\n## Beside its peers\n"
    yield "The same headline, standfirst, judgements, news, accounts, facts, quotes and sources, as"
    yield "`benchmarks/plain.py` writes them for the others: without our figures, navigation, data"
    yield "and proofs. The others begin from finished text and know no base and no document;"
    yield "`briefings` reads and checks the whole base first. Each of them sets one page after the"
    yield "other and has no notion of what has changed: whatever it was, it makes all again, so its"
    yield f"row stands for that too. One brief is the median of {rounds} rounds after one to fill"
    yield "the caches; the many were built once, ours with an empty cache, then with a changed fact"
    yield "that a quarter of them tell. Memory is that of the"
    yield f"largest process; the load of the machine was {load} at the end."
    yield f"\n{', '.join(_versions(peers))}."
    for peer, fault in missing.items():
        yield f"\n{_PEERS[peer]} was not measured: {fault}."
    yield from _table("One brief, cold", one, folder)
    yield from _table(f"{len(TOPICS) * len(LANGUAGES)} briefs", many, folder)
    yield from _rebuilt(many)
    yield from _worth(one, folder)


def _write_pages(folder: Path) -> None:
    """The words of one brief and of sixteen, those with a wrong quote, and a desk to be edited."""
    for name, topics, languages in (
        ("one", TOPICS[:1], LANGUAGES[:1]),
        ("sixteen", TOPICS, LANGUAGES),
    ):
        words = [f"--topic={each}" for each in topics] + [f"--lang={each}" for each in languages]
        command = [sys.executable, str(BENCHMARKS / "plain.py"), str(folder / name), *words]
        subprocess.run(command, check=True, cwd=ROOT)  # noqa: S603 # our own
    wrong = Path(shutil.copytree(folder / "one", folder / "wrong"))
    for path in wrong.iterdir():
        _exchange(path, *_MISQUOTE)
    for name in ("desk", "wrong-desk"):
        for part in ("seeds", "issued"):
            shutil.copytree(ROOT / part, folder / name / part)
        shutil.copy(ROOT / "facts.yaml", folder / name)
    _exchange(folder / "wrong-desk" / "facts.yaml", *_MISQUOTE)


def _exchange(path: Path, old: str, new: str) -> None:
    """Put one text for another, which has to be there."""
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{old!r} is not in {path.name}"
    path.write_text(text.replace(old, new), encoding="utf-8")


def _edit(desk: Path) -> None:
    """Change a headline of a fact."""
    _exchange(desk / "facts.yaml", *_EDIT)


def _fault(peer: str) -> str | None:
    """Why a peer can't run here."""
    try:
        if peer in ("typst", "pandoc"):
            version("typst")
        if peer == "pandoc":
            printing.pandoc_program()
        if peer == "chromium":
            printing.browser()
    except (PackageNotFoundError, ModuleNotFoundError) as missing:
        return f"`{missing.name}` is not installed"
    except subprocess.CalledProcessError:
        return "there is no browser"
    return None


def _versions(peers: Sequence[str]) -> Iterator[str]:
    yield f"briefings {version('briefings')}"
    for peer in peers:
        if peer in ("typst", "weasyprint"):
            yield f"{peer} {version(peer)}"
        else:
            program = printing.pandoc_program() if peer == "pandoc" else printing.browser()
            command = [program or "chromium", "--version"]
            done = subprocess.run(command, check=False, capture_output=True, text=True)  # noqa: S603 # our own
            yield " ".join(done.stdout.partition("\n")[0].split()[:2])


def _built(name: str, folder: Path, *words: str, desk: str = "desk") -> tuple[str, ...]:
    base = str(folder / desk / "facts.yaml")
    out = str(folder / "out" / name)
    return (str(_BIN / _OURS), "build", "--base", base, "--format", "pdf", "--out", out, *words)


def _ours_one(folder: Path, name: str = "ours-one", desk: str = "desk") -> Entrant:
    words = ("--topic", TOPICS[0], "--lang", LANGUAGES[0], "--cache", "off")
    made = folder / "out" / name / f"{ONE}.pdf"
    return Entrant(_OURS, _built(name, folder, *words, desk=desk), made)


def _ours_many(folder: Path) -> Iterator[Entrant]:
    asked = [word for topic in TOPICS for word in ("--topic", topic)]
    asked += [word for code in LANGUAGES for word in ("--lang", code)]
    words = _built("many", folder, *asked, "--cache", str(folder / "cache"))
    made = folder / "out" / "many" / f"{ONE}.pdf"
    yield Entrant("briefings, cold", words, made)
    yield Entrant("briefings, one fact changed", words, made, lambda: _edit(folder / "desk"))
    yield Entrant("briefings, nothing changed", words, made)


def _printed(peers: Sequence[str], pages: str, folder: Path) -> Iterator[Entrant]:
    for peer in peers:
        out = folder / "out" / f"{peer}-{pages}"
        out.mkdir(parents=True, exist_ok=True)
        program = str(BENCHMARKS / "printing.py")
        words = (sys.executable, program, peer, str(folder / pages), str(out))
        yield Entrant(_PEERS[peer], words, out / f"{ONE}.pdf")


def _measured(entrants: Sequence[Entrant], rounds: int | None = None) -> list[Result]:
    """All in turn, with a round to fill their caches before those that count; None: only once."""
    costs: dict[str, list[Cost]] = {entrant.name: [] for entrant in entrants}
    digests: dict[str, set[str]] = {entrant.name: set() for entrant in entrants}
    for turn in range(1 if rounds is None else rounds + 1):
        for entrant in entrants:
            entrant.before()
            spent, status = cost(entrant.words)
            assert status == 0, entrant.words
            if turn or rounds is None:
                costs[entrant.name].append(spent)
            digests[entrant.name].add(sha256(entrant.makes.read_bytes()).hexdigest())
    return [
        Result(
            entrant,
            tuple(costs[entrant.name]),
            entrant.makes.stat().st_size,
            frozenset(digests[entrant.name]),
        )
        for entrant in entrants
    ]


def _table(title: str, results: Sequence[Result], folder: Path) -> Iterator[str]:
    first = results[0]
    yield f"\n### {title}\n"
    yield "| | processor s | ratio | clock s | MiB |"
    yield "| --- | --- | --- | --- | --- |"
    for result in results:
        spent = [each.processor for each in result.costs]
        processor = result.median(lambda each: each.processor)
        ratio = processor / first.median(lambda each: each.processor)
        is_ahead = ratio < 1 and not result.entrant.name.startswith(_OURS)
        cells = (
            result.entrant.name,
            f"{processor:.2f}" + (f" ({min(spent):.2f} to {max(spent):.2f})" if spent[1:] else ""),
            f"{ratio:.2f}" + (f", {1 / ratio:.1f} times ahead" if is_ahead else ""),
            f"{result.median(lambda each: each.clock):.2f}",
            f"{result.median(lambda each: each.memory):.0f}",
        )
        yield f"| {' | '.join(cells)} |"
    yield ""
    for words in dict.fromkeys(result.entrant.words for result in results):
        yield f"    {_shown(words, folder)}"


def _rebuilt(many: Sequence[Result]) -> Iterator[str]:
    """What it costs to have the same again, beside what a peer takes to make all again."""
    peers = [each for each in many if not each.entrant.name.startswith(_OURS)]
    for number, title in ((_UNCHANGED, "Nothing changed"), (_CHANGED, "One fact changed")):
        ours = many[number].median(lambda each: each.processor)
        yield f"\n### {title}, {len(TOPICS) * len(LANGUAGES)} briefs\n"
        yield "| | processor s | beside ours | clock s |"
        yield "| --- | --- | --- | --- |"
        for result in (many[number], *peers):
            processor = result.median(lambda each: each.processor)
            clock = result.median(lambda each: each.clock)
            name, beside = result.entrant.name, _beside(processor / ours)
            yield f"| {name} | {processor:.2f} | {beside} | {clock:.2f} |"


def _beside(ratio: float) -> str:
    """How often what ours takes, and who is ahead."""
    if ratio == 1:
        return "1"
    return f"{ratio:.1f} times" if ratio > 1 else f"{ratio:.2f}, {1 / ratio:.1f} times ahead"


def _worth(results: Sequence[Result], folder: Path) -> Iterator[str]:
    """What the PDF of one brief is worth, however long it took."""
    yield "\n### What the PDF is worth\n"
    yield "| | KiB | same bytes | tagged | PDF/UA-1 | PDF/A-3a | refuses a wrong quote |"
    yield "| --- | --- | --- | --- | --- | --- | --- |"
    objections = _objections([result.entrant.makes for result in results])
    for result in results:
        found = objections[result.entrant.makes]
        cells = (
            result.entrant.name,
            f"{result.size / 1024:.0f}",
            _answer(len(result.digests) == 1),
            _answer(_is_tagged(result.entrant.makes)),
            *(_answer(not count, f"{count} objections") for count in found),
            _answer(_refuses_misquote(result.entrant, folder)),
        )
        yield f"| {' | '.join(cells)} |"
    yield "\nThe profiles are as veraPDF checks them: what only a person can judge is left aside."
    yield "The wrong quote has one word that its document has not. All pages name their day; Pandoc"
    yield "and Chromium write the hour nevertheless."


def _answer(is_so: bool, otherwise: str = "no") -> str:
    return "yes" if is_so else otherwise


def _refuses_misquote(entrant: Entrant, folder: Path) -> bool:
    """Whether the command fails on the same brief with a word of a quote changed."""
    words = entrant.words
    if entrant.name == _OURS:
        words = _ours_one(folder, "wrong", "wrong-desk").words
    wrong = (word.replace(str(folder / "one"), str(folder / "wrong")) for word in words)
    return cost(tuple(wrong))[1] != 0


def _is_tagged(path: Path) -> bool:
    """By what a reader program looks at: ISO 32000-1, 14.7.1 and 14.8.2.2.2."""
    import pikepdf  # noqa: PLC0415 # loaded sooner, it would be in the memory of each command

    with pikepdf.open(path) as document:
        root = document.Root
        is_marked = "/MarkInfo" in root and "/Marked" in root.MarkInfo
        return "/StructTreeRoot" in root and is_marked and bool(root.MarkInfo.Marked)


def _objections(paths: Sequence[Path]) -> Mapping[Path, tuple[int, int]]:
    """How often veraPDF objects to a file, by PDF/UA-1 and by PDF/A-3a."""
    sys.path.insert(1, str(ROOT / "tests"))
    from checkers import verapdf  # noqa: PLC0415 # of the tests, and as above

    found, _ = verapdf(paths)
    return {
        path: (
            sum(each.file == path and each.rule.startswith("PDF/UA-1") for each in found),
            sum(each.file == path and each.rule.startswith("PDF/A-3a") for each in found),
        )
        for path in paths
    }


def _shown(words: Sequence[str], folder: Path) -> str:
    """A command without the folders of this machine."""
    line = " ".join(words).replace(sys.executable, "python")
    return line.replace(f"{folder}/", "").replace(f"{_BIN}/", "").replace(f"{ROOT}/", "")


if __name__ == "__main__":
    main()
