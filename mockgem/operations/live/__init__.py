"""Live sessions: a conversation by text and voice, and music until the client stops it."""
