"""The local page on which an analyst works at a desk: `briefings desk`."""
