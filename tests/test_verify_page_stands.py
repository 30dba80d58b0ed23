"""The page that verifies in a browser: what a page of the web leaves out, or tells otherwise."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

import pytest
from command import run
from playwright.sync_api import Browser
from test_verify_page import renamed, verdicts, verifier

__all__ = ["verifier"]

PART = r'<section aria-labelledby="{}".*?</section>'
GONE: Mapping[str, str] = {
    PART.format("disagree"): "a part of it is missing: disagree",
    PART.format("unknown"): "a part of it is missing: unknown",
    PART.format("trust"): "a part of it is missing: trust",
    PART.format("timeline"): "a part of it is missing: timeline",
    PART.format("sourcing"): "a part of it is missing: sourcing",
    r'<h3 id="background".*?</ul>': "a part of it is missing: background",
    r'<div class="judgement leading".*?</div>': "it does not tell of ",
    r'<div class="point" id="gap-.*?</div>': "at unknown, and its data of ",
    r'<span class="answer">.*?</span></span>': "it does not give each answer to ",
    r'<span data-fact="[^"]*">Inés Calder.*?</span>; ': "otherwise than its data",
    r'<footer class="marking">.*?</footer>': "it is marked “TLP:CLEAR”",
    r'<p class="colophon verify">.*?</p>': "it does not say how to verify it",
    r' · <span class="disputed">.*?</span>': "it says of the points of ¶ ",
    r'<p class="voice">(?:claim|figure).*?</p>': "it calls ¶ ",
    r'<strong class="overdue">.*?</strong>': "it says of whether the day of ¶ 9 has passed “false”",
    r'<p class="translation">.*?</p>': "it says of the translation of quote 4 “”",
    r' <span class="by">.*?</span>': "it says of whether it tells who translated quote 4 “false”",
}
"""What of a page is taken out, and what is said of it."""

PUT: Mapping[str, tuple[str, str, str]] = {
    "a claim as a figure": ('<p class="voice">claim', '<p class="voice">figure', "it calls ¶ "),
    "a likelihood that its scale does not show": (
        r'class="scale"><span class="[a-z-]+"',
        'class="scale"><span class="unlikely"',
        "it says of the scale of ",
    ),
    "the words for a grade": (
        r'title="usually reliable; probably true"',
        'title="completely reliable; probably true"',
        "it explains B2 as ",
    ),
    "an answer": (
        r'<span class="answer">[^<]+',
        '<span class="answer">Twelve boats were refused ',
        "it does not give each answer to ",
    ),
    "the file of a source": (
        r"[0-9a-f]{64}(?=</bdi></d)",
        "0" * 64,
        "it says of the file of ",
    ),
    "steps of a grade": (r'<span class="on"></span>', "<span></span>", "it says of the steps of "),
    "a quote that differs": (
        r"word for word · ",
        "spelling or spacing differs · ",
        "how quote 1 stands in its document",
    ),
    "a paragraph of a document": (
        r"par\. \d, line (\d)</",
        r"par. 9, line \1</",
        "another place in its document",
    ),
    "another passage": (r"#p-gazette-[^\"]*", "#p-gazette-1-2", "it says of the passage of quote "),
    "the language of a source": (
        r'(data-label="Language">)English',
        r"\1French",
        "of the language",
    ),
    "a label of a cell": (r'data-label="Grade"', 'data-label="Origin"', "it calls a cell “Origin”"),
    "who is found by an actor": (r'data-actors="[^"]*"', "", "it says of the actors of ¶ "),
    "what is found by a source": (
        r'data-sources="[^"]*"',
        'data-sources="gazette radio-quai"',
        "it says of the sources of ¶ ",
    ),
    "a heading for another": (
        r'<h3 id="commentary">Commentary(.*?)<h3 id="background">Background',
        r'<h3 id="background">Background\1<h3 id="commentary">Commentary',
        "it says of the part of ¶ 5 “background”, and its data “commentary”",
    ),
    "a sentence under another heading": (
        r'(<h3 id="background">.*?<div class="heard">\s*)(<div class="hearing">.*?</ol></div>)',
        r"\2\1",
        "it says of the part of ¶ 7 “commentary”, and its data “background”",
    ),
    "an outcome of a plan": (
        r'(Due 1 March 2024\..*?)href="#s1"',
        r'\1href="#s4"',
        "it says of the outcomes of ¶ 8 “s4”, and its data “s1”",
    ),
    "the language of a quote": (
        r'<p class="passage-text" lang="fr"',
        '<p class="passage-text" lang="en"',
        "it says of the language of quote 4 “en”, and its data “fr”",
    ),
    "what a part is called": (
        '<section aria-labelledby="sourcing">',
        '<section aria-labelledby="outlook">',
        "it calls a part otherwise than its heading: outlook",
    ),
    "a permanent link": (r'href="#fact-[^"]*"', 'href="#fact-gift"', "it says of the place of ¶ "),
    "words that run backwards": (
        '<p class="statement">',
        '<p dir="rtl" class="statement">',
        "it turns round “",
    ),
    "a page that runs backwards": (
        '<html lang="en" dir="ltr">',
        '<html lang="en" dir="rtl">',
        "it runs another way than its language: rtl",
    ),
    "digits of the script": (
        'data-digits="0123456789"',
        'data-digits="0123456798"',
        "its script counts in other digits",
    ),
    "words of the script": (
        'data-copied="Copied"',
        'data-copied="Denied"',
        "nor our pages say “Denied”",
    ),
    "a size of the page": ("initial-scale=1", "initial-scale=0.1", "none of ours does: viewport"),
    "a picture of the page": (r"png;base64,iVBO", "png;base64,AAAA", "its icon is none of ours"),
    "its language for others": (
        'og:locale" content="en"',
        'og:locale" content="ru"',
        "it says that it is in another language than en",
    ),
    "a break within a word": (
        r'(<p class="statement">\w\w)',
        "\\1\u00ad",
        "it has characters that do not show",
    ),
}
"""What of a page is put otherwise, what stands there then, and what is said of it."""


MARKS: Mapping[str, tuple[str, str, str]] = {
    "a day that is not known": (
        'class="dot vague" id="tl-event-3"',
        'class="dot" id="tl-event-3"',
        "a mark stands for 2024-03-04~, and is drawn otherwise: dot",
    ),
    "who says what": (
        r'(<td class="hit">(?:(?!</td>).)*</td>)(<td></td>)',
        r"\2\1",
        "it says that “",
    ),
    "who is heard": (
        r'(<th scope="col">Inés Calder</th>)(<th scope="col">(?:(?!</th>).)*</th>)',
        r"\2\1",
        "it says that “",
    ),
    "the number of a mark": ('id="tl-event-1"', 'id="tl-event-2"', "in another order than their"),
    "what a row stands for": (
        r'<tr data-items="[^"]*"',
        '<tr data-items="s2"',
        "a part of it stands for s2",
    ),
}


OF_MORE: Mapping[str, tuple[str, str, str]] = {
    "a part": (PART.format("lanes"), "", "a part of it is missing: lanes"),
    "a line of the front": (
        r'<div class="event">.*?</div>\n</div>',
        "",
        "at news, and its data of ",
    ),
    "a question of the front": (
        r'<p class="point" data-gap.*?</p>',
        "",
        "at unknown, and its data",
    ),
    "a question": (r'<li class="row gap".*?</li>', "", "it does not tell of "),
    "a label of an axis": (
        r"<span>7 Dec</span></span>",
        "<span>17 Dec</span></span>",
        "its axis says “17 Dec” where another day is",
    ),
    "whose lane it is": (
        r'(<div class="ln-name">)[^<]+(</div>.*?<div class="ln-name">)([^<]+)<',
        r"\1\3\2\3<",
        "what is told of others",
    ),
    "what a mark stands for": (
        r'id="ln-1" data-items="[^"]*"',
        'id="ln-1" data-items="s9"',
        "a label stands for other facts than its mark",
    ),
    "how many more": (r">(\d) more</a></p>", r">9\1 more</a></p>", "and its data of "),
}
"""The same of a brief whose reports do not all have room on page one."""


@pytest.fixture(scope="module")
def text(harbour_site: Path) -> str:
    return (harbour_site / "basin-closure.en.html").read_text(encoding="utf-8")


def put(text: str, old: str, new: str) -> bytes:
    """The page with a part of it put otherwise, and its name put right again."""
    head, data, rest = text.partition('<script type="application/json"')
    data, end, main = (data + rest).partition("</script>")
    if re.search(old, main, re.DOTALL):
        changed = head + data + end + re.sub(old, new, main, count=1, flags=re.DOTALL)
    else:
        changed = re.sub(old, new, head, count=1, flags=re.DOTALL) + data + end + main
    assert changed != text, old
    return renamed(changed)


def told_of(
    browser: Browser, verifier: Path, folder: Path, pages: Mapping[str, tuple[bytes, str]]
) -> None:
    """Each page fails by what is expected of it."""
    files = []
    for number, (content, _) in enumerate(pages.values()):
        files.append(folder / f"{number}.html")
        files[-1].write_bytes(content)
    answers = verdicts(browser, verifier, *files)
    for (name, (_, expected)), lines in zip(pages.items(), answers, strict=True):
        faults = [line for line in lines if line.startswith("FAILS: words: ")]
        assert any(expected in line for line in faults), "\n".join((name, *lines))


def test_what_is_gone_is_missed(
    browser: Browser, verifier: Path, text: str, tmp_path: Path
) -> None:
    """A part, an entry, an answer, a mark: whatever the data have, and a page tells of."""
    pages = {old: (put(text, old, ""), expected) for old, expected in GONE.items()}
    told_of(browser, verifier, tmp_path, pages)


def test_what_is_said_of_an_entry_is_of_its_data(
    browser: Browser, verifier: Path, text: str, tmp_path: Path
) -> None:
    """In words that a page of ours may say, of other entries or in another place."""
    pages = {name: (put(text, old, new), said) for name, (old, new, said) in PUT.items()}
    told_of(browser, verifier, tmp_path, pages)


def test_marks_of_pictures_stand_for_what_is_theirs(
    browser: Browser, verifier: Path, text: str, tmp_path: Path
) -> None:
    """And stand where it does: whose they are, what the script finds them by, how far along."""
    pages = {name: (put(text, old, new), said) for name, (old, new, said) in MARKS.items()}
    longer = re.sub(r"#age-1\{width:[\d.]+%\}", "#age-1{width:9%}", text, count=1)
    later = re.sub(r"#tl-event-1\{left:[\d.]+%", "#tl-event-1{left:97%", text, count=1)
    assert text not in (longer, later)
    pages["how old a source is"] = (restyled(text, longer), "is not as long as its age")
    pages["when it happened"] = (restyled(text, later), "stands where an earlier day does")
    told_of(browser, verifier, tmp_path, pages)


def restyled(text: str, other: str) -> bytes:
    """A page with another style, its policy and its name put right."""
    policies = []
    for page in (text, other):
        (style,) = re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
        policies.append(b64encode(sha256(style.encode()).digest()).decode())
    assert policies[0] in text
    return renamed(other.replace(policies[0], policies[1]))


def test_a_brief_with_more_than_its_first_page_has_room_for(
    browser: Browser, verifier: Path, checkout: Path, tmp_path: Path
) -> None:
    """It tells of some on page one, and says how many more there are."""
    flags = ("--topic", "un-staff-ban", "--lang", "en", "--format", "html")
    out = tmp_path / "out"
    built = run("build", *flags, "--base", str(checkout / "facts.yaml"), "--out", str(out))
    assert built.exit_code == 0
    text = (out / "un-staff-ban.en.html").read_text(encoding="utf-8")
    pages = {name: (put(text, old, new), said) for name, (old, new, said) in OF_MORE.items()}
    told_of(browser, verifier, tmp_path, pages)
