"""The page's server: one process and no threads, so that pages can be made in forked workers."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable
from http import HTTPStatus

from briefings.workbench.access import ADDRESS, Door, let_in
from briefings.workbench.messages import (
    MOST_HEAD,
    Call,
    Reply,
    Unacceptable,
    as_bytes,
    head_of,
    json_reply,
    refusal,
)
from briefings.workbench.routes import answer
from briefings.workbench.state import Workbench

_LOOK = 0.1
"""Seconds between two looks at the files."""

_PATIENCE = 10
"""Seconds that a browser has to send its request, and to take the reply."""

_HELD = 20
"""Seconds after which one who waits for news is told that there are none."""

_MOST_AT_ONCE = 64
"""Requests; as many more are told so, and others are cut off: each takes one of our open files."""


def listening(port: int) -> socket.socket:
    """A socket on the loopback interface; with port 0 on a free port.

    Raises:
        OSError: The port is taken.
    """
    return socket.create_server((ADDRESS, port))


async def serve(
    bench: Workbench, listener: socket.socket, token: str, ready: Callable[[Door], None]
) -> None:
    """Answer until the task is cancelled; `ready` is told the address.

    Args:
        bench: What is served.
        listener: Bound to a port of this machine.
        token: What whoever comes in has to know.
        ready: Is told the address.
    """
    door = Door(listener.getsockname()[1], token)
    desk = _Server(bench, door)
    server = await asyncio.start_server(desk.take, sock=listener, limit=MOST_HEAD)
    async with server:
        ready(door)
        await desk.watch()


class _Server:
    """The connections of one desk."""

    def __init__(self, bench: Workbench, door: Door) -> None:
        self.bench = bench
        self.door = door
        self.news = asyncio.Event()
        self.at_once = 0

    async def watch(self) -> None:
        """Look at the files again and again, and wake those who wait for news."""
        version = self.bench.version
        while True:
            self.bench.refresh()
            if version != self.bench.version:
                version = self.bench.version
                self.news.set()
                self.news = asyncio.Event()
            await asyncio.sleep(_LOOK)

    async def take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer one request, and close."""
        self.at_once += 1
        try:
            is_cut_off = self.at_once > 2 * _MOST_AT_ONCE
            reply = None if is_cut_off else await self._reply(reader)
            if reply is not None:
                writer.write(as_bytes(reply))
                async with asyncio.timeout(_PATIENCE):
                    await writer.drain()
        except (TimeoutError, OSError, asyncio.CancelledError):
            pass  # the browser has gone or takes nothing, or the program ends
        finally:
            self.at_once -= 1
            writer.close()

    async def _reply(self, reader: asyncio.StreamReader) -> Reply | None:
        is_one_too_many = self.at_once > _MOST_AT_ONCE
        try:
            async with asyncio.timeout(_PATIENCE):
                call, length = head_of(await reader.readuntil(b"\r\n\r\n"))
                if is_one_too_many:  # told once it has asked, or it is cut off untold
                    raise Unacceptable(HTTPStatus.SERVICE_UNAVAILABLE, "too many ask at once")
                body = await reader.readexactly(length)
            return await self._answer(let_in(self.door, call), body)
        except asyncio.LimitOverrunError:
            return refusal(
                Unacceptable(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, "the head is too large")
            )
        except asyncio.IncompleteReadError:
            return None
        except TimeoutError:
            return refusal(Unacceptable(HTTPStatus.REQUEST_TIMEOUT, "the request never ended"))
        except Unacceptable as why:
            return refusal(why)
        except Exception as error:  # noqa: BLE001 # else the browser is told nothing
            fault = f"internal error: {type(error).__name__}: this is a fault of the program"
            return refusal(Unacceptable(HTTPStatus.INTERNAL_SERVER_ERROR, fault))

    async def _answer(self, call: Call, body: bytes) -> Reply:
        call = Call(call.method, call.path, call.query, call.headers, body)
        if (call.method, call.path) == ("GET", ("news",)):
            await self._wait(call.query.get("version", ""))
            return json_reply({"version": self.bench.version})
        return answer(self.bench, call)

    async def _wait(self, version: str) -> None:
        if version == self.bench.version:
            try:
                async with asyncio.timeout(_HELD):
                    await self.news.wait()
            except TimeoutError:
                pass
