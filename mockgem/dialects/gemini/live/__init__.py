"""The wire format of Live sessions: messages as JSON, and how sockets begin and end."""
