"""What mockgem can do, independent of the dialects."""
