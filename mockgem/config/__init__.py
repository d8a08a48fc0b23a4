"""The options of a server, its settings file and the catalogue of models."""
