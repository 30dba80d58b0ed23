"""From an edition to HTML and PDF."""
