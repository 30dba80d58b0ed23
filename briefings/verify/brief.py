"""What one brief says of itself, held against itself: its data, its id, its page, its quotes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from briefings.core.canonical import NotASnapshot
from briefings.core.carried import Carried, from_json
from briefings.core.snapshot import Snapshot
from briefings.core.values import dataclass
from briefings.render.html.embedded import NoData
from briefings.render.html.fill import Medium
from briefings.render.html.jobs import BriefPage
from briefings.verify.against_desk import compare_carried
from briefings.verify.remake import PROGRAM, job_in
from briefings.verify.screen import compare_pages, count_words
from briefings.verify.verdict import Fault, Finding, State, Verdict

Compared = tuple[Finding, tuple[Fault, ...]]

_SHORTEST_ID = 12
_UNASKED = Finding(State.UNCHECKED, "not looked at")


@dataclass(frozen=True, slots=True)
class Brief:
    """A brief by its own data: the page that these make, None if they make none; what is wrong."""

    carried: Carried
    job: BriefPage | None
    faults: tuple[Fault, ...]

    @property
    def snapshot(self) -> Snapshot:
        """What it says that it is."""
        return self.carried.snapshot

    def data(self, faults: Iterable[Fault], *, named: bool) -> Finding:
        """Whether its data hold, with all that is wrong with them, and whether it was named."""
        for fault in faults:
            return Finding(State.FAILS, fault.message)
        edition = f"edition {self.snapshot.edition} of {self.snapshot.as_of}"
        if self.job is None:
            text = f"{edition}, by its own word: it carries too little to work its id out anew"
            return Finding(State.UNCHECKED, text)
        if named:
            text = f"{edition}, as you named it; the id follows from its data"
            return Finding(State.HOLDS, text)
        text = (
            f"{edition}; the id follows from its data: compare it with the one that you were given"
        )
        return Finding(State.HOLDS, text)

    def quotes(self) -> Compared | None:
        """Whether each quote stands in the documents that it carries; None if it carries none."""
        if self.job is None or not self.carried.documents:
            return None
        return compare_carried(self.job.edition, self.carried.documents)


def opened(data: Callable[[], str], of_form: Iterable[Fault], name: str | None) -> Brief | Verdict:
    """A brief, or the verdict on one that can't be verified.

    Args:
        data: Takes the data out of it; may raise `NoData`.
        of_form: What is wrong with it as a file.
        name: The id or fingerprint that it should have, if it is known from elsewhere.
    """
    faults = list(of_form)
    try:
        carried = from_json(data())
    except (NoData, NotASnapshot) as error:
        why = str(error) if isinstance(error, NoData) else f"its data are damaged: {error}"
        faults.append(Fault(f"it can't be verified: {why}"))
        failed = Finding(State.FAILS, faults[0].message)
        return Verdict(None, failed, _UNASKED, _UNASKED, tuple(faults))
    snapshot = carried.snapshot
    if name is not None and not snapshot.fingerprint.startswith(name):
        faults.append(Fault(f"it is edition {snapshot.edition}, and not {name[:_SHORTEST_ID]}"))
    job: BriefPage | None = None
    if carried.page is not None:
        try:
            job = job_in(carried)
        except NotASnapshot as error:
            faults.append(Fault(str(error)))
    return Brief(carried, job, tuple(faults))


def to_make_anew(brief: Brief, medium: Medium, *, has_own: bool) -> BriefPage | Finding:
    """The page that its words are to be compared with; or why they can't be.

    Args:
        brief: The brief.
        medium: What its file is for, whatever its data say: a page for a screen has its annex.
        has_own: Whether templates of its desk's own are at hand.
    """
    page = brief.carried.page
    if page is None or brief.job is None:
        return Finding(State.UNCHECKED, "not compared: there is no page to compare with")
    if page.program != PROGRAM:
        text = f"not compared: it was made by {page.program}, and this is {PROGRAM}"
        return Finding(State.UNCHECKED, text)
    if page.own_templates and not has_own:
        text = "not compared: it was made with templates or words of the desk's own (--desk DIR)"
        return Finding(State.UNCHECKED, text)
    return replace(brief.job, medium=medium, annex=brief.job.annex or medium == "screen")


def compare_web(content: bytes, remade: str) -> Compared:
    """Whether a page of the web is the one that was made of its data, `remade`."""
    page = content.decode()
    faults = tuple(compare_pages(remade, page))
    if faults:
        return other_words(*faults)
    text = f"all {count_words(page):,} are those of its data, and so is all else on the page"
    return Finding(State.HOLDS, text), ()


def other_words(*faults: Fault) -> Compared:
    """What is said of words that are others."""
    return Finding(State.FAILS, "they are not those of its data"), faults
