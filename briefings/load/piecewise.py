"""The trees of a base's files by pieces; what is known from before is not read again."""

from __future__ import annotations

import pickle
from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import suppress
from dataclasses import field
from functools import partial
from hashlib import blake2b

from briefings.core.diagnostics import Diagnostic
from briefings.core.groups import grouped
from briefings.core.limits import VALUES
from briefings.core.model import FactBase
from briefings.core.span import SourceText, Span
from briefings.core.values import dataclass
from briefings.load import cutting, shorthand
from briefings.load.cutting import BasePiece
from briefings.load.entries import sections_by_key
from briefings.load.entry_bytes import Damaged, KeptPiece, NotKept, packed, table, unpacked
from briefings.load.recalled import Noted, Place, Recalled, Waiting, piece_of
from briefings.load.yamltree import Mapping as MappingNode
from briefings.load.yamltree import Node, Scalar, Sequence, is_plain, parse_part


@dataclass(slots=True)
class Memory:
    """What is known of the files of a base, as bytes by desk-relative path.

    `last` gives what was handed to `put` when the base was read before; None for nothing. Only what
    has changed is handed there, a file at a time: of a large base nobody has room for all at once.
    Without a `put` nothing is made ready to be kept. `waits` tells that what is not known is read
    when its turn comes, as far as ids can be seen before.
    """

    last: Callable[[str], bytes | None]
    put: Callable[[str, bytes], object] | None = lambda _, __: None
    waits: bool = False


@dataclass(slots=True)
class Sheet:
    """A file in pieces: `head` is the tree of all else, `kept` and `read` what its pieces are.

    Of those that were read, `read` has how many entries and events they came to; their trees are
    in `roots` until `release`. Those that wait are in `waiting`, with the ids that were seen there.
    """

    source: SourceText
    cut: cutting.Cut
    head: MappingNode
    roots: dict[BasePiece, Sequence | MappingNode] = field(default_factory=dict)
    read: dict[BasePiece, tuple[int, int]] = field(default_factory=dict)
    kept: dict[BasePiece, KeptPiece] = field(default_factory=dict)
    waiting: dict[BasePiece, tuple[str, ...]] = field(default_factory=dict)
    contents: dict[bytes, bytes] = field(default_factory=dict)
    """What `kept` was read from, by the digest of each piece."""
    context: bytes = b""
    is_new: bool = False

    @property
    def values(self) -> int:
        """How many values its entries hold, lists and maps included."""
        kept = sum(each.events for each in self.kept.values())
        return kept + sum(events for _, events in self.read.values())


def sheet(source: SourceText, memory: Memory, first: bytes) -> Sheet | None:
    """A file by pieces, those recalled that are known; None for one that has to be read whole.

    Args:
        source: The file.
        memory: What is known of it.
        first: The context of the base's own file, on which the entries of all files hang.
    """
    cut = cutting.cut(source.text, {key: each.is_list for key, each in sections_by_key().items()})
    if cut is None or not all(is_plain(source.text[start:end]) for start, end in cut.gaps):
        return None
    entries: list[tuple[Scalar, Node]] = []
    for start, end in cut.heads:
        part = parse_part(source, start, end)
        if part is None or not isinstance(part[0], MappingNode):
            return None
        entries += part[0].entries
    keys = [*(key.value for key, _ in entries), *(key for key, _ in cut.keys)]
    if len(set(keys)) < len(keys):
        return None
    head = MappingNode(tuple(entries), Span(source.path, 0, len(source.text)))
    sheet = Sheet(source, cut, head)
    sheet.context = context(source, sheet, first)
    return sheet if _recall(sheet, memory) else None


def context(source: SourceText, sheet: Sheet | None, first: bytes) -> bytes:
    """A digest of what the entries of a file hang on beside each other: all that is no entry.

    Args:
        source: The file.
        sheet: The same by pieces, if it can be read so.
        first: The context of the base's own file.
    """
    heads = ((0, len(source.text)),) if sheet is None else sheet.cut.heads
    digest = blake2b(first, digest_size=16)
    for start, end in heads:
        content = source.text[start:end].encode("utf-8", "surrogatepass")
        digest.update(f"{len(content)}\n".encode() + content)
    return digest.digest()


