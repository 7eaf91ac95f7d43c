"""`hwbs import` over plans of other layouts, each with the answer worked out by hand."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest

from hwbs_graph.intake.apart import draft_here

NAMES = ("code", "lead", "partners")


def draft_of(path: Path, text: str) -> dict[str, Any]:
    path.write_text(text, "utf-8")
    return draft_here([path])


def tell(action: dict[str, Any], *members: str) -> tuple[object, ...]:
    """What an action says: names that are in doubt end in a question mark."""
    told: list[object] = []
    for member in members:
        value = action[member]
        if member in ("lead", "partners"):
            value = [each["printed"] + "?" * (not each["certain"]) for each in value]
        told.append(value)
    return tuple(told)


def list_asked(draft: dict[str, Any], kind: str) -> list[str]:
    return [each["printed"] for each in draft["questions"] if each["kind"] == kind]


@pytest.fixture
def welsh(tmp_path: Path) -> dict[str, Any]:
    text = """# Cynllun Gweithredu Lles 2025-2028

Bwrdd Gwasanaethau Cyhoeddus Glan Nant

## Blaenoriaeth 1: Cartrefi cynnes

| Rhif | Cam gweithredu | Arweinydd | Partneriaid | Erbyn pryd | Mesur | Statws |
|-|-|-|-|-|-|-|
| 1.1 | Inswleiddio 200 o dai | Tai | Iechyd y Cyhoedd; Gofal | Mawrth 2026 | 200 | Gwyrdd |
| 1.2 | Ymweld â phobl hŷn | Gwasanaeth Tân ac Achub | Pob partner | Parhaus | 9 | Oren |
"""
    return draft_of(tmp_path / "cynllun.md", text)


def test_a_plan_in_welsh_is_read(welsh: dict[str, Any]) -> None:
    members = ("code", "theme", "lead", "partners", "due")
    assert [tell(action, *members) for action in welsh["actions"]] == [
        (
            "1.1",
            "Blaenoriaeth 1: Cartrefi cynnes",
            ["Tai"],
            ["Iechyd y Cyhoedd", "Gofal"],
            "2026-03",
        ),
        (
            "1.2",
            "Blaenoriaeth 1: Cartrefi cynnes",
            ["Gwasanaeth Tân ac Achub"],
            ["Pob partner?"],
            None,
        ),
    ]
    assert welsh["plan"]["body"] == "Bwrdd Gwasanaethau Cyhoeddus Glan Nant"
    assert welsh["plan"]["period"] == "2025-2028"
    assert list_asked(welsh, "name") == ["Pob partner"]
    assert [each["updates"][0]["progress"] for each in welsh["actions"]] == [
        "on track",
        "some risk",
    ]


def tell_all(draft: dict[str, Any], *members: str) -> list[tuple[object, ...]]:
    return [tell(action, *members) for action in draft["actions"]]


def list_reasons(draft: dict[str, Any]) -> set[tuple[str, str]]:
    return {(each["what"], each["why"]) for each in draft["left_out"]}


def test_headings_in_two_rows_and_merged_or_empty_levels_are_read(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (
        ["Castlebridge Wellbeing Partnership: action plan 2025/26 (DRAFT)"],
        [],
        ["Priority", "Objective", "No.", "What we will do", "Who", None, "When", None],
        [None, None, None, None, "Lead", "Support", "Start", "Finish"],
        ["Healthy weight", "Children move more", 1, "Run a daily mile", "Public Health"],
        [None, None, 2, "Offer free swimming in year 4", "Leisure Services", "Schools"],
        ["Good minds", "Help is near", 3, "Train 100 barbers to listen", "Mind", "N/A"],
        ["Total", None, 3],
    ):
        sheet.append(row)
    sheet["G5"], sheet["H5"] = datetime(2025, 9, 1), datetime(2026, 7, 31)
    sheet["F5"] = "Schools\nActive Castlebridge"
    for merged in ("A1:H1", "E3:F3", "G3:H3", "A3:A4", "B3:B4", "C3:C4", "D3:D4", "A5:A6"):
        sheet.merge_cells(merged)
    book.save(tmp_path / "plan.xlsx")
    draft = draft_here([tmp_path / "plan.xlsx"])
    assert tell_all(draft, "code", "theme", "objective", "lead", "partners") == [
        (
            "1",
            "Healthy weight",
            "Children move more",
            ["Public Health"],
            ["Schools", "Active Castlebridge"],
        ),
        ("2", "Healthy weight", "Children move more", ["Leisure Services"], ["Schools"]),
        ("3", "Good minds", "Help is near", ["Mind"], []),
    ]
    assert tell(draft["actions"][0], "timescale", "start", "due") == (
        "01/09/2025 – 31/07/2026",
        "2025-09-01",
        "2026-07-31",
    )
    # The merged priority is certain; the objective of the second row is empty, and so asked.
    (asked,) = [each for each in draft["questions"] if each["printed"] == "Objective"]
    assert asked["decides"] == [draft["actions"][1]["id"]]
    assert draft["plan"]["status"] == "draft"
    assert ("“Total | 3”", "a row without action") in list_reasons(draft)


def test_a_band_in_a_table_of_cards_stands_over_each_card_until_the_next(tmp_path: Path) -> None:
    rows = ""
    for theme, actions in {
        "Priority 1: Healthy weight": ["Run cooking courses", "Map every takeaway"],
        "Priority 2: Ageing well": ["Train falls champions"],
    }.items():
        rows += f'<tr><td colspan="2">{theme}</td></tr>'
        for action in actions:
            cells = ("Action", action), ("Ref", f"no {action}"), ("Lead", "Public Health")
            rows += "".join(f"<tr><td>{label}<td>{value}" for label, value in cells)
    path = tmp_path / "plan.html"
    path.write_text(f"<title>Thornwick plan</title><table>{rows}</table>")
    assert tell_all(draft_here([path]), "theme", "code", "action") == [
        ("Healthy weight", "no Run cooking courses", "Run cooking courses"),
        ("Healthy weight", "no Map every takeaway", "Map every takeaway"),
        ("Ageing well", "no Train falls champions", "Train falls champions"),
    ]
    divided = rows.replace('<td colspan="2">Priority 1: ', "<td>Priority<td>")
    path.write_text(f"<title>Thornwick plan</title><table>{divided}</table>")
    (first, second, third), asked = (
        (draft := draft_here([path]))["actions"],
        [each for each in draft["questions"] if "prints no theme of its own" in each["text"]],
    )
    assert (first["theme"], second["theme"], third["theme"]) == (
        "Healthy weight",
        "Healthy weight",
        "Ageing well",
    )
    assert [each["decides"] for each in asked] == [[second["id"]]]


def test_cards_of_labels_and_values_are_read_below_their_heading(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_heading("Ageing Well in Marsham: Delivery Plan 2026-2029", 0)
    for theme, cards in {
        "Theme A: Staying connected": [("Start a phone buddy scheme", "Libraries, Age UK Marsham")],
        "Theme B: Keeping well": [("Check for falls", "Housing; Fire and Rescue Service")],
    }.items():
        document.add_heading(theme, 1)
        for number, (action, partners) in enumerate(cards, 1):
            table = document.add_table(0, 2)
            for label, value in (
                (f"Action {number}", action),
                ("Lead organisation", "Marsham Voluntary Action"),
                ("Partners", partners),
                ("Timescale", "By June 2026"),
                ("Success measure", "50 people"),
            ):
                table.add_row().cells[0].text = label
                table.rows[-1].cells[1].text = value
    document.save(str(tmp_path / "plan.docx"))
    draft = draft_here([tmp_path / "plan.docx"])
    assert tell_all(draft, "theme", "action", "partners", "due", "measure") == [
        (
            "Theme A: Staying connected",
            "Start a phone buddy scheme",
            ["Libraries", "Age UK Marsham"],
            "2026-06",
            ["50 people"],
        ),
        (
            "Theme B: Keeping well",
            "Check for falls",
            ["Housing", "Fire and Rescue Service"],
            "2026-06",
            ["50 people"],
        ),
    ]
    assert draft["questions"] == []


PAGE = """<h1>Healthy Harbourton Action Plan 2025 to 2028</h1><h2>Pillar 1 – Best start</h2>
<h3>Outcome 1.1: Babies thrive</h3><table>
<tr><th>Ref<th>Commitment<th>Accountable organisation<th>Lead officer<th>Delivery partners
<th>Target date</tr>
<tr><td>1.1.1<td>Visit each new family<td>Harbourton Trust<td>Jane Smith
<td rowspan=2>Midwifery<br>Children’s Centres<td>1 April 2026</tr>
<tr><td>1.1.2<td>Lend car seats<td>Harbourton Council<td>Mohammed Khan<td>Dec-26</tr>
<tr><td colspan=6>Fathers</tr>
<tr><td>1.1.3<td>Run a fathers’ group<td>Harbourton Trust<td>Dr A Patel
<td>DWP, Harbourton College (subject to funding)<td>31.3.2027</tr></table>"""


def test_a_merged_cell_belongs_to_each_row_and_officers_reach_nothing(tmp_path: Path) -> None:
    draft = draft_of(tmp_path / "plan.html", PAGE)
    centres = ["Midwifery", "Children’s Centres"]
    assert tell_all(draft, *NAMES, "due") == [
        ("1.1.1", ["Harbourton Trust"], centres, "2026-04-01"),
        ("1.1.2", ["Harbourton Council"], centres, "2026-12"),
        ("1.1.3", ["Harbourton Trust"], ["DWP?", "Harbourton College?"], "2027-03-31"),
    ]
    assert {tell(each, "theme", "objective") for each in draft["actions"]} == {
        ("Pillar 1 – Best start", "Babies thrive")
    }
    assert "Smith" not in json.dumps(draft)
    why = "it names persons, who are never partners"
    assert ("column “Lead officer”", why) in list_reasons(draft)
    assert ("“Fathers”", "a third level, or a plain heading") in list_reasons(draft)


def test_a_matrix_of_marks_names_bodies_by_its_headings_and_asks(tmp_path: Path) -> None:
    text = """Theme;Action;Council;NHS Trust;Police;Deadline
