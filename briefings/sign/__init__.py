"""Signatures: made with a key of the desk's, and checked without trusting who made them."""
