"""Faults: what can go wrong with an answer. `registry.fault` declares each beside its function."""
