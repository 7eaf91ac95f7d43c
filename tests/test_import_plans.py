"""`hwbs import` over plans of other layouts, each with the answer worked out by hand."""

from pathlib import Path
from typing import Any

import pytest

from hwbs_graph.intake.apart import draft_here


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
        ("1.2", "Blaenoriaeth 1: Cartrefi cynnes", ["Gwasanaeth Tân ac Achub"], [], None),
    ]
    assert welsh["plan"]["body"] == "Bwrdd Gwasanaethau Cyhoeddus Glan Nant"
    assert welsh["plan"]["period"] == "2025-2028"
    assert list_asked(welsh, "name") == ["Pob partner"]
    assert [each["updates"][0]["progress"] for each in welsh["actions"]] == [
        "on track",
        "some risk",
    ]
