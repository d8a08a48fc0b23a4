"""Requests on their way through mockgem: surfaces, routes, the pipeline and worlds."""
