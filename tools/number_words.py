"""Make `briefings/check/quantities/cldr/`: the words of figures in each language, from Unicode.

    PYTHONPATH=. uv run --no-project --with Babel==2.19.0 --with unicode-rbnf==2.4.1 \
        tools/number_words.py

It makes the same bytes every time, and so takes no other versions than those in `VERSIONS`; what it
made is told by the digest in the README there.

Number words come from the spell-out rules of CLDR, by way of `unicode-rbnf`; months, weekdays,
decimal marks, units and currencies from Babel. What the reader of quantities adds up by itself
(“twenty-one”) is left out: each language is built up, and read back, word by word.
"""

from __future__ import annotations

import hashlib
import re
import sys
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

from babel import Locale, localedata
from unicode_rbnf import RbnfEngine
from unicode_rbnf.engine import RbnfError

from briefings.check.quantities.tokens import keys
from briefings.check.quantities.units import FAMILY_OF, MEASURES

TARGET = Path(__file__).parent.parent / "briefings" / "check" / "quantities" / "cldr"
VERSIONS = {"Babel": "2.19.0", "unicode-rbnf": "2.4.1"}
SCALES = (100, 1000, 10**4, 10**5, 10**6, 10**7, 10**8, 10**9, 10**11, 10**12, 10**15)
MORE = frozenset({"ast", "bal", "bho", "ceb", "ckb", "haw", "kok", "mai", "sat", "yue"})
ORDINALS = (*range(1, 32), 40, 50, 60, 70, 80, 90, 100)
GLUED = ("de", "nl", "it", "hu", "fi", "et", "sv", "da", "nb", "no", "nn", "is", "lb", "af", "fo")
# Languages whose rules are of no use to a reader: Han numerals are read by the program itself;
# the single syllables of Korean stand in too many words.
LEFT = frozenset({"root", "zh", "ja", "yue", "ko", "ccp", "chr"})

# Scales of which a compound is made: “zehntausend” is ten and a thousand, and no scale of its own.
_BY_A_THOUSAND = (100, *(1000**power for power in range(1, 6)))

Table = dict[tuple[str, str], dict[str, None]]


def main() -> None:
    """Write every file anew, and the digest of them all."""
    for package, wanted in VERSIONS.items():
        if version(package) != wanted:
            sys.exit(f"{package} is {version(package)} here; the files are made with {wanted}")
    TARGET.mkdir(exist_ok=True)
    for old in TARGET.glob("*.txt"):
        old.unlink()
    languages = sorted({name.partition("_")[0] for name in localedata.locale_identifiers()})
    for language in languages:
        if language != "root" and (text := lexicon(language)) is not None:
            (TARGET / f"{language}.txt").write_text(text, encoding="utf-8")
    readme = TARGET / "README.md"
    told = re.sub(r"\b[0-9a-f]{64}\b", digest(), readme.read_text(encoding="utf-8"))
    readme.write_text(told, encoding="utf-8")


def digest() -> str:
    """The SHA-256 of all files together, each behind its name, in order of their names."""
    whole = hashlib.sha256()
    for path in sorted(TARGET.glob("*.txt")):
        whole.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return whole.hexdigest()


def lexicon(language: str) -> str | None:
    """The file of a language; None where the data has too little of it."""
    table: Table = {}
    _calendar(language, table)
    _measures(language, table)
    if language not in LEFT:
        _numbers(language, table)
    lines = [
        f"{sense}{f' {value}' if value else ''}: {' | '.join(phrases)}"
        for (sense, value), phrases in table.items()
    ]
    senses = {sense for sense, _ in table}
    common = len(language) == 2 or language in MORE
    if "month" in senses and ("number" in senses or (common and _measured(language))):
        return "\n".join(lines) + "\n"
    return None


def _put(table: Table, sense: str, value: object, phrase: str) -> None:
    phrase = phrase.replace("\u00ad", "").strip().lower()
    if phrase and keys(phrase) and " | " not in phrase and ":" not in phrase:
        table.setdefault((sense, str(value)), {})[phrase] = None


