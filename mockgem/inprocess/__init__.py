"""Clients in the server's own process: connections without a socket, for httpx and aiohttp.

The bytes are those of a connection by TCP, with the same parsers at both ends; only the wire between them is missing. So
everything is as it is with a server that listens: streams come in pieces, faults cut them, connections are kept.
"""
