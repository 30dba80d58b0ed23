"""Style sheets that are the same for each page, taken in once and kept as Python keeps its modules.

They are those that WeasyPrint brings and the one that each of our pages begins with. To read them
and to compile their selectors takes a tenth of a second, a twentieth of a brief's whole setting;
as they are kept here, a fiftieth of that.
"""

from __future__ import annotations

import pickle
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any, TypeAlias

import cssselect2
import tinycss2

from briefings.core import files
from briefings.core.overriding import override
from briefings.core.pycache import kept
from briefings.core.values import dataclass
from briefings.render.html.environment import shipped
from briefings.render.html.fill import PAPER_SHEETS, paper_sheet
from briefings.render.pdf.patching import exchanged

_THEIRS = Path(__file__).with_name("weasyprint.css")
_OURS = Path(__file__).with_name("paper.css")
"""Beside which they are kept: both are no files."""

_Packed: TypeAlias = tuple[tuple[CodeType, ...], bytes]
"""The code of the selectors, which Python keeps as it keeps that of modules; and all the rest."""


@contextmanager
def their_sheets_kept() -> Iterator[None]:
    """What is loaded while it lasts reads none of WeasyPrint's own sheets; then they are there."""
    if "weasyprint" in sys.modules:
        yield
        return
    with exchanged("parse_stylesheet", lambda _: [], tinycss2):
        yield
    from weasyprint import html  # noqa: PLC0415 # it is what was loaded

    texts = html.UA, html.UA_FORM, html.PH
    inputs = [*_makers(), *(text.encode() for text in texts)]
    packed = kept(_THEIRS, inputs, lambda: _packed(_theirs(texts)))
    contents, counters = _theirs(texts) if packed is None else _unpacked(packed)
    html.UA_COUNTER_STYLE.update(counters)
    for sheet, content in zip(
        (html.UA_STYLESHEET, html.UA_FORM_STYLESHEET, html.PH_STYLESHEET), contents, strict=True
    ):
        content.put_into(sheet.matcher, sheet.page_rules)


@contextmanager
def our_sheet_kept() -> Iterator[None]:
    """A style sheet that begins as ours does is read from behind that."""
    from weasyprint import CSS  # noqa: PLC0415 # it takes a quarter of a second

    make = CSS.__init__
    text, content = _ours()

    def make_quickly(
        self: Any, *rest: Any, string: Any = None, page_rules: Any = None, **options: Any
    ) -> None:
        rules = [] if page_rules is None else page_rules
        if text and str(string).startswith(text) and not {"matcher", "layer"} & options.keys():
            options["matcher"] = matcher = cssselect2.Matcher()
            content.put_into(matcher, rules)
            string = string[len(text) :]
        make(self, *rest, string=string, page_rules=rules, **options)

    with exchanged("__init__", make_quickly, CSS):
        yield


@dataclass(frozen=True, slots=True)
class _Content:
    """What a style sheet declares: for elements by their selectors, and for pages."""

    selectors: Mapping[str, Any]
    pages: tuple[Any, ...]

    @classmethod
    def of(cls, sheet: Any) -> _Content:
        """The content of a sheet: WeasyPrint needs but what was read of its rules for pages."""
        return cls(vars(sheet.matcher), tuple((None, *read) for _, *read in sheet.page_rules))

    def put_into(self, matcher: Any, page_rules: list[Any]) -> None:
        """Let what has read nothing yet have read this; more may follow."""
        page_rules.extend(self.pages)
        for name, value in self.selectors.items():
            match value:
                case dict():
                    own: Any = {key: [*entries] for key, entries in value.items()}
                case list():
                    own = [*value]
                case _:
                    own = value
            setattr(matcher, name, own)


def _theirs(texts: tuple[str, ...]) -> tuple[tuple[_Content, ...], dict[str, Any]]:
    """The content of WeasyPrint's sheets, and the styles of counters that they name."""
    from weasyprint import CSS  # noqa: PLC0415 # it takes a quarter of a second
    from weasyprint.css.counters import CounterStyle  # noqa: PLC0415

    counters = CounterStyle()
    sheets = [CSS(string=text, counter_style=counters) for text in texts]
    return tuple(map(_Content.of, sheets)), dict(counters)


@lru_cache(maxsize=1)
def _ours() -> tuple[str, _Content]:
    """The sheet that each page begins with; no text where nothing can be kept of it."""
    own = (files.own(shipped(), name) for name in PAPER_SHEETS)
    text, packed = kept(_OURS, [*_makers(), *own], _ours_packed) or ("", None)
    return text, _unpacked(packed) if packed else _Content({}, ())


def _ours_packed() -> tuple[str, _Packed]:
    from weasyprint import CSS  # noqa: PLC0415 # it takes a quarter of a second

    text = paper_sheet()
    return text, _packed(_Content.of(CSS(string=text)))


def _makers() -> Iterator[bytes]:
    """What decides, beside its text, on what is made of a sheet."""
    from weasyprint import __version__  # noqa: PLC0415 # it takes a quarter of a second

    for version in (__version__, tinycss2.__version__, cssselect2.__version__):
        yield version.encode()
    for path in map(Path, (__file__, paper_sheet.__code__.co_filename)):
        yield files.own(path.parent, path.name)


def _packed(content: object) -> _Packed:
    codes: list[CodeType] = []

    class Pickler(pickle.Pickler):
        @override
        def persistent_id(self, value: object) -> int | None:
            if not isinstance(value, FunctionType):
                return None
            codes.append(value.__code__)
            return len(codes) - 1

    stream = BytesIO()
    Pickler(stream, pickle.HIGHEST_PROTOCOL).dump(content)
    return tuple(codes), stream.getvalue()


def _unpacked(packed: _Packed) -> Any:
    codes, content = packed
    compiler = cssselect2.compiler
    names = {
        name: getattr(compiler, name) for name in ("split_whitespace", "ascii_lower", "urlparse")
    }

    class Unpickler(pickle.Unpickler):
        @override
        def persistent_load(self, number: int) -> FunctionType:
            return FunctionType(codes[number], names)

    # What Python may run as a module of ours may be taken for what we kept.
    return Unpickler(BytesIO(content)).load()
