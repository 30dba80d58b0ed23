"""An edition as web pages and feeds."""
