"""What the lexer tells of a query at a glance is what it tells by reading all tokens."""

from hypothesis import example, given
from hypothesis import strategies as st

from hwbs_graph.store.lexer import find_update, is_plain, keywords

PIECES = (
    *(
        "SELECT",
        "ASK",
        "construct",
        "FROM",
        "from",
        "SERVICE",
        "ſervice",
        "INSERT",
        "DELETE",
        "LOAD",
    ),
    *(
        "?x",
        "$from",
        "a:FROM",
        ":from",
        "@enFROM",
        "1FROM",
        "éFROM",
        "a\\-FROM",
        "<from>",
        "'FROM'",
    ),
    *(
        "PREFIX a: <b>",
        "BASE<c>",
        "#from\n",
        "# x\r",
        "'''",
        '"',
        "<",
        "*",
        "-",
        "{",
        "}",
        " ",
        "\n",
    ),
)


@given(st.lists(st.sampled_from(PIECES), max_size=9).map("".join))
@example("PREFIX a: <b> # INSERT\nSELECT * { ?x a:wasFROM ?y }")
@example("SELECT*FROM<c>{}")
@example("SELECT 1FROM<c>{}")
@example("PREFIX a: <b> INSERT DATA { }")
def test_what_is_plain_neither_changes_data_nor_names_its_graphs(text: str) -> None:
    words = keywords(text)
    harmful = find_update(words) or "FROM" in words or any("SERVICE" in word for word in words)
    assert not (harmful and is_plain(text))


def test_most_queries_are_plain() -> None:
    for text in ("SELECT * { ?s ?p ?o }", "# about\nPREFIX a: <b>\nASK { ?x a:from ?from }"):
        assert is_plain(text)
    for text in ("", "# SELECT", "INSERT DATA {}", "SELECT * FROM <a> {}", "LOAD <a>"):
        assert not is_plain(text)
