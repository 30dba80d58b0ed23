"""Figures by what they mean: read from a text of any language, and compared by value."""
