"""What of a draft is certain, as statements with their passages in a reading copy.

A name is in the graph only if it is certain and its words stand in the copy. Bodies belong to their
board: two boards' bodies of one name are two.

Out of scope: questions, and who answers them.
"""

from hashlib import sha256
from typing import Any

from pyoxigraph import Literal, NamedNode

from hwbs_graph.intake.apart import Reading
from hwbs_graph.intake.decided_words import note_date, note_steps
from hwbs_graph.intake.decisions import Decision
from hwbs_graph.intake.draft_delivery import add_measures, add_updates
from hwbs_graph.intake.glossary import Spellings
from hwbs_graph.intake.judgements import say_judgement
from hwbs_graph.intake.plan_sheet_reading import KINDS
from hwbs_graph.intake.plan_words import fold, names_all_partners
from hwbs_graph.intake.records import PrintedBody
from hwbs_graph.intake.statements import (
    Names,
    StatementWriter,
    concept,
    date_literal,
    number_literal,
    term,
    thing,
    write_slug,
)
from hwbs_graph.model.vocabulary import PREFIXES, RDF, SCHEMES

_SKOS, _DCTERMS = PREFIXES["skos"], PREFIXES["dcterms"]
_STATED = NamedNode(SCHEMES + "basis/stated-in-document")
_UNRESOLVED = NamedNode(SCHEMES + "partner-type/unresolved")
_SECTOR = NamedNode(SCHEMES + "partner-type/sector")
_ROLES = {"lead": "lead", "partners": "involved"}


