"""Those who may answer a call."""
