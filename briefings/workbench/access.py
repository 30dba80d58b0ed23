"""Who may come in: the browser of whoever started the program, and no page of anybody else's."""

from __future__ import annotations

import hmac
from dataclasses import replace
from http import HTTPStatus

from briefings.core.values import dataclass
from briefings.workbench.messages import JSON, Call, Unacceptable

ADDRESS = "127.0.0.1"
"""The only address that is listened on, and the only name that is answered to."""


@dataclass(frozen=True, slots=True)
class Door:
    """The port and the token that this run of the program is reached by."""

    port: int
    token: str

    @property
    def host(self) -> str:
        """What a browser calls it in `Host`."""
        return f"{ADDRESS}:{self.port}"

    @property
    def address(self) -> str:
        """Where the page is; whoever knows it may use it."""
        return f"http://{self.host}/{self.token}/"


def let_in(door: Door, call: Call) -> Call:
    """The request without the token in front of its path.

    A page of another site can neither read the token nor send a request that passes: it would need
    our name in `Host` (which DNS rebinding does not give it), the token in the path, and for a
    change our origin and a media type for which browsers ask leave first.

    Raises:
        Unacceptable: It is not ours.
    """
    if call.headers.get("host") != door.host:
        raise Unacceptable(HTTPStatus.MISDIRECTED_REQUEST, f"this is {door.host}, and nothing else")
    given = call.path[0] if call.path else ""
    if not hmac.compare_digest(given.encode(), door.token.encode()):
        raise Unacceptable(HTTPStatus.NOT_FOUND, "take the address that the terminal shows")
    if call.headers.get("sec-fetch-site", "none") not in ("none", "same-origin"):
        raise Unacceptable(HTTPStatus.FORBIDDEN, "another site has asked")
    if call.method == "POST":
        if call.headers.get("origin") != f"http://{door.host}":
            raise Unacceptable(HTTPStatus.FORBIDDEN, "another site has asked")
        if call.headers.get("content-type") != JSON:
            raise Unacceptable(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, f"a change is {JSON}")
    return replace(call, path=call.path[1:])
