"""What is made of files of the program, kept in `__pycache__` beside what Python makes of modules.

Each version of Python has its own: whole files only, and nothing where Python may not write or is
told not to. But by content: what was made of other bytes, or by
other code, counts for nothing, and neither does what was damaged.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable
from hashlib import blake2b
from importlib.machinery import SourceFileLoader
from importlib.util import cache_from_source
from pathlib import Path
from types import CodeType
from typing import Any
from zlib import crc32

from briefings.core.overriding import override

_NOTHING = compile("", "", "exec")
_SEAL = 20  # bytes: 16 of a digest, and a checksum


def kept(
    path: Path, inputs: Iterable[bytes], make: Callable[[], object], *, anew: bool = False
) -> Any:
    """What `make` returns, or returned to an earlier process; None where nothing can be kept.

    Args:
        path: The file beside which it is kept; it need not be there.
        inputs: The bytes of all that decides on it, the code that makes it among them.
        make: Returns plain values only: texts, numbers, bytes, and tuples, sets and maps of such.
        anew: What an earlier process has made counts for nothing.
    """
    digest = blake2b(sys.version.encode(), digest_size=_SEAL - 4)
    for each in inputs:
        digest.update(b"%d " % len(each) + each)
    # A module of that name is kept without another ending before Python's own.
    named = path.with_name(f"{path.name}.kept")
    code = _Loader(named, digest.digest(), make, anew=anew).get_code(named.name)
    return code.co_consts[0] if code is not None else None


class _Loader(SourceFileLoader):
    """Python's loader of modules; by a seal behind what is kept instead of the module's time."""

    def __init__(
        self, path: Path, digest: bytes, make: Callable[[], object], *, anew: bool
    ) -> None:
        super().__init__(path.name, str(path))
        self._anew = anew
        self._digest = digest
        self._make = make

    @override
    def path_stats(self, path: str) -> dict[str, int]:
        """The time and size of any module."""
        del path
        return {"mtime": 0, "size": 0}

    @override
    def get_data(self, path: str) -> bytes:
        """What is kept, if its seal is whole and of the same inputs."""
        if path == self.path:
            return b""
        data = b"" if self._anew else super().get_data(path)
        if data[-_SEAL:] != self._seal(data[:-_SEAL]):
            raise OSError
        return data[:-_SEAL]

    @override
    def set_data(self, path: str, data: bytes, *, _mode: int = 0o666) -> None:  # type: ignore[override]
        """Keep it with its seal."""
        super().set_data(path, bytes(data) + self._seal(data), _mode=_mode)

    @override
    def source_to_code(  # type: ignore[override]
        self, data: bytes, path: str, *, _optimize: int = -1
    ) -> CodeType:
        """A module that does nothing, with what is made as its one constant."""
        del data
        return _NOTHING.replace(co_consts=(self._make() if _may_keep(path) else None,))

    def _seal(self, data: bytes) -> bytes:
        return self._digest + crc32(data).to_bytes(4)


def _may_keep(path: str) -> bool:
    """Whether Python keeps what it makes of a file: else it is not made for nothing."""
    folder = Path(cache_from_source(path)).parent
    parents = (folder, *folder.parents)
    there = next(filter(os.path.exists, parents))  # a path's own raises where it is too long
    return not sys.dont_write_bytecode and os.access(there, os.W_OK)
