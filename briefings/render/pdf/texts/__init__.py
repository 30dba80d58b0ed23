"""Texts of a PDF that come out of it as they stand on its page, whoever reads them."""
