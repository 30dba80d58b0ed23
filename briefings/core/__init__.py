"""The values that every stage speaks in; imports nothing but the standard library."""
