"""Pages of briefs made anew from their data, and set anew, and held against what was given."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from pathlib import Path

from briefings.core import files
from briefings.verify.brief import Brief, Compared, compare_web, other_words, to_make_anew
from briefings.verify.submitted import Given
from briefings.verify.verdict import Finding, State
from briefings.workers import pdfs
from briefings.workers.batch import TemplateFault
from briefings.workers.pool import Executor, Failed
from briefings.workers.scripts import is_font, needed_by
from briefings.workers.templates import TemplateRunner, fonts, runner_for

_OTHER_MACHINE = (
    "this machine sets them otherwise, by other libraries than were there, or because someone has"
    " changed how they look"
)


def compare_words(given: Given, brief: Brief, root: Path | None, pool: Executor) -> Compared:
    """Whether the words are those of the page that the data make, made anew.

    Args:
        given: The file.
        brief: What its data say.
        root: The folder of the desk, for templates and fonts of its own; None if none is at hand.
        pool: Who sets a PDF anew.
    """
    job = to_make_anew(brief, "print" if given.is_pdf else "screen", has_own=root is not None)
    if isinstance(job, Finding):
        return job, ()
    if root is not None and brief.carried.page is not None and brief.carried.page.own_templates:
        runner = runner_for(root)
    else:
        runner = TemplateRunner(None, Path(), ())
    try:
        filled = runner.fill({"brief": job})
    except RuntimeError:
        # Not of ours to mend: its data are of the right types, and no page can be made of them.
        return Finding(State.FAILS, "no page can be made of its data"), ()
    if isinstance(filled, TemplateFault):
        text = f"not compared: its page can't be made anew: {filled.diagnostic.message}"
        return Finding(State.UNCHECKED, text), ()
    remade = filled["brief"].text
    if given.is_pdf:
        return _on_paper(given, remade, _own_fonts(root), pool)
    return compare_web(given.content, remade)


def _own_fonts(root: Path | None) -> tuple[Path, ...]:
    """The fonts of a desk."""
    if root is not None:
        with suppress(files.OutsideFolder, files.Unreadable):
            return tuple(runner_for(root).own_fonts())
    return ()


def _on_paper(given: Given, remade: str, own: tuple[Path, ...], pool: Executor) -> Compared:
    """Whether a PDF says the words of its page, and is the one that is set of it anew."""
    # Late: pikepdf takes a tenth of a second to load, and is for PDFs alone.
    from briefings.render.pdf.reader import UnreadablePdf  # noqa: PLC0415
    from briefings.verify.paper import compare_paper, faults_of_fonts  # noqa: PLC0415
    from briefings.verify.pdf_objects import compare_set, setter_of  # noqa: PLC0415

    extent, faults = compare_paper(given.content, remade)
    ours = tuple(fonts() / name for name in files.names(fonts()) if is_font(name))
    faces = faults_of_fonts(given.content, (*ours, *own, *needed_by(remade, own)))
    if faults or faces.faults:
        return other_words(*faults, *faces.faults)
    holds = f"all {extent} are those of its data, in their order, and drawn as"
    anew = _set_anew(remade, own, pool)
    if isinstance(anew, Failed):
        return _undrawn(f"its page can't be set anew: {anew.reason}")
    if given.content == anew:
        return Finding(State.HOLDS, f"{holds} they are when they are set anew"), ()
    if faces.unknown:
        return _undrawn(f"{faces.unknown[0]} is not at hand (--desk DIR)")
    try:
        likeness, unlike = compare_set(given.content, anew)
    except UnreadablePdf as error:
        return _undrawn(str(error))
    if likeness is State.HOLDS:
        by, here = setter_of(given.content), setter_of(anew)
        elsewhere = f"; by {here}, where it says that {by} set it" if by != here else ""
        return Finding(State.HOLDS, f"{holds} what they stand for{elsewhere}"), ()
    return other_words(*unlike) if unlike else _undrawn(_OTHER_MACHINE)


def _set_anew(page: str, own: tuple[Path, ...], pool: Executor) -> bytes | Failed:
    kind = pdfs.setting(partial(pdfs.set_page, own=own), fonts())
    ((_, answer),) = pool.answers({"brief": page}, kind.work, kind.limits)
    assert isinstance(answer, bytes | Failed)
    return answer


def _undrawn(why: str) -> Compared:
    return Finding(State.UNCHECKED, f"not compared as they are drawn: {why}"), ()
