"""`hwbs tour` finds its questions in whatever graph it is given, and ends with a view."""

import subprocess
import sys
from pathlib import Path

import pytest
from support import DATA, Hwbs, Run
from web import serving

#: A plan with themes, of which no action names a partner.
NOBODY = """
@prefix hwbs: <https://w3id.org/hwbs/ns#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix id: <https://w3id.org/hwbs/id/lonely/> .

<https://w3id.org/hwbs/id/lonely> a hwbs:Strategy ; skos:prefLabel "Lonely strategy"@en .
id:one a hwbs:Theme ; hwbs:inPlan <https://w3id.org/hwbs/id/lonely> ;
  skos:prefLabel "Only theme"@en ; hwbs:printedOrder 1 .
"""
#: An action of one partner under one of two themes: nobody works in all of them.
HALF = """
id:two a hwbs:Theme ; hwbs:inPlan <https://w3id.org/hwbs/id/lonely> ;
  skos:prefLabel "Other theme"@en ; hwbs:printedOrder 2 .
id:aim a hwbs:ActionPlanObjective ; hwbs:inPlan <https://w3id.org/hwbs/id/lonely> ;
  hwbs:inTheme id:one ; skos:prefLabel "An aim"@en ; hwbs:printedOrder 1 .
id:act a hwbs:Action ; hwbs:inPlan <https://w3id.org/hwbs/id/lonely> ; hwbs:printedOrder 1 ;
  hwbs:deliversObjective id:aim ; skos:prefLabel "An act"@en ; skos:notation "1a" ;
  hwbs:involves id:friend .
[] a hwbs:Involvement ; hwbs:partner id:friend ; hwbs:action id:act ;
  <http://www.w3.org/ns/prov#wasQuotedFrom> [ hwbs:printedText "with a friend"@en ] .
id:friend a hwbs:Partner ; skos:prefLabel "Friend of \\"us\\""@en .
"""


@pytest.fixture
def load(hwbs: Hwbs, tmp_path: Path) -> Hwbs:
    """Make a store of files, and run the tour on it."""

    def run(*files: str | Path) -> Run:
        store = tmp_path / "store"
        assert hwbs("load", store, *files, "--quiet").code == 0
        return hwbs("tour", "--store", store, "-o", tmp_path / "view.html")

    return run


def test_the_tour_builds_checks_answers_and_writes_the_view(hwbs: Hwbs, tmp_path: Path) -> None:
    target = tmp_path / "tour.html"
    run = hwbs("tour", "-o", target)
    assert run.code == 0
    assert "0 violations, 0 warnings" in run.out
    assert "Which actions involve Public Health?  48" in run.out
    assert "  and 36 more\n" in run.out
    assert "Which partners work in all themes of a plan?  1" in run.out
    assert "Public Health, in 48 actions under 5 themes\n" in run.out
    assert 'Next: hwbs partner "Public Health", ' in run.out
    assert str(target) in " ".join(run.out.split())
    assert run.err.count("/4  ") == 4
    assert target.read_text("utf-8").startswith("<!DOCTYPE html>")
    assert max(len(line) for line in run.out.splitlines() if str(target) not in line) <= 80


def test_the_tour_of_a_store_asks_about_the_partners_of_its_plan(
    load: Hwbs, tmp_path: Path
) -> None:
    run = load(DATA / "small.ttl")
    assert run.code == 0
    assert "Which actions involve Homes?  3\n" in run.out
    assert 'hwbs query report/actions-by-partner partner="Homes")\n' in run.out
    assert "  Good Company 1a  Open a café\n" in run.out
    assert "  Homes, in 3 actions under 2 themes\n" in run.out
    assert "Public Health" not in run.out
    assert "Warm Homes" in (tmp_path / "view.html").read_text("utf-8")


