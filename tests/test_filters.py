"""Lists narrowed to a plan, a theme, a partner or a determinant."""

import json

import pytest
from support import PLANS, SMALL, Hwbs, open_small

from hwbs_graph.errors import AmbiguousError, NotFoundError, UsageError
from hwbs_graph.query import catalogue
from hwbs_graph.query.results import run_named
from hwbs_graph.report import filters
from hwbs_graph.report.further_filters import Further
from hwbs_graph.store import Engine
from hwbs_graph.write import rows

KINDS = {
    query.name.rpartition("/")[2]: query.name
    for query in catalogue.all_queries()
    if "list" in query.tags
}


def keys(engine: Engine, kind: str, **given: str | tuple[str, ...]) -> list[str]:
    """The last part of each IRI listed."""
    found = filters.filtered(engine, f"report/{kind}", **given, further=Further())
    return [row[found.variables[0]].rpartition("/")[2] for row in found.text_rows()]


def test_housing_has_three_actions_in_healthy_lives(record: Engine) -> None:
    found = keys(record, "actions", theme="Healthy Lives", partner="Housing")
    assert found == ["lives-1c", "lives-1d", "lives-4a"]


def test_healthy_ageing_has_three_priorities_in_2022(record: Engine) -> None:
    found = keys(record, "priorities", plan="leicester-2022", theme="Healthy Ageing")
    assert found == ["17", "18", "19"]


def test_an_objective_addresses_loneliness_itself_or_through_an_action(record: Engine) -> None:
    found = keys(record, "objectives", determinant="loneliness", plan="leicester-2019/action-plan")
    direct = record.select(
        "PREFIX hwbs: <https://w3id.org/hwbs/ns#> SELECT ?o { ?o a hwbs:PlanObjective ;"
        " hwbs:addresses <https://w3id.org/hwbs/scheme/determinant/social-isolation-and-loneliness>"
        "}"
    )
    assert found == ["lives-4", "ageing-3", "minds-1"]
    assert {row["o"].rpartition("/")[2] for row in direct} == set(found[:2])


def test_a_partner_of_a_theme_is_named_by_an_action_of_it(record: Engine) -> None:
    found = keys(record, "partners", theme="Leicester 2019 Minds")
    assert len(found) == len(set(found)) == 14
    assert "housing" not in found
    assert "public-health" in found


def test_several_filters_must_be_met_by_one_action(small: Engine) -> None:
    # Homes works in both themes, but in Warm Homes no action is about loneliness.
    assert keys(small, "partners", theme="Good Company", determinant="loneliness") == [
        "homes",
        "neighbours",
    ]
    assert keys(small, "partners", theme="Warm Homes", determinant="loneliness") == []
    assert keys(small, "themes", partner="Homes", determinant="loneliness") == ["company"]


def test_an_action_addresses_what_its_objective_does(small: Engine) -> None:
    assert keys(small, "actions", determinant="warm homes") == ["warmth-1a", "warmth-1b"]
    assert keys(small, "actions", determinant="Housing") == ["warmth-1b", "warmth-1a"]
    assert keys(small, "objectives", determinant="Housing") == ["warmth-1"]
    assert keys(small, "determinants", partner="Neighbours") == ["social-isolation-and-loneliness"]


def through(engine: Engine, kind: str, **given: str) -> list[tuple[str, str]]:
    """The last part of each IRI listed, with what it comes through."""
    found = filters.filtered(engine, f"report/{kind}", **given, further=Further())
    return [
        (row[found.variables[0]].rpartition("/")[2], row[filters.THROUGH])
        for row in found.text_rows()
    ]


