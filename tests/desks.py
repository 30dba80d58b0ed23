"""The desks of this repository, read and checked when a test first asks for one, and once."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from briefings.core.model import CheckedBase
from briefings.run.check import Checked, check_desk


@cache
def reference_check() -> Checked:
    """What the check of the reference desk found."""
    return check_desk(Path(__file__).parents[1] / "facts.yaml")


def reference() -> CheckedBase:
    """The reference desk."""
    checked = reference_check().checked
    assert checked is not None
    return checked
