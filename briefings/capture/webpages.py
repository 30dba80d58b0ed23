"""A saved web page: its article, without what stands around it."""

from __future__ import annotations

import re
from collections import Counter
from configparser import ConfigParser
from datetime import date
from typing import Any

from briefings.capture.captured import Captured, FileKind, NotCaptured, fits
from briefings.capture.clutter import drop_clutter, is_menu
from briefings.capture.mend import as_text, mended
from briefings.capture.page_data import about_page, stated_body
from briefings.capture.plain_texts import paragraphs
from briefings.capture.shield import restored, shielded
from briefings.core.limits import CAPTURE_ELEMENTS

_LEAST = 80
"""Characters of an article: less is a notice, a menu or a paywall."""

_SCRIPTED = 20
"""Times as many signs that begin an element as a page may have of these: scripts compare too."""

_COMMENTS = 10_000
"""Comments of a page up to which they are read: a text among more takes the square of them."""

_HARMLESS = 100
"""Attributes of an element that cost nothing, whatever is allowed."""
_ATTRIBUTES = 50
"""Times fewer attributes than elements may be in one: to read them takes the square of them."""

# It always ends, at the latest with the page, so that none is read twice. What is like a tag in a
# script or a style is none.
_TAG = re.compile(
    r"""(<(?:(script|style)\b|[a-z])(?:[^>=]++|=\s*+(?:"[^"]*+"?|'[^']*+'?)?+)*+)"""
    r"""(?(2)(?:[^<]++|<(?!/(?:script|style)\b))*+)""",
    re.IGNORECASE,
)
_WRITTEN_AS = 4
"""Characters that `&`, `<` or `>` of a text takes more as markup, which is searched for days."""

_STANDFIRST = 20
"""Characters of a standfirst: less below a headline is a name, a day or a button."""

_HINT = "open it in a browser and save it there; or copy the text into a file"

# How word processors draw the items of a list in a page.
_BULLET = re.compile(r"(?m)^[·•▪§]\u00a0[\u00a0 ]*")
_UNSEEN = frozenset({"noscript", "script", "style"})


def page(markup: str, encoding_guess: str = "", *, today: date | None = None) -> Captured:
    """The article of a page.

    Args:
        markup: Its HTML.
        encoding_guess: Its encoding, if that was guessed.
        today: No day behind it is taken for that of the page.

    Raises:
        NotCaptured: There is no article on it.
    """
    from lxml import etree, html  # noqa: PLC0415 # of the extra

    # A text has no encoding to declare.
    shielded_page = shielded(re.sub(r"\A\s*<\?xml[^>]*\?>", "", markup))
    opened = shielded_page.count("<") - shielded_page.count("</")
    if opened > _SCRIPTED * CAPTURE_ELEMENTS.most:
        fits(0, opened)
    attributes = max((len(tag[1].split()) for tag in _TAG.finditer(shielded_page)), default=0)
    if attributes > _HARMLESS and (cost := _ATTRIBUTES * attributes) > CAPTURE_ELEMENTS.most:
        message = f"an element of it has some {attributes:,} attributes"
        raise NotCaptured(message, _HINT, CAPTURE_ELEMENTS.raising_to(cost))
    many = shielded_page.count("<!") + shielded_page.count("<?") > _COMMENTS
    parser = html.HTMLParser(huge_tree=False, remove_comments=many, remove_pis=many)
    try:
        tree = html.document_fromstring(shielded_page, parser=parser)
    except (etree.ParserError, ValueError, etree.XMLSyntaxError) as error:
        raise NotCaptured("it is no page", "save it again from a browser") from error
    visible = visible_letters(tree)
    fits(visible, int(tree.xpath("count(//*)")))
    drop_clutter(tree)
    counts: Counter[str] = Counter()
    _unfold_layout_tables(tree)
    _unfold_typed_lines(tree, counts)
    fits(visible, int(tree.xpath("count(//*)")))
    written = html.tostring(tree, encoding="unicode")
    fits(visible + _WRITTEN_AS * written.count("&"))
    document = _extracted(written)
    body = restored((document.text if document is not None else "") or "")
    # A page that a script fills has its article only in its data, of which the lines got lost.
    stated = stated_body(tree)
    body = stated if stated.split() == body.split() else body
    text = as_text(_BULLET.sub("- ", body).split("\n"), counts)
    if len(text) < _LEAST:
        only = f": only “{' '.join(text.split())}”" if text else ""
        raise NotCaptured(f"there is no article on the page{only}", _HINT)
    lines = text.splitlines()
    if is_menu(lines, tree, _line):
        message = f"there is no article on the page: most of its {len(lines)} lines are links"
        raise NotCaptured(message, _HINT)
    about = about_page(tree, document, text, encoding_guess, today)
    text = _with_title(with_headings(text, tree), about.title)
    rest = visible - _letters(text)
    left_out = (
        {"characters of menus, banners and what else stands around": rest} if rest > 0 else {}
    )
    return Captured(kind=FileKind.PAGE, text=text, about=about, mended=+counts, left_out=left_out)


