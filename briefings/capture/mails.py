"""A letter (.eml, RFC 5322), or a page saved as one (.mhtml, RFC 2557): its text and its head."""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from email import message_from_bytes, policy
from email.message import EmailMessage, MIMEPart
from email.utils import parsedate_to_datetime
from itertools import takewhile

from briefings.capture.captured import About, Captured, FileKind, NotCaptured, fits
from briefings.capture.decoding import decoded
from briefings.capture.identify import language_of
from briefings.capture.mend import as_text
from briefings.capture.page_data import is_address
from briefings.capture.plain_texts import paragraphs
from briefings.capture.webpages import page
from briefings.core.characters import condensed
from briefings.core.limits import CAPTURE_ELEMENTS

_LETTER = "message/rfc822"
_MOST_ENCLOSED = 50
"""Letters in a letter that are captured with it; how many more there are is told."""

_FOLDED = rb"(?:[\r\n]++[ \t][^\r\n]*+)"
_HEADS = re.compile(
    rb"^(?:--[^\r\n]*+(?:\r?\n){2}"
    rb"|content-(?:type|disposition):[^\r\n]*+%b*+"
    rb"|(?:date|from|subject):[^\r\n]*+%b++)" % (_FOLDED, _FOLDED),
    re.IGNORECASE | re.MULTILINE,
)
"""Those that cost more the longer they are, and the beginning of a part that has none."""
_PART = 25
"""Times as much as an element of a page takes a part of a letter."""
_TO_ONE = 2
"""Characters of a head that take as much as an element."""

_ATTRIBUTION = 2
"""Lines that say whose letter is quoted below them, at most."""
_FULLER = 3
"""Times as long as the plain part of a letter: its page is then the letter, and that a stub."""


def letter(content: bytes, *, today: date | None) -> Captured:
    """The text of a letter, or the article of the page that a browser has saved as one.

    A letter's text is its plain part, or that of its page where there is no plain part or that
    only says where to read the letter. The letter that it answers, quoted at its end, is another's
    and left out. Letters that it encloses stand below it, each behind its sender, day and subject;
    other attachments are left out.

    Raises:
        NotCaptured: It says nothing.
    """
    _fits(content)
    message = message_from_bytes(content, policy=policy.default)
    assert isinstance(message, EmailMessage)
    page_part = message.get_body(("html",))
    if page_part is not None and (address := _saved_from(message, page_part)) is not None:
        return _saved_page(page_part, address, today)
    counts: Counter[str] = Counter()
    body, guess, quoted = _body(message, counts, today)
    enclosed = list(_enclosed(message))
    for each in enclosed[:_MOST_ENCLOSED]:
        inner, guess_of_inner, more = _body(each, counts, today)
        quoted += more
        body, guess = f"{body}{_heads(each)}{inner}", guess or guess_of_inner
    if not body:
        raise NotCaptured("the letter says nothing", "capture what is attached to it")
    subject = _head(message, "subject")
    text = body if not subject or body.startswith(subject) else f"{subject}\n{body}"
    day = _day(message)
    guessed = {"language", *(("file",) if guess else ()), *(() if subject else ("title",))}
    about = About(
        title=subject or body.partition("\n")[0],
        publisher=_sender(message),
        author=_sender(message),
        published=day,
        published_basis="the letter's own Date" if day else "",
        language=language_of(body),
        guessed=frozenset(guessed),
    )
    attached = sum(
        part.get_content_type() != _LETTER
        for each in (message, *enclosed)
        for part in each.iter_attachments()
    )
    left_out = {
        "attachments": attached,
        "letters that it encloses": len(enclosed[_MOST_ENCLOSED:]),
        "lines of the letter that it answers": quoted,
    }
    left_out = {thing: count for thing, count in left_out.items() if count}
    return Captured(kind=FileKind.MAIL, text=text, about=about, mended=+counts, left_out=left_out)


