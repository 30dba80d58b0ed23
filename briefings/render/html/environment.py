"""Jinja for briefs: a sandbox that reads only its own folders, and in which a hole is an error."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import is_dataclass
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path, PurePosixPath
from types import TracebackType
from typing import TypeVar

import jinja2
from jinja2.ext import Extension
from jinja2.filters import do_indent
from jinja2.lexer import Token, TokenStream
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment

from briefings.core import files
from briefings.render.html.escape import escape_controls
from briefings.render.html.fallen import fallen_back
from briefings.render.html.loader import Folders, TemplateHole
from briefings.render.l10n.catalogues import Own, Wording, catalogue
from briefings.render.l10n.locales import Locale

__all__ = [
    "BRIEF",
    "OutOfTimeError",
    "TemplateHole",
    "begin_page",
    "brief_templates",
    "environment",
    "exists",
    "is_of_briefs",
    "locale_of",
    "location",
    "place_in_own",
    "render",
    "shipped",
    "source",
    "text_of",
    "used_files",
]

_LONGEST_PAGE = 50_000_000
_SUFFIX = ".html.j2"
BRIEF = "brief.html.j2"
"""The template of a brief that asks for no other."""

_NO_ESCAPE_ROOM = ("safe",)
_BY_CHANCE = ("random",)  # the same base makes the same bytes
_CLOCKS = frozenset({"fromtimestamp", "now", "today", "utcfromtimestamp", "utcnow"})

_MARKUP = {ord("&"): "&amp;", ord("<"): "&lt;", ord(">"): "&gt;", ord('"'): "&#34;"}

_T = TypeVar("_T")


class _Sandbox(ImmutableSandboxedEnvironment):
    """One in which no clock can be reached."""

    def is_safe_attribute(  # type: ignore[explicit-override]  # typing.override: Python 3.12
        self, obj: object, attr: str, value: object
    ) -> bool:
        if attr in _CLOCKS and (isinstance(obj, date) or obj in (date, datetime)):
            return False
        return super().is_safe_attribute(obj, attr, value)


class _Escaping(Extension):
    """Refuses the block that would switch escaping off."""

    def filter_stream(  # type: ignore[explicit-override]  # see above
        self, stream: TokenStream
    ) -> Iterator[Token]:
        begins = False
        for token in stream:
            if begins and token.test("name:autoescape"):
                message = "escaping can't be switched: there is no block `autoescape`"
                raise jinja2.TemplateSyntaxError(
                    message, token.lineno, stream.name, stream.filename
                )
            begins = token.type == "block_begin"
            yield token


class OutOfTimeError(Exception):
    """Raised into a template that takes too long, by whoever waits for it."""


def shipped() -> Path:
    """The folder of the templates that belong to the program, in the wheel or in its sources."""
    package = Path(__file__).parents[2]
    inside = package / "templates"
    return (inside if inside.is_dir() else package.parent / "templates").resolve()


def environment(*folders: Path, words: Own = ()) -> jinja2.Environment:
    """Templates from `folders`, the first that has one wins, and at last the shipped ones.

    Escaping is on for every name, and no filter and no block switches it off. `words` are the
    catalogues of a desk.
    """
    templates = _Sandbox(
        loader=Folders((*folders, shipped())),
        undefined=jinja2.StrictUndefined,
        autoescape=True,
        finalize=_printable,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=True,  # so that the loader is told of each use of a template
        extensions=["jinja2.ext.i18n", _Escaping],
    )
    templates.policies["ext.i18n.trimmed"] = True
    templates.install_gettext_callables(  # type: ignore[attr-defined]  # by the extension
        _gettext, _ngettext, newstyle=True, pgettext=_pgettext, npgettext=_npgettext
    )
    for name in (*_NO_ESCAPE_ROOM, *_BY_CHANCE):
        del templates.filters[name]
    del templates.globals["lipsum"]  # by chance as well
    templates.filters["indent"] = _indent
    templates.extend(own_words=words)
    return templates


def locale_of(templates: jinja2.Environment, language: str) -> Locale:
    """A language of pages that these templates make, with the desk's own words."""
    own: Own = templates.own_words  # type: ignore[attr-defined]  # by `extend`
    return Locale(language, own)


