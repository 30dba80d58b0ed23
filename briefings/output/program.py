"""What makes a build beside its inputs: this very program, and the libraries that it stands on."""

from __future__ import annotations

import sys
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from briefings.core import files
from briefings.core.limits import allowed
from briefings.core.machine import libraries
from briefings.output.store import key_of

_SETTER = "weasyprint"
_TEMPLATES = "templates"
_PACKAGE = Path(__file__).parents[1]


@cache
def program_digest() -> str:
    """A digest of the program's own files and of the versions of what it runs on.

    Another size or time of a module, a template, a font or a catalogue changes it, and so does
    another version of Python, of a package or of a library by which PDFs are set.
    """
    return key_of(code_digest(), *_of_templates())


def verdict_digest() -> str:
    """A digest of the program and its limits: what passes by one may fail by another."""
    return key_of(program_digest(), *(f"{name}={value}" for name, value in allowed().items()))


@cache
def code_digest() -> str:
    """A digest of the program without its templates: each page tells which it was made with."""
    own = (state for state in files.states(_PACKAGE) if not state.startswith(f"/{_TEMPLATES}/"))
    return key_of(sys.version, *_packages(), *map(str, libraries()), *own)


def _of_templates() -> list[str]:
    """The states of the shipped templates and fonts, in the wheel or in its sources."""
    folders = (_PACKAGE / _TEMPLATES, _PACKAGE.parent / _TEMPLATES)
    return [state for folder in folders if folder.is_dir() for state in files.states(folder)]


def _packages() -> list[str]:
    """The packages that stand beside WeasyPrint, by folders whose names hold their versions."""
    spec = find_spec(_SETTER)
    if spec is None or spec.origin is None:
        return []
    beside = Path(spec.origin).parents[1]
    return [name for name in files.names(beside) if name.endswith(".dist-info")]
