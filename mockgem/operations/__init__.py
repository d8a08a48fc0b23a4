"""The operations of the API, independent of any dialect."""
