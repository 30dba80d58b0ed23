"""WeasyPrint kept from trying the same selectors on elements alike: see wraps.py."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from types import CodeType
from typing import Any

from weasyprint import css

from briefings.render.pdf.patching import exchanged

__all__ = ["selectors_once"]

_OF_ELEMENT = {"attrib", "classes", "etree_element", "id", "in_html_document", "lang", "local_name"}
_OF_NAME = {"namespace_url", "scheme", "tag", "urlparse"}
_OF_TEXT = {"ascii_lower", "endswith", "get", "lower", "split_whitespace", "startswith"}
_AROUND = {"ancestors", "any", "next", "parent"}
_STEADY = frozenset(_OF_ELEMENT | _OF_NAME | _OF_TEXT | _AROUND)
"""All names in a selector that asks for an element and for those that it lies in alone."""

_LANGUAGES = frozenset({"lang", "{http://www.w3.org/XML/1998/namespace}lang"})


@contextmanager
def selectors_once() -> Iterator[None]:
    """Of elements with the same names and classes, in elements alike, a selector says the same.

    But for the few that count, or look for what lies beside an element or within.
    """
    cascade = css.StyleFor.__init__
    matcher = css.cssselect2.Matcher
    add = matcher.add_relevant_selectors
    tried: _Tried | None = None

    def cascade_once(self: Any, html: Any, sheets: Any, *rest: Any) -> None:
        nonlocal tried
        before, tried = tried, _Tried(sheet.matcher for sheet, *_ in sheets)
        try:
            cascade(self, html, sheets, *rest)
        finally:
            tried = before

    def add_once(element: Any, selectors: list[Any], relevant: list[Any]) -> None:
        if tried is None or id(selectors) not in tried.parted:
            add(element, selectors, relevant)
            return
        steady, others = tried.parted[id(selectors)]
        if steady:
            key = id(selectors), tried.kind(element)
            if key not in tried.known:
                tried.known[key] = []
                add(element, steady, tried.known[key])
            relevant += tried.known[key]
        if others:
            add(element, others, relevant)

    with (
        exchanged("__init__", cascade_once, css.StyleFor),
        exchanged("add_relevant_selectors", staticmethod(add_once), matcher),
    ):
        yield


class _Tried:
    """The selectors of style sheets, by their lists, and which of them hold for elements of a kind.

    Elements are of one kind if nothing that these selectors ask for tells them apart.
    """

    def __init__(self, matchers: Iterable[Any]) -> None:
        self.parted: dict[int, tuple[list[Any], list[Any]]] = {}
        self.known: dict[tuple[int, int], list[Any]] = {}
        self._kinds: dict[object, int] = {}
        self._asked: set[object] = {*_LANGUAGES, "class"}
        for selectors in [each for matcher in matchers for each in _lists(matcher)]:
            steady: list[Any] = []
            others: list[Any] = []
            for entry in selectors:
                names, asked = _parts(entry[0].__code__)
                (steady if names <= _STEADY else others).append(entry)
                self._asked |= asked
            self.parted[id(selectors)] = steady, others

    def kind(self, element: Any) -> int:
        """The number of an element's kind."""
        known: dict[str, Any] = vars(element)
        if "kind" not in known:
            parent = element.parent
            own = element.etree_element
            asked = [
                (name, value)
                for name, value in own.attrib.items()
                if name in self._asked or (name == "id" and value in self._asked)
            ]
            key = (None if parent is None else self.kind(parent), own.tag, *sorted(asked))
            known["kind"] = self._kinds.setdefault(key, len(self._kinds))
        number: int = known["kind"]
        return number


def _lists(matcher: Any) -> Iterator[list[Any]]:
    for listed in (
        matcher.id_selectors,
        matcher.class_selectors,
        matcher.lower_local_name_selectors,
        matcher.namespace_selectors,
    ):
        yield from listed.values()
    yield matcher.lang_attr_selectors
    yield matcher.other_selectors


def _parts(code: CodeType) -> tuple[set[str], set[object]]:
    """The names that a function uses, and the texts."""
    names, texts = set(code.co_names), set[object]()
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            within = _parts(constant)
            names |= within[0]
            texts |= within[1]
        elif isinstance(constant, tuple | frozenset):
            texts.update(constant)
        else:
            texts.add(constant)
    return names, texts
