"""The page that lists the weeks built into one folder, from the manifests that stand there."""

from __future__ import annotations

import json
from pathlib import Path

from briefings.core.edition import Window
from briefings.core.model import FactBase
from briefings.core.periods import week
from briefings.render import front
from briefings.run import manifest
from briefings.run.house import Fault, House

INDEX = "index.html"


def contents(out: Path, base: FactBase, house: House) -> bytes | Fault:
    """The page for the folder `out`, newest week first; nothing but what stands there is in it."""
    folders = sorted(out.iterdir(), key=lambda each: each.name, reverse=True)
    found = ((each.name, _window(each.name), _briefs(each)) for each in folders)
    weeks = [
        front.Week(name, window, briefs) for name, window, briefs in found if window and briefs
    ]
    made = house.fill({INDEX: lambda: front.weeks(house.environment, base, weeks)})
    return made if isinstance(made, Fault) else made.texts[INDEX].encode()


def _window(name: str) -> Window | None:
    """The week after which a folder is named; None for any other name."""
    try:
        return week(name)
    except ValueError:
        return None


def _briefs(folder: Path) -> int:
    """How many briefs a week holds; 0 if it is none of ours."""
    content = manifest.found_in(folder)
    if content is None or manifest.named_by(content) is None or not (folder / INDEX).is_file():
        return 0
    try:
        return len(json.loads(content)["briefs"])
    except (TypeError, KeyError):
        return 0
