"""Words, wherever they stand: in names, summaries and quoted passages.

Out of scope: the one thing that a name means (`names`), and questions (`question`).
"""

from hwbs_graph.names.word_search.entries import PASSAGE
from hwbs_graph.names.word_search.finding import (
    Facet,
    Hit,
    Hits,
    list_facets,
    search_words,
    suggest_search,
)

__all__ = ["PASSAGE", "Facet", "Hit", "Hits", "list_facets", "search_words", "suggest_search"]
