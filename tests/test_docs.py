"""The pages cannot lie: what they say is there, and what is there they say."""

import importlib.util
import re
from types import ModuleType

import pytest
from support import ROOT, Hwbs

from hwbs_graph.cli import COMMANDS
from hwbs_graph.model.vocabulary import HWBS
from hwbs_graph.query import catalogue
from hwbs_graph.store import Engine

README = (ROOT / "README.md").read_text("utf-8")
TEST_COMMAND = "python -m pip install -c constraints.txt '.[test]' && python -m pytest"
FIRST_COMMAND = "python -m pip install -c constraints.txt . && hwbs tour"


@pytest.fixture(scope="module")
def generate() -> ModuleType:
    spec = importlib.util.spec_from_file_location("generate", ROOT / "docs" / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_reference_pages_are_fresh(
    generate: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    assert generate.stale() == [], "run python docs/generate.py"


def test_a_stale_page_would_be_noticed(
    generate: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(generate.PAGES, "queries.md", lambda: "something else")
    monkeypatch.setenv("COLUMNS", "80")
    assert generate.stale() == ["queries.md"]


def test_every_command_query_and_term_is_documented() -> None:
    pages = {
        name: (ROOT / "docs" / name).read_text("utf-8")
        for name in ("cli.md", "queries.md", "ontology.md")
    }
    for name in COMMANDS:
        assert f"## hwbs {name}\n" in pages["cli.md"]
    for name in catalogue.query_names():
        assert f"### {name}\n" in pages["queries.md"]
    for term in HWBS:
        assert f"### hwbs:{term}\n" in pages["ontology.md"]


def test_the_readme_has_the_two_commands_and_ci_runs_the_second() -> None:
    blocks = re.findall(r"```\n(.*?)\n```", README, re.DOTALL)
    assert blocks[:2] == [FIRST_COMMAND, TEST_COMMAND]
    ci = (ROOT / ".ci" / "run").read_text("utf-8")
    assert f"\n{TEST_COMMAND}\n" in ci
    assert "export HWBS_REQUIRE=browser,clients,documents,editor,servers " in ci


def test_every_command_of_the_readme_exists_and_takes_its_options(hwbs: Hwbs) -> None:
    used = re.findall(r"^hwbs (\w+)(.*?)(?:  +#.*)?$", README, re.MULTILINE)
    assert len(used) >= 12
    for name, rest in used:
        assert name in COMMANDS
        shown = hwbs(name, "--help").out
        for option in re.findall(r"(?<!\S)(--?[a-z]+)", rest):
            assert option in shown, f"hwbs {name} has no {option}"


@pytest.mark.parametrize(
    "page", ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "docs/sources.md", "docs/scale.md"]
)
def test_links_between_pages_lead_somewhere(page: str) -> None:
    path = ROOT / page
    for target in re.findall(r"\]\(([^)#:]+)\)", path.read_text("utf-8")):
        assert (path.parent / target).exists(), f"{page} links to {target}"


def test_constraints_hold_names_and_exact_versions_and_no_address() -> None:
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    assert len(lines) > 40
    for line in lines:
        assert re.fullmatch(r"[A-Za-z0-9._-]+==[A-Za-z0-9.!+_-]+", line)
    names = {line.partition("==")[0].lower().replace("_", "-") for line in lines}
    project = (ROOT / "pyproject.toml").read_text("utf-8")
    for name in re.findall(r'^    "([a-z0-9-]+)[><=]', project, re.MULTILINE):
        assert name in names


def test_the_changelog_has_the_version_of_the_project() -> None:
    version = re.search(r'^version = "(.+)"', (ROOT / "pyproject.toml").read_text("utf-8"), re.M)
    assert version is not None
    assert f"## {version[1]} " in (ROOT / "CHANGELOG.md").read_text("utf-8")


def test_sources_names_every_document_with_its_sha256() -> None:
    page = (ROOT / "docs" / "sources.md").read_text("utf-8")
    data = "".join(path.read_text("utf-8") for path in (ROOT / "graph").glob("*.ttl"))
    digests = re.findall(r'hwbs:sha256 "([0-9a-f]{64})"', data)
    assert len(digests) == 5
    for digest in digests:
        assert digest in page


def test_the_numbers_of_the_readme_and_changelog_are_those_of_the_record(record: Engine) -> None:
    def count(*terms: str) -> int:
        classes = " ".join(f"<https://w3id.org/hwbs/ns#{term}>" for term in terms)
        query = f"SELECT DISTINCT ?x {{ VALUES ?class {{ {classes} }} ?x a ?class }}"
        return len(record.select(query))

    readme = " ".join(README.split())
    for number, words in (
        (count("Theme"), "themes"),
        (count("Objective"), "objectives and priorities"),
        (count("FocusArea"), "focus areas"),
        (count("Action"), "actions"),
        (count("Partner"), "partners under 61 spellings"),
        (count("Determinant"), "determinants of health"),
        (count("Claim"), "claims"),
        (count("QualityNote"), "notes on what is wrong"),
    ):
        assert f" {number} {words}" in readme
    changelog = " ".join((ROOT / "CHANGELOG.md").read_text("utf-8").split())
    asking = sum(not name.startswith("violation/") for name in catalogue.query_names())
    assert f"{asking} named questions" in changelog
    assert f"{count('QualityNote')} quality notes" in changelog
