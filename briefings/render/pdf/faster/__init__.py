"""WeasyPrint kept from working out the same thing again: named wraps, each with what it saves."""
