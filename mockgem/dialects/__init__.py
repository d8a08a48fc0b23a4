"""The spellings of the API. Dialects do not know each other."""
