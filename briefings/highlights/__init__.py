"""Highlights made in other programs: their exports, read as passages that somebody has marked."""