def test_a_list_says_through_which_objective_or_narrower_determinant_a_row_comes(
    small: Engine,
) -> None:
    assert through(small, "actions", determinant="Housing") == [
        ("warmth-1b", ""),
        ("warmth-1a", "Insulate homes (Warm homes)"),
    ]
    assert through(small, "actions", determinant="warm homes") == [
        ("warmth-1a", "Insulate homes"),
        ("warmth-1b", "Insulate homes"),
    ]
    layer = "Living and working conditions"
    assert through(small, "actions", determinant=layer)[1] == ("warmth-1b", "Housing")
    # What stands under a thing is named, unless the thing addresses the determinant itself.
    assert through(small, "objectives", determinant="Housing") == [("warmth-1", "Warm homes")]
    assert through(small, "themes", determinant="Housing")[0] == (
        "warmth",
        "Insulate homes; Lag every loft; Mend every boiler",
    )
    assert through(small, "partners", determinant="Housing") == [
        ("homes", ""),
        ("stoves", "Insulate homes (Warm homes)"),
    ]
    assert through(small, "determinants", partner="Homes") == [
        ("social-isolation-and-loneliness", ""),
        ("housing", ""),
        ("warm-homes", "Insulate homes"),
    ]
    assert {way for _, way in through(small, "claims", determinant="Housing")} == {"Warm homes"}


def test_all_105_links_that_come_through_an_objective_are_marked(record: Engine) -> None:
    stated = (
        "PREFIX hwbs: <https://w3id.org/hwbs/ns#> SELECT DISTINCT ?action ?determinant"
        " { ?action a hwbs:Action ; %shwbs:addresses ?determinant }"
    )
    own, inherited = (
        {(row["determinant"], row["action"]) for row in record.select(stated % path)}
        for path in ("", "hwbs:deliversObjective/")
    )
    linked = run_named(record, "report/touchpoints-of-determinant")
    ways = [(row["determinant"], row["action"], row["through"]) for row in linked if row["action"]]
    assert {(each, action) for each, action, way in ways if not way} == own
    marked = {(each, action) for each, action, way in ways if way}
    assert (len(own), len(inherited - own), marked & own) == (116, 105, set())
    assert inherited - own < marked
    # Lists and the catalogue agree on every way to an action.
    known = run_named(record, "internal/ways-to-determinant")
    assert {*ways} <= {(row["determinant"], row["carrier"], row["through"]) for row in known}


@pytest.mark.parametrize(
    ("kind", "name", "one", "other"),
    [
        ("actions", "partner", "Housing", "Finance"),
        ("actions", "determinant", "Diet", "Physical activity"),
        ("objectives", "theme", "Leicester 2019 Lives", "Leicester 2019 Places"),
        ("objectives", "partner", "Housing", "Sports Service"),
        ("partners", "theme", "Leicester 2019 Minds", "Leicester 2019 Start"),
        ("partners", "plan", "leicester-2019", "leicester-2019/action-plan"),
        ("themes", "determinant", "diet", "smoking"),
        ("claims", "determinant", "Housing", "Diet"),
    ],
)
def test_several_values_of_a_filter_leave_what_each_of_them_leaves(
    kind: str, name: str, one: str, other: str, record: Engine
) -> None:
    both = keys(record, kind, **{name: (one, other)})
    expected = {*keys(record, kind, **{name: one})} & {*keys(record, kind, **{name: other})}
    assert {*both} == expected
    assert both or kind == "claims"
    assert keys(record, kind, **{name: (other, one)}) == both
    assert keys(record, kind, **{name: (one, one)}) == keys(record, kind, **{name: one})


def test_several_themes_of_unsure_names_mean_those_with_something_left(small: Engine) -> None:
    assert keys(small, "partners", theme=("Warm Homes", "Good Company")) == ["homes"]
    assert (
        keys(small, "partners", theme=("Warm Homes", "Good Company"), determinant="Housing") == []
    )


def test_the_word_of_a_strategy_covers_its_action_plan(small: Engine) -> None:
    assert keys(small, "plans", plan="alpha-2030") == ["alpha-2030", "action-plan"]
    assert keys(small, "actions", plan="alpha-2030") == ["warmth-1a", "warmth-1b", "company-1a"]
    assert keys(small, "documents", plan="Alpha 2030") == ["D1"]
    assert keys(small, "documents", plan="Beta 2035") == ["D2"]
    assert keys(small, "claims", plan="Beta 2035") == ["c2"]
    assert keys(small, "subgroups", plan="Beta 2035") == ["group"]
    assert keys(small, "quality-notes", plan="Alpha 2030") == ["n1"]
    assert keys(small, "quality-notes", partner="Neighbours") == ["n1"]
    assert keys(small, "quality-notes", partner="Homes") == []


