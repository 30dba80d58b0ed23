"""The program as the page for browsers carries it: what makes a brief's page, and Python for it."""

from __future__ import annotations

import ast
import gzip
import json
import pickle
from base64 import b64encode
from collections.abc import Iterator
from importlib.metadata import distribution
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from babel.localedata import locale_identifiers

from briefings.core import files
from briefings.core.overriding import override
from briefings.render.html.environment import shipped
from briefings.render.l10n.catalogues import FOLDER
from briefings.verify.in_browser.in_page import NAME_ALONE

_ENTRY = "briefings.verify.in_browser.in_page"
_PACKAGES = ("babel", "cssselect2", "jinja2", "markupsafe", "tinycss2", "tinyhtml5", "webencodings")
"""What of other people is pure Python, or can do without the rest."""

_LANGUAGES = frozenset(
    (
        "af am ar az bg bn bs ckb cs da de el en es et fa fi fil fr gu ha he hi hr hu hy id ig it"
        " ja ka kk km ko ku ky lo lt lv mk ml mr ms my nb ne nl no om pa pl ps pt ro ru rw sd si"
        " sk sl so sq sr sv sw ta te tg th ti tk tr uk ur uz vi yo zh zu"
    ).split()
)
"""Of these the page has names and dates; of all others their own name alone."""

_KEPT = frozenset(
    (
        "character_order date_formats datetime_formats datetime_skeletons day_periods days"
        " decimal_formats default_numbering_system eras interval_formats languages list_patterns"
        " locale_id months number_symbols numbering_systems percent_formats plural_form quarters"
        " territories text_direction time_formats week_data"
    ).split()
)
"""What pages ask of a language: no currencies, time zones or units."""

_ROOT = "root"
_DATA = "locale-data"
_BROUGHT = (".css", ".j2", ".js", ".json", ".po")
"""What pages are made of; not fonts for paper, nor what else lies beside them."""

_RUNTIME = Path(__file__).parents[1] / "page" / "runtime"
_GZIPPED = ".gz"
_EFFORT = 6
"""Of gzip: with the most it takes six times as long, for a page that is a hundredth smaller."""


def bundle() -> str:
    """The files of the program by their paths, as JSON: texts, and bytes, each as a letter."""
    texts = {path: text for name in _modules() for path, text in [_module(name)]}
    texts |= {path: text for name in _PACKAGES for path, text in _licences(name)}
    for folder, inside in ((shipped(), "templates"), (FOLDER, "locale")):
        for name in files.listed(folder)[0]:
            if name.endswith(_BROUGHT):
                texts[f"briefings/{inside}/{name}"] = files.own(folder, name).decode()
    data = {path: content.decode("latin-1") for path, content in _locale_data()}
    return json.dumps({"texts": texts, "bytes": data}, ensure_ascii=False, sort_keys=True)


def packed(content: bytes) -> str:
    """Bytes as a page holds them: the same each time, on one machine."""
    return b64encode(gzip.compress(content, _EFFORT, mtime=0)).decode()


def runtime(name: str) -> bytes:
    """A file of the Python that runs in a browser, as gzip has packed it."""
    return files.own(_RUNTIME, f"{name}{_GZIPPED}")


def _modules() -> list[str]:
    """All modules that ours import, and theirs, as far as they are written in Python."""
    found: set[str] = set()
    waiting = [_ENTRY]
    while waiting:
        name = waiting.pop()
        top, _, _ = name.partition(".")
        if name in found or top not in ("briefings", *_PACKAGES) or not _is_module(name):
            continue
        found.add(name)
        waiting += [top, name.rpartition(".")[0], *_imported(name)]
    return sorted(found)


def _is_module(name: str) -> bool:
    try:
        spec = find_spec(name)
    except ImportError:
        return False  # a name in a module that is no package
    return spec is not None and spec.origin is not None and spec.origin.endswith(".py")


def _imported(name: str) -> list[str]:
    path, text = _module(name)
    visitor = _Imports(name if path.endswith("__init__.py") else name.rpartition(".")[0])
    visitor.visit(ast.parse(text))
    return visitor.names


class _Imports(ast.NodeVisitor):
    """Gathers what a module imports, wherever it does."""

    def __init__(self, package: str) -> None:
        self.names: list[str] = []
        self._above = package.split(".")

    @override
    def visit_Import(self, node: ast.Import) -> None:
        self.names += [each.name for each in node.names]

    @override
    def visit_ImportFrom(self, node: ast.ImportFrom) -> None:
        above = self._above[: len(self._above) + 1 - node.level] if node.level else []
        base = ".".join([*above, *filter(None, [node.module])])
        self.names += [base, *(f"{base}.{each.name}" for each in node.names)]


def _module(name: str) -> tuple[str, str]:
    """The path of a module from where packages lie, and its text."""
    spec = find_spec(name)
    assert spec is not None
    assert spec.origin is not None
    above = len(name.split(".")) + spec.origin.endswith("__init__.py")
    loader: Any = spec.loader
    return "/".join(Path(spec.origin).parts[-above:]), loader.get_source(name)


def package(name: str) -> Path:
    """Where a package lies that is installed."""
    spec = find_spec(name)
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent


def _licences(name: str) -> Iterator[tuple[str, str]]:
    """What the licences of other people's packages ask to be handed on."""
    for each in distribution(name).files or ():
        if each.name.startswith(("LICENSE", "COPYING")):
            yield f"licences/{name}/{each.name}", installed(Path(str(each.locate()))).decode()


def _locale_data() -> Iterator[tuple[str, bytes]]:
    """Names and dates of languages, by the paths at which Babel looks for them."""
    folder = package("babel")
    yield "babel/global.dat", installed(folder / "global.dat")
    for name in (_ROOT, *locale_identifiers()):
        path, language = f"{_DATA}/{name}.dat", name.partition("_")[0]
        data = pickle.loads(installed(folder / path))  # noqa: S301 # Babel's own
        if language in _LANGUAGES or name == _ROOT:
            kept = {key: value for key, value in data.items() if key in _KEPT}
        else:
            own = data.get("languages", {}).items()
            names = {code: said for code, said in own if code.partition("_")[0] == language}
            kept = {"languages": names, NAME_ALONE: True}
        yield f"babel/{path}", pickle.dumps(kept, protocol=4)


def installed(path: Path) -> bytes:
    """A file of a package that is installed, which may be a link."""
    there = path.resolve()
    return files.own(there.parent, there.name)
