"""`hwbs check --engine`: an engine that errs is caught, and each question that errs with it."""

import csv
import io
import json
import re
from collections.abc import Mapping

import pytest
from fake_server import ROWS, Site
from pyoxigraph import (
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Store,
    parse_query_results,
)
from support import Hwbs

from hwbs_graph.checks import engine_probes, engine_safety
from hwbs_graph.checks.engine_probes import DIFFERS, FAILS, UNTRIED, VARIES, WORKS, Outcome
from hwbs_graph.checks.query_traits import find_traits
from hwbs_graph.errors import QueryError
from hwbs_graph.query import catalogue
from hwbs_graph.store import Embedded, Engine, Results
from hwbs_graph.store.lexer import keywords
from hwbs_graph.store.parameters import Terms

PROBES = {probe.name: probe for probe in engine_probes.list_probes()}


class Faulty(Engine):
    """An engine that takes one thing for another, and may cut its rows without a word."""

    name = "Faulty"

    def __init__(self, engine: Engine, old: str = "", new: str = "", most: int = 0) -> None:
        self._engine, self._old, self._new, self._most = engine, old, new, most

    def query(
        self, text: str, bindings: Mapping[str, Terms] | None = None, name: str = "The query"
    ) -> Results:
        changed = re.sub(self._old, self._new, text) if self._old else text
        found = self._engine.query(changed, bindings, name)
        return found if not self._most or isinstance(found, QueryBoolean) else self._cut(found)

    def _cut(self, found: QuerySolutions | QueryTriples) -> Results:
        assert isinstance(found, QuerySolutions)
        written = json.loads(found.serialize(format=QueryResultsFormat.JSON) or b"")
        del written["results"]["bindings"][self._most :]
        return parse_query_results(json.dumps(written), format=QueryResultsFormat.JSON)

    def snapshot(self) -> Store:
        return self._engine.snapshot()


#: For each probe, what an engine may get wrong: what it reads, and what it takes it for.
FAULTS = {
    "ask": (r"<urn:hwbs:none> \?p \?o", ""),
    "bind-in-union": (r'BIND\("two" AS \?name\)', ""),
    "coalesce": (r'COALESCE\((STR\(\?none\)), "none"\)', r"\1"),
    "concat": ("“", "?"),
    "concat-sorted": ("“", "?"),
    "construct": ("@en", ""),
    "contains": (r'STRSTARTS\(\?x, "T"\)', 'STRSTARTS(LCASE(?x), "t")'),
    "count-bound": (r"COUNT\(\?y\)", "COUNT(*)"),
    "count-distinct": ("DISTINCT ", ""),
    "count-of-nothing": (r"\Z", "GROUP BY ?x"),
    "datatype": (r"DATATYPE\(\?x\)", "DATATYPE(STR(?x))"),
    "dates": (r"\?time < (\S+)\^\^\S+\)", r"STR(?time) < \1)"),
    "distinct": ("SELECT DISTINCT", "SELECT"),
    "division-by-zero": ("/ 0", "/ 1"),
    "error-in-bind": (r"\}\n\Z", "FILTER(BOUND(?y)) }"),
    "exists-as-value": ("EXISTS", "NOT EXISTS"),
    "exists-in-optional": ("FILTER EXISTS", "FILTER NOT EXISTS"),
    "filter-in-group": (r"\{ (VALUES \?y \{ 2 \} FILTER.*) \} \}", r"\1 }"),
    "filter-in-optional": (r"(FILTER\(\?m > .*\)) \}", r"} \1"),
    "filter-in-union": (r"FILTER\(\?n < 1\)", ""),
    "group-concat-distinct": ("DISTINCT ", ""),
    "group-concat-order": (r"ORDER BY \?x", "ORDER BY DESC(?x)"),
    "group-concat-separator": (r'; SEPARATOR = "; "', ""),
    "group-without-value": (r"\}\nGROUP", "FILTER(BOUND(?key)) }\nGROUP"),
    "having": ("HAVING.*", ""),
    "if-bound": (r"BOUND\(\?y\)", "true"),
    "in": (r'\("a", "c"\)', '("a")'),
    "is-iri": (r"ISIRI\(\?x\)", "true"),
    "language": (r'LANGMATCHES\(LANG\(\?x\), "EN"\)', 'LANG(?x) = "EN"'),
    "lower-case": (r'LCASE\("TŶ É"\)', '"tŶ É"'),
    "many-rows": (r"\Z", "LIMIT 10000"),
    "min-max": (r"MIN\(\?x\)", "MIN(STR(?x))"),
    "minus": ("MINUS", "OPTIONAL"),
    "minus-apart": (r"MINUS .* \} \}", "FILTER(false) }"),
    "named-graphs": ("GRAPH .g", "GRAPH <urn:none>"),
    "not-exists": (r"FILTER\(\?m > \?n\)", ""),
    "optional": ("OPTIONAL", ""),
    "optional-in-optional": (r"OPTIONAL (\{ VALUES \(\?y)", r"\1"),
    "order-of-numbers": (r"ORDER BY \?n", "ORDER BY STR(?n)"),
    "order-of-texts": (r"DESC\(\?x\)", "DESC(LCASE(?x))"),
    "limit-and-offset": ("OFFSET 1", ""),
    "made-terms": (r'STRLANG\("a", "cy"\)', '"a"'),
    "parts-of-dates": (r"YEAR\(\?time\)", "STR(?time)"),
    "parts-of-text": (r'STRLEN\("Tŷ"\)', "3"),
    "sum-and-average": (r"SUM\(", "SUM(DISTINCT "),
    "path-alternative": (r"skos:broader\|skos:topConceptOf", "skos:broader"),
    "path-inverse": (r"\^skos:broader", "skos:broader/skos:topConceptOf"),
    "path-one-or-more": (r"broader\+", "broader"),
    "path-optional-step": (r"broader\?", "broader"),
    "path-sequence": ("skos:broader/", ""),
    "path-zero-or-more": (r"broader\*", "broader+"),
    "regex": (', "i"', ""),
    "replace": (r"\$1", "1 "),
    "sample": ("SAMPLE", "SAMPEL"),
    "str": (r"STR\(\?x\)", "LCASE(?x)"),
    "sub-select-in-optional": ("OPTIONAL", ""),
    "sub-select-limit": ("LIMIT 1", ""),
    "sub-select-scope": (r"SELECT \?x WHERE", "SELECT ?x ?y WHERE"),
    "union-keeps-repeats": ("SELECT", "SELECT DISTINCT"),
    "union-of-graphs": (r"FILTER NOT EXISTS .*", ""),
    "unnamed-nodes": (r"BNODE\(\)", "<urn:b>"),
    "values": (r'VALUES \?x \{ "b" "c" \}', ""),
    "values-many": ("<urn:hwbs:probe:[^>]*-7>", ""),
    "values-text": ("ŷ", "?"),
    "values-undef": ("UNDEF", "9"),
}


