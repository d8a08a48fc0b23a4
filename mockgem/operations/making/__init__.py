"""Data made from a seed and a question: words, values, pictures. Pure, and the same on every machine."""
