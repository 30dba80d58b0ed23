"""The sandbox that templates are filled in: no clock, no chance, no way around escaping."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import is_dataclass
from datetime import date, datetime
from functools import lru_cache
from types import BuiltinMethodType, CodeType, FunctionType, MethodType
from typing import Any

import jinja2
from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.ext import Extension
from jinja2.filters import do_indent
from jinja2.lexer import Token, TokenStream
from jinja2.runtime import Context, Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import missing
from markupsafe import Markup

from briefings.core.overriding import override
from briefings.core.span import Span
from briefings.render.html.fallback import fallen_back
from briefings.render.html.loader import TemplateHole
from briefings.render.html.printable import (
    asked_of_markup,
    filters,
    formatted,
    formatting,
    printable,
    printed,
)
from briefings.render.l10n.catalogues import Wording, catalogue
from briefings.render.l10n.locales import Locale

_NO_ESCAPE_ROOM = ("safe",)
_METHODS = (MethodType, BuiltinMethodType)
_OF_BLOCKS = frozenset({"_block_vars", "_loop_vars"})  # what Jinja hands over of itself
_BY_CHANCE = ("random",)  # the same base makes the same bytes
_MOST_MACROS = 2_000
"""In one file: these take Python a third of a second, and twice as many four times as long."""
_IN_PARTS = "put some into files of their own, and `import` what is needed"
_CLOCKS = frozenset({"fromtimestamp", "now", "today", "utcfromtimestamp", "utcnow"})

_MARKUP = {ord("&"): "&amp;", ord("<"): "&lt;", ord(">"): "&gt;", ord('"'): "&#34;"}


def sandbox(loader: jinja2.BaseLoader) -> jinja2.Environment:
    """An environment for templates that may be anyone's.

    Escaping is on for every name, and no filter and no block switches it off. A name that is not
    there is an error, and so is what nobody could read in print.

    Args:
        loader: Where templates come from; it is asked for each of them at each use.
    """
    templates = _Sandbox(
        loader=loader,
        undefined=jinja2.StrictUndefined,
        autoescape=True,
        finalize=printed,
        optimized=False,  # or what is constant would be made while a template is read
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=True,  # so that the loader is told of each use of a template
        extensions=["jinja2.ext.i18n", _Escaping],
    )
    templates.policies["ext.i18n.trimmed"] = True
    templates.filters = filters({**templates.filters, "indent": _indent})
    templates.newstyle_gettext = True  # type: ignore[attr-defined]  # by the extension
    templates.globals.update(_TRANSLATING)
    for name in (*_NO_ESCAPE_ROOM, *_BY_CHANCE):
        del templates.filters[name]
    del templates.globals["lipsum"]  # by chance as well
    return templates


class _Compiler(CodeGenerator):
    """Jinja's, by which `~` asks whether what it joins can be read."""

    def visit_Concat(  # type: ignore[explicit-override]  # noqa: N802 # as Jinja calls it
        self, node: nodes.Concat, frame: Frame
    ) -> None:
        self.write("markup_join((")
        for part in node.nodes:
            self.write("environment.printable(")
            self.visit(part, frame)
            self.write("), ")
        self.write("))")


class _Template(jinja2.Template):
    @override
    def get_corresponding_lineno(self, lineno: int | None) -> int:
        """As Jinja does; Python knows no line of what stops a loop between two of its lines."""
        return super().get_corresponding_lineno(lineno or 0)


class _Sandbox(ImmutableSandboxedEnvironment):
    """One in which no clock can be reached, no line of the base, and no text but by the gate."""

    code_generator_class = _Compiler
    template_class = _Template
    intercepted_binops = frozenset({"%"})
    printable = staticmethod(printable)

    def call_binop(  # type: ignore[explicit-override]  # see below
        self, context: Context, operator: str, left: Any, right: Any
    ) -> Any:
        if isinstance(left, str | bytes):
            right = formatted(right)
        return super().call_binop(context, operator, left, right)

    def call(  # type: ignore[explicit-override]  # see below
        self, context: Context, called: Any, /, *args: Any, **named: Any
    ) -> Any:
        """As Jinja does; methods of markup and translations are given what can be read."""
        if type(called) is Macro:
            for name in _OF_BLOCKS & named.keys():
                del named[name]
            return called(context.eval_ctx, *args, **named)
        if type(called) is FunctionType and called in _TRANSLATIONS:
            args = tuple(map(printable, args))
            # Of what a block or loop has set, nothing but another locale changes words.
            named = {
                name: each if name in _OF_BLOCKS else printable(each)
                for name, each in named.items()
                if name not in _OF_BLOCKS or "locale" in each
            }
        elif (asked := asked_of_markup(called)) is not None:
            args = tuple(map(asked, args))
        return super().call(context, called, *args, **named)

    def getattr(  # type: ignore[explicit-override]  # see below
        self, obj: Any, attribute: str
    ) -> Any:
        """As Jinja does; a page asks ten thousand times and more, mostly for a value of ours."""
        kind: type = type(obj)
        if not attribute.startswith("_") and _is_of_values(kind):
            value = getattr(obj, attribute, missing)
            if value is not missing and (not isinstance(value, _METHODS) or value.__self__ is obj):
                return value
        return super().getattr(obj, attribute)

    def wrap_str_format(  # type: ignore[explicit-override]  # see below
        self, value: Any
    ) -> Callable[..., str] | None:
        if super().wrap_str_format(value) is None:
            return None
        return formatting(self, value.__self__, is_map=value.__name__ == "format_map")

    @override
    def compile(self, source: Any, name: Any = None, filename: Any = None, *rest: Any) -> Any:
        """As Jinja does; its parser goes as deep as a template's expressions do."""
        try:
            return super().compile(source, name, filename, *rest)
        except RecursionError as error:
            message = "it goes round in a circle, or nests too deep"
            raise TemplateHole(filename, 1, message) from error
        except ValueError as error:
            message = str(error).partition(";")[0]
            raise TemplateHole(filename, 1, message, "template-syntax") from error

    @override
    def _compile(self, source: str, filename: str) -> CodeType:
        """As Jinja does, which leaves some of what is wrong for Python to find: a name twice.

        Python takes the longer for each macro, and for each `call`, the more there are of them.
        """
        if source.count("def macro(") > _MOST_MACROS:
            message = f"it has more than {_MOST_MACROS:,} of `macro` and `call` together"
            raise TemplateHole(filename, 1, message, "template-limit", _IN_PARTS)
        try:
            return super()._compile(source, filename)
        except SyntaxError as error:
            line = _line_of(source, error.lineno or 0)
            message = f"Python can't compile it: {error.msg}"
            raise TemplateHole(filename, line, message, "template-syntax") from error

    @override
    def is_safe_attribute(self, obj: object, attr: str, value: object) -> bool:
        kind: type = type(obj)
        if _is_of_values(kind):
            return not attr.startswith("_")
        if attr in _CLOCKS and (isinstance(obj, date) or obj in (date, datetime)):
            return False
        # Where something stands in the base is nothing that a page shows, or it would be another
        # page after each line more.
        if isinstance(obj, Span):
            return False
        return super().is_safe_attribute(obj, attr, value)


