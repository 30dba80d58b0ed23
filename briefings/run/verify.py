"""Finished briefs verified: by the data that they carry, and by a desk where there is one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from briefings.core.diagnostics import Refused
from briefings.core.digest_names import IN_PAGE, is_whole
from briefings.core.progress import Progress, silent
from briefings.core.record import record_name
from briefings.core.snapshot import Snapshot
from briefings.core.values import dataclass
from briefings.desk.checked import SoundDesk, sound
from briefings.make.produce import put_page
from briefings.make.signatures import refuse_without_packages
from briefings.render.html.embedded import NoData, from_html
from briefings.run.check import check_desk
from briefings.sign.trust import BadCertificate, certificates_in
from briefings.verify import signer, verdict
from briefings.verify.against_desk import compare_quotes, compare_record, since
from briefings.verify.brief import opened
from briefings.verify.browser import verifying_page
from briefings.verify.listings import of_front, of_listing
from briefings.verify.reprint import compare_words
from briefings.verify.signer import Certificates
from briefings.verify.submitted import Given, read
from briefings.verify.verdict import Fault, Finding, State, Verdict
from briefings.workers import pdfs
from briefings.workers.pool import Executor, Pool

_NO_SIGNATURE = Finding(
    State.UNCHECKED, "not checked: a page of the web has none; verify the manifest of its build"
)
_NO_DESK = Finding(State.UNCHECKED, "not looked up: no desk is at hand (--desk DIR)")


def verify(
    paths: Iterable[Path],
    desk: Path | None = None,
    name: str | None = None,
    signer: Path | None = None,
    progress: Progress = silent,
) -> list[Verdict]:
    """A verdict on each file, in their order; nothing in a file is believed.

    Args:
        paths: Briefs as HTML or PDF, manifests of builds, or records of what was issued.
        desk: The base of a desk whose documents, records and templates are at hand.
        name: The id or fingerprint that the briefs should have, known from elsewhere.
        signer: A certificate from elsewhere: that of who signed, or of who issued that one.
        progress: Is told of the desk, and of each file.

    Raises:
        Refused: With status 2: a file can't be read; with status 1: the desk holds an error.
    """
    given = [read(path) for path in paths]
    if desk is not None:
        progress("checking the base")
    against = _Against(
        name,
        sound(check_desk(desk)) if desk is not None else None,
        desk.parent if desk is not None else None,
        _certificates(signer) if signer is not None else None,
    )
    verdicts: list[Verdict] = []
    with Pool(start=pdfs.start()) as pool:
        for number, each in enumerate(given):
            progress(f"verifying {each.path.name}", number, len(given))
            verdicts.append(_verdict(each, against, pool))
    return verdicts


def write_page(path: Path) -> None:
    """Write the page that verifies briefs in a browser.

    Raises:
        Refused: With status 2: the file can't be written.
    """
    put_page(lambda: verifying_page().encode(), path)


def as_object(paths: Iterable[Path], verdicts: Iterable[Verdict]) -> dict[str, object]:
    """The verdicts for machines."""
    pairs = zip(paths, verdicts, strict=True)
    return {"briefs": [verdict.as_object(str(path), each) for path, each in pairs]}


def as_text(paths: Iterable[Path], verdicts: Iterable[Verdict]) -> str:
    """The verdicts for people."""
    pairs = zip(paths, verdicts, strict=True)
    return "".join(verdict.as_text(str(path), each) for path, each in pairs)


@dataclass(frozen=True, slots=True)
class _Against:
    """What files are held against, as far as it is at hand.

    Attributes:
        name: The id or fingerprint that they should have.
        desk: The checked desk.
        root: The folder of the desk.
        trusted: Certificates of who should have signed them.
    """

    name: str | None
    desk: SoundDesk | None
    root: Path | None
    trusted: Certificates | None


def _verdict(given: Given, against: _Against, pool: Executor) -> Verdict:
    trusted = against.trusted
    if given.path.suffix == ".json":
        return of_listing(given, trusted)
    signature, of_signature = _NO_SIGNATURE if trusted is not None else None, tuple[Fault, ...]()
    if given.is_pdf:
        signature, of_signature = signer.of_pdf(given.whole, given.signed, trusted)
    front = of_front(given) if against.name is None else None
    brief = front or _of_brief(given, against, pool)
    return replace(brief, signature=signature, faults=(*brief.faults, *of_signature))


def _of_brief(given: Given, against: _Against, pool: Executor) -> Verdict:
    desk = against.desk
    brief = opened(lambda: _data(given), _faults_of_form(given), against.name)
    if isinstance(brief, Verdict):
        return brief
    faults = list(brief.faults)
    if desk is not None:
        faults += _against_record(given, brief.snapshot, desk)
    data = brief.data(faults, named=against.name is not None)
    words, of_words = compare_words(given, brief, against.root, pool)
    quotes, of_quotes = brief.quotes() or (_NO_DESK, ())
    if brief.job is not None and desk is not None and not of_quotes:
        quotes, of_quotes = compare_quotes(brief.job.edition, desk.checked)
    later = tuple(since(brief.snapshot, desk.checked)) if desk is not None else ()
    all_faults = (*faults, *of_words, *of_quotes)
    return Verdict(brief.snapshot, data, words, quotes, all_faults, later)


# Whose it is


def _certificates(path: Path) -> Certificates:
    refuse_without_packages()
    try:
        return certificates_in(read(path).whole)
    except BadCertificate:
        message = f"{str(path)!r} holds no certificate"
        hint = "a certificate is a file in PEM or DER; without its key"
        raise Refused.by(2, "edition-unreadable", message, hint) from None


# The file and its data


def _faults_of_form(given: Given) -> Iterator[Fault]:
    if given.is_pdf:
        from briefings.verify.paper import faults_of_form  # noqa: PLC0415 # qpdf, for a PDF alone

        yield from faults_of_form(given.content)
    elif is_whole(given.content, IN_PAGE) is False:
        yield Fault("it was changed after it was made: its bytes are not those it is named by")


def _data(given: Given) -> str:
    if given.is_pdf:
        from briefings.verify.paper import data_of  # noqa: PLC0415 # the same

        return data_of(given.content)
    try:
        return from_html(given.content.decode())
    except UnicodeDecodeError:
        raise NoData("it is not UTF-8") from None


def _against_record(given: Given, snapshot: Snapshot, desk: SoundDesk) -> Iterator[Fault]:
    named = record_name(snapshot.brief, snapshot.language, snapshot.as_of)
    for issued in desk.records.issued:
        if issued.record.name == named:
            yield from compare_record(snapshot, given.whole, issued.record)
