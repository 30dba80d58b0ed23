"""What the words of a text say, held against those of its quotes."""
