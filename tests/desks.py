"""The desks of this repository, read and checked when a test first asks for one, and once."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from briefings.core.model import CheckedBase
from briefings.run.check import check_desk


@cache
def reference() -> CheckedBase:
    """The reference desk."""
    checked = check_desk(Path(__file__).parents[1] / "facts.yaml").checked
    assert checked is not None
    return checked
