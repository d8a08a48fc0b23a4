"""Google's own dialect, `generativelanguage`, which Vertex AI speaks with a few words of its own."""