def _calendar(language: str, table: Table) -> None:
    locale = Locale.parse(language)
    decimal = locale.number_symbols.get("latn", {}).get("decimal", ".")
    table["format", "decimal"] = {decimal: None}
    if language in GLUED:
        table["format", "options"] = {"glued": None}
    if locale.months["format"]["wide"][1] == "M01":
        return
    for context in ("format", "stand-alone"):
        for number, name in locale.months[context]["wide"].items():
            if not any(char.isdigit() for char in name):
                _put(table, "month", number, name)
        for number, name in locale.months[context]["abbreviated"].items():
            short = name.rstrip(".")
            known = table.get(("month", str(number)), {})
            if not any(char.isdigit() for char in short) and short.lower() not in known:
                _put(table, "month-short", number, short)
        for number, name in locale.days[context]["wide"].items():
            _put(table, "weekday", number, name)


def _measures(language: str, table: Table) -> None:
    locale = Locale.parse(language)
    units = {
        name.split("-", 1)[1]: forms
        for name, forms in locale._data["unit_patterns"].items()
        if "-" in name
    }
    for name in (*MEASURES, "percent", "permille"):
        for length in ("long", "short"):
            for form, pattern in (units.get(name, {}).get(length) or {}).items():
                if form == "per" or not isinstance(pattern, str) or not pattern.startswith("{0}"):
                    continue
                word = pattern.replace("{0}", "").strip(" \u00a0\u202f")
                # Short forms in Latin letters are in `words/every.txt`: “in” and “min” are words.
                if length == "short" and (len(word) < 2 or word[0].isascii()) and word != "%":
                    continue
                if name == "percent":
                    _put(table, "percent", "", word)
                elif name == "permille":
                    _put(table, "per-mille", "", word)
                else:
                    _put(table, "unit", name, word)
    for code in FAMILY_OF:
        names = {
            locale.currencies.get(code),
            *(locale._data["currency_names_plural"].get(code, {}).values()),
        }
        for name in sorted(filter(None, names)):
            if name != code and "(" not in name and not any(char.isdigit() for char in name):
                _put(table, "currency", code, name)


def _measured(language: str) -> bool:
    """Whether the units of a language have words of its own."""
    patterns = Locale.parse(language)._data["unit_patterns"]["duration-day"]
    return any(str(form).strip("{0} ") != "d" for form in (patterns.get("long") or {}).values())


def _numbers(language: str, table: Table) -> None:
    """The words from which all numbers of a language are put together."""
    try:
        engine = RbnfEngine.for_language({"nb": "no"}.get(language, language))
    except ValueError:
        return
    if not list(_spelled(engine, 2, ordinal=False)):
        return
    writer = _Writer(engine, language, table)
    for number in (*range(20), *range(20, 100, 10), *range(21, 100), *range(100, 1000, 100)):
        writer.number(number)
    for number in (101, 102, 103):
        writer.behind_a_hundred(number)
    for scale in SCALES:
        if language not in GLUED or scale in _BY_A_THOUSAND:
            writer.scale(scale)
    for number in ORDINALS:
        for phrase in _spelled(engine, number, ordinal=True):
            _put(table, "ordinal", number, phrase)


def _spelled(engine: RbnfEngine, number: int, *, ordinal: bool) -> Iterator[str]:
    """The ways in which a number is spelled out, each once."""
    names = _rulesets(engine, ordinal=ordinal)
    if not names:
        return
    try:
        texts = engine.format_number(number, ruleset_names=names).text_by_ruleset
    except (RbnfError, ValueError, RecursionError):  # rules that do not reach so far
        return
    seen = set()
    for text in texts.values():
        plain = text.replace("\u00ad", "").strip()
        if plain in ("", "error") or plain in seen or any(char.isdigit() for char in plain):
            continue
        seen.add(plain)
        yield plain


