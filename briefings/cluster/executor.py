"""The executor whose workers are those of a dask cluster, on any number of machines."""

from __future__ import annotations

import logging
import pickle  # its exception: what can't be sent
from collections.abc import Iterator, Mapping
from contextlib import closing, suppress
from dataclasses import field
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any, Self

from distributed import Client, Future, Security

from briefings.cluster.compatibility import identity
from briefings.cluster.contents import NotSendable, Packer
from briefings.cluster.task import Order
from briefings.cluster.worker import perform, received
from briefings.core.limits import allowed
from briefings.core.overriding import override
from briefings.core.values import dataclass
from briefings.workers.agenda import Agenda, Errand
from briefings.workers.batch import Crash, TemplateFault
from briefings.workers.pool import Executor, Pool, Results

_CONNECT = 10
"""Seconds after which a scheduler is taken for absent."""

_COME = 30
"""Seconds after which, if no worker has come, none is thought to come."""

_TICK = 2
"""Seconds after which one who waits looks who is still there."""

_PATIENCE = 15
"""How many looks without any worker it takes to give the cluster up."""

_LOGGERS = ("distributed", "distributed.client", "tornado", "tornado.application")
"""The loggers that dask gives a level of their own."""

_AHEAD = 2
"""How many tasks are under way for each thread of the cluster: the others stay here."""


_ENCRYPTED = ("tls://", "wss://")


def _has_certificates() -> bool:
    return Security().get_connection_args("client").get("ssl_context") is not None


class Unusable(Exception):
    """The cluster can't be worked with; the message says why, in one lower-case clause."""


def require_certificates(address: str) -> None:
    """Where they are asked for, they are there; else dask fails, and prints that as ours.

    Raises:
        Unusable: There are none.
    """
    if address.startswith(_ENCRYPTED) and not _has_certificates():
        raise Unusable(f"{address} asks for certificates, and dask's configuration names none")


