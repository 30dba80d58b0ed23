"""A desk's folder read and checked, and what of that is kept for the next time."""
