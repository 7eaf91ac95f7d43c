"""The JSON of each command is as its JSON Schema says."""

import importlib
import inspect
import json
from pathlib import Path

import jsonschema
import pytest
from support import SMALL, Hwbs

from hwbs_graph.cli import COMMANDS
from hwbs_graph.cli.options import spread_options
from hwbs_graph.report.json_schemas import SCHEMAS, read_schema

GRAPH = [text for file in SMALL for text in ("--graph", str(file))] + ["--only"]
ANSWERS = {
    "analyse": ["analyse"],
    "ask": ["ask", "which actions involve Homes?"],
    "ask --explain": ["ask", "which actions involve Homes?", "--explain"],
    "check": ["check"],
    "compare": ["compare", "alpha-2030", "beta-2035"],
    "info": ["info"],
    "list": ["list", "actions"],
    "partner": ["partner", "Homes"],
    "path": ["path", "partner/homes", "Stove Society"],
    "query": ["query", "report/partners"],
    "schema": ["schema"],
    "search": ["search", "homes"],
    "show": ["show", "partner/homes"],
    "sparql": ["sparql", "ASK {}"],
}


@pytest.mark.parametrize("command", ANSWERS)
def test_an_answer_is_as_its_schema_says(command: str, hwbs: Hwbs) -> None:
    run = hwbs(*ANSWERS[command], "--format", "json", *GRAPH)
    assert run.out, run.err
    schema = json.loads(read_schema(command))
    jsonschema.validate(json.loads(run.out), schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"another": 1}, schema)


def test_the_catalogue_is_as_its_schema_says_and_the_command_prints_each_schema(hwbs: Hwbs) -> None:
    told = json.loads(hwbs("queries", "--format", "json").out)
    printed = json.loads(hwbs("schema", "--json-schema", "queries").out)
    jsonschema.validate(told, printed)
    for command in SCHEMAS:
        jsonschema.Draft202012Validator.check_schema(json.loads(read_schema(command)))
    refused = hwbs("schema", "--json-schema", "view")
    assert (refused.code, "partner" in refused.err) == (2, True)


def test_the_pages_of_the_manual_and_the_lines_found_are_as_their_schemas_say(hwbs: Hwbs) -> None:
    for command, arguments in {"docs": [], "docs --find": ["--find", "basis"]}.items():
        told = json.loads(hwbs("docs", *arguments, "--format", "json").out)
        jsonschema.validate(told, json.loads(read_schema(command)))
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate({"another": 1}, json.loads(read_schema(command)))


def test_every_command_that_offers_json_has_a_schema() -> None:
    for name in COMMANDS:
        run = importlib.import_module(f"hwbs_graph.cli.{name}").COMMAND.run
        options = inspect.signature(spread_options(run)).parameters
        if {"format", "cite"} <= set(options):
            assert name in SCHEMAS


def test_the_notes_of_a_map_are_as_their_schema_says(hwbs: Hwbs, tmp_path: Path) -> None:
    file = tmp_path / "map.json"
    assert hwbs("export", "kumu", "--plan", "alpha-2030", "-o", file, *GRAPH).code == 0
    said = json.loads(file.read_text("utf-8"))
    said["elements"][0]["Votes"] = 3
    file.write_text(json.dumps(said), "utf-8")
    run = hwbs("notes", file, "--plan", "alpha-2030", "--format", "json", *GRAPH)
    assert run.code == 0, run.err
    told = json.loads(run.out)
    jsonschema.validate(told, json.loads(read_schema("notes")))
    assert len(told["results"]["bindings"]) == 1
