"""Settings, the settings file and the catalog of models."""