class GraphWriter(StatementWriter):
    """Makes the statements of one draft."""

    def __init__(self, reading: Reading, names: Names) -> None:
        super().__init__(reading.copies, names)
        self.draft, self.details = reading.draft, reading.details
        self.current, self.gone = slice(reading.first, None), reading.gone
        self.doubted, self.steps = reading.doubted, reading.steps
        printed = (
            each["printed"]
            for action in self.draft["actions"]
            for role in _ROLES
            for each in action[role]
        )
        self.spellings = Spellings(reading.glossary, printed)
        self.plan = thing(names.plan)
        self.levels: dict[tuple[str, str], NamedNode] = {}
        #: Partner -> the spellings that it has as labels.
        self.partners: dict[NamedNode, set[str]] = {}

    def write(self) -> str:
        """Return the statements of the draft, as canonical Turtle."""
        self.edition = self.current
        self.add_documents()
        self.add_plan()
        for order, action in enumerate(self.draft["actions"], 1):
            gone = self.gone.get(action["id"])
            self.edition = slice(*gone) if gone else self.current
            self.add_action(action, order)
            if gone and action["id"] not in self.doubted:
                node = thing(f"{self.names.plan}/{action['id']}")
                self.say(node, term("status"), NamedNode(SCHEMES + "status/withdrawn"))
        self.edition = self.current
        note_steps(self, self.draft["actions"], self.steps)
        for key, places in self.details.placements.items():
            for theme, objective in places:
                self.place_action(thing(f"{self.names.plan}/{key}"), theme, objective)
        return self.write_turtle()

    def add_documents(self) -> None:
        """Each reading copy, and the published file that it is the text of."""
        for number, copy in enumerate(self.copies, 1):
            node, original = self.document(copy), thing(f"document/{self.names.plan}-{number}-file")
            self.label(node, "SourceDocument", copy.name)
            text = sha256(copy.text.encode("utf-8")).hexdigest()
            identifier = Literal(f"{self.names.plan}-{number}")
            self.say(node, NamedNode(_DCTERMS + "identifier"), identifier)
            self.say(node, NamedNode(_DCTERMS + "title"), self.words(copy.name))
            self.say(node, term("fileName"), Literal(copy.file_name))
            self.say(node, term("sha256"), Literal(text))
            self.say(node, term("readingCopyOf"), original)
            self.label(original, "OriginalFile", copy.name)
            self.say(original, term("fileName"), Literal(copy.name))
            self.say(original, term("sha256"), Literal(copy.digest))

    def add_plan(self) -> None:
        plan, board = self.draft["plan"], thing(f"board/{self.names.board}")
        self.label(board, "Board", self.names.title)
        self.label(self.plan, "ActionPlan", plan["title"])
        self.say(self.plan, NamedNode(_DCTERMS + "identifier"), Literal(self.names.plan))
        self.say(self.plan, term("ofBoard"), board)
        self.say(self.plan, term("shortLabel"), self.words(plan["title"][:60]))
        if plan["status"]:
            self.say(self.plan, term("status"), NamedNode(SCHEMES + f"status/{plan['status']}"))
        if plan["period"]:
            self.say(self.plan, NamedNode(_DCTERMS + "temporal"), self.words(plan["period"]))
        self.quote(self.plan, plan["title"], "")

    def find_level(self, kind: str, words: str, over: NamedNode | None) -> NamedNode:
        """Return the theme or objective of these words, which is stated when first met."""
        key = (kind, fold(words) + str(over or ""))
        if key not in self.levels:
            path = "theme" if kind == "Theme" else "objective"
            node = thing(f"{self.names.plan}/{path}/{write_slug(key[1])}")
            self.levels[key] = node
            self.label(node, kind, words)
            self.shorten(node, words)
            self.say(node, term("inPlan"), self.plan)
            order = sum(each == kind for each, _ in self.levels)
            self.say(node, term("printedOrder"), number_literal(order))
            if over is not None:
                self.say(node, term("inTheme"), over)
            self.quote(node, words, "")
        return self.levels[key]

    def add_action(self, action: dict[str, Any], order: int) -> None:
        node = thing(f"{self.names.plan}/{action['id']}")
        self.label(node, "Action", action["action"])
        self.say(node, term("inPlan"), self.plan)
        self.say(node, term("printedOrder"), number_literal(order))
        if action["code"]:
            self.say(node, NamedNode(_SKOS + "notation"), Literal(action["code"]))
        self.place_action(node, action["theme"], action["objective"])
        self.add_dates(node, action)
        if not self.quote(node, action["action"], action["place"]):
            self.quote(node, _begin(action["action"]), action["place"])
        add_measures(self, node, action["id"], self.details.measures.get(action["id"], []))
        add_updates(self, node, action, self.details.printed.get(action["id"], ()))
        for role in _ROLES:
            for name in action[role]:
                self.add_name(node, action["id"], role, name)
        for part in self.details.parts.get(action["id"], ()):
            name = {"printed": part.name, "place": part.place, "certain": True}
            self.add_name(node, action["id"], part.role, name, part.printed_role)

    def place_action(self, action: NamedNode, theme: str | None, objective: str | None) -> None:
        """State under which objective an action stands, or in which theme where it has none."""
        over = self.find_level("Theme", theme, None) if theme else None
        if objective:
            level = self.find_level("PlanObjective", objective, over)
            self.say(action, term("deliversObjective"), level)
        elif over is not None:
            self.say(action, term("inTheme"), over)

    def add_dates(self, node: NamedNode, action: dict[str, Any]) -> None:
        if action["timescale"]:
            self.say(node, term("timescale"), Literal(action["timescale"]))
        for member, verb in (("start", "startDate"), ("due", "targetDate")):
            if action[member]:
                self.say(node, term(verb), date_literal(action[member]))
        if decision := action.get("due_decision"):
            note_date(self, node, action, decision)

    def add_name(
        self, action: NamedNode, key: str, role: str, name: dict[str, Any], printed_role: str = ""
    ) -> None:
        """State that a body takes part, if it is certain and its words stand in the copy.

        That all partners do is certain as printed; whom it means is what the question is about.
        What a person decided is a judgement, with the printed words that it is about.
        """
        if not (name["certain"] or names_all_partners(name["printed"])):
            return
        body, decision = name.get("body") or name["printed"], name.get("decision")
        path = f"{key.partition('/')[2]}-{role}-{write_slug(body)}"
        node = thing(f"{self.names.plan}/involvement/{path}")
        quoted = self.quote(node, name["printed"], name["place"])
        if not (quoted or decision):
            self.refused.append((name["printed"], name["place"]))
            return
        partner = self.find_partner(body)
        if quoted and decision and name["printed"] != body:
            self.rename(partner, name["printed"], decision)
        self.rest(node, decision)
        self.say_all(
            node,
            (RDF.type, term("Involvement")),
            (term("action"), action),
            (term("partner"), partner),
            (term("involvementRole"), concept(f"role/{_ROLES.get(role, role)}")),
        )
        if printed_role:
            self.say(node, term("printedRole"), Literal(printed_role))

    def rest(self, node: NamedNode, decision: Decision | None) -> None:
        """State on what a link rests: the document, or the decision of a person."""
        if decision:
            say_judgement(self, node, decision)
        else:
            self.say(node, term("basis"), _STATED)

    def find_partner(self, printed: str) -> NamedNode:
        """Return the partner of a name, which is stated when first met.

        “All partners” is a group of its plan; any other name is a body of its board. A name and
        the abbreviation that the document explains are one.
        """
        is_all = names_all_partners(printed)
        spelling, (printed, short) = printed, self.spellings.find_name(printed)
        owner = self.names.plan if is_all else self.names.board
        partner = thing(f"partner/{owner}-{write_slug(printed)}")
        if partner not in self.partners:
            self.partners[partner] = {printed}
            self.label(partner, "PartnerGroup" if is_all else "Partner", printed)
            self.shorten(partner, printed)
            kind = _SECTOR if is_all else _UNRESOLVED
            if body := self.details.bodies.get(fold(printed)):
                kind = self.describe_body(partner, printed, body) or kind
            self.say(partner, NamedNode(PREFIXES["org"] + "classification"), kind)
            if kind == _SECTOR:
                self.say(partner, RDF.type, term("PartnerGroup"))
            if is_all:
                self.say(partner, term("allPartnersOf"), self.plan)
            if short:
                self.identify(partner, printed, short)
        if short and spelling != printed:
            self.add_spelling(partner, spelling)
        return partner

    def add_spelling(self, partner: NamedNode, spelling: str) -> bool:
        """Add a label to a partner that has not that spelling yet; say whether it is new."""
        if spelling in self.partners[partner]:
            return False
        self.partners[partner].add(spelling)
        self.say(partner, NamedNode(_SKOS + "altLabel"), self.words(spelling))
        return True

    def rename(self, partner: NamedNode, spelling: str, decision: Decision) -> None:
        """State that a person takes a printed spelling for a name of the partner."""
        if self.add_spelling(partner, spelling):
            own = partner.value.rpartition("/")[2]
            node = thing(f"identification/{own}-{write_slug(spelling)}")
            self.say(node, RDF.type, term("Identification"))
            self.say(node, term("partner"), partner)
            say_judgement(self, node, decision)

    def describe_body(self, partner: NamedNode, name: str, body: PrintedBody) -> NamedNode | None:
        """State what a plan sheet says of a body; return its kind."""
        for spelling in body.spellings:
            self.add_spelling(partner, spelling)
        if body.code:
            code = Literal(body.code, datatype=term("odsCode"))
            self.say(partner, NamedNode(PREFIXES["org"] + "identifier"), code)
        if body.spellings:
            node = thing(f"identification/{self.names.board}-{write_slug(name)}")
            self.say(node, RDF.type, term("Identification"))
            self.say(node, term("partner"), partner)
            self.say(node, term("basis"), _STATED)
            self.quote(node, name, body.place, only_there=True)
        is_kind = body.kind and body.kind != "unresolved"
        return _name_kind(body.kind) if is_kind else None

    def identify(self, partner: NamedNode, name: str, short: str) -> None:
        """State that a name and its abbreviation are one partner, where the document says so."""
        node = thing(f"identification/{self.names.board}-{write_slug(name)}")
        self.say(node, RDF.type, term("Identification"))
        self.say(node, term("partner"), partner)
        self.say(node, term("basis"), _STATED)
        self.add_spelling(partner, short)
        any(self.quote(node, words, "") for words in (f"{name} ({short})", name, short))


def _name_kind(label: str) -> NamedNode:
    return NamedNode(SCHEMES + f"partner-type/{KINDS[label]}")


def _begin(words: str) -> str:
    """Return the first words of a wording that was joined of several stretches."""
    return " ".join(words.split()[:6])