def _rulesets(engine: RbnfEngine, *, ordinal: bool) -> list[str]:
    """The names of the rules that spell a number; not those for tens alone, by how many they are.

    Polish has such: they say “twenty” for 2.
    """
    kind = "spellout-ordinal" if ordinal else ("spellout-cardinal", "spellout-numbering")
    names = [name for name in engine.rulesets if name.startswith(kind) and "year" not in name]
    names = [name for name in names if "financial" not in name and "days" not in name]
    try:
        two, twenty = (
            engine.format_number(number, ruleset_names=names).text_by_ruleset for number in (2, 20)
        )
    except (RbnfError, ValueError, RecursionError):
        return names
    return [name for name in names if two.get(name) not in twenty.values()]


class _Writer:
    """The words of one language so far, and what can be put together from them."""

    def __init__(self, engine: RbnfEngine, language: str, table: Table) -> None:
        self.engine, self.language, self.table = engine, language, table
        self.known: dict[tuple[str, ...], int] = {}
        self.scales: dict[tuple[str, ...], int] = {}

    def number(self, number: int) -> None:
        """Take in a number below a thousand, unless its parts say it."""
        # Some rules have a “one” before what they scale, and say it for nothing as well.
        ones = set(_spelled(self.engine, 1, ordinal=False)) if number == 0 else set[str]()
        for phrase in _spelled(self.engine, number, ordinal=False):
            if phrase in ones:
                continue
            words = keys(phrase.lower())
            if words and words not in self.known and not self._adds_up(words, number):
                self.known[words] = number
                _put(self.table, "number", number, phrase)

    def _adds_up(self, words: tuple[str, ...], number: int) -> bool:
        """Whether `words` are those of tens and units, perhaps with an “and” between them."""
        if number < 21 or len(words) < 2:
            return False
        for cut in range(1, len(words)):
            tens = self.known.get(words[:cut])
            for skip in (0, 1):
                rest = words[cut + skip :]
                units = self.known.get(rest)
                if tens is None or units is None or tens + units != number or tens <= units:
                    continue
                if tens % 10 or tens < 20 or units > 9:
                    continue
                if skip:
                    _put(self.table, "and", "", words[cut])
                return True
        return False

    def scale(self, scale: int) -> None:
        """Take in the words for a hundred, a thousand and so on, in all their forms."""
        for count in (1, 2, 3, 5, 11, 21):
            for phrase in _spelled(self.engine, scale * count, ordinal=False):
                words = keys(phrase.lower())
                rest = self._behind(words, count)
                if rest is None and count == 1:
                    rest = words
                if rest is not None and len(rest) == 1 and rest not in self.scales:
                    if rest in self.known and self.known[rest] != scale:
                        continue
                    self.scales[rest] = scale
                    _put(self.table, "scale", scale, rest[0])
                elif rest is None and len(words) == 1 and count > 1 and words not in self.known:
                    self.known[words] = scale * count
                    _put(self.table, "number", scale * count, phrase)

    def behind_a_hundred(self, number: int) -> None:
        """Take in what a hundred is called before units, and the “and” behind it."""
        for phrase in _spelled(self.engine, number, ordinal=False):
            words = keys(phrase.lower())
            if len(words) < 2 or self.known.get(words[-1:]) != number - 100:
                continue
            hundred, link = words[:-1], words[-2]
            if len(words) > 2 and self.known.get(words[:-2]) == 100:
                _put(self.table, "and", "", link)
            elif len(hundred) == 1 and hundred not in self.known:
                self.known[hundred] = 100
                _put(self.table, "number", 100, link)

    def _behind(self, words: tuple[str, ...], count: int) -> tuple[str, ...] | None:
        """What stands behind the word for `count`, which may be written together with it."""
        for cut in range(len(words) - 1, 0, -1):
            if self.known.get(words[:cut]) == count:
                return words[cut:]
        if self.language in GLUED and len(words) == 1:
            for known, value in self.known.items():
                if value == count and len(known) == 1 and words[0].startswith(known[0]):
                    rest = words[0][len(known[0]) :]
                    return (rest,) if rest else None
        return None


if __name__ == "__main__":
    main()
