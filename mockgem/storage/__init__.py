"""The state of worlds: in memory, or in a directory with SQLite."""
