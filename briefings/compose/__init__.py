"""From a checked base to the edition that a reader sees."""
