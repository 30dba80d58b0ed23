"""A base read by what of it was read before, which is kept in the cache."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from briefings.core import files
from briefings.load.desk import Loaded, load
from briefings.load.piecewise import Memory
from briefings.output.program import verdict_digest
from briefings.output.store import RunStore, Store, key_of

if TYPE_CHECKING:
    from briefings.workers.pool import Executor


def load_cached(base: Path, cache: Path | None, helpers: Executor | None = None) -> Loaded:
    """Read the base at a path, but for those of its entries that were read before.

    Args:
        base: The base's own file.
        cache: Where it is kept what was read; None to read all.
        helpers: Who reads files of a large base of which nothing is known; None for nobody.
    """
    if cache is None and helpers is None:
        return load(base, memory=Memory(lambda _: None, None, waits=True))
    store = RunStore() if cache is None else Store(cache)

    last = memory_of(base, store)
    if helpers is not None:
        for path, content in _read_apart(base, last, helpers).items():
            store.put(_key(base, path), content)
    memory = Memory(last, lambda path, content: store.put(_key(base, path), content), waits=True)
    loaded = load(base, memory=memory)
    if not isinstance(store, Store):
        return loaded
    store.close()
    return replace(loaded, trouble=store.trouble)


def no_cache_in(folder: Path, desk: Path) -> str:
    """Why no cache may lie in `folder`, in one lower-case clause; empty if it may.

    It may not where files of the user's lie, or will.

    Args:
        folder: What was named for the cache.
        desk: The folder of the desk.
    """
    if name := files.kept_folder(desk, folder):
        return f"is, or is in, {name!r}, which the desk keeps for its own"
    home, leads = desk.resolve(), files.leads_to(folder)
    if leads.is_relative_to(home) or home.is_relative_to(leads):
        with suppress(OSError):  # it is not there, or can't be looked at, which a cache tells
            for name in files.names(leads):
                if not name.isdecimal():
                    return f"holds {name!r}, which no cache of ours wrote"
    return ""


def memory_of(base: Path, store: Store | RunStore) -> Callable[[str], bytes | None]:
    """What is known of each file of a base, by path."""
    return lambda path: store.get(_key(base, path))


def _read_apart(
    base: Path, last: Callable[[str], bytes | None], helpers: Executor
) -> dict[str, bytes]:
    """What others read of files of which nothing is known; nothing of a part that was given up."""
    from briefings.load.parallel import parts  # noqa: PLC0415 # of builds on a cluster alone
    from briefings.workers.agenda import long_work  # noqa: PLC0415 # as this
    from briefings.workers.pool import Failed  # noqa: PLC0415 # as this

    divided = parts(base)
    if divided is None:
        return {}
    apart, named = divided
    unknown = {
        name: part
        for name, part in named.items()
        if any(last(source.path) is None for source in part or apart.shared)
    }
    read: dict[str, bytes] = {}
    for _, answer in helpers.answers(unknown, apart, long_work()):
        if not isinstance(answer, Failed):
            read |= answer
    return read


def _key(base: Path, path: str) -> str:
    return key_of("entries", verdict_digest(), str(base.absolute()), path)