Safe streets;Light the underpass;L;;x;March 2026
Clean air;Plant hedges at schools;L;x;;2026-2028
"""
    draft = draft_of(tmp_path / "plan.csv", text)
    assert tell_all(draft, "lead", "partners", "start", "due") == [
        (["Council?"], ["Police?"], None, "2026-03"),
        (["Council?"], ["NHS Trust?"], "2026", "2028"),
    ]
    assert list_asked(draft, "column") == ["Council", "Police", "NHS Trust"]


def test_labels_inside_list_items_part_who_and_when_from_the_wording(tmp_path: Path) -> None:
    text = """# Riverside Food Plan 2025

## Goal 1: No one goes hungry

### Actions

1. Open two community fridges.
   Lead: Riverside Foodbank. Partners: Riverside Council, Lidl
   By when: October 2025
2. Map all food growing spaces. Lead: Riverside Council
"""
    draft = draft_of(tmp_path / "plan.md", text)
    assert tell_all(draft, "action", *NAMES, "due") == [
        (
            "Open two community fridges",
            "1",
            ["Riverside Foodbank"],
            ["Riverside Council", "Lidl"],
            "2025-10",
        ),
        ("Map all food growing spaces", "2", ["Riverside Council"], [], None),
    ]
    assert draft["actions"][0]["theme"] == "Goal 1: No one goes hungry"


def test_a_table_that_goes_on_without_headings_is_read_and_asked_about(tmp_path: Path) -> None:
    document = docx.Document()
    headings = ["Action", "Responsible", "Key partners", "Milestones"]
    rows = {
        "Priority 1 Mental health": [
            headings,
            ["1a) Recruit mentors", "Tarnbeck Mind (Jo Brown)", "Employers; Unions", "In post"],
        ],
        "Priority 2 Homes": [
            ["2a) Buy 40 flats", "Housing", "Registered Providers and Homes England", "40"]
        ],
    }
    for heading, lines in rows.items():
        document.add_paragraph().add_run(heading).bold = True
        table = document.add_table(0, 4)
        for line in lines:
            for cell, words in zip(table.add_row().cells, line, strict=True):
                cell.text = words
    document.save(str(tmp_path / "plan.docx"))
    draft = draft_here([tmp_path / "plan.docx"])
    assert tell_all(draft, *NAMES, "theme") == [
        ("1a", ["Tarnbeck Mind"], ["Employers", "Unions"], "Priority 1 Mental health"),
        ("2a", ["Housing"], ["Registered Providers and Homes England?"], "Priority 2 Homes"),
    ]
    assert "Brown" not in json.dumps(draft)
    (split,) = [each for each in draft["questions"] if each["kind"] == "split"]
    assert {"Registered Providers", "Homes England"} <= {*split["values"]}
    assert any("has no headings" in each["text"] for each in draft["questions"])


def test_rows_that_a_filter_hides_are_read_and_addresses_are_not(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (
        ["ID", "Workstream", "Action", "Owner", "Owner email", "Supporting organisations", "BRAG"],
        ["T1", "Tobacco", "Give vouchers", "Clinic", "a.b@c.gov.uk", "GPs, Pharmacies", "G"],
        ["T2", "Tobacco", "Test 60 shops", "Trading Standards", "d@c.gov.uk", "Police / HMRC", "A"],
        ["T3", "Alcohol", "Consult on a levy", "Licensing", "e@c.gov.uk", "Pubwatch", "B"],
    ):
        sheet.append(row)
    sheet.auto_filter.ref = "A1:G4"
    sheet.auto_filter.add_filter_column(1, ["Alcohol"])
    for row_number in (2, 3):
        sheet.row_dimensions[row_number].hidden = True
    book.save(tmp_path / "plan.xlsx")
    draft = draft_here([tmp_path / "plan.xlsx"])
    assert tell_all(draft, *NAMES) == [
        ("T1", ["Clinic"], ["GPs", "Pharmacies"]),
        ("T2", ["Trading Standards"], ["Police?", "HMRC?"]),
        ("T3", ["Licensing"], ["Pubwatch"]),
    ]
    assert ("a filter", "2 rows that it hides are read all the same") in list_reasons(draft)
    assert "@" not in json.dumps(draft)
    assert [each["updates"][0]["progress"] for each in draft["actions"]] == [
        "on track",
        "some risk",
        "complete",
    ]


def test_a_column_of_parts_says_who_leads_over_the_rows_of_one_merged_action(
    tmp_path: Path,
) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (
        ["Outcome", "Action", "Partner", "Role", "By"],
        ["Fewer falls", "Run strength classes", "Leisure Trust", "Lead", "2026"],
        [None, None, "Age UK", "Support", None],
        ["Fewer falls", "Check stairs in council homes", "Housing", "Lead", "2027"],
    ):
        sheet.append(row)
    for merged in ("A2:A3", "B2:B3", "E2:E3"):
        sheet.merge_cells(merged)
    book.save(tmp_path / "plan.xlsx")
    draft = draft_here([tmp_path / "plan.xlsx"])
    assert tell_all(draft, "objective", "lead", "partners", "due") == [
        ("Fewer falls", ["Leisure Trust"], ["Age UK"], "2026"),
        ("Fewer falls", ["Housing"], [], "2027"),
    ]


def test_names_in_small_letters_and_brackets_are_never_silently_joined(tmp_path: Path) -> None:
    text = """Ref,Priority action,Lead organisation(s),Supporting organisations,Timescale
