"""Dates, numbers, lists and words as a language writes them."""
