"""Texts as YAML writes them: plain where that is safe, folded where it is long, else in quotes."""

from __future__ import annotations

import re

WIDTH = 108
"""How many code points a line has at most, where there is a space to break it at."""

# A text that begins so, or holds that, would be read as something else without quotes.
_UNSAFE_START = re.compile(r"""[?:,\[\]{}#&*!|>'"%@`]|-(?!\w)|---|\.\.\.""")
_UNSAFE = re.compile(r":\s|:$|\s#|[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]")
_UNSAFE_IN_FLOW = re.compile(r"[,\[\]{}:?]")
# What other readers of YAML take for a number, a truth value, a day or nothing.
_TYPED = re.compile(
    r"~|null|true|false|yes|no|on|off|y|n"
    r"|[-+]?(?:\.\d+|\d[\d_]*(?:\.[\d_]*)?)(?:e[-+]?\d+)?|0[xob][\da-f_]+|[-+]?\.(?:inf|nan)"
    r"|[-+]?\d[\d_]*(?::[0-5]?\d)+(?:\.\d*)?|\d{4}-\d\d?-\d\d?(?:[tT\s].*)?",
    re.IGNORECASE,
)
# What no text can hold but by an escape.
_UNWRITABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
_BREAK = re.compile(r"(?<=\S) (?=\S)")
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r", "\0": "\\0"}


def is_typed(value: str) -> bool:
    """Whether other readers take `value` without quotes for something else than a text."""
    return _TYPED.fullmatch(value) is not None


def in_line(value: str, *, flow: bool, quoted: bool) -> str:
    """The text on one line.

    Args:
        value: Any text.
        flow: Whether it stands between brackets.
        quoted: Whether it has to stand in quotes.
    """
    if not quoted and is_plain(value, flow=flow):
        return value
    if not _UNWRITABLE.search(value):
        if not {'"', "\\"} & set(value):
            return f'"{value}"'
        if "'" not in value:
            return f"'{value}'"
    return f'"{"".join(map(_escaped, value))}"'


def is_plain(value: str, *, flow: bool) -> bool:
    """Whether `value` means the same without quotes, if every value is a text."""
    if not value or value != value.strip() or _UNSAFE_START.match(value) or _UNSAFE.search(value):
        return False
    return not (flow and _UNSAFE_IN_FLOW.search(value))


def block(value: str, indent: int) -> tuple[str, list[str]] | None:
    """The text as a block: its header, and its lines, indented; None if no block can hold it.

    A text of one line is folded at `WIDTH`, one of several is set down line by line.
    """
    body = value.removesuffix("\n")
    header = "-" if body == value else ""
    lines = body.split("\n")
    if any(line.strip() != line or _UNWRITABLE.search(line) for line in lines):
        return None
    if not body or not lines[0] or not lines[-1]:
        return None
    margin = " " * indent
    if len(lines) > 1:
        return f"|{header}", [margin + line if line else "" for line in lines]
    return f">{header}", [margin + line for line in _folded(body, WIDTH - indent)]


def is_breakable(value: str) -> bool:
    """Whether a block would make lines of `value` shorter."""
    return "\n" in value or _BREAK.search(value) is not None


def _folded(text: str, width: int) -> list[str]:
    """A text in lines of a `width`."""
    lines: list[str] = []
    line = ""
    for word in _BREAK.split(text):
        if line and len(line) + 1 + len(word) > width:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}" if line else word
    return [*lines, line]


def _escaped(char: str) -> str:
    if char in _ESCAPES or not _UNWRITABLE.match(char):
        return _ESCAPES.get(char, char)
    code = ord(char)
    if code <= 0xFF:
        return f"\\x{code:02X}"
    return f"\\u{code:04X}" if code <= 0xFFFF else f"\\U{code:08X}"
