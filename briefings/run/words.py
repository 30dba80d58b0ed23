"""A desk's own catalogue of the words of our pages: begun, or brought up to date."""

from __future__ import annotations

from pathlib import Path

from briefings.authoring.draft import put
from briefings.core import files
from briefings.core.diagnostics import Refused
from briefings.core.languages import is_code
from briefings.core.span import SourceText
from briefings.core.values import dataclass
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
    content, translated, total = begun(language, before)
    put(root, {path: before if before is None else before.encode()}, {path: content})
    return KeptCatalogue(path, translated, total)


def _before(root: Path, path: str) -> str | None:
    """The catalogue that the desk has; None if it has none.

    Raises:
        Refused: With status 1: it can't be read, or is broken.
    """
    try:
        text = SourceText(path, files.read(root, path).decode())
    except files.Missing:
        return None
    except (files.OutsideFolder, files.Unreadable, UnicodeDecodeError) as error:
        message = f"{path} can't be read: {error}"
        raise Refused.by(1, "unreadable-file", message) from error
    if broken := [each for each in faults(text) if each.code == "bad-catalogue"]:
        raise Refused(1, broken, {path: text})
    return text.text
