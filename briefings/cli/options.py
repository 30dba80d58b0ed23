"""The options that several commands share: how they are read, completed and refused."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import UTC, date, datetime
from functools import wraps
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeAlias

import click
from click.shell_completion import CompletionItem

from briefings.cli.repeat import CACHE, CACHE_VARIABLE, cache_folder
from briefings.core import files
from briefings.core.edtf import parse, parse_day
from briefings.core.filenames import BASE, FORMATS
from briefings.core.languages import is_code
from briefings.core.model import PaperSize
from briefings.core.names import nearest
from briefings.core.overriding import override
from briefings.core.signing import Signing

if TYPE_CHECKING:
    _Choice: TypeAlias = click.Choice[str]
else:
    _Choice = click.Choice

Decorator: TypeAlias = Callable[[Callable[..., Any]], Callable[..., Any]]


_SECTIONS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "What it is about": (
            *("topics", "merge", "actors", "places", "sources", "kinds", "exclude"),
            *("min_reliability", "min_credibility", "marking", "sections", "no_sections"),
        ),
        "Of which days": ("as_of", "known_by", "week", "month", "since", "until"),
        "How it looks": (
            *("languages", "formats", "paper", "annex", "embed_sources", "title", "template"),
            *("templates", "name", "out"),
        ),
        "How it is signed": ("key", "passphrase", "timestamp"),
    }
)


class Building(click.Command):
    """A command that makes briefs: it has so many options that its help parts them by subject."""

    @override
    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The options of each subject, then all others."""
        options = {
            each.name: each.get_help_record(ctx)
            for each in self.get_params(ctx)
            if isinstance(each, click.Option)
        }
        for title, names in _SECTIONS.items():
            shown = [record for name in names if (record := options.pop(name, None)) is not None]
            if shown:
                with formatter.section(title):
                    formatter.write_dl(shown)
        with formatter.section("Options"):
            formatter.write_dl([record for record in options.values() if record is not None])


class OneOf(_Choice):
    """A choice of a few words; of a misspelt one the message names the nearest."""

    @override
    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The word, if it is one of them."""
        if value not in self.choices:
            near = nearest(str(value), self.choices)
            meant = f"did you mean {near}?" if near else f"take one of {', '.join(self.choices)}."
            self.fail(f"there is no {value!r}: {meant}", param, ctx)
        return str(value)


class NamedPath(click.Path):
    """A path; an empty text names none, as that of a variable that nobody has set."""

    @override
    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The path by its name."""
        if value == "":
            self.fail("an empty text names no file and no folder.", param, ctx)
        return super().convert(value, param, ctx)


def located(_: click.Context, __: click.Parameter, value: Path) -> Path:
    """The base, whose folder may be named instead."""
    return value / BASE if value.is_dir() else value


def existing(context: click.Context, parameter: click.Parameter, value: Path) -> Path:
    """The path of the base, which has to be there, except where a shell completes."""
    try:
        path = located(context, parameter, value)
        is_there = path.exists()
    except OSError as error:
        message = (
            f"{str(value)!r} can't be read: {files.reason(error)}. See who may read its folder."
        )
        raise click.BadParameter(message, param=parameter) from error
    if not is_there and not context.resilient_parsing:
        raise click.BadParameter(_missing(path), param=parameter)
    return path


def _missing(path: Path) -> str:
    """The message that there is no base at `path`, and how to come by one."""
    folder = path.parent
    if not folder.is_dir():
        return f"there is no folder {str(folder)!r}. Name the desk's folder with --base."
    if path.is_symlink():
        return f"{str(path)!r} is a link that leads nowhere. Put the file itself there."
    there = [name for name in files.names(folder) if name.endswith((".yaml", ".yml"))]
    near = nearest(path.name, there) or (there[0] if len(there) == 1 else None)
    if near is not None:
        return f"there is no {str(path)!r}. Is it --base {folder / near}?"
    return (
        f"there is no {str(path)!r}. A desk is a folder with {BASE}: go there, name it with --base,"
        " or begin one: `briefings init DIR`."
    )


def day(_: click.Context, parameter: click.Parameter, value: str | None) -> date | None:
    """One calendar day."""
    if value is None:
        return None
    try:
        return parse_day(value)
    except ValueError as error:
        raise click.BadParameter(f"{value!r} is not a day: {error}.", param=parameter) from error


def edtf(_: click.Context, parameter: click.Parameter, value: str) -> str:
    """A date as the base writes it; empty where there is none."""
    try:
        if value:
            parse(value)
    except ValueError as error:
        message = f"{value!r} is not a date: {error}. A day is written as YYYY-MM-DD."
        raise click.BadParameter(message, param=parameter) from error
    return value


def language(_: click.Context, __: click.Parameter, value: str) -> str:
    """The code of a language; empty where there is none."""
    if value and not is_code(value):
        raise click.BadParameter(
            f"{value!r} is not the code of a language, such as en, fa or pt-BR."
        )
    return value


