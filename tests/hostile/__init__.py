"""What the corpus of hostile input is made of."""
