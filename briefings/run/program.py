"""What makes a build beside its inputs: this very program, and the libraries that it stands on."""

from __future__ import annotations

import sys
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from briefings.core import files
from briefings.core.machine import libraries
from briefings.output.store import key_of

_SETTER = "weasyprint"


@cache
def program_digest() -> str:
    """A digest of the program's own files and of the versions of what it runs on.

    Another size or time of a module, a template, a font or a catalogue changes it, and so does
    another version of Python, of a package or of a library by which PDFs are set.
    """
    package = Path(__file__).parents[1]
    parts = [sys.version, *_packages(), *map(str, libraries())]
    for folder in (package, package.parent / "templates"):
        if folder.is_dir():
            parts += files.states(folder)
    return key_of(*parts)


def _packages() -> list[str]:
    """The packages that stand beside WeasyPrint, by folders whose names hold their versions."""
    spec = find_spec(_SETTER)
    if spec is None or spec.origin is None:
        return []
    beside = Path(spec.origin).parents[1]
    return [name for name in files.names(beside) if name.endswith(".dist-info")]