def _recall(sheet: Sheet, memory: Memory) -> bool:
    """Recall the pieces of a file that are known and read the others; whether all can be read."""
    content = memory.last(sheet.source.path)
    known: dict[bytes, bytes] = {}
    room = VALUES.most // 2  # of what is beyond it, whoever reads the whole tells the place
    with suppress(Damaged):
        known = table(content) if content is not None else {}
    for piece in sheet.cut.pieces:
        key = _key(piece, sheet.context)
        with suppress(Damaged):
            if (held := known.get(key)) is not None:
                sheet.kept[piece] = unpacked(held, sheet.source.path, piece.start)
                sheet.contents[key] = held
        if piece in sheet.kept:
            room -= sheet.kept[piece].events
        elif memory.waits and (ids := _ids_seen(sheet, piece)) is not None:
            sheet.waiting[piece] = ids
        elif read(sheet, piece):
            room -= sheet.read[piece][1]
        else:
            return False
        if room < 0:
            return False
    sheet.is_new = len(known) != len(sheet.contents)
    return _is_each_key_once(sheet)


def _ids_seen(sheet: Sheet, piece: BasePiece) -> tuple[str, ...] | None:
    is_list = sections_by_key()[piece.section].is_list
    return cutting.ids(sheet.source.text, piece) if is_list else None


def read(sheet: Sheet, piece: BasePiece) -> bool:
    """Read a piece from its text, whatever is known of it; whether it can be read by itself."""
    sheet.kept.pop(piece, None)
    root = taken(sheet, piece)
    if root is None:
        return False
    sheet.roots[piece] = root
    return True


def taken(sheet: Sheet, piece: BasePiece) -> Sequence | MappingNode | None:
    """The tree of a piece, which is held nowhere; None if it can't be read by itself."""
    part = parse_part(sheet.source, piece.start, piece.end)
    if part is None or isinstance(part[0], Scalar):
        return None
    if isinstance(part[0], Sequence) is not sections_by_key()[piece.section].is_list:
        return None
    root, section = part[0], sections_by_key()[piece.section]
    items = root.items if isinstance(root, Sequence) else ()
    entries = root.entries if isinstance(root, MappingNode) else ()
    count = shorthand.count(section, items) if section.is_list else len(entries)
    sheet.read[piece] = count, part[1]
    return root


def release(sheet: Sheet) -> None:
    """Let go the trees of a file, which are ten times as large as what becomes of them."""
    sheet.roots.clear()


def tree(sheet: Sheet) -> Node:
    """The tree of a file without what is known of it."""
    path, entries = sheet.source.path, list(sheet.head.entries)
    for key, start in sheet.cut.keys:
        pieces = [piece for piece in sheet.roots if piece.section == key]
        if not pieces:
            continue
        place = Span(path, min(each.start for each in pieces), max(each.end for each in pieces))
        roots = [sheet.roots[piece] for piece in sorted(pieces, key=lambda each: each.start)]
        whole: Node = MappingNode(
            tuple(pair for root in roots if isinstance(root, MappingNode) for pair in root.entries),
            place,
        )
        if sections_by_key()[key].is_list:
            items = (root.items for root in roots if isinstance(root, Sequence))
            whole = Sequence(tuple(item for each in items for item in each), place)
        entries.append((Scalar(key, path, start, start + len(key)), whole))
    entries.sort(key=lambda entry: entry[0].span.start)
    return MappingNode(tuple(entries), sheet.head.span)


def known(sheets: Iterable[Sheet]) -> dict[Place, KeptPiece]:
    """What is known of all files."""
    return {(each.source.path, piece): kept for each in sheets for piece, kept in each.kept.items()}


