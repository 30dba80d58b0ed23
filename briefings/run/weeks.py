"""The page that lists the weeks built into one folder, from the manifests that stand there."""

from __future__ import annotations

import json
import re
from pathlib import Path

from briefings.core.model import FactBase
from briefings.core.periods import week
from briefings.render import front
from briefings.run import manifest
from briefings.run.house import Fault, House

INDEX = "index.html"
_WEEK = re.compile(r"[0-9]{4}-W[0-9]{2}")


def contents(out: Path, base: FactBase, house: House) -> bytes | Fault:
    """The page for the folder `out`, newest week first; nothing but what stands there is in it."""
    names = sorted(
        (each.name for each in out.iterdir() if _WEEK.fullmatch(each.name)), reverse=True
    )
    found = ((name, _briefs(out / name)) for name in names)
    weeks = [front.Week(name, week(name), briefs) for name, briefs in found if briefs]
    made = house.fill({INDEX: lambda: front.weeks(house.environment, base, weeks)})
    return made if isinstance(made, Fault) else made.texts[INDEX].encode()


def _briefs(folder: Path) -> int:
    """How many briefs a week holds; 0 if it is none of ours."""
    try:
        content = (folder / manifest.NAME).read_bytes()
        if manifest.named_by(content) is None or not (folder / INDEX).is_file():
            return 0
        return len(json.loads(content)["briefs"])
    except (OSError, ValueError, TypeError, KeyError):
        return 0
