"""What a file is: told by its first bytes, never by its name."""

from __future__ import annotations

import io
import re
import zipfile

from briefings.capture.captured import FileKind, NotCaptured
from briefings.core.limits import CAPTURE_UNPACKED

_PAGE = re.compile(rb"(?i)<(?:!doctype\s+html|html|head|body|article|meta|title|p|div)[\s>]")
_HEADER = re.compile(
    rb"(?:From |(?:Received|Return-Path|From|To|Subject|Date|MIME-Version|Message-ID|Delivered-To"
    rb"|X-[\w-]+|DKIM-Signature|Content-Type):)",
    re.IGNORECASE,
)
_HEADER_LINE = re.compile(rb"[!-9;-~]+:.*|[ \t].*")
_HEADS = (frozenset({b"from", b"date"}), frozenset({b"mime-version", b"content-type"}))
_MEMBERS = 10_000
_MARKDOWN = re.compile(
    r"(?m)^(?:#{1,6} \S|```|> |\* \S|- \S|\d+\. \S|\[[^\]]+\]: )|\]\(\S+\)|\*\*\S"
)
_OTHER = (
    (b"\x89PNG", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"GIF8", "a picture (GIF)"),
    (b"RIFF", "a picture or a recording"),
    (b"\x1f\x8b", "a compressed archive (gzip)"),
    (b"Rar!", "a compressed archive (RAR)"),
    (b"7z\xbc\xaf", "a compressed archive (7z)"),
    (b"\xd0\xcf\x11\xe0", "a document of an old Office (.doc, .xls, .msg)"),
    (b"{\\rtf", "a rich text (RTF)"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a program"),
    (b"wOF", "a font"),
)

_ARCHIVES = (
    ("META-INF/container.xml", "an EPUB"),
    ("META-INF/manifest.xml", "an OpenDocument file (.odt, .ods, .odp)"),
    ("xl/workbook.xml", "a workbook (.xlsx)"),
    ("ppt/presentation.xml", "a presentation (.pptx)"),
)
"""What an archive is, by a file that it holds."""


def kind_of(content: bytes, name: str) -> FileKind:
    """What a file is.

    Args:
        content: All of it.
        name: Its name, by which only Markdown is told from other text.

    Raises:
        NotCaptured: It is of a kind that can't be read, or it is a bomb.
    """
    if not content.strip(b"\0 \t\r\n"):
        raise NotCaptured("it is empty", "save it again")
    start = content[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    if b"%PDF-" in content[:1024]:
        return FileKind.PDF
    if start.startswith(b"PK\x03\x04"):
        return _of_archive(content)
    for mark, what in _OTHER:
        if start.startswith(mark):
            raise NotCaptured(f"it is {what}", "save what it shows as a page, PDF or text")
    if _is_mail(start, content):
        return FileKind.MAIL
    wide = content[:4096].replace(b"\0", b"")  # UTF-16 puts a zero beside each letter of markup
    if _PAGE.search(wide):
        return FileKind.PAGE
    if name.lower().endswith((".md", ".markdown")) or len(_MARKDOWN.findall(_sample(content))) > 2:
        return FileKind.MARKDOWN
    return FileKind.TEXT


def _of_archive(content: bytes) -> FileKind:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        message = "it is a broken archive or Word document"
        raise NotCaptured(message, "save it again from where it came") from error
    unpacked = sum(member.file_size for member in members)
    hint = "it is no document to read; capture what it holds one by one"
    if len(members) > _MEMBERS:
        message = f"it holds {len(members):,} files; {_MEMBERS:,} are the most"
        raise NotCaptured(message, hint)
    if unpacked > CAPTURE_UNPACKED.most:
        message = (
            f"unpacked it would take {unpacked:,} bytes; {CAPTURE_UNPACKED.shown} are the most"
        )
        raise NotCaptured(message, hint, CAPTURE_UNPACKED.raising_to(unpacked))
    names = {member.filename for member in members}
    if "word/document.xml" in names:
        return FileKind.WORD
    what = next((what for mark, what in _ARCHIVES if mark in names), "an archive, no Word document")
    raise NotCaptured(f"it is {what}", "save what it shows as a page, PDF or text")


def _is_mail(start: bytes, content: bytes) -> bool:
    """Whether it begins with lines of a letter's head: sender and day, or what kind its text is.

    Of a page that an office program has saved as one file there is only the second.
    """
    if not _HEADER.match(start):
        return False
    head = re.split(rb"\r?\n\r?\n", content.lstrip(), maxsplit=1)[0][:65536]
    lines = head.splitlines()
    names = {line.partition(b":")[0].lower() for line in lines}
    well_formed = all(_HEADER_LINE.fullmatch(line) for line in lines[1:])
    return well_formed and any(each <= names for each in _HEADS)


def _sample(content: bytes) -> str:
    return content[:20_000].decode("utf-8", errors="replace")
