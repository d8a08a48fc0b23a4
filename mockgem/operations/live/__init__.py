"""Live sessions: a conversation by text and voice, and music that goes on until it is stopped."""
