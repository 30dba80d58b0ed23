"""Proposals for a base: what is written for an analyst, who and the check decide on it."""
