"""What the mock can do, in no dialect's spelling."""
