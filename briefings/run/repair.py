"""What is confirmed of lost quotes, put in their place."""

from __future__ import annotations

from collections.abc import Iterable

from briefings.authoring.draft import Draft, OpenDesk, content, draft
from briefings.authoring.lost_quotes import LostQuote
from briefings.core.characters import in_a_line
from briefings.core.diagnostics import location_from
from briefings.core.groups import grouped
from briefings.edit.rewrite import rewritten


def repaired(desk: OpenDesk, confirmed: Iterable[LostQuote]) -> Draft:
    """The files of the desk with what was confirmed, and what the check says of them.

    Raises:
        Refused: With status 1: a file has changed since it was read.
    """
    by_file = grouped(
        (rewrite.span.path, rewrite) for quote in confirmed for rewrite in quote.rewrites
    )
    texts = {
        file: rewritten(content(desk.loaded, file).decode("utf-8-sig"), rewrites)
        for file, rewrites in by_file.items()
    }
    return draft(desk, texts)


def still_lost(mended: Draft, confirmed: Iterable[LostQuote]) -> tuple[LostQuote, ...]:
    """The confirmed quotes that the check would still not find."""
    passed = {(each.fact, each.index) for each in mended.checked.quotes if each.outcome.passes}
    return tuple(each for each in confirmed if (each.fact, each.index) not in passed)


def as_text(desk: OpenDesk, quote: LostQuote) -> str:
    """A lost quote for people: its place, and the difference as `diff` shows it."""
    folder, texts = desk.path.parent, desk.loaded.texts
    place = location_from(folder, quote.span, texts)
    lines = [f"{place}: {quote.fact}, quote {quote.index + 1}: {quote.why}"]
    if quote.rewrites and quote.place is not None:
        lines += [
            f"  - {quote.old}",
            f"  + {quote.new}",
            f"    {location_from(folder, quote.place, texts)}",
        ]
    return "\n".join(map(in_a_line, lines))


def as_object(
    desk: OpenDesk, quotes: Iterable[LostQuote], written: Iterable[LostQuote]
) -> dict[str, object]:
    """All of them for machines.

    Args:
        desk: The open desk.
        quotes: Those that are lost.
        written: Those of them that have been put right.
    """
    done, folder, texts = set(written), desk.path.parent, desk.loaded.texts
    return {
        "lost": [
            {
                "fact": each.fact,
                "index": each.index,
                "place": location_from(folder, each.span, texts),
                "old": each.old,
                "new": each.new if each.rewrites else None,
                "why": each.why,
                "passage": location_from(folder, each.place, texts) if each.place else None,
                "repaired": each in done,
            }
            for each in quotes
        ]
    }
