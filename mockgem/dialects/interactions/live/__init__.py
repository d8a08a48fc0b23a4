"""Live interactions: events of both sides on a WebSocket."""
