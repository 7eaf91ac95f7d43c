"""The JSON of each command is as its JSON Schema says."""

import json

import jsonschema
import pytest
from support import SMALL, Hwbs

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
