"""Scenarios: what goes wrong, when and how often, as files that people write."""