Ambition 1: The best start,,,,
1a,Roll out parent groups,Children's Services,"0-19 service, schools, VCS",Short
1b,Review the offer,SEND team / ICB,"Oldbridge Council (Leisure, Parks and Planning), Portage",TBC
"""
    draft = draft_of(tmp_path / "plan.csv", text)
    assert tell_all(draft, *NAMES) == [
        ("1a", ["Children's Services"], ["0-19 service?", "schools?", "VCS?"]),
        (
            "1b",
            ["SEND team?", "ICB?"],
            ["Oldbridge Council (Leisure, Parks and Planning)?", "Portage"],
        ),
    ]
    assert {each["theme"] for each in draft["actions"]} == {"Ambition 1: The best start"}
    assert any(each["printed"] == "TBC" for each in draft["questions"])


def test_terms_under_a_heading_that_is_an_action_are_a_card(tmp_path: Path) -> None:
    text = """<h1>Carers Action Plan 2025-28</h1><h2>Theme 1: Being recognised</h2>
<h3>Action 1: Give each carer a card</h3><dl><dt>Lead<dd>Eastwick Council<dt>Partners
<dd>Carers Hub, GP practices<dt>When<dd>March 2026</dl>"""
    draft = draft_of(tmp_path / "plan.html", text)
    assert tell_all(draft, "theme", "action", *NAMES) == [
        (
            "Theme 1: Being recognised",
            "Give each carer a card",
            "1",
            ["Eastwick Council"],
            ["Carers Hub", "GP practices"],
        )
    ]


def test_an_action_log_of_a_meeting_is_no_plan(tmp_path: Path) -> None:
    text = "# Minutes of the Board\n\n| Item | Action | Owner |\n|-|-|-|\n| 4 | Send it | Chair |\n"
    draft = draft_of(tmp_path / "minutes.md", text)
    assert draft["actions"] == []
    assert ("1 action", "it is an action log of a meeting, by the title") in list_reasons(draft)


def test_a_column_that_nothing_names_is_asked_about_with_its_values(tmp_path: Path) -> None:
    text = """Topic,Proposal,Lead,Partners,Date
