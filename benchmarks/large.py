"""Desks of any size from a seed; what `check`, `list` and a brief cost there beside the floor.

    python benchmarks/large.py 1000 2000 4000 [--wrong] [--folder DIR]

The floor is what reading a desk must cost, by `floor.py`. Printed for each number of facts: seconds
of processor time, how often the floor, the most memory; and the exponent with which the time grows
from size to size, 1 if it grows linearly. A desk has quotes, translations, actors, contested points
and sources of one document for every ten facts, and no mistake; with `--wrong` each quote has one
word that its document has not. Statements and headlines say what their quotes say in another order
and in fewer words: one that repeats its quote to the letter costs next to nothing. `brief` is all
that one topic comes to as pages for a screen, with the check of the whole desk; `brief known` is
that of another topic after a check that has left its cache. `check edited` is the check after one
fact of one file was changed, by what the check before it has left in a cache.
"""

from __future__ import annotations

import argparse
import hashlib
import math
import os
import random
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

# No word of which chance makes more than it says, as it does of “in agency talks on”: a made
# translation would lose it. Nor a verb: another order would tell who did it otherwise.
_ENGLISH = """
border trade council ministry ferry officials region transit market farmers refugees schools
clinics agency agreement meeting session letter envoy governor district river road customs
revenue shipment fuel wheat medicine water power engineers workers guards patrol residents elders
students teachers traders drivers banks prices budget programme survey ledger relief camp shelter
party leader minister assembly hall judge law decree policy security bridge harbour canal orchard
workshop garden tower village the a of in on for with by at its their this near along across
during behind beside between among
"""
# No word that the rules know as one of a kind, such as schools: a made translation, whose words are
# any, would name another of it.
_PERSIAN = """
مرز تجارت شورا هیئت دره باغ سازمان نشست نامه چشمه ولایت دریا جاده
گمرک باران سنگ خاک درخت کارگر پنجره ساکن بزرگان دیوار تاجر کوچه بانک قیمت بودجه برنامه
اردوگاه حزب رهبر ستون مجلس ساحل قانون در از به با برای این
"""
_IN_PERSIAN = _PERSIAN.split()
_COUNTED = "tents"
_LEFT_OUT = 1 / 6  # of the words of a quote
_SHORT = 6  # words of a headline
_SYLLABLES = "ka bu la dor shan mir go ter ves na pol ira zem hel tas or lun ber dak sol"
_FACTS_A_FILE = 2_500
_HEAD = """format: 1
title: {en: A made desk, fa: میز ساخته}
languages: [en, fa]
timezone: UTC
edition: {as_of: 2025-12-14, period: week}
include: [facts/*.yaml]
"""
# In a process of its own, so that its memory and time are its own.
FLOOR = Path(__file__).with_name("floor.py")


