"""The order of the stages, and the only writer of files."""
