"""The templates of briefs: where they lie, and how one is filled; a hole in one is an error."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path, PurePosixPath
from types import TracebackType
from typing import Any

import jinja2

from briefings.core import files
from briefings.core.excerpts import head
from briefings.core.limits import PAGE, PAGE_MEMORY, PAGE_TIME
from briefings.render.html.compiled import kept_bytecode
from briefings.render.html.fallback import fallen_back
from briefings.render.html.loader import Folders, TemplateHole
from briefings.render.html.printable import MEND, too_long
from briefings.render.html.sandbox import sandbox
from briefings.render.l10n.catalogues import Own
from briefings.render.l10n.locales import Locale

__all__ = [
    "BRIEF",
    "OutOfTimeError",
    "TemplateHole",
    "begin_page",
    "brief_templates",
    "environment",
    "exists",
    "has_own_markup",
    "is_of_briefs",
    "locale_of",
    "location",
    "place_in_own",
    "render",
    "shipped",
    "source",
    "template_digest",
    "text_of",
    "used_files",
]

_SUFFIX = ".html.j2"
_MOST_SAID = 300
"""So many characters of what Jinja or Python says of a mistake, which may name a whole value."""
BRIEF = "brief.html.j2"
"""The template of a brief that asks for no other."""


class OutOfTimeError(Exception):
    """Raised into a template that takes too long, by whoever waits for it."""


def shipped() -> Path:
    """The folder of the templates that belong to the program, in the wheel or in its sources."""
    return files.shipped("templates")


def environment(*folders: Path, words: Own = ()) -> jinja2.Environment:
    """Templates from `folders`, the first that has one wins, and at last the shipped ones.

    `words` are the catalogues of a desk.
    """
    templates = sandbox(Folders((*folders, shipped())))
    templates.extend(own_words=words)
    templates.bytecode_cache = kept_bytecode(shipped())
    return templates


def locale_of(templates: jinja2.Environment, language: str) -> Locale:
    """A language of pages that these templates make, with the desk's own words.

    Its English words are marked, as those are that templates ask for.
    """
    own: Own = templates.own_words  # type: ignore[attr-defined]  # by `extend`
    return Locale(language, own, fallen_back)


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
    own = _own(templates)
    texts = {path: (text_of(templates, path) or "").lower() for path in own}
    for each in map(str.lower, filter(None, sought)):
        for path, text in texts.items():
            if (place := text.find(each)) >= 0:
                return path, text.count("\n", 0, place) + 1
    return (own[0], 1) if own else None


def has_own_markup(templates: jinja2.Environment) -> bool:
    """Whether a template that is not shipped had a part in this page, and not only a style."""
    return any(path.endswith(_SUFFIX) for path in _own(templates))


def _own(templates: jinja2.Environment) -> list[str]:
    """The files of this page that are not shipped, templates first."""
    ours = str(shipped() / "_")[:-1]  # with the separator at its end
    # The sources of the program are a desk, whose templates are the shipped ones.
    own = [path for path in used_files(templates) if not os.path.realpath(path).startswith(ours)]
    return sorted(own, key=lambda path: not path.endswith(_SUFFIX))


def source(templates: jinja2.Environment, name: str) -> str:
    """The text of a style sheet or other plain file of the template folders."""
    return _plain_file(templates, name)[0]


def location(templates: jinja2.Environment, name: str) -> str:
    """The path of a file of the template folders."""
    return _plain_file(templates, name)[1]


def template_digest(templates: jinja2.Environment, name: str) -> str | None:
    """The SHA-256 of a file of the template folders; None where none can be read."""
    return _folders(templates).digest(name)


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
        page = templates.get_template(name).generate(context)
        for part in page:
            parts.append(part)
            length += len(part)
            if length > PAGE.most:
                raise too_long(*_reached(page, templates))
    except TemplateHole as hole:
        raise _placed(hole, templates) from None
    except jinja2.TemplateSyntaxError as error:
        message = error.message or "it can't be parsed"
        path = error.filename or error.name  # of what has no end, Jinja takes one for the other
        raise TemplateHole(path, error.lineno, message, "template-syntax") from None
    except jinja2.TemplateNotFound as missing:
        path, line = _place(missing, templates) or (None, 1)
        raise TemplateHole(path, line, _not_found(missing)) from None
    except Exception as error:
        raise _hole(error, templates) from error
    return "".join(parts)


def _reached(page: Any, templates: jinja2.Environment) -> tuple[str, int]:
    """The line that a page being filled has come to, in the desk's own template if it can be."""
    places: list[tuple[str, int]] = []
    while (frame := getattr(page, "gi_frame", None)) is not None:
        if "blocks" in frame.f_globals and "debug_info" in frame.f_globals:
            template = templates.get_template(frame.f_globals["name"])
            line = template.get_corresponding_lineno(frame.f_lineno)
            places.append((template.filename or "", line))
        page = page.gi_yieldfrom
    own = [place for place in places if place[0] in _own(templates)]
    return (own or places)[-1]


