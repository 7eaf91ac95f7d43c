"""`hwbs notes`: what people changed on a map, as notes of the room."""

from pathlib import Path
from typing import Annotated

import typer

from hwbs_graph.cli.options import Command
from hwbs_graph.cli.output import RowOutput
from hwbs_graph.cli.source import GraphSource
from hwbs_graph.text import count


def read_map_notes(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE",
            help="A map that hwbs exported and people edited: .json of Kumu,"
            " .xlsx of PRSM or Kumu, .graphml or .gexf.",
        ),
    ],
    plan: Annotated[
        str | None, typer.Option(help="The plan that was exported, where several could be meant.")
    ] = None,
    group: Annotated[str, typer.Option(help="Who worked on the map, such as “Table 3”.")] = "",
    date: Annotated[str, typer.Option(metavar="DAY", help="The day, such as 2026-05-03.")] = "",
    *,
    source: GraphSource,
    output: RowOutput,
) -> None:
    """What people changed on a map, as notes.

    Moved, added, crossed out, merged, split, renamed, and votes: each a note on a thing, said in
    the workshop, which `hwbs view --notes` and `hwbs compare --notes` read.
    """
    from hwbs_graph import network
    from hwbs_graph.names.recognition import recognise
    from hwbs_graph.report.edited_maps import read_map
    from hwbs_graph.report.map_changes import find_changes
    from hwbs_graph.report.room_notes import COLUMNS_OF_FILE, list_rows

    edited = read_map(file)
    engine = source.open()
    chosen = recognise(engine, plan, "plan").iri if plan else None
    drawn = network.project_plan(engine, chosen)
    notes = find_changes(drawn, edited, group, date)
    labels = {iri: str(data.get("label") or "") for iri, data in drawn.nodes(data=True)}
    output.write_records(list_rows(notes, labels), COLUMNS_OF_FILE)
    output.note(f"{count(len(notes), 'note')} from {count(len(edited.things), 'thing')}.")
    output.end(bool(notes))


COMMAND = Command(read_map_notes, "hwbs notes map.xlsx --group 'Table 3' --output notes.csv")
