"""What makes a build beside its inputs: this very program, and the libraries that it stands on."""

from __future__ import annotations

import sys
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from briefings.core import files
from briefings.output.store import key_of

_SETTER = "weasyprint"
_LIBRARIES = ("libfontconfig", "libfreetype", "libgobject", "libharfbuzz", "libpango")
_FOLDERS = ("/usr/lib", "/usr/lib64", "/usr/local/lib", "/lib64")


@cache
def program_digest() -> str:
    """A digest of the program's own files and of the versions of what it runs on.

    Another size or time of a module, a template, a font or a catalogue changes it, and so does
    another version of Python, of a package or of a library by which PDFs are set.
    """
    package = Path(__file__).parents[1]
    parts = [sys.version, *_packages(), *_libraries()]
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


def _libraries() -> list[str]:
    """The libraries that PDFs are set with, by files whose names end in their versions."""
    libraries: set[str] = set()
    for folder in map(Path, _FOLDERS):
        if folder.is_dir():
            within = files.names(folder)
            places = [folder, *(folder / name for name in within if "-linux-" in name)]
            libraries.update(
                str((place / name).resolve())
                for place in places
                if place.is_dir()
                for name in files.names(place)
                if name.startswith(_LIBRARIES)
            )
    return sorted(libraries)
