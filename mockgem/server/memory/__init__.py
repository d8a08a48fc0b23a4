"""Clients in the server's own process: connections without a socket, for httpx and aiohttp.

Both ends use the same parsers as a TCP connection, so the bytes are the same: streams come in pieces, faults cut them,
connections are kept.
"""
