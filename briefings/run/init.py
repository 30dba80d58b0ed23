"""A new desk, small and working, in a folder that may hold something else already."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from briefings.core.characters import in_a_line, visible
from briefings.core.diagnostics import Refused
from briefings.core.filenames import BASE
from briefings.core.languages import is_code
from briefings.core.limits import TEXT
from briefings.core.values import dataclass
from briefings.edit.starter import DOCUMENT, empty_desk, new_desk, schema_text
from briefings.output.atomic import Stuck, Taken, reason
from briefings.output.desk_files import lay_out, link_on_the_way

__all__ = ["Begun", "begin", "schema_text"]


@dataclass(frozen=True, slots=True)
class Begun:
    """The files of a new desk, by path below its folder: `written`, and `kept` as they were."""

    written: tuple[str, ...]
    kept: tuple[str, ...]


def begin(folder: Path, title: str = "", languages: Sequence[str] = ("en",)) -> Begun:
    """Lay out a small desk in `folder`; what stands there already is left as it is.

    Args:
        folder: Where; it may be there already.
        title: What an empty desk is about; without it, the desk has a sample to look at.
        languages: Those of the briefs of an empty desk; the first is that of the title.

    Raises:
        Refused: With status 2: a desk stands there already, or it can't be written; and nothing is.
    """
    shown = visible(str(folder))
    if os.path.lexists(folder) and not folder.is_dir():
        message = f"{shown!r} is not a folder"
        raise Refused.by(2, "output-not-ours", message, "give the name of a new folder")
    wrong = [each for each in languages if not is_code(each)]
    if wrong:
        message = f"{visible(repr(wrong[0]))} is no language code"
        raise Refused.by(2, "bad-value", message, "such as en, fa or pt-BR")
    if in_a_line(title) != title:
        message = f"the title {visible(repr(title))} holds characters that do not show"
        raise Refused.by(2, "bad-value", message, "type it again, in one line")
    if len(title) > TEXT.most:
        message = f"the title is {len(title):,} characters long; no text is over {TEXT.shown}"
        raise Refused.by(2, "bad-value", message, "say it in a few words")
    contents = empty_desk(title, languages) if title else new_desk()
    kept = tuple(path for path in contents if os.path.lexists(folder / path))
    for path in (BASE, DOCUMENT):
        if path in kept:
            message = f"{shown!r} holds a {path} already: nothing was written"
            hint = "go there and run `briefings check`; or give the name of a new folder"
            raise Refused.by(2, "output-not-ours", message, hint)
    new = {path: content for path, content in contents.items() if path not in kept}
    try:
        link = folder if folder.is_symlink() else link_on_the_way(folder, new)
        if link is not None:
            message = f"{visible(str(link))!r} is a link to {visible(str(link.readlink()))!r}"
            hint = "give the folder itself that it leads to, or take the link away"
            raise Refused.by(2, "output-not-ours", f"{message}: nothing was written", hint)
        lay_out(folder, new)
    except Taken as taken:
        message = f"{str(taken)!r} was written meanwhile by somebody else: nothing was changed"
        raise Refused.by(2, "output-not-ours", message, "look at it, and begin again") from taken
    except Stuck as stuck:
        left = ", ".join(str(path) for path in stuck.left)
        message = f"{shown!r} can't be written: {reason(stuck.reason)}; {left} was left there"
        raise Refused.by(2, "output-unwritable", message, "remove what was left") from stuck
    except OSError as error:
        message = f"{shown!r} can't be written: {reason(error)}"
        raise Refused.by(2, "output-unwritable", message, "give another folder") from error
    return Begun(tuple(new), kept)
