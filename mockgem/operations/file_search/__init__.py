"""File search: stores of documents, and the passages of these documents that fit a question."""
