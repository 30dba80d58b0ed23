"""A page or file by its address, the only thing that ever asks the network."""

from __future__ import annotations

import http.client
import urllib.error
import urllib.request

from briefings.capture.captured import NotCaptured
from briefings.core.limits import CAPTURE

_SECONDS = 30
_HINT = "open it in a browser, save it there, and capture the file"


# Without those for files, data and FTP: a page may lead on to another page of the web only.
_HANDLERS = (
    urllib.request.HTTPHandler,
    urllib.request.HTTPSHandler,
    urllib.request.ProxyHandler,
    urllib.request.HTTPRedirectHandler,
    urllib.request.HTTPDefaultErrorHandler,
    urllib.request.HTTPErrorProcessor,
    urllib.request.UnknownHandler,
)


def fetched(url: str) -> tuple[bytes, str]:
    """What stands at an address of http or https, and the encoding that its head names.

    Raises:
        NotCaptured: It can't be had, or is too large.
    """
    opener = urllib.request.OpenerDirector()
    for handler in _HANDLERS:
        opener.add_handler(handler())
    try:
        request = urllib.request.Request(url, headers={"User-Agent": "briefings"})  # noqa: S310 # the caller sees to the scheme
        with opener.open(request, timeout=_SECONDS) as answer:
            content = answer.read(CAPTURE.most + 1)
            charset = answer.headers.get_content_charset() or ""
    except urllib.error.HTTPError as error:
        error.close()
        message = f"the server answers {error.code} {error.reason}"
        raise NotCaptured(message, _HINT) from error
    except (OSError, http.client.HTTPException, ValueError) as error:
        reason = getattr(error, "reason", None) or error
        raise NotCaptured(f"it can't be had: {reason}", _HINT) from error
    if len(content) > CAPTURE.most:
        message = f"it is larger than {CAPTURE.shown}"
        raise NotCaptured(message, "save the part that matters", CAPTURE.raising)
    return content, charset
