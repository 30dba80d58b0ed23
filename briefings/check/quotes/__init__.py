"""Quotes found in their documents: what they may differ in, and where they stand."""
