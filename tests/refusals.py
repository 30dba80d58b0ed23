"""What a use case was refused for."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from briefings.core.diagnostics import Refused


def refusal(call: Callable[[], object]) -> Refused:
    """The refusal that `call` ends in."""
    with pytest.raises(Refused) as caught:
        call()
    return caught.value


def codes(call: Callable[[], object]) -> tuple[int, list[str]]:
    """Its exit code, and the code of each of its diagnostics."""
    refused = refusal(call)
    return refused.status, [each.code for each in refused.diagnostics]
