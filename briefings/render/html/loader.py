"""Where templates lie: regular files below a few folders, and nothing that a link leads to."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Literal, TypeAlias

import jinja2
from jinja2.loaders import split_template_path

_LARGEST_FILE = 4 * 1024 * 1024

Code: TypeAlias = Literal["template-hole", "template-limit", "template-syntax"]


class TemplateHole(Exception):
    """A template that can't be filled: the user's mistake when the template is theirs.

    `path` is the file as the loader found it, None where there is none: never a name that a
    template gave. `line` counts from 1 and is 1 where it is unknown.
    """

    def __init__(
        self, path: str | None, line: int, message: str, code: Code = "template-hole"
    ) -> None:
        super().__init__(f"{path}:{line}: {message}")
        self.path = path
        self.line = line
        self.message = message
        self.code = code


class Folders(jinja2.BaseLoader):
    """Reads regular files below its folders, and follows no link on the way."""

    def __init__(self, folders: tuple[Path, ...]) -> None:
        self.folders = folders
        self.read: dict[str, str] = {}

    def get_source(  # type: ignore[explicit-override]  # typing.override is of Python 3.12
        self, environment: jinja2.Environment, template: str
    ) -> tuple[str, str, Callable[[], bool]]:
        """The text, its path, and that it stays as it was read."""
        del environment
        parts = split_template_path(template)
        if not parts:
            raise jinja2.TemplateNotFound(template)
        for folder in self.folders:
            if folder.is_symlink():
                message = f'the folder "{folder.name}" is a link, which is not followed: copy it'
                raise TemplateHole(None, 1, message)
            try:
                data = _read_below(folder, parts)
            except _LinkError:
                message = f'the template "{template}" is a link, which is not followed: copy it'
                raise TemplateHole(None, 1, message) from None
            if data is None:
                continue
            path = str(folder.joinpath(*parts))
            self.read[path] = hashlib.sha256(data).hexdigest()
            try:
                text = data.decode("utf-8")
            except UnicodeDecodeError:
                raise TemplateHole(path, 1, "it is not UTF-8", "template-syntax") from None
            return text, path, lambda: True
        raise jinja2.TemplateNotFound(template)

    def list_templates(self) -> list[str]:  # type: ignore[explicit-override]  # see above
        """The names of all files, links left out."""
        return sorted(
            {
                path.relative_to(folder).as_posix()
                for folder in self.folders
                if not folder.is_symlink()
                for path in folder.rglob("*")
                if path.is_file() and not path.is_symlink()
            }
        )

    def text_of(self, path: Path) -> str | None:
        """The text of a file below a folder, read like every template."""
        for folder in self.folders:
            if path.is_relative_to(folder) and ".." not in path.relative_to(folder).parts:
                try:
                    data = _read_below(folder, list(path.relative_to(folder).parts))
                    return None if data is None else data.decode("utf-8")
                except (_LinkError, UnicodeDecodeError):
                    return None
        return None


class _LinkError(Exception):
    """What is asked for is a link, or lies behind one."""


def _read_below(folder: Path, parts: list[str]) -> bytes | None:
    """The bytes of a regular file, component by component; None where there is none such.

    A link on the way is a `_LinkError`: whoever put it there meant it to be read.
    """
    try:
        at = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
    except OSError:
        return None
    try:
        for part in parts[:-1]:
            _refuse_link(part, at)
            inner = os.open(
                part, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC, dir_fd=at
            )
            os.close(at)
            at = inner
        _refuse_link(parts[-1], at)
        flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
        file = os.open(parts[-1], flags, dir_fd=at)
    except (OSError, ValueError):  # not there; or no name that a file can have
        return None
    finally:
        os.close(at)
    try:
        known = os.fstat(file)
        if not stat.S_ISREG(known.st_mode) or known.st_size > _LARGEST_FILE:
            return None
        with os.fdopen(file, "rb", closefd=False) as opened:
            return opened.read(_LARGEST_FILE)
    finally:
        os.close(file)


def _refuse_link(part: str, folder: int) -> None:
    if stat.S_ISLNK(os.stat(part, dir_fd=folder, follow_symlinks=False).st_mode):
        raise _LinkError
