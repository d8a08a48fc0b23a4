"""The sources that can answer a call. The first one that does wins."""
