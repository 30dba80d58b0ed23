"""Bytes of any encoding to text."""

from __future__ import annotations

import codecs
import re

from briefings.capture.captured import NotCaptured

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(rb"""(?i)<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]+)""")
_XML = re.compile(rb"""\A\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]+)""")
# What the web means by these names (WHATWG Encoding Standard).
_MEANT = {"iso-8859-1": "cp1252", "latin-1": "cp1252", "latin1": "cp1252", "us-ascii": "cp1252"}
_MEANT |= {"ascii": "cp1252", "gb2312": "gb18030", "gbk": "gb18030", "iso-8859-9": "cp1254"}
_MEANT |= {"ks_c_5601-1987": "cp949", "euc-kr": "cp949", "shift_jis": "cp932", "tis-620": "cp874"}


def decoded(content: bytes, declared: str) -> tuple[str, str]:
    """A file's text, with line feeds at its line ends, and its encoding if that was guessed.

    By its byte order mark; as UTF-8; as it is declared, from outside or in its markup; else by
    what its bytes look like, which is a guess.

    Args:
        content: The bytes.
        declared: An encoding that a header names; empty if none does.

    Raises:
        NotCaptured: No encoding makes a text of it.
    """
    text, guess = _decoded(content, declared)
    return text.replace("\r\n", "\n").replace("\r", "\n"), guess


def _decoded(content: bytes, declared: str) -> tuple[str, str]:
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            return _strictly(content, encoding), ""
    names = [declared.encode()] if declared else []
    names += _XML.findall(content[:1024]) + _DECLARED.findall(content[:8192])
    for name in ["utf-8", *(_meant(each) for each in names)]:
        try:
            return content.decode(name), ""
        except (UnicodeDecodeError, LookupError):
            continue
    return _guessed(content)


def _meant(name: bytes) -> str:
    label = name.decode("ascii", errors="replace").strip().lower()
    return _MEANT.get(label, label)


def _strictly(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        message = f"it begins as {encoding.upper()} and is none: {error.reason}"
        raise NotCaptured(message, "save it again, as UTF-8") from error


def _guessed(content: bytes) -> tuple[str, str]:
    from charset_normalizer import from_bytes  # noqa: PLC0415 # of the extra

    best = from_bytes(content[:1_000_000]).best()
    if best is not None:
        try:
            return content.decode(best.encoding), best.encoding
        except UnicodeDecodeError:
            pass
    raise NotCaptured("its bytes are text in no encoding", "save it again, as UTF-8")
