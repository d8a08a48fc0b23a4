"""Translations of simple English sentences by their grammar."""
