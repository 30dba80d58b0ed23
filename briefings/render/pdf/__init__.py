"""A page as a PDF: set, tagged, finished to the standards."""
