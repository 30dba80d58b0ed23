"""A brief's whole input put into the data that it carries, and taken out to make the page anew."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields

from briefings import __version__
from briefings.compose.edition import digest
from briefings.compose.fingerprint import UNSHOWN, Fingerprints
from briefings.compose.front import front
from briefings.compose.snapshots import snapshot
from briefings.core.canonical import NotASnapshot, require
from briefings.core.carried import Carried, CarriedDocument, PageData, to_json
from briefings.core.diagnostics import Refused
from briefings.core.edition import Content, Edition
from briefings.core.filenames import is_name
from briefings.core.limits import DATA
from briefings.core.packing import pack, unpack
from briefings.core.snapshot import ID_LENGTH, Snapshot
from briefings.core.values import dataclass
from briefings.render.html.environment import BRIEF, is_of_briefs
from briefings.render.html.jobs import BriefPage
from briefings.render.l10n.cldr import RELEASE

PROGRAM = f"briefings {__version__}, Babel {RELEASE}"
"""What words and numbers of a page depend on besides its data and templates."""

# What no reader sees is not carried; the snapshot stands beside it, and the data are the whole.
_WITHOUT = UNSHOWN | {"snapshot", "data"}


@dataclass(frozen=True, slots=True)
class Carriage:
    """Makes the data of pages, as `carrying` does; `documents` are those that a brief cites."""

    own_templates: bool
    documents: tuple[CarriedDocument, ...] = ()

    def __call__(self, job: BriefPage, /) -> str:
        """The data that the page of `job` is to carry.

        Raises:
            Refused: With status 1: they would be more than any brief may carry.
        """
        data = carrying(job, own_templates=self.own_templates, documents=self.documents)
        if len(data) > DATA.most:
            size = f"{len(data):,} characters of data; {DATA.most:,} are the most"
            brief = job.edition.spec.brief
            message = f"brief `{brief}` would carry {size}"
            hint = "part it by --topic, --since or --kind"
            if self.documents:
                hint = "leave out --embed-sources"
            raising = DATA.raising_to(len(data))
            raise Refused.by(1, "too-large", message, hint, raising, words=brief)
        return data


def carrying(
    job: BriefPage, *, own_templates: bool, documents: Iterable[CarriedDocument] = ()
) -> str:
    """The data that the page of `job` is to carry.

    Args:
        job: The page; of the data that it has already nothing is taken.
        own_templates: Whether templates of a desk's own go before the shipped ones.
        documents: What it cites and is to bring along.
    """
    packed = pack(job, without=_WITHOUT)
    page = PageData(PROGRAM, own_templates, packed)
    return to_json(Carried(job.edition.snapshot, page, tuple(documents)))


def job_in(carried: Carried) -> BriefPage:
    """The page that was made of these data, carrying them again.

    Its edition's id, fingerprint and snapshot are worked out anew from all that the edition shows:
    none of the three is believed.

    Raises:
        NotASnapshot: The data hold no page, or one that is another edition than they say.
    """
    assert carried.page is not None
    given = {"snapshot": carried.snapshot, "data": to_json(carried)}
    job = unpack(BriefPage, carried.page.packed, given)
    assert isinstance(job, BriefPage)
    own = carried.page.own_templates and is_of_briefs(job.template)
    require(own or job.template == BRIEF, "its page is made with a template of no brief")
    names = [*job.files.stems.values(), *(name for _, name in job.alternates)]
    require(all(map(is_name, names)), "it leads to what no build has beside a brief")
    try:
        _identify(carried.snapshot, job.edition)
    except (LookupError, TypeError, ValueError, AttributeError) as error:
        # Of the right types, each value, and yet no edition: a number of a quote that is not there.
        raise NotASnapshot("its data contradict each other") from error
    return job


def _identify(declared: Snapshot, edition: Edition) -> None:
    """Refuse an edition that is another than it says."""
    content = Content(**{field.name: getattr(edition, field.name) for field in fields(Content)})
    fingerprint = digest(content, Fingerprints())
    name = fingerprint[:ID_LENGTH]
    same = (edition.id, edition.fingerprint) == (name, fingerprint)
    require(same, f"its id is not that of its data, {name}")
    _compare(declared, snapshot(content, name, fingerprint))
    figures = [sentence.fact.id for sentence in edition.front.figures]
    require(edition.front == front(content, figures), "its first pages tell something else")


def _compare(declared: Snapshot, worked_out: Snapshot) -> None:
    """Refuse a snapshot that tells another edition than the one beside it."""
    for field in fields(Snapshot):
        before, after = getattr(declared, field.name), getattr(worked_out, field.name)
        require(before == after, f"its {field.name} are not those of its page")
