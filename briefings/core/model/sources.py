"""Sources: the documents as they were captured."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from briefings.core.edtf import Edtf
from briefings.core.fields import At, Doc, Grammar, Rule
from briefings.core.model.defaults import Defaults
from briefings.core.model.texts import Language, LocalText, OwnMarking
from briefings.core.model.vocabulary import Marking, ParagraphStyle, Reliability, SourceId
from briefings.core.span import Span
from briefings.core.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Retraction:
    """A source that its publisher took back, or that the desk no longer trusts, from day `on`."""

    on: Annotated[date, Doc("no edition from this day on cites the source")]
    why: Annotated[LocalText, Doc("why it no longer counts")]
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A document as it was captured. `file` is relative to the desk; `sha256` is lower-case hex.

    `publisher` is None where it is unknown; `origin` None where independence cannot be shown.
    """

    id: SourceId
    file: Annotated[
        str,
        Grammar.WORD,
        Doc("path of the captured text (UTF-8), inside the desk; no links are followed"),
    ]
    sha256: Annotated[
        str,
        Grammar.SHA256,
        Doc("of the file's bytes, in hexadecimal; a document that has changed proves nothing"),
    ]
    title: Annotated[str, Doc("the document's own title, or its first words")]
    publisher: Annotated[LocalText | None, Doc("name, in one or more languages, or `unknown`")]
    publisher_basis: Annotated[
        LocalText | None, Doc("how the publisher is known, or why it is not")
    ] = None
    origin: Annotated[
        str | None,
        Grammar.ID,
        Doc(
            "slug of the body whose reporting this is, or `unknown` (default). Two sources of one "
            "origin do not corroborate each other, nor does one whose origin is unknown"
        ),
    ] = None
    published: Annotated[
        Edtf,
        Doc(
            "when it was published; where the document does not say, its bounds as an interval. "
            "The later bound is the day from which it counts as known"
        ),
    ]
    published_basis: Annotated[
        LocalText | None, Doc("the reasoning; where only general knowledge dates it, say so")
    ] = None
    retrieved: Annotated[
        date | None,
        Doc(
            "when it was captured; earlier than the later bound of `published`, it is when it was "
            "known"
        ),
    ] = None
    language: Annotated[Language, Doc("language of the document")]
    reliability: Annotated[Reliability, Doc("NATO Admiralty grade; `F` cannot be judged")] = (
        Reliability.F
    )
    reliability_basis: Annotated[LocalText | None, Doc("why")] = None
    descriptor: Annotated[
        LocalText | None,
        Doc("ICD 206 source descriptor: what kind of source it is, its access, its interests"),
    ] = None
    marking: OwnMarking = Marking.CLEAR
    author: Annotated[str | None, Doc("who wrote it, as the document says")] = None
    original: Annotated[
        str | None,
        Grammar.WORD,
        Doc("path of what the document was captured from, such as a page or a PDF, if it is kept"),
    ] = None
    original_sha256: Annotated[
        str | None, Grammar.SHA256, Doc("of that file's bytes, in hexadecimal")
    ] = None
    to_confirm: Annotated[
        tuple[str, ...],
        Doc(
            "fields that `briefings capture` guessed and nobody has looked at yet; `check` counts "
            "them, and who has looked takes them out by `briefings confirm`"
        ),
    ] = ()
    url: Annotated[str | None, Grammar.URL, Doc("http or https")] = None
    paragraphs: Annotated[
        ParagraphStyle, Doc("`lines`: each line is a paragraph; `blocks`: an empty line ends one")
    ] = ParagraphStyle.LINES
    retracted: Annotated[
        Retraction | None,
        Rule.WHOLE,
        Doc(
            "its publisher took it back, or the desk no longer trusts it; every fact that rests on "
            "it has to be withdrawn by then"
        ),
    ] = None
    defaults: Annotated[
        Defaults | None,
        Doc("what holds for all facts and evidence that rest on it and do not say otherwise"),
    ] = None
    span: Span
    file_span: Annotated[Span, At("file")]
    sha256_span: Annotated[Span, At("sha256")]
    original_span: Annotated[Span, At("original_sha256", "original")]
