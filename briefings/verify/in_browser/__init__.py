"""What verify.html asks of a brief: a PDF held against its page, which nobody sets anew."""
