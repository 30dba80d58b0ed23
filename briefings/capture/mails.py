"""A letter (.eml, RFC 5322): what it says, and its head."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from email import message_from_bytes, policy
from email.message import EmailMessage, MIMEPart
from email.utils import parsedate_to_datetime

from briefings.capture.captured import About, Captured, Kind, NotCaptured
from briefings.capture.decoding import decoded
from briefings.capture.identify import language_of
from briefings.capture.mend import as_text
from briefings.capture.plain_texts import paragraphs
from briefings.capture.webpages import page


def letter(content: bytes, *, today: date | None = None) -> Captured:
    """The text of a letter: its plain part, else that of its page; attachments are left out.

    Raises:
        NotCaptured: It says nothing.

    """
    message = message_from_bytes(content, policy=policy.default)
    assert isinstance(message, EmailMessage)
    part = message.get_body(("plain", "html"))
    if part is None:
        raise NotCaptured("the letter says nothing", "capture what is attached to it")
    payload = part.get_payload(decode=True)
    assert isinstance(payload, bytes)
    markup, guess = decoded(payload, part.get_content_charset() or "")
    counts: Counter[str] = Counter()
    if part.get_content_type() == "text/html":
        body = page(markup, guess, today=today).text
    else:
        body = as_text(paragraphs(_flowed(markup, part), counts), counts)
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
    attached = sum(1 for _ in message.iter_attachments())
    left_out = {"attachments": attached} if attached else {}
    return Captured(kind=Kind.MAIL, text=text, about=about, mended=+counts, left_out=left_out)


def _flowed(text: str, part: MIMEPart) -> str:
    """The lines of a paragraph that was broken in the way of RFC 3676, each with its next."""
    kind = part["content-type"]
    if kind is None or (kind.params.get("format") or "").lower() != "flowed":
        return text
    return re.sub(r"(?m)(?<!^--) \n(?!>)", " ", text)


def _head(message: EmailMessage, name: str) -> str:
    try:
        return " ".join(str(message[name] or "").split())
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
