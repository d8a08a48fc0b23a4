"""HTTP connections: parsing, writing, access checks and the access log."""
