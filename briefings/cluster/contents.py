"""Values as bytes in which what is large and shared stands by its digest, and back.

So it travels once to each machine, however many tasks go by it. What is read back was pickled by
another machine of the cluster, which is trusted as this one is.
"""

from __future__ import annotations

import io
import pickle
from collections.abc import Iterable, Mapping
from dataclasses import field
from hashlib import sha256
from pathlib import Path
from typing import Any

from briefings.core import files
from briefings.core.edition import Edition
from briefings.core.model import Document, FactBase
from briefings.core.overriding import override
from briefings.core.values import dataclass
from briefings.render.html.environment import shipped
from briefings.scan.scan import Search

_SHARED = (Document, Edition, FactBase, Search)
_SHIPPED = ""


class NotSendable(Exception):
    """A value that rests on files which can't be sent; the message says why."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """A value as bytes; `needs` are the digests of all other contents that it is made with."""

    data: bytes
    needs: frozenset[str]


@dataclass(slots=True)
class Packer:
    """Makes contents of values; `folder` is the one of whose files values may speak by path."""

    folder: Path | None
    contents: dict[str, Parcel] = field(default_factory=dict)
    folders: set[str] = field(default_factory=set)
    """The digests of contents that are files of a folder, to be put down before they are used."""
    # With each value, lest another one come to stand at the same address.
    _known: dict[int, tuple[object, str]] = field(default_factory=dict)

    def add(self, value: object) -> str:
        """The digest of the content of a value.

        Raises:
            NotSendable: The folder holds what can't be read, such as a link.
        """
        written = io.BytesIO()
        pickler = _Pickler(written, self, value)
        pickler.dump(value)
        return self._kept(written.getvalue(), pickler.needs)

    def shared(self, value: object) -> str:
        """The digest of a value that others hold as well; it is packed once."""
        if id(value) not in self._known:
            self._known[id(value)] = value, self.add(value)
        return self._known[id(value)][1]

    def placed(self, path: Path) -> tuple[str, str] | None:
        """Whose file a path is, and where in that folder; None for any other path."""
        if path.is_relative_to(shipped()):
            return _SHIPPED, path.relative_to(shipped()).as_posix()
        if self.folder is not None and path.is_relative_to(self.folder):
            return self._folder(self.folder), path.relative_to(self.folder).as_posix()
        return None

    def _folder(self, folder: Path) -> str:
        if id(folder) not in self._known:
            try:
                held = {
                    name: files.read(folder, name, linked=False) for name in files.listed(folder)[0]
                }
            except (OSError, files.OutsideFolder, files.Unreadable) as error:
                raise NotSendable(f"its templates can't be read: {error}") from error
            digest = self._kept(pickle.dumps(held), set())
            self._known[id(folder)] = folder, digest
            self.folders.add(digest)
        return self._known[id(folder)][1]

    def _kept(self, data: bytes, needs: Iterable[str]) -> str:
        digest = sha256(data).hexdigest()
        deep = {each for need in needs for each in (need, *self.contents[need].needs)}
        self.contents[digest] = Parcel(data, frozenset(deep))
        return digest


class _Pickler(pickle.Pickler):
    def __init__(self, written: io.BytesIO, packer: Packer, whole: object) -> None:
        super().__init__(written, pickle.HIGHEST_PROTOCOL)
        self.packer, self.whole = packer, whole
        self.needs: set[str] = set()

    @override
    def persistent_id(self, value: object) -> tuple[str, ...] | None:
        """The digest for what is shared, and the folder for a path within one."""
        if isinstance(value, _SHARED) and value is not self.whole:
            digest = self.packer.shared(value)
            self.needs.add(digest)
            return (digest,)
        if isinstance(value, Path) and (place := self.packer.placed(value)) is not None:
            self.needs.update({place[0]} - {_SHIPPED})
            return place
        return None


@dataclass(slots=True)
class Unpacker:
    """Makes values of contents, those that are shared once.

    `folders` is where the folders of contents stand, each by its digest.
    """

    folders: Path
    _data: dict[str, bytes] = field(default_factory=dict)
    _values: dict[str, object] = field(default_factory=dict)

    def lacks(self, digests: Iterable[str]) -> list[str]:
        """The digests of which the content is not here."""
        return [digest for digest in digests if digest not in self._data]

    def learn(self, contents: Mapping[str, bytes]) -> None:
        """Take contents in; whoever holds too many makes room by ending."""
        self._data.update(contents)

    def value(self, digest: str) -> Any:
        """The value of a content that nobody else holds."""
        return _Unpickler(io.BytesIO(self._data[digest]), self).load()

    def shared(self, digest: str) -> Any:
        """The value of a content that others hold as well; it is made once."""
        if digest not in self._values:
            self._values[digest] = self.value(digest)
        return self._values[digest]


class _Unpickler(pickle.Unpickler):
    def __init__(self, written: io.BytesIO, unpacker: Unpacker) -> None:
        super().__init__(written)
        self.unpacker = unpacker

    @override
    def persistent_load(self, pid: tuple[str, ...]) -> object:
        """What `_Pickler` named."""
        if len(pid) == 1:
            return self.unpacker.shared(pid[0])
        of, name = pid
        return (shipped() if of == _SHIPPED else self.unpacker.folders / of) / name


def files_of(content: bytes) -> dict[str, bytes]:
    """The files of a folder that was sent, by their names in it."""
    held: dict[str, bytes] = pickle.loads(content)  # noqa: S301 # of a trusted machine
    return held
