"""A base while somebody writes it: drafts held against the check, before anything is written."""
