"""The Interactions API, which Google recommends: conversations that the service keeps."""
