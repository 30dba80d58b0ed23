"""Jinja for briefs: a sandbox that reads only its own folders, and in which a hole is an error."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType, TracebackType
from typing import Literal

import jinja2
from jinja2.loaders import split_template_path
from jinja2.sandbox import ImmutableSandboxedEnvironment

from briefings.render.legible import legible

__all__ = ["TemplateHole", "environment", "read_files", "render", "shipped"]

_LARGEST_FILE = 4 * 1024 * 1024
_LONGEST_PAGE = 50_000_000
_NO_ESCAPE_ROOM = ("safe",)


class TemplateHole(Exception):
    """A template that can't be filled: the user's mistake when the template is theirs.

    `path` is the file as it was found, `line` counts from 1 and is 1 where it is unknown.
    """

    def __init__(
        self, path: str, line: int, message: str, code: Literal["template-hole", "template-syntax"]
    ) -> None:
        super().__init__(f"{path}:{line}: {message}")
        self.path = path
        self.line = line
        self.message = message
        self.code = code


def shipped() -> Path:
    """The folder of the templates that belong to the program, in the wheel or in its sources."""
    package = Path(__file__).parent.parent
    inside = package / "templates"
    return inside if inside.is_dir() else package.parent / "templates"


def environment(*folders: Path) -> jinja2.Environment:
    """Templates from `folders`, the first that has one wins, and at last the shipped ones.

    Escaping is on for every name and no filter switches it off.
    """
    made = ImmutableSandboxedEnvironment(
        loader=_Folders((*folders, shipped())),
        undefined=jinja2.StrictUndefined,
        autoescape=True,
        finalize=legible,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
        extensions=["jinja2.ext.i18n"],
    )
    made.install_null_translations(newstyle=True)  # type: ignore[attr-defined]  # by the extension
    for name in _NO_ESCAPE_ROOM:
        del made.filters[name]
    return made


def read_files(templates: jinja2.Environment) -> Mapping[str, str]:
    """Every file that was read as a template or a style sheet so far: path to SHA-256."""
    assert isinstance(templates.loader, _Folders)
    return MappingProxyType(dict(sorted(templates.loader.read.items())))


def source(templates: jinja2.Environment, name: str) -> str:
    """The text of a style sheet or other plain file of the template folders."""
    assert templates.loader is not None
    try:
        return templates.loader.get_source(templates, name)[0]
    except jinja2.TemplateNotFound as missing:
        raise _not_found(missing) from None


def render(templates: jinja2.Environment, name: str, context: Mapping[str, object]) -> str:
    """Fill the template `name`; a TemplateHole says where that failed."""
    parts: list[str] = []
    length = 0
    try:
        template = templates.get_template(name)
        for part in template.generate(context):
            parts.append(part)
            length += len(part)
            if length > _LONGEST_PAGE:
                raise TemplateHole(
                    str(template.filename or name),
                    1,
                    f"the page grows beyond {_LONGEST_PAGE} characters",
                    "template-hole",
                )
    except TemplateHole:
        raise
    except jinja2.TemplateSyntaxError as error:
        path = error.filename or error.name or name
        message = error.message or "it can't be parsed"
        raise TemplateHole(path, error.lineno, message, "template-syntax") from None
    except jinja2.TemplateNotFound as missing:
        raise _not_found(missing) from None
    except Exception as error:
        raise _hole(error, read_files(templates)) from error
    return "".join(parts)


def _not_found(missing: jinja2.TemplateNotFound) -> TemplateHole:
    name = missing.name or str(missing)
    return TemplateHole(str(name), 1, f'there is no template "{name}"', "template-hole")


def _hole(error: Exception, templates: Mapping[str, str]) -> Exception:
    """The failure with its place in a template; the failure itself where it is the program's."""
    place: tuple[str, int] | None = None
    trace: TracebackType | None = error.__traceback__
    last = ""
    while trace is not None:
        last = trace.tb_frame.f_code.co_filename
        if last in templates:
            place = (last, trace.tb_lineno)
        trace = trace.tb_next
    ours = last.startswith(str(Path(__file__).parent.parent)) and last not in templates
    if place is None or ours:
        return error
    return TemplateHole(*place, str(error) or type(error).__name__, "template-hole")


class _Folders(jinja2.BaseLoader):
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
        for folder in self.folders:
            data = _read_below(folder, parts)
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


def _read_below(folder: Path, parts: list[str]) -> bytes | None:
    """The bytes of a regular file, component by component; None where there is none such."""
    try:
        at = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    except OSError:
        return None
    try:
        for part in parts[:-1]:
            inner = os.open(
                part, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC, dir_fd=at
            )
            os.close(at)
            at = inner
        flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
        file = os.open(parts[-1], flags, dir_fd=at)
    except OSError:
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
