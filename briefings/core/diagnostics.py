"""What is wrong with a base, as data: a code, a place, a message and the next step."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path

from briefings.core.characters import in_lines, visible
from briefings.core.codes import CODES, Severity
from briefings.core.frames import frame
from briefings.core.names import suggestion
from briefings.core.span import SourceText, Span, narrowed
from briefings.core.values import dataclass

__all__ = [
    "Diagnostic",
    "Hint",
    "OutputFormat",
    "Refused",
    "Severity",
    "as_json",
    "diagnostic",
    "failed",
    "in_order",
    "place_of",
    "plural",
    "refusals_with",
    "render",
    "unknown_name",
]


class OutputFormat(StrEnum):
    """How diagnostics are printed."""

    HUMAN = "human"
    GITHUB = "github"


_IN_FULL = 100
"""How many diagnostics of each code are told with their line and hints."""

_IN_A_LINE = 1_000
"""How many of each code are told at all, the later ones in a line; what is beyond is counted."""

_ANNOTATIONS = 10
"""What GitHub shows of each severity from one step."""


@dataclass(frozen=True, slots=True)
class Hint:
    """The next step, or a second place that belongs to the same mistake."""

    message: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One mistake. `code` is a key of `CODES`; `message` is one lower-case clause.

    `span` is the value that it is about, which an answer of the desk is held against; `words` are
    those of it that are wrong, where it is not wrong as a whole; without a `span`, the id of the
    brief that it is about.
    """

    code: str
    severity: Severity
    message: str
    span: Span | None
    hints: tuple[Hint, ...] = ()
    words: str = ""


def diagnostic(
    code: str, message: str, span: Span | None, *hints: Hint | str, words: str = ""
) -> Diagnostic:
    """A diagnostic with the severity that the catalogue gives its code.

    Args:
        code: A key of `CODES`.
        message: One lower-case clause that names the value.
        span: Where it is wrong; None where no file is.
        hints: The next steps, and places that belong to it. Where all are but places, the
            catalogue's cure goes before them: each names a next step.
        words: Those that are wrong of what stands at `span`; none where all of it is meant.
    """
    given = tuple(hint if isinstance(hint, Hint) else Hint(hint) for hint in hints)
    entry = CODES[code]
    if all(hint.span is not None for hint in given):
        given = (Hint(entry.step), *given)
    return Diagnostic(code, entry.severity, message, span, given, words)


def unknown_name(what: str, name: str, known: Iterable[str]) -> Diagnostic:
    """`unknown-name`, with the known name that looks most like it.

    Args:
        what: What kind of thing is named, such as `source`.
        name: What was asked for, as it was typed.
        known: All that there are.
    """
    message = f"there is no {what} `{visible(name)}`"
    return diagnostic("unknown-name", message, None, *suggestion(name, known))


class Refused(Exception):
    """A command can't be carried out, and has changed nothing.

    `status` is the exit code, `diagnostics` says why, warnings that came before included, and
    `texts` are the texts that these point into, by path.
    """

    def __init__(
        self,
        status: int,
        diagnostics: Iterable[Diagnostic],
        texts: Mapping[str, SourceText] | None = None,
    ) -> None:
        self.status = status
        self.diagnostics = tuple(diagnostics)
        self.texts = dict(texts or {})
        super().__init__("; ".join(each.message for each in self.diagnostics))

    @staticmethod
    def by(status: int, code: str, message: str, *hints: Hint | str, words: str = "") -> Refused:
        """A refusal for one reason, which is of no file; arguments as of `diagnostic`."""
        return Refused(status, [diagnostic(code, message, None, *hints, words=words)])


@contextmanager
def refusals_with(
    warnings: Iterable[Diagnostic], texts: Mapping[str, SourceText] | None = None
) -> Iterator[None]:
    """Add `warnings`, and the texts that they point into, to whatever is refused inside.

    Raises:
        Refused: As inside, with the warnings before what was refused.
    """
    try:
        yield
    except Refused as refused:
        raise Refused(
            refused.status, (*warnings, *refused.diagnostics), {**(texts or {}), **refused.texts}
        ) from refused


