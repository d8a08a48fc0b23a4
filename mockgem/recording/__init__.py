"""Record and replay: cassettes, matching, redaction, the upstream."""
