"""Drills: attacks, failures of the machine, and load against real servers.

`make abuse` runs all of them and writes the table in `docs/security.md`; `make drills` runs a
short version, also in CI. Every drill has a server of its own on 127.0.0.1 and a bounded number of
requests.
"""