def _extracted(markup: str) -> Any:
    """What trafilatura takes for the article, or None."""
    import trafilatura  # noqa: PLC0415 # of the extra
    from trafilatura.settings import DEFAULT_CONFIG  # noqa: PLC0415 # of the extra

    # Below its own least of 250 characters it takes the words of the whole page in one
    # paragraph; a short report is as long, and in Chinese a long one.
    config = ConfigParser()
    config.read_dict(DEFAULT_CONFIG)
    config.set("DEFAULT", "MIN_EXTRACTED_SIZE", str(_LEAST))
    return trafilatura.bare_extraction(
        markup,
        include_comments=False,
        include_tables=True,
        include_formatting=False,
        deduplicate=False,
        favor_recall=True,
        with_metadata=True,
        config=config,
    )


def _letters(text: str) -> int:
    return len("".join(text.split()))


def _unfold_layout_tables(tree: Any) -> None:
    """Make blocks of the tables that only place things, as letters and old pages have them."""
    tables = [table for table in tree.iter("table") if _is_layout(table)]
    for table in tables:
        for each in table.iter("table", "thead", "tbody", "tfoot", "tr", "td", "th"):
            if next(each.iterancestors("table"), table) is table or each is table:
                each.tag = "div"


def _unfold_typed_lines(tree: Any, counts: Counter[str]) -> None:
    """Make paragraphs of texts whose lines were broken by hand, as archives of mail show them."""
    for typed in list(tree.iter("pre")):
        parts = paragraphs("".join(typed.itertext()), counts)
        typed.clear(keep_tail=True)
        typed.tag = "div"
        for part in parts:
            paragraph = typed.makeelement("p")
            paragraph.text = part
            typed.append(paragraph)


def _is_layout(table: Any) -> bool:
    """Whether a cell holds a headline, a table or several paragraphs, or the page says so.

    Old pages part paragraphs by line ends, two between each and the next.
    """
    if table.get("role") in {"presentation", "none"}:
        return True
    return any(
        next(cell.iter("h1", "h2", "h3", "table"), None) is not None
        or len(cell.findall(".//p")) > 1
        or sum(
            each.getnext() is not None and each.getnext().tag == "br" for each in cell.iter("br")
        )
        > 1
        for cell in table.iter("td")
    )


def visible_letters(tree: Any) -> int:
    """How many letters of a page can be seen, menus and all."""
    body = next(tree.iter("body"), None)
    if body is None:
        return 0
    return sum(
        _letters(element.text or "") + sum(_letters(child.tail or "") for child in element)
        for element in body.iter("*")
        if element.tag not in _UNSEEN
    )


def with_headings(text: str, tree: Any) -> str:
    """The headings that the extractor left out go before the paragraphs that they stand above.

    So do the hours of a live blog, and the sentence below the headline, before an article that
    begins behind it.
    """
    lines = text.splitlines()
    there = set(lines)
    before: dict[str, tuple[str, ...]] = {}
    hours: dict[Any, Any] = {}  # the last before, by what holds it: nobody walks back for it
    for heading in tree.iter("time", "h1", "h2", "h3", "h4", "h5", "h6"):
        if heading.tag == "time":
            hours[heading.getparent()] = heading
            continue
        below = next(heading.itersiblings("*"), None)
        if below is None or _has_link(heading) or _has_link(below):
            continue
        words, first = _line(heading), _line(below)
        if heading.tag != "h1":
            hour = hours.get(heading.getparent())
            stamp = _line(hour) if hour is not None else ""
            before[words if words in there else first] = stamp, words
        elif below.tag in {"h2", "p"} and len(first) >= _STANDFIRST and first not in text:
            begins = lines[1] if lines[0] == words and lines[1:] else lines[0]
            before.setdefault(begins, (first,))
    parted: list[str] = []
    for line in lines:
        missing = (each for each in before.get(line, ()) if each and each not in there)
        parted += [*missing, line]
    return "".join(f"{line}\n" for line in parted)


def _has_link(element: Any) -> bool:
    return next(element.iter("a"), None) is not None


def _line(element: Any) -> str:
    """An element's words as the text of the article has them."""
    return mended(restored("".join(element.itertext())), Counter())


def _with_title(text: str, title: str) -> str:
    """The headline goes before the article where that does not begin with it."""
    first = text.partition("\n")[0]
    return text if not title or title in first else f"{title}\n{text}"