def _printable(value: _T) -> _T:
    """What a template prints, with unruly characters shown.

    Raises:
        jinja2.TemplateRuntimeError: It is nothing to be read: absent, a list with its brackets, a
            value with all its parts, or what would be printed with its address in memory.

    """
    if isinstance(value, str):
        return escape_controls(value)
    if isinstance(value, jinja2.Undefined):  # an `if` without `else`; Jinja says of all others
        return value
    if value is None:
        raise jinja2.TemplateRuntimeError("there is nothing to print: the value is none")
    is_raw = is_dataclass(value) or type(value).__repr__ is object.__repr__
    if (
        callable(value)
        or isinstance(value, Iterable)
        or (is_raw and type(value).__str__ is object.__str__)
    ):
        message = f"a value of type `{type(value).__name__}` can't be printed"
        raise jinja2.TemplateRuntimeError(message)
    return value


def _indent(text: str, width: int | str = 4, first: bool = False, blank: bool = False) -> str:
    """Jinja's filter, which would take the `width` for markup where `text` is: a number only."""
    if not isinstance(width, int):
        raise jinja2.TemplateRuntimeError("the filter `indent` takes a number of spaces")
    return do_indent(text, width, first, blank)


# One environment fills pages in several languages: words are those of the page being filled.
@jinja2.pass_context
def _gettext(page: Context, message: str) -> str:
    words = _words(page)
    return _shown(page, words.having(message), words.gettext(message))


@jinja2.pass_context
def _ngettext(page: Context, singular: str, plural: str, count: int) -> str:
    words = _words(page)
    return _shown(page, words.having(singular), words.ngettext(singular, plural, count))


@jinja2.pass_context
def _pgettext(page: Context, sense: str, message: str) -> str:
    words = _words(page)
    return _shown(page, words.having(message, sense), words.pgettext(sense, message))


@jinja2.pass_context
def _npgettext(page: Context, sense: str, singular: str, plural: str, count: int) -> str:
    words = _words(page)
    said = words.npgettext(sense, singular, plural, count)
    return _shown(page, words.having(singular, sense), said)


def _shown(page: Context, having: Wording | None, words: str) -> str:
    """Wording without markup, and marked where they are English on a page of another language.

    Jinja takes what is translated for markup, a fact's text too.
    """
    plain = words.translate(_MARKUP)
    locale = page.get("locale")
    if having is not None or not isinstance(locale, Locale) or locale.speaks("en"):
        return plain
    return fallen_back(plain)


def _words(page: Context) -> Wording:
    """The catalogue of the page's locale; English where a template is imported without context."""
    locale = page.get("locale")
    return catalogue(locale.language, locale.own) if isinstance(locale, Locale) else catalogue("")


def begin_page(templates: jinja2.Environment) -> None:
    """Say that what is used from now on is used for another page."""
    _folders(templates).turn()


def used_files(templates: jinja2.Environment) -> Mapping[str, str]:
    """Every template, style sheet or script that this page was made with: path to SHA-256."""
    return _folders(templates).used


def place_in_own(templates: jinja2.Environment, sought: Sequence[str]) -> tuple[str, int] | None:
    """Where in a file that is not shipped, and that this page was made with, a text stands.

    Args:
        templates: An environment of `environment`.
        sought: Texts, the surest first; capital letters do not matter.

    Returns:
        Its path, and its line from 1: the first line where none of them is found. None where all
        files are shipped ones.

    """
    ours = str(shipped() / "_")[:-1]  # with the separator at its end
    own = [path for path in used_files(templates) if not path.startswith(ours)]
    own.sort(key=lambda path: not path.endswith(_SUFFIX))
    texts = {path: (text_of(templates, path) or "").lower() for path in own}
    for each in map(str.lower, filter(None, sought)):
        for path, text in texts.items():
            if (place := text.find(each)) >= 0:
                return path, text.count("\n", 0, place) + 1
    return (own[0], 1) if own else None


def source(templates: jinja2.Environment, name: str) -> str:
    """The text of a style sheet or other plain file of the template folders."""
    return _plain_file(templates, name)[0]


def location(templates: jinja2.Environment, name: str) -> str:
    """The path of a file of the template folders."""
    return _plain_file(templates, name)[1]


def brief_templates(templates: jinja2.Environment) -> tuple[str, ...]:
    """The names of the templates that a brief can be filled with, sorted."""
    return tuple(name for name in templates.list_templates() if is_of_briefs(name))


