"""Run the command line with `python -m hwbs_graph`."""

from hwbs_graph.cli import run

run()
