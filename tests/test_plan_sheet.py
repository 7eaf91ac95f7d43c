"""The plan sheet: the workbook to fill in, the same of a plan in the graph, and the way back."""

import json
import re
from pathlib import Path

import jsonschema
import openpyxl
import pytest
from support import PLANS, ROOT, Hwbs, open_small

from hwbs_graph.data import corpus
from hwbs_graph.intake import board_folder
from hwbs_graph.intake.apart import read_here
from hwbs_graph.intake.plan_sheet_reading import KINDS
from hwbs_graph.model.sheet_columns import PlanSheet
from hwbs_graph.store import Embedded, Engine
from hwbs_graph.write.export.plan_sheet import list_kinds, read_sheet
from hwbs_graph.write.plan_workbook import write_plan_workbook

SCHEMA = json.loads((ROOT / "src/hwbs_graph/intake/plan-sheet.schema.json").read_text("utf-8"))
RECORD = tuple((ROOT / "graph").glob("*.ttl"))
SHAPES = {
    **{
        f"https://w3id.org/hwbs/id/{path.stem}-{year}": (path,)
        for path, year in zip(PLANS, (2028, 2027, 2029, 2026), strict=True)
    },
    "https://w3id.org/hwbs/id/leicester-2019/action-plan": RECORD,
}


def open_files(*paths: Path) -> Engine:
    return Embedded(corpus.open_store(paths, base=corpus.vocabulary_files()))


def take_in(sheet: PlanSheet, folder: Path) -> PlanSheet:
    """Write a plan sheet, import it, and return the sheet of the graph that was made of it."""
    path = folder / "plan.xlsx"
    path.write_bytes(write_plan_workbook(sheet, [*KINDS]))
    reading = read_here([path])
    assert reading.draft["questions"] == []
    _, writer = board_folder.write_board(folder / "board", [path], reading, sheet.about["body"])
    assert writer.refused == []
    (graph,) = (folder / "board" / "graph").glob("*.ttl")
    return read_sheet(open_files(graph))


@pytest.mark.parametrize("plan", SHAPES)
def test_a_plan_that_leaves_as_a_sheet_and_comes_back_has_lost_nothing(
    plan: str, tmp_path: Path
) -> None:
    sheet = read_sheet(open_files(*SHAPES[plan]), plan)
    sheet.about["body"] = sheet.about["body"] or "Elmstead Board"
    assert len(sheet.actions) > 1
    again = take_in(sheet, tmp_path)
    assert again.about == sheet.about
    assert again.actions == sheet.actions
    assert again.names == sheet.names


def test_a_filled_template_asks_nothing_about_columns_and_only_what_it_cannot_know(
    tmp_path: Path, hwbs: Hwbs
) -> None:
    path = tmp_path / "plan.xlsx"
    assert hwbs("template", path, "--board", "Elmstead Board").code == 0
    assert hwbs("template", path).err.endswith("it is there already; name a new file.\n")
    book = openpyxl.load_workbook(path)
    (offered, kinds) = (
        [each.formula1 for each in book[name].data_validations.dataValidation]
        for name in ("Plan", "Names")
    )
    assert offered == ['"not started,on track,some risk,off track,complete,stopped"']
    first, last = re.findall(r"\d+", kinds[0])
    assert {cell.value for (cell,) in book["How to"][f"B{first}:B{last}"]} == {*KINDS}
    assert book["Plan"].freeze_panes == "A2"
    assert book["Plan"]["A2"].font.color.rgb == "FF767676"
    filled = [
        "1",
        None,
        None,
        "Lag lofts",
        "Housing",
        "Parks and Leisure\nJane Smith",
        "boss: Parks",
    ]
    filled += ["by March 2027", None, "soon", "50\n[KPI] Cold homes", "on track", "Green", "Begun."]
    for row in (filled, [None] * 12 + ["Amber"], [None] * 4 + ["Stray"], ["", "", "", "=1+1"]):
        book["Plan"].append(row)
    book.save(path)
    run = hwbs("import", path, "--dry-run", "--format", "json")
    draft = json.loads(run.out)
    jsonschema.validate(draft, SCHEMA)
    assert [each["kind"] for each in draft["questions"]] == ["row", "name", "role", "row"]
    (action,) = draft["actions"]
    assert [each["printed"] for each in action["partners"]] == ["Parks and Leisure"]
    assert "Jane" not in run.out
    assert [each["progress"] for each in action["updates"]] == ["on track", "some risk"]
    assert {each["what"] for each in draft["left_out"]} == {"an example row", "a cell"}


def test_the_kinds_that_a_sheet_offers_are_those_of_the_code_list() -> None:
    assert {*list_kinds(open_small())} == {*KINDS}
