"""What is confirmed of lost quotes, put in their place."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from briefings.authoring.draft import Draft, OpenDesk, content, draft
from briefings.authoring.lost_quotes import LostQuote
from briefings.core.characters import in_a_line
from briefings.core.span import Span
from briefings.edit.rewrite import Rewrite, rewritten


def repaired(desk: OpenDesk, confirmed: Iterable[LostQuote]) -> Draft:
    """The files of the desk with what was confirmed, and what the check says of them.

    Raises:
        Refused: With status 1: a file has changed since it was read.

    """
    by_file: dict[str, list[Rewrite]] = {}
    for quote in confirmed:
        for rewrite in quote.rewrites:
            by_file.setdefault(rewrite.span.path, []).append(rewrite)
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
    folder = desk.path.parent
    lines = [
        f"{_place(desk, quote.span, folder)}: {quote.fact}, quote {quote.index + 1}: {quote.why}"
    ]
    if quote.rewrites and quote.place is not None:
        lines += [
            f"  - {quote.old}",
            f"  + {quote.new}",
            f"    {_place(desk, quote.place, folder)}",
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
    done = set(written)
    return {
        "lost": [
            {
                "fact": each.fact,
                "index": each.index,
                "place": _place(desk, each.span, desk.path.parent),
                "old": each.old,
                "new": each.new if each.rewrites else None,
                "why": each.why,
                "passage": _place(desk, each.place, desk.path.parent) if each.place else None,
                "repaired": each in done,
            }
            for each in quotes
        ]
    }


def _place(desk: OpenDesk, span: Span, folder: Path) -> str:
    at = desk.loaded.texts[span.path].position(span.start)
    return f"{(folder / span.path).as_posix()}:{at.line}:{at.column}"
