"""An invented national graph: B boards, of five shapes in turn.

    python bench/generate.py BOARDS FILE.nq.gz [SEED]

Each board has its own named graph. The first, the sixth and so on are shaped like the record, with
a strategy and a plan: 5 themes in families that all boards share, 20 objectives, 51 actions, 30
partners, and involvements with basis, role and passage; objectives and some actions bear on 25
determinants of the code list that comes with hwbs. The others are a flat tracker with leads, dates
and progress, a plan of three levels with other words, the same in two languages, and a logic model
with measures (`board_shapes`). England has about 150 boards. The same arguments always give the
same bytes. Load it with `hwbs load STORE FILE.nq.gz`.
"""

import gzip
import sys
from collections.abc import Iterator

from board import Board
from board_shapes import Bilingual, Levels, LogicModel, Tracker

SHAPES = (Board, Tracker, Levels, Bilingual, LogicModel)


def quads(boards: int, seed: int = 1) -> Iterator[str]:
    """Yield the lines of N-Quads of `boards` boards."""
    for number in range(1, boards + 1):
        yield from SHAPES[(number - 1) % len(SHAPES)](number, seed).lines()


def write(boards: int, path: str, seed: int = 1) -> int:
    """Write the graph to a gzip file and return the number of statements."""
    number = 0
    # No time of writing and no name: the same graph gives the same bytes.
    with open(path, "wb") as raw, gzip.GzipFile("", "wb", 6, raw, mtime=0) as out:
        for line in quads(boards, seed):
            out.write(line.encode("utf-8"))
            number += 1
    return number


if __name__ == "__main__":
    if len(sys.argv) not in (3, 4):
        sys.exit(__doc__)
    seed = int(sys.argv[3]) if len(sys.argv) == 4 else 1
    print(f"{write(int(sys.argv[1]), sys.argv[2], seed)} statements")
