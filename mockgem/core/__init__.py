"""The vocabulary of all other packages. It needs only the standard library."""