def is_of_briefs(name: str) -> bool:
    """Whether a template of that name can be a brief's: one of our other pages and parts is not."""
    plain = PurePosixPath(name).as_posix().lstrip("/")  # as the loader takes it
    return plain.endswith(_SUFFIX) and (plain == BRIEF or plain not in _shipped_names())


@lru_cache(maxsize=1)
def _shipped_names() -> frozenset[str]:
    return frozenset(files.names(shipped()))


def exists(templates: jinja2.Environment, name: str) -> bool:
    """Whether there is such a file; one that may not be read is there."""
    try:
        _folders(templates).get_source(templates, name)
    except jinja2.TemplateNotFound:
        return False
    except TemplateHole:
        return True
    return True


def text_of(templates: jinja2.Environment, path: str) -> str | None:
    """The text of a file that was found at `path`; None for what lies in no template folder."""
    return _folders(templates).text_of(Path(path))


def _folders(templates: jinja2.Environment) -> Folders:
    assert isinstance(templates.loader, Folders)
    return templates.loader


def _plain_file(templates: jinja2.Environment, name: str) -> tuple[str, str]:
    try:
        return _folders(templates).get_source(templates, name)[:2]
    except jinja2.TemplateNotFound as missing:
        raise TemplateHole(None, 1, _not_found(missing)) from None


def render(templates: jinja2.Environment, name: str, context: Mapping[str, object]) -> str:
    """Fill the template `name`.

    Args:
        templates: An environment of `environment`.
        name: A file of its folders.
        context: All that the template may use; docs/templates.md has every name.

    Raises:
        TemplateHole: A name, a file or a closing tag is missing, or the page grows without end;
            with its place in the template.

    """
    parts: list[str] = []
    length = 0
    try:
        template = templates.get_template(name)
        for part in template.generate(context):
            parts.append(part)
            length += len(part)
            if length > _LONGEST_PAGE:
                raise TemplateHole(
                    template.filename,
                    1,
                    f"the page grows beyond {_LONGEST_PAGE} characters",
                    "template-limit",
                )
    except TemplateHole as hole:
        raise _placed(hole, templates) from None
    except jinja2.TemplateSyntaxError as error:
        message = error.message or "it can't be parsed"
        raise TemplateHole(error.filename, error.lineno, message, "template-syntax") from None
    except jinja2.TemplateNotFound as missing:
        path, line = _place(missing, used_files(templates))[0] or (None, 1)
        raise TemplateHole(path, line, _not_found(missing)) from None
    except Exception as error:
        raise _hole(error, used_files(templates)) from error
    return "".join(parts)


def _not_found(missing: jinja2.TemplateNotFound) -> str:
    return f'there is no template "{missing.name or missing}"'


def _placed(hole: TemplateHole, templates: jinja2.Environment) -> TemplateHole:
    """What the loader refuses lies where a template asks for it."""
    if hole.path is not None:
        return hole
    path, line = _place(hole, used_files(templates))[0] or (None, 1)
    return TemplateHole(path, line, hole.message, hole.code, hole.cure)


def _hole(error: Exception, templates: Mapping[str, str]) -> Exception:
    """The failure with its place in a template; the failure itself where it is the program's."""
    place, last = _place(error, templates)
    if place is None:
        return error
    if isinstance(error, MemoryError):
        return TemplateHole(*place, "it takes too much memory", "template-limit")
    if isinstance(error, OutOfTimeError):
        return TemplateHole(*place, str(error), "template-limit")
    is_ours = last.startswith(str(Path(__file__).parents[2])) and last not in templates
    if is_ours and not isinstance(error, jinja2.TemplateRuntimeError):
        return error
    return TemplateHole(*place, str(error) or type(error).__name__)


def _place(error: Exception, templates: Mapping[str, str]) -> tuple[tuple[str, int] | None, str]:
    """The innermost line of a template in the failure's trace, and the file where it arose."""
    place: tuple[str, int] | None = None
    trace: TracebackType | None = error.__traceback__
    last = ""
    while trace is not None:
        last = trace.tb_frame.f_code.co_filename
        if last in templates:
            place = (last, trace.tb_lineno)
        trace = trace.tb_next
    return place, last
