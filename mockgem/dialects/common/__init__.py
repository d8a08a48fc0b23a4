"""Shared by the dialects: parsing, writing, ids, credentials and Google's front end."""
