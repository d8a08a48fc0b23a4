"""Run the command line with `python -m mockgem`."""

from mockgem.cli import main

main(prog_name="mockgem")
