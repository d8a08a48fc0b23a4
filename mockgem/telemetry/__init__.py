"""Metrics, traces, request ids and costs: what an operator sees of the requests."""
