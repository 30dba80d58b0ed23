"""A check in numbers, as its last lines tell it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from briefings.check.translations import KINDS, TranslationCoverage, coverage
from briefings.core.values import dataclass
from briefings.desk.checked import Checked


@dataclass(frozen=True, slots=True)
class Tally:
    """What was counted in a check, by what it is: each number is a sum over entries.

    `languages` are those of a base without an error, and none of one with; `guessed` are the
    sources with guesses of capture that nobody has confirmed, each with the keys of these.
    """

    languages: tuple[str, ...]
    guessed: tuple[tuple[str, tuple[str, ...]], ...]
    quotes: Mapping[str, int]
    accepted: int
    taken: Mapping[str, int]
    unchecked: Mapping[tuple[str, str], int]
    covered: Mapping[tuple[str, str, str], int]

    def coverage(self, language: str) -> tuple[TranslationCoverage, ...]:
        """What there is for readers of a language, of each kind of text."""
        counts: dict[str, dict[str, int]] = {kind: {} for kind in KINDS}
        for (reader, kind, code), count in sorted(self.covered.items()):
            if reader == language:
                counts[kind][code] = count
        return tuple(TranslationCoverage(kind, each) for kind, each in counts.items() if each)

    def with_other(self, before: Tally, now: Tally) -> Tally:
        """The tally of the whole, once a part that came to `before` comes to `now`."""

        def changed(field: str) -> dict[object, int]:
            counts = Counter(getattr(self, field))
            counts.update(getattr(now, field))
            counts.subtract(getattr(before, field))
            return {each: count for each, count in counts.items() if count}

        counts: dict[str, dict[object, int]] = {
            field: changed(field) for field in ("quotes", "taken", "unchecked", "covered")
        }
        accepted = self.accepted + now.accepted - before.accepted
        return Tally(self.languages, self.guessed, accepted=accepted, **counts)  # type: ignore[arg-type] # keys as in each field


def tally(checked: Checked) -> Tally:
    """What a check came to."""
    base = checked.checked.base if checked.checked is not None else None
    taken = Counter(
        what
        for each in checked.taken
        for what, names in (("actors", each.actors), ("places", each.places))
        if names
    )
    return Tally(
        languages=base.languages if base is not None else (),
        guessed=tuple(
            (source.id, source.to_confirm)
            for source in (base.sources.values() if base is not None else ())
            if source.to_confirm
        ),
        quotes=Counter(each.outcome.value for each in checked.quotes),
        accepted=len(checked.accepted),
        taken=taken,
        unchecked={(each.rule, each.language): each.count for each in checked.unchecked},
        covered={
            (language, texts.kind, code): count
            for language, kinds in (coverage(base) if base is not None else {}).items()
            for texts in kinds
            for code, count in texts.counts.items()
        },
    )
