"""What WeasyPrint declares of libraries in C, parsed once and kept as Python keeps its modules.

To parse it takes a twentieth of a second, a third of what it takes to load WeasyPrint. What cffi
writes of a declaration into a module of its own, for it to be loaded without a parser, holds here.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from pathlib import Path
from typing import Any

import _cffi_backend
import cffi

from briefings.core import files
from briefings.core.pycache import kept
from briefings.render.pdf.patching import exchanged

OURS = "PangoLayout * pango_layout_copy (PangoLayout *src);"
"""What we need of these libraries and WeasyPrint does not declare."""

_BESIDE = Path(__file__).with_name("pango.h")


@contextmanager
def declarations_kept() -> Iterator[None]:
    """What is loaded while it lasts declares its libraries so."""
    with exchanged("FFI", _Declared, cffi):
        yield


class _Declared(_cffi_backend.FFI):  # type: ignore[misc]  # it has no types
    """Libraries in C, by a declaration."""

    is_declared = False

    def __init__(self) -> None:
        """Nothing is known of them before it is declared."""

    def cdef(self, text: str) -> None:
        """Take a declaration in, and with it what is ours; a second one could be ours alone."""
        if self.is_declared:
            assert text == OURS
            return
        self.is_declared = True
        code = files.own(_BESIDE.parent, Path(__file__).name)
        inputs = (text.encode(), cffi.__version__.encode(), code)
        tables = kept(_BESIDE, inputs, lambda: _tables(text)) or _tables(text)
        super().__init__("declared", **dict(tables))


def _tables(text: str) -> tuple[tuple[str, Any], ...]:
    """A declaration, and ours, as cffi writes it down."""
    # Late: where it was done before, it needs none of this.
    from cffi.api import FFI  # noqa: PLC0415
    from cffi.recompiler import Recompiler  # noqa: PLC0415

    declared = FFI()
    declared.cdef(text)
    declared.cdef(OURS)
    writer, module = Recompiler(declared, "declared", target_is_python=True), StringIO()
    writer.collect_type_table()
    writer.collect_step_tables()
    writer.write_py_source_to_f(module)
    *_, made = ast.parse(module.getvalue()).body
    assert isinstance(made, ast.Assign)
    assert isinstance(made.value, ast.Call)
    return tuple((str(each.arg), ast.literal_eval(each.value)) for each in made.value.keywords)
