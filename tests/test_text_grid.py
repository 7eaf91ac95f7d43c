"""The grid of a text table: the same as Rich draws, whatever fits and whatever is cut."""

from hypothesis import example, given, settings
from hypothesis import strategies as st

from hwbs_graph.write.text_grid import draw_plain_grid
from hwbs_graph.write.text_table import draw_rich_grid, draw_table

WORD = st.text("abc’–é-.", min_size=1, max_size=30)
CELL = st.one_of(
    st.just(""),
    st.integers(-9, 9999).map(str),
    st.tuples(st.sampled_from(["", " "]), st.lists(WORD, max_size=12)).map(
        lambda each: each[0] + " ".join(each[1])
    ),
)
TABLES = st.integers(1, 6).flatmap(
    lambda rows: st.lists(
        st.tuples(st.booleans(), st.lists(CELL, min_size=rows, max_size=rows)),
        min_size=1,
        max_size=6,
    )
)


@settings(max_examples=20)
@given(TABLES, st.sampled_from([30, 60, 80, 200]))
@example([(False, ["head", "a  b " * 9]), (True, ["a longer head", "12"])], 30)
def test_a_grid_is_what_rich_draws(table: list[tuple[bool, list[str]]], width: int) -> None:
    columns, right = [cells or [""] for _, cells in table], [each for each, _ in table]
    plain = draw_plain_grid(columns, right, width)
    assert plain is None or plain == draw_rich_grid(columns, right, width)


def test_a_table_without_columns_is_an_empty_line() -> None:
    assert draw_plain_grid([], [], 80) == "\n"


def test_signs_of_other_widths_are_left_to_rich() -> None:
    for cell in ("健康", "a\tb", "e\u0301", "two\nlines", "\u200bnothing", "soft\u00adhyphen"):
        assert draw_plain_grid([["head", cell]], [False], 80) is None
    assert draw_plain_grid([["head", "Wellbeing – “now”"]], [False], 80) is not None


def test_a_table_of_nothing_is_an_empty_line() -> None:
    assert draw_table([], []) == "\n"
    assert draw_table([], [], ["No row."]) == "No row.\n\n\n"