def test_the_tour_of_ones_own_file_stands_beside_the_record(hwbs: Hwbs, tmp_path: Path) -> None:
    run = hwbs("tour", "--graph", DATA / "small.ttl", "-o", tmp_path / "view.html", "--quiet")
    assert (run.code, run.err) == (0, "")
    assert "Which partners work in all themes of a plan?  2\n" in run.out
    assert "  Homes, in 3 actions under 2 themes\n" in run.out
    assert "Warm Homes" in (tmp_path / "view.html").read_text("utf-8")


def test_the_tour_of_a_server_ends_with_a_view(hwbs: Hwbs, tmp_path: Path) -> None:
    store = tmp_path / "store"
    assert hwbs("load", store, DATA / "small.ttl", "--quiet").code == 0
    with serving("--workers", "1", "--store", str(store)) as live:
        run = hwbs("tour", "--endpoint", live.endpoint, "-o", tmp_path / "view.html")
    assert run.code == 0, run.err
    assert "Which actions involve Homes?  3\n" in run.out
    assert "Warm Homes" in (tmp_path / "view.html").read_text("utf-8")


def test_a_plan_without_partners_is_drawn_all_the_same(load: Hwbs, tmp_path: Path) -> None:
    (tmp_path / "nobody.ttl").write_text(NOBODY, "utf-8")
    run = load(tmp_path / "nobody.ttl")
    assert run.code == 0
    assert "\nNo action of this graph involves a partner.\n" in run.out
    assert "\nNo partner of this graph works in a theme.\n" in run.out
    assert "Next: hwbs queries, " in run.out
    assert "Only theme" in (tmp_path / "view.html").read_text("utf-8")


def test_where_nobody_works_in_all_themes_the_tour_asks_for_most(
    load: Hwbs, tmp_path: Path
) -> None:
    (tmp_path / "half.ttl").write_text(NOBODY + HALF, "utf-8")
    run = load(tmp_path / "half.ttl")
    assert run.code == 0
    assert "Which partners work in most themes?  1\n" in run.out
    assert '  Friend of "us", in 1 theme\n' in run.out
    # A shell takes the name as one word, as it does in the command that `hwbs ask` offers.
    assert "report/actions-by-partner 'partner=Friend of \"us\"')\n" in run.out
    assert "Next: hwbs partner 'Friend of \"us\"', " in run.out


def test_the_tour_of_many_boards_ends_with_their_counts(load: Hwbs, tmp_path: Path) -> None:
    for number in range(5):
        text = NOBODY.replace("lonely", f"board-{number}").replace("Lonely", f"Lonely {number}")
        (tmp_path / f"board-{number}.ttl").write_text(text, "utf-8")
    run = load(*tmp_path.glob("board-*.ttl"))
    assert run.code == 0
    page = (tmp_path / "view.html").read_text("utf-8")
    assert "Lonely 4 strategy" in page
    assert "plan-data" not in page


def test_a_graph_without_themes_has_nothing_to_draw(load: Hwbs, tmp_path: Path) -> None:
    (tmp_path / "one.ttl").write_text("<urn:a> <urn:b> <urn:c> .", "utf-8")
    run = load(tmp_path / "one.ttl")
    assert run.code == 1
    assert "\nThis graph holds no theme, so there is nothing to draw.\n" in run.out
    assert not (tmp_path / "view.html").exists()


@pytest.mark.parametrize("command", ["tour", "view"])
def test_a_page_is_written_without_what_only_printing_needs(
    command: str, small_store: Path, tmp_path: Path
) -> None:
    text = (
        "import sys; missing = 'py_mini_racer', 'reportlab', 'PIL', 'IPython';"
        " sys.modules |= dict.fromkeys(missing);"
        " from hwbs_graph.cli import main; sys.exit(main(sys.argv[1:]))"
    )
    target = tmp_path / "view.html"
    options = ("-o", target, "--quiet", "--store", small_store)
    subprocess.run([sys.executable, "-c", text, command, *map(str, options)], check=True)
    assert target.read_text("utf-8").startswith("<!DOCTYPE html>")
