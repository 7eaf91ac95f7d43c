"""What a look-up costs from a cold start, as CPU time and as a ratio.

Runs six look-ups beside the bare imports they cannot do without, and beside an rdflib script and
`roqet` (Debian's rasqal-utils), which answer the question of `hwbs partner` from the same Turtle.
Machines are noisy: compare the ratios of one run.

    python bench/cold_start.py [RUNS] [--own]

`--own` leaves out the programs of others, which take ten times as long.
"""

import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from hwbs_graph.data import bundled

QUERY = """
PREFIX hwbs: <https://w3id.org/hwbs/ns#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?code ?label WHERE {
  ?i hwbs:partner <https://w3id.org/hwbs/id/partner/housing> ; hwbs:action ?a .
  ?a skos:notation ?code ; skos:prefLabel ?label .
}
"""
RDFLIB = """
import rdflib, sys
graph = rdflib.Graph()
for path in sys.argv[2:]:
    graph.parse(path, format="turtle")
for row in graph.query(open(sys.argv[1]).read()):
    print(row.code, row.label)
"""

LOOK_UPS = (
    ("partner", "Housing"),
    ("show", "partner/housing"),
    ("list", "themes"),
    ("query", "report/actions-by-partner", "partner=Housing"),
    ("ask", "which actions involve Housing?"),
    ("search", "housing"),
)

#: The first run of each program is not counted, and leaves compiled modules for the next ones.
_ENVIRONMENT = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
_SILENT: dict[str, Any] = {
    "stdout": subprocess.DEVNULL,
    "stderr": subprocess.DEVNULL,
    "check": True,
}


def cpu(command: list[str], runs: int) -> float:
    """Return the median CPU time of `command` in milliseconds, user and system together."""
    times = []
    for _ in range(runs + 1):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(command, env=_ENVIRONMENT, **_SILENT)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        times.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return 1000 * statistics.median(times[1:])


def commands(query: Path, own: bool) -> dict[str, list[str]]:
    """Return what is compared, by name."""
    program = shutil.which("hwbs") or str(Path(sys.executable).with_name("hwbs"))
    found = {
        "import typer, pyoxigraph": [sys.executable, "-c", "import typer, pyoxigraph"],
    } | {f"hwbs {' '.join(each)}": [program, *each] for each in LOOK_UPS}
    return found if own else found | _list_others(query)


def _list_others(query: Path) -> dict[str, list[str]]:
    files = [str(path) for path in sorted(bundled.folder("graph").glob("*.ttl"))]
    found = {"rdflib script": [sys.executable, "-c", RDFLIB, str(query), *files]}
    if roqet := shutil.which("roqet"):
        data = [part for path in files for part in ("-D", path)]
        found["roqet"] = [roqet, "-q", "-i", "sparql", *data, str(query)]
    else:
        print("roqet is not installed (Debian package rasqal-utils); left out", file=sys.stderr)
    return found


def main() -> None:
    """Print one line a program: CPU milliseconds, and the ratio to the bare imports."""
    numbers = [int(each) for each in sys.argv[1:] if each != "--own"]
    runs, own = numbers[0] if numbers else 15, "--own" in sys.argv
    with tempfile.TemporaryDirectory() as folder:
        query = Path(folder) / "housing.rq"
        query.write_text(QUERY, "utf-8")
        times = {name: cpu(command, runs) for name, command in commands(query, own).items()}
    base = times["import typer, pyoxigraph"]
    for name, milliseconds in times.items():
        print(f"{milliseconds:8.1f} ms  {milliseconds / base:5.2f} x  {name}")


if __name__ == "__main__":
    main()
