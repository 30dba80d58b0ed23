"""A check that reported nothing, and what of it still stands once some facts were edited.

Whatever a rule reports rests on entries that name each other: on a fact, what it cites, what names
it, and what else these name. So where nothing was reported of a whole base, and nothing is of the
edited facts with all that they hang together with, nothing would be of the whole. A desk of just
these is read and checked as any desk is. Where that reports anything, or something else was edited,
nothing is said here, and all is to be checked.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from briefings.core import files
from briefings.core.limits import ALL_VALUES, BASE, COMMENTS, DOCUMENT, FILE, VALUES
from briefings.core.span import SourceText
from briefings.core.values import dataclass
from briefings.desk.checked import Checked, check_loaded
from briefings.desk.read_cache import memory_of
from briefings.desk.tally import Tally, tally
from briefings.load.desk import Loaded, comments, load
from briefings.load.entries import sections_by_key
from briefings.load.piecewise import Memory
from briefings.load.related import FACTS, WHOLE, Edit, Related, edit_of, parted
from briefings.output.program import verdict_digest
from briefings.output.store import Store, key_of
from briefings.plan.resolve import named_by_what_they_tell


@dataclass(frozen=True, slots=True)
class SoundCheck:
    """What is kept of a check that reported nothing.

    `reads` are the SHA-256 of each file that was read, `values` how many values each file of the
    base holds, `parted` the sections of it that can be parted, all by path; `ids` are by section.
    """

    reads: Mapping[str, str]
    values: Mapping[str, int]
    parted: Mapping[str, tuple[str, ...]]
    ids: Mapping[str, tuple[str, ...]]
    tally: Tally


def keep(checked: Checked, loaded: Loaded, path: Path, store: Store) -> None:
    """Keep what a check came to, if it reported nothing.

    Args:
        checked: The whole check.
        loaded: What was read for it.
        path: The base's own file.
        store: Where it is kept.
    """
    base = checked.checked.base if checked.checked is not None else None
    if base is None or checked.diagnostics or named_by_what_they_tell(base):
        return
    standing = SoundCheck(
        checked.reads,
        loaded.values,
        {each: parted(loaded.texts[each], base) for each in loaded.values},
        {key: tuple(getattr(base, each.name)) for key, each in sections_by_key().items()},
        tally(checked),
    )
    for each in loaded.values:
        if store.get(_text_key(checked.reads[each])) is None:
            store.put(_text_key(checked.reads[each]), loaded.texts[each].text.encode())
    store.put(_key(path), _packed(standing))


def tally_by_now(path: Path, store: Store) -> Tally | None:
    """What a check would come to by now, if it would report nothing; None where that isn't known.

    Args:
        path: The base's own file.
        store: Where it is kept what the last check came to.
    """
    content = store.get(_key(path))
    if content is None:
        return None
    known = _unpacked(content)
    if not any(FACTS in sections for sections in known.parted.values()):
        return None
    contents = _contents(path.parent, known)
    if contents is None:
        return None
    try:
        texts = {each: content.decode("utf-8-sig") for each, content in contents.items()}
    except UnicodeDecodeError:
        return None
    reads = {**known.reads, **{each: _digest(content) for each, content in contents.items()}}
    edits = _edits(texts, reads, known, store)
    if edits is None:
        return None
    values = {
        each: count + (edits[each].more if each in edits else 0)
        for each, count in known.values.items()
    }
    # Half as many as there may be, since they are counted otherwise where a file is read whole.
    if max(values.values()) > VALUES.most // 2 or sum(values.values()) > ALL_VALUES.most // 2:
        return None
    now = _held(path, store, replace(known, reads=reads, values=values), texts, edits)
    if now is not None and edits:
        for each in edits:
            store.put(_text_key(reads[each]), texts[each].encode())
        store.put(_key(path), _packed(now))
        store.close()
    return now.tally if now is not None else None


def _edits(
    texts: Mapping[str, str], reads: Mapping[str, str], known: SoundCheck, store: Store
) -> dict[str, Edit] | None:
    """What has changed in each file that is not what it was; None if more than facts has."""
    edits: dict[str, Edit] = {}
    for each, text in texts.items():
        if reads[each] == known.reads[each]:
            continue
        old = store.get(_text_key(known.reads[each]))
        if old is None:
            return None
        edit = edit_of(SourceText(each, text), old.decode(), known.parted[each])
        if edit is None:
            return None
        edits[each] = edit
    return edits


def _contents(root: Path, known: SoundCheck) -> dict[str, bytes] | None:
    """The files of the base; None if any other file that it rests on is not what it was."""
    contents: dict[str, bytes] = {}
    for path, digest in known.reads.items():
        is_base = path in known.values
        content = files.if_there(root, path, FILE if is_base else DOCUMENT)
        if content is None:
            return None
        if is_base:
            contents[path] = content
        elif _digest(content) != digest:
            return None
    is_all = sum(map(len, contents.values())) <= BASE.most
    is_all = is_all and sum(map(comments, contents.values())) <= COMMENTS.most
    return contents if is_all else None


def _held(
    path: Path, store: Store, known: SoundCheck, texts: Mapping[str, str], edits: Mapping[str, Edit]
) -> SoundCheck | None:
    """What stands once the edited facts were held against all that they hang together with."""
    related = Related(texts, edits, known.parted, known.ids)
    last = memory_of(path, store)
    whole = {each for each, sections in known.parted.items() if not WHOLE.isdisjoint(sections)}
    checks: list[tuple[Checked, set[str]]] = []
    for drafts in related.before_and_now():
        memory = Memory(lambda each: last(each) if each in whole else None)
        loaded = load(path, drafts, memory)
        is_same = known.values.keys() <= loaded.reads.keys() <= known.reads.keys()
        if not is_same or loaded.base is None or loaded.diagnostics:
            return None
        standing = frozenset({*known.ids[FACTS], *loaded.base.facts})
        checked = check_loaded(replace(loaded, standing=standing))
        if checked.checked is None or checked.diagnostics:
            return None
        checks.append((checked, set(loaded.base.facts)))
    (before, gone), (now, come) = checks
    others = set(known.ids[FACTS]) - gone
    if not gone <= set(known.ids[FACTS]) or come & others:
        return None
    return replace(
        known,
        ids={**known.ids, FACTS: tuple(sorted(others | come))},
        tally=known.tally.with_other(tally(before), tally(now)),
    )


def _digest(content: bytes) -> str:
    return sha256(content).hexdigest()


def _key(path: Path) -> str:
    return key_of("standing", verdict_digest(), str(path.absolute()))


def _text_key(digest: str) -> str:
    return key_of("text", digest)


def _packed(standing: SoundCheck) -> bytes:
    told = standing.tally
    lists = [
        [[*key, count] for key, count in each.items()] for each in (told.unchecked, told.covered)
    ]
    counts = [told.languages, told.guessed, told.quotes, told.accepted, told.taken, *lists]
    own = [standing.reads, standing.values, standing.parted, standing.ids]
    return json.dumps([own, counts], separators=(",", ":")).encode()


def _unpacked(content: bytes) -> SoundCheck:
    own, counts = json.loads(content)
    reads, values, sections, ids = own
    languages, guessed, quotes, accepted, taken, unchecked, covered = counts
    told = Tally(
        languages=tuple(languages),
        guessed=tuple((source, tuple(keys)) for source, keys in guessed),
        quotes=quotes,
        accepted=accepted,
        taken=taken,
        unchecked={(rule, language): count for rule, language, count in unchecked},
        covered={(reader, kind, code): count for reader, kind, code, count in covered},
    )
    return SoundCheck(reads, values, sections, ids, told)
