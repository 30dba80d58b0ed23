"""Packages that come with an extra of the program, and what is said where they are missing."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.util import find_spec

from briefings.core.diagnostics import Refused


def missing(packages: Iterable[str]) -> tuple[str, ...]:
    """Those packages that are not installed, by the names under which they are imported."""
    return tuple(name for name in packages if find_spec(name) is None)


def lacks(what: str, packages: Iterable[str | None]) -> str:
    """That `what` can't be done without some packages, in one lower-case clause."""
    return f"{what} needs packages that are not installed: {', '.join(filter(None, packages))}"


def install(extra: str) -> str:
    """The step that brings the packages of an extra."""
    return f"install the extra: `pip install 'briefings[{extra}]'`"


def refused(what: str, packages: Iterable[str | None], extra: str) -> Refused:
    """The refusal, with status 2, of what needs packages of an extra that are not installed.

    Args:
        what: What was asked for, as the subject of a clause.
        packages: Those that are missing, by the names under which they are imported.
        extra: The extra that brings them.
    """
    return Refused.by(2, "missing-package", lacks(what, packages), install(extra))