Air,Close streets at school times,Highways,Schools,May 2026
Noise,Plant a hedge along the ring road,Parks,Friends of the Parks,June 2026
"""
    draft = draft_of(tmp_path / "plan.csv", text)
    asked = {each["printed"]: each for each in draft["questions"] if each["kind"] == "column"}
    assert asked["Topic"]["values"] == ["Air", "Noise"]
    assert "is read as the action" in asked["Proposal"]["text"]
    assert len(draft["actions"]) == len(asked["Proposal"]["decides"]) == 2


def test_parts_printed_beside_names_are_read_and_asked_about(tmp_path: Path) -> None:
    text = """# Mental Health Plan (2025–2027)

| What we will do | Lead and partners | Timeframe |
|---|---|---|
| Teach resilience | Lead: Education. Partners: CAMHS, Schools | 2025/26 |
| Fund cafes | Vale Council (lead), Mind, Public Health | Ongoing |
"""
    draft = draft_of(tmp_path / "plan.md", text)
    assert tell_all(draft, "lead", "partners") == [
        (["Education"], ["CAMHS?", "Schools?"]),
        (["Vale Council?"], ["Mind?", "Public Health?"]),
    ]
    assert list_asked(draft, "column") == ["Lead and partners"]


def test_equal_wordings_have_ids_of_their_own_and_are_asked_about(tmp_path: Path) -> None:
    text = "Action,Lead\nOpen a clinic in town,Health Trust\nOpen a Clinic in town.,Parks\n"
    draft = draft_of(tmp_path / "plan.csv", text)
    first, second = (action["id"] for action in draft["actions"])
    assert second == f"{first}-2"
    (asked,) = [each for each in draft["questions"] if "is it one action" in each["text"]]
    assert asked["decides"] == [first, second]


def test_ids_are_those_of_the_wording_wherever_a_row_stands(tmp_path: Path) -> None:
    rows = ["A1,Open a clinic in town,Trust", "A2,Plant a hedge by the road,Parks"]
    drafts = [
        draft_of(tmp_path / f"plan{number}.csv", "\n".join(["Ref,Action,Lead", *order]))
        for number, order in enumerate((rows, rows[::-1]))
    ]
    ids = [{each["action"]: each["id"] for each in draft["actions"]} for draft in drafts]
    assert ids[0] == ids[1]


def test_a_list_that_is_printed_twice_is_still_a_list(tmp_path: Path) -> None:
    cells = ['"Health Trust, Family Hubs"', '"Police, Probation and Homes"', '"Age UK, Mind"']
    rows = [
        f"Do the useful thing {number},Parks,{cell}" for number, cell in enumerate(cells * 2, 1)
    ]
    draft = draft_of(tmp_path / "plan.csv", "\n".join(["Action,Lead,Partners", *rows]))
    assert tell_all(draft, "partners")[::3] == [(["Health Trust", "Family Hubs"],)] * 2
    doubted = [each["certain"] for each in draft["actions"][1]["partners"]]
    assert doubted
    assert not any(doubted)
    assert list_asked(draft, "split") == ["Police, Probation and Homes"]


CELLS = """Ref,Action,Lead,Partners
1,Do the first useful thing,Public Health (JS),"• Police • Fire Service • Mind"
2,Do the second useful thing,"Jo Smith, Head of Housing","Schools, GPs etc."
3,Do the third useful thing,"Revenues, Benefits and Customer Services",1. Mind 2. Age UK
4,Do the fourth useful thing,Leads: Public Health and Housing,Members of the Partnership Board
5,Do the fifth useful thing,TBC,"Sam Patel (Mind), NHS England, Dr Ann Lee"
6,Do the sixth useful thing,Parks,"Voluntary, community and faith sector"
"""


def test_cells_of_every_form_are_parted_or_asked_and_persons_are_in_no_answer(
    tmp_path: Path,
) -> None:
    draft = draft_of(tmp_path / "plan.csv", CELLS)
    assert tell_all(draft, "lead", "partners") == [
        (["Public Health (JS)?"], ["Police", "Fire Service", "Mind"]),
        (["Head of Housing?"], ["Schools", "GPs etc?"]),
        (["Revenues, Benefits and Customer Services?"], ["Mind", "Age UK"]),
        (["Public Health and Housing?"], []),
        ([], ["Mind?", "NHS England"]),
        (["Parks"], ["Voluntary, community and faith sector?"]),
    ]
    told = json.dumps(draft, ensure_ascii=False)
    assert not any(name in told for name in ("Smith", "Patel", "Ann Lee"))
    assert "[a person], Head of Housing" in told
    asked = {each for question in draft["questions"] for each in question["decides"]}
    assert asked == {action["id"] for action in draft["actions"]}


def test_tables_stacked_on_one_sheet_are_each_read(tmp_path: Path) -> None:
    text = """Air Quality Action Plan 2025 - 2030

