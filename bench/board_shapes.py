"""Invented boards whose plans have other levels, dates, measures or languages.

Out of scope: the shape of the record (`board`).
"""

from collections.abc import Iterator

from board import DETERMINANTS, SERVICES, Board, concept, plain, text

from hwbs_graph.model.vocabulary import PREFIXES, TERMS

STATES = (
    *(("complete", "Blue"), ("on-track", "Green"), ("some-risk", "Amber"), ("off-track", "Red")),
    ("not-started", "White"),
)
GROUPS = ("children-and-young-people", "older-people", "carers", "people-with-long-term-conditions")
QUARTERS = 4


class Tracker(Board):
    """A flat list of 40 actions with who leads, by when, and four quarters of progress."""

    plan = ""
    actions = 40

    def lines(self) -> Iterator[str]:
        """Yield the statements: plan, partners, what stands between, actions."""
        yield from self._plan()
        for index, service in enumerate(SERVICES):
            yield from self._partner(index, service)
        yield from self._upper()
        for index in range(self.actions):
            yield from self._action(index)

    def _plan(self) -> Iterator[str]:
        label = f"{self.name} delivery plan 2030"
        yield from self._thing("", "ActionPlan", label, identifier=self.key, shortLabel=self.name)
        yield from self._document()

    def _upper(self) -> Iterator[str]:
        """Yield what the actions stand under."""
        yield from ()

    def _place(self, index: int) -> dict[str, str]:
        """Return what an action stands under, and its code if it has one."""
        return {}

    def _action(self, index: int) -> Iterator[str]:
        key = f"action/{index + 1}"
        month = self._random.randint(1, 12)
        dated = {"targetDate": month_of(2030, month), "timescale": plain(f"{month}/2030")}
        yield from self._element(
            key,
            "Action",
            f"{self._phrase()} with {self._random.choice(SERVICES)}",
            index + 1,
            **self._place(index),
            **(dated if index % 5 else {"timescale": plain("ongoing")}),
        )
        first, *others = self._random.sample(range(len(SERVICES)), 3)
        yield from self._involves(key, first, 1, "lead" if index % 7 else "involved")
        for order, partner in enumerate(others):
            yield from self._involves(key, partner, order + 2, "supporting")
        yield from self._bears(key, self._random.choice(DETERMINANTS))
        yield from self._follow(key)

    def _follow(self, key: str) -> Iterator[str]:
        """Yield what is said of an action later."""
        for quarter in range(1, QUARTERS + 1):
            state, colour = self._random.choice(STATES)
            passage = self._id(f"/passage/{self._line + 1}")
            yield from self._say(
                self._id(f"/update/{key.replace('/', '-')}-{quarter}"),
                type=f"<{TERMS}ProgressUpdate>",
                about=self._id(f"/{key}"),
                asOf=f'"2029-Q{quarter}"^^<{TERMS}yearQuarter>',
                progress=concept(f"progress/{state}"),
                printedProgress=plain(colour),
                statedIn=self._id("/document"),
                wasQuotedFrom=passage,
            )
            yield from self._passage(colour, 60)


class Levels(Tracker):
    """Three priorities, nine outcomes and 36 actions with codes such as 1.1.1; no progress."""

    actions = 36

    def _upper(self) -> Iterator[str]:
        for index in range(3):
            yield from self._element(
                f"theme/{index + 1}",
                "Theme",
                f"{self._phrase()} in {self.name}",
                index + 1,
                printedKind=plain("Priority"),
            )
        for index in range(9):
            key = f"objective/{index + 1}"
            yield from self._element(
                key,
                "PlanObjective",
                f"{self._phrase()} for everyone in {self.name}",
                index % 3 + 1,
                notation=plain(f"{index // 3 + 1}.{index % 3 + 1}"),
                printedKind=plain("Outcome"),
                inTheme=self._id(f"/theme/{index // 3 + 1}"),
            )
            yield from self._bears(key, self._random.choice(DETERMINANTS))

    def _place(self, index: int) -> dict[str, str]:
        outcome = index // 4
        return {
            "notation": plain(f"{outcome // 3 + 1}.{outcome % 3 + 1}.{index % 4 + 1}"),
            "deliversObjective": self._id(f"/objective/{outcome + 1}"),
        }

    def _follow(self, key: str) -> Iterator[str]:
        yield from ()


class Bilingual(Levels):
    """The same levels, with every name in Welsh as well."""

    def _thing(self, path: str, cls: str, label: str, **links: str) -> Iterator[str]:
        yield from super()._thing(path, cls, label, **links)
        yield from self._say(self._id(path), prefLabel=f'"{label} (Cymraeg)"@cy')


class LogicModel(Tracker):
    """Four goals with 40 activities, each with a target; indicators, groups and progress."""

    def _upper(self) -> Iterator[str]:
        for index in range(4):
            yield from self._element(
                f"theme/{index + 1}",
                "Theme",
                f"{self._phrase()} in {self.name}",
                index + 1,
                printedKind=plain("Goal"),
            )
            yield from self._thing(
                f"/indicator/{index + 1}",
                "Indicator",
                f"Rate of {self._random.choice(DETERMINANTS)}, {self.name}",
                identifier=f"{self.key}-i{index + 1}",
                unit=text("per cent"),
            )

    def _place(self, index: int) -> dict[str, str]:
        return {"inTheme": self._id(f"/theme/{index % 4 + 1}"), "printedKind": plain("Activity")}

    def _follow(self, key: str) -> Iterator[str]:
        yield from super()._follow(key)
        order = int(key.rpartition("/")[2])
        yield from self._element(
            f"target/{order}",
            "Target",
            f"From 20 to {order} per cent in {self.name}",
            order,
            targetOf=self._id(f"/{key}"),
            measuredBy=self._id(f"/indicator/{order % 4 + 1}"),
            value=f'"{order}"^^<{PREFIXES["xsd"]}decimal>',
            unit=text("per cent"),
            targetDate=month_of(2031, 3),
        )
        passage = self._id(f"/passage/{self._line + 1}")
        yield from self._say(
            self._id(f"/population-link/{order}"),
            type=f"<{TERMS}PopulationLink>",
            element=self._id(f"/{key}"),
            populationGroup=concept(f"population-group/{self._random.choice(GROUPS)}"),
            basis=concept("basis/stated-in-document"),
            wasQuotedFrom=passage,
        )
        yield from self._passage("for them", 80)


def month_of(year: int, month: int) -> str:
    """Return a month as a literal."""
    return f'"{year}-{month:02}"^^<{PREFIXES["xsd"]}gYearMonth>'
