"""The OpenAI-compatible dialect, in the three spellings it is met in: Gemini's, Vertex's, and a gateway's plain one."""
