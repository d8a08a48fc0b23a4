"""Calls the tools of MCP servers, as the service does while it answers."""
