"""One invented board, shaped like the record: a strategy, an action plan and their partners.

Out of scope: boards of other shapes (`board_shapes`), and files (`generate`).
"""

import random
from collections.abc import Iterator

from hwbs_graph.model.vocabulary import GRAPHS, PREFIXES, SCHEMES, TERMS, THINGS

THEMES = ("Places", "Minds", "Start", "Lives", "Ageing")
FAMILIES = ("places", "minds", "start", "lives", "ageing")
#: Determinants of the code list that ships with hwbs, which every board shares.
DETERMINANTS = (
    *("housing", "air-quality", "physical-activity", "smoking", "social-isolation-and-loneliness"),
    *("unemployment", "education", "diet", "alcohol", "transport", "green-open-and-blue-space"),
    *("age", "deprivation", "community-cohesion-and-safety", "health-care-services", "early-years"),
    *("income-poverty-and-debt", "warm-homes", "substance-misuse", "caring", "built-environment"),
    *("digital-access", "work-environment", "lifelong-learning", "climate-and-carbon"),
)
SERVICES = (
    *("Public Health", "Housing", "Planning", "Transport", "Libraries", "Adult Social Care"),
    *("Children's Services", "Sports Service", "Parks", "Licensing", "Education", "Hospital"),
    *(
        "Integrated Care Board",
        "Police",
        "Fire Service",
        "University",
        "Museums",
        "Community Safety",
    ),
    *("Economic Development", "Digital Services", "Regulatory Services", "Carers Forum"),
    *(
        "Community Safety",
        "Age Concern",
        "Mental Health Trust",
        "Food Bank",
        "Citizens Advice",
        "Youth Service",
    ),
    *("Voluntary Action", "Faith Forum", "Neighbourhood Services"),
)
VERBS = ("Improve", "Support", "Increase", "Reduce", "Promote", "Develop", "Protect", "Widen")
TOPICS = ("access to", "take-up of", "knowledge of", "the quality of", "the reach of", "demand for")
OBJECTIVES = 20
ACTIONS = 51

Link = tuple[str, str]


