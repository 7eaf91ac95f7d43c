"""A briefing as Markdown, with tables as GitHub writes them.

https://spec.commonmark.org/0.31.2/#backslash-escapes
https://github.github.com/gfm/#tables-extension-

Out of scope: what the briefing says.
"""

import re

from hwbs_graph.write.briefing.content import Briefing
from hwbs_graph.write.briefing.layout import lay_out
from hwbs_graph.write.briefing.sections import Section, TextGroup, TextTable


def write(briefing: Briefing) -> bytes:
    """Return the briefing as UTF-8 text."""
    lines = [f"# {escape_markdown(briefing.name)}", "", escape_markdown(briefing.subtitle), ""]
    for section in lay_out(briefing):
        lines += _write_section(section)
    lines += ["---", "", escape_markdown(briefing.footing)]
    return ("\n".join(lines) + "\n").encode("utf-8")


def escape_markdown(text: str) -> str:
    """Return text that Markdown reads as nothing but text."""
    text = re.sub(r"[\\`*_\[\]<>|~$]", r"\\\g<0>", text)
    text = re.sub(r"&(?=#?\w+;)", r"\\&", text)
    # At the start of a line these would open a heading, a list, a quotation or a rule.
    return re.sub(r"^(#|\+|-|=|\d+(?=[.)]))", _escape_opening, text)


def _escape_opening(match: re.Match[str]) -> str:
    mark = match[0]
    return f"{mark}\\" if mark.isdecimal() else f"\\{mark}"


def _write_section(section: Section) -> list[str]:
    lines = [f"{'#' * section.level} {escape_markdown(section.title)}", ""]
    if section.text:
        lines += [escape_markdown(section.text), ""]
    if section.points:
        lines += [*(f"- {escape_markdown(point)}" for point in section.points), ""]
    if section.table:
        for group in section.table.groups:
            lines += _write_group(section.table, group, section.level + 1)
    return lines


def _write_group(table: TextTable, group: TextGroup, level: int) -> list[str]:
    """Write the rows of one group as a table of its own: Markdown has no other way."""

    def line(cells: tuple[str, ...]) -> str:
        return f"| {' | '.join(escape_markdown(cell) for cell in cells)} |"

    title = [f"{'#' * level} {escape_markdown(group.title)}", ""] if group.title else []
    rule = "| " + " | ".join("---" for _ in table.columns) + " |"
    return [*title, line(table.columns), rule, *map(line, group.rows), ""]
