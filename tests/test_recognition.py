"""Names as officers type them: what is taken and said, and what is refused with what is meant."""

import functools
import warnings

import pytest
from support import BOARDS, PLANS, SMALL, Hwbs, open_small

from hwbs_graph import names
from hwbs_graph.errors import AmbiguousError, NameTakenWarning, NotFoundError
from hwbs_graph.names import recognition
from hwbs_graph.names.index import list_names
from hwbs_graph.store import Engine

#: What an officer types for a partner of the record, and whom it means.
TAKEN = {
    "Housing team": "Housing",
    "the Housing Department": "Housing",
    "Housing Services": "Housing",
    "housing service": "Housing",
    "Housing Division": "Housing",
    "HOUSING UNIT": "Housing",
    "the housing": "Housing",
    "Finance Dept": "Finance",
    "the Finance team": "Finance",
    "The Public Health Team": "Public Health",
    "Public Health Division": "Public Health",
    "public health service": "Public Health",
    "Sports Services": "Sports Service",
    "Sports": "Sports Service",
    "Sport": "Sports Service",
    "sports team": "Sports Service",
    "the Sports Service": "Sports Service",
    "Adult Social Care team": "Adult Social Care",
    "Adult Social Care Services": "Adult Social Care",
    "Adult Skills": "Adult Skills and Learning Service",
    "Adult Skill and Learning Services": "Adult Skills and Learning Service",
    "Adult Skills & Learning team": "Adult Skills and Learning Service",
    "Estates": "Estates and Building Services",
    "Estates and Buildings": "Estates and Building Services",
    "Estates & Building Service": "Estates and Building Services",
    "Estates team": "Estates and Building Services",
    "Neighbourhood and Environmental": "Neighbourhood and Environmental Services",
    "Neighbourhoods & Environmental Service": "Neighbourhood and Environmental Services",
    "Neighbourhood and Environmental team": "Neighbourhood and Environmental Services",
    "NES": "Neighbourhood and Environmental Services",
    "N.E.S.": "Neighbourhood and Environmental Services",
    "Tourism": "Tourism, Culture and Investment",
    "Tourism, Culture": "Tourism, Culture and Investment",
    "Tourism Team": "Tourism, Culture and Investment",
    "TCI": "Tourism, Culture and Investment",
    "Digital Transformations": "Digital Transformation",
    "Digital Transformation team": "Digital Transformation",
    "Learning & Inclusion Service": "Learning and Inclusion",
    "City Barrister": "City Barrister and Head of Standards",
    "the City Barrister": "City Barrister and Head of Standards",
    "Delivery, Communications": "Delivery, Communications and Political Governance",
    "PDT": "Planning, Development and Transportation",
    "Planning, Developments and Transportation": "Planning, Development and Transportation",
    "Planning, Development and Transportation Division": "Planning, Development and Transportation",
    "Children's Social Care and Early": "Children's Social Care and Early Help",
    "Childrens Social Care and Early Help": "Children's Social Care and Early Help",
    "Children's Social Care & Early Help team": "Children's Social Care and Early Help",
    "The British Red Cross": "British Red Cross",
    "Red Crosses": "British Red Cross",
    "BRC": "British Red Cross",
    "RVS": "Royal Voluntary Service",
    "the Royal Voluntary Service": "Royal Voluntary Service",
    "Royal Voluntary Services": "Royal Voluntary Service",
    "Royal Voluntary": "Royal Voluntary Service",
    "Time to Change": "Time to Change Leicester",
    "Suicide Prevention": "Suicide Prevention Partnership",
    "Suicide Prevention Partnerships": "Suicide Prevention Partnership",
    "the LPT": "Leicestershire Partnership NHS Trust",
    "the CCG": "NHS Leicester City Clinical Commissioning Group",
    "CCGs": "NHS Leicester City Clinical Commissioning Group",
    "The OPCC": "Office of the Police and Crime Commissioner for Leicestershire",
    "Office of the Police": "Office of the Police and Crime Commissioner for Leicestershire",
    "Diabetes Centres": "Leicester Diabetes Centre",
    "Young Peoples Council": "Young People's Council",
    "YPC": "Young People's Council",
    "Domestic and Sexual Violence Team": "Domestic and Sexual Violence",
}
#: What is refused, and the names that the sentence offers.
REFUSED = {
    "Planning": ["Planning, Development and Transportation"],  # a determinant is called so
    "Learning": ["Learning and Inclusion"],
    "Digital": ["Digital Transformation"],  # so does a determinant begin
    "Public": ["Public Health"],
    "Houzing": ["Housing"],
    "Houzing team": ["Housing"],
    "Hosing services": ["Housing"],
    "Publik Health": ["Public Health"],
    "Adult Social": ["Adult Social Care", "Adult Social Care and Commissioning"],
    "Children's Social Care": [
        "Children's Social Care and Early Help",
        "Children's Social Care and Safeguarding",
    ],
    "Samaritans": ["Leicester Samaritans"],
    "Voluntary Services": ["Royal Voluntary Service"],
    "Canal & River Trust": ["Canals and Wellbeing Trust"],
    "Service": [],
    "team": [],
    "the": [],
    "Leicester City Council": [],
    "nes": [],
    "": [],
}


