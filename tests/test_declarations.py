"""What is declared of libraries in C: parsed once, and no other than cffi reads it each time."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import cffi
import pytest

from briefings.render.pdf.faster import declarations
from briefings.render.pdf.faster.declarations import OURS, declarations_kept

GIVEN = """
typedef ... PangoLayout;
typedef struct { int width; float height; } box_t;
typedef enum { FIRST = 3, SECOND } order_t;
double fabs (double x);
"""

SET = """
import hashlib
from briefings.render.html.environment import shipped
from briefings.render.pdf.write import pdf
page = "<!DOCTYPE html><html lang=en><title>A page</title><p dir=rtl lang=fa>نکتهٔ نخست"
print(hashlib.sha256(pdf(page, shipped() / "fonts")).hexdigest())
from weasyprint.text.ffi import ffi
print(type(ffi).__name__)
"""


@pytest.fixture
def anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A world where Python has kept nothing yet."""
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path))
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    with declarations_kept():
        yield


def declared() -> Any:
    """What is declared, by whatever takes declarations now."""
    ffi = cffi.FFI()
    ffi.cdef(GIVEN)
    ffi.cdef(OURS)
    return ffi


@pytest.mark.usefixtures("anew")
def test_it_means_the_same() -> None:
    """Types, values and functions: as they are made, and as they are when they were kept."""
    for ffi in (declared(), declared()):
        box = ffi.new("box_t *", {"width": 2, "height": 0.5})
        assert (ffi.sizeof("box_t"), box.width, box.height) == (8, 2, 0.5)
        library = ffi.dlopen(None)
        assert (library.SECOND, library.fabs(-1.5)) == (4, 1.5)
        assert list(ffi.new("int[3]", [1, 2, 3])) == [1, 2, 3]
        assert ffi.typeof("PangoLayout *(*)(PangoLayout *)")


@pytest.mark.usefixtures("anew")
def test_it_is_parsed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The second time it is read as it was kept; another text is another declaration."""
    parsed: list[str] = []
    parse = declarations._tables

    def count(text: str) -> object:
        parsed.append(text)
        return parse(text)

    monkeypatch.setattr(declarations, "_tables", count)
    declared()
    declared()
    assert parsed == [GIVEN]
    cffi.FFI().cdef(GIVEN + "double ceil (double x);")
    assert len(parsed) == 2


def test_pages_are_the_same() -> None:
    """Whether WeasyPrint came by itself before, with cffi's own parser, or with us."""
    done = [
        subprocess.run(
            [sys.executable, "-c", first + SET], check=True, capture_output=True, text=True
        ).stdout.split()
        for first in ("", "import weasyprint\n")
    ]
    assert [kind for _, kind in done] == ["_Declared", "FFI"]
    assert done[0][0] == done[1][0]
