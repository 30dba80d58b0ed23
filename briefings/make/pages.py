"""Every page of a build, from its editions."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import jinja2

from briefings.core.artifacts import Artifact
from briefings.core.carried import CarriedDocument
from briefings.core.diagnostics import Diagnostic, diagnostic
from briefings.core.edition import Edition
from briefings.core.filenames import FORMATS
from briefings.core.files import leads_to
from briefings.core.groups import grouped
from briefings.core.marking import of_source_page
from briefings.core.model import CheckedBase, FactBase, Marking, SourceId
from briefings.core.names import nearest
from briefings.make.produce import Jobs
from briefings.plan.choose import Chosen
from briefings.plan.request import Request
from briefings.render.html import front
from briefings.render.html.environment import brief_templates, exists, is_of_briefs, shipped
from briefings.render.html.feed import MEDIA_TYPE, feed
from briefings.render.html.jobs import BriefPage, CarryingPage, FrontPage, PageJob, SourcePage
from briefings.render.html.siblings import Desk, Siblings
from briefings.render.html.source_page import uses_of
from briefings.render.l10n.catalogues import Own
from briefings.render.l10n.locales import says_own
from briefings.render.plain import MEDIA_TYPES, plain
from briefings.verify.remake import Carriage
from briefings.workers.templates import TemplateRunner, words_of


def pages(
    checked: CheckedBase,
    briefs: Sequence[Chosen],
    request: Request,
    templates: Path | None = None,
    *,
    earlier: Sequence[front.Earlier] = (),
    mended: Collection[str] = (),
) -> Jobs:
    """The pages of a build and its feeds.

    Args:
        checked: The base.
        briefs: What is built, one for each brief and language.
        request: In which formats, on which paper, with what: places in templates are seen from its
            desk.
        templates: The folder whose templates go before the shipped ones, if any.
        earlier: Issued editions that the front page lists.
        mended: The fingerprints of editions that say otherwise than what was issued of them.
    """
    desk = request.base.parent
    words = words_of(desk)
    own = templates is not None and leads_to(templates) != shipped()
    jobs = page_jobs(checked, briefs, request, earlier=earlier, own_templates=own, own_words=words)
    files = _siblings(checked.base, briefs, request)
    feeds = _feeds(checked.base, briefs, files, words, mended)
    texts = _texts(briefs, request.formats, words)
    return Jobs(TemplateRunner(templates, desk, words), jobs, (*feeds, *texts))


def _feeds(
    base: FactBase, briefs: Sequence[Chosen], files: Siblings, words: Own, mended: Collection[str]
) -> Iterator[Artifact]:
    """What tells a reader of news that there is a brief, in each language."""
    editions = [brief.edition for brief in briefs]
    for language in files.languages:
        shown = read_in(language, editions)
        content = feed(base, shown, language, files=files, words=words, mended=mended)
        yield Artifact(files.feed_name(language), MEDIA_TYPE, content)


def _texts(briefs: Sequence[Chosen], formats: Sequence[str], words: Own) -> Iterator[Artifact]:
    """The briefs without pages, for an e-mail."""
    proofs = [kind for kind in ("html", "pdf") if kind in formats]
    for brief in briefs:
        for form in MEDIA_TYPES:
            if form in formats:
                files = [f"{brief.stem}.{kind}" for kind in proofs]
                content = plain(brief.edition, form, files, words)
                yield Artifact(f"{brief.stem}.{form}", MEDIA_TYPES[form], content)


def page_jobs(
    checked: CheckedBase,
    briefs: Sequence[Chosen],
    request: Request,
    *,
    earlier: Sequence[front.Earlier] = (),
    own_templates: bool = False,
    own_words: Own = (),
) -> dict[str, PageJob]:
    """The pages of a build, each as a job.

    Args:
        checked: The base.
        briefs: The briefs that are built, in all their languages.
        request: In which formats, on which paper and with what.
        earlier: Issued editions that the front page lists.
        own_templates: Whether templates of a desk's own go before the shipped ones.
        own_words: Its own words for pages, by language.

    Returns:
        By path; that of a page to become a PDF is the PDF's.
    """
    files = _siblings(checked.base, briefs, request)
    sheet = request.paper or checked.base.edition.paper
    jobs: dict[str, PageJob] = {}
    told_alike = _told_alike([brief.edition for brief in briefs])
    for brief in briefs:
        documents = tuple(_captured(checked, brief.edition)) if request.embed_sources else ()
        alternates = tuple(
            (other.spec.language, files.name_of(other, "html"))
            for other in told_alike[brief.edition.spec.brief]
        )
        job = BriefPage(
            brief.edition,
            "screen",
            _beside(files, brief),
            template=brief.template,
            alternates=alternates,
            paper=sheet,
        )
        own = own_templates or says_own(brief.edition.spec.language, dict(alternates), own_words)
        jobs |= _in_formats(
            job,
            Siblings(stems={brief.edition.id: brief.stem}),
            files,
            Carriage(own, documents),
            annex=request.annex,
        )
    return jobs | _around_them(checked, briefs, files, earlier)


def _in_formats(
    job: BriefPage, alone: Siblings, files: Siblings, carriage: Carriage, *, annex: bool
) -> dict[str, PageJob]:
    """The pages of a brief: that for a screen, and that of its PDF."""
    pages: dict[str, PageJob] = {}
    if files.html:
        pages[files.name_of(job.edition, "html")] = CarryingPage(job, carriage)
    if files.pdf:
        # On paper it is by itself: what else is built makes no other PDF.
        paper_job = replace(job, medium="print", files=alone, alternates=(), annex=annex)
        pages[files.name_of(job.edition, "pdf")] = CarryingPage(paper_job, carriage)
    return pages


def _around_them(
    checked: CheckedBase,
    briefs: Sequence[Chosen],
    files: Siblings,
    earlier: Sequence[front.Earlier],
) -> dict[str, PageJob]:
    """The pages of what briefs cite, and the front pages, in each language.

    What these tell of briefs they hold: another id of an edition makes no other page.
    """
    editions = tuple(brief.edition for brief in briefs)
    desk, plain_files = Desk.of(checked.base), replace(files, stems={})
    citing = _citing(editions) if files.html else {}
    pages: dict[str, PageJob] = {}
    for language in files.languages:
        for source, all_citing in citing.items():
            shown = read_in(language, all_citing)
            pages[files.source_name(source, language)] = SourcePage(
                desk=desk,
                source=checked.base.sources[source],
                document=checked.documents[source],
                uses=uses_of(source, shown, files),
                marking=of_source_page(desk.marking, checked.base.sources[source], shown),
                files=replace(plain_files, sources=frozenset((source,))),
                language=language,
            )
        overview = front.overview(desk, editions, files, language)
        pages[files.index_name(language)] = FrontPage(
            desk, overview, plain_files, language, tuple(earlier)
        )
    return pages


def _siblings(base: FactBase, briefs: Sequence[Chosen], request: Request) -> Siblings:
    editions, formats = [brief.edition for brief in briefs], request.formats
    return Siblings(
        html="html" in formats,
        pdf="pdf" in formats,
        index=True,
        sources=frozenset(_citing(editions) if "html" in formats else ()),
        stems={brief.edition.id: brief.stem for brief in briefs},
        languages=languages(base, editions),
        weeks=request.weeks,
    )


def _captured(checked: CheckedBase, edition: Edition) -> Iterator[CarriedDocument]:
    """The documents that a brief cites, as they were captured."""
    for name in sorted({citation.source.id for citation in edition.citations}):
        text = checked.documents[name].text
        digest = checked.base.sources[name].sha256
        # Of what was captured only a byte order mark is dropped when it is read.
        is_whole = sha256(text.encode()).hexdigest() == digest
        yield CarriedDocument(name, text if is_whole else "\ufeff" + text)


def _beside(files: Siblings, brief: Chosen) -> Siblings:
    """What stands beside one brief, as far as that links to it: its data tell of no other."""
    sources = files.sources & set(brief.edition.documents)
    return replace(files, sources=sources, stems={brief.edition.id: brief.stem})


def unknown_templates(
    briefs: Sequence[Chosen], templates: Path | None, desk: Path
) -> list[Diagnostic]:
    """`unknown-name` for each template that a brief asks for and that is none of a brief.

    Args:
        briefs: What is to be built.
        templates: A desk's own, if it has some.
        desk: Its folder.
    """
    environment = TemplateRunner(templates, desk, ()).environment()
    return [
        unknown
        for name in sorted({brief.template for brief in briefs})
        if (unknown := _unknown_template(environment, name)) is not None
    ]


def _unknown_template(environment: jinja2.Environment, name: str) -> Diagnostic | None:
    if not exists(environment, name):
        stems = {each.partition(".")[0]: each for each in brief_templates(environment)}
        near = nearest(name.partition(".")[0], stems)  # an ending in common makes none alike
        hint = (
            f"did you mean `{stems[near]}`?"
            if near is not None
            else "one of your own lies in the desk's templates/ or the folder of --templates, ends"
            " in `.html.j2`, and is named from there"
        )
        return diagnostic("unknown-name", f"there is no template `{name}`", None, hint)
    if not is_of_briefs(name):
        message = f"`{name}` is no template of a brief"
        named = ", ".join(f"`{each}`" for each in brief_templates(environment))
        hint = f"take {named}; one of your own has a name of its own that ends in `.html.j2`"
        return diagnostic("unknown-name", message, None, hint)
    return None


def labels(base: FactBase, briefs: Sequence[Chosen]) -> dict[str, Marking]:
    """The marking of each brief's files and of each source's page, by path."""
    editions = [brief.edition for brief in briefs]
    files = Siblings(languages=languages(base, editions))
    return {
        files.source_name(name, language): of_source_page(
            base.marking, base.sources[name], read_in(language, citing)
        )
        for name, citing in _citing(editions).items()
        for language in files.languages
    } | {f"{brief.stem}.{form}": brief.edition.marking for brief in briefs for form in FORMATS}


def languages(base: FactBase, editions: Iterable[Edition]) -> tuple[str, ...]:
    """The base's own language and each that a brief is in, in the order of the base."""
    built = {edition.spec.language for edition in editions}
    return tuple(code for code in base.languages if code == base.languages[0] or code in built)


def read_in(language: str, editions: Sequence[Edition]) -> tuple[Edition, ...]:
    """The briefs in one language; all, where none is."""
    alike = (edition for edition in editions if edition.spec.language == language)
    return tuple(alike) or tuple(editions)


def _citing(editions: Iterable[Edition]) -> dict[SourceId, list[Edition]]:
    """The briefs that rest on each source, by the id of the source."""
    citing = grouped((source, edition) for edition in editions for source in edition.documents)
    return dict(sorted(citing.items()))


def _told_alike(editions: Iterable[Edition]) -> dict[str, list[Edition]]:
    """The editions of each brief, one in each language that it is there in."""
    return grouped((edition.spec.brief, edition) for edition in editions)