class Board:
    """One invented board; everything it says stands in its own named graph."""

    #: Where the plan that holds the actions stands below the board's own IRI.
    plan = "/action-plan"

    def __init__(self, number: int, seed: int) -> None:
        self.key = f"board{number:04d}-2030"
        self.name = f"Board {number:04d}"
        self._graph = f"<{GRAPHS}{self.key}>"
        self._random = random.Random(seed * 1_000_003 + number)
        self._line = 0

    def lines(self) -> Iterator[str]:
        """Yield the statements: plan, themes, objectives, actions, partners, links."""
        yield from self._plan()
        for index, theme in enumerate(THEMES):
            yield from self._theme(index, theme)
        yield from self._objectives()
        for index, service in enumerate(SERVICES):
            yield from self._partner(index, service)
        yield from self._actions()

    def _plan(self) -> Iterator[str]:
        yield from self._thing(
            "", "Strategy", f"{self.name} strategy 2030", identifier=self.key, shortLabel=self.name
        )
        yield from self._thing(
            "/action-plan",
            "ActionPlan",
            f"{self.name} action plan 2030",
            identifier=f"{self.key}-action-plan",
            shortLabel=f"{self.name} plan",
            deliversStrategy=self._id(""),
            status=concept("status/adopted"),
        )
        yield from self._document()

    def _document(self) -> Iterator[str]:
        yield from self._thing(
            "/document",
            "SourceDocument",
            f"{self.name} plan as printed",
            identifier=f"D{self.key}",
            title=text(f"{self.name} plan"),
            fileName=plain(f"{self.key}.txt"),
            sha256=plain(f"{self._random.getrandbits(256):064x}"),
        )

    def _theme(self, index: int, theme: str) -> Iterator[str]:
        yield from self._element(
            f"theme/{theme.lower()}",
            "Theme",
            f"{self.name} Healthy {theme}",
            index + 1,
            shortLabel=f"{self.name} {theme}",
            inFamily=concept(f"theme-family/{FAMILIES[index]}"),
        )

    def _objectives(self) -> Iterator[str]:
        for index in range(OBJECTIVES):
            key = f"objective/{index + 1}"
            label = f"{self._phrase()} for everyone in {self.name}"
            yield from self._element(
                key,
                "PlanObjective",
                label,
                index // 5 + 1,
                notation=coded(str(index // 5 + 1), "objectiveCode"),
                identifier=f"{self.key}-{index + 1}",
                inTheme=self._id(f"/theme/{THEMES[index % 5].lower()}"),
            )
            for determinant in self._random.sample(DETERMINANTS, 2):
                yield from self._bears(key, determinant)

    def _actions(self) -> Iterator[str]:
        for index in range(ACTIONS):
            code = f"{index // OBJECTIVES + 1}{'abc'[index % 3]}"
            key = f"action/{index + 1}"
            yield from self._element(
                key,
                "Action",
                f"{self._phrase()} with {self._random.choice(SERVICES)}",
                index + 1,
                notation=coded(code, "actionCode"),
                identifier=f"{self.key}-a{index + 1}",
                deliversObjective=self._id(f"/objective/{index % OBJECTIVES + 1}"),
            )
            if not index % 4:
                yield from self._bears(key, self._random.choice(DETERMINANTS))
            for order, partner in enumerate(self._random.sample(range(len(SERVICES)), 5)):
                yield from self._involves(key, partner, order + 1)

    def _partner(self, index: int, service: str) -> Iterator[str]:
        iri = self._id(f"/partner/{index + 1}")
        kinds = ("council-division", "nhs-provider", "vcse")
        yield from self._say(iri, type=_term("Partner"))
        yield from self._say(
            iri,
            prefLabel=text(f"{self.name} {service}"),
            altLabel=text(f"{self.name} {service.lower()} team"),
            classification=concept(f"partner-type/{kinds[index % 3]}"),
        )
        yield from self._say(
            self._id(f"/identification/{index + 1}"),
            type=_term("Identification"),
            partner=iri,
            **_judged("One body, as far as the plan says."),
        )

    def _bears(self, key: str, determinant: str) -> Iterator[str]:
        yield from self._say(
            self._id(f"/determinant-link/{key.replace('/', '-')}--{determinant}"),
            type=_term("DeterminantLink"),
            element=self._id(f"/{key}"),
            determinant=concept(f"determinant/{determinant}"),
            **_judged("The wording names it."),
        )

    def _involves(
        self, action: str, partner: int, order: int, role: str = "involved"
    ) -> Iterator[str]:
        iri = self._id(f"/involvement/{action.replace('/', '-')}-{partner + 1}")
        passage = self._id(f"/passage/{self._line + 1}")
        yield from self._say(
            iri,
            type=_term("Involvement"),
            action=self._id(f"/{action}"),
            partner=self._id(f"/partner/{partner + 1}"),
            basis=concept("basis/stated-in-document"),
            involvementRole=concept(f"role/{role}"),
            printedOrder=number(order),
            wasQuotedFrom=passage,
        )
        yield from self._passage(f"{self.name} {SERVICES[partner]}", order)

    def _element(self, key: str, cls: str, label: str, order: int, **links: str) -> Iterator[str]:
        """Yield an element of the plan, with the passage it is quoted from."""
        passage = self._id(f"/passage/{self._line + 1}")
        yield from self._thing(
            f"/{key}",
            cls,
            label,
            printedOrder=number(order),
            inPlan=self._id(self.plan),
            statedIn=self._id("/document"),
            wasQuotedFrom=passage,
            **links,
        )
        yield from self._passage(label, 1)

    def _passage(self, words: str, column: int) -> Iterator[str]:
        self._line += 1
        yield from self._say(
            self._id(f"/passage/{self._line}"),
            type=_term("Passage"),
            hasSource=self._id("/document"),
            line=number(self._line),
            column=number(column),
            place=text(f"line {self._line}"),
            printedText=plain(words),
        )

    def _thing(self, path: str, cls: str, label: str, **links: str) -> Iterator[str]:
        iri = self._id(path)
        told = {
            name: value if value[0] in '<"' else _said(name, value) for name, value in links.items()
        }
        yield from self._say(iri, type=_term(cls), prefLabel=text(label), **told)

    def _say(self, subject: str, **links: str) -> Iterator[str]:
        for name, value in links.items():
            yield f"{subject} {_property(name)} {value} {self._graph} .\n"

    def _id(self, path: str) -> str:
        return f"<{THINGS}{self.key}{path}>"

    def _phrase(self) -> str:
        words = self._random.choice(VERBS), self._random.choice(TOPICS)
        return f"{' '.join(words)} {self._random.choice(DETERMINANTS).replace('-', ' ')}"


_OUTER = {
    "type": "rdf",
    "prefLabel": "skos",
    "altLabel": "skos",
    "notation": "skos",
    "identifier": "dcterms",
    "title": "dcterms",
    "classification": "org",
    "wasQuotedFrom": "prov",
    "hasSource": "oa",
}


def _property(name: str) -> str:
    return f"<{PREFIXES[_OUTER.get(name, 'hwbs')]}{name}>"


def _term(name: str) -> str:
    return f"<{TERMS}{name}>"


def concept(path: str) -> str:
    return f"<{SCHEMES}{path}>"


def text(text: str) -> str:
    return f'"{text}"@en'


def plain(text: str) -> str:
    return f'"{text}"'


def _said(name: str, words: str) -> str:
    return plain(words) if name == "identifier" else text(words)


def number(value: int) -> str:
    return f'"{value}"^^<{PREFIXES["xsd"]}integer>'


def coded(code: str, datatype: str) -> str:
    return f'"{code}"^^<{TERMS}{datatype}>'


def _judged(reason: str) -> dict[str, str]:
    return {
        "basis": concept("basis/curated-judgement"),
        "confidence": plain("medium"),
        "curatedOn": f'"2026-01-01"^^<{PREFIXES["xsd"]}date>',
        "curator": f"<{THINGS}agent/hwbs-editors>",
        "reason": text(reason),
    }