Measure no.,Measure,Responsible authority,Other organisations involved,Completion date
1,Low emission zone study,Ridley Council,Highways England; Bus operators,Q4 2026/27
2,Anti-idling patrols at schools,Environmental Protection,Schools,Ongoing

Community actions
No,Action,Lead,Partners,Due
C1,Plant 400 street trees,Parks,"Tree Wardens, Rotary Club",31/12/2026
"""
    draft = draft_of(tmp_path / "plan.csv", text)
    assert tell_all(draft, *NAMES, "due") == [
        ("1", ["Ridley Council"], ["Highways England", "Bus operators"], "2027-Q1"),
        ("2", ["Environmental Protection"], ["Schools"], None),
        ("C1", ["Parks"], ["Tree Wardens", "Rotary Club"], "2026-12-31"),
    ]
    assert list_asked(draft, "column") == ["Measure"]


def test_headings_that_are_questions_and_tables_drawn_with_bars_are_read(tmp_path: Path) -> None:
    text = """Dunmore Active Travel Plan 2025-2030

| Ref | What will we do?          | Who leads? | Who else?       | When? |
|-----|---------------------------|------------|-----------------|-------|
| 1   | Paint zebra crossings     | Highways   | Schools, Police | 2026  |
| 2   | Lend bikes to job seekers | Libraries  | Cycle Club      | 2027  |
"""
    draft = draft_of(tmp_path / "plan.txt", text)
    assert tell_all(draft, *NAMES, "due") == [
        ("1", ["Highways"], ["Schools", "Police"], "2026"),
        ("2", ["Libraries"], ["Cycle Club"], "2027"),
    ]
    assert draft["questions"] == []


#: A cell of partners, and the names it gives; one with a question mark is asked about.
PARTED = {
    "Schools, Young Minds Matter (YMM)": ["Schools", "Young Minds Matter (YMM)"],
    "Schools and Young Minds Matter (YMM)": ["Schools and Young Minds Matter (YMM)?"],
    "Parks; Leeds Mind (LM), Homes England": ["Parks", "Leeds Mind (LM)", "Homes England"],
    "Parks, Voluntary, Community and Social Enterprise (VCSE)": [
        "Parks",
        "Voluntary, Community and Social Enterprise (VCSE)",
    ],
    "Department for Work and Pensions, Mind": ["Department for Work and Pensions", "Mind"],
    "Mind": ["Mind"],
    "Royal Mail and Mind": ["Royal Mail?", "Mind?"],
    "Mind AND Housing": ["Mind?", "Housing?"],
    "Mind with Housing": ["Mind with Housing?"],
    "Mind plus Housing": ["Mind plus Housing?"],
    "Mind – Housing": ["Mind – Housing?"],
    "Mind: Housing": ["Mind: Housing?"],
    "Mind · Housing": ["Mind · Housing?"],
    "(a) Mind (b) Housing": ["(a) Mind (b) Housing?"],
    "Mind. Age UK. Housing.": ["Mind. Age UK. Housing?"],
    "Zetland Council (Parks, Leisure)": ["Zetland Council (Parks, Leisure)?"],
    "Mind (and Housing)": ["Mind (and Housing)?"],
    "Zetland Council [Parks]": ["Zetland Council [Parks]?"],
    "Parks?": ["Parks??"],
    "Parks (tbc), Mind": ["Parks?", "Mind"],
    "St. Mary's Hospital": ["St. Mary's Hospital"],
}


def draft_cells(path: Path, cells: list[str], heading: str) -> dict[str, Any]:
    rows = [f"| Do useful thing {number} | {cell} |" for number, cell in enumerate(cells)]
    return draft_of(path, "\n".join([f"| Action | {heading} |", "|-|-|", *rows]))


def test_a_name_that_holds_the_sign_of_another_is_parted_or_asked_about(tmp_path: Path) -> None:
    draft = draft_cells(tmp_path / "plan.md", list(PARTED), "Partners")
    told = {
        cell: tell(each, "partners")[0] for cell, each in zip(PARTED, draft["actions"], strict=True)
    }
    assert told == PARTED
    asked = {each for question in draft["questions"] for each in question["decides"]}
    doubted = {each["id"] for each in draft["actions"] if "?" in str(tell(each, "partners"))}
    assert doubted <= asked


@pytest.mark.parametrize("heading", ["Lead", "Partners"])
def test_a_person_with_a_post_is_left_out_and_the_post_is_asked_about(
    tmp_path: Path, heading: str
) -> None:
    cells = [
        "Jane Okafor, Head of Therapies",
        "Ngozi Okafor, Head of Therapies",
        "Head of Therapies – Ngozi Okafor",
        "Ngozi Okafor (Head of Therapies)",
        "Jane Okafor Head of Therapies",
    ]
    draft = draft_cells(tmp_path / "plan.md", [*cells, "Jane Okafor and Sam Patel"], heading)
    told = [tell(each, heading.lower())[0] for each in draft["actions"]]
    assert told == [["Head of Therapies?"]] * len(cells) + [[]]
    assert not any(name in json.dumps(draft) for name in ("Okafor", "Patel"))
    assert ("a person's name", "persons are never partners") in list_reasons(draft)
    assert "Head of Therapies" in list_asked(draft, "name")


def test_quarters_of_a_short_year_are_read_and_a_date_that_is_not_is_asked_about(
    tmp_path: Path,
) -> None:
    due = {
        "Q3 26/27": "2026-Q4",
        "2026/27 Q3": "2026-Q4",
        "Qtr 4 FY26/27": "2027-Q1",
        "end of Q2 26-27": "2026-Q3",
        "Q2 – Q3 2026/27": "2026-Q4",
        "Q3 26/28": None,
        "Autumn 2026": None,
        "Ongoing": None,
    }
    rows = [f"| Do useful thing {number} | Mind | {when} |" for number, when in enumerate(due)]
    text = "\n".join(["| Action | Lead | By when |", "|-|-|-|", *rows])
    draft = draft_of(tmp_path / "plan.md", text)
    assert [each["due"] for each in draft["actions"]] == list(due.values())
    assert draft["actions"][4]["start"] == "2026-Q3"
    (asked,) = [each for each in draft["questions"] if "not read as a date" in each["text"]]
    assert asked["values"] == ["Q3 26/28", "Autumn 2026"]


def test_all_partners_are_one_group_and_other_words_for_many_are_asked_about(
    tmp_path: Path,
) -> None:
    cells = ["all partners", "Mind, All partners", "All partners (tbc)", "various", "All agencies"]
    draft = draft_cells(tmp_path / "plan.md", cells, "Partners")
    told = [tell(each, "partners")[0] for each in draft["actions"]]
    assert told == [["all partners?"], ["Mind", "All partners?"], [], [], []]
    assert list_asked(draft, "name") == [
        "all partners",
        "All partners (tbc)",
        "various",
        "All agencies",
    ]


def test_a_text_table_without_blank_lines_has_a_row_a_line(tmp_path: Path) -> None:
    heads = "Action                     Lead             Partners        By when"
    rule = "-------------------------  ---------------  --------------  ----------"
    body = [
        "Insulate 300 homes in the  Housing          Energy Trust    March 2027",
        "north of the town",
        "Open seven warm rooms      Library Service  Churches;       May 2026",
        "                                            Mosques",
        "Mark ten walking routes    Parks            Village Hall Network  Ongoing",
    ]
    path = tmp_path / "plan.txt"
    for lines in ([heads, rule, *body], [heads, *body]):
        path.write_text("\n".join(["Barnsbrook Action Plan 2026", "", *lines, ""]))
        draft = draft_here([path])
        assert [each["action"] for each in draft["actions"]] == [
            "Insulate 300 homes in the north of the town",
            "Open seven warm rooms",
            "Mark ten walking routes",
        ]
        assert [tell(each, "partners")[0] for each in draft["actions"]] == [
            ["Energy Trust"],
            ["Churches", "Mosques"],
            ["Village Hall Network"],
        ]
        assert draft["actions"][2]["timescale"] == "Ongoing"
        assert (draft["questions"], draft["left_out"]) == ([], [])
    path.write_text(path.read_text() + "\nSweep       chimneys      too\n")
    (left,) = draft_here([path])["left_out"]
    assert left["why"] == "its columns stand under those of no table; put them in line"


def test_items_below_an_action_say_who_does_it_and_when(tmp_path: Path) -> None:
    path = tmp_path / "plan.md"
    path.write_text(
        "# Eskwater Plan 2026-2030\n\n## Goal A: Warm homes\n\nWe will:\n\n"
        "- Insulate 500 lofts\n  - Lead: Eskwater Homes\n  - Partners: Gas Fund; Citizens Advice\n"
        "  - By: March 2027\n- Visit every park home\n  - Lead: Fire Service\n"
    )
    first, second = draft_here([path])["actions"]
    assert (first["action"], first["timescale"], first["due"]) == (
        "Insulate 500 lofts",
        "March 2027",
        "2027-03",
    )
    assert tell(first, "lead", "partners") == (["Eskwater Homes"], ["Gas Fund", "Citizens Advice"])
    assert (second["action"], tell(second, "lead")) == (
        "Visit every park home",
        (["Fire Service"],),
    )


def test_a_project_file_has_underscores_in_its_headings_and_short_weekdays(tmp_path: Path) -> None:
    path = tmp_path / "plan.csv"
    rows = "Task_Name,Start_Date,Finish_Date\nMap ten walks,Wed 01/04/26,Tue 30/06/26\n"
    path.write_text(f"{rows}Test 90 wells,Mon 04/01/27,Fri 31/03/28\n")
    told = [(each["start"], each["due"]) for each in draft_here([path])["actions"]]
    assert told == [("2026-04-01", "2026-06-30"), ("2027-01-04", "2028-03-31")]


def test_marks_for_above_totals_and_several_lines_are_never_taken_for_words(tmp_path: Path) -> None:
    path = tmp_path / "plan.csv"
    path.write_text(
        "Theme,Action,Lead,Partners,Target\n"
        "Warmth,Fit 40 boilers,Housing,Gas Fund,Sep-26\n"
        '"""",Lag the pipes,ditto,"""",2027\n'
        'Food,"Map noise\nPlant hedges",Parks,As above,Ongoing\n'
        "Total,3 actions,,,\n"
    )
    draft = draft_here([path])
    told = [tell(each, "theme", "lead", "partners", "due") for each in draft["actions"]]
    assert told == [
        ("Warmth", ["Housing"], ["Gas Fund"], "2026-09"),
        ("Warmth", [], [], "2027"),
        ("Food", ["Parks"], [], None),
    ]
    asked = [each["text"] for each in draft["questions"]]
    for words in ("ditto", '"', "As above"):
        assert f"“{words}” is printed for what stands above: whom does it mean?" in asked
    assert "Rows that leave “Theme” empty are read as those above them: are they?" in asked
    assert "“Map noise Plant hedges” holds several lines: one action or several?" in asked
    assert [each["what"] for each in draft["left_out"]] == ["a row of totals"]


def test_rows_of_an_outline_are_levels_by_number_level_or_indent(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["ID", "WBS", "Outline Level", "Task Name", "Resource Names", "Finish"])
    for number, (code, task, bodies) in enumerate(
        [
            ("1", "Healthy weight", None),
            ("1.1", "Children move more", None),
            ("1.1.1", "Run a daily mile", "Public Health;Schools"),
            ("2", "Good minds", "Mind"),
            ("2.1", "Train 100 barbers", "Mind"),
        ],
        1,
    ):
        row = [number, code, code.count(".") + 1, task, bodies, datetime(2026, 7, number)]
        sheet.append(row)
    book.save(tmp_path / "project.xlsx")
    draft = draft_here([tmp_path / "project.xlsx"])
    members = ("code", "theme", "objective", "action", "partners")
    named = ["Public Health?", "Schools?"]
    assert tell_all(draft, *members) == [
        ("1.1.1", "Healthy weight", "Children move more", "Run a daily mile", named),
        ("2.1", "Good minds", None, "Train 100 barbers", ["Mind?"]),
    ]
    assert draft["actions"][0]["due"] == "2026-07-03"
    (asked,) = [each for each in draft["questions"] if each["printed"] == "Mind"]
    assert asked["decides"] == [draft["actions"][1]["id"]]
    indented = "Task,Owner\nWarm homes,\n  Insulate lofts,Housing\n  Check boilers,Fire Service\n"
    draft = draft_of(tmp_path / "plan.csv", indented)
    assert tell_all(draft, "theme", "action") == [
        ("Warm homes", "Insulate lofts"),
        ("Warm homes", "Check boilers"),
    ]
    # An action of its own has parts below it, and stays one.
    parts = (
        "No,Action,Lead\n1,Improve all homes,Housing\n1.1,Insulate lofts,Housing\n1.2,Check,Gas\n"
    )
    assert [each["code"] for each in draft_of(tmp_path / "own.csv", parts)["actions"]] == [
        "1",
        "1.1",
        "1.2",
    ]
    asked_so = "What?,Who?,When?,How will we know?\nRun a daily mile,Schools,2027,30 take part\n"
    draft = draft_of(tmp_path / "asked.csv", asked_so)
    assert tell_all(draft, "action", "timescale", "measure") == [
        ("Run a daily mile", "2027", ["30 take part"])
    ]


CARDS = {
    "plan.md": """# Selby Plan 2026-2029