def by_comma(_: click.Context, __: click.Parameter, value: tuple[str, ...]) -> tuple[str, ...]:
    """Codes that were asked for by comma or repeated, each once, in the order of asking."""
    return tuple(dict.fromkeys(code.strip() for codes in value for code in codes.split(",")))


def formats(
    context: click.Context, parameter: click.Parameter, value: tuple[str, ...]
) -> tuple[str, ...]:
    """The formats asked for, by comma or repeated, in the order of `FORMATS`."""
    asked = by_comma(context, parameter, value)
    for name in sorted(asked):
        if name not in FORMATS:
            raise click.BadParameter(f"{name!r} is none of {', '.join(FORMATS)}.", param=parameter)
    return tuple(name for name in FORMATS if name in asked)


def _paper(_: click.Context, __: click.Parameter, value: str | None) -> PaperSize | None:
    return None if value is None else PaperSize(value)


def hold_html(html: Path | None, *, as_json: bool) -> None:
    """Refuse a page beside JSON, and one by another name."""
    if as_json and html is not None:
        raise click.UsageError("--json and --html exclude each other.")
    hold_page(html, "--html")


def hold_page(page: Path | None, flag: str) -> None:
    """Refuse a page by another name."""
    if page is not None and page.suffix != ".html":
        raise click.BadParameter("the name of a page ends in .html.", param_hint=flag)


Completer: TypeAlias = Callable[[click.Context, click.Parameter, str], list[CompletionItem]]


def completed(*sections: str) -> Completer:
    """Completes with the ids of sections of the base at hand, and what each is called."""

    def complete(context: click.Context, _: click.Parameter, begun: str) -> list[CompletionItem]:
        from briefings.run.check import names

        base = context.params.get("base") or Path(BASE)
        return [
            CompletionItem(name, help=title)
            for section in sections
            for name, title in sorted(names(base, section).items())
            if name.startswith(begun)
        ]

    return complete


def among(values: Iterable[str]) -> Completer:
    """Completes with one of a few words."""
    words = tuple(str(value) for value in values)
    return lambda _, __, begun: [CompletionItem(each) for each in words if each.startswith(begun)]


base: Decorator = click.option(
    "--base",
    type=NamedPath(path_type=Path),
    default=Path(BASE),
    callback=existing,
    is_eager=True,  # other options are held against it
    help=f"The fact base, or its folder. Default: {BASE}.",
)
strict: Decorator = click.option("--strict", is_flag=True, help="Let a warning count as an error.")
formats_option: Decorator = click.option(
    "--format",
    "formats",
    multiple=True,
    default=("html,pdf",),
    callback=formats,
    metavar="html,pdf,md,txt",
    help="Formats to build, by comma or repeated. Default: html,pdf.",
)
paper: Decorator = click.option(
    "--paper",
    type=OneOf([sheet.value for sheet in PaperSize]),
    callback=_paper,
    help="The sheet that PDFs are set for. Default: as the base says, else a4.",
)


def _cache(context: click.Context, parameter: click.Parameter, value: str) -> Path | None:
    try:
        folder = cache_folder(value)
    except ValueError as error:
        raise click.BadParameter(f"{error}.", param=parameter) from error
    if folder is None or context.resilient_parsing:
        return folder
    from briefings.desk.read_cache import no_cache_in

    if why := no_cache_in(folder, context.params["base"].parent):
        hint = "Give a folder of its own, such as --cache .cache/briefings."
        raise click.BadParameter(f"{str(folder)!r} {why}. {hint}", param=parameter)
    return folder


cache: Decorator = click.option(
    "--cache",
    default=CACHE,
    envvar=CACHE_VARIABLE,
    show_envvar=True,
    callback=_cache,
    metavar="DIR",
    help="Where what was made is kept for the next time, or `off`. May be deleted at any time."
    " Default: ~/.cache/briefings.",
)
why: Decorator = click.option("--why", is_flag=True, help="Say what was made anew, and why.")
keep_going: Decorator = click.option(
    "--keep-going",
    is_flag=True,
    help="Build the others where the PDF of a brief can't be made; exit code 1 all the same.",
)


_SCHEDULER = re.compile(
    r"(?:tcp|tls|ws|wss)://(?:\[[0-9A-Fa-f:.]+(?:%\w+)?\]|[^\s/?#@:\[\]]+):[0-9]{1,5}/?"
)


def scheduler(_: click.Context, __: click.Parameter, value: str | None) -> str | None:
    """The address of a cluster's scheduler."""
    if value is not None and not _SCHEDULER.fullmatch(value):
        raise click.BadParameter(
            f"{value!r} is no address of a scheduler: it begins with tcp:// or tls:// and ends with"
            " its port, such as tcp://host:8786."
        )
    return value


