"""What the record answers each query for, where the example in the query's header is invented."""

from hwbs_graph.query.catalogue import NamedQuery, Parameter

RECORD_EXAMPLES = {
    "compare/ambitions-by-theme": {"theme": "Leicester 2019 Places"},
    "compare/continued-objectives": {"objective": "leicester-2019/objective/ageing-2"},
    "coverage/actions-without-date": {"plan": "leicester-2019-action-plan"},
    "coverage/actions-without-lead": {"plan": "leicester-2019-action-plan"},
    "coverage/actions-without-measure": {"plan": "leicester-2019-action-plan"},
    "network/links-of-thing": {"thing": "Leicester 2019 Places"},
    "network/plan-projection": {"plan": "leicester-2019-action-plan"},
    "network/theme-projection": {"theme": "Leicester 2019 Places"},
    "report/actions-with-successors": {"partner": "CCG"},
    "report/boards-of-plans": {"plan": "Leicester 2022"},
    "report/determinants-by-theme": {"theme": "Leicester 2022 Places"},
    "report/elements": {"plan": "Leicester 2022"},
    "report/history-of-thing": {"thing": "Minds 3"},
    "report/members": {"board": "Leicester Health and Wellbeing Board"},
    "report/objectives-spanning-themes": {
        "objective": "Increase physical activity levels in Leicester residents"
    },
    "report/partner-theme-matrix": {"theme": "Leicester 2019 Places"},
    "report/partners-by-action": {"action": "Minds 3c"},
    "report/partners-in-all-themes": {"plan": "leicester-2019-action-plan"},
    "report/partners-in-one-theme": {"theme": "Leicester 2019 Minds"},
    "report/placements-of-objective": {
        "objective": "Increase physical activity levels in Leicester residents"
    },
    "report/reasons": {"objective": "Improve air quality"},
    "report/responsibilities-by-body": {
        "body": "Staying Healthy Partnership",
        "element": "Dying Well",
    },
    "trust/links-judged-as-a-whole": {"thing": "Leicester 2019 Places"},
    "trust/notes-about-thing": {"thing": "Lives 1d"},
    "trust/notes-by-document": {"document": "S002"},
    "trust/partner-by-spelling": {"name": "sport service"},
    "trust/passages-of-thing": {"thing": "Minds 3c"},
    "trust/sentences-of-summary": {"thing": "leicester-2022/focus-area/places-1"},
    "trust/spellings-by-partner": {"partner": "Sports Service"},
    "trust/statements-about-thing": {"thing": "Lives 1d"},
}


def find_record_example(query: NamedQuery, parameter: Parameter) -> str:
    """Return what a parameter of a query is tried with over the record."""
    return RECORD_EXAMPLES.get(query.name, {}).get(parameter.name, parameter.example)
