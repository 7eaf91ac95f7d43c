"""The pages cannot lie: what they say is there, and what is there they say."""

import importlib.util
import re
import shutil
import subprocess
import sys
import tomllib
from types import ModuleType

import pytest
import yaml
from hatchling.builders import sdist
from record_counts import CLASSES
from support import ROOT

from hwbs_graph.cli import COMMANDS
from hwbs_graph.data import bundled
from hwbs_graph.query import catalogue

README = (ROOT / "README.md").read_text("utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
#: What a changelog may sort its lines under.
SECTIONS = {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}
FORMS = ("bug", "new-board", "wrong-data")
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


def test_the_reference_pages_are_fresh() -> None:
    # A process of its own: what other tests did to this one is not what the pages are made from.
    run = subprocess.run(
        [sys.executable, ROOT / "docs" / "generate.py", "--check"],
        capture_output=True,
        check=False,
        text=True,
    )
    assert (run.returncode, run.stdout) == (0, "docs are fresh\n"), run.stderr


def test_a_stale_page_would_be_noticed(
    generate: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages = {name: generate.PAGES[name] for name in ("queries.md", "architecture.svg")}
    monkeypatch.setattr(generate, "PAGES", pages | {"queries.md": lambda: "something else"})
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
    for term in bundled.list_terms():
        assert f"### hwbs:{term}\n" in pages["ontology.md"]


def test_the_readme_has_the_two_commands_and_ci_runs_the_second() -> None:
    blocks = re.findall(r"```\n(.*?)\n```", README, re.DOTALL)
    assert blocks[:2] == [FIRST_COMMAND, TEST_COMMAND]
    ci = (ROOT / ".ci" / "run").read_text("utf-8")
    assert f"\n{TEST_COMMAND}\n" in ci
    assert "export HWBS_REQUIRE=browser,clients,documents,editor,servers " in ci


def test_links_between_pages_lead_somewhere() -> None:
    pages = [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")]
    links = [
        (page, target)
        for page in pages
        for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text("utf-8"))
    ]
    assert len(links) > 10
    assert [(page, target) for page, target in links if not (page.parent / target).exists()] == []


def test_constraints_hold_names_and_exact_versions_and_no_address() -> None:
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    assert len(lines) > 40
    for line in lines:
        assert re.fullmatch(r"[A-Za-z0-9._-]+==[A-Za-z0-9.!+_-]+", line)
    names = {line.partition("==")[0].lower().replace("_", "-") for line in lines}
    project = (ROOT / "pyproject.toml").read_text("utf-8")
    for name in re.findall(r'^    "([a-z0-9-]+)[><=]', project, re.MULTILINE):
        assert name in names


def test_the_changelog_is_ready_for_a_tag() -> None:
    text = (ROOT / "CHANGELOG.md").read_text("utf-8")
    versions = re.findall(r"^## (.*)", text, re.MULTILINE)
    dated = r"\[(?:Unreleased|\d+\.\d+\.\d+)\](?: - (?:unreleased|\d{4}-\d\d-\d\d))?"
    assert versions
    assert [version for version in versions if not re.fullmatch(dated, version)] == []
    assert f"[{PROJECT['version']}] - " in " ".join(versions)
    assert set(re.findall(r"^### (.*)", text, re.MULTILINE)) <= SECTIONS


def test_the_citation_is_of_this_version_under_this_licence() -> None:
    found = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))
    assert found["cff-version"] == "1.2.0"
    assert {"message", "title", "authors"} <= set(found)
    assert found["version"] == PROJECT["version"]
    assert found["authors"] == PROJECT["authors"]
    assert " AND ".join(found["license"]) == PROJECT["license"]


def test_issue_forms_ask_what_is_needed() -> None:
    forms = [path for path in (ROOT / ".github" / "ISSUE_TEMPLATE").iterdir() if path.stem in FORMS]
    assert len(forms) == len(FORMS)
    for form in forms:
        found = yaml.safe_load(form.read_text("utf-8"))
        assert {"name", "description", "body"} <= set(found)
        asked = [part for part in found["body"] if part["type"] != "markdown"]
        assert {part["type"] for part in asked} <= {"input", "textarea", "dropdown", "checkboxes"}
        assert len({part["id"] for part in asked}) == len(asked) >= 3
        assert all(part["attributes"]["label"] for part in asked)


def test_a_source_archive_holds_all_that_the_repository_holds() -> None:
    git = shutil.which("git")
    listed = subprocess.run([git, "ls-files"], cwd=ROOT, capture_output=True).stdout if git else b""
    if not listed:
        pytest.skip("this is no clone of the repository, or git is not installed")
    archive = sdist.SdistBuilder(str(ROOT))
    shipped = {file.relative_path for file in archive.recurse_included_files()}
    # The build adds the two by itself.
    assert set(listed.decode().splitlines()) - shipped == {".gitignore", "pyproject.toml"}


def test_sources_names_every_document_with_its_sha256() -> None:
    page = (ROOT / "docs" / "sources.md").read_text("utf-8")
    data = "".join(path.read_text("utf-8") for path in (ROOT / "graph").glob("*.ttl"))
    digests = re.findall(r'hwbs:sha256 "([0-9a-f]{64})"', data)
    assert len(digests) == CLASSES["SourceDocument"]
    for digest in digests:
        assert digest in page


def test_no_count_that_grows_stands_in_what_a_release_freezes() -> None:
    nouns = "queries|questions|shapes|themes|objectives|actions|partners|spellings|claims|notes"
    nouns += "|determinants|areas|documents|statements|formats|commands|tests"
    for page in ("README.md", "CHANGELOG.md", "CITATION.cff"):
        text = " ".join((ROOT / page).read_text("utf-8").split())
        assert re.findall(rf"\b\d\d+ (?:\w+ )?(?:{nouns})\b", text) == [], page


def test_the_readme_opens_with_a_small_picture_and_its_words() -> None:
    shown = re.match(r"# hwbs\n\n!\[(.+)\]\((.+\.png)\)\n", README)
    assert shown is not None
    assert len(shown[1]) > 40
    picture = (ROOT / shown[2]).read_bytes()
    assert picture.startswith(b"\x89PNG")
    assert len(picture) < 150_000