def test_a_row_stands_for_its_own_plan_and_theme(record: Engine) -> None:
    # The five themes of 2019 stand in the strategy and in its action plan, in one row each.
    both = filters.filtered(record, "report/themes", plan="leicester-2019").text_rows()
    one = filters.filtered(record, "report/themes", plan="leicester-2019/action-plan").text_rows()
    assert (len(both), len(one)) == (10, 5)
    assert {row["plan"].rpartition("/")[2] for row in one} == {"action-plan"}
    # Objective A stands in two themes; the row of the other theme is left out.
    objectives = filters.filtered(record, "report/objectives", theme="Leicester 2019 Places")
    assert {row["themeLabel"] for row in objectives.text_rows()} == {"Healthy Places"}
    assert objectives.size == 4 + 7


def test_a_theme_name_of_several_plans_means_the_one_with_something_left(record: Engine) -> None:
    assert len(keys(record, "focus-areas", theme="Healthy Minds")) == len(
        keys(record, "focus-areas", theme="Leicester 2022 Minds")
    )
    with pytest.raises(AmbiguousError, match="names 2 things") as caught:
        keys(record, "claims", theme="Healthy Minds")
    assert [path for path, _ in caught.value.candidates] == [
        "leicester-2019/theme/minds",
        "leicester-2022/theme/minds",
    ]
    assert keys(record, "claims", theme="Healthy Minds", plan="leicester-2019")
    assert keys(record, "partners", theme="Healthy Minds", plan="leicester-2022") == []


def test_the_rows_written_are_the_rows_kept(record: Engine) -> None:
    found = filters.filtered(record, "report/actions", partner="Housing")
    assert found.size == 16
    assert len(json.loads(found.encoded)["results"]["bindings"]) == 16
    assert rows.render(found, "csv").count(b"\r\n") == 17
    assert b"16" not in rows.render(found, "json")[:20]


def test_without_a_filter_everything_is_listed(record: Engine) -> None:
    assert filters.filtered(record, "report/actions").size == 51


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("plan", "leicester-2019"),
        ("theme", "Leicester 2019 Lives"),
        ("partner", "Public Health"),
        ("determinant", "loneliness"),
    ],
)
def test_each_filter_leaves_something_fewer_or_says_where_it_serves(
    kind: str, name: str, value: str, record: Engine
) -> None:
    if kind in filters.list_narrowed(name):
        whole = filters.filtered(record, KINDS[kind])
        found = filters.filtered(record, KINDS[kind], **{name: value}, further=Further())
        columns = len(whole.variables)
        assert {row[:columns] for row in found.rows} <= set(whole.rows)
        through = (filters.THROUGH,) if "determinant" in (name, kind.rstrip("s")) else ()
        assert found.variables == whole.variables + through
    else:
        with pytest.raises(UsageError, match=f"cannot be narrowed by --{name}.* is for: "):
            filters.filtered(record, KINDS[kind], **{name: value}, further=Further())


def test_a_refusal_names_the_filters_that_serve() -> None:
    named = ("plan", "theme", "partner", "determinant")
    narrowed = {kind for name in named for kind in filters.list_narrowed(name)}
    assert narrowed == set(KINDS) - {"members", "reviews", "review-points"}


@pytest.mark.parametrize(
    ("name", "value"),
    [("plan", ""), ("theme", '"} SELECT * {'), ("partner", "<urn:x>"), ("determinant", "\x00")],
)
def test_a_name_that_nothing_carries_is_refused(name: str, value: str, record: Engine) -> None:
    with pytest.raises(NotFoundError):
        filters.filtered(record, "report/actions", **{name: value}, further=Further())


def test_a_refusal_comes_before_any_name_is_looked_up(record: Engine) -> None:
    with pytest.raises(
        UsageError, match="only by --plan and --partner; --theme is for: objectives"
    ):
        filters.filtered(record, "report/documents", theme="no such theme")


def narrowed(engine: Engine, kind: str, further: Further, **given: str | tuple[str, ...]) -> object:
    found = filters.filtered(engine, f"report/{kind}", **given, further=further)
    return [row[found.variables[0]].rpartition("/")[2] for row in found.text_rows()]


