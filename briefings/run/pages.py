"""Every page of a build, from its editions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path

from briefings.compose.snapshots import snapshot
from briefings.core.artifacts import Artifact
from briefings.core.diagnostics import Diagnostic, diagnostic
from briefings.core.edition import Edition
from briefings.core.marking import of_source_page
from briefings.core.model import CheckedBase, FactBase, Marking, PaperSize, SourceId
from briefings.core.names import suggestion
from briefings.core.snapshot import to_json
from briefings.plan.choose import Chosen
from briefings.plan.request import FORMATS, TEMPLATE
from briefings.render.html import front, page
from briefings.render.html.environment import PARTS, SUFFIX, exists, names
from briefings.render.html.feed import MEDIA_TYPE, feed
from briefings.run.produce import Jobs
from briefings.workers.templates import TemplateRunner


def pages(
    checked: CheckedBase,
    briefs: Sequence[Chosen],
    formats: Sequence[str],
    templates: Path | None,
    desk: Path = Path(),
    *,
    earlier: Sequence[front.Earlier] = (),
    weeks: str | None = None,
    paper: PaperSize | None = None,
) -> Jobs:
    """The pages of a build; templates in the folder `templates` go before the shipped ones.

    `earlier` are issued editions that the front page lists, `weeks` is the page that lists weeks.
    `paper` None means the sheet that the base says.
    """
    house = TemplateRunner(templates, desk)
    env = house.environment
    html, pdf = "html" in formats, "pdf" in formats
    editions = [brief.edition for brief in briefs]
    cited = sorted({source for edition in editions for source in edition.documents})
    files = page.Siblings(
        html=html,
        pdf=pdf,
        index=True,
        sources=frozenset(cited if html else ()),
        stems={brief.edition.id: brief.stem for brief in briefs},
        languages=languages(checked.base, editions),
        weeks=weeks,
    )
    wanted: dict[str, Callable[[], str]] = {}
    for brief in briefs:
        edition = brief.edition
        data = to_json(snapshot(edition))
        alike = told_alike(edition, editions)
        filler = partial(
            page.brief,
            env,
            edition,
            files=files,
            template=brief.template,
            data=data,
            paper=paper or checked.base.edition.paper,
            tongues=[(one.spec.language, files.name_of(one, "html")) for one in alike],
        )
        if html:
            wanted[files.name_of(edition, "html")] = partial(filler, medium="screen")
        if pdf:
            wanted[files.name_of(edition, "pdf")] = partial(filler, medium="print")
    for language in files.languages:
        for source in cited if html else ():
            wanted[files.source_name(source, language)] = partial(
                page.source_page,
                env,
                checked,
                checked.base.sources[source],
                read_in(language, citing(source, editions)),
                files=files,
                language=language,
            )
        wanted[files.index_name(language)] = partial(
            front.index,
            env,
            checked.base,
            editions,
            files=files,
            language=language,
            earlier=earlier,
        )
    feeds = (
        Artifact(
            files.feed_name(language),
            MEDIA_TYPE,
            feed(checked.base, read_in(language, editions), language, files=files),
        )
        for language in files.languages
    )
    return Jobs(house, wanted, tuple(feeds))


def unknown_templates(
    briefs: Sequence[Chosen], templates: Path | None, desk: Path
) -> list[Diagnostic]:
    """`unknown-name` for each template that a brief asks for and no folder has, or that is none."""
    env = TemplateRunner(templates, desk).environment
    known = [name for name in names(env) if name not in PARTS]
    found = []
    for name in sorted({brief.template for brief in briefs}):
        if name in PARTS or not name.endswith(SUFFIX):
            message = f"`{name}` is no template of a brief"
            hint = f"the name of one ends in {SUFFIX}, and it fills a whole page as {TEMPLATE} does"
        elif not exists(env, name):
            message = f"there is no template `{name}`"
            hint = "it has to lie in the folder of --templates, or in the desk's templates/"
        else:
            continue
        found.append(diagnostic("unknown-name", message, None, *suggestion(name, known), hint))
    return found


def labels(base: FactBase, briefs: Sequence[Chosen]) -> dict[str, Marking]:
    """The marking of each brief's files and of each source's page, by path."""
    editions = [brief.edition for brief in briefs]
    sources = {name for edition in editions for name in edition.documents}
    files = page.Siblings(languages=languages(base, editions))
    return {
        files.source_name(name, language): of_source_page(
            base, base.sources[name], read_in(language, citing(name, editions))
        )
        for name in sources
        for language in files.languages
    } | {f"{brief.stem}.{form}": brief.edition.marking for brief in briefs for form in FORMATS}


def languages(base: FactBase, editions: Iterable[Edition]) -> tuple[str, ...]:
    """The base's own language and each that a brief is in, in the order of the base."""
    built = {edition.spec.language for edition in editions}
    return tuple(code for code in base.languages if code == base.languages[0] or code in built)


def read_in(language: str, editions: Sequence[Edition]) -> tuple[Edition, ...]:
    """The briefs in one language; all, where none is."""
    return tuple(one for one in editions if one.spec.language == language) or tuple(editions)


def citing(source: SourceId, editions: Iterable[Edition]) -> tuple[Edition, ...]:
    """The briefs that rest on a source."""
    return tuple(one for one in editions if source in one.documents)


def told_alike(edition: Edition, editions: Iterable[Edition]) -> tuple[Edition, ...]:
    """The same brief in each language that it is there in, itself included."""
    return tuple(one for one in editions if one.spec.brief == edition.spec.brief)
