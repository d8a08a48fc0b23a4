"""What several dialects share: parsing, writing, ids and pages of Google's front end."""