def main() -> None:
    """One row for each size and command, and how the time grows."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("sizes", type=int, nargs="+", help="numbers of facts")
    parser.add_argument("--wrong", action="store_true", help="no quote stands in its document")
    parser.add_argument("--folder", type=Path, help="where to leave the desks")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = given.folder or Path(scratch)
        costs: dict[str, list[float]] = {}
        print(f"{'facts':>8}  {'':12}{'seconds':>8}{'x floor':>9}{'MiB':>7}")
        for size in given.sizes:
            desk = folder / f"{size}{'-wrong' if given.wrong else ''}"
            make(size, desk, wrong=given.wrong)
            floor, _ = _cost(sys.executable, str(FLOOR), str(desk))
            for name, command in _commands(desk, folder, wrong=given.wrong).items():
                ends = 1 if given.wrong and name.startswith("check") else 0
                if name == "check edited":
                    _cost(*command, ends=ends)
                    edit(desk)
                spent, memory = _cost(*command, ends=ends)
                costs.setdefault(name, []).append(spent)
                print(f"{size:>8}  {name:12}{spent:>8.2f}{spent / floor:>9.1f}{memory:>7.0f}")
        for name, seconds in costs.items():
            if len(seconds) > 1:
                print(
                    f"{name} grows with the facts to the power {_power(given.sizes, seconds):.2f}"
                )


def make(facts: int, desk: Path, *, wrong: bool = False, seed: int = 1) -> None:
    """Write a desk of so many facts; the same for the same arguments."""
    rng = random.Random(f"{seed} {facts}")  # noqa: S311 # nothing is to be kept secret
    (desk / "documents").mkdir(parents=True, exist_ok=True)
    (desk / "facts").mkdir(exist_ok=True)
    names = [f"{_word(rng)} {_word(rng)}" for _ in range(max(10, min(5_000, facts // 10)))]
    documents = [_document(rng, names) for _ in range(max(2, facts // 10))]
    origins = [name.lower().replace(" ", "-") for name in names[:50]]
    lines = [_HEAD.rstrip(), "sources:"]
    for number, sentences in enumerate(documents):
        text = "\n".join(sentences) + "\n"
        (desk / "documents" / f"{number}.txt").write_text(text)
        lines += [
            f"  source-{number}:",
            f"    file: documents/{number}.txt",
            f"    sha256: {hashlib.sha256(text.encode()).hexdigest()}",
            f"    title: {sentences[0]}",
            "    publisher: The Post",
            f"    origin: {origins[number % len(origins)]}",
            "    published: 2025-12-01",
            "    language: en",
            f"    reliability: {'ABCD'[number % 4]}",
        ]
    lines += ["actors:", *(_named("actor", names)), "topics:"]
    topics = max(5, min(400, facts // 40))
    for number in range(topics):
        lines += [f"  topic-{number}:", f"    title: {{en: Topic {number}, fa: موضوع {number}}}"]
    (desk / "facts.yaml").write_text("\n".join(lines) + "\n")
    for first in range(0, facts, _FACTS_A_FILE):
        numbers = range(first, min(facts, first + _FACTS_A_FILE))
        entries = [line for each in numbers for line in _fact(each, rng, documents, topics, wrong)]
        path = desk / "facts" / f"{first:07}.yaml"
        path.write_text("\n".join(["facts:", *entries, *_contests(numbers, topics)]) + "\n")


def _document(rng: random.Random, names: Sequence[str]) -> list[str]:
    """Sentences of 17 to 32 words, 4,000 to 20,000 letters of them."""
    english = _ENGLISH.split()
    sentences: list[str] = []
    size = rng.randint(4_000, 20_000)
    while size > 0:
        # None twice: parts between which the same word stands twice may change places by chance.
        words = rng.sample(english, rng.randint(17, 32))
        words[0] = rng.choice(names) if rng.random() < 0.5 else words[0].capitalize()
        if rng.random() < 0.35:
            words[12] = f"{rng.randint(11, 9_999)} {_COUNTED}"
        sentences.append(" ".join(words) + ".")
        size -= len(sentences[-1])
    return sentences


def _fact(
    number: int, rng: random.Random, documents: Sequence[Sequence[str]], topics: int, wrong: bool
) -> Iterator[str]:
    """A fact that says in other words what its first quote says, in two languages."""
    sources = rng.sample(range(len(documents)), 1 if rng.random() < 0.7 else 2)
    quotes = [rng.choice(documents[source]) for source in sources]
    yield f"  - id: fact-{number}"
    yield "    kind: event"
    yield f"    topics: [topic-{number % topics}]"
    statement = _reworded(quotes[0])
    yield f"    statement:\n      en: >-\n        {statement}"
    yield f"      fa: >-\n        {_translated(statement)}"
    if number % 2:
        headline = " ".join(statement.split()[:_SHORT])
        yield f"    headline: {{en: {headline}, fa: {_translated(headline)}}}"
    yield "    date: 2025-12-01"
    yield "    credibility: 3"
    yield "    evidence:"
    for source, quote in zip(sources, quotes, strict=True):
        words = quote.split()
        if wrong:
            words[len(words) // 2] = "elsewhere"
        yield f"      - source: source-{source}"
        yield f"        quote: >-\n          {' '.join(words)}"
        yield f"        translation:\n          fa: >-\n            {_translated(quote)}"


def _reworded(text: str) -> str:
    """The halves of a sentence in each other's place, and without a word in six."""
    rng = random.Random(text)  # noqa: S311 # as above
    first, second, *others = text.rstrip(".").split()
    words = [first if second.istitle() else first.lower(), second, *others]
    figure = next((at for at, word in enumerate(words) if word.isdigit()), len(words))
    held = range(figure - 1, figure + 2)  # a figure with the words beside it, as “camp 12 tents”
    half = next(at for at in range(len(words) // 2, len(words)) if at not in held)
    kept = [
        words[at]
        for at in (*range(half, len(words)), *range(half))
        if at in held or words[at].istitle() or rng.random() > _LEFT_OUT
    ]
    return f"{kept[0].capitalize()} {' '.join(kept[1:])}."


def _translated(text: str) -> str:
    """Persian words, the same for the same word, in its order."""
    return f"{' '.join(map(_word_translated, text.rstrip('.').split()))}."


@cache
def _word_translated(word: str) -> str:
    if word.isdigit():
        return word
    return "خیمه" if word == _COUNTED else random.Random(word.lower()).choice(_IN_PERSIAN)  # noqa: S311 # as above


def _contests(numbers: range, topics: int) -> Iterator[str]:
    """A contested point for every hundredth fact, with the next fact of its topic."""
    yield "contested:"
    for number in numbers[::100]:
        other = number + topics
        if other not in numbers:
            return
        yield f"  - id: contest-{number}"
        yield f"    topic: topic-{number % topics}"
        yield "    question: {en: Which account holds?, fa: کدام روایت درست است؟}"
        yield "    positions:"
        yield f"      fact-{number}: {{en: The one, fa: یکی}}"
        yield f"      fact-{other}: {{en: The other, fa: دیگری}}"


def _named(kind: str, names: Sequence[str]) -> Iterator[str]:
    for number, name in enumerate(names):
        yield f"  {kind}-{number}:"
        yield f"    name: {{en: {name}{number}, fa: نام {number}}}"
        yield "    kind: person"


def _word(rng: random.Random) -> str:
    return "".join(rng.choice(_SYLLABLES.split()) for _ in range(3)).capitalize()


def edit(desk: Path) -> None:
    """Change one fact of the first file, another each time."""
    path = min((desk / "facts").glob("*.yaml"))
    path.write_text(path.read_text().replace("credibility: 3", "credibility: 4", 1))


def _commands(desk: Path, folder: Path, *, wrong: bool) -> dict[str, list[str]]:
    ours, cache = str(Path(sys.executable).parent / "briefings"), str(folder / "cache")
    base = ["--base", str(desk / "facts.yaml")]
    check = [ours, "check", *base, "--cache"]
    build = [ours, "build", *base, "--format", "html", "--out", str(folder / "out"), "--cache"]
    briefs = {
        "brief": [*build, "off", "--topic", "topic-0"],
        "brief known": [*build, cache, "--topic", "topic-1"],
    }
    return {
        "check": [*check, "off"],
        "check edited": [*check, cache],
        "list topics": [ours, "list", "topics", *base, "--cache", "off"],
        **({} if wrong else briefs),
    }


def _cost(*command: str, ends: int = 0) -> tuple[float, float]:
    """Processor time in seconds, and the most memory in MiB, of a command that `ends` so."""
    with subprocess.Popen(  # noqa: S603 # it is ours
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as child:
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode != ends:
        sys.exit(f"{' '.join(command)} ended with {child.returncode}, not {ends}")
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def _power(sizes: Sequence[int], seconds: Sequence[float]) -> float:
    """The slope of a line fitted to the logarithms, by least squares."""
    return statistics.linear_regression(
        [math.log(size) for size in sizes], [math.log(each) for each in seconds]
    ).slope


if __name__ == "__main__":
    main()
