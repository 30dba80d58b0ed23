"""What a worker has to have in common with this program, so that both make the same bytes."""

from __future__ import annotations

import platform
from functools import cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path, PurePath

from briefings import __version__
from briefings.core import files
from briefings.core.machine import libraries
from briefings.render.html.environment import shipped

_PACKAGES = (
    *("babel", "jinja2", "markupsafe", "pikepdf", "pydyf", "pyyaml", "weasyprint"),
    *("brotli", "cssselect2", "fonttools", "pyphen", "tinycss2", "tinyhtml5", "zopfli"),
    *("justmytype-intl-africa", "justmytype-intl-cjk", "justmytype-intl-rtl"),
    *("justmytype-intl-sea", "justmytype-intl-south-asia", "manimgx-fonts"),
)
"""Packages whose version can change a page, those of the extras that bring fonts too."""


@cache
def identity() -> tuple[str, str]:
    """The version of this program, and a digest of all that makes pages beside their inputs.

    Files of the program and its templates count by what they hold; Python, packages and the
    libraries by which PDFs are set count by their versions.
    """
    digest = sha256(f"{platform.python_version()} {platform.machine()}\n".encode())
    for package in _PACKAGES:
        digest.update(f"{package} {_version(package)}\n".encode())
    for library in sorted({path.name for path in libraries()}):
        digest.update(f"{library}\n".encode())
    for folder in dict.fromkeys((Path(__file__).parents[1], shipped())):
        for name in files.listed(folder)[0]:
            if "__pycache__" not in PurePath(name).parts:
                content = sha256(files.read(folder, name)).hexdigest()
                digest.update(f"{name} {content}\n".encode("utf-8", "surrogatepass"))
    return __version__, digest.hexdigest()


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""
