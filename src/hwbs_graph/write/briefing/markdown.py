"""A briefing sheet as Markdown, with tables as GitHub writes them.

https://spec.commonmark.org/0.31.2/#backslash-escapes
https://github.github.com/gfm/#tables-extension-

Out of scope: what the sheet says.
"""

import re

from hwbs_graph.write.briefing.content import Sheet
from hwbs_graph.write.briefing.layout import Group, Section, Table, footing, sections, subtitle


def write(sheet: Sheet) -> bytes:
    """Return the sheet as UTF-8 text."""
    lines = [f"# {escape(sheet.name)}", "", escape(subtitle(sheet)), ""]
    for section in sections(sheet):
        lines += _section(section)
    lines += ["---", "", escape(footing(sheet))]
    return ("\n".join(lines) + "\n").encode("utf-8")


def escape(text: str) -> str:
    """Return text that Markdown reads as nothing but text."""
    text = re.sub(r"[\\`*_\[\]<>|~$]", r"\\\g<0>", text)
    text = re.sub(r"&(?=#?\w+;)", r"\\&", text)
    # At the start of a line these would open a heading, a list, a quotation or a rule.
    return re.sub(r"^(#|\+|-|=|\d+(?=[.)]))", _opening, text)


def _opening(match: re.Match[str]) -> str:
    mark = match[0]
    return f"{mark}\\" if mark.isdigit() else f"\\{mark}"


def _section(section: Section) -> list[str]:
    lines = [f"{'#' * section.level} {escape(section.title)}", ""]
    if section.text:
        lines += [escape(section.text), ""]
    if section.points:
        lines += [*(f"- {escape(point)}" for point in section.points), ""]
    if section.table:
        for group in section.table.groups:
            lines += _group(section.table, group, section.level + 1)
    return lines


def _group(table: Table, group: Group, level: int) -> list[str]:
    """Write the rows of one group as a table of its own: Markdown has no other way."""

    def line(cells: tuple[str, ...]) -> str:
        return f"| {' | '.join(escape(cell) for cell in cells)} |"

    title = [f"{'#' * level} {escape(group.title)}", ""] if group.title else []
    rule = "| " + " | ".join("---" for _ in table.columns) + " |"
    return [*title, line(table.columns), rule, *map(line, group.rows), ""]
