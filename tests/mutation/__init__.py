"""Mutation testing: change mockgem in many small ways, and see whether the tests notice."""
