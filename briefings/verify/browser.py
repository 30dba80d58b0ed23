"""The page that verifies briefs in a browser: one file, which fetches nothing."""

from __future__ import annotations

import base64
import json
import re
from dataclasses import fields
from hashlib import sha256
from pathlib import Path

from briefings.compose.edition import DIGESTED
from briefings.compose.edition import LATER as CONTENT_LATER
from briefings.compose.fingerprint import LATER, ONCE_PLAIN, UNSHOWN
from briefings.core import files
from briefings.core.canonical import plain
from briefings.core.edition import Content
from briefings.core.model import LocalText, Prose
from briefings.render.html.environment import environment, source

__all__ = ["verifying_page"]

_NAME = "verify.html"
_RULES = "const RULES = {};"
_SCRIPT = "page.js"


def verifying_page() -> str:
    """The page, with the rules of this version put in, and its policy."""
    page = files.read(Path(__file__).parent, _NAME).decode()
    rules = {
        "unshown": sorted(UNSHOWN),
        "later": {name: plain(nothing) for name, nothing in LATER.items()},
        "once_plain": sorted(ONCE_PLAIN),
        "digested": dict(DIGESTED),
        "content": sorted(field.name for field in fields(Content)),
        "empty": sorted(CONTENT_LATER),
        "texts": [LocalText.__name__, Prose.__name__],
        "scripts": [_digest(source(environment(), _SCRIPT).strip())],
    }
    page = page.replace(_RULES, f"const RULES = {json.dumps(rules)};", 1)
    for name in ("style", "script"):
        code = re.search(rf"<{name}>(.*?)</{name}>", page, re.DOTALL)
        assert code is not None
        page = page.replace(f"sha256-{name.upper()}", f"sha256-{_digest(code[1])}", 1)
    return page


def _digest(text: str) -> str:
    """As a Content-Security-Policy names an element by its content."""
    return base64.b64encode(sha256(text.encode()).digest()).decode()
