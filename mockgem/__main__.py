"""`python -m mockgem`."""

from mockgem.cli import main

main()
