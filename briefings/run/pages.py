"""Every page of a build, from its editions; and what the pages were made with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import jinja2

from briefings.compose.record import snapshot
from briefings.core.diagnostics import Diagnostic, diagnostic
from briefings.core.model import CheckedBase
from briefings.core.snapshot import to_json
from briefings.core.span import SourceText, Span
from briefings.render import page
from briefings.render.environment import TemplateHole, environment, read_files, shipped
from briefings.run.choose import Chosen
from briefings.run.manifest import Artifact

HTML = "text/html; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Pages:
    """The finished `screens`; the `sheets` that are to become PDFs, by the name of the PDF.

    `inputs` maps each template and font to its SHA-256, as `templates/…` wherever it was found.
    """

    screens: tuple[Artifact, ...]
    sheets: Mapping[str, str]
    inputs: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Fault:
    """A template that can't be filled, with its text, if that can be read, to show the place."""

    found: Diagnostic
    text: SourceText | None


def fonts() -> Path:
    """The folder of the only fonts that a PDF may use."""
    return shipped() / "fonts"


def pages(
    checked: CheckedBase,
    briefs: Sequence[Chosen],
    formats: Sequence[str],
    templates: Path | None,
) -> Pages | Fault:
    """Fill the templates; those in the folder `templates` go before the shipped ones."""
    folders = (templates,) if templates else ()
    env = environment(*folders)
    html, pdf = "html" in formats, "pdf" in formats
    editions = [brief.edition for brief in briefs]
    cited = sorted({source for edition in editions for source in edition.documents})
    files = page.Siblings(
        html=html,
        pdf=pdf,
        index=True,
        sources=frozenset(cited if html else ()),
        stems={brief.edition.id: brief.stem for brief in briefs},
    )
    screens: dict[str, str] = {}
    sheets: dict[str, str] = {}
    try:
        for brief in briefs:
            edition, name = brief.edition, brief.template
            data = to_json(snapshot(edition))
            if html:
                text = page.brief(
                    env, edition, medium="screen", files=files, template=name, data=data
                )
                screens[files.name_of(edition, "html")] = text
            if pdf:
                text = page.brief(
                    env, edition, medium="print", files=files, template=name, data=data
                )
                sheets[files.name_of(edition, "pdf")] = text
        for source in cited if html else ():
            shown = checked.base.sources[source]
            text = page.source_page(env, checked, shown, editions, files=files)
            screens[page.source_name(source)] = text
        screens["index.html"] = page.index(env, checked.base, editions, files=files)
    except TemplateHole as hole:
        return fault(hole)
    return Pages(
        tuple(Artifact(name, HTML, text.encode()) for name, text in screens.items()),
        sheets,
        inputs(env, templates),
    )


def inputs(env: jinja2.Environment, templates: Path | None) -> dict[str, str]:
    """Each template that was read so far, and each font, with its SHA-256."""
    read = {_name(Path(path), templates): digest for path, digest in read_files(env).items()}
    return read | _digests(fonts())


def _name(path: Path, templates: Path | None) -> str:
    """`templates/…` for a file of either folder: the manifest knows nothing of this machine."""
    for folder in (templates, shipped()):
        if folder is not None and path.is_relative_to(folder):
            return f"templates/{path.relative_to(folder).as_posix()}"
    return f"templates/{path.name}"


def _digests(folder: Path) -> dict[str, str]:
    return {
        _name(path, None): sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.iterdir())
        if path.suffix in (".conf", ".otf", ".ttf")
    }


def fault(hole: TemplateHole) -> Fault:
    """The mistake in a template, and the template to show it in."""
    path = Path(hole.path).absolute()
    if not path.is_file():  # the template itself is missing: no place to show
        return Fault(diagnostic(hole.code, hole.message, None), None)
    text = _text(str(path))
    lines = text.text.split("\n") if text else []
    start = sum(len(line) + 1 for line in lines[: hole.line - 1])
    end = start + len(lines[hole.line - 1].rstrip()) if hole.line <= len(lines) else start
    return Fault(diagnostic(hole.code, hole.message, Span(str(path), start, end)), text)


def _text(name: str) -> SourceText | None:
    try:
        return SourceText(name, Path(name).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError):
        return None
