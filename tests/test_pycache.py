"""What is made of the files of words is kept once for all, and never changes what they mean."""

from __future__ import annotations

import os
import py_compile
import re
import subprocess
import sys
from collections.abc import Callable
from importlib.util import cache_from_source
from pathlib import Path

import pytest
from breadth import spread

from briefings.check import words
from briefings.check.quantities import lexicon
from briefings.check.words.beginnings import outline
from briefings.core.patterns import compiled, compiled_once, kept_pattern, pattern_of
from briefings.core.pycache import kept
from briefings.render.figures import atlas as world
from briefings.render.html.environment import shipped
from briefings.render.l10n import catalogues
from briefings.render.l10n.catalogues import FOLDER, read

SOURCE = "words.toml"


@pytest.fixture
def beside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file that need not be there, in a world where Python has kept nothing yet."""
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path / "bytecode"))
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    return tmp_path / SOURCE


class Maker:
    """Makes a value, and counts how often."""

    def __init__(self, value: object = ("made", {"of": (1, b"2")})) -> None:
        self.value = value
        self.count = 0

    def __call__(self) -> object:
        self.count += 1
        return self.value


def _entry(beside: Path) -> Path:
    """The one file in which something is kept."""
    (entry,) = Path(cache_from_source(str(beside))).parent.iterdir()
    return entry


def test_what_is_made_is_made_once(beside: Path) -> None:
    """The next process, which asks for the same of the same, has what the first has made."""
    make = Maker()
    assert kept(beside, [b"a", b"b"], make) == make.value
    assert kept(beside, [b"a", b"b"], make) == make.value
    assert make.count == 1


@pytest.mark.parametrize("inputs", [[b"a", b"c"], [b"ab"], [b"ab", b""], []])
def test_of_other_inputs_it_is_made_anew(beside: Path, inputs: list[bytes]) -> None:
    """Another file, or another module that makes it: neither time nor size decides."""
    kept(beside, [b"a", b"b"], Maker("old"))
    assert kept(beside, inputs, Maker("new")) == "new"
    assert kept(beside, inputs, Maker("newer")) == "new"


def test_a_module_beside_it_has_its_name(beside: Path) -> None:
    """Both are kept: neither is taken for the other, nor takes its place."""
    make, module = Maker(), beside.with_suffix(".py")
    module.write_text("")
    kept(beside, [b"a"], make)
    py_compile.compile(str(module), doraise=True)
    compiled_module = Path(cache_from_source(str(module))).read_bytes()
    assert kept(beside, [b"a"], make) == make.value
    assert make.count == 1
    assert Path(cache_from_source(str(module))).read_bytes() == compiled_module


@pytest.mark.parametrize("damage", [lambda it: it[:-3], lambda it: it[:9], lambda it: it[:0]])
def test_what_was_damaged_is_made_anew(beside: Path, damage: Callable[[bytes], bytes]) -> None:
    """It is no trouble, and whole again afterwards."""
    make = Maker("some text that is long enough")
    kept(beside, [b"a"], make)
    entry = _entry(beside)
    entry.write_bytes(damage(entry.read_bytes()))
    assert kept(beside, [b"a"], make) == make.value
    assert kept(beside, [b"a"], make) == make.value
    assert make.count == 2


def test_no_byte_of_it_can_be_another(beside: Path) -> None:
    """Whichever letter of what is kept was exchanged, it is seen."""
    make = Maker("letters")
    kept(beside, [b"a"], make)
    entry = _entry(beside)
    whole = entry.read_bytes()
    for at in range(len(whole)):
        entry.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        assert kept(beside, [b"a"], make) == "letters", f"byte {at}"


def test_python_is_told_to_keep_nothing(beside: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As `PYTHONDONTWRITEBYTECODE` says it: nothing is made that only the next would need."""
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    make = Maker()
    assert kept(beside, [b"a"], make) is None
    assert not make.count


