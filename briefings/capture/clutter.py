"""What stands on a page and is no part of its article: banners, walls, lists of links."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

# By what HTML says of it, and by the names that AMP and MediaWiki give it.
_NEVER = (
    "//nav",
    "//*[@role='navigation']",
    "//footer[not(ancestor::article or ancestor::main)]",
    *(
        f"//amp-{name}"
        for name in ("ad", "consent", "embed", "list", "next-page", "sidebar", "sticky-ad")
    ),
    "//*[contains(concat(' ', @class, ' '), ' mw-editsection ')]",
)

# How ids and classes begin of what asks for consent: by its purpose, or by whose program it is.
_CONSENT = re.compile(
    r"(?i)(?:\A|\s)(?:(?:cookies?|consent|privacy)[-_]?(?:banner|bar|box|consent|dialog|layer|manager"
    r"|message|modal|notice|notification|overlay|popup|prompt|settings|wall)|consent\b|gdpr|ccpa"
    r"|cmplz|cybot|didomi|fc-consent|iubenda|onetrust|osano|qc-cmp|sp_message|trustarc|truste"
    r"|usercentrics)"
)
_DIALOGS = ("dialog", "alertdialog")
_ARTICLE = ".//h1 | .//article | .//main"

_LONGEST_VALUE = 10_000
"""Characters of an attribute that says something of an article."""

_MOSTLY = 0.6
"""The share of letters in lines that are nothing but a link, from which a text is a menu."""


def drop_clutter(tree: Any) -> None:
    """Take out what never is part of an article: walls that ask for consent, pictures as text."""
    clutter = [each for path in _NEVER for each in tree.xpath(path)]
    clutter += [each for each in tree.iterfind(".//body//*") if _is_wall(each)]
    for each in clutter:
        if each.getparent() is not None:  # it may have gone with what held it
            each.drop_tree()
    # What is read of a page is searched a dozen times: a picture within its address, say.
    for element in tree.iter("*"):
        for name, value in element.items():
            if len(value) > _LONGEST_VALUE:
                del element.attrib[name]


def is_menu(lines: list[str], tree: Any, line_of: Callable[[Any], str]) -> bool:
    """Whether the lines of a text are mostly links of the page, each a line by itself.

    Args:
        lines: Of the text that was taken for an article.
        tree: The page.
        line_of: The words of an element, as the text has them.
    """
    links = {line_of(link) for link in tree.iter("a")}
    of_links = sum(len(line) for line in lines if line.removeprefix("- ") in links)
    return of_links > _MOSTLY * sum(map(len, lines))


def _is_wall(element: Any) -> bool:
    """Whether it lies over the page to ask for something, and holds no article."""
    names = f"{element.get('id') or ''} {element.get('class') or ''}"
    asks = element.get("role") in _DIALOGS or element.get("aria-modal") == "true"
    return (asks or _CONSENT.search(names) is not None) and not element.xpath(_ARTICLE)
