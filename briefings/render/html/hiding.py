"""No style of a desk's own hides, covers, dims or turns the words of facts on a finished page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from typing import Any, NamedTuple

import tinycss2
from cssselect2 import ElementWrapper

from briefings.core.values import dataclass
from briefings.render.html.cells import Cell, cell_of, meet
from briefings.render.html.content import PageContent, fact_texts, page_content
from briefings.render.html.contrast import faint
from briefings.render.html.declared import Declared, Holding, Pseudo, declarations
from briefings.render.html.harmless import COLOURS, FAINTEST, dimmed, why_lifted, why_not
from briefings.render.html.paper_boxes import why_not_in_margin

_MOST_VALUES = 64
"""How many values a declaration may have by the variables in it."""
_VARIABLE = re.compile(r"var\(\s*(--[\w-]+)\s*(?:,([^()]*))?\)", re.ASCII)
_CELLS = re.compile("--|column|grid")
_MANY = re.compile(r"(?<![\w#.-])\+?[0-9]{5,}(?![\w.%])")
"""Of cells and columns as many are made on paper, one by one, also where nothing is in them."""
_FETCHES = re.compile(r"""(?:url|src)\(\s*["']?(?!data:|["'\s])""", re.IGNORECASE)
_CLASS = re.compile(r"\.([A-Za-z][\w-]*)")
_HIDES = frozenset({"clip-path", "display", "inset-inline-start", "opacity", "visibility"})
"""By what our own sheets hide what is no word of a fact, unless a template puts one there."""
_PICTURES = frozenset({"figure", "svg", "table"})
_PICTURE_CLASSES = frozenset({"map-frame", "timeline", "lanes", "strip"})
_PLAIN_RULES = frozenset(
    {
        *("@charset", "@color-profile", "@counter-style", "@font-face", "@font-feature-values"),
        *("@font-palette-values", "@keyframes", "@layer", "@namespace", "@page", "@property"),
        "@-webkit-keyframes",
    }
)
_NAMES_OF_PARTS = {
    "string-set": re.compile(
        r"(?!(?:desk|edition|known|marking|of|page|proof|topic)\b)[\w-]+ content\(\w*\)"
    ),
    "bookmark-label": re.compile(r"none|content\((?:text)?\)"),
}
"""What a sheet may call a part of a page, in its margins and among its bookmarks: by its words."""
_INITIAL = re.compile(r"(--[\w-]+) .*initial-value:\s*([^;]*)")
_MARKING_BOXES = frozenset({"top-right", "bottom-right"})
"""Where each page of paper has its marking."""


@dataclass(frozen=True, slots=True)
class StyleSheet:
    """A style sheet of a page by its name; `shipped` is the text of ours of that name.

    It is a desk's own where the two differ.
    """

    name: str
    text: str
    shipped: str


class Hidden(Exception):
    """A declaration in the sheet of that name hides words: `str` says how, of the page.

    Where it is one of ours, a template has put words into what it is about: `classes` are its.
    """

    def __init__(self, sheet: str, declared: Declared, message: str) -> None:
        super().__init__(message)
        self.sheet = sheet
        self.line = declared.line
        self.column = declared.column
        self.classes = tuple(_CLASS.findall(declared.selector))


def require_shown(
    page: str,
    sheets: Sequence[StyleSheet],
    context: Mapping[str, object],
    *,
    is_paper: bool,
    is_own_markup: bool,
) -> None:
    """Look at what style sheets do with the words that a page of a desk's own tells.

    What our own sheets say as well is ours, wherever a desk's own says it.

    Args:
        page: The finished page.
        sheets: All its style sheets, in their order.
        context: What its template could use, from which it is known what it tells.
        is_paper: Whether it is for paper.
        is_own_markup: Whether a template of the desk's own had a part in it, which may put words
            into what our own sheets hide.

    Raises:
        Hidden: A sheet hides words, or may hide them on some screen or at some time.
    """
    ours = {each.rule for sheet in sheets for each in declarations(sheet.shipped)}
    own = [
        (sheet.name, each)
        for sheet in sheets
        if sheet.text != sheet.shipped
        for each in declarations(sheet.text)
        if each.rule not in ours
    ]
    if not own and not is_own_markup:
        return
    content = page_content(page, fact_texts(context))
    look = _Look(content, _variables(sheets))
    if is_own_markup:
        shipped = [
            (sheet.name, each)
            for sheet in sheets
            for each in declarations(sheet.shipped)
            if each.name in _HIDES
        ]
        look.require_shown(shipped, is_own=False)
    _require_harmless_rules(own)
    look.require_shown(own, is_own=True)
    if any(each.name in COLOURS or each.name.startswith("--") for _, each in own):
        _require_contrast(content, sheets, own, is_paper=is_paper)


def _require_harmless_rules(own: Iterable[tuple[str, Declared]]) -> None:
    """Refuse what is about no element: rules that fetch, marks made of words, boxes in margins."""
    for sheet, each in own:
        if each.name == "@number":
            raise Hidden(sheet, each, "has a style sheet with a number of more than 40 digits")
        if _CELLS.match(each.name) and _MANY.search(each.value):
            message = f"has a style sheet with a number of ten thousand or more for `{each.name}`"
            raise Hidden(sheet, each, message)
        if each.name.startswith("@") and each.name not in _PLAIN_RULES:
            raise Hidden(sheet, each, f"has a style sheet with `{each.name}`")
        if each.name.startswith("@") and _FETCHES.search(each.value):
            raise Hidden(sheet, each, f"has a style sheet that asks for a file by `{each.name}`")
        if each.name == "@counter-style" and re.search(r"[^\W\d]{2}", _strings(each.value)):
            raise Hidden(sheet, each, "has a style sheet whose marks of lists are words")
        if each.name == "@font-face" and not _leaves_size(each.value):
            raise Hidden(sheet, each, "has a style sheet with a font of another size than it says")
        if each.name in _NAMES_OF_PARTS and not _NAMES_OF_PARTS[each.name].fullmatch(each.value):
            message = (
                f"has a style sheet that names parts of it by `{each.name}: {each.value[:60]}`"
            )
            raise Hidden(sheet, each, message)
        if each.box and each.box not in _MARKING_BOXES:
            why = why_not_in_margin(each.box, each.name, each.value)
            if why is not None:
                raise Hidden(sheet, each, f"has a style sheet that {why}")
        if each.box in _MARKING_BOXES and not _keeps_marking(each):
            message = f"has a style sheet that sets `{each.name}: {each.value[:60]}` where"
            raise Hidden(sheet, each, f"{message} its marking stands")


def _leaves_size(face: str) -> bool:
    adjusted = re.search(r"size-adjust\s*:\s*([\d.]+)", face.lower())
    return adjusted is None or 50 <= float(adjusted[1]) <= 200


def _strings(value: str) -> str:
    tokens = tinycss2.parse_component_value_list(value)
    return " ".join(token.value for token in tokens if token.type in ("string", "ident"))


def _keeps_marking(each: Declared) -> bool:
    if each.name == "content":
        return "string(marking)" in each.value
    return each.name in {"font-family", "vertical-align", "text-align"}


def _variables(sheets: Iterable[StyleSheet]) -> Mapping[str, tuple[str, ...]]:
    """Each value that a custom property may have, by its name."""
    values: dict[str, dict[str, None]] = {}
    for sheet in sheets:
        for each in declarations(sheet.text):
            if each.name.startswith("--"):
                values.setdefault(each.name, {})[each.value] = None
            elif each.name == "@property" and (initial := _INITIAL.match(each.value)):
                values.setdefault(initial[1], {})[initial[2].strip()] = None
    return {name: tuple(held) for name, held in values.items()}


class _Where(NamedTuple):
    """All that counts of the place of an element, whatever is declared of it."""

    is_around: bool
    is_part: bool
    is_beside: bool
    is_in_picture: bool

    def why(self, name: str, value: str, pseudo: Pseudo) -> str | None:
        """Why a declaration of it may hide words."""
        if self.is_around:
            is_added = pseudo in ("after", "before", "marker")
            is_letter = pseudo in ("first-letter", "first-line")
            why = why_not(name, value, is_part=self.is_part, is_added=is_added, is_letter=is_letter)
            return None if why is None else f"{why} words of facts"
        why = why_lifted(name, value, is_beside=self.is_beside, is_in_picture=self.is_in_picture)
        return None if why is None else f"{why} what could cover words of facts"


@dataclass(slots=True)
class _Effect:
    """What the declarations of an element do to its words.

    `hiding` says why, by their numbers; `fade` and `size` are what is left, and `last` is the
    last of those that take from it; `cell` is where in a grid they put it.
    """

    hiding: dict[int, str] = field(default_factory=dict)
    fade: float = 1.0
    size: float = 1.0
    last: int | None = None
    cell: Cell | None = None


@dataclass(slots=True)
class _Look:
    """Goes through a page; `values` are those that its variables may have."""

    content: PageContent
    values: Mapping[str, tuple[str, ...]]

    def require_shown(self, own: Sequence[tuple[str, Declared]], *, is_own: bool) -> None:
        """Refuse the first declaration, as they stand, that hides words.

        What may cover them is no matter where they are ours, which cover none.
        """
        holding = Holding(enumerate(each for _, each in own))
        hiding: dict[int, str] = {}
        effects: dict[tuple[tuple[int, ...], _Where], _Effect] = {}
        dim: dict[int, tuple[float, float, int | None]] = {}
        parents: dict[int, Any] = {}
        pictured: set[int] = set()
        cells: dict[int, list[tuple[Cell, bool]]] = {}
        wrapped = ElementWrapper.from_html_root(self.content.root)
        for element in wrapped.iter_subtree():
            node = element.etree_element
            parents |= {id(child): node for child in node}
            parent = parents.get(id(node))
            if self._in_picture(node, is_of_parent=id(parent) in pictured):
                pictured.add(id(node))
            where = self._where(node, parent, is_in_picture=id(node) in pictured)
            kind = holding.selecting(element), where
            if kind not in effects:
                effects[kind] = self._effect(own, holding.declared(kind[0]), kind[1])
                if is_own or kind[1].is_around:
                    hiding = effects[kind].hiding | hiding
            effect = effects[kind]
            if is_own and effect.cell is not None:
                beside = cells.setdefault(id(parent), [])
                mine = effect.cell, kind[1].is_around
                if any(meet(mine[0], each) and (mine[1] or of) for each, of in beside):
                    name = own[mine[0].number][1].name
                    hiding.setdefault(mine[0].number, f"lays words of facts on others by `{name}`")
                elif mine not in beside:
                    beside.append(mine)
            fade, size, last = dim.get(id(parent), (1.0, 1.0, None))
            fade, size = fade * effect.fade, size * effect.size
            last = last if effect.last is None else effect.last
            dim[id(node)] = fade, size, last
            if last is not None and min(fade, size) < FAINTEST and id(node) in self.content.holders:
                hiding.setdefault(last, _sets(own[last][1]))
        if hiding:
            number = min(hiding)
            sheet, each = own[number]
            raise Hidden(sheet, each, f"has a style sheet that {hiding[number]}")

    def _where(self, node: Any, parent: Any, *, is_in_picture: bool) -> _Where:
        content = self.content
        return _Where(
            id(node) in content.around,
            id(node) in content.parts,
            id(parent) in content.holders,
            is_in_picture,
        )

    def _effect(
        self,
        own: Sequence[tuple[str, Declared]],
        declared: Iterable[tuple[int, Pseudo]],
        where: _Where,
    ) -> _Effect:
        effect = _Effect()
        for number, pseudo in dict.fromkeys(declared):
            each = own[number][1]
            for value in self._resolved(each.value):
                why = where.why(each.name, value, pseudo)
                if why is not None:
                    effect.hiding.setdefault(number, why)
                if pseudo is None and (factor := dimmed(each.name, value)) < 1:
                    effect.last = number
                    if each.name == "opacity":
                        effect.fade *= factor
                    else:
                        effect.size *= factor
        effect.cell = cell_of(
            (number, own[number][1], value)
            for number, pseudo in dict.fromkeys(declared)
            if pseudo is None
            for value in self._resolved(own[number][1].value)
        )
        return effect

    def _in_picture(self, node: Any, *, is_of_parent: bool) -> bool:
        """Whether it lies in a picture or table that tells no fact in words."""
        if id(node) in self.content.around:
            return False
        is_picture = node.tag in _PICTURES or _PICTURE_CLASSES & set(node.get("class", "").split())
        return is_of_parent or bool(is_picture)

    def _resolved(self, value: str) -> Iterator[str]:
        """A value with each of those that its variables may have."""
        left, count = [value], 0
        while left:
            text = left.pop()
            use = _VARIABLE.search(text)
            count += 1
            if use is None or count > _MOST_VALUES:
                yield text  # one with a variable left is none that is known to be harmless
                continue
            choices = [*self.values.get(use[1], ()), *([use[2].strip()] if use[2] else [])]
            left += [text[: use.start()] + each + text[use.end() :] for each in choices]


def _sets(each: Declared) -> str:
    return f"leaves too little of words of facts by `{each.name}: {each.value[:60]}`"


def _require_contrast(
    content: PageContent,
    sheets: Sequence[StyleSheet],
    own: Sequence[tuple[str, Declared]],
    *,
    is_paper: bool,
) -> None:
    """Refuse words that have the colour of what lies behind them."""
    marks = frozenset(own)
    rules = [(sheet.name, each) for sheet in sheets for each in declarations(sheet.text)]
    is_own = [(rule in marks, rule[1]) for rule in rules]
    fault = faint(content.root, content.holders, is_own, is_paper=is_paper)
    if fault is None:
        return
    name, each = rules[fault.number]
    by = f"`{each.name}: {each.value[:60]}`"
    if fault.is_known:
        where = " on dark screens" * (fault.scheme == "dark")
        message = f"gives words of facts the colour of what lies behind them{where} by {by}"
    else:
        message = f"gives words of facts, or what lies behind them, a colour not to be known: {by}"
    raise Hidden(name, each, f"has a style sheet that {message}")
