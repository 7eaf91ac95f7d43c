"""Canonical Turtle: the same statements, one text, nothing lost."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import (
    BlankNode,
    CanonicalizationAlgorithm,
    Dataset,
    DefaultGraph,
    Literal,
    NamedNode,
    Quad,
    Triple,
)

from hwbs_graph.data import turtle
from hwbs_graph.errors import DataError, TurtleSyntaxError
from hwbs_graph.model.vocabulary import PREFIXES, RDF, THINGS

iris = st.one_of(
    st.builds(
        lambda tail: NamedNode(THINGS + tail), st.from_regex(r"[a-z0-9_.~-]{0,12}", fullmatch=True)
    ),
    st.sampled_from(
        [
            NamedNode("https://w3id.org/hwbs/id/leicester-2019/action/places-1a"),
            NamedNode("https://w3id.org/hwbs/scheme/basis"),
            NamedNode("http://example.org/a(b)"),
            NamedNode(PREFIXES["rdf"] + "type"),
            NamedNode("urn:x"),
        ]
    ),
)
characters = st.characters(exclude_categories=["Cs"])
literals = st.one_of(
    st.builds(Literal, st.text(characters)),
    st.builds(lambda text: Literal(text, language="en"), st.text(characters)),
    st.builds(
        lambda text, kind: Literal(text, datatype=NamedNode(PREFIXES["xsd"] + kind)),
        st.text(characters, max_size=5) | st.from_regex(r"[+-]?[0-9]{1,4}", fullmatch=True),
        st.sampled_from(["integer", "boolean", "date", "decimal"]),
    ),
)
triples = st.builds(Triple, iris, iris, iris | literals)


@given(st.lists(triples, max_size=12))
def test_canonical_turtle_says_the_same_and_is_its_own_canonical_form(found: list[Triple]) -> None:
    text = turtle.serialize(found)
    assert set(turtle.parse_turtle(text, "x.ttl")) == set(found)
    assert turtle.canonicalise(text, "x.ttl") == text
    assert turtle.serialize(reversed(found)) == text


def test_numbers_inside_names_are_ordered_as_numbers() -> None:
    text = "@prefix i: <https://w3id.org/hwbs/id/x/> . i:a-10 a i:T . i:a-2 a i:T ."
    written = turtle.canonicalise(text, "x.ttl")
    assert written.index("x:a-2 ") < written.index("x:a-10 ")


def test_two_namespaces_that_would_share_a_prefix_are_kept_apart() -> None:
    thing = NamedNode("https://w3id.org/hwbs/id/alignment/new")
    concept = NamedNode("https://w3id.org/hwbs/scheme/alignment/new")
    text = turtle.serialize([Triple(thing, NamedNode("urn:type"), concept)])
    assert turtle.parse_turtle(text, "x.ttl") == [Triple(thing, NamedNode("urn:type"), concept)]


def test_the_comments_at_the_head_are_kept() -> None:
    text = "# first\n# second\n<urn:a> <urn:b> <urn:c> .\n"
    assert turtle.canonicalise(text, "x.ttl").startswith("# first\n# second\n\n")


def test_a_comment_further_down_is_refused_rather_than_lost() -> None:
    with pytest.raises(DataError, match=r"x\.ttl, line 2: a comment here would be lost"):
        turtle.canonicalise("<urn:a> <urn:b> <urn:c> .\n  # lost\n", "x.ttl")


def test_a_trailing_comment_is_refused_rather_than_lost() -> None:
    with pytest.raises(DataError, match=r"x\.ttl, line 1: a comment here would be lost"):
        turtle.canonicalise('<urn:a> <urn:b#c> "# d" . # lost\n', "x.ttl")


UNNAMED = """\
@prefix ex: <https://ex.test/> .

ex:a ex:address [ a ex:Home ; ex:line "High Street", "Leeds" ] ;
    ex:list ( 1 "two" [ ex:deep [ ex:deeper "y" ] ] ( ex:b ) ), ( ) ;
    ex:nothing [] ;
    ex:same [ ex:is 1 ], [ ex:is 1 ], _:shared .
ex:b ex:knows _:shared ; ex:name _:once .
_:once ex:is "once" . _:shared ex:is "shared" .
[] ex:alone "z" . [ ex:alone "z" ] .
_:p ex:next _:r . _:r ex:next _:p ; ex:hangs [ ex:on "it" ] . _:self ex:is _:self .
ex:broken <http://www.w3.org/1999/02/22-rdf-syntax-ns#rest> [
  <http://www.w3.org/1999/02/22-rdf-syntax-ns#first> 1 ] .
