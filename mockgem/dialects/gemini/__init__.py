"""Google's native dialect (`generativelanguage`), with Vertex AI's small differences."""
