"""Where files, caches and batches are kept: in memory or in SQLite."""
