"""FontTools, a third of what is loaded with WeasyPrint, loaded by the first font that needs it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from types import ModuleType
from typing import Any

from briefings.core.overriding import override

_MODULES = ("fontTools", "fontTools.ttLib", "fontTools.varLib.instancer")
_USERS = ("weasyprint.pdf.fonts", "weasyprint.text.fonts")


@contextmanager
def fonttools_when_used() -> Iterator[None]:
    """What is loaded while it lasts gets stand-ins for fontTools, if that is not loaded yet.

    WeasyPrint uses it for fonts that vary, hold pictures, or come packed for the web, and where
    HarfBuzz can't take a font apart.
    """
    if "fontTools" in sys.modules:
        yield
        return
    sys.modules.update({name: _Module(name) for name in _MODULES})
    try:
        yield
    finally:
        for name in _MODULES:
            del sys.modules[name]


class _Module(ModuleType):
    """Gives a stand-in for each of its parts."""

    @override
    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return _StandIn(self.__name__, name)


class _StandIn:
    """A part of a module, until it is called or looked into."""

    def __init__(self, module: str, name: str) -> None:
        self._module, self._name = module, name

    def __call__(self, *arguments: Any, **options: Any) -> Any:
        return self.real()(*arguments, **options)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.real(), name)

    def part(self) -> Any:
        module = import_module(self._module)
        if not hasattr(module, self._name):
            return import_module(f"{self._module}.{self._name}")
        return getattr(module, self._name)

    def real(self) -> Any:
        """The part itself; from here on, the modules that use fontTools have all of it.

        An error that they wait for has to be a class before it comes.
        """
        for module in map(import_module, _USERS):
            for name, value in tuple(vars(module).items()):
                if isinstance(value, _StandIn):
                    setattr(module, name, value.part())
        return self.part()