def test_the_engine_of_hwbs_comes_out_well_in_every_probe(small: Engine) -> None:
    outcomes = list(engine_probes.run_probes(small))
    assert [each for each in outcomes if each.state != WORKS] == []
    assert all(verdict.is_safe for verdict in engine_safety.judge_queries(small, outcomes))
    assert {each.probe.name for each in outcomes} == set(FAULTS)
    assert all(probe.summary.endswith(".") for probe in PROBES.values())


@pytest.mark.parametrize("name", FAULTS)
def test_an_engine_that_gets_one_thing_wrong_is_caught_by_its_probe(
    name: str, small: Engine
) -> None:
    probe = PROBES[name]
    old, new = FAULTS[name]
    assert re.search(old, probe.text)
    outcome = engine_probes.run_probe(Faulty(small, old, new), probe)
    assert outcome.state == (VARIES if probe.harmless else FAILS if name == "sample" else DIFFERS)
    assert outcome.why


def differing(*names: str) -> list[Outcome]:
    return [Outcome(PROBES[name], DIFFERS, "gave nothing") for name in names]


def unsafe(engine: Engine, outcomes: list[Outcome]) -> set[str]:
    return {each.name for each in engine_safety.judge_queries(engine, outcomes) if not each.is_safe}


#: Probes, and another way to see which queries depend on them: a pattern over bare text.
DEPENDING = {
    "minus": r"\bMINUS\b",
    "count-distinct": r"COUNT\(DISTINCT",
    "group-concat-distinct": r"GROUP_CONCAT\(DISTINCT",
    "not-exists": r"NOT EXISTS",
    "replace": r"\bREPLACE\(",
    "having": r"\bHAVING\b",
    "construct": r"^CONSTRUCT",
    "path-one-or-more": r"[a-z)]\+( |/)",
    "path-optional-step": r"[a-zA-Z)]\?( |/)",
    "path-inverse": r"\^[a-z]+:",
    "named-graphs": r"\bGRAPH [?<]",
    "sub-select-scope": r"(?m)^ +SELECT|\{ SELECT",
    "distinct": r"SELECT DISTINCT",
    "union-of-graphs": r"",
}


