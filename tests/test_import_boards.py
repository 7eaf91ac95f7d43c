"""`hwbs import` over the development boards: each figure of their accuracy, and no silent fault."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from intake_scores import Score, score
from support import DOCUMENTS, ROOT

from hwbs_graph.intake.answers import TAKES
from hwbs_graph.intake.apart import Reading, draft_here, read_here
from hwbs_graph.intake.decisions import Decision
from hwbs_graph.intake.replay import replay

BOARDS = DOCUMENTS.parent / "boards"
SCHEMA = json.loads((ROOT / "src/hwbs_graph/intake/plan-sheet.schema.json").read_text("utf-8"))
#: Plan -> the fewest names that must be certain, and the most questions.
PLANS = {
    "01_web_blocks_html/plan.html": (0, 3),
    "02_landscape_pdf/plan.pdf": (0, 25),
    "02_landscape_pdf/plan_tagged.pdf": (24, 8),
    "03_word_priority_tables/plan.docx": (10, 6),
    "04_excel_tracker/plan.xlsx": (19, 3),
    "04_excel_tracker/plan_v2.xlsx": (21, 2),
    "05_numbered_no_leads_html/plan.html": (0, 4),
    "06_prose_we_will_md/plan.md": (0, 9),
    "07_logic_model_docx/plan.docx": (0, 4),
    "08_glossary_xlsx/plan.xlsx": (7, 4),
    "09_fixed_width_txt/plan.txt": (6, 2),
    "11_decoy_tables_docx/plan.docx": (7, 0),
}


@pytest.fixture(scope="module")
def readings(documents: Path) -> dict[str, Reading]:
    return {name: read_here([documents.parent / "boards" / name]) for name in PLANS}


@pytest.fixture(scope="module")
def drafts(readings: dict[str, Reading]) -> dict[str, dict[str, Any]]:
    return {name: reading.draft for name, reading in readings.items()}


def compare(name: str, draft: dict[str, Any]) -> Score:
    gold = "gold_v2.json" if "_v2" in name else "gold.json"
    return score(draft, json.loads((BOARDS / Path(name).parent / gold).read_text("utf-8")))


@pytest.mark.parametrize("name", PLANS)
def test_every_action_and_name_is_found_and_none_is_silently_wrong(
    name: str, drafts: dict[str, dict[str, Any]]
) -> None:
    certain, questions = PLANS[name]
    found = compare(name, drafts[name])
    assert found.silent == []
    assert (found.found_actions, found.wrong_actions) == (found.actions, 0)
    assert found.found == found.names
    assert found.right == found.sure >= certain
    assert found.questions <= questions


@pytest.mark.parametrize("name", PLANS)
def test_a_draft_is_as_its_schema_says(name: str, drafts: dict[str, dict[str, Any]]) -> None:
    jsonschema.validate(drafts[name], SCHEMA)


def test_a_name_is_certain_unless_a_question_about_it_decides_its_action(
    drafts: dict[str, dict[str, Any]],
) -> None:
    for draft in drafts.values():
        asked = {each for question in draft["questions"] for each in question["decides"]}
        for action in draft["actions"]:
            doubted = [
                each for each in (*action["lead"], *action["partners"]) if not each["certain"]
            ]
            assert not doubted or action["id"] in asked


def test_the_next_quarter_of_a_tracker_keeps_the_ids_of_unchanged_wordings(
    drafts: dict[str, dict[str, Any]],
) -> None:
    first, second = (
        {action["action"]: action["id"] for action in drafts[f"04_excel_tracker/{name}"]["actions"]}
        for name in ("plan.xlsx", "plan_v2.xlsx")
    )
    kept = first.keys() & second.keys()
    assert len(kept) == 6
    assert {first[each] for each in kept} == {second[each] for each in kept}
    assert not {first[each] for each in first.keys() - kept} & {*second.values()}


def test_what_is_hidden_or_no_plan_is_named_with_its_reason(
    drafts: dict[str, dict[str, Any]],
) -> None:
    tracker = {
        (each["what"], each["why"]) for each in drafts["04_excel_tracker/plan.xlsx"]["left_out"]
    }
    assert {("column F", "it is hidden"), ("sheet “Old 2022”", "it is hidden")} <= tracker
    assert "manager" not in json.dumps(drafts["04_excel_tracker/plan.xlsx"])
    decoys = [each["why"] for each in drafts["11_decoy_tables_docx/plan.docx"]["left_out"]]
    for kind in ("document control", "membership", "budget", "risk register"):
        assert f"a table of another kind ({kind})" in decoys


def test_a_text_of_a_damaged_table_gives_the_actions_and_mentions_of_the_record(
    documents: Path,
) -> None:
    (text,) = documents.glob("002_*.txt")
    draft = draft_here([text])
    gold = documents.parent / "boards" / "10_leicester_2019_txt" / "gold.json"
    found = score(draft, json.loads(gold.read_text("utf-8")))
    assert (found.found_actions, found.actions, found.wrong_actions) == (51, 51, 0)
    assert (found.found, found.names) == (252, 252)
    assert found.right == found.sure
    # An editor's remark stands in one objective; the record leaves it out.
    assert len(found.silent) == 1
    assert "objective is “support informal carers" in found.silent[0]


def answer_all(reading: Reading, answer: str) -> list[Decision]:
    """Return one answer to every question that takes it, and “no” to the others."""
    asks = {key: effect["asks"] for key, effect in reading.effects.items()}
    given = ((key, answer if answer in TAKES[kind] else "no") for key, kind in asks.items())
    return [
        Decision(number, "2026-11-28", "an officer", key, text)
        for number, (key, text) in enumerate(given, 1)
    ]


def test_answers_to_all_questions_settle_every_name_in_any_order(
    readings: dict[str, Reading],
) -> None:
    for reading in readings.values():
        answers = answer_all(reading, "yes")
        decided = replay(reading.draft, reading.effects, answers)
        assert decided.open_questions == []
        names = [
            name
            for action in decided.draft["actions"]
            for name in (*action["lead"], *action["partners"])
        ]
        assert all(name["certain"] for name in names)
        again = replay(reading.draft, reading.effects, answers[::-1])
        assert again.draft == decided.draft


def test_no_to_all_questions_leaves_only_what_was_certain(readings: dict[str, Reading]) -> None:
    for reading in readings.values():
        decided = replay(reading.draft, reading.effects, answer_all(reading, "no"))
        before = {
            action["id"]: {name["printed"] for name in action[role] if name["certain"]}
            for action in reading.draft["actions"]
            for role in ("lead", "partners")
        }
        assert decided.open_questions == []
        for action in decided.draft["actions"]:
            assert all(name["certain"] for name in (*action["lead"], *action["partners"]))
            assert {name["printed"] for name in action["partners"]} <= before[action["id"]]
