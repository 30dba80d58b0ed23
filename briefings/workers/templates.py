"""Templates filled where they can do no harm: in a process with limits, and told of by place."""

from __future__ import annotations

import os
import signal
import traceback
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from types import FrameType

import jinja2

from briefings.core.diagnostics import Diagnostic, diagnostic
from briefings.core.span import SourceText, Span
from briefings.render.html.environment import (
    OutOfTimeError,
    TemplateHole,
    environment,
    read_files,
    shipped,
    text_of,
)
from briefings.workers.pool import Failed, Limits, answers

SECONDS = 20
"""The most time for one page; a brief of 25 pages takes less than one second."""

MEMORY = 2 * 2**30
"""The most address space in bytes; the longest page that is let through takes a fifth of it."""

_GRACE = 5
"""So many seconds more until a page is given up that can't be told to stop, within one call."""

Filler = Callable[[], str]


@dataclass(frozen=True, slots=True)
class Fault:
    """A template that can't be filled, with its text, if that can be read, to show the place."""

    found: Diagnostic
    text: SourceText | None = None

    @property
    def texts(self) -> Mapping[str, SourceText]:
        """The text by its path, as a report wants it."""
        return {self.text.path: self.text} if self.text else {}


@dataclass(frozen=True, slots=True)
class Filled:
    """Pages by name, in the order asked for; `inputs` is each template and font, with SHA-256."""

    texts: Mapping[str, str]
    inputs: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Crash:
    """A failure of our own, in a process where nobody would see it."""

    told: str


def templates_of(desk: Path, asked: Path | None = None) -> Path | None:
    """The folder that is asked for, wherever a link leads to it; else the desk's own, if any."""
    if asked is not None:
        return asked.resolve()
    own = desk / "templates"
    # Of a desk no link is followed: that this is one, is said when it is read.
    return own if own.is_dir() or own.is_symlink() else None


def fonts() -> Path:
    """The folder of the only fonts that a PDF may use."""
    return shipped() / "fonts"


@dataclass(frozen=True)
class TemplateRunner:
    """The style of a house: `templates`, if there are any, go before the shipped ones.

    Places are told as seen from `desk`, like all others.
    """

    templates: Path | None
    desk: Path
    environment: jinja2.Environment = field(init=False)

    def __post_init__(self) -> None:
        folders = (self.templates,) if self.templates else ()
        object.__setattr__(self, "environment", environment(*folders))

    def fill(self, pages: Mapping[str, Filler]) -> Filled | Fault:
        """Every page, up to the first that can't be filled."""

        def work(name: str) -> tuple[str, Mapping[str, str]] | Fault | _Crash:
            return self._filled(pages[name])

        texts: dict[str, str] = {}
        read: dict[str, str] = {}
        limits = Limits(SECONDS + _GRACE, MEMORY)
        # Forked: what fills the pages is loaded here, is Python alone, and is not to be pickled.
        told = answers({name: name for name in pages}, work, limits, start="fork", workers=1)
        with closing(told):
            for name, answer in told:
                if isinstance(answer, _Crash):
                    raise RuntimeError(f"{name} could not be filled\n{answer.told}")  # noqa: TRY004
                if isinstance(answer, Failed):
                    message = f"{name} could not be filled: {answer.reason}"
                    return Fault(diagnostic("template-limit", message, None))
                if isinstance(answer, Fault):
                    return answer
                texts[name], now = answer
                read |= now
        named = {self._name(Path(path)): digest for path, digest in sorted(read.items())}
        return Filled(texts, named | _digests(fonts()))

    def _filled(self, page: Filler) -> tuple[str, Mapping[str, str]] | Fault | _Crash:
        """A page and what was read for it so far; in the worker."""
        signal.signal(signal.SIGALRM, _stop)
        signal.setitimer(signal.ITIMER_REAL, SECONDS)
        try:
            return page(), dict(read_files(self.environment))
        except TemplateHole as hole:
            return self._fault(hole)
        except OutOfTimeError as error:
            return Fault(diagnostic("template-limit", str(error), None))
        except MemoryError:
            raise  # told by whoever set the limit
        except Exception:  # noqa: BLE001 # told again, and raised, where it is seen
            return _Crash(traceback.format_exc())
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)

    def _fault(self, hole: TemplateHole) -> Fault:
        """The mistake in a template, and the template to show it in: never any other file."""
        if hole.path is None:
            return Fault(diagnostic(hole.code, hole.message, None))
        shown = self._shown(Path(hole.path))
        content = text_of(self.environment, hole.path)
        if content is None:
            return Fault(diagnostic(hole.code, hole.message, Span(shown, 0, 0)))
        text = SourceText(shown, content)
        lines = content.split("\n")
        start = sum(len(line) + 1 for line in lines[: hole.line - 1])
        end = start + len(lines[hole.line - 1].rstrip()) if hole.line <= len(lines) else start
        return Fault(diagnostic(hole.code, hole.message, Span(shown, start, end)), text)

    def _shown(self, path: Path) -> str:
        """The path as seen from the desk; the shipped templates are nowhere that matters."""
        if self.templates is not None and path.is_relative_to(self.templates):
            return Path(os.path.relpath(path, self.desk)).as_posix()
        return f"briefings/{self._name(path)}"

    def _name(self, path: Path) -> str:
        """`templates/…` for a file of either folder: nothing here knows of this machine."""
        for folder in (self.templates, shipped()):
            if folder is not None and path.is_relative_to(folder):
                return f"templates/{path.relative_to(folder).as_posix()}"
        raise ValueError(path)


def _stop(_: int, __: FrameType | None) -> None:
    raise OutOfTimeError(f"it takes longer than {SECONDS} seconds")


def _digests(folder: Path) -> dict[str, str]:
    return {
        f"templates/fonts/{path.name}": sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.iterdir())
        if path.suffix in (".conf", ".otf", ".ttf")
    }
