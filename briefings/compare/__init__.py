"""Editions beside each other: what a later one has otherwise than an earlier."""