@pytest.mark.parametrize("probe", DEPENDING)
def test_exactly_the_queries_that_use_a_thing_depend_on_its_probe(
    probe: str, small: Engine
) -> None:
    names = catalogue.query_names() + catalogue.family_names(catalogue.INTERNAL)
    bare = {
        name: re.sub(r"(?m)^\s*#.*|\"[^\"\n]*\"", "", catalogue.load(name).text) for name in names
    }
    using = {name for name, text in bare.items() if re.search(DEPENDING[probe], text, re.MULTILINE)}
    assert unsafe(small, differing(probe)) == using
    assert using or probe in ("path-inverse",)


#: Words that every engine must know to read a query at all.
PLAIN = {
    *("A", "AS", "ASC", "BASE", "BY", "DESC", "DISTINCT", "EXISTS", "FALSE", "PREFIX", "SELECT"),
    *("SEPARATOR", "TRUE", "WHERE"),
}


def test_every_keyword_that_a_query_of_ours_uses_is_tried_by_a_probe() -> None:
    names = catalogue.query_names() + catalogue.family_names(catalogue.INTERNAL)
    words = set().union(*(keywords(catalogue.load(name).text) for name in names))
    used = {word for probe in PROBES.values() for traits in probe.uses for word in traits}
    tried = {part for trait in used for part in trait.split()}
    assert words - tried - PLAIN == set(), "add a file to queries/probe that tries it"
    for probe in PROBES.values():
        special = probe.is_used({"*", "many rows", "many things"})
        assert special or not probe.uses or probe.is_used(find_traits(probe.text)), probe.name


def test_what_a_query_uses_is_read_from_its_groups_and_not_from_its_words() -> None:
    traits = find_traits(
        """
        # MINUS is no part of it
        SELECT ?MINUS (COUNT(*) AS ?n)
               (GROUP_CONCAT(DISTINCT STR(?x); SEPARATOR = "HAVING “") AS ?y)
        WHERE {
          { ?x a <urn:LIMIT> ; <urn:a>/^<urn:b> 1 } UNION { BIND(1 / 2 AS ?half) }
          OPTIONAL { ?x ?p ?q FILTER(?q * 2 > 1 || ?q = "a"^^<urn:b>) }
          { SELECT * WHERE { ?x (<urn:c>|<urn:d>)+ ?z } ORDER BY ?z LIMIT 1 }
        }
        GROUP BY ?x
        """
    )
    there = {
        *("path /", "path ^", "path |", "path +", "COUNT", "GROUP_CONCAT DISTINCT", "GROUP BY"),
        *("BIND in UNION", "FILTER in OPTIONAL", "sub-select", "LIMIT in sub-select"),
        *("beyond ASCII", "path / in UNION"),
    }
    assert there <= traits
    gone = {"MINUS", "HAVING", "LIMIT in UNION", "FILTER in UNION", "path *", "path ?", "EXISTS"}
    assert not gone & traits
    assert not {"BIND in OPTIONAL", "OPTIONAL in OPTIONAL", "sub-select in OPTIONAL"} & traits


def test_what_is_only_in_another_order_leaves_every_question_safe(small: Engine) -> None:
    outcomes = [
        engine_probes.run_probe(Faulty(small, *FAULTS[name]), PROBES[name])
        for name in ("order-of-texts", "group-concat-order")
    ]
    assert {each.state for each in outcomes} == {VARIES}
    assert unsafe(small, outcomes) == set()


def test_an_engine_that_cuts_rows_in_silence_is_safe_where_all_rows_come(small: Engine) -> None:
    cutting = Faulty(small, most=20)
    outcome = engine_probes.run_probe(cutting, PROBES["many-rows"])
    assert outcome.why == "gave 20 of 14,641 rows"
    long = {
        query.name
        for query in catalogue.all_queries()
        if "\nCONSTRUCT" in query.text or len(small.select(query.text, name=query.name)) > 20
    }
    assert 3 < len(long) < 40
    assert unsafe(cutting, [outcome]) == long


def test_an_empty_store_is_told_from_a_wrong_one() -> None:
    outcomes = {each.probe.name: each for each in engine_probes.run_probes(Embedded(Store()))}
    assert outcomes["minus"].state == WORKS
    assert outcomes["path-sequence"].state == UNTRIED
    assert "the ontology is not found" in outcomes["path-sequence"].why
    assert {each.state for each in outcomes.values()} == {WORKS, UNTRIED}


def answering(site: Site, engine: Engine, union: bool = True) -> None:
    """Let the server answer from an engine, or from its default graph alone, as JSON."""

    def answer(number: int) -> tuple[int, dict[str, str], bytes]:
        text = site.asked[-1][1]["query"][0]
        store = engine.snapshot()
        try:
            found = engine.query(text) if union else store.query(text)
        except QueryError as error:
            return 400, {"Content-Type": "text/plain"}, str(error).encode()
        if isinstance(found, QueryTriples):
            written = found.serialize(format=RdfFormat.N_TRIPLES) or b""
            return 200, {"Content-Type": "application/n-triples"}, written
        return 200, {"Content-Type": ROWS}, found.serialize(format=QueryResultsFormat.JSON) or b""

    site.answers = answer


