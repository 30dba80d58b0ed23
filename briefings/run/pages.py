"""Every page of a build, from its editions; and what the pages were made with."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from briefings.compose.record import snapshot
from briefings.core.diagnostics import Diagnostic, diagnostic
from briefings.core.model import CheckedBase, Paper
from briefings.core.names import suggestion
from briefings.core.snapshot import to_json
from briefings.render import front, page
from briefings.render.environment import exists, names
from briefings.render.feed import MEDIA_TYPE, feed
from briefings.run.choose import Chosen
from briefings.run.house import Fault, House
from briefings.run.manifest import Artifact
from briefings.run.tongues import citing, languages, read_in, told_alike

HTML = "text/html; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Pages:
    """The finished `screens`; the `sheets` that are to become PDFs, by the name of the PDF.

    `inputs` maps each template and font to its SHA-256, as `templates/…` wherever it was found.
    """

    screens: tuple[Artifact, ...]
    sheets: Mapping[str, str]
    inputs: Mapping[str, str]


def pages(
    checked: CheckedBase,
    briefs: Sequence[Chosen],
    formats: Sequence[str],
    templates: Path | None,
    desk: Path = Path(),
    *,
    earlier: Sequence[front.Earlier] = (),
    weeks: str | None = None,
    paper: Paper | None = None,
) -> Pages | Fault:
    """Fill the templates; those in the folder `templates` go before the shipped ones.

    `earlier` are issued editions that the front page lists, `weeks` is the page that lists weeks.
    `paper` None means the sheet that the base says.
    """
    house = House(templates, desk)
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
    made = house.fill(wanted)
    if isinstance(made, Fault):
        return made
    feeds = [
        Artifact(
            files.feed_name(language),
            MEDIA_TYPE,
            feed(checked.base, read_in(language, editions), language, files=files),
        )
        for language in files.languages
    ]
    return Pages(
        (
            *(
                Artifact(name, HTML, text.encode())
                for name, text in made.texts.items()
                if not name.endswith(".pdf")
            ),
            *feeds,
        ),
        {name: text for name, text in made.texts.items() if name.endswith(".pdf")},
        made.inputs,
    )


def unknown_templates(
    briefs: Sequence[Chosen], templates: Path | None, desk: Path
) -> list[Diagnostic]:
    """`unknown-name` for each template that a brief asks for and no folder has."""
    env = House(templates, desk).environment
    found = []
    for name in sorted({brief.template for brief in briefs}):
        if not exists(env, name):
            known = names(env)
            hints = suggestion(name, known) or (
                "it has to lie in the folder of --templates, or in the desk's templates/",
            )
            message = f"there is no template `{name}`"
            found.append(diagnostic("unknown-name", message, None, *hints))
    return found
