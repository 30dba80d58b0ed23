"""Briefings: a compiler for situation briefs whose every sentence can be traced to its source."""

__version__ = "0.1.0"
