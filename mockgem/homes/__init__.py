"""Where state lives: in memory, or in a directory that outlives the server."""
