"""Google's own dialect, `generativelanguage`: so far its files."""
