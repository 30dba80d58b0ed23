"""Shipped templates, compiled once: Python keeps its own bytecode in the same folder.

To compile those of one brief takes longer than to fill them. Python's rules hold: nothing is kept
where it may not write, or is told not to, and what was made of another text counts for nothing.
Templates of a desk are not kept, since what they hold is the desk's.
"""

from __future__ import annotations

import sys
from contextlib import suppress
from functools import lru_cache
from hashlib import sha256
from importlib.util import cache_from_source
from pathlib import Path

import jinja2
from jinja2.bccache import Bucket, FileSystemBytecodeCache

from briefings.core import files
from briefings.core.overriding import override


def kept_bytecode(shipped: Path) -> FileSystemBytecodeCache:
    """What an environment keeps of the templates in the folder `shipped`, and of no others."""
    return _Kept(shipped)


class _Kept(FileSystemBytecodeCache):
    def __init__(self, shipped: Path) -> None:
        super().__init__(str(Path(cache_from_source(__file__)).parent), "template-%s.cache")
        self._shipped = shipped

    @override
    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """Empty for a template that is not kept."""
        if filename is None or not Path(filename).resolve().is_relative_to(self._shipped):
            return ""
        return sha256(f"{name} {filename}".encode()).hexdigest()

    @override
    def get_source_checksum(self, source: str) -> str:
        """A checksum of what decides on the bytecode: Jinja reads it where this is the same."""
        return sha256(f"{_compiler()} {source}".encode()).hexdigest()

    @override
    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key:
            with suppress(OSError):  # Jinja expects some of them only: no folder where one is named
                super().load_bytecode(bucket)

    @override
    def dump_bytecode(self, bucket: Bucket) -> None:
        if bucket.key and not sys.dont_write_bytecode:
            with suppress(OSError):  # as Python itself: the next run compiles it again
                super().dump_bytecode(bucket)


@lru_cache(maxsize=1)
def _compiler() -> str:
    """What decides on the bytecode beside the text: Jinja, and how we have it compile."""
    policy = files.own(Path(__file__).parent, "sandbox.py")
    return f"{jinja2.__version__} {sha256(policy).hexdigest()}"