def test_what_must_not_hold_is_left_out_also_where_it_holds_through_something(
    small: Engine,
) -> None:
    every = keys(small, "actions")
    for name, value in (
        ("partner", "Homes"),
        ("theme", "Good Company"),
        ("determinant", "Housing"),
        ("plan", "Alpha action plan 2030"),
    ):
        without = narrowed(small, "actions", Further({name: [value]}))
        assert without == [
            key for key in every if key not in keys(small, "actions", **{name: value})
        ]
    # An objective goes if any action under it does, and a partner named there stays elsewhere.
    assert narrowed(small, "objectives", Further({"partner": ["Neighbours"]})) == [
        key for key in keys(small, "objectives") if key != "company-1"
    ]
    left = narrowed(small, "actions", Further({"partner": ["Stoves"]}), partner="Homes")
    assert left == ["warmth-1b", "company-1a"]


def test_one_of_several_values_is_enough_where_it_is_said(small: Engine) -> None:
    both = ("Neighbours", "Stoves")
    assert keys(small, "actions", partner=both) == []
    either = narrowed(small, "actions", Further(any_of=True), partner=both)
    parts = [keys(small, "actions", partner=each) for each in both]
    assert either == [key for key in keys(small, "actions") if key in parts[0] + parts[1]]
    themes = ("Warm Homes", "Good Company")
    assert narrowed(small, "actions", Further(any_of=True), theme=themes) == keys(small, "actions")
    # Filters of two kinds must both hold.
    some = narrowed(small, "actions", Further(any_of=True), theme=themes, partner="Stoves")
    assert some == keys(small, "actions", partner="Stoves")


def test_actions_are_listed_by_lead_by_date_and_by_what_they_lack() -> None:
    engine = open_small(*PLANS)

    def labels(**given: object) -> set[str]:
        further = Further(**given)  # type: ignore[arg-type]
        plan = "Delta action tracker 2028"
        found = filters.filtered(engine, "report/actions", plan=plan, further=further)
        return {row["action"].rpartition("/")[2] for row in found.text_rows()}

    assert labels(lead=["Delta Parks"]) == {"benches"}
    assert labels(due_by="2027") == {"damp"}
    assert labels(due_by="June 2028") == {"damp", "benches"}
    assert labels(due_by="2028-05") == {"damp"}
    assert labels(without=["date"]) == {"walks", "nobody"}
    assert labels(without=["lead", "date"]) == {"walks", "nobody"}
    assert labels(without=["partner"]) == {"nobody"}
    assert labels(without=["indicator"]) == {"benches", "damp", "walks", "nobody"}


@pytest.mark.parametrize(
    ("kind", "further", "said"),
    [
        ("themes", Further(lead=["Homes"]), "cannot be narrowed by --lead; --lead is for: actions"),
        ("partners", Further(due_by="2027"), "--due-by is for: actions"),
        ("actions", Further(without=["sense"]), "lead, date, indicator, partner; not “sense”"),
        ("actions", Further(due_by="soon"), "“soon” is no date"),
        ("documents", Further({"theme": ["x"]}), "cannot be narrowed by --theme"),
    ],
)
def test_a_further_filter_that_makes_no_sense_is_refused(
    small: Engine, kind: str, further: Further, said: str
) -> None:
    with pytest.raises(UsageError, match=said):
        narrowed(small, kind, further)


def test_a_list_begins_with_how_many_of_what_and_may_be_cut(hwbs: Hwbs) -> None:
    only = ("--only", *(part for path in SMALL for part in ("--graph", path)))
    listed = hwbs("list", "actions", "--partner", "Homes", "--not-theme", "Company", *only)
    assert listed.out.startswith("2 actions: partner Homes, not theme Company\n\n")
    cut = hwbs("list", "actions", "--limit", "1", "--format", "csv", *only)
    assert (len(cut.out.splitlines()), cut.err) == (2, "2 more; show them with --limit 3.\n")
    asked = hwbs("query", "report/actions", "--limit", "2", *only)
    assert asked.out.startswith("Which actions are there? 3 rows\n\n")
    assert hwbs("list", "--lead", "Homes").code == 2
    through = hwbs("list", "actions", "--determinant", "Housing", *only)
    assert through.out.startswith(
        "2 actions (1 of them only through something): determinant Housing\n"
    )