"""


def means_the_same(one: str, other: str) -> bool:
    found = [
        Dataset(
            Quad(triple.subject, triple.predicate, triple.object, DefaultGraph())
            for triple in turtle.parse_turtle(text, "x.ttl")
        )
        for text in (one, other)
    ]
    for dataset in found:
        dataset.canonicalize(CanonicalizationAlgorithm.UNSTABLE)
    return found[0] == found[1]


def test_nodes_without_a_name_stay_without_one_and_named_ones_keep_theirs() -> None:
    written = turtle.canonicalise(UNNAMED, "x.ttl")
    assert means_the_same(written, UNNAMED)
    assert turtle.canonicalise(written, "x.ttl") == written
    assert written.count('[] ex:alone "z" .\n') == 2
    assert '    ex:list ( 1 "two" [ ex:deep [ ex:deeper "y" ] ] ( ex:b ) ),\n' in written
    assert "    ex:same [ ex:is 1 ],\n        [ ex:is 1 ],\n        _:shared .\n" in written
    assert 'ex:name [ ex:is "once" ] .' in written
    assert '_:r ex:hangs [ ex:on "it" ] ;\n    ex:next _:p .\n' in written
    assert set(re.findall(r"_:\w+", written)) == {"_:shared", "_:p", "_:r", "_:self"}


def test_a_node_of_which_much_is_said_is_set_out_in_lines() -> None:
    text = '<urn:a> <urn:b> [ <urn:c> "1", "2" ; <urn:d> [ <urn:e> <urn:f> ] ], <urn:g> .\n'
    assert turtle.canonicalise(text, "x.ttl") == (
        "\n<urn:a> <urn:b> <urn:g>,\n        [\n"
        '        <urn:c> "1",\n            "2" ;\n        <urn:d> [ <urn:e> <urn:f> ]\n    ] .\n'
    )


nodes = st.sampled_from([BlankNode(name) for name in "abcdefg"])
links = st.builds(Triple, nodes | iris, iris | st.just(RDF.rest) | st.just(RDF.first), nodes | iris)


@given(st.lists(links, max_size=14))
def test_no_link_between_unnamed_nodes_is_lost(found: list[Triple]) -> None:
    text = "".join(f"{triple} .\n" for triple in found)
    written = turtle.canonicalise(text, "x.ttl")
    assert means_the_same(written, text)
    assert turtle.canonicalise(written, "x.ttl") == written
    shuffled = "".join(f"{triple} .\n" for triple in reversed(found))
    assert turtle.canonicalise(shuffled, "x.ttl") == written


def test_a_long_list_is_written_and_deep_nodes_are_refused_in_a_sentence() -> None:
    long = f"<urn:a> <urn:b> ( {'1 ' * 5000}) ."
    assert turtle.canonicalise(long, "x.ttl") == f"\n<urn:a> <urn:b> ( {'1 ' * 5000}) .\n"
    deep = "<urn:a> <urn:b> " + "[ <urn:b> " * 200 + "1" + " ]" * 200 + " ."
    with pytest.raises(DataError, match=r"^x\.ttl: blank nodes stand more than \d+ deep; give one"):
        turtle.canonicalise(deep, "x.ttl")


def test_a_syntax_error_tells_file_line_and_column() -> None:
    with pytest.raises(TurtleSyntaxError) as caught:
        turtle.parse_turtle("<urn:a> <urn:b> .\n", "x.ttl")
    assert (caught.value.name, caught.value.line, caught.value.column) == ("x.ttl", 1, 17)
    assert str(caught.value).startswith("x.ttl, line 1, column 17: ")


def test_a_quoted_triple_is_refused_as_turtle_has_no_place_for_it() -> None:
    said = Triple(NamedNode("urn:a"), NamedNode("urn:b"), NamedNode("urn:c"))
    with pytest.raises(DataError, match="quoted triple"):
        turtle.serialize([Triple(NamedNode("urn:x"), NamedNode("urn:says"), said)])


def test_a_users_own_prefixes_are_kept() -> None:
    text = (
        "@prefix : <https://ex.test/> .\n@prefix code: <https://ex.test/code-> .\n"
        "@prefix dc: <http://purl.org/dc/terms/> .\n@prefix never: <https://ex.test/never/> .\n"
        ':a :b code:1, <https://ex.test/x/y>, "1.10"^^:t ; dc:title "T" .\n'
    )
    written = turtle.canonicalise(text, "x.ttl")
    for kept in ("\n:a ", " :b ", "code:1", "<https://ex.test/x/y>", "^^:t", "dcterms:title"):
        assert kept in written
    assert "never" not in written
    assert set(turtle.parse_turtle(written, "y")) == set(turtle.parse_turtle(text, "x"))
    assert turtle.canonicalise(written, "x.ttl") == written


def test_a_prefix_of_ours_that_a_user_gave_another_meaning_is_no_mistake() -> None:
    text = "@prefix id: <https://ex.test/> .\nid:a id:b <https://w3id.org/hwbs/id/c> .\n"
    written = turtle.canonicalise(text, "x.ttl")
    assert set(turtle.parse_turtle(written, "y")) == set(turtle.parse_turtle(text, "x"))
    assert turtle.canonicalise(written, "x.ttl") == written


def test_fmt_names_a_relative_iri_and_an_odd_character_where_they_stand() -> None:
    for text, told in (
        ("<urn:a> <urn:b>\n  <c/1> .", "x.ttl, line 2, column 3: <c/1> is relative; add @base"),
        ("<urn:a>\u00a0<urn:b> 1 .", "x.ttl, line 1, column 8: the odd character"),
    ):
        with pytest.raises(TurtleSyntaxError) as caught:
            turtle.canonicalise(text, "x.ttl")
        assert str(caught.value).startswith(told)
