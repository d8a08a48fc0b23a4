"""What a secret is, and how it is found and replaced in texts, bodies and streams.

Cassettes, the journal, the admin API, logs and error messages all use this package.
"""
