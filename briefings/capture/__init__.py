"""From a saved page, PDF, letter or text to the plain text that facts can be cited from."""
