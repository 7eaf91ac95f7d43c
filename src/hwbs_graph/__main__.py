"""Run the command line with `python -m hwbs_graph`."""

import sys

from hwbs_graph.cli import main

sys.exit(main())
