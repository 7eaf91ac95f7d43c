"""Which answers are networks, and what is drawn of them."""

import json

import pytest

from hwbs_graph.web.pages import result_network

EX = "https://example.org/"


def uri(name: str) -> dict[str, str]:
    return {"type": "uri", "value": EX + name}


def text(words: str) -> dict[str, str]:
    return {"type": "literal", "value": words}


def results(*rows: tuple[dict[str, str], ...], names: str = "x y") -> bytes:
    bindings = [dict(zip(names.split(), row, strict=False)) for row in rows]
    return json.dumps({"head": {"vars": names.split()}, "results": {"bindings": bindings}}).encode()


def test_rows_of_two_things_are_a_network_and_a_link_counts_once() -> None:
    found = result_network.from_rows(
        results((uri("a"), uri("b")), (uri("a"), uri("b")), (uri("a"), uri("c")))
    )
    assert found
    assert list(found.names) == [EX + "a", EX + "b", EX + "c"]
    assert list(found.links) == [(EX + "a", EX + "b", ""), (EX + "a", EX + "c", "")]


def test_labels_are_names_and_not_columns_of_things() -> None:
    row = (uri("a"), text("Anna"), uri("b"), text("Ben"))
    found = result_network.from_rows(results(row, names="x xLabel y yLabel"))
    assert found
    assert found.names == {EX + "a": "Anna", EX + "b": "Ben"}
    assert found.unnamed() == []


def test_columns_that_are_called_ends_of_a_link_are_its_ends_wherever_they_stand() -> None:
    for one, other in (("source", "target"), ("from", "to"), ("partner", "other")):
        names = ["plan", one, "between", other]
        cells = {name: {"type": "uri", "value": f"x:{name}"} for name in names}
        results = {"head": {"vars": names}, "results": {"bindings": [cells]}}
        found = result_network.from_rows(json.dumps(results).encode())
        assert found
        assert found.links == [(f"x:{one}", f"x:{other}", "")]


def test_a_thing_without_a_second_stands_alone() -> None:
    found = result_network.from_rows(results((uri("a"), uri("b")), (uri("c"),)))
    assert found
    assert len(found.to_json()["nodes"]) == 3
    assert found.to_json()["links"] == [{"from": 0, "to": 1, "text": ""}]


@pytest.mark.parametrize(
    "data",
    [
        results(),
        results((uri("a"),), names="x"),
        results((uri("a"), text("b"))),
        results((uri("a"), uri("b")), (uri("a"), text("b"))),
        results((uri("a"), text("Anna")), names="x xLabel"),
    ],
    ids=["no rows", "one column", "a text", "a text later", "a label"],
)
def test_other_rows_are_no_network(data: bytes) -> None:
    assert result_network.from_rows(data) is None


def test_a_graph_is_drawn_by_its_labels_without_its_texts() -> None:
    turtle = f"""@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
    <{EX}a> <{EX}p> <{EX}b>, [ <{EX}p> 7 ] ; skos:prefLabel "Anna" ."""
    found = result_network.from_triples(result_network.parse_triples(turtle.encode()))
    assert found
    assert found.names[EX + "a"] == "Anna"
    assert len(found.names) == 3
    assert found.unnamed() == [EX + "b"]
    assert found.with_names({EX + "b": "Ben"}).to_json()["nodes"][1] == {
        "text": "Ben",
        "link": EX + "b",
    }
    assert [node["link"] for node in found.to_json()["nodes"]][2] == ""


def test_a_graph_of_texts_alone_is_no_network() -> None:
    assert (
        result_network.from_triples(result_network.parse_triples(f"<{EX}a> <{EX}p> 7 .".encode()))
        is None
    )


def test_too_many_things_are_a_sentence_and_need_no_names() -> None:
    rows = [(uri("hub"), uri(f"n{number}")) for number in range(result_network.MOST_THINGS)]
    found = result_network.from_rows(results(*rows))
    assert found
    assert found.too_large.startswith("As a network this has 201 things and 200 links; up to 200")
    assert found.unnamed() == []
    fewer = result_network.from_rows(results(*rows[1:]))
    assert fewer
    assert fewer.too_large == ""


def test_a_graph_too_long_to_be_read_again_is_left_as_it_is() -> None:
    long = f'<{EX}a> <{EX}p> <{EX}b> ; <{EX}q> "{"x" * result_network.MOST_TURTLE}" .'
    assert result_network.parse_triples(long.encode()) == []
