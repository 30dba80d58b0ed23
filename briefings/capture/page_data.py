"""What a saved web page says of itself: in its metas, its JSON-LD, its headline, its comments."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from copy import deepcopy
from datetime import date
from typing import Any

from briefings.capture.captured import About
from briefings.capture.identify import unless_declared
from briefings.capture.mend import is_prose
from briefings.capture.shield import in_one_line, restored
from briefings.core.addresses import is_of_web, split
from briefings.core.characters import hidden

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
# How browsers and SingleFile note, before the page, where it was saved from.
_SAVED_FROM = re.compile(r"saved from url=\(\d+\)(\S+)|\burl:\s*(https?://\S+)")

_BY = re.compile(r"(?i)\A(?:av|by|di|door|od|par|por|przez|von|автор|بقلم|نویسنده)[: ]\s*")
_PARTICLE = re.compile(r"[A-Za-z]{,2}")
"""What is no name beside others: the article of a day, as in “le 16 février”."""
_LONGEST_ADDRESS = 2048
"""Of longer ones not all browsers know."""
_BLOCKS = ("p", "li", "dd", "td", "blockquote")


def about_page(
    tree: Any, document: Any, text: str, encoding_guess: str, today: date | None
) -> About:
    """Title, publisher, author, day, language and address of a page.

    Args:
        tree: It, as lxml has it, shielded.
        document: What the extractor made of it, or None; all of it is a guess.
        text: Its article.
        encoding_guess: Its encoding, if that was guessed.
        today: No day behind it is taken for that of the page.
    """
    metas = _metas(tree)
    linked = list(_linked_data(tree))
    guessed = {"file"} if encoding_guess else set()
    title = _name(_first(linked, "headline")) or metas.get("og:title", "") or _inside(tree, "//h1")
    if not title:
        title = _inside(tree, "//title") or text.partition("\n")[0]
        guessed.add("title")
    # A page may say nonsense of itself, which is no reason not to take it.
    url = next(filter(is_address, (*_addresses(tree, metas, linked), document.url or "")), "")
    publisher = _name(_first(linked, "publisher")) or metas.get("og:site_name", "")
    if not publisher:
        publisher = metas.get("application-name", "") or document.sitename or _host(url)
        publisher = publisher or _site(_inside(tree, "//title"), title)
        guessed |= {"publisher"} if publisher else set()
    author = _name(_first(linked, "author")) or metas.get("author", "")
    if not author and (author := _of_byline(document.author or "")):
        guessed.add("author")
    published, basis = _published(tree, metas, linked)
    if published is None and (published := _guessed_day(tree, today)):
        basis = "the page's own words or address, by a guess"
        guessed.add("published")
    language, is_guess = unless_declared(text, _declared_language(tree, metas))
    guessed |= {"language"} if is_guess else set()
    return About(
        title=in_one_line(title),
        publisher=in_one_line(publisher),
        author=in_one_line(author),
        published=published,
        published_basis=basis,
        language=language,
        url=url,
        guessed=frozenset(guessed),
    )


def stated_body(tree: Any) -> str:
    """The article as the page's data (JSON-LD) have it, or nothing."""
    body = _first(list(_linked_data(tree)), "articleBody")
    return body if isinstance(body, str) else ""


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
            written = json.dumps(json.loads(restored(script.text or "")), ensure_ascii=False)
            data = json.loads(written.encode(errors="replace"))  # half of a pair is no letter
        except (ValueError, RecursionError):
            continue
        for item in data if isinstance(data, list) else [data]:
            graph = item.get("@graph") if isinstance(item, dict) else None
            for node in graph if isinstance(graph, list) else [item]:
                if isinstance(node, dict) and {"datePublished", "headline"} & node.keys():
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


def _of_byline(guess: str) -> str:
    """The names of a byline, without the word that leads it and what leads to its day."""
    names = [_BY.sub("", name) for name in guess.split("; ")]
    return "; ".join(name for name in names if not (names[1:] and _PARTICLE.fullmatch(name)))


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


def _guessed_day(tree: Any, today: date | None) -> date | None:
    """The day that stands by itself on the page, in its address or its markup.

    One that a sentence tells is the day of something else. Of a year alone 1 January would be
    made; a page of that day is left to the analyst as well.
    """
    from trafilatura import extract_metadata  # noqa: PLC0415 # of the extra

    latest = {"max_date": today.isoformat()} if today else {}
    search = {"original_date": True, "extensive_search": True, "outputformat": "%Y-%m-%d", **latest}
    stated = extract_metadata(_without_prose(tree), date_config=search)
    day = _day(stated.date or "")
    return None if day is None or (day.month, day.day) == (1, 1) else day


def _without_prose(tree: Any) -> Any:
    """A copy of the page without its sentences, and without what is said of pictures."""
    copy = deepcopy(tree)
    for block in copy.iter(*_BLOCKS, "figcaption"):
        if block.tag == "figcaption" or is_prose("".join(block.itertext()).strip()):
            block.clear(keep_tail=True)
    for element in copy.iter("*"):
        if is_prose((element.text or "").strip()) and element.tag not in {"script", "style"}:
            element.text = None
        if is_prose((element.tail or "").strip()):
            element.tail = None
    return copy


def _declared_language(tree: Any, metas: Mapping[str, str]) -> str:
    stated = tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang") or ""
    stated = stated or metas.get("og:locale", "") or metas.get("content-language", "")
    tag = re.match(r"[A-Za-z]{2,3}\b", stated.strip().replace("_", "-"))
    return tag[0].lower() if tag else ""


def is_address(text: str) -> bool:
    """Whether a base can have it as the address of a source."""
    shown = next(hidden(restored(text)), None) is None
    return len(text) <= _LONGEST_ADDRESS and shown and is_of_web(text)


def _addresses(
    tree: Any, metas: Mapping[str, str], linked: list[Mapping[str, Any]]
) -> Iterator[str]:
    """What a page says that its address is, the surest first."""
    for link in tree.iterfind('.//link[@rel="canonical"]'):
        yield str(link.get("href") or "").strip()
    for stated in (metas.get("og:url", ""), _first(linked, "url")):
        yield stated if isinstance(stated, str) else ""
    for comment in tree.xpath("//comment() | preceding-sibling::comment()"):
        if noted := _SAVED_FROM.search(comment.text or ""):
            yield noted[1] or noted[2]
    yield from tree.xpath("//a[contains(concat(' ', @class, ' '), ' reader-domain ')]/@href")


def _host(url: str) -> str:
    return (split(url).hostname or "").removeprefix("www.") if url else ""


def _site(whole: str, headline: str) -> str:
    """What the page's own title has behind its headline, which is most often the site's name."""
    parted = re.fullmatch(r"(.+?)\s*(?:\s[-–—·•:]\s|[|_])\s*([^|_]{2,60})", in_one_line(whole))
    return parted[2] if parted and parted[1] == in_one_line(headline) else ""


def _inside(tree: Any, path: str) -> str:
    nodes = tree.xpath(path)
    return "".join(nodes[0].itertext()) if nodes else ""
