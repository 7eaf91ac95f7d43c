"""The command line keeps its contract: answers on stdout, the rest on stderr, exit codes."""

import json
import re
import shlex
from itertools import product
from pathlib import Path

import pytest
from support import BOARDS, DATA, Hwbs
from typer.core import TyperGroup, TyperOption
from typer.main import get_command

from hwbs_graph.cli import COMMANDS, completion, find_command
from hwbs_graph.cli.program import build_program
from hwbs_graph.data import bundled
from hwbs_graph.extras import EXTRAS
from hwbs_graph.query import catalogue

EXAMPLES = {name: find_command(name).example for name in COMMANDS}


def test_every_file_is_a_command_or_shared_by_commands() -> None:
    assert len(COMMANDS) == len(set(COMMANDS)) > 15
    assert all(find_command(name).example for name in COMMANDS)


def test_help_lists_every_command_and_says_where_to_start(hwbs: Hwbs) -> None:
    run = hwbs("--help")
    assert run.code == 0
    for name in COMMANDS:
        assert re.search(rf"^  {name} +\S", run.out, re.MULTILINE)
    assert "hwbs tour" in run.out
    assert "..." not in run.out.partition("Commands:")[2]


def test_no_argument_shows_the_help(hwbs: Hwbs) -> None:
    run = hwbs()
    assert "Commands:" in run.out + run.err


@pytest.mark.parametrize("name", COMMANDS)
def test_the_help_of_each_command_fits_80_columns_and_ends_in_an_example(
    name: str, hwbs: Hwbs
) -> None:
    run = hwbs(name, "--help")
    assert run.code == 0
    assert max(map(len, run.out.splitlines())) <= 80
    assert f"Example: {EXAMPLES[name]}" in " ".join(run.out.split())


@pytest.mark.parametrize("name", COMMANDS)
def test_an_option_of_one_value_is_refused_when_it_is_given_twice(name: str, hwbs: Hwbs) -> None:
    group = get_command(build_program(name))
    assert isinstance(group, TyperGroup)
    for option in group.commands[name].params:
        if not isinstance(option, TyperOption) or option.multiple or option.name == "help":
            continue
        values = [] if option.is_flag else ["1"]
        for first, second in product(option.opts, repeat=2):
            run = hwbs(name, first, *values, second, *values)
            assert (run.code, run.out) == (2, "")
            assert run.err == f"hwbs: {option.opts[0]} is given twice; give it once.\n"


def test_filters_of_a_list_narrow_together_and_parameters_of_a_query_are_refused(
    hwbs: Hwbs,
) -> None:
    given = ("--partner", "Housing", "--partner", "Finance", "--format", "csv")
    both = hwbs("list", "actions", *given).out.splitlines()
    apart = [
        hwbs("list", "actions", "--partner", each, "--format", "csv").out.splitlines()
        for each in ("Housing", "Finance")
    ]
    assert len(both) == 1 + 5
    assert {*both} == {*apart[0]} & {*apart[1]}
    run = hwbs("query", "report/actions-by-partner", "partner=Housing", "partner=Finance")
    assert run.code == 2
    assert run.err == "hwbs: The parameter “partner” is given twice; give it once.\n"


