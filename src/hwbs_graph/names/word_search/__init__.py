"""Words, wherever they stand: in names, summaries and quoted passages.

Out of scope: the one thing that a name means (`names`), and questions (`question`).
"""

from hwbs_graph.names.word_search.finding import Hit, Hits, search_words, suggest_search

__all__ = ["Hit", "Hits", "search_words", "suggest_search"]
