"""A base read by what of it was read before, which is kept in the cache."""

from __future__ import annotations

from pathlib import Path

from briefings.load.desk import Loaded, load
from briefings.load.piecewise import Memory
from briefings.output.store import Store, key_of
from briefings.run.program import program_digest


def reread(base: Path, cache: Path | None) -> Loaded:
    """Read the base at a path, but for those of its entries that were read before.

    Args:
        base: The base's own file.
        cache: Where it is kept what was read; None to read all.

    """
    if cache is None:
        return load(base)
    store = Store(cache)
    memory = Memory(lambda path: store.get(_key(base, path)))
    loaded = load(base, memory=memory)
    for path, content in memory.now.items():
        store.put(_key(base, path), content)
    store.close()
    return loaded


def _key(base: Path, path: str) -> str:
    return key_of("entries", program_digest(), str(base.absolute()), path)
