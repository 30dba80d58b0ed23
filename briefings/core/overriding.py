"""`override` of Python 3.12, which marks a method that takes the place of another, for 3.11 too."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing_extensions import override
else:

    def override(method):
        """The method as it is: only the type checker reads the mark."""
        return method


__all__ = ["override"]