def _line_of(compiled: str, line: int) -> int:
    """The line of a template that a line of what Jinja has made of it comes from."""
    pairs = re.findall(r"([0-9]+)=([0-9]+)", compiled.rpartition("debug_info = ")[2])
    return max((int(of) for of, at in pairs if int(at) <= line), default=1)


@lru_cache(maxsize=512)
def _is_of_values(kind: type) -> bool:
    """Whether all that a class has is there for templates, as of an edition and its parts."""
    return is_dataclass(kind) and kind is not Span


class _Escaping(Extension):
    """Refuses the block that would switch escaping off."""

    @override
    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        begins = False
        for token in stream:
            if begins and token.test("name:autoescape"):
                message = "escaping can't be switched: there is no block `autoescape`"
                raise jinja2.TemplateSyntaxError(
                    message, token.lineno, stream.name, stream.filename
                )
            begins = token.type == "block_begin"
            yield token


def _indent(text: str, width: int | str = 4, first: bool = False, blank: bool = False) -> str:
    """Jinja's filter, which would take the `width` for markup where `text` is: a number only."""
    if not isinstance(width, int):
        raise jinja2.TemplateRuntimeError("the filter `indent` takes a number of spaces")
    return do_indent(text, width, first, blank)


# One environment fills pages in several languages: words are those of the page being filled.
@jinja2.pass_context
def _gettext(page: Context, message: str, /, **values: object) -> str:
    words = _words(page)
    return _shown(page, words.having(message), words.gettext(message), values)


@jinja2.pass_context
def _ngettext(page: Context, singular: str, plural: str, num: int, /, **values: object) -> str:
    words = _words(page)
    text = words.ngettext(singular, plural, num)
    return _shown(page, words.having(singular), text, {"num": num, **values})


@jinja2.pass_context
def _pgettext(page: Context, context: str, message: str, /, **values: object) -> str:
    words = _words(page)
    text = words.pgettext(context, message)
    return _shown(page, words.having(message, context), text, {"context": context, **values})


@jinja2.pass_context
def _npgettext(
    page: Context, context: str, singular: str, plural: str, num: int, /, **values: object
) -> str:
    words = _words(page)
    text = words.npgettext(context, singular, plural, num)
    values = {"context": context, "num": num, **values}
    return _shown(page, words.having(singular, context), text, values)


_TRANSLATING = {
    "_": _gettext,
    "gettext": _gettext,
    "ngettext": _ngettext,
    "pgettext": _pgettext,
    "npgettext": _npgettext,
}
"""What templates and the block `trans` ask for words, as Jinja's `newstyle` would call it."""
_TRANSLATIONS: frozenset[object] = frozenset(_TRANSLATING.values())


def _shown(page: Context, having: Wording | None, words: str, values: Mapping[str, object]) -> str:
    """Words without markup, and marked where they are English on a page of another language.

    Jinja takes what is translated for markup, a fact's text too.
    """
    shown = words.translate(_MARKUP)
    locale = page.get("locale")
    if having is None and isinstance(locale, Locale) and not locale.speaks("en"):
        shown = fallen_back(shown)
    text = Markup(shown)  # noqa: S704 # as said
    return text % values if "%" in shown else text


def _words(page: Context) -> Wording:
    """The catalogue of the page's locale; English where a template is imported without context."""
    locale = page.get("locale")
    return catalogue(locale.language, locale.own) if isinstance(locale, Locale) else catalogue("")
