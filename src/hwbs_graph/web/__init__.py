"""HTTP: the SPARQL endpoint, the catalogue and the pages of things; all read-only.

Queries run in worker processes that are ended when they exceed their time or memory. Nothing a
page shows comes from elsewhere, and no query can reach another machine.

Out of scope: TLS, log-in and caching; where they are wanted, a reverse proxy stands before it.
"""