def test_a_folder_that_can_not_be_written_is_no_trouble(
    beside: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of an installation that belongs to somebody else, Python may keep nothing either."""
    monkeypatch.setattr("os.access", lambda *_: False)
    make = Maker()
    assert kept(beside, [b"a"], make) is None
    assert not make.count


@pytest.mark.parametrize("language", spread(words.languages(), 4))
def test_words_that_were_kept_are_those_of_their_file(language: str) -> None:
    """The patterns are, code by code, those that Python compiles; so is what stands in the file."""
    data, outlines, codes, order = words._table(language, words._texts(language))
    assert codes
    for pattern, code in codes.items():
        assert pattern_of(pattern, code) == re.compile(pattern)
    plain = words.Words(language, data, {}, re.compile)
    assert outlines == {word: outline(word) for _, word in plain.roles()}
    ordered = words.Words(language, data, {}, re.compile, order)
    assert list(ordered.roles()) == list(plain.roles())


def test_rules_ask_for_patterns_that_were_kept() -> None:
    """Of English, all that a rule asks for by name is compiled when the words are made ready."""
    _, _, codes, _ = words._table("en", words._texts("en"))
    sections = {
        match[1]
        for module in Path(words.__file__).parents[1].rglob("*.py")
        for match in re.finditer(
            r"\.(?:pattern|at_start|at_end)\(\"([a-z_]+)\"\)", module.read_text()
        )
    }
    english = words.words("en")
    assert english is not None
    assert len(sections) > 8
    for section in sections:
        pattern = english.pattern(section)
        assert pattern is None or pattern.pattern in codes, section


def test_a_pattern_of_a_python_that_compiles_otherwise_is_compiled_as_ever(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """How Python compiles is private to it: where it is not seen, nothing is kept of it."""

    def other(_: str) -> object:
        raise ImportError

    monkeypatch.setattr("briefings.core.patterns.import_module", other)
    assert compiled("a|b") is None
    assert pattern_of("a|b", None) == re.compile("a|b")


PATTERNS = (
    (r"(?P<day>\d+)[./](?P<month>\d+)|(x)(?P=day)?", re.VERBOSE, "12.3 und 4/5, x"),
    (r"[\u3040-\u30ff]+|[^\W\d_]+|(Ab)", re.IGNORECASE, "ab カナ, Straße"),
)


@pytest.mark.parametrize(("pattern", "flags", "text"), PATTERNS)
def test_the_pattern_of_a_module_that_was_kept_finds_what_it_would(
    beside: Path, pattern: str, flags: int, text: str
) -> None:
    """Groups, their names and flags included, made anew or taken from what was kept."""
    plain = re.compile(pattern, flags)
    for _ in range(2):
        made = kept_pattern(str(beside), pattern, flags)
        assert made.pattern == plain.pattern
        assert (made.flags, made.groups, made.groupindex) == (
            plain.flags,
            plain.groups,
            plain.groupindex,
        )
        found = [
            [(each.span(), each.groups(), each.groupdict(), each.lastgroup) for each in own]
            for own in (made.finditer(text), plain.finditer(text))
        ]
        assert found[0] == found[1]
    assert list(beside.parent.rglob("words_pattern.*"))


@pytest.mark.usefixtures("beside")
@pytest.mark.parametrize("language", ["en", "fa", "de", "zh", "xx"])
def test_words_of_figures_that_were_kept_are_those_of_their_files(language: str) -> None:
    """Made anew or taken from what was kept, a lexicon is the same."""
    lexicon.lexicon.cache_clear()
    read_anew = lexicon.lexicon(language)
    lexicon.lexicon.cache_clear()
    assert lexicon.lexicon(language) == read_anew
    lexicon.lexicon.cache_clear()
    for name in ("runs", "parts"):
        pattern = getattr(read_anew, name)
        assert pattern is None or pattern == re.compile(pattern.pattern)


@pytest.mark.usefixtures("beside")
def test_the_world_is_kept_as_it_was_decoded(monkeypatch: pytest.MonkeyPatch) -> None:
    """The next process draws the same coasts and borders, and decodes none; of others it does."""
    topology = (shipped() / "map" / "countries-50m.json").read_text(encoding="utf-8")
    decode, decoded = world._table, list[str]()

    def counted(topojson: str) -> object:
        decoded.append(topojson)
        return decode(topojson)

    monkeypatch.setattr(world, "_table", counted)
    first, second = (world.atlas.__wrapped__(topology) for _ in range(2))
    assert decoded == [topology]
    for part in ("land", "borders", "countries"):
        assert getattr(first, part) == getattr(second, part)
    lines = (
        *first.land,
        *first.borders,
        *(ring for each in first.countries for ring in each.rings),
    )
    assert all(line.west == min(line.lons) and line.north == max(line.lats) for line in lines)
    world.atlas.__wrapped__(topology + " ")
    assert decoded == [topology, topology + " "]


@pytest.mark.parametrize("language", ["fa", "fa-AF", "ps"])
def test_words_of_pages_that_were_kept_are_those_of_their_file(
    language: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second time no catalogue is read; each message and each plural is as it was."""
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path))
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    made = catalogues.catalogue.__wrapped__(language)
    monkeypatch.setattr(catalogues, "read", None)
    again = catalogues.catalogue.__wrapped__(language)
    held = read((FOLDER / f"{language}.po").read_text("utf-8"))
    assert made.forms == again.forms
    assert again.forms == {
        (each.context, each.english[0]): each.forms for each in held.messages if each.forms
    }
    assert list(map(again.plural, range(200))) == list(map(held.plural, range(200)))