cluster: Decorator = click.option(
    "--cluster",
    metavar="ADDRESS",
    callback=scheduler,
    help="Fill pages and set PDFs on the workers of a dask cluster, such as tcp://host:8786."
    " Needs briefings[cluster].",
)
quiet: Decorator = click.option(
    "--quiet", "-q", is_flag=True, help="Print nothing but what is wrong."
)


def _now() -> datetime:
    return datetime.now(UTC)


def hold_apart(names: Collection[str], given: Collection[str], verb: str) -> None:
    """Refuse to `verb` several documents with flags `given` that are of one and of no other."""
    own = next((name for name in ("id", "title", "author", "url") if name in given), None)
    if own and len(names) > 1:
        raise click.UsageError(f"--{own} is of one document: {verb} it by itself.")


def of_source(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that say what a document is; what is not given is the empty text."""
    for option in (
        click.option("--url", default="", metavar="URL", help="Where it stands on the web."),
        click.option(
            "--language",
            default="",
            metavar="CODE",
            help="Such as en, fa or pt-BR.",
            callback=language,
        ),
        click.option(
            "--published",
            default="",
            metavar="DAY",
            help="A day, or EDTF such as 2031-05.",
            callback=edtf,
        ),
        click.option("--author", default="", help="Who wrote it."),
        click.option("--publisher", default="", help="Whose it is."),
        click.option("--title", default="", help="What it is called."),
    ):
        command = option(command)
    return command


def signing(command: Callable[..., Any]) -> Callable[..., Any]:
    """`--sign` and what belongs to it, handed on as one value."""

    @click.option(
        "--sign",
        "key",
        metavar="KEY",
        help="Sign PDFs and the manifest with this key: a PKCS#12 or PEM file, or the pkcs11:"
        " address of a token. Needs briefings[sign].",
    )
    @click.option(
        "--passphrase",
        type=NamedPath(path_type=Path, exists=True, dir_okay=False),
        metavar="FILE",
        help="A file with the passphrase of the key, or the PIN of the token.",
    )
    @click.option(
        "--timestamp",
        metavar="URL",
        help="A server of time stamps (RFC 3161) that says when it was signed.",
    )
    @wraps(command)
    def wrapped(
        *, key: str | None, passphrase: Path | None, timestamp: str | None, **flags: Any
    ) -> Any:
        from briefings.core.addresses import is_web

        if key is None and (passphrase is not None or timestamp is not None):
            raise click.UsageError("--passphrase and --timestamp go with --sign.")
        if key == "":
            raise click.BadParameter("an empty text names no key.", param_hint="--sign")
        if timestamp is not None and not is_web(timestamp):
            raise click.BadParameter("an address begins with https://.", param_hint="--timestamp")
        secret = None if passphrase is None else _passphrase(passphrase)
        asked = None if key is None else Signing(key, secret, timestamp, _now)
        return command(signing=asked, **flags)

    return wrapped


def _passphrase(path: Path) -> bytes:
    """The first line of a file."""
    try:
        return files.given(path).partition(b"\n")[0].rstrip(b"\r")
    except files.Unreadable as error:
        raise click.BadParameter(
            f"{str(path)!r} can't be read: {error}.", param_hint="--passphrase"
        ) from error


annex: Decorator = click.option(
    "--annex/--no-annex",
    default=True,
    help="Whether PDFs end with the annex: every fact with its proof. Default: --annex.",
)
embed_sources: Decorator = click.option(
    "--embed-sources",
    is_flag=True,
    help="Let each brief carry the documents that it cites, so that `verify` can look each quote"
    " up without a desk. See that you may pass them on.",
)
dry_run: Decorator = click.option(
    "--dry-run", is_flag=True, help="Show what would be written, and write nothing."
)
as_json: Decorator = click.option(
    "--json", "as_json", is_flag=True, help="Print one JSON object for machines."
)
html: Decorator = click.option(
    "--html",
    type=NamedPath(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write a web page, whose name ends in .html.",
)
templates: Decorator = click.option(
    "--templates",
    type=NamedPath(path_type=Path, exists=True, file_okay=False),
    metavar="DIR",
    help="A folder whose templates go before the shipped ones. Default: the desk's templates/.",
)


def topics(purpose: str) -> Decorator:
    """`--topic`, repeatable; `purpose` says what it is for."""
    return click.option(
        "--topic",
        "topics",
        multiple=True,
        metavar="ID",
        shell_complete=completed("topics"),
        help=f"{purpose}; repeatable. Default: the weekly topics.",
    )


def out(default: str, what: str = "The output folder, replaced as a whole") -> Decorator:
    """`--out`, a folder."""
    return click.option(
        "--out",
        type=NamedPath(path_type=Path),
        default=Path(default),
        help=f"{what}. Default: {default}.",
    )
