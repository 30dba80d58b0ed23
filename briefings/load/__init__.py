"""Files in, typed values with places out."""
