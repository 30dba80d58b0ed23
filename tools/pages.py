"""What the tools have in common that keep a page of docs/ as the code has it."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path


def keep(page: Path, written: Callable[[str], str], description: str | None) -> int:
    """Write a page anew, or with `--check` say that it is old.

    Args:
        page: The file.
        written: Its text as the code has it, made of its text as it stands.
        description: What `--help` says.

    Returns:
        The exit code: 1 for a page that is old.
    """
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--check", action="store_true", help="write nothing")
    check = parser.parse_args().check
    text = page.read_text(encoding="utf-8")
    if not check:
        page.write_text(written(text), encoding="utf-8")
    elif written(text) != text:
        print(f"{page.name} is not what the code says: make tables")
        return 1
    return 0
