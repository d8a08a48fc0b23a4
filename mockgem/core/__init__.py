"""The vocabulary everything else is written in. Standard library only: no web framework, no files."""