@pytest.fixture(scope="module")
def several() -> Engine:
    """Plans of other shapes, and two boards at once."""
    return open_small(*PLANS, *(board / "graph" for board in BOARDS))


@pytest.fixture
def known(record: Engine, monkeypatch: pytest.MonkeyPatch) -> Engine:
    """The record, whose names are read once."""
    cached = functools.lru_cache(list_names)

    def read(engine: Engine, kinds: object = None, things: object = None) -> list[names.Name]:
        key = tuple(kinds) if isinstance(kinds, tuple | list) else kinds
        return cached(engine, key) if things is None else list_names(engine, key, things)  # type: ignore[arg-type]

    for room in (names, recognition):
        monkeypatch.setattr(room, "list_names", read)
    return record


def test_a_name_is_taken_as_an_officer_types_it_and_said(known: Engine) -> None:
    assert len(TAKEN) + len(REFUSED) >= 73
    wrong = {}
    for typed, label in TAKEN.items():
        with warnings.catch_warnings(record=True) as said:
            warnings.simplefilter("always")
            try:
                found = recognition.recognise(known, typed, "partner").label
            except (NotFoundError, AmbiguousError) as error:
                wrong[typed] = str(error)
                continue
        start = f"“{typed}” is taken for “{label}” (partner), "
        if found != label or not next(str(each.message) for each in said).startswith(start):
            wrong[typed] = found
    assert wrong == {}


def test_what_is_only_near_or_may_mean_several_is_refused_with_what_may_be_meant(
    known: Engine,
) -> None:
    wrong = {}
    for typed, offered in REFUSED.items():
        try:
            wrong[typed] = recognition.recognise(known, typed, "partner").label
        except NotFoundError as error:
            if missing := set(offered) - {*error.suggestions, *_cut(error.suggestions)}:
                wrong[typed] = f"{missing} not in {error.suggestions}"
    assert wrong == {}


def _cut(suggestions: tuple[str, ...]) -> list[str]:
    return [each.partition(" (printed so")[0] for each in suggestions]


@pytest.mark.parametrize(
    ("typed", "kind", "label"),
    [
        ("the Gamma Green", "partner", "Gamma Greens"),
        ("Delta Housing team", "partner", "Delta Housing"),
        ("Epsilon Lung", "partner", "Epsilon Lung Club"),
        ("ELC", "partner", "Epsilon Lung Club"),
        ("Hamdden", "partner", "Zeta Leisure"),
        ("Swap old", "action", "Swap old stoves"),
        ("Clean air to", "theme", "Clean air to breathe"),
        ("Delta action tracker", "plan", "Delta action tracker 2028"),
        ("Public Health team in Fernby", "partner", "Public Health"),
    ],
)
def test_plans_of_other_shapes_and_tongues_are_named_so_too(
    typed: str, kind: str, label: str, several: Engine
) -> None:
    with pytest.warns(NameTakenWarning, match=f"is taken for “{label}”"):
        assert recognition.recognise(several, typed, kind).label == label


def test_bodies_of_several_boards_with_one_name_are_told_apart(several: Engine) -> None:
    with pytest.raises(AmbiguousError, match="names 2 things"):
        recognition.recognise(several, "the Public Health team", "partner")


@pytest.mark.parametrize(
    "command",
    [
        ("partner", "Stove team"),
        ("show", "the Stove Society"),
        ("list", "actions", "--partner", "Stove"),
        ("path", "Stove", "Neighbours"),
        ("query", "report/actions-by-partner", "partner=Stove"),
        ("partner", "Boiler Society"),
    ],
)
def test_every_command_says_on_stderr_what_a_name_was_taken_for(
    hwbs: Hwbs, command: tuple[str, ...]
) -> None:
    run = hwbs(*command, *(part for path in SMALL for part in ("--graph", path)), "--only")
    said = run.err.splitlines()[0]
    if "Boiler" in command[1]:
        assert said == "Boiler Society replaced Stove Society on 2030-06-01; the plans name that:"
        assert run.out.startswith("Stove Society")
        return
    assert said.endswith(
        ("the only name that begins so.", "without “the”.", "without “team”.", "in the plural.")
    )
    assert " is taken for “Stove Society” (partner), " in said