def test_modules_find_patterns_that_were_compiled_before(
    beside: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The next process compiles none of them, but one that is new; each finds what it would."""
    compiling: list[str] = []
    plainly = re._compiler.compile  # type: ignore[attr-defined] # it is private to Python

    def counted(pattern: str, flags: int = 0) -> re.Pattern[str]:
        compiling.append(pattern)
        made: re.Pattern[str] = plainly(pattern, flags)
        return made

    monkeypatch.setattr("re._compiler.compile", counted)
    loaded: list[tuple[str, int, str]] = list(PATTERNS)
    for new in ([pattern for pattern, _, _ in loaded], [], [r"new(er)?"], []):
        re.purge()
        compiling.clear()
        loaded += [(pattern, 0, "newer") for pattern in new if pattern.startswith("new")]
        with compiled_once(str(beside)):
            found = [re.compile(pattern, flags).findall(text) for pattern, flags, text in loaded]
        assert compiling == new
        assert found == [plainly(pattern, flags).findall(text) for pattern, flags, text in loaded]


def test_where_python_has_patterns_elsewhere_they_are_compiled_as_ever(
    beside: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And where it may keep nothing, none is compiled for the next process."""
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    with compiled_once(str(beside)):
        assert re.compile("kept(?= nowhere)").search("kept nowhere")
    assert not list(beside.parent.rglob("*_patterns.*"))
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.delattr("re._cache")
    with compiled_once(str(beside)):
        pass
    assert not kept(beside.with_name("words_patterns.re"), [], dict)


def test_a_second_check_compiles_no_pattern_of_a_module(tmp_path: Path) -> None:
    """What is kept of the first is kept as it is: no module makes another pattern each time."""
    (tmp_path / "facts.yaml").write_text("format: 1\n")
    command = [sys.executable, "-m", "briefings", "check", "--cache", "off"]
    environment = {**os.environ, "PYTHONPYCACHEPREFIX": str(tmp_path / "bytecode")}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    tables: list[tuple[bytes, int]] = []
    for _ in range(2):
        subprocess.run(command, check=False, cwd=tmp_path, env=environment, capture_output=True)
        (table,) = (tmp_path / "bytecode").rglob("check_patterns.*")
        tables.append((table.read_bytes(), table.stat().st_mtime_ns))
    assert tables[0] == tables[1]
    assert len(tables[0][0]) > 10_000
