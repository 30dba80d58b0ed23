"""What a file that is no UTF-8 text holds instead, and how its text becomes one."""

from __future__ import annotations

import unicodedata
from shlex import quote

from briefings.core.languages import primary
from briefings.core.values import dataclass

_LOOKED_AT = 4096
_MARKS = (
    (b"\xff\xfe\x00\x00", "UTF-32LE"),
    (b"\x00\x00\xfe\xff", "UTF-32BE"),
    (b"\xff\xfe", "UTF-16LE"),
    (b"\xfe\xff", "UTF-16BE"),
)
_SAVE_TEXT = "save its text as a file of its own, in UTF-8, and give that one with its SHA-256"
_CAPTURE = f"`briefings capture FILE` makes a source of it; or {_SAVE_TEXT}"
# By what a file begins with.
_KINDS = (
    (b"%PDF-", "a PDF", f"{_CAPTURE}: `pdftotext -enc UTF-8 FILE`; keep the PDF beside it"),
    (b"\xd0\xcf\x11\xe0", "a document of Word or another office program", _SAVE_TEXT),
    (b"{\\rtf", "a text in RTF, with its commands", _SAVE_TEXT),
    (b"\x89PNG", "a picture", "write down its text in UTF-8, and give that file"),
    (b"\xff\xd8\xff", "a picture", "write down its text in UTF-8, and give that file"),
    (b"\x1f\x8b", "a compressed file", "unpack it, and give the text in it"),
    (
        b"version https://git-lfs.github.com/spec/",
        "what Git LFS keeps in place of a file",
        "get the file itself: `git lfs pull`",
    ),
)
_ZIP = (b"", "a ZIP file", _SAVE_TEXT)
# What is inside a ZIP file, by the names in it.
_ZIPPED = (
    (b"word/", "a Word document", _CAPTURE),
    (b"xl/", "an Excel workbook", _SAVE_TEXT),
    (b"ppt/", "a PowerPoint presentation", _SAVE_TEXT),
    (b"opendocument", "an OpenDocument text", _SAVE_TEXT),
    (b"epub", "an EPUB book", _SAVE_TEXT),
)
_WRITTEN = frozenset({"yaml", "yml", "po"})
# The encoding that Windows had for a language before UTF-8; the rest of Europe had 1252.
_BEFORE_UTF_8 = {
    **dict.fromkeys(("ar", "fa", "ps", "ur", "ku", "ckb"), "WINDOWS-1256"),
    **dict.fromkeys(("ru", "uk", "be", "bg", "mk", "sr"), "WINDOWS-1251"),
    **dict.fromkeys(("cs", "hr", "hu", "pl", "ro", "sk", "sl", "sq"), "WINDOWS-1250"),
    **dict.fromkeys(("et", "lt", "lv"), "WINDOWS-1257"),
    "el": "WINDOWS-1253",
    "he": "WINDOWS-1255",
    "ja": "SHIFT_JIS",
    "ko": "CP949",
    "th": "WINDOWS-874",
    "tr": "WINDOWS-1254",
    "vi": "WINDOWS-1258",
    "zh": "GB18030",
}


@dataclass(frozen=True, slots=True)
class Format:
    """What a file is, as the rest of “it is …”, and the step that makes a text of it."""

    what: str
    hint: str


def format_of(content: bytes, path: str, language: str = "") -> Format | None:
    """What a file is where it is no text in UTF-8; None for a text that is.

    Args:
        content: Its bytes.
        path: Its name, for the command in the hint.
        language: That of the document, by which an encoding is guessed that names itself nowhere.
    """
    for magic, what, hint in _KINDS:
        if content.startswith(magic):
            return Format(f"{what}, not a text", _step(hint, path))
    if content.startswith(b"PK\x03\x04"):
        _, what, hint = next((each for each in _ZIPPED if each[0] in content), _ZIP)
        return Format(f"{what}, not a text", _step(hint, path))
    if encoding := _unicode(content):
        return Format(f"a text in {encoding}, not in UTF-8", _converted(encoding, path))
    try:
        content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return _not_utf8(content, error.start, path, language)
    if (at := content.find(b"\0")) >= 0:
        what = f"binary: line {_line(content, at)} holds a NUL character"
        return Format(what, _step(_SAVE_TEXT, path))
    return None


def _step(hint: str, path: str) -> str:
    """The step for this file; of one that a desk wrote itself, no SHA-256 is on record."""
    step = hint.replace("FILE", quote(path))
    return step.replace(" with its SHA-256", "") if path.rpartition(".")[2] in _WRITTEN else step


def _line(content: bytes, at: int) -> int:
    return content.count(b"\n", 0, at) + 1


def _unicode(content: bytes) -> str | None:
    """Another encoding of Unicode that a text is in, by its mark, or by how it reads without."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return encoding
    part = content[: min(_LOOKED_AT, len(content) // 2 * 2)]
    # Spaces and ends of lines have a zero byte in UTF-16, in every script.
    if b"\0" not in part:
        return None
    likely = ("UTF-16LE", "UTF-16BE")
    if part[0::2].count(0) > part[1::2].count(0):
        likely = ("UTF-16BE", "UTF-16LE")
    return next((encoding for encoding in likely if _reads(part, encoding)), None)


def _reads(part: bytes, encoding: str) -> bool:
    text = part.decode(encoding, "replace")
    if len(part) == _LOOKED_AT:
        text = text[:-1]  # a pair may be cut there
    return not {" ", "\n"}.isdisjoint(text) and not any(
        unicodedata.category(char) in ("Cc", "Cn", "Co", "Cs") and char not in "\t\n\r\f"
        for char in text
    )


def _not_utf8(content: bytes, at: int, path: str, language: str) -> Format:
    encoding = _BEFORE_UTF_8.get(primary(language), "WINDOWS-1252")
    byte = f"byte {at}, in line {_line(content, at)}, is {content[at]:#04x}"
    try:
        text = content[at : at + 1].decode(encoding.replace("WINDOWS-", "cp"))
    except (UnicodeDecodeError, LookupError):
        text = ""
    shown = f", which is “{text}” in {encoding}" if text.isprintable() and text else ""
    hint = f"if it is in {encoding}: {_converted(encoding, path)}"
    return Format(f"not UTF-8: {byte}{shown}", hint)


def _converted(encoding: str, path: str) -> str:
    stem, dot, ending = path.rpartition(".")
    new = f"{stem}.utf8.{ending}" if dot and "/" not in ending else f"{path}.utf8.txt"
    command = f"iconv -f {encoding} -t UTF-8 {quote(path)} > {quote(new)}"
    if ending in _WRITTEN:
        return f"`{command}`; read it through, and put it in the place of {path}"
    return f"`{command}`; read it through, and give that file with its SHA-256"
