"""The only writers: files put in place whole, folders swapped, locks, the manifest."""