def test_a_server_that_errs_in_nothing_is_safe_for_everything(
    site: Site, small: Engine, hwbs: Hwbs
) -> None:
    answering(site, small)
    run = hwbs("check", "--endpoint", site.url, "--engine")
    assert (run.code, run.err) == (0, "Trying what this engine makes of SPARQL ...\n")
    questions, number = len(catalogue.query_names()), len(PROBES)
    assert run.out.startswith(f"SPARQL server, {site.url}\n\n{number} of {number} probes came out")
    assert f"\n{questions} of {questions} questions of the catalogue are safe here.\n" in run.out
    assert len(run.out.splitlines()) == 6


def test_a_server_that_errs_is_told_in_words_with_the_questions_that_err(
    site: Site, small: Engine, hwbs: Hwbs
) -> None:
    answering(site, Faulty(small, "MINUS", "OPTIONAL"))
    run = hwbs("check", "--endpoint", site.url, "--engine", "--quiet")
    assert (run.code, run.err) == (1, "")
    assert (
        "- minus: MINUS takes away the rows that agree.\n"
        "  It gave “1”, “2”, “3” instead of “1”, “3”.\n"
    ) in run.out
    unsafe = run.out.partition("- not safe, by minus: ")[2]
    assert "coverage/determinants-without-action," in unsafe
    rows = hwbs("check", "--endpoint", site.url, "--engine", "--format", "csv")
    kinds = {(row["kind"], row["name"]): row for row in csv.DictReader(io.StringIO(rows.out))}
    assert kinds["probe", "minus"]["result"] == "differs"
    assert kinds["question", "violation/unknown-thing"]["result"] == "not safe"
    assert kinds["question", "violation/unknown-thing"]["why"] == "minus"
    assert kinds["command", "internal/names"]["result"] == "safe"
    value = json.loads(hwbs("check", "--endpoint", site.url, "--engine", "--format", "json").out)
    assert value["engine"] == f"SPARQL server, {site.url}"
    assert {each["result"] for each in value["probes"]} == {"works", "differs"}
    assert {each["name"]: each["probes"] for each in value["queries"]}["trust/drafts"] == []


def test_what_no_question_uses_leaves_all_safe_unless_one_is_strict(
    site: Site, small: Engine, hwbs: Hwbs
) -> None:
    answering(site, Faulty(small, r"BNODE\(\)", "NOTHING()"))
    run = hwbs("check", "--endpoint", site.url, "--engine")
    assert run.code == 0
    assert "- unnamed-nodes: BNODE makes a new node for each row.\n  It refuses it: " in run.out
    assert hwbs("check", "--endpoint", site.url, "--engine", "--strict").code == 1


def test_a_server_without_a_union_is_told_what_helps(site: Site, small: Engine, hwbs: Hwbs) -> None:
    answering(site, small, union=False)
    run = hwbs("check", "--endpoint", site.url, "--engine")
    assert run.code == 1
    assert "  It gave “50” instead of “0”.\n" in run.out
    assert "  What helps: have it answer from the union of all graphs (oxigraph" in run.out
    assert "- not safe, by " in run.out
    assert f"\n0 of {len(catalogue.query_names())} questions of the catalogue are safe" in run.out


def test_a_server_that_nobody_reaches_or_that_is_none_ends_with_2(site: Site, hwbs: Hwbs) -> None:
    site.says(404, "text/plain", "no")
    run = hwbs("check", "--endpoint", site.url, "--engine")
    assert (run.code, run.out) == (2, "")
    assert "is no SPARQL endpoint (404)" in run.err
    run = hwbs("check", "--endpoint", "http://127.0.0.1:1/", "--engine", "--quiet")
    assert (run.code, run.out) == (2, "")
    assert "refuses the connection" in run.err


def test_a_server_that_goes_while_it_is_tried_ends_with_2(
    site: Site, small: Engine, hwbs: Hwbs
) -> None:
    answering(site, small)
    still = site.answers
    site.answers = lambda number: still(number) if number < 20 else (500, {}, b"Out of memory")
    run = hwbs("check", "--endpoint", site.url, "--engine", "--quiet")
    assert (run.code, run.out) == (2, "")
    assert run.err == f"hwbs: {site.url} failed (500): Out of memory.\n"
    assert len(site.asked) == 21
