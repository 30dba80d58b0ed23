"""Letters that a reader of pages would drop, kept behind others meanwhile."""

from __future__ import annotations

import re

# The extractor drops the first two and takes the others for white space or nothing; letters that
# no page writes (Old Italic) stand for them meanwhile.
_KEPT = "\u00ad\u200c\u200d\u200e\u200f\u061c\u00a0\u202f\u2007\u2067\u2066\u2068\u2069"
_STANDINS = "\U00010300\U00010301\U00010302\U00010303\U00010304\U00010305\U00010306\U00010307"
_STANDINS += "\U00010308\U00010309\U0001030a\U0001030b\U0001030c"
_HIDE, _SHOW = str.maketrans(_KEPT, _STANDINS), str.maketrans(_STANDINS, _KEPT)

_ENTITIES = {"shy": 0xAD, "nbsp": 0xA0, "zwnj": 0x200C, "zwj": 0x200D, "lrm": 0x200E, "rlm": 0x200F}
_ENTITY = re.compile(r"&(?:#x([0-9a-fA-F]{1,6})|#(\d{1,7})|(shy|nbsp|zwnj|zwj|lrm|rlm));")


def shielded(markup: str) -> str:
    """Markup in which soft hyphens, joiners, no-break spaces and direction marks are hidden."""
    return _ENTITY.sub(_as_letter, markup).translate(_HIDE)


def restored(text: str) -> str:
    """A text out of shielded markup, as it was."""
    return text.translate(_SHOW)


def in_one_line(text: str) -> str:
    """A text out of shielded markup, in one line: each run of white space is a space."""
    return " ".join(restored(text).split())


def _as_letter(entity: re.Match[str]) -> str:
    if entity[3]:
        code = _ENTITIES[entity[3]]
    else:
        code = int(entity[1], 16) if entity[1] else int(entity[2])
    return chr(code) if code < 0x110000 and chr(code) in _KEPT else entity[0]
