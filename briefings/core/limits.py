"""The most that anything may cost, and how whoever runs the program allows more.

A base or a template can't: it may be a stranger's. Limits let through or refuse, and are no input:
what is let through comes out the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from enum import StrEnum
from types import MappingProxyType

from briefings.core.names import nearest
from briefings.core.values import dataclass

VARIABLE = "BRIEFINGS_LIMITS"

_SIZES = {"KiB": 2**10, "MiB": 2**20, "GiB": 2**30, "kB": 10**3, "MB": 10**6, "GB": 10**9}
_VALUE = re.compile(r"([0-9]{1,15})\s*(KiB|MiB|GiB|kB|MB|GB|s|)")
_LARGEST = 10**15
"""The largest value of a limit, in bytes or whatever it counts: no machine has more."""

_allowed: ContextVar[Mapping[str, int]] = ContextVar("limits", default=MappingProxyType({}))


class Counted(StrEnum):
    """What a limit counts."""

    BYTES = "bytes"
    SECONDS = "seconds"
    NUMBER = "number"


class NoLimit(Exception):
    """What was given is none; the message says why, in one clause."""


@dataclass(frozen=True, slots=True)
class Limit:
    """The most of something.

    Attributes:
        name: By which more is allowed.
        default: In bytes, seconds of processor time, or whatever it counts.
        unit: Which of these.
        guards: What there is so much of, at most.
    """

    name: str
    default: int
    unit: Counted
    guards: str

    @property
    def most(self) -> int:
        """What is allowed to this command."""
        return _allowed.get().get(self.name, self.default)

    @property
    def shown(self) -> str:
        """The limit as a text: `8 MiB`, `2,000,000`."""
        return self.in_words(self.most)

    @property
    def raising(self) -> str:
        """How twice as much is allowed, as a hint."""
        return self.raising_to(0)

    def raising_to(self, need: int) -> str:
        """How at least `need` are allowed, as a hint: twice as much, or twice that."""
        most = 2 * self.most
        while most < need:
            most *= 2
        return f"if it has to be more, allow it: `briefings --limit {self.written(most)} …`"

    def written(self, value: int) -> str:
        """A value of this limit, as it is allowed: `document=16MiB`."""
        return f"{self.name}={re.sub('[ ,]|bytes', '', self.in_words(value))}"

    def in_words(self, value: int) -> str:
        """A value of this limit as a text."""
        if self.unit is Counted.SECONDS:
            return f"{value} s"
        if self.unit is Counted.BYTES:
            for name in ("GiB", "MiB", "KiB"):
                if value >= _SIZES[name] and value % _SIZES[name] == 0:
                    return f"{value // _SIZES[name]:,} {name}"
            return f"{value:,} bytes"
        return f"{value:,}"


def _size(name: str, mebibytes: int, guards: str) -> Limit:
    return Limit(name, mebibytes * 2**20, Counted.BYTES, guards)


def _number(name: str, most: int, guards: str) -> Limit:
    return Limit(name, most, Counted.NUMBER, guards)


def _time(name: str, seconds: int, guards: str) -> Limit:
    return Limit(name, seconds, Counted.SECONDS, guards)


FILE = _size("file", 64, "any other file: of the base, a record, a font, a brief that is verified")
OWN = _size("own", 64, "a file of the program itself, of which nobody allows less or more")
BASE = _size("base", 128, "the files of a base together")
VALUES = _number("values", 2_000_000, "the values in a file of a base, lists and maps included")
ALL_VALUES = _number("all-values", 6_000_000, "the values in the files of a base together")
COMMENTS = _number(
    "comments", 400_000, "the lines in the files of a base together that are comments, or empty"
)
DEPTH = _number("depth", 100, "lists and maps within each other")
TEXT = _number("text", 10_000, "the characters of a text of a base")
PATTERN = _number("pattern", 1_000_000, "the names that a pattern of `include` is held against")
DOCUMENT = _size("document", 4, "the document of a source")
LINES = _number("lines", 80_000, "the lines of a document")
DOCUMENTS = _size("documents", 256, "the documents of a desk together")
PAGES = _number("pages", 50_000, "the pages of a build, PDFs included")
PAGE = _number("page", 50_000_000, "the characters of a page")
DATA = _size("data", 16, "the data that a brief carries")
RECORD = _size("record", 32, "the record of an issued brief, or the manifest of a build")
TEMPLATE = _size("template", 1, "a template or style sheet of a desk's own")
TEMPLATE_FILES = _number(
    "template-files", 5_000, "the files and folders in a folder of templates, its fonts among them"
)
TEMPLATES = _size("templates", 256, "the same together")
STYLE_RULES = _number(
    "style-rules",
    20_000,
    "the rules and declarations of a style sheet of a desk's own, by its braces and semicolons",
)
PAGE_TIME = _time("page-time", 20, "filling a page")
PAGE_MEMORY = _size("page-memory", 1024, "filling a page")
PDF_TIME = _time("pdf-time", 300, "setting a PDF, searching a file, checking a part of a base")
PDF_MEMORY = _size("pdf-memory", 2048, "the same")
CAPTURE = _size("capture", 32, "a file that is captured")
CAPTURE_ELEMENTS = _number(
    "capture-elements",
    25_000,
    "the elements of a page that is captured; of a Word document four times as many; of a letter"
    " each part counts as 25",
)
CAPTURE_UNPACKED = _size("capture-unpacked", 64, "a Word document that is captured, unpacked")
CAPTURE_PAGES = _number("capture-pages", 500, "the pages of a PDF that is captured")
CAPTURE_TIME = _time("capture-time", 60, "reading a file that is captured")
CAPTURE_MEMORY = _size("capture-memory", 1024, "the same")
HIGHLIGHTS = _size("highlights", 16, "a file of highlights")

LIMITS: tuple[Limit, ...] = (
    *(FILE, BASE, VALUES, ALL_VALUES, COMMENTS, DEPTH, TEXT, PATTERN, DOCUMENT, LINES, DOCUMENTS),
    *(PAGES, PAGE, DATA, RECORD, TEMPLATE, TEMPLATE_FILES, TEMPLATES, STYLE_RULES),
    *(PAGE_TIME, PAGE_MEMORY, PDF_TIME, PDF_MEMORY),
    *(
        CAPTURE,
        CAPTURE_ELEMENTS,
        CAPTURE_UNPACKED,
        CAPTURE_PAGES,
        CAPTURE_TIME,
        CAPTURE_MEMORY,
        HIGHLIGHTS,
    ),
)
_BY_NAME = {limit.name: limit for limit in LIMITS}


def parse(words: Iterable[str]) -> dict[str, int]:
    """What is allowed, by the names of limits.

    Args:
        words: `name=value` each, such as `document=16MiB`; of one name the last counts.

    Raises:
        NoLimit: One is none.
    """
    return dict(_parse(word) for word in words)


def allowed() -> Mapping[str, int]:
    """What is allowed otherwise than by default, by the names of limits."""
    return dict(sorted(_allowed.get().items()))


@contextmanager
def allowing(values: Mapping[str, int]) -> Iterator[None]:
    """Let a block of work cost as much as `values` say, by the names of limits, and no more."""
    token = _allowed.set(dict(values))
    try:
        yield
    finally:
        _allowed.reset(token)


def _parse(word: str) -> tuple[str, int]:
    name, _, value = (part.strip() for part in word.partition("="))
    limit = _BY_NAME.get(name)
    if limit is None:
        near = nearest(name, _BY_NAME)
        more = f"; did you mean {near}?" if near else ": `briefings help limits` lists them"
        raise NoLimit(f"there is no limit {name!r}{more}")
    match = _VALUE.fullmatch(value)
    number, unit = (int(match[1]), match[2]) if match else (0, "")
    fits = unit in _WRITTEN[limit.unit]
    most = number * _SIZES.get(unit, 1)
    if not fits or not 0 < most <= _LARGEST:
        example = limit.written(limit.default)
        raise NoLimit(f"{value!r} is no value of {name}: write it as {example}")
    return name, most


_WRITTEN: Mapping[Counted, frozenset[str]] = {
    Counted.BYTES: frozenset({"", *_SIZES}),
    Counted.SECONDS: frozenset({"", "s"}),
    Counted.NUMBER: frozenset({""}),
}
