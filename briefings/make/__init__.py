"""Editions and pages to finished files, and these to their place."""
