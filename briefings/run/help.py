"""The pages of docs/, which travel with the program."""

from __future__ import annotations

from collections.abc import Mapping

from briefings.core import files

_FIRST = ("tutorial", "authoring", "fact-base", "gate", "custom-briefs", "editions")


def manual() -> Mapping[str, str]:
    """The Markdown of each page by its name; those that a newcomer reads first stand first."""
    folder = files.shipped("docs")
    names = sorted(path.removesuffix(".md") for path in files.matching(folder, "*.md"))
    names.sort(key=lambda name: _FIRST.index(name) if name in _FIRST else len(_FIRST))
    return {name: files.own(folder, f"{name}.md").decode() for name in names}


def title(page: str) -> str:
    """What a page is about: its first line, without the mark of a heading."""
    return page.partition("\n")[0].lstrip("# ").rstrip()
