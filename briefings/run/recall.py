"""What a check of a base has read and come to, kept in the cache for the next check of it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from briefings.check.clearances import Clearances
from briefings.load.desk import Loaded, load
from briefings.load.piecewise import Memory
from briefings.output.store import Store, key_of
from briefings.run.program import program_digest


@dataclass(frozen=True, slots=True)
class Recall:
    """The clearances of the last check of a base, and where those of this one will lie."""

    store: Store
    key: str
    clearances: Clearances

    def keep(self) -> str:
        """Keep what this check came to.

        Returns:
            Why the cache can't be used, in one lower-case clause; empty if it can.

        """
        if self.clearances.now.keys() != self.clearances.last.keys():
            packed = json.dumps(self.clearances.now, separators=(",", ":"), sort_keys=True)
            self.store.put(self.key, packed.encode())
            self.store.close()
        return self.store.trouble


def recall(base: Path, cache: Path) -> Recall:
    """What is known of the base at a path; nothing where another program has checked it last."""
    store = Store(cache)
    key = _key("clearances", base)
    content = store.get(key)
    return Recall(store, key, Clearances(json.loads(content) if content is not None else {}))


def reread(base: Path, cache: Path | None) -> Loaded:
    """Read the base at a path, but for those of its entries that were read before.

    Args:
        base: The base's own file.
        cache: Where it is kept what was read; None to read all.

    """
    if cache is None:
        return load(base)
    store = Store(cache)
    memory = Memory(lambda path: store.get(_key("entries", base, path)))
    loaded = load(base, memory=memory)
    for path, content in memory.now.items():
        store.put(_key("entries", base, path), content)
    store.close()
    return loaded


def _key(what: str, base: Path, path: str = "") -> str:
    return key_of(what, program_digest(), str(base.absolute()), path)
