"""The command line: one file a command, named after it, and what commands share.

Out of scope: everything that is not about a terminal; the rooms below do it.
"""

from hwbs_graph.cli.program import COMMANDS, find_command, main, run

__all__ = ["COMMANDS", "find_command", "main", "run"]