## Goal 1: Fewer falls

Fit handrails in 400 homes
: Lead: Selby Housing
: Partners: Fire Service; Age UK Selby
: We will know it worked when: 400 homes have them
: Colour of the bin: blue

Run balance classes
: Lead: Leisure Selby
: Partners: Parish Hall
""",
    "plan.txt": """SELBY PLAN 2026-2029

GOAL 1: FEWER FALLS

1. Fit handrails in 400 homes
   Lead ................. Selby Housing
   Partners ............. Fire Service; Age UK Selby
   Success measure ...... 400 homes have them

2. Run balance classes
   Lead ................. Leisure Selby
   Partners ............. Parish Hall
""",
    "lines.md": """# Selby Plan 2026-2029

## Goal 1: Fewer falls

### Fit handrails in 400 homes

**Lead:** Selby Housing\x20\x20
**Partners:** Fire Service; Age UK Selby\x20\x20
**Measure:** 400 homes have them

### Run balance classes

**Lead:** Leisure Selby

**Partners:** Parish Hall
""",
    "plan.html": """<h1>Selby Plan 2026-2029</h1><h2>Goal 1: Fewer falls</h2>
<article><h3>Fit handrails in 400 homes</h3><dl><div><dt>Lead<dd>Selby Housing</div>
<div><dt>Partners<dd>Fire Service<dd>Age UK Selby</div>
<dt>Measure<dd>400 homes have them</dl></article>
<article><h3>Run balance classes</h3><dl><dt>Lead<dd>Leisure Selby<dt>Partners<dd>Parish Hall</dl>
</article>""",
}


@pytest.mark.parametrize("name", CARDS)
def test_a_line_over_a_card_of_labels_is_an_action_that_is_asked_about(
    name: str, tmp_path: Path
) -> None:
    draft = draft_of(tmp_path / name, CARDS[name])
    code = ("1", "2") if name == "plan.txt" else (None, None)
    theme = "GOAL 1: FEWER FALLS" if name == "plan.txt" else "Goal 1: Fewer falls"
    helpers = ["Fire Service", "Age UK Selby"]
    measures = ["400 homes have them"]
    assert tell_all(draft, "code", "theme", "action", "lead", "partners", "measure") == [
        (code[0], theme, "Fit handrails in 400 homes", ["Selby Housing"], helpers, measures),
        (code[1], theme, "Run balance classes", ["Leisure Selby"], ["Parish Hall"], []),
    ]
    (asked,) = [each for each in draft["questions"] if "Are they?" in each["text"]]
    assert asked["decides"] == [each["id"] for each in draft["actions"]]
    # A label that nothing explains is never dropped unseen.
    assert list_asked(draft, "column") == (["Colour of the bin"] if name == "plan.md" else [])


def test_names_of_sheets_stand_over_a_column_of_themes_or_are_named(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, goals in {"Live well": ("Stop smoking", "Eat well"), "Age well": ("Falls",)}.items():
        sheet = book.create_sheet(name)
        sheet.append(["Goal", "Deliverable", "Led by", "Helped by"])
        for goal in goals:
            sheet.append([goal, f"Hold a day for {goal}", "Housing", "Leisure"])
    book.save(tmp_path / "plan.xlsx")
    draft = draft_here([tmp_path / "plan.xlsx"])
    assert tell_all(draft, "theme", "objective") == [
        ("Live well", "Stop smoking"),
        ("Live well", "Eat well"),
        ("Age well", "Falls"),
    ]
    assert list_asked(draft, "column") == ["Goal"]
    book["Age well"]["A2"] = "Eat well"
    book.save(tmp_path / "plan.xlsx")
    draft = draft_here([tmp_path / "plan.xlsx"])
    assert [each["theme"] for each in draft["actions"]] == ["Stop smoking", "Eat well", "Eat well"]
    assert ("the name of sheet “Age well”", "a column names the theme") in list_reasons(draft)


def test_what_a_page_hides_is_named_and_terms_with_labelled_lines_are_read(tmp_path: Path) -> None:
    page = """<h1>Tarn Plan 2026</h1><h2>Priority 1: Walk more</h2><dl><dt>Mark ten paths
    <dd>Lead: Ramblers<dd>Partners: Tarn Council; Visit Tarn<dt>Lend 40 prams<dd>Lead: Libraries
    <dd>By when: 2027</dl><div hidden>Age well: ring 90 widowers each week</div>"""
    draft = draft_of(tmp_path / "plan.html", page)
    assert tell_all(draft, "action", "lead", "partners", "timescale") == [
        ("Mark ten paths", ["Ramblers"], ["Tarn Council", "Visit Tarn"], None),
        ("Lend 40 prams", ["Libraries"], [], "2027"),
    ]
    why = "it is hidden in the page; --include-hidden reads it"
    assert ("“Age well: ring 90 widowers each week”", why) in list_reasons(draft)


def test_grouped_rows_are_an_outline_and_a_row_of_one_cell_is_asked_about(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Action", "Lead", "By when"])
    rows = [("Warm homes", None, None), ("Insulate lofts", "Housing", "2027")]
    rows += [("Mend boilers", "Gas", "2026"), ("Good food", None, None)]
    rows += [("Open a shop", "Co", "2028")]
    for row in rows:
        sheet.append(row)
    sheet.append(["* Figures are provisional"])
    book.save(tmp_path / "plan.xlsx")
    draft = draft_here([tmp_path / "plan.xlsx"])
    asked = [each["printed"] for each in draft["questions"] if "a heading over" in each["text"]]
    assert asked == ["Warm homes", "Good food"]
    assert ("“* Figures are provisional”", "a note below the table") in list_reasons(draft)
    for number in (3, 4, 6):
        sheet.row_dimensions[number].outlineLevel = 1
    book.save(tmp_path / "plan.xlsx")
    draft = draft_here([tmp_path / "plan.xlsx"])
    assert tell_all(draft, "theme", "action") == [
        ("Warm homes", "Insulate lofts"),
        ("Warm homes", "Mend boilers"),
        ("Good food", "Open a shop"),
    ]
