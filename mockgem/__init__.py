"""mockgem is the Gemini API on localhost."""

__version__ = "0.1.0"
