"""The pages as files: what a council puts on a web server of any kind, or on a stick.

Out of scope: answering requests (`app`), and the pages themselves (`pages`).
"""
