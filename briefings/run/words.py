"""A desk's own catalogue of the words of our pages: begun, or brought up to date."""

from __future__ import annotations

from pathlib import Path

from briefings.authoring.draft import put
from briefings.core import files
from briefings.core.diagnostics import Refused
from briefings.core.languages import is_code
from briefings.core.span import SourceText
from briefings.core.values import dataclass
from briefings.load.formats import format_of
from briefings.render.l10n.own_words import begun, faults

FOLDER = "locale"


@dataclass(frozen=True, slots=True)
class KeptCatalogue:
    """The catalogue at `path` of a desk, and how many of all messages it translates."""

    path: str
    translated: int
    total: int


def keep_words(root: Path, language: str) -> KeptCatalogue:
    """Write every message of the program into `locale/` of the desk `root`, to be translated.

    What the desk's catalogue translates already is kept, and what no page says any more goes.

    Raises:
        Refused: With status 1: that catalogue is broken, or somebody else changed it meanwhile;
            with status 2: `language` is no code, or the file can't be written.
    """
    if not is_code(language):
        message = f"{language!r} is not the code of a language"
        raise Refused.by(2, "bad-value", message, "such as fr, pt-BR or zh-Hant")
    path = f"{FOLDER}/{language}.po"
    before = _before(root, path)
    content, translated, total = begun(
        language, None if before is None else before.decode("utf-8-sig")
    )
    put(root, {path: before}, {path: content})
    return KeptCatalogue(path, translated, total)


def _before(root: Path, path: str) -> bytes | None:
    """The catalogue that the desk has; None if it has none.

    Raises:
        Refused: With status 1: it can't be read, or is broken.
    """
    try:
        content = files.read(root, path)
    except files.Missing:
        return None
    except files.Unreadable as error:
        message = f"{path} can't be read: {error}"
        raise Refused.by(1, "unreadable-file", message, *error.hints) from error
    except files.OutsideFolder as error:
        message = f"{path} can't be read: {error}"
        raise Refused.by(1, "outside-desk", message) from error
    if (other := format_of(content, path)) is not None:
        message = f"{path} can't be read: it is {other.what}"
        raise Refused.by(1, "unreadable-file", message, other.hint)
    text = SourceText(path, content.decode("utf-8-sig"))
    if broken := [each for each in faults(text) if each.code == "bad-catalogue"]:
        raise Refused(1, broken, {path: text})
    return content
