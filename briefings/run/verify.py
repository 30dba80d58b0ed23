"""Finished briefs verified: by the data that they carry, and by a desk where there is one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from briefings.core import files
from briefings.core.canonical import NotASnapshot
from briefings.core.carried import Carried, from_json
from briefings.core.diagnostics import Refused, diagnostic
from briefings.core.named import IN_PAGE, is_whole
from briefings.core.record import from_json as record_from_json
from briefings.core.record import record_name
from briefings.core.snapshot import Snapshot
from briefings.output.atomic import atomic_write, reason
from briefings.output.manifest import digests
from briefings.render.html.embedded import NoData, from_html
from briefings.render.html.jobs import BriefPage
from briefings.run.check import SoundDesk, check_desk, sound
from briefings.run.signatures import refuse_without_packages
from briefings.sign.make import SUFFIX
from briefings.sign.trust import BadCertificate, certificates_in
from briefings.verify import verdict, whose
from briefings.verify.browser import verifying_page
from briefings.verify.held import compare_carried, compare_quotes, compare_record, since
from briefings.verify.remake import PROGRAM, job_in
from briefings.verify.screen import compare_pages, count_words
from briefings.verify.verdict import Fault, Finding, State, Verdict
from briefings.verify.whose import Certificates
from briefings.workers.batch import Fault as TemplateFault
from briefings.workers.scripts import is_font, needed_by
from briefings.workers.templates import TemplateRunner, fonts, templates_of, words_of

__all__ = ["as_object", "as_text", "verify", "write_page"]

_SHORTEST_ID = 12
_PDF = b"%PDF-"
_UNASKED = Finding(State.UNCHECKED, "not looked at")
_NO_SIGNATURE = Finding(
    State.UNCHECKED, "not checked: a page of the web has none; verify the manifest of its build"
)
_NO_DESK = Finding(State.UNCHECKED, "not looked up: no desk is at hand (--desk DIR)")


@dataclass(frozen=True, slots=True)
class _Given:
    """A file: where it lies, as it was given, and of a signed PDF what was signed, as we wrote it.

    `signed` is None where there is no signature behind it.
    """

    path: Path
    whole: bytes
    signed: bytes | None

    @property
    def content(self) -> bytes:
        """The file as we wrote it."""
        return self.whole if self.signed is None else self.signed

    @property
    def is_pdf(self) -> bool:
        return self.whole.startswith(_PDF)


def verify(
    paths: Iterable[Path],
    desk: Path | None = None,
    name: str | None = None,
    signer: Path | None = None,
) -> list[Verdict]:
    """A verdict on each file, in their order; nothing in a file is believed.

    Args:
        paths: Briefs as HTML or PDF, manifests of builds, or records of what was issued.
        desk: The base of a desk whose documents, records and templates are at hand.
        name: The id or fingerprint that the briefs should have, known from elsewhere.
        signer: A certificate from elsewhere: that of who signed, or of who issued that one.

    Raises:
        Refused: With status 2: a file can't be read; with status 1: the desk holds an error.

    """
    given = [_read(path) for path in paths]
    against = sound(check_desk(desk)) if desk is not None else None
    root = desk.parent if desk is not None else None
    trusted = _certificates(signer) if signer is not None else None
    return [_verdict(each, against, root, name, trusted) for each in given]


def write_page(path: Path) -> None:
    """Write the page that verifies briefs in a browser.

    Raises:
        Refused: With status 2: the file can't be written.

    """
    try:
        atomic_write(path, verifying_page().encode())
    except OSError as error:
        message = f"{str(path)!r} can't be written: {reason(error)}"
        raise Refused(2, [diagnostic("output-unwritable", message, None)]) from error


def as_object(paths: Iterable[Path], verdicts: Iterable[Verdict]) -> dict[str, object]:
    """The verdicts for machines."""
    pairs = zip(paths, verdicts, strict=True)
    return {"briefs": [verdict.as_object(str(path), each) for path, each in pairs]}


def as_text(paths: Iterable[Path], verdicts: Iterable[Verdict]) -> str:
    """The verdicts for people."""
    pairs = zip(paths, verdicts, strict=True)
    return "".join(verdict.as_text(str(path), each) for path, each in pairs)


def _read(path: Path) -> _Given:
    try:
        there = path.resolve(strict=True)
        content = files.read(there.parent, there.name)
        return _Given(there, content, _signed_part(content))
    except (OSError, RuntimeError) as error:
        why = reason(error)
    except (files.OutsideFolder, files.Unreadable) as error:
        why = str(error)
    raise Refused(
        2, [diagnostic("edition-unreadable", f"{str(path)!r} can't be read: {why}", None)]
    )


def _signed_part(content: bytes) -> bytes | None:
    if not content.startswith(_PDF):
        return None
    # Late: pikepdf takes a tenth of a second to load, and is for PDFs alone.
    from briefings.render.pdf.reader import unsigned  # noqa: PLC0415

    return unsigned(content)


def _verdict(
    given: _Given,
    desk: SoundDesk | None,
    root: Path | None,
    name: str | None,
    trusted: Certificates | None,
) -> Verdict:
    if given.path.suffix == ".json":
        return _of_listing(given, trusted)
    signature, of_signature = _NO_SIGNATURE if trusted is not None else None, tuple[Fault, ...]()
    if given.is_pdf:
        signature, of_signature = whose.of_pdf(given.whole, given.signed, trusted)
    brief = _of_brief(given, desk, root, name)
    return replace(brief, signature=signature, faults=(*brief.faults, *of_signature))


def _of_brief(
    given: _Given, desk: SoundDesk | None, root: Path | None, name: str | None
) -> Verdict:
    faults = list(_faults_of_form(given))
    try:
        carried = from_json(_data(given))
    except (NoData, NotASnapshot) as error:
        faults.append(Fault(f"it carries no data that hold: {error}"))
        return Verdict(None, _failed(faults), _UNASKED, _UNASKED, tuple(faults))
    snapshot = carried.snapshot
    faults += _misnamed(snapshot, name)
    job: BriefPage | None = None
    if carried.page is not None:
        try:
            job = job_in(carried)
        except NotASnapshot as error:
            faults.append(Fault(str(error)))
    if desk is not None:
        faults += _against_record(given, snapshot, desk)
    data = _failed(faults) if faults else _known(snapshot, job, named=name is not None)
    words, of_words = _words(given, carried, job, root)
    quotes, of_quotes = _NO_DESK, tuple[Fault, ...]()
    if job is not None and carried.documents:
        quotes, of_quotes = compare_carried(job.edition, carried.documents)
    if job is not None and desk is not None and not of_quotes:
        quotes, of_quotes = compare_quotes(job.edition, desk.checked)
    later = tuple(since(snapshot, desk.checked)) if desk is not None else ()
    return Verdict(snapshot, data, words, quotes, (*faults, *of_words, *of_quotes), later)


# Whose it is


def _certificates(path: Path) -> Certificates:
    refuse_without_packages()
    try:
        return certificates_in(_read(path).whole)
    except BadCertificate:
        message = f"{str(path)!r} holds no certificate"
        hint = "a certificate is a file in PEM or DER; without its key"
        raise Refused(2, [diagnostic("edition-unreadable", message, None, hint)]) from None


# Records and manifests


def _of_listing(given: _Given, trusted: Certificates | None) -> Verdict:
    """A manifest held against the files beside it, or a record against its checksum."""
    named = digests(given.whole)
    edition = None
    if named is not None:
        faults = tuple(_not_as_built(given.path.parent, named))
        count = f"all {len(named)} files are those that it names"
        data = Finding(State.HOLDS, count) if not faults else _failed(list(faults))
    else:
        try:
            edition = record_from_json(given.whole.decode(errors="replace")).snapshot
            faults = ()
            text = f"the record of edition {edition.edition} of {edition.as_of}, unchanged"
            data = Finding(State.HOLDS, text)
        except NotASnapshot as error:
            faults = (Fault(f"it is neither a manifest nor a record that holds: {error}"),)
            data = _failed(list(faults))
    return Verdict(edition, data, None, None, faults, signature=_signature_beside(given, trusted))


def _not_as_built(folder: Path, named: Mapping[str, str]) -> Iterator[Fault]:
    for name, digest in named.items():
        try:
            content = files.read(folder, name)
        except (files.OutsideFolder, files.Unreadable) as error:
            yield Fault(f"{name} can't be read: {error}")
            continue
        if sha256(content).hexdigest() != digest:
            yield Fault(f"{name} is not as it was built")


def _signature_beside(given: _Given, trusted: Certificates | None) -> Finding | None:
    try:
        signature = files.read(given.path.parent, given.path.name + SUFFIX)
    except (files.OutsideFolder, files.Unreadable):
        signature = None
    return whose.beside(given.whole, signature, trusted)


# The file and its data


def _faults_of_form(given: _Given) -> Iterator[Fault]:
    if given.is_pdf:
        from briefings.verify.paper import faults_of_form  # noqa: PLC0415 # see above

        yield from faults_of_form(given.content)
    elif is_whole(given.content, IN_PAGE) is False:
        yield Fault("it was changed after it was made: its bytes are not those it is named by")


def _data(given: _Given) -> str:
    if given.is_pdf:
        from briefings.verify.paper import data_of  # noqa: PLC0415 # see above

        return data_of(given.content)
    try:
        return from_html(given.content.decode())
    except UnicodeDecodeError:
        raise NoData("it is not UTF-8") from None


def _misnamed(snapshot: Snapshot, name: str | None) -> Iterator[Fault]:
    if name is not None and not snapshot.fingerprint.startswith(name):
        yield Fault(f"it is edition {snapshot.edition}, and not {name[:_SHORTEST_ID]}")


def _against_record(given: _Given, snapshot: Snapshot, desk: SoundDesk) -> Iterator[Fault]:
    named = record_name(snapshot.brief, snapshot.language, snapshot.as_of)
    for issued in desk.records.issued:
        if issued.record.name == named:
            yield from compare_record(snapshot, given.whole, issued.record)


def _failed(faults: list[Fault]) -> Finding:
    return Finding(State.FAILS, faults[0].message)


def _known(snapshot: Snapshot, job: BriefPage | None, *, named: bool) -> Finding:
    edition = f"edition {snapshot.edition} of {snapshot.as_of}"
    if job is None:
        text = f"{edition}, by its own word: it carries too little to work its id out anew"
        return Finding(State.UNCHECKED, text)
    if named:
        return Finding(State.HOLDS, f"{edition}, as you named it; the id follows from its data")
    text = f"{edition}; the id follows from its data: compare it with the one that you were given"
    return Finding(State.HOLDS, text)


# Its words


def _words(
    given: _Given, carried: Carried, job: BriefPage | None, root: Path | None
) -> tuple[Finding, tuple[Fault, ...]]:
    """Whether the words are those of the page that the data make, made anew."""
    if carried.page is None or job is None:
        return Finding(State.UNCHECKED, "not compared: there is no page to compare with"), ()
    if carried.page.program != PROGRAM:
        text = f"not compared: it was made by {carried.page.program}, and this is {PROGRAM}"
        return Finding(State.UNCHECKED, text), ()
    if carried.page.own_templates and root is None:
        text = "not compared: it was made with templates of the desk's own (--desk DIR)"
        return Finding(State.UNCHECKED, text), ()
    if carried.page.own_templates and root is not None:
        runner = TemplateRunner(templates_of(root), root, words_of(root))
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
    remade = filled.texts["brief"]
    if given.is_pdf:
        return _on_paper(given, remade, _fonts(remade, root))
    page = given.content.decode()
    faults = tuple(compare_pages(remade, page))
    if faults:
        return Finding(State.FAILS, "they are not those of its data"), faults
    text = f"all {count_words(page):,} are those of its data, and so is all else on the page"
    return Finding(State.HOLDS, text), ()


def _fonts(page: str, root: Path | None) -> tuple[Path, ...]:
    """The fonts that a page may have been set in: ours, a desk's own, those of extras."""
    own: tuple[Path, ...] = ()
    if root is not None:
        with suppress(files.OutsideFolder, files.Unreadable):
            own = tuple(TemplateRunner(templates_of(root), root, ()).own_fonts())
    ours = tuple(fonts() / name for name in files.names(fonts()) if is_font(name))
    return (*ours, *own, *needed_by(page, own))


def _on_paper(
    given: _Given, remade: str, set_in: tuple[Path, ...]
) -> tuple[Finding, tuple[Fault, ...]]:
    from briefings.verify.paper import compare_paper, faults_of_fonts  # noqa: PLC0415 # see above

    extent, faults = compare_paper(given.content, remade)
    faces = faults_of_fonts(given.content, set_in)
    if faults or faces.faults:
        return Finding(State.FAILS, "they are not those of its data"), (*faults, *faces.faults)
    if faces.unknown:
        text = f"not compared as they are drawn: {faces.unknown[0]} is not at hand (--desk DIR)"
        return Finding(State.UNCHECKED, text), ()
    text = f"all {extent} are those of its data, in their order, and drawn as what they stand for"
    return Finding(State.HOLDS, text), ()
