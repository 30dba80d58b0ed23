"""Addresses in their parts, and what is none."""

from __future__ import annotations

import pytest

from briefings.core.addresses import is_of_web, split
from briefings.workbench.messages import head_of


def test_an_address_comes_in_its_parts() -> None:
    """As the standard library takes it apart."""
    assert split("https://example.org/a?b").hostname == "example.org"
    assert split("https://[::1]/a").hostname == "::1"


@pytest.mark.parametrize("text", ["https://[::1/a", "https://]", "pkcs11://[x", "//["])
def test_what_is_no_address_has_no_host(text: str) -> None:
    """Brackets without an end come from anybody: a page, a flag, a browser."""
    parts = split(text)
    assert (parts.scheme, parts.hostname, parts.path) == ("", None, text)


def test_a_request_for_what_is_no_address_is_read() -> None:
    """A page of anybody's can send one to `briefings desk`."""
    call, length = head_of(b"GET //[x HTTP/1.1\r\nHost: localhost\r\n\r\n")
    assert (call.method, call.path, length) == ("GET", ("", "[x"), 0)


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("https://example.org/a?b#c", True),
        ("http://[::1]:8080", True),
        ("https://example.org.", True),
        ("https://example..org", False),
        ("https://example.org/a%2eb?c=%25#d%20e", True),
        ("https://peri\u00f3dico.example", True),
        ("https://example.org%2eevil.example/", False),
        ("https://example.org%2fevil.example/", False),
        ("https://example.org\u3002evil.example/", False),
        ("https://example.org\uff0eevil.example/", False),
        ("https://example.org\uff61evil.example/", False),
        ("https://example.org<b>.evil.example/", False),
        ("http://[fe80::1%25eth0]/", False),
        ("https://you@example.org", False),
        ("https://example.org\\.evil.example/", False),
        ("https://example.org:99999", False),
        ("https://[::1", False),
        ("//example.org", False),
        ("javascript:1", False),
        ("", False),
    ],
)
def test_where_a_browser_goes(text: str, *, is_one: bool) -> None:
    """Only where a reader of the address thinks."""
    assert is_of_web(text) is is_one
