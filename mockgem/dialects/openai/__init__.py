"""The OpenAI-compatible dialect in its three variants: Gemini, Vertex AI and gateways."""
