"""The program that a one-folder build starts: `hwbs`, and the processes that it starts itself.

A built program has no Python beside it, so it does for its own child processes what Python would.
"""

import multiprocessing
import sys

if __name__ == "__main__":
    multiprocessing.freeze_support()
    if sys.argv[1:2] == ["-c"]:  # as `intake.apart` starts a process that reads a file
        program, sys.argv = sys.argv[2], ["-c", *sys.argv[3:]]
        exec(program, {"__name__": "__main__"})
    else:
        from hwbs_graph.cli import run

        run()
