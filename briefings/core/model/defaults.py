"""What a file or a source says once for all its entries."""

from __future__ import annotations

from typing import Annotated

from briefings.core.fields import Doc
from briefings.core.model.texts import Language
from briefings.core.model.vocabulary import ActorId, Credibility, FactKind, TopicId, Voice
from briefings.core.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Defaults:
    """Fields of sources, facts and evidence that hold wherever an entry has none of its own.

    Those of a source hold for what cites it, before those of the file.
    """

    kind: Annotated[FactKind | None, Doc("of facts")] = None
    topics: Annotated[tuple[TopicId, ...], Doc("of facts")] = ()
    credibility: Annotated[Credibility | None, Doc("of facts")] = None
    by: Annotated[ActorId | Voice, Doc("of evidence")] = Voice.OUTLET
    translator: Annotated[str | None, Doc("of evidence that has a `translation`")] = None
    language: Annotated[Language, Doc("of sources, where it stands for a file")] = ""
