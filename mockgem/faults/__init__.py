"""Faults: what can go wrong with an answer. Each is a function that `@fault` declares in `registry.py`."""
