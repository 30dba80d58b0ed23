"""Where the links of a PDF lead, and what they and its bookmarks are called, as its page has it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from briefings.verify.pieces import PrintedLink
from briefings.verify.verdict import Fault
from briefings.verify.words import PageText, letters


def compare_leads(
    bookmarks: Iterable[str], links: Iterable[PrintedLink], page: PageText
) -> Iterator[Fault]:
    """What of the bookmarks and links of a PDF is not that of the page that it was set from.

    Args:
        bookmarks: Their titles.
        links: What lies on its pages.
        page: The page that its data make.
    """
    page_letters, page_words, led = letters(page.text), _words(page.text), set[str]()
    for title in bookmarks:
        if letters(title) not in page_letters:
            yield Fault("a bookmark is called what no page says", says=title)
    for link in links:
        if link.address is None:
            yield Fault("something lies on the page that is no link", link.page)
        elif link.address not in page.addresses:
            yield Fault("a link leads elsewhere", link.page, says=link.address)
        else:
            led.add(link.address)
        if _words(link.name) not in page_words:
            yield Fault("a link is called what no page says", link.page, says=link.name)
    for address in sorted(page.addresses - led):
        yield Fault("a link is missing", expected=address)


def _words(text: str) -> str:
    return " ".join(text.split())
