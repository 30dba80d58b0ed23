"""The pictures of a brief, as numbers that a template draws."""