@dataclass(slots=True)
class Cluster(Executor):
    """Workers of a cluster, as far as they are of this very version.

    What the cluster can't do, or does not end, is done on this machine. `notes` say what was not
    as it was asked for, each in a lower-case clause.

    Args:
        client: The connection.
        folder: That of the desk's own templates.
        local: Who does the rest.
    """

    client: Client
    folder: Path | None
    local: Pool
    address: str
    notes: list[str] = field(default_factory=list)
    _fit: set[str] = field(default_factory=set)
    _refused: set[str] = field(default_factory=set)
    _is_gone: bool = False

    @classmethod
    def at(cls, address: str, folder: Path | None, local: Pool) -> Self:
        """Connect with a cluster.

        Args:
            address: That of its scheduler.
            folder: Where workers may keep what they were sent.
            local: What does on this machine what no worker has to.

        Raises:
            Unusable: There is none at that address, or none of its workers fits.
        """
        require_certificates(address)
        for name in _LOGGERS:  # what matters is told by us
            logging.getLogger(name).setLevel(logging.CRITICAL)
        try:
            # As dask's own configuration says, TLS included.
            client = Client(address, timeout=_CONNECT, set_as_default=False)
        except (OSError, ValueError, TypeError) as error:
            raise Unusable(f"there is no cluster at {address}") from error
        cluster = cls(client, folder, local, address)
        with suppress(OSError):  # a time-out too: then nobody is greeted
            client.wait_for_workers(1, timeout=_COME)
            cluster._greet()
        if not cluster._fit:
            cluster.close()
            raise Unusable("; ".join(cluster.notes) or f"no worker has come to {address}")
        return cluster

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Leave the cluster; whatever is under way there is dropped."""
        with suppress(Exception):  # it is left all the same
            self.client.close(timeout=_TICK)

    @override
    def results(self, agenda: Agenda) -> Results:
        """What comes of all tasks, as they are done.

        What the cluster leaves is done here, and so is anew a page whose template has a mistake,
        which is told by its place on this machine.
        """
        left: list[Errand] = []
        if not self._is_gone:
            with closing(self._far(agenda, left)) as results:
                for task, answer in results:
                    if isinstance(answer, TemplateFault | Crash):
                        yield from self.local.results(Agenda([task]))
                    else:
                        yield task, answer
        for task in left:
            agenda.put(task)
        yield from self.local.results(agenda)

    def _far(self, agenda: Agenda, left: list[Errand]) -> Results:
        """The answers that the cluster gives; what it was given and has not done is `left`."""
        sending = _Sending(self, Packer(self.folder), left)
        try:
            while agenda.waiting or sending.under_way:
                room = self._room()
                while len(sending.under_way) < room and (number := agenda.next()) is not None:
                    sending.send(agenda.take(number))
                if self._lost(sending):
                    return
                yield from sending.arrived()
        except OSError:
            self._give_up("the cluster is gone")
        except (NotSendable, pickle.PicklingError) as error:
            self.notes.append(f"{self.address} was not used: {error}")
        finally:
            sending.drop()

    def _room(self) -> int:
        threads: Mapping[str, int] = self.client.nthreads()
        return max(1, _AHEAD * sum(threads.get(each, 0) for each in self._fit))

    def _lost(self, sending: _Sending) -> bool:
        """Whether nobody is there any more who could do what was sent."""
        if self.client.status != "running":
            self._give_up("the cluster is gone")
        elif sending.looks:
            self._greet()
            there = self._fit & set(self.client.nthreads())
            if not there and sending.looks >= _PATIENCE:
                self._give_up("its workers are gone")
            elif there:
                sending.send_again(there)
        return self._is_gone

    def _give_up(self, why: str) -> None:
        self._is_gone = True
        self.notes.append(f"{why}: what {self.address} had not done was done on this machine")

    def _greet(self) -> None:
        """Ask workers that are new whether they fit, and say which do not."""
        there = set(self.client.nthreads())
        new = sorted(there - self._fit - self._refused)
        if not new:
            return
        for worker, answer in self.client.run(identity, workers=new, on_error="return").items():
            if answer == identity():
                self._fit.add(worker)
                continue
            self._refused.add(worker)
            self.notes.append(f"worker {worker} was not used: {_misfit(answer)}")


@dataclass(slots=True)
class _UnderWay:
    task: Errand
    future: Future[Any]
    workers: frozenset[str]


@dataclass(slots=True)
class _Sending:
    """Tasks on their way to a cluster and back; `looks` counts vain waits.

    `left` takes up what was to be sent, and has no answer.
    """

    cluster: Cluster
    packer: Packer
    left: list[Errand]
    under_way: dict[object, _UnderWay] = field(default_factory=dict)
    looks: int = 0
    is_told: bool = False
    _contents: dict[str, Future[bytes]] = field(default_factory=dict)
    _ended: SimpleQueue[Future[Any]] = field(default_factory=SimpleQueue)

    def send(self, task: Errand) -> None:
        """Send a task to whichever worker fits."""
        try:
            self._send(task)
        except BaseException:
            self.left.append(task)
            raise

    def _send(self, task: Errand) -> None:
        work, value = self.packer.shared(task.kind.work), self.packer.add(task.value)
        held = self.packer.contents
        needs = tuple(sorted({work, value, *held[work].needs, *held[value].needs}))
        folders = tuple(each for each in needs if each in self.packer.folders)
        order = Order(
            asker=identity(),
            work=work,
            value=value,
            needs=needs,
            folders=folders,
            limits=task.kind.limits,
            allowed=allowed(),
        )
        workers = frozenset(self.cluster._fit)  # noqa: SLF001 # a part of it
        given = [self._content(each, workers) for each in needs]
        future = self.cluster.client.submit(
            perform, order, given, pure=False, workers=sorted(workers)
        )
        del held[value]
        self._contents.pop(value)
        self.under_way[future.key] = _UnderWay(task, future, workers)
        future.add_done_callback(self._ended.put)

    def _content(self, digest: str, workers: frozenset[str]) -> Future[bytes]:
        """A content as the cluster has it, which can be sent again if a worker is lost."""
        if digest not in self._contents:
            data = self.packer.contents[digest].data
            self._contents[digest] = self.cluster.client.submit(
                received, data, key=f"briefings-{digest}", workers=sorted(workers)
            )
        return self._contents[digest]

    def send_again(self, there: set[str]) -> None:
        """Send anew what waits for workers none of whom is there any more."""
        for key, each in list(self.under_way.items()):
            if not each.workers & there:
                del self.under_way[key]
                each.future.cancel()
                self._contents.clear()
                self.send(each.task)

    def arrived(self) -> Iterator[tuple[Errand, Any]]:
        """What came back meanwhile; nothing if that takes too long, or could not be done there."""
        try:
            future = self._ended.get(timeout=_TICK)
        except Empty:
            self.looks += 1
            return
        each = self.under_way.pop(future.key, None)
        if each is None:
            return
        self.looks = 0
        try:
            answer = future.result()
        except Exception as error:  # noqa: BLE001 # whatever became of it: it is done here
            self._note(each.task.name, error)
            self.left.append(each.task)
        else:
            yield each.task, answer

    def _note(self, name: str, error: Exception) -> None:
        """Say once why tasks come back undone; of a cluster that is gone that is told by itself."""
        if not self.is_told and self.cluster.client.status == "running":
            self.is_told = True
            self.cluster.notes.append(
                f"a worker could not make {name}, which was made on this machine:"
                f" {type(error).__name__}"
            )

    def drop(self) -> None:
        """Forget what is under way."""
        for each in self.under_way.values():
            self.left.append(each.task)
            with suppress(Exception):  # it is dropped all the same
                each.future.cancel()
        self.under_way.clear()
        self._contents.clear()


def _misfit(answer: object) -> str:
    if isinstance(answer, BaseException):
        return "it has no `briefings` that can be loaded"
    ours, theirs = identity(), answer
    if isinstance(theirs, tuple) and theirs[:1] != ours[:1]:
        return f"it has briefings {theirs[0]}, and this is {ours[0]}"
    return "its program, packages or libraries are not those of this machine"
