"""Where templates lie: regular files below a few folders, and nothing that a link leads to."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Literal, TypeAlias

import jinja2
from jinja2.loaders import split_template_path

from briefings.core import files
from briefings.core.conflicts import MEND, conflict
from briefings.core.limits import TEMPLATE
from briefings.core.overriding import override
from briefings.core.values import dataclass

_MEND = "make it a plain file of this user; or remove it, and the shipped one is taken"
_COPY = "copy what it leads to into its place"

Code: TypeAlias = Literal["page-forbids", "template-hole", "template-limit", "template-syntax"]


class TemplateHole(Exception):
    """A template that can't be filled: the user's mistake when the template is theirs.

    `path` is the file as the loader found it, None where there is none: never a name that a
    template gave. `line` counts from 1 and is 1 where it is unknown, as `column` is. `cure` is
    the next step where it is another than the code's own.
    """

    def __init__(
        self,
        path: str | None,
        line: int,
        message: str,
        code: Code = "template-hole",
        cure: str | None = None,
        *,
        column: int = 1,
    ) -> None:
        super().__init__(f"{path}:{line}: {message}")
        self.path = path
        self.line = line
        self.message = message
        self.code = code
        self.cure = cure
        self.column = column


@dataclass(frozen=True, slots=True)
class _File:
    path: str
    text: str
    sha256: str


class Folders(jinja2.BaseLoader):
    """Reads regular files below its folders, each once, and follows no link on the way."""

    def __init__(self, folders: tuple[Path, ...]) -> None:
        self.folders = folders
        self._files: dict[str, _File] = {}
        self._used: dict[str, str] = {}

    @property
    def used(self) -> Mapping[str, str]:
        """Every file that the page being filled was made with: path to SHA-256."""
        return dict(sorted(self._used.items()))

    def turn(self) -> None:
        """Begin a page, for which nothing was used yet."""
        self._used = {}

    @override
    def get_source(
        self, environment: jinja2.Environment, template: str
    ) -> tuple[str, str, Callable[[], bool]]:
        """The text, its path, and that it stays as it was read.

        Jinja asks for the last whenever it takes a template that it has compiled already: that
        is how it is known which templates a page was made with.
        """
        del environment
        file = self._files.get(template)
        if file is None:
            file = self._files[template] = self._found(template)
        self._use(file)
        return file.text, file.path, lambda: self._use(file)

    @override
    def list_templates(self) -> list[str]:
        """The names of all files, links left out."""
        names: set[str] = set()
        for folder in self.folders:
            with suppress(OSError):  # what can't be listed is told of when it is asked for
                names.update(
                    name
                    for name in files.listed(folder)[0]
                    if not (folder.is_symlink() or (folder / name).is_symlink())
                )
        return sorted(names)

    def digest(self, template: str) -> str | None:
        """The SHA-256 of the file that a template would be now; None where none can be read."""
        if template not in self._files:
            with suppress(jinja2.TemplateNotFound, TemplateHole):
                self._files[template] = self._found(template)
        file = self._files.get(template)
        return None if file is None else file.sha256

    def text_of(self, path: Path) -> str | None:
        """The text of a file below a folder, read like every template."""
        for folder in self.folders:
            if path.is_relative_to(folder):
                try:
                    return _read(folder, path.relative_to(folder).as_posix()).decode("utf-8-sig")
                except (files.OutsideFolder, files.Unreadable, UnicodeDecodeError):
                    return None
        return None

    def _use(self, file: _File) -> bool:
        self._used[file.path] = file.sha256
        return True

    def _found(self, template: str) -> _File:
        parts = split_template_path(template)
        if not parts:
            raise jinja2.TemplateNotFound(template)
        for folder in self.folders:
            try:
                data = _read(folder, "/".join(parts))
            except files.Missing:
                continue
            except files.OutsideFolder:
                message = f"{_named(folder, template)} is a link, which is not followed"
                raise TemplateHole(None, 1, message, cure=_COPY) from None
            except files.Unreadable as error:
                message = f"{_named(folder, template)} can't be read: {error}"
                cure = TEMPLATE.raising if TEMPLATE.raising in error.hints else _MEND
                raise TemplateHole(None, 1, message, cure=cure) from None
            path = str(folder.joinpath(*parts))
            try:
                text = data.decode("utf-8-sig")
            except UnicodeDecodeError:
                raise TemplateHole(path, 1, "it is not UTF-8", "template-syntax") from None
            if (unmerged := conflict(text)) is not None:
                begin, what = unmerged
                line = text.count("\n", 0, begin) + 1
                raise TemplateHole(path, line, what, "template-syntax", MEND)
            return _File(path, text, hashlib.sha256(data).hexdigest())
        raise jinja2.TemplateNotFound(template)


def _read(folder: Path, path: str) -> bytes:
    return files.read(folder, path, TEMPLATE, linked=False)


def _named(folder: Path, template: str) -> str:
    """What is wrong: the folder as a whole, or the template in it."""
    if folder.is_symlink() or not folder.is_dir():
        return f'the folder "{folder.name}"'
    return f'the template "{template}"'