def plural(number: int, noun: str) -> str:
    """So many of something: `1 error`, `2 errors`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def failed(diagnostics: Iterable[Diagnostic], *, strict: bool = False) -> bool:
    """Whether these stop a build: any error, or with `strict` anything at all."""
    return any(strict or reported.severity is Severity.ERROR for reported in diagnostics)


def in_order(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Each diagnostic once, by file, place, code and message; those without a place first."""
    return sorted(set(diagnostics), key=_order)


def _order(reported: Diagnostic) -> tuple[object, ...]:
    place = (
        (reported.span.path, reported.span.start, reported.span.end)
        if reported.span
        else ("", 0, 0)
    )
    return (*place, reported.code, reported.message)


def render(
    diagnostics: Iterable[Diagnostic],
    texts: Mapping[str, SourceText],
    form: OutputFormat = OutputFormat.HUMAN,
) -> str:
    """All diagnostics in order of place as text, `""` if there are none.

    Args:
        diagnostics: In any order, also several times.
        texts: What they point into, by path; a place in any other file is its beginning.
        form: `HUMAN` quotes the line with carets, as compilers do, for the first hundred of a code,
            tells those up to a thousand in a line each, and counts the others; `GITHUB` gives one
            workflow command a diagnostic, with everything escaped that the runner would act on. It
            shows ten errors and ten warnings of a step: what is beyond goes into the log in the
            other form, and a last notice counts all.
    """
    ordered = in_order(diagnostics)
    if form is OutputFormat.HUMAN:
        return "".join(_told(ordered, texts))
    return _annotations(ordered, texts)


def place_of(reported: Diagnostic, texts: Mapping[str, SourceText]) -> Span | None:
    """Where the words stand that are wrong, else all that the diagnostic is about.

    Words that are written otherwise, with YAML's escapes for instance, or stand there more than
    once, leave all of it.
    """
    span = reported.span
    if span is None or not reported.words or span.path not in texts:
        return span
    return narrowed(span, texts[span.path], reported.words)


def location(span: Span | None, texts: Mapping[str, SourceText]) -> str:
    """`file:line:col`, or the file alone when its text could not be read, or `briefings`."""
    if span is None:
        return "briefings"
    if span.path not in texts:
        return f"{_shown(span.path)}:1:1"
    at = texts[span.path].position(span.start)
    return f"{_shown(span.path)}:{at.line}:{at.column}"


def location_from(folder: Path, span: Span, texts: Mapping[str, SourceText]) -> str:
    """`file:line:col` of a text that was read, as seen from where one works.

    Args:
        folder: That of the desk, from which the paths of its files count.
        span: A place in one of them.
        texts: The files by their paths.
    """
    at = texts[span.path].position(span.start)
    return f"{(folder / span.path).as_posix()}:{at.line}:{at.column}"


def _shown(path: str) -> str:
    """A path at the beginning of a line, where a name must not order a CI runner about."""
    shown = visible(path)
    return f"./{shown}" if shown.lstrip().startswith(("::", "##[")) else shown


def _told(ordered: Iterable[Diagnostic], texts: Mapping[str, SourceText]) -> Iterator[str]:
    """Diagnostics as text: of many alike the later ones in a line each, then as a number."""
    counts = Counter[str]()
    for reported in ordered:
        counts[reported.code] += 1
        count = counts[reported.code]
        if count <= _IN_FULL:
            yield _human(reported, texts)
        elif count <= _IN_A_LINE:
            yield _head(reported, texts) + "\n"
    for code, count in counts.items():
        if count > _IN_FULL:
            yield (
                f"{min(count, _IN_A_LINE) - _IN_FULL:,} more of {code} stand in one line each:"
                f" `briefings explain {code}` says what is to be done\n"
            )
        if count > _IN_A_LINE:
            beyond = count - _IN_A_LINE
            yield f"and {beyond:,} more of {code}: `briefings check --json` tells each\n"


