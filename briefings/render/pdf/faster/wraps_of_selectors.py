"""WeasyPrint kept from trying the same selectors on elements alike: see wraps.py."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from math import inf
from types import CodeType
from typing import Any

from weasyprint import css

from briefings.core.values import dataclass
from briefings.render.pdf.patching import exchanged

_OF_ELEMENT = {"attrib", "classes", "etree_element", "id", "in_html_document", "lang", "local_name"}
_OF_NAME = {"namespace_url", "scheme", "tag", "urlparse"}
_OF_TEXT = {"ascii_lower", "endswith", "get", "lower", "split_whitespace", "startswith"}
_AROUND = {"ancestors", "any", "next", "parent"}
_STEADY = frozenset(_OF_ELEMENT | _OF_NAME | _OF_TEXT | _AROUND)
"""All names in a selector that asks for an element and for those that it lies in alone."""

APART = "apart"
"""The attribute of styles that holds what is declared of what stands around elements, by these.

Where it is there, it is asked for nothing of this before somebody is (`styles_when_asked`).
"""

_LANGUAGES = frozenset({"lang", "{http://www.w3.org/XML/1998/namespace}lang"})


@contextmanager
def selectors_once() -> Iterator[None]:
    """Elements with the same names and classes, in elements alike, come by the same rules.

    But for the few selectors that count, or look for what lies beside an element or within. Their
    declarations are put together once, for all elements for which the same selectors hold.
    """
    cascade = css.StyleFor.__init__
    matcher = css.cssselect2.Matcher
    match = matcher.match
    cascading: _Cascade | None = None

    def cascade_once(self: Any, html: Any, sheets: Any, *rest: Any) -> None:
        nonlocal cascading
        before, cascading = cascading, _Cascade(self, sheets, match)
        try:
            cascade(self, html, sheets, *rest)
        finally:
            cascading = before

    def match_once(self: Any, element: Any) -> list[Any]:
        if cascading is None:
            answer: list[Any] = match(self, element)
            return answer
        return cascading.match(self, element)

    with exchanged("__init__", cascade_once, css.StyleFor), exchanged("match", match_once, matcher):
        yield


@dataclass(frozen=True, slots=True)
class _Rules:
    """What selectors say of an element: what is declared, for itself and what stands around it.

    `sign` is a selector that declares nothing, and is told from all others.
    """

    declared: Mapping[str | None, dict[str, Any]]
    sign: tuple[Any, ...]


class _Cascade:
    """The rules of style sheets, put together for elements that differ in nothing they ask for."""

    def __init__(self, styles: Any, sheets: Sequence[tuple[Any, str, Any]], match: Any) -> None:
        self._styles = styles
        self._sheets = sheets
        self._match = match
        self._tried = _Tried([sheet.matcher for sheet, *_ in sheets])
        self._is_alone = False
        self._known: dict[tuple[object, ...], _Rules] = {}
        self._alike: dict[tuple[object, ...], _Rules] = {}

    def match(self, matcher: Any, element: Any) -> list[Any]:
        """What of a sheet holds for an element: with the first one, all that any sheet declares."""
        own = element.etree_element
        if matcher is self._sheets[0][0].matcher:
            all_declared = self._styles.get_cascaded_styles()
            self._is_alone = (own, None) in all_declared  # it declares something itself
            if not self._is_alone:
                rules = self._rules(element)
                apart: dict[Any, Any] | None = vars(self._styles).get(APART)
                if apart is not None:
                    apart[own] = rules.declared
                for pseudo, declared in rules.declared.items():
                    if apart is None or pseudo is None or "anchor" in declared:
                        all_declared[own, pseudo] = declared
                return [rules.sign]
        answer: list[Any] = self._match(matcher, element) if self._is_alone else []
        return answer

    def _rules(self, element: Any) -> _Rules:
        kind = self._tried.kind(element)
        key = kind, *(test(element) for test in self._tried.others(element, kind))
        if key not in self._known:
            self._known[key] = self._put_together(element)
        return self._known[key]

    def _put_together(self, element: Any) -> _Rules:
        """As StyleFor does it."""
        held = [
            (sheet, origin, own, *selector)
            for sheet, origin, own in self._sheets
            for selector in self._match(sheet.matcher, element)
        ]
        key = tuple(
            (id(sheet), specificity, id(declarations), layer)
            for sheet, _, _, specificity, _, _, (declarations, layer) in held
        )
        if key in self._alike:
            return self._alike[key]
        declared: dict[str | None, dict[str, Any]] = {}
        for sheet, origin, own, specificity, _, pseudo, (declarations, layer) in held:
            order = inf if layer is None else sheet.layers.index(layer)
            style = declared.setdefault(pseudo, {})
            for name, values, importance in declarations:
                weight = css.declaration_precedence(origin, importance), order, own or specificity
                if name not in style or style[name][1] <= weight:
                    style[name] = values, weight
        self._alike[key] = rules = _Rules(declared, ((0, 0, 0), 0, None, ([], None)))
        return rules


class _Tried:
    """The selectors of style sheets, and what of an element they ask for.

    Elements are of one kind if nothing tells them apart that any of these selectors asks for, but
    for those that count, or look beside an element or within.
    """

    def __init__(self, matchers: Sequence[Any]) -> None:
        self._kinds: dict[object, int] = {}
        self._asked: set[object] = {*_LANGUAGES, "class"}
        self._matchers = matchers
        self._counting: dict[int, list[Any]] = {}
        self._others: dict[int, list[Any]] = {}
        for selectors in [each for matcher in matchers for each in _lists(matcher)]:
            for test, *_ in selectors:
                names, asked = _parts(test.__code__)
                self._asked |= asked
                if not names <= _STEADY:
                    self._counting.setdefault(id(selectors), []).append(test)

    def others(self, element: Any, kind: int) -> list[Any]:
        """The tests that tell elements of a kind apart."""
        if kind not in self._others:
            self._others[kind] = [
                test
                for matcher in self._matchers
                for selectors in _lists_for(matcher, element)
                for test in self._counting.get(id(selectors), ())
            ]
        return self._others[kind]

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


def _lists_for(matcher: Any, element: Any) -> Iterator[list[Any]]:
    """The lists in which `Matcher.match` looks for what holds for an element."""
    nothing: list[Any] = []
    yield matcher.id_selectors.get(element.id, nothing)
    for name in element.classes:
        yield matcher.class_selectors.get(name, nothing)
    yield matcher.lower_local_name_selectors.get(element.local_name.lower(), nothing)
    yield matcher.namespace_selectors.get(element.namespace_url, nothing)
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
