"""A template filled: with its style, its script, and the policy that lets in nothing else."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from typing import Literal, TypeAlias

import jinja2
from markupsafe import Markup

from briefings.core.limits import STYLE_RULES
from briefings.core.model import Marking
from briefings.render.html.embedded import from_html
from briefings.render.html.environment import (
    TemplateHole,
    environment,
    has_own_markup,
    location,
    place_in_own,
    render,
    source,
)
from briefings.render.html.escape import unruly
from briefings.render.html.fallback import marked_up
from briefings.render.html.hiding import Hidden, StyleSheet, require_shown
from briefings.render.html.policy import Forbidden, Policy, require_allowed
from briefings.render.html.siblings import Siblings
from briefings.render.l10n.locales import Locale
from briefings.render.l10n.spoken import spoken

Medium: TypeAlias = Literal["screen", "print"]

_LATIN = "fonts/latin.css"
_ARABIC = "fonts/arabic.css"
_IN_ARABIC = re.compile("[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc]")
_COLOURS = {
    Marking.CLEAR: "#fff",
    Marking.GREEN: "#33ff00",
    Marking.AMBER: "#ffc000",
    Marking.AMBER_STRICT: "#ffc000",
    Marking.RED: "#ff2b2b",
}
_NEEDLESS = re.compile(
    r"""
    ("[^"\\]*(?:\\.[^"\\]*)*"|'[^'\\]*(?:\\.[^'\\]*)*')  # a string, which is passed over
    | (?<!\S)/\*.*?\*/\s*  # a comment that stands apart
    | ;\s*(?=\})  # what parts no more
    | (?<=\n)\s+ | (?<=:)[ ]+ | (?<=[{};,>])\s+ | [ ]+(?=[{}>])  # space that parts nothing
    | (?<=[\s:,(-])0(?=\.\d)  # a nought before a point
    """,
    re.DOTALL | re.VERBOSE,
)
_NEEDLESS_OF_SCRIPT = re.compile(r"^\s*//.*\n|^\s+", re.MULTILINE)
_VARIABLE = re.compile(r"(--[\w-]+)\s*:\s*([^;{}]+)[;}]")
_USE = re.compile(r"var\((--[\w-]+)\)")


class Fillable:
    """A page as a value: all that it shows, and how its template is filled."""

    __slots__ = ()

    def text(self, templates: jinja2.Environment) -> str:
        """The page, filled.

        Args:
            templates: An environment of `environment`.

        Raises:
            TemplateHole: The template can't be filled.
            Refused: A brief can't carry its data.
        """
        raise NotImplementedError


def filled(
    templates: jinja2.Environment,
    name: str,
    locale: Locale,
    *,
    medium: Medium = "screen",
    rules: Iterable[str],
    script: str | None = None,
    context: Mapping[str, object],
) -> str:
    """A template filled, with its style sheets and what every page needs besides.

    A page for the screen carries its faces: the Latin ones, and the Arabic ones where it has
    letters for them, as only the page itself can tell.

    Args:
        templates: An environment of `environment`.
        name: The template.
        locale: The language of the page.
        medium: What it is for, which decides on style sheets and faces.
        rules: Style rules of this page alone.
        script: The file of the script that a screen's page runs, if it runs one.
        context: What the template may use besides; it goes before what every page has.

    Raises:
        TemplateHole: The template can't be filled, a style sheet or script holds what would end
            its element, or a template of the desk's own puts into the page what none may hold.
    """
    code = script_of(templates, script) if script is not None else ""
    data = context.get("data")
    carried = from_html(str(data)).strip() if data else ""
    shared = {
        "locale": locale,
        "medium": medium,
        "script": Markup(code),  # noqa: S704 # a file of the templates
        "script_digest": _digest(code),
        "runs": runs,
        "autonym": locale.autonym,
        "alternates": (),
        "untranslated": (),
        "day_of": day_of,
        "language_of": spoken(locale),
        "data": "",
        # No browser runs the data; a checker may take them for a script all the same.
        "data_digest": _digest(carried) if carried else "",
    }
    style = _style(templates, medium, (_LATIN,) if medium == "screen" else (), rules)
    page = render(templates, name, {**shared, **_styled(style), **context})
    if medium == "screen" and _IN_ARABIC.search(page):
        latin, style = style, _style(templates, medium, (_LATIN, _ARABIC), rules)
        exchanged = _exchanged(page, latin, style)
        page = (
            render(templates, name, {**shared, **_styled(style), **context})
            if exchanged is None
            else exchanged
        )
    page = marked_up(page, locale)
    policy = _policy(medium, style, code, carried, _steps_up(name, context))
    _require_allowed(templates, page, policy)
    _require_shown(templates, page, medium, {**shared, **context})
    return page


def _steps_up(name: str, context: Mapping[str, object]) -> int:
    """How many folders up from that of a page all begins that is published with it."""
    files = context.get("files")
    is_of_weeks = isinstance(files, Siblings) and files.weeks is not None
    return (name == "source.html.j2") + is_of_weeks


def _policy(medium: Medium, style: str, code: str, data: str, up: int) -> Policy:
    """What the page may hold besides plain elements; as `base.html.j2` writes it for browsers."""
    if medium == "print":
        return Policy(style, code, data, None, up)
    none = {"'none'"}
    run = {f"'sha256-{_digest(text)}'" for text in (code, data) if text}
    directives = {
        "default-src": none,
        "style-src": {f"'sha256-{_digest(style)}'"},
        "script-src": run,
        "font-src": {"data:"},
        "img-src": {"data:"},
        "base-uri": none,
        "form-action": none,
    }
    return Policy(style, code, data, directives, up)


def _require_allowed(templates: jinja2.Environment, page: str, policy: Policy) -> None:
    """Look at a page that a desk's own template had a part in; tests look at all of ours."""
    if place_in_own(templates, ()) is None:
        return
    try:
        require_allowed(page, policy)
    except Forbidden as forbidden:
        path, line = place_in_own(templates, forbidden.sought) or (None, 1)
        raise TemplateHole(path, line, str(forbidden), "page-forbids") from None


def _require_shown(
    templates: jinja2.Environment, page: str, medium: Medium, context: Mapping[str, object]
) -> None:
    """Look at what style sheets do with the words of a page that is the desk's own in part."""
    if place_in_own(templates, ()) is None:
        return
    sheets = [
        StyleSheet(name, source(templates, name), source(_ours(), name)) for name in _names(medium)
    ]
    for sheet in sheets:
        rules = sheet.text.count("{") + sheet.text.count(";")
        if sheet.text != sheet.shipped and rules > STYLE_RULES.most:
            message = f"it has {rules:,} rules and declarations; {STYLE_RULES.shown} are the most"
            raise TemplateHole(
                *(location(templates, sheet.name), 1, message, "template-limit"),
                STYLE_RULES.raising_to(rules),
            )
    try:
        require_shown(
            page,
            sheets,
            context,
            is_paper=medium == "print",
            is_own_markup=has_own_markup(templates),
        )
    except Hidden as hidden:
        path, line, column = location(templates, hidden.sheet), hidden.line, hidden.column
        if path == location(_ours(), hidden.sheet):
            path, line = place_in_own(templates, hidden.classes) or (path, line)
            column = 1
        raise TemplateHole(path, line, str(hidden), "page-forbids", column=column) from None


@lru_cache(maxsize=1)
def _ours() -> jinja2.Environment:
    return environment()


def _styled(style: str) -> dict[str, object]:
    return {
        "style": Markup(style),  # noqa: S704 # style sheets, and numbers of our own making
        "style_digest": _digest(style),
    }


def _exchanged(page: str, before: str, after: str) -> str | None:
    """The page with another style; None where its template did more than set down the first.

    No text of the base can pass for either: a style holds `>` or quotation marks, and its hash
    stands between apostrophes, all of which are escaped in a text.
    """
    hash_before, hash_after = (f"'sha256-{_digest(style)}'" for style in (before, after))
    if page.count(before) != 1 or page.count(hash_before) != 1:
        return None
    return page.replace(hash_before, hash_after).replace(before, after)


def day_of(day: date | str) -> date:
    """A day; in templates that were written when kept editions had theirs as YYYY-MM-DD, too."""
    return date.fromisoformat(day) if isinstance(day, str) else day


def _digest(text: str) -> str:
    """As a Content-Security-Policy names an element by its content."""
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _style(
    templates: jinja2.Environment, medium: Medium, faces: Iterable[str], rules: Iterable[str]
) -> str:
    """One style sheet for the page: nothing is loaded, and the page's policy names its hash."""
    sheets = [_light(source(templates, name)) for name in (*faces, *_names(medium))]
    # No space at its ends: browsers hash all that is there, but a checker may trim it first.
    style = "".join([*sheets, *map(_light, rules)]).strip()
    if medium == "print":
        style = _without_variables(style)
    if (sign := unruly(style)) is not None:
        message = f"a style sheet holds U+{ord(sign):04X} as it is: write it as an escape"
        raise TemplateHole(location(templates, "brief.css"), 1, message, "template-syntax")
    if "</" in style or "\r" in style:
        message = "a style sheet holds `</` or a carriage return"
        raise TemplateHole(location(templates, "brief.css"), 1, message, "template-syntax")
    return style


def _names(medium: Medium) -> tuple[str, ...]:
    """The style sheets of a page, in their order, but for those of faces."""
    return "brief.css", f"{medium}.css", "pictures.css", f"pictures-{medium}.css"


PAPER_SHEETS = _names("print")
"""The style sheets of a page on paper, in their order."""


def sheets() -> tuple[str, ...]:
    """What the style of each page for the screen may begin with: our sheets, by its letters."""
    return tuple(_style(_ours(), "screen", faces, ()) for faces in ((_LATIN,), (_LATIN, _ARABIC)))


def paper_sheet() -> str:
    """What the style of each page on paper begins with."""
    return _style(_ours(), "print", (), ())


@lru_cache(maxsize=16)
def _light(sheet: str) -> str:
    """A style sheet without what browsers pass over: every page carries it."""
    return _NEEDLESS.sub(lambda match: match[1] or "", sheet)


def script_of(templates: jinja2.Environment, name: str) -> str:
    """The one script of a page, which its policy names by its hash; comments and margins left out.

    Where a text may go on over a line's end, as in a desk's own script, all of it is kept.
    """
    code = source(templates, name).strip()
    if not any(line.count("`") % 2 or line.endswith("\\") for line in code.split("\n")):
        code = _NEEDLESS_OF_SCRIPT.sub("", code)
    if "</" in code or "<!--" in code or "\r" in code:
        message = "the script holds `</`, `<!--` or a carriage return"
        raise TemplateHole(location(templates, name), 1, message, "template-syntax")
    return code


def _without_variables(style: str) -> str:
    """Values in place of their names, which WeasyPrint would look up anew for every element."""
    values = dict(_VARIABLE.findall(style))
    for _ in values:
        before, style = style, _USE.sub(lambda use: values.get(use[1], use[0]), style)
        if style == before:
            break
    return style


def marked(marking: Marking) -> str:
    """The rule that puts a marking on each sheet where a reader prints a page of the screen.

    As TLP 2.0 has it: in header and footer, at the right, 12 points, on black. The black is a
    border, since browsers leave backgrounds out. Where they know no such boxes, the page itself
    has its label at the top and at the end.
    """
    box = (
        f'content: "{marking.label}"; color: {_COLOURS[marking]};'
        ' font: 600 12pt/0 "Brief Sans", sans-serif; width: max-content; height: 0;'
        " margin: auto 0 auto auto; border: solid #000; border-width: 9pt 6pt;"
    )
    return (
        f"@page {{ margin: 20mm 14mm 18mm; @top-right {{ {box} }} @bottom-right {{ {box} }}"
        ' @bottom-left { content: counter(page) " / " counter(pages); direction: ltr;'
        ' font: 8pt "Brief Sans", sans-serif; } }'
    )


def runs(numbers: Iterable[int]) -> tuple[tuple[int, int], ...]:
    """First and last of each stretch of three numbers or more; others alone, first and last one."""
    stretches: list[tuple[int, int]] = []
    for number in sorted(set(numbers)):
        if stretches and number == stretches[-1][1] + 1:
            stretches[-1] = (stretches[-1][0], number)
        else:
            stretches.append((number, number))
    return tuple(
        pair
        for first, last in stretches
        for pair in ([(first, last)] if last - first != 1 else [(first, first), (last, last)])
    )