def _fits(content: bytes) -> None:
    """Nothing, if it has no more parts and no longer heads than letters have.

    Their parser reads each head word by word, and some of all parts before anybody asks for it.

    Raises:
        NotCaptured: It has more.
    """
    heads = [head.end() - head.start() for head in _HEADS.finditer(content)]
    longest = max(heads, default=0)
    for cost, what in (
        (_PART * len(heads), f"it has some {len(heads):,} parts"),
        (longest // _TO_ONE, f"a head of it has {longest:,} characters"),
    ):
        if cost > CAPTURE_ELEMENTS.most:
            hint = "copy what it says into a file"
            raise NotCaptured(what, hint, CAPTURE_ELEMENTS.raising_to(cost))


def _body(message: EmailMessage, counts: Counter[str], today: date | None) -> tuple[str, str, int]:
    """What a letter says itself, its encoding if that was guessed, and how many lines it quotes.

    Raises:
        NotCaptured: It has a page alone, and that no text.
    """
    plain_part, page_part = message.get_body(("plain",)), message.get_body(("html",))
    body, guess, quoted = "", "", 0
    if plain_part is not None:
        text, guess = _text_of(plain_part)
        fits(len(text))
        own, quoted = _own(_flowed(text, plain_part))
        body = as_text(paragraphs(own, counts), counts)
    if page_part is not None:
        body, guess = _fuller(body, guess, page_part, today)
    return body, guess, quoted


def _own(text: str) -> tuple[str, int]:
    """A letter without the one that it answers, which is quoted at its end, and the lines of that.

    One that answers between the lines stays whole, and so does one that says nothing itself.
    """
    lines = text.replace("\r\n", "\n").rstrip().split("\n")
    end = len(lines)
    while end and (lines[end - 1].startswith(">") or not lines[end - 1].strip()):
        end -= 1
    quoted = sum(line.startswith(">") for line in lines[end:])
    if any(line.startswith(">") for line in lines[:end]):
        return text, 0
    attribution = list(takewhile(str.strip, reversed(lines[max(0, end - _ATTRIBUTION - 1) : end])))
    if lines[end - 1 : end] and lines[end - 1].rstrip().endswith((":", "：")):
        end -= len(attribution) if len(attribution) <= _ATTRIBUTION else 1
    own = "\n".join(lines[:end])
    return (own, quoted) if quoted and own.strip() else (text, 0)


def _enclosed(message: EmailMessage) -> Iterator[EmailMessage]:
    """The letters that it was sent with, as mail programs forward them, and those within these."""
    waiting = deque([message])
    while waiting:
        for part in waiting.popleft().iter_attachments():
            if part.get_content_type() == _LETTER:
                inner = part.get_content()
                if isinstance(inner, EmailMessage):
                    waiting.append(inner)
                    yield inner


def _heads(message: EmailMessage) -> str:
    lines = (f"{name}: {_head(message, name.lower())}" for name in ("From", "Date", "Subject"))
    return as_text(list(lines), Counter())


def _text_of(part: MIMEPart) -> tuple[str, str]:
    """What a part says, and its encoding if that was guessed."""
    payload = part.get_payload(decode=True)
    assert isinstance(payload, bytes)
    return decoded(payload, part.get_content_charset() or "")


def _fuller(body: str, guess: str, page_part: MIMEPart, today: date | None) -> tuple[str, str]:
    """The plain text of a letter, or that of its page if the letter is there."""
    markup, guess_of_page = _text_of(page_part)
    try:
        text = page(markup, guess_of_page, today=today).text
    except NotCaptured:
        if body:
            return body, guess
        raise
    return (text, guess_of_page) if len(text) > _FULLER * len(body) else (body, guess)


def _saved_from(message: EmailMessage, page_part: MIMEPart) -> str | None:
    """Where the page comes from that was saved with all that it shows; None if that is a letter."""
    if message.get_content_type() != "multipart/related":
        return None
    address = _head(message, "snapshot-content-location") or _head(page_part, "content-location")
    return address or (None if message["from"] else "")


def _saved_page(page_part: MIMEPart, address: str, today: date | None) -> Captured:
    captured = page(*_text_of(page_part), today=today)
    about = captured.about
    if is_address(address) and not about.url:
        about = replace(about, url=address)
    return replace(captured, kind=FileKind.WEB_ARCHIVE, about=about)


def _flowed(text: str, part: MIMEPart) -> str:
    """The lines of a paragraph that was broken in the way of RFC 3676, each with its next."""
    kind = part["content-type"]
    if kind is None or (kind.params.get("format") or "").lower() != "flowed":
        return text
    return re.sub(r"(?m)(?<!^--) \n(?!>)", " ", text)


def _head(message: MIMEPart, name: str) -> str:
    try:
        return condensed(str(message[name] or ""))
    except (ValueError, IndexError, TypeError):  # a head that its own parser stumbles on
        return ""


def _sender(message: EmailMessage) -> str:
    sender = _head(message, "from")
    return re.sub(r"\s*<[^>]*>\s*", "", sender).strip('" ') or sender.strip("<> ")


def _day(message: EmailMessage) -> date | None:
    try:
        return parsedate_to_datetime(_head(message, "date")).date()
    except (ValueError, TypeError, IndexError):
        return None