@pytest.mark.parametrize(
    "name", [name for name in COMMANDS if name not in ("verify", "fmt", "serve", "mcp", "notes")]
)
def test_the_example_of_each_command_runs(
    name: str, hwbs: Hwbs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for board in BOARDS:
        (tmp_path / board.name).symlink_to(board)
    if name in ("review", "name", "update"):
        hwbs("import", "elmstead/published/tracker.csv", "--board", "my-board")
    program, *arguments = shlex.split(EXAMPLES[name])
    assert program == "hwbs"
    # All pages of the record take a minute; those of one board say the same of the command.
    given = ("--only", "--graph", BOARDS[0].name) if name == "site" else ()
    run = hwbs(*arguments, *given)
    # Nobody has aligned the plans of the two invented boards.
    assert run.code == (1 if name == "compare" else 0), run.err
    assert run.out or run.err


def test_partner_gives_the_responsibilities_for_a_person(hwbs: Hwbs) -> None:
    run = hwbs("partner", "Housing")
    assert run.code == 0
    assert run.err == ""
    assert run.out.startswith(
        "Housing (council division)\n16 actions under 9 objectives in 4 themes"
    )
    assert "as printed: “Housing”, S002 line 77 (Healthy Lives 1(d), INVOLVING, 6th)" in " ".join(
        run.out.split()
    )
    assert "Part of: Leicester City Council" in run.out
    assert "Quality notes" in run.out
    assert max(map(len, run.out.splitlines())) <= 80


def test_partner_json_has_the_keys_of_the_contract(hwbs: Hwbs) -> None:
    sheet = json.loads(hwbs("partner", "sport service", "--format", "json").out)
    assert set(sheet["partner"]) == {"iri", "label", "type", "aliases"}
    assert sheet["partner"]["label"] == "Sports Service"
    assert sheet["partner"]["aliases"] == ["Sport Service", "Sport service", "Sports service"]
    assert sheet["counts"]["actions"] == len(sheet["actions"]) == 13
    action = sheet["actions"][0]
    assert {
        "iri",
        "code",
        "label",
        "theme",
        "objective",
        "plan",
        "role",
        "printedAs",
        "source",
        "withPartners",
    } <= set(action)
    assert action["source"] == {
        "document": "S002",
        "place": "Healthy Places 3(a), INVOLVING, 2nd",
        "line": 26,
    }
    assert action["printedAs"] == ["Sports Service"]
    assert "Public Health" in action["withPartners"]


def test_partner_with_two_divisions_says_that_they_exist(hwbs: Hwbs) -> None:
    out = hwbs("partner", "Adult Social Care").out
    assert "Has within it: Adult Social Care and Commissioning" in out
    assert "Has within it: Adult Social Care and Safeguarding" in out
    assert out.startswith("Adult Social Care (council service)\n2 actions")


def test_a_partner_that_has_closed_says_what_became_of_it(hwbs: Hwbs) -> None:
    assert "What became of it: The group was abolished on 1 July 2022" in hwbs("partner", "ccg").out


def test_a_near_miss_gives_suggestions_and_exit_1(hwbs: Hwbs) -> None:
    run = hwbs("partner", "Houzing")
    assert (run.code, run.out) == (1, "")
    assert run.err == "hwbs: No partner is called “Houzing”. Did you mean “Housing”?\n"


def test_an_ambiguous_name_lists_the_candidates_and_exit_1(hwbs: Hwbs) -> None:
    run = hwbs("show", "3c")
    assert (run.code, run.out) == (1, "")
    assert "“3c” names 4 things" in run.err
    assert "\n  leicester-2019/action/minds-3c\n" in run.err


@pytest.mark.parametrize("format", ["csv", "tsv", "xml", "markdown", "xlsx"])
def test_partner_in_other_formats_has_a_row_for_each_printed_mention(
    format: str, hwbs: Hwbs, tmp_path: Path
) -> None:
    target = tmp_path / f"housing.{format}"
    run = hwbs("partner", "Housing", "--format", format, "--output", target)
    assert run.code == 0
    data = target.read_bytes()
    if format == "xlsx":
        import openpyxl

        rows = list(openpyxl.load_workbook(target).active.iter_rows(values_only=True))
        assert len(rows) == 1 + 17
        assert rows[0][:4] == ("partner", "plan", "theme", "objective")
        return
    assert data.count(b"INVOLVING") == 17
    assert b"S002" in data


def test_the_ending_of_the_file_tells_the_format(hwbs: Hwbs, tmp_path: Path) -> None:
    for ending, start in (("csv", b"kind,question"), ("xlsx", b"PK"), ("md", b"| kind |")):
        target = tmp_path / f"kinds.{ending}"
        assert hwbs("list", "--output", target).code == 0
        assert target.read_bytes().startswith(start)
    assert hwbs("list", "--output", tmp_path / "x.txt", "--format", "TABLE").code == 0
    assert (tmp_path / "x.txt").read_bytes().startswith(b"kind   ")


def test_a_query_that_names_its_graph_gets_that_graph(hwbs: Hwbs) -> None:
    def statements(graph: str) -> int:
        text = f"SELECT (COUNT(*) AS ?n) FROM <https://w3id.org/hwbs/graph/{graph}> {{ ?s ?p ?o }}"
        return int(hwbs("sparql", text, "--format", "csv").out.split()[1])

    assert 500 < statements("partners") < 1000
    assert statements("nothing") == 0
    hidden = 'SELECT ?from { ?from ?p "FROM <x> SERVICE" } # FROM <urn:x>'
    assert hwbs("sparql", hidden).code == 1


def test_a_misspelt_term_of_ours_is_named_where_nothing_is_found(hwbs: Hwbs) -> None:
    run = hwbs("sparql", "SELECT ?x { ?x <https://w3id.org/hwbs/ns#involvs> ?y }")
    assert run.code == 1
    assert "The ontology has no hwbs:involvs" in run.err


def test_the_version_is_told(hwbs: Hwbs) -> None:
    assert hwbs("--version").out == "hwbs 0.1.0\n"


def test_show_gives_links_with_basis_sources_and_notes(hwbs: Hwbs) -> None:
    out = hwbs("show", "Minds 3c").out
    for heading in ("Links", "Links with their basis", "Where it is printed", "Quality notes"):
        assert f"\n{heading}\n" in out
    assert "[stated in document]" in out
    sheet = json.loads(hwbs("show", "Minds 3c", "--format", "json").out)
    assert set(sheet) == {
        *("thing", "plansOver", "delivery", "links", "statements", "history", "sources", "notes")
    }
    assert sheet["sources"][0]["line"] == "47"


def test_show_tells_what_became_of_an_objective_and_of_a_body(hwbs: Hwbs) -> None:
    objective = hwbs("show", "Minds 3").out
    assert "\nHistory\n" in objective
    assert "reworded, later: We will work towards having no deaths" in objective
    assert objective.count("Zero suicide in 2019") == 1
    body = hwbs("show", "CCG").out
    assert "replaced on 2022-07-01, later: NHS Leicester, Leicestershire and Rutland" in body
    assert "NHS England (england.nhs.uk)" in body
    # That two plans share a topic is a comparison, and stays with the other links.
    shared = hwbs("show", "Preventing suicide").out
    assert "alignment (shared topic)" in shared
    assert "\nHistory\n" not in shared


def test_list_names_its_kinds_and_refuses_others(hwbs: Hwbs) -> None:
    listed = hwbs("list", "--format", "csv").out.splitlines()[1:]
    kinds = [line.partition(",")[0] for line in listed]
    assert {"actions", "claims", "determinants", "partners", "plans", "priorities"} < set(kinds)
    assert len(kinds) >= 15
    assert hwbs("list", "Quality Note").out == hwbs("list", "quality-notes").out
    assert hwbs("list", "priority").out == hwbs("list", "priorities").out
    for kind in kinds:
        assert hwbs("list", kind).code in {0, 1}  # the record prints no progress
    run = hwbs("list", "dragons")
    assert run.code == 2
    assert "There is no kind “dragons” to list; give one of: actions" in run.err


def test_a_list_is_found_by_every_word_for_its_kind(hwbs: Hwbs) -> None:
    listed = {query.name.rpartition("/")[2] for query in catalogue.list_listings()}
    kinds = [kind for kind in bundled.registry().kinds if kind.plurals[0] in listed]
    assert len(kinds) >= 14
    csv = ("--format", "csv")
    for kind in kinds:
        wanted = hwbs("list", kind.plural, *csv).out
        for word in (*kind.words, *kind.plurals):
            if word not in ("body", "bodys", "bodies"):
                assert hwbs("list", word.upper(), *csv).out == wanted, word
    assert hwbs("list", "strategies").out == hwbs("list", "plans").out
    assert hwbs("list", "member").out == hwbs("list", "members").out


def test_a_word_for_several_kinds_is_refused_with_their_lists(hwbs: Hwbs) -> None:
    for word in ("body", "bodies"):
        run = hwbs("list", word)
        assert (run.code, run.out) == (1, "")
        assert f"“{word}” names 2 things" in run.err
        assert "\n  partners\n" in run.err
        assert "\n  subgroups\n" in run.err


def test_completion_offers_lists_and_else_other_words_for_their_kinds() -> None:
    assert completion.complete_kind("pl") == ["plans"]
    assert completion.complete_kind("Strat") == ["strategies"]
    assert completion.complete_kind("dragon") == []


def test_info_counts_things_and_names_versions(hwbs: Hwbs) -> None:
    about = json.loads(hwbs("info", "--format", "json").out)
    assert about["engine"] == "Oxigraph in memory"
    assert about["versions"]["hwbs"] == "0.1.0"
    counts = {(row["classLabel"], row["plan"]): row["things"] for row in about["counts"]}
    assert counts["action", "https://w3id.org/hwbs/id/leicester-2019/action-plan"] == "51"
    assert "https://w3id.org/hwbs/graph/derived" in about["graphs"]
    assert set(about["extras"]) == set(EXTRAS)
    shown = hwbs("info").out
    assert "leicester-2019" in shown
    assert re.search(r"^Extras: \w", shown, re.MULTILINE)


def test_queries_lists_the_catalogue_and_one_family(hwbs: Hwbs) -> None:
    assert "report/actions-by-partner\n    Which actions involve a partner?" in hwbs("queries").out
    entries = json.loads(hwbs("queries", "trust", "--format", "json").out)
    assert {entry["name"].split("/")[0] for entry in entries} == {"trust"}
    assert hwbs("queries", "nonsense").code == 2
    lines = hwbs("queries", "report", "--format", "csv").out.splitlines()
    assert lines[0] == "name,summary,description,tags,parameters"
    assert lines[2].startswith("report/actions-by-partner,Which actions involve a partner?,")


def test_query_takes_names_spellings_and_iris_as_parameters(hwbs: Hwbs) -> None:
    plain = hwbs("query", "report/actions-by-partner", "partner=Sports Service", "--format", "csv")
    assert plain.out.count("\r\n") == 14
    for value in ("SPORT SERVICE", "partner:sports-service"):
        again = hwbs("query", "report/actions-by-partner", f"partner={value}", "--format", "csv")
        assert again.out == plain.out


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["query", "report/actions-by-partner", "partner=Houzing"], 1, "Did you mean “Housing”?"),
        (["query", "report/actions-by-partner", "who=Housing"], 2, "has no parameter “who”"),
        (["query", "report/actions-by-partner", "Housing"], 2, "write it as NAME=VALUE"),
        (["query", "report/nothing"], 1, "No query is called “report/nothing”"),
        (["query", "report/actions", "--format", "dragon"], 2, "There is no format “dragon” here"),
        (["query", "report/actions", "--format", "ttl"], 2, "has rows, which ttl cannot hold"),
        (["partner", "Housing", "--graph", "nowhere.ttl"], 2, "Cannot read nowhere.ttl"),
        (["sparql"], 2, "Give one query"),
        (["sparql", "SELECT ?x {", "-f", "x.rq"], 2, "Give one query"),
        (["sparql", "-f", "nowhere.rq"], 2, "Cannot read nowhere.rq"),
        (["sparql", "SELECT ?x WHERE { ?x a }"], 2, "line 1, column 25: something is missing"),
        (["sparql", "SELECT ?x {\n ?x a skos:Concept , }"], 2, "The query, line 2, column 23"),
        (["sparql", "SELECT ?s { ?s ?p ?o } GROUP BY ?p"], 2, "is neither in GROUP BY nor inside"),
        (["sparql", "SELECT ?s (COUNT(?o) AS ?n) { ?s ?p ?o }"], 2, "is neither in GROUP BY nor"),
        (["sparql", "SELECT * { ?s ?p ?o } GROUP BY ?p"], 2, "SELECT * cannot stand with GROUP BY"),
        (["sparql", "SELECT (1 AS ?n) (2 AS ?n) {}"], 2, "the same variable twice"),
        (["sparql", "SELECT * { ?s <urn:a b> 1 }"], 2, "the IRI in angle brackets"),
        (["sparql", "SELECT ?x { ?x a ex:Concept }"], 2, "prefix “ex:” is not declared; add"),
        (
            ["sparql", "SELECT * {\n ?s hwbs:involves id:partner/homes }"],
            2,
            "line 2, column 37: a / cannot stand in the prefixed name “id:partner/homes”; "
            "write <https://w3id.org/hwbs/id/partner/homes>.",
        ),
        (["sparql", "INSERT DATA { <urn:a> <urn:b> 1 }"], 2, "INSERT would change data"),
        (["sparql", "# x\nPREFIX a: <urn:a> delete where { ?s ?p ?o }"], 2, "DELETE would change"),
        (["sparql", "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }"], 2, "SERVICE would"),
        (
            [
                "sparql",
                "PREFIX e: <x:> SELECT * { { e:a\\' e:p 1 } UNION "
                "{ SERVICE <http://127.0.0.1:9/> {?s ?p ?o} } UNION { e:b\\' e:p '' } }",
            ],
            2,
            "SERVICE would",
        ),
        (["fmt"], 2, "There is no graph/ or ontology/ in this folder"),
        (["view", "--theme", "Places", "--partner", "redcross"], 1, "Nothing in the plan fits"),
        (["verify", "nowhere"], 2, "Cannot read nowhere"),
        (["view", "--plan", "Nothing at all"], 1, "No plan is called"),
        (
            ["view", "-o", "no/view.html"],
            2,
            "Cannot write no/view.html: No such file or directory.",
        ),
        (["tour", "-o", "no/view.html", "--quiet"], 2, "Cannot write no/view.html"),
        (["list", "plans", "--output", "/dev/null/x"], 2, "Cannot write /dev/null/x"),
        (["partner", "Housing", "--dragon"], 2, "--dragon"),
        (["dragon"], 2, "dragon"),
    ],
)
def test_a_mistake_is_answered_in_one_sentence_with_the_right_exit_code(
    arguments: list[str],
    code: int,
    message: str,
    hwbs: Hwbs,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    run = hwbs(*arguments)
    assert run.code == code
    assert run.out == "" or arguments[0] == "tour"
    assert message in " ".join(run.err.split())
    assert "Traceback" not in run.err
    assert list(tmp_path.iterdir()) == []


def test_a_turtle_file_with_an_error_is_named_with_line_and_column(
    hwbs: Hwbs, tmp_path: Path
) -> None:
    bad = tmp_path / "bad.ttl"
    bad.write_text("<urn:a> <urn:b> <urn:c> .\n<urn:a> <urn:b> ; .\n", "utf-8")
    target = tmp_path / "out.html"
    run = hwbs("view", "--graph", bad, "-o", target)
    assert run.code == 2
    assert run.err.startswith(f"hwbs: {bad}, line 2, column 17: ")
    assert run.err.count("\n") == 1
    assert not target.exists()


def test_sparql_reads_text_file_and_standard_input(
    hwbs: Hwbs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import io

    text = "ASK { ?action <https://w3id.org/hwbs/ns#involves> ?partner }"
    path = tmp_path / "ask.rq"
    path.write_text(text, "utf-8")
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
    assert [hwbs("sparql", text).out, hwbs("sparql", "-f", path).out, hwbs("sparql", "-").out] == [
        "yes\n",
        "yes\n",
        "yes\n",
    ]


def test_sparql_says_how_to_read_a_file_whose_name_is_given_as_the_query(hwbs: Hwbs) -> None:
    run = hwbs("sparql", "deep/question.rq")
    assert (run.code, run.out) == (2, "")
    assert "write -f deep/question.rq to read it" in run.err


def test_sparql_that_finds_nothing_ends_with_1_and_says_so(hwbs: Hwbs) -> None:
    run = hwbs("sparql", "SELECT ?x { ?x a <urn:nothing> }")
    assert (run.code, run.err) == (1, "Nothing found.\n")
    assert hwbs("sparql", "SELECT ?x { ?x a <urn:nothing> }", "--quiet").err == ""
    assert hwbs("sparql", "ASK { ?x a <urn:nothing> }").code == 0


def test_an_engine_failure_is_one_sentence(hwbs: Hwbs) -> None:
    run = hwbs("sparql", "SELECT ?x { BIND(<urn:f>(1) AS ?x) }")
    assert run.code == 2
    assert "hwbs: The query: " in run.err


def test_a_construct_gives_turtle_and_other_graph_formats(hwbs: Hwbs) -> None:
    text = "CONSTRUCT { ?a <urn:with> ?p } { ?a <https://w3id.org/hwbs/ns#involves> ?p }"
    assert "<urn:with>" in hwbs("sparql", text).out
    assert hwbs("sparql", text, "--format", "nt").out.count("\n") == 252
    assert json.loads(hwbs("sparql", text, "--format", "jsonld").out)
    assert hwbs("sparql", text, "--format", "csv").code == 2


def test_the_answer_goes_to_a_file_whole_or_not_at_all(hwbs: Hwbs, tmp_path: Path) -> None:
    target = tmp_path / "answer.csv"
    run = hwbs("query", "report/actions", "--format", "csv", "--output", target)
    assert (run.code, run.out) == (0, "")
    assert target.read_bytes().count(b"\r\n") == 52
    refused = hwbs("query", "report/actions", "--output", tmp_path / "no" / "answer.csv")
    assert refused.code == 2
    assert "Cannot write" in refused.err
    assert [path.name for path in tmp_path.iterdir()] == ["answer.csv"]


def test_a_users_own_files_and_folders_are_added(hwbs: Hwbs, tmp_path: Path) -> None:
    (tmp_path / "small.ttl").write_bytes((DATA / "small.ttl").read_bytes())
    for path in (tmp_path, tmp_path / "small.ttl"):
        run = hwbs("partner", "neigbours", "--graph", path)
        assert run.code == 0
        assert run.out.startswith("Neighbours (VCSE organisation)\n1 action under 1 objective")
    plans = hwbs("list", "plans", "--graph", tmp_path, "--format", "csv").out
    assert plans.count("\r\n") == 1 + 5 + 2


def test_a_file_of_ours_given_again_changes_nothing(hwbs: Hwbs) -> None:
    from hwbs_graph.data import bundled

    assert (
        hwbs("partner", "Housing", "--graph", bundled.folder("graph")).out
        == hwbs("partner", "Housing").out
    )


def test_an_empty_folder_is_no_graph(hwbs: Hwbs, tmp_path: Path) -> None:
    run = hwbs("info", "--graph", tmp_path)
    assert run.code == 2
    assert "holds no file ending in .ttl, " in run.err


def test_a_file_that_is_no_text_is_refused(hwbs: Hwbs, tmp_path: Path) -> None:
    path = tmp_path / "latin.ttl"
    path.write_bytes(b'<urn:a> <urn:b> "caf\xe9" .')
    run = hwbs("info", "--graph", path)
    assert run.code == 2
    assert "is not UTF-8 text" in run.err


def test_a_file_called_derived_does_not_meet_the_derived_graph(hwbs: Hwbs, tmp_path: Path) -> None:
    path = tmp_path / "derived.ttl"
    path.write_text(
        '<https://w3id.org/hwbs/id/x> <http://purl.org/dc/terms/title> "kept" .', "utf-8"
    )
    run = hwbs(
        "sparql", 'SELECT ?g { GRAPH ?g { ?x ?p "kept" } }', "--graph", path, "--format", "csv"
    )
    assert run.out == "g\r\nhttps://w3id.org/hwbs/graph/derived-2\r\n"


def test_fmt_rewrites_a_file_and_then_leaves_it_alone(hwbs: Hwbs, tmp_path: Path) -> None:
    path = tmp_path / "mine.ttl"
    path.write_text("<urn:b> a <urn:T>.   <urn:a>   a <urn:T>.", "utf-8")
    assert hwbs("fmt", "--check", path).code == 1
    assert path.read_text("utf-8").startswith("<urn:b>")
    assert hwbs("fmt", path).code == 0
    assert path.read_text("utf-8") == "\n<urn:a> a <urn:T> .\n\n<urn:b> a <urn:T> .\n"
    assert hwbs("fmt", "--check", path).code == 0


def test_fmt_writes_nothing_when_one_of_the_files_is_wrong(hwbs: Hwbs, tmp_path: Path) -> None:
    good, bad = tmp_path / "a.ttl", tmp_path / "b.ttl"
    good.write_text("<urn:b>   a <urn:T>.", "utf-8")
    bad.write_text("<urn:b> a", "utf-8")
    assert hwbs("fmt", tmp_path).code == 2
    assert good.read_text("utf-8") == "<urn:b>   a <urn:T>."
