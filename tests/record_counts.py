"""What the record holds, each number counted in its document: S000, S001, S002, S003, S004.

A change of the data changes these numbers, after counting; other tests read them here.
"""

#: What `hwbs check` warns of, by rule; each is true, and docs/sources.md says why it stays.
WARNINGS: dict[str, int] = {}

#: Things of a class.
CLASSES = {
    "SourceDocument": 5,
    "Strategy": 3,
    "ActionPlan": 2,
    "Theme": 5 + 5 + 7,
    "LifeCoursePriority": 4,
    "CrossCuttingPriority": 3,
    "Vision": 3,
    "Ambition": 5 + 6 + 5,
    "StretchTarget": 3,
    "LetteredObjective": 18,
    "ThemePlacement": 48,
    "PlanObjective": 19,
    "Rationale": 19,
    "Action": 51,
    "Involvement": 252,
    "Priority": 19,
    "SubPriority": 11,
    "FocusArea": 18 + 31,
    "Example": 26,
    "ResidentStatement": 11,
    "ApproachAssignment": 6,
    "Subgroup": 1 + 4,
    "MinutedPoint": 39,
    "ProposedChange": 5,
    "Claim": 42 + 53 + 1 + 10 + 12,
    "Commitment": 3 + 1 + 2,
    "RelatedWork": 22 + 13 + 5 + 2 + 10,
    "Reference": 22 + 14 + 5 + 2 + 10,
    "PopulationLink": 84,
    "Review": 1,
    "ReviewPoint": 12 + 6 + 9,
    "Target": 3 + 1,
    "SummarySentence": 163,
    "Determinant": 6 + 52,
    "Partner": 35,
    "Identification": 35,
    "QualityNote": 136,
}
#: Printed spellings of partners.
SPELLINGS = 61
_ACTIONS, _PARTNERS, _INVOLVED = CLASSES["Action"], CLASSES["Partner"], CLASSES["Involvement"]
_CONTAINED = 48 + 19 + 51 + 19 + 11 + 49

#: Rows that a query gives, without a parameter.
QUERIES = {
    "coverage/actions-without-partner": _PARTNERS * _ACTIONS - _INVOLVED,
    "compare/strategies": 4,
    "compare/families-by-plan": 5 + 5 + 5 + 8,
    "network/record-projection": _CONTAINED + _INVOLVED + 13 + (462 + 52),
    "report/actions": _ACTIONS,
    "report/actions-by-partner": _INVOLVED,
    "report/actions-with-date": 1,
    "report/board-meetings": 4 + 3,
    "report/bodies-that-changed": 5,
    "report/claims": CLASSES["Claim"],
    "report/commitments": CLASSES["Commitment"],
    "report/determinants": 52,
    "report/documents": CLASSES["SourceDocument"],
    "report/examples": CLASSES["Example"],
    "report/focus-areas": CLASSES["FocusArea"],
    "report/minuted-points": CLASSES["MinutedPoint"],
    "report/objectives": 19 + 48,
    "report/partner-responsibilities": 253,
    "report/partners": _PARTNERS,
    "report/partners-by-action": _INVOLVED,
    "report/partners-in-all-themes": 1,
    "report/plans": 5,
    "report/priorities": 19 + 11,
    "report/quality-notes": CLASSES["QualityNote"],
    "report/reasons": CLASSES["Rationale"],
    "report/review-points": CLASSES["ReviewPoint"],
    "report/reviews": 6,
    "report/statements-of-residents": CLASSES["ResidentStatement"],
    "report/stretch-targets": CLASSES["StretchTarget"],
    "report/subgroups": 10,
    "report/themes": 5 + 5 + 6 + 7,
    "trust/spellings-by-partner": SPELLINGS,
}