def waiting(sheets: Iterable[Sheet]) -> dict[Place, Waiting]:
    """What is read of all files when its turn comes."""
    return {
        (each.source.path, piece): Waiting(ids, partial(taken, each, piece))
        for each in sheets
        for piece, ids in each.waiting.items()
    }


def keep(
    sheets: Collection[Sheet],
    memory: Memory,
    base: FactBase | None,
    recalled: Recalled,
    mistakes: Iterable[Diagnostic],
) -> dict[Span, str]:
    """Hand what was read to `memory`, where there was no mistake in it.

    Args:
        sheets: The files of the base.
        memory: What the next check finds.
        base: The base; None, if its head could not be read, keeps nothing.
        recalled: The entries that were read, as they were noted.
        mistakes: All that are in the files; a piece of a file that holds one is not kept.

    Returns:
        The digests of what entries say, by the place of the id of each.
    """
    if base is None or memory.put is None:
        return {}
    answers = grouped(((answer.section, answer.entry), answer) for answer in base.acceptances)
    located = {each.source.path: _Located(each) for each in sheets}
    noted = _by_piece(recalled, located)
    wrong = {
        located[mistake.span.path].at(mistake.span.start)
        for mistake in mistakes
        if mistake.span is not None and mistake.span.path in located
    }
    digests: dict[Span, str] = {}
    for sheet in sheets:
        path = sheet.source.path
        for piece, (count, events) in sheet.read.items():
            entries = noted.pop((path, piece), {})
            if (path, piece) in wrong or len(entries) < count:
                continue
            section = sections_by_key()[piece.section].name
            own = {name: tuple(answers.get((section, name), ())) for name in entries}
            kept = piece_of(piece.section, entries, recalled.terms, own, events)
            with suppress(NotKept):
                content = packed(kept, path, piece.start, piece.end)
                sheet.contents[_key(piece, sheet.context)] = content
                sheet.is_new = True
            digests.update((each.place, each.digest) for each in kept.entries)
        for kept in sheet.kept.values():
            digests.update((each.place, each.digest) for each in kept.entries)
        if sheet.is_new:
            memory.put(path, pickle.dumps(sheet.contents, pickle.HIGHEST_PROTOCOL))
        sheet.contents.clear()  # of a large base, it would be in memory twice
    return digests


def _by_piece(recalled: Recalled, located: Mapping[str, _Located]) -> dict[Place, dict[str, Noted]]:
    """The entries that were read, by piece and id; they are let go piece by piece from here."""
    noted: dict[Place, dict[str, Noted]] = {}
    for (_, name), entry in recalled.noted.items():
        if (pieces := located.get(entry.place.path)) is None:
            continue
        path, piece = pieces.at(entry.place.start)
        # A section between brackets is part of the head: its entries are in no piece.
        if piece.start <= entry.place.start < piece.end:
            noted.setdefault((path, piece), {})[name] = entry
    recalled.noted.clear()
    return noted


class _Located:
    """Tells in which piece of a file a place is."""

    def __init__(self, sheet: Sheet) -> None:
        self.path, self.pieces = sheet.source.path, sheet.cut.pieces
        self.starts = [piece.start for piece in self.pieces]

    def at(self, index: int) -> Place:
        """The piece at a place, or the last one before it; the first if there is none."""
        return self.path, self.pieces[max(0, bisect_right(self.starts, index) - 1)]


def _is_each_key_once(sheet: Sheet) -> bool:
    """Whether no id stands twice in a section that is a map: the second would be left out."""
    keys: set[tuple[str, str]] = set()
    count = 0
    for piece, root in sheet.roots.items():
        if isinstance(root, MappingNode):
            keys.update((piece.section, key.value) for key, _ in root.entries)
            count += len(root.entries)
    for piece, kept in sheet.kept.items():
        if not sections_by_key()[piece.section].is_list:
            keys.update((piece.section, each.id) for each in kept.entries)
            count += len(kept.entries)
    return len(keys) == count


def _key(piece: BasePiece, context: bytes) -> bytes:
    return blake2b(context + piece.digest, digest_size=16).digest()
