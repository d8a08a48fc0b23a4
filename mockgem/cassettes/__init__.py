"""Cassettes: recorded exchanges in vcrpy's format, safe to keep and safe to load."""
