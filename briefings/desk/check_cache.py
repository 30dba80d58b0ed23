"""What a check of a base came to, kept in the cache for the next check of it."""

from __future__ import annotations

import json
from pathlib import Path

from briefings.check.clearances import Clearances
from briefings.core.values import dataclass
from briefings.output.program import verdict_digest
from briefings.output.store import Store, key_of


@dataclass(frozen=True, slots=True)
class CheckCache:
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


def check_cache(base: Path, cache: Path) -> CheckCache:
    """What is known of the base at a path; nothing where another program has checked it last."""
    store = Store(cache)
    key = key_of("clearances", verdict_digest(), str(base.absolute()))
    content = store.get(key)
    return CheckCache(store, key, Clearances(json.loads(content) if content is not None else {}))
