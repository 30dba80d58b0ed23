"""A desk checked, as `briefings check` asks for it, and what shells complete names from."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from briefings.core.characters import in_a_line
from briefings.core.model import LocalText
from briefings.desk.checked import Checked, check_anew
from briefings.desk.memory import keeping_all
from briefings.desk.reread import reread
from briefings.load.desk import load


def check_desk(path: Path, cache: Path | None = None) -> Checked:
    """Read and check the base at `path` with all that it includes and cites.

    Args:
        path: The base's own file.
        cache: Where the clearances of the last check lie; None to go by none.

    """
    with keeping_all():
        return check_anew(reread(path, cache), path, cache)


def names(path: Path, section: str) -> dict[str, str]:
    """The ids of one section of a base, and what each is called, for completion in a shell.

    Args:
        path: The base. One with mistakes has some too: whatever could be read.
        section: A field of `FactBase` such as `topics`.

    """
    base = load(path).base
    entries: Mapping[str, object] = getattr(base, section) if base else {}
    return {name: in_a_line(_called(entry)) for name, entry in entries.items()}


def _called(entry: object) -> str:
    for attribute in ("title", "name", "statement"):
        match getattr(entry, attribute, None):
            case LocalText() as text:
                return text.forms[0][1]
            case str() as text:
                return text
    return ""
