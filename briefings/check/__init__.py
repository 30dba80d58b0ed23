"""Rules over a decoded base; every one returns diagnostics."""
