"""Connections without a socket for httpx and aiohttp clients in the server's own process.

Both ends use the same parsers as on a TCP connection, so the bytes are the same: streams arrive in
chunks, faults cut them, and connections are kept alive.
"""