def _not_found(missing: jinja2.TemplateNotFound) -> str:
    return head(f'there is no template "{missing.name or missing}"', _MOST_SAID)


def _placed(hole: TemplateHole, templates: jinja2.Environment) -> TemplateHole:
    """What the loader refuses lies where a template asks for it."""
    if hole.path is not None:
        return hole
    path, line = _place(hole, templates) or (None, 1)
    return TemplateHole(path, line, hole.message, hole.code, hole.cure)


def _hole(error: Exception, templates: jinja2.Environment) -> Exception:
    """The failure with its place in a template; the failure itself where it is the program's."""
    place = _place(error, templates)
    if place is None:
        return error
    if isinstance(error, MemoryError):
        return TemplateHole(
            *place,
            f"it takes more than {PAGE_MEMORY.shown} of memory",
            "template-limit",
            MEND.format(PAGE_MEMORY.raising),
        )
    if isinstance(error, OutOfTimeError):
        cure = MEND.format(PAGE_TIME.raising)
        return TemplateHole(*place, str(error), "template-limit", cure)
    if isinstance(error, RecursionError):
        circle = _leading_back(error, templates) or place
        return TemplateHole(*circle, "it goes round in a circle, or nests too deep")
    last = _trace(error)[-1][0]
    is_ours = last.startswith(str(Path(__file__).parents[2])) and last not in used_files(templates)
    # Of a desk's own template it is taken for what that asked of us.
    is_asked = isinstance(error, jinja2.TemplateRuntimeError) or place[0] in _own(templates)
    if is_ours and not is_asked:
        return error
    message = head(str(error), _MOST_SAID) or type(error).__name__
    if is_ours and not isinstance(error, jinja2.TemplateRuntimeError):
        message = f"the program can't do what it is asked for here: {message}"
    file, line = _lines(error, templates)[-1]
    if file != place[0]:
        message = f"{message}, in line {line} of {Path(file).name}"
    return TemplateHole(*place, message)


def _place(error: Exception, templates: jinja2.Environment) -> tuple[str, int] | None:
    """The innermost line of the desk's own templates in the failure's trace, else of any."""
    lines = _lines(error, templates)
    own = _own(templates)
    return next((line for line in reversed(lines) if line[0] in own), lines[-1] if lines else None)


def _leading_back(error: Exception, templates: jinja2.Environment) -> tuple[str, int] | None:
    """The line of a template from which a circle comes to where it was twice before.

    Where the last round broke off is a matter of how deep the program stood when it began; a
    line that a page passes twice without a circle is one that extends another and holds a block.
    """
    seen: list[tuple[str, int]] = []
    for line in _lines(error, templates):
        if seen.count(line) > 1:
            return seen[-1]
        seen.append(line)
    return None


def _lines(error: Exception, templates: jinja2.Environment) -> list[tuple[str, int]]:
    """Each template and line of the failure's trace, from the outermost in."""
    used = used_files(templates)
    return [(file, line) for file, line in _trace(error) if file in used]


def _trace(error: Exception) -> list[tuple[str, int]]:
    lines: list[tuple[str, int]] = []
    trace: TracebackType | None = error.__traceback__
    while trace is not None:
        lines.append((trace.tb_frame.f_code.co_filename, trace.tb_lineno))
        trace = trace.tb_next
    return lines
