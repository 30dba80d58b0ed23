"""From flags and kept briefs to what is to be built."""
