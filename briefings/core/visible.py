"""What a terminal or a log would act on instead of showing, written out."""

from __future__ import annotations

import json


def visible(text: str) -> str:
    """`text` with control, bidi, invisible and unpaired characters written as `<U+XXXX>`.

    The zero-width joiners that Persian needs become visible too, since a reader of a message has
    to see them.
    """
    return "".join(char if _shows(char) else f"<U+{ord(char):04X}>" for char in text)


def visible_json(value: object) -> str:
    """`value` as indented JSON in which every such character stands as JSON's own escape."""
    text = json.dumps(value, indent=2, ensure_ascii=False)
    return "".join(char if char == "\n" or _shows(char) else _escaped(char) for char in text)


def _shows(char: str) -> bool:
    return char.isprintable() and not (
        char in "\u115f\u1160\u3164\uffa0\u2800\u034f\u17b4\u17b5"
        or 0xFE00 <= ord(char) <= 0xFE0F
        or 0xE0000 <= ord(char) <= 0xE0FFF
    )


def _escaped(char: str) -> str:
    """The escape of a character within a string of JSON: by pairs beyond the first plane."""
    return json.dumps(char)[1:-1]
