"""The Responses API, as gateways in front of Gemini offer it to OpenAI's SDKs."""