def _head(reported: Diagnostic, texts: Mapping[str, SourceText]) -> str:
    where = location(place_of(reported, texts), texts)
    return f"{where}: {reported.severity}[{reported.code}]: {visible(reported.message)}"


def _human(reported: Diagnostic, texts: Mapping[str, SourceText]) -> str:
    lines = [_head(reported, texts), *_excerpt(place_of(reported, texts), texts)]
    for hint in reported.hints:
        second = f"{location(hint.span, texts)}: " if hint.span else ""
        lines.append(f"  hint: {second}{visible(hint.message)}")
    return "\n".join(lines) + "\n"


def _excerpt(span: Span | None, texts: Mapping[str, SourceText]) -> list[str]:
    """The line of `span`, but for one that means a whole file."""
    if span is None or span.path not in texts or (span.start, span.end) == (0, 0):
        return []
    return frame(span, texts[span.path])


def _annotations(ordered: Sequence[Diagnostic], texts: Mapping[str, SourceText]) -> str:
    """The first ten of each severity as workflow commands; the others plainly, and a summary."""
    shown = [
        each
        for severity in Severity
        for each in [each for each in ordered if each.severity is severity][:_ANNOTATIONS]
    ]
    commands = [_github(reported, texts) for reported in in_order(shown)]
    if len(shown) == len(ordered):
        return "".join(commands)
    told = set(shown)
    beyond = [
        in_lines(text)
        for text in _told((reported for reported in ordered if reported not in told), texts)
    ]
    counts = Counter((each.severity, each.code) for each in ordered)
    by_code = ", ".join(
        f"{count} {severity}[{code}]" for (severity, code), count in counts.most_common()
    )
    most = max(Counter(each.code for each in ordered if each not in told).values())
    had = "each" if most <= _IN_A_LINE else f"{_IN_A_LINE:,} of each"
    summary = f"{len(ordered)} in all: {by_code}; the log of this step has {had}"
    return "".join([*commands, *beyond, f"::notice title=briefings::{_escape(summary)}\n"])


def _github(reported: Diagnostic, texts: Mapping[str, SourceText]) -> str:
    properties = {"title": reported.code}
    if (span := place_of(reported, texts)) is not None:
        properties["file"] = visible(span.path)
        if span.path in texts:
            source = texts[span.path]
            start, end = source.position(span.start), source.position(span.end)
            properties |= {"line": str(start.line), "endLine": str(end.line)}
            if start.line == end.line:
                properties |= {"col": str(start.column), "endColumn": str(end.column)}
    message = "\n".join(
        [visible(reported.message), *(f"hint: {visible(hint.message)}" for hint in reported.hints)]
    )
    joined = ",".join(f"{key}={_escape(value, ':,')}" for key, value in properties.items())
    return f"::{reported.severity} {joined}::{_escape(message)}\n"


def _escape(value: str, more: str = "") -> str:
    return "".join(
        f"%{ord(char):02X}" if char in "%\r\n" or char in more else char for char in value
    )


def as_json(reported: Diagnostic, texts: Mapping[str, SourceText]) -> dict[str, object]:
    """The diagnostic for machines: places as numbers, nothing escaped but by JSON itself."""
    return {
        "code": reported.code,
        "severity": reported.severity.value,
        "message": reported.message,
        **_json_place(place_of(reported, texts), texts),
        "hints": [
            {"message": hint.message, **_json_place(hint.span, texts)} for hint in reported.hints
        ],
    }


def _json_place(span: Span | None, texts: Mapping[str, SourceText]) -> dict[str, object]:
    if span is None:
        return {"file": None, "line": None, "column": None}
    if span.path not in texts:
        return {"file": span.path, "line": 1, "column": 1}
    start = texts[span.path].position(span.start)
    end = texts[span.path].position(span.end)
    return {
        "file": span.path,
        "line": start.line,
        "column": start.column,
        "end_line": end.line,
        "end_column": end.column,
    }
