"""Run the command line with `python -m mockgem`."""

from mockgem.cli import run

run()
