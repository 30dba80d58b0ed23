"""The values in `docs/templates.md`, made from the classes that templates see.

python tools/templates_page.py           write them anew
python tools/templates_page.py --check   write nothing; fail if they are old
"""

from __future__ import annotations

import dataclasses
import inspect
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from enum import Enum
from pathlib import Path
from types import UnionType
from typing import Annotated, Any, Literal, NewType, Union, get_args, get_origin, get_type_hints

from pages import keep

from briefings.core.correction import Correction
from briefings.core.coverage import DocumentCoverage
from briefings.core.difference import Comparison
from briefings.core.edition import Edition
from briefings.core.model import Source
from briefings.core.span import Span
from briefings.render.figures.lanes import Lanes
from briefings.render.figures.locator import Locator
from briefings.render.figures.matrix import Matrix
from briefings.render.figures.origins import Origins
from briefings.render.figures.timeline import Timeline
from briefings.render.html.coverage_page import CoveredParagraph
from briefings.render.html.facets import Facets
from briefings.render.html.first_pages import Room
from briefings.render.html.front import Card, Earlier, Week
from briefings.render.html.leads import Figure, Lead, NewsDay, ShortTitle, Side, Told
from briefings.render.html.passages import MarkedParagraph
from briefings.render.html.siblings import Siblings
from briefings.render.html.source_page import Uses
from briefings.render.l10n.locales import Locale

PAGE = Path(__file__).parent.parent / "docs" / "templates.md"
ROOTS: tuple[type, ...] = (
    *(Edition, Locale, Siblings, Timeline, Locator, Facets, Source, MarkedParagraph, Uses),
    *(Room, Lanes, Matrix, Origins, Lead, NewsDay, Told, Figure, Side, ShortTitle),
    *(Card, Earlier, Week, Correction, Comparison, DocumentCoverage, CoveredParagraph),
)
"""What contexts hold; all else that a template sees is a part of one of these."""

_VALUES = re.compile(r"(<!-- values -->\n).*?(?=<!-- end of values -->)", re.DOTALL)


def written(page: str) -> str:
    """`page` with its values as the classes have them."""
    values = "\n".join(line for kind in values_of(ROOTS) for line in _lines(kind))
    return _VALUES.sub(lambda found: f"{found[1]}\n{values}\n", page)


def values_of(roots: tuple[type, ...]) -> tuple[type, ...]:
    """These classes and those of their parts, each once, where it is first met."""
    reached = list(roots)
    for kind in reached:
        for annotation in _parts(kind).values():
            reached += [each for each in _classes(annotation) if each not in reached]
    return tuple(reached)


def _parts(kind: type) -> dict[str, Any]:
    """The fields and properties of a class with their types, but for places in the base's text."""
    if issubclass(kind, Enum):
        return {}
    hints = get_type_hints(kind)
    parts = {name: hints[name] for name in getattr(kind, "__dataclass_fields__", ())}
    for name, member in inspect.getmembers(kind):
        if isinstance(member, property) and not name.startswith("_") and member.fget:
            parts[name] = get_type_hints(member.fget)["return"]
    return {name: each for name, each in parts.items() if Span not in (each, *get_args(each))}


def _classes(annotation: Any) -> Iterator[type]:
    """Every class of our own in an annotation."""
    if isinstance(annotation, type) and (_is_value(annotation) or issubclass(annotation, Enum)):
        yield annotation
    for part in get_args(annotation):
        yield from _classes(part)


def _is_value(kind: Any) -> bool:
    return isinstance(kind, type) and dataclasses.is_dataclass(kind)


def _lines(kind: type) -> Iterator[str]:
    yield f"### `{kind.__name__}`\n"
    yield inspect.cleandoc(kind.__doc__ or "") + "\n"
    if issubclass(kind, Enum):
        words = (member.value if isinstance(member, str) else member.name for member in kind)
        yield "One of " + ", ".join(f"`{word}`" for word in words) + ".\n"
        return
    for name, annotation in _parts(kind).items():
        yield f"- `{name}`: {type_name(annotation)}"
    for name, method in inspect.getmembers(kind, inspect.isfunction):
        is_ours = not name.startswith("_") and name in vars(kind)
        if is_ours and get_type_hints(method)["return"] is not Span:
            first = inspect.cleandoc(method.__doc__ or "").partition("\n")[0]
            yield f"- `{name}({_arguments(method)})`: {first}"
    yield ""


def _arguments(method: Any) -> str:
    """The arguments of a method as a template gives them, with what holds without them."""
    parameters = list(inspect.signature(method).parameters.values())[1:]
    return ", ".join(
        each.name if each.default is each.empty else f"{each.name}={each.default!r}"
        for each in parameters
    ).replace("'", '"')


def type_name(annotation: Any) -> str:
    """A type in words."""
    kind, parts = get_origin(annotation), get_args(annotation)
    if kind is Annotated:
        return type_name(parts[0])
    if kind in (Union, UnionType):
        return " or ".join(type_name(part) for part in parts)
    if kind is Literal:
        return " or ".join(f"`{part}`" for part in parts)
    if kind in (tuple, frozenset, Mapping):
        return _collection(kind, parts)
    if isinstance(annotation, NewType):
        return "id"
    if kind is Callable:
        return "function"
    plain = {
        "NoneType": "none",
        "str": "text",
        "int": "number",
        "float": "number",
        "Fraction": "number",
    }
    plain |= {"bool": "true or false", "date": "day"}
    name = annotation.__name__
    return plain.get(name, f"[`{name}`](#{name.lower()})")


def _collection(kind: Any, parts: tuple[Any, ...]) -> str:
    names = [type_name(part) for part in parts if part is not Ellipsis]
    if kind is Mapping:
        return f"map from {names[0]} to {names[1]}"
    if kind is tuple and parts[-1] is not Ellipsis:
        return f"({', '.join(names)})"
    return f"{'set' if kind is frozenset else 'list'} of {names[0]}"


if __name__ == "__main__":
    sys.exit(keep(PAGE, written, __doc__))
