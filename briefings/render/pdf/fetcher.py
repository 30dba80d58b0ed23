"""What WeasyPrint may load: nothing. A brief carries all that it shows."""

from __future__ import annotations

from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from briefings.core.excerpts import head


class RefusingFetcher(URLFetcher):  # type: ignore[misc]  # WeasyPrint ships no types
    """Stops the rendering at the first address that a page asks for."""

    def __init__(self) -> None:
        super().__init__(allowed_protocols=(), allow_redirects=False, fail_on_errors=True)

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        """Refuse an address.

        Raises:
            FatalURLFetchingError: Always; no ordinary exception, which WeasyPrint would pass over.
        """
        del headers
        raise FatalURLFetchingError(f"the page asks for {head(url, 80)}, which it may not load")
