"""Use cases, from a desk's folder to what a command was asked for: the order of the stages."""
