"""The libraries of this machine by which PDFs are set, as far as names of files tell them."""

from __future__ import annotations

from pathlib import Path

from briefings.core import files

_LIBRARIES = ("libfontconfig", "libfreetype", "libgobject", "libharfbuzz", "libpango")
_FOLDERS = ("/usr/lib", "/usr/lib64", "/usr/local/lib", "/lib64")


def libraries() -> list[Path]:
    """The files of these libraries, sorted; their names end in their versions."""
    libraries: set[Path] = set()
    for folder in map(Path, _FOLDERS):
        if folder.is_dir():
            within = files.names(folder)
            places = [folder, *(folder / name for name in within if "-linux-" in name)]
            libraries.update(
                (place / name).resolve()
                for place in places
                if place.is_dir()
                for name in files.names(place)
                if name.startswith(_LIBRARIES)
            )
    return sorted(libraries)
