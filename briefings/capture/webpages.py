"""A saved web page: its article, without what stands around it, and what it says of itself."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from briefings.capture.captured import About, Captured, Kind, NotCaptured
from briefings.capture.identify import language_of
from briefings.capture.mend import as_text

_LEAST = 80
"""Characters of an article: less is a notice, a menu or a paywall."""

# The extractor drops these two and takes those for white space; letters that no page writes
# stand for them meanwhile.
_KEPT = "\u00ad\u200c\u200d\u200e\u200f\u061c\u00a0\u202f\u2007\u2067\u2066\u2068\u2069"
_STANDINS = "\U00010300\U00010301\U00010302\U00010303\U00010304\U00010305\U00010306\U00010307"
_STANDINS += "\U00010308\U00010309\U0001030a\U0001030b\U0001030c"
_HIDE, _SHOW = str.maketrans(_KEPT, _STANDINS), str.maketrans(_STANDINS, _KEPT)

_ENTITIES = {"shy": 0xAD, "nbsp": 0xA0, "zwnj": 0x200C, "zwj": 0x200D, "lrm": 0x200E, "rlm": 0x200F}
_ENTITY = re.compile(r"&(?:#x([0-9a-fA-F]{1,6})|#(\d{1,7})|(shy|nbsp|zwnj|zwj|lrm|rlm));")
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_PUBLISHED = (
    "article:published_time",
    "og:article:published_time",
    "datePublished",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.created",
    "dc.date",
    "parsely-pub-date",
    "sailthru.date",
    "pubdate",
    "citation_publication_date",
    "publish-date",
    "date",
)


def page(markup: str, encoding_guess: str = "", *, today: date | None = None) -> Captured:
    """The article of a page.

    Args:
        markup: Its HTML.
        encoding_guess: Its encoding, if that was guessed.
        today: No day behind it is taken for that of the page.

    Raises:
        NotCaptured: There is no article on it.

    """
    import trafilatura  # noqa: PLC0415 # of the extra
    from lxml import etree, html  # noqa: PLC0415 # of the extra

    shielded = _ENTITY.sub(_shielded, markup).translate(_HIDE)
    shielded = re.sub(r"\A\s*<\?xml[^>]*\?>", "", shielded)  # a text has no encoding to declare
    try:
        tree = html.document_fromstring(shielded, parser=html.HTMLParser(huge_tree=False))
    except (etree.ParserError, ValueError, etree.XMLSyntaxError) as error:
        raise NotCaptured("it is no page", "save it again from a browser") from error
    document: Any = trafilatura.bare_extraction(
        shielded,
        include_comments=False,
        include_tables=True,
        include_formatting=False,
        deduplicate=False,
        favor_recall=True,
        date_extraction_params=_dates(today),
    )
    counts: Counter[str] = Counter()
    body = (document.text if document is not None else "") or ""
    text = as_text(body.translate(_SHOW).split("\n"), counts)
    if len(text) < _LEAST:
        message = "there is no article on the page" + (f": only “{text.strip()}”" if text else "")
        hint = "open it in a browser and save it there; or copy the text into a file"
        raise NotCaptured(message, hint)
    about = _about(tree, document, text, encoding_guess)
    text = _with_title(text, about.title)
    visible = sum(len("".join(each.split())) for each in tree.itertext() if isinstance(each, str))
    rest = visible - len("".join(text.split()))
    left_out = {"menus, banners and what else stands around": rest} if rest > 0 else {}
    return Captured(kind=Kind.PAGE, text=text, about=about, mended=+counts, left_out=left_out)


def _shielded(entity: re.Match[str]) -> str:
    if entity[3]:
        code = _ENTITIES[entity[3]]
    else:
        code = int(entity[1], 16) if entity[1] else int(entity[2])
    return chr(code) if code < 0x110000 and chr(code) in _KEPT else entity[0]


def _dates(today: date | None) -> dict[str, Any]:
    latest = {"max_date": today.isoformat()} if today else {}
    return {"original_date": True, "extensive_search": True, "outputformat": "%Y-%m-%d", **latest}


def _with_title(text: str, title: str) -> str:
    """The headline goes before the article where that does not begin with it."""
    first = text.partition("\n")[0]
    return text if not title or title in first else f"{title}\n{text}"


def _about(tree: Any, document: Any, text: str, encoding_guess: str) -> About:
    metas = _metas(tree)
    linked = list(_linked_data(tree))
    guessed = {"file"} if encoding_guess else set()
    title = _first(linked, "headline") or metas.get("og:title", "") or _inside(tree, "//h1")
    if not title:
        title = _inside(tree, "//title") or text.partition("\n")[0]
        guessed.add("title")
    publisher = _name(_first(linked, "publisher")) or metas.get("og:site_name", "")
    if not publisher:
        publisher = metas.get("application-name", "") or (document.sitename or "")
        guessed |= {"publisher"} if publisher else set()
    author = _name(_first(linked, "author")) or metas.get("author", "") or (document.author or "")
    published, basis = _published(tree, metas, linked)
    if published is None and document.date:
        published, basis = _day(document.date), "the page's own words or address, by a guess"
        guessed.add("published")
    language = _declared_language(tree, metas)
    if not language:
        language = language_of(text)
        guessed.add("language")
    url = _address(tree, metas, linked) or (document.url or "")
    return About(
        title=_clean(title),
        publisher=_clean(publisher),
        author=_clean(author),
        published=published,
        published_basis=basis,
        language=language,
        url=url if re.fullmatch(r"https?://\S+", url) else "",
        guessed=frozenset(guessed),
    )


def _metas(tree: Any) -> dict[str, str]:
    """The content of each `meta` by its name or property, the first of each."""
    metas: dict[str, str] = {}
    for meta in tree.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or ""
        value = (meta.get("content") or "").strip()
        if name and value:
            metas.setdefault(name, value)
            metas.setdefault(name.lower(), value)
    return metas


def _linked_data(tree: Any) -> Iterator[Mapping[str, Any]]:
    """The objects of JSON-LD that tell of an article, or may."""
    for script in tree.iterfind('.//script[@type="application/ld+json"]'):
        try:
            data = json.loads((script.text or "").translate(_SHOW))
        except (ValueError, RecursionError):
            continue
        for item in data if isinstance(data, list) else [data]:
            graph = item.get("@graph") if isinstance(item, dict) else None
            for node in graph if isinstance(graph, list) else [item]:
                if (isinstance(node, dict) and "datePublished" in node) or "headline" in node:
                    yield node


def _first(linked: list[Mapping[str, Any]], key: str) -> Any:
    return next((node[key] for node in linked if node.get(key)), "")


def _name(value: Any) -> str:
    """The names of an organisation or of persons, as JSON-LD writes them."""
    if isinstance(value, list):
        return ", ".join(name for each in value if (name := _name(each)))
    if isinstance(value, dict):
        value = value.get("name", "")
    return value if isinstance(value, str) else ""


def _published(
    tree: Any, metas: Mapping[str, str], linked: list[Mapping[str, Any]]
) -> tuple[date | None, str]:
    day = _day(str(_first(linked, "datePublished")))
    if day:
        return day, "datePublished in the page's data (JSON-LD)"
    for name in _PUBLISHED:
        day = _day(metas.get(name, "") or metas.get(name.lower(), ""))
        if day:
            return day, f"the page's meta {name}"
    times = [each.get("datetime") or "" for each in tree.iterfind(".//article//time")]
    times = times or [each.get("datetime") or "" for each in tree.iter("time")]
    days = {day for each in times if (day := _day(each))}
    if len(days) == 1:
        return days.pop(), "the only time that the page marks"
    return None, ""


def _day(text: str) -> date | None:
    """The calendar day that an ISO 8601 time begins with, as it stands there."""
    stated = _DAY.match(text.strip())
    if stated is None:
        return None
    try:
        return date(int(stated[1]), int(stated[2]), int(stated[3]))
    except ValueError:
        return None


def _declared_language(tree: Any, metas: Mapping[str, str]) -> str:
    stated = tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang") or ""
    stated = stated or metas.get("og:locale", "") or metas.get("content-language", "")
    tag = re.match(r"[A-Za-z]{2,3}\b", stated.strip().replace("_", "-"))
    return tag[0].lower() if tag else ""


def _address(tree: Any, metas: Mapping[str, str], linked: list[Mapping[str, Any]]) -> str:
    for link in tree.iterfind('.//link[@rel="canonical"]'):
        if link.get("href"):
            return str(link.get("href")).strip()
    stated = metas.get("og:url", "") or _first(linked, "url")
    return stated if isinstance(stated, str) else ""


def _inside(tree: Any, path: str) -> str:
    nodes = tree.xpath(path)
    return "".join(nodes[0].itertext()) if nodes else ""


def _clean(text: str) -> str:
    return " ".join(text.translate(_SHOW).split())
