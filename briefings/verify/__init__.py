"""Finished briefs, held against the data that they carry, a desk, and what is known of them."""
