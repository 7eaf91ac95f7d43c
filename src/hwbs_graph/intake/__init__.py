"""From a published document to a draft plan: what it says, and what only a person can decide.

Out of scope: the graph that is made of it, and how questions are answered.
"""
