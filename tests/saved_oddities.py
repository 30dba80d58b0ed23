"""Odd shapes of saved files: walls, lists of links, letters in letters, lists in a PDF."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterable
from email.message import EmailMessage
from email.mime.message import MIMEMessage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText

from saved_files import LEFT, MORE, WORDS, Placed, SavedFile, column, pdf

CONSENT = "We and our 842 partners store cookies on your device, and process what they tell of you."
WALL = (
    f'<div id="onetrust-sdk"><div role="dialog"><h2>Your privacy</h2><p>{CONSENT}</p></div></div>'
)
THREE = (
    "The harbour board met on Monday and heard what the ferry to Vell would cost the town.",
    "Its chair asked for another offer, since that of the yard which built it was the only one.",
    "Nobody from the island was there, but a letter was read in which it asked for a bus.",
)
RULE = "The northern quay is closed from 1 June 2031."


def _page(body: str) -> str:
    head = '<meta charset="utf-8"><title>Ferry stops | Harbour Post</title>'
    return f'<!DOCTYPE html><html lang="en"><head>{head}</head><body>{body}</body></html>'


def odd_pages() -> Iterable[SavedFile]:
    """A page behind a wall, one that a script fills; a list as a word processor saves it."""
    article = (
        f'<h1>Ferry stops</h1><p>{WORDS["en"]}</p><p class="cookie-story">{RULE} {MORE["en"]}</p>'
    )
    yield SavedFile(
        "walled.html",
        _page(f"{WALL}<main>{article}</main>").encode(),
        [WORDS["en"], RULE],
        [CONSENT, "Your privacy"],
        title="Ferry stops",
        publisher="Harbour Post",
        published="None",
        guessed=frozenset({"publisher"}),
    )
    dated = f"<h1>Ferry stops</h1><p>17 May 2031</p><p>{WORDS['en']}</p><p>{RULE} {MORE['en']}</p>"
    yield SavedFile(
        "dated.html",
        _page(f"<main>{dated}</main>").encode(),
        [WORDS["en"]],
        published="2031-05-17",
        guessed=frozenset({"publisher", "published"}),
    )
    blocks = "".join(f"<div>{words}</div>" for words in ("Ferry stops", WORDS["en"], MORE["en"]))
    foot = '<footer><p>© 2031 Harbour Post</p><a href="/privacy">Privacy</a></footer>'
    yield SavedFile(
        "blocks.html",
        _page(f'<nav><a href="/">Home</a></nav><div>{blocks}</div>{foot}').encode(),
        [f"{WORDS['en']}\n{MORE['en']}\n"],
        ["Home", "© 2031", "Privacy"],
    )
    typed = "\n\n".join(textwrap.fill(f"{words} {words}", 72) for words in THREE)
    yield SavedFile(
        "typed.html",
        _page(f"<h1>Minutes</h1><pre>{typed}</pre>").encode(),
        [f"{words} {words}\n" for words in THREE],
    )
    old = f"<font size=5>Ferry stops</font><br><br>{WORDS['en']}<br><br>{RULE} {MORE['en']}"
    yield SavedFile(
        "old.html",
        _page(f"<table width=600><tr><td>{old}</td></tr></table>").encode(),
        [f"{WORDS['en']}\n{RULE} {MORE['en']}\n"],
    )
    data = {"@type": "NewsArticle", "headline": "Ferry stops", "articleBody": "BODY"}
    script = json.dumps(data).replace("BODY", f"{WORDS['en']}\\n\\n{MORE['en']}")
    yield SavedFile(
        "filled.html",
        _page(
            f'<script type="application/ld+json">{script}</script><div id="root"></div>'
        ).encode(),
        [f"Ferry stops\n{WORDS['en']}\n{MORE['en']}\n"],
        title="Ferry stops",
    )
    mark = '<span style="font-family:Symbol">·<span>&nbsp;&nbsp;&nbsp; </span></span>'
    listed = "".join(f"<p class=MsoListParagraph>{mark}{words}</p>" for words in (RULE, MORE["en"]))
    yield SavedFile(
        "word.htm",
        _page(f"<p class=MsoTitle>Memo</p><p>{WORDS['en']}</p><p>&nbsp;</p>{listed}").encode(),
        [f"{WORDS['en']}\n- {RULE}\n- {MORE['en']}\n"],
        ["\u00a0"],
    )


def odd_letters() -> Iterable[SavedFile]:
    """A letter that was forwarded whole, below a line of who forwards it."""
    inner = EmailMessage()
    inner["From"] = "Ana Mora <am@harbour.example>"
    inner["Date"] = "Tue, 13 May 2031 10:00:00 +0000"
    inner["Subject"] = "The ferry"
    inner.set_content(f"{WORDS['en']}\n\n{MORE['en']}\n")
    outer = MIMEMultipart("mixed")
    outer["From"] = "desk@example.org"
    outer["Date"] = "Wed, 14 May 2031 08:00:00 +0000"
    outer["Subject"] = "Fwd: The ferry"
    outer.attach(MIMEText("See below.\n"))
    outer.attach(MIMEMessage(inner))
    yield SavedFile(
        "forwarded.eml",
        outer.as_bytes(),
        ["See below.\nFrom: Ana Mora", "Subject: The ferry\n", WORDS["en"], MORE["en"]],
        title="Fwd: The ferry",
        publisher="desk@example.org",
        published="2031-05-14",
    )


def odd_papers() -> Iterable[SavedFile]:
    """A sheet with its head, headline and number, a table and a list; one of three columns."""
    rows = ["2027 12,400 31", "2028 11,950 29", "2029 10,210 27"]
    items = ["The northern quay is closed.", "The southern quay is open."]
    lines: list[Placed] = [
        (70.0, 810.0, "Harbour Papers"),
        (70.0, 780.0, "Landings at Lorne", 18.0),
        *column(70, 740, LEFT[:4]),
        *((70.0, 600.0 - 13 * at, text) for at, text in enumerate(rows)),
        *((90.0, 540.0 - 13 * at, text) for at, text in enumerate(items)),
        *((78.0, 540.0 - 13 * at, "•") for at, _ in enumerate(items)),
        (270.0, 40.0, "Page 1 of 1", 8.0),
    ]
    yield SavedFile(
        "sheet.pdf",
        pdf([lines]),
        ["".join(f"{row}\n" for row in rows), "".join(f"• {item}\n" for item in items)],
        ["Page 1"],
        title="Landings at Lorne",
        mended=["page heads and feet"],
    )
    columns = [
        (50.0 + 175 * number, 740.0 - 12 * at, text, 9.0)
        for number, words in enumerate(THREE)
        for at, text in enumerate(textwrap.wrap(f"{words} {words}", 30))
    ]
    spread: list[Placed] = [
        (50.0, 780.0, "The ferry, the yard, and all those who wait for either", 20.0),
        *columns,
    ]
    yield SavedFile("columns.pdf", pdf([sorted(spread, key=lambda line: -line[1])]), THREE)


def walls() -> Iterable[tuple[str, bytes, str]]:
    """Pages of which only the wall, or only the menu, was saved: name, content, the reason."""
    yield "wall.html", _page(f"{WALL}<footer>Privacy</footer>").encode(), "no article"
    links = "".join(f"<li><a href=/{at}>Story number {at} of the day</a></li>" for at in range(40))
    yield "links.html", _page(f"<main><ul>{links}</ul></main>").encode(), "lines are links"
