"""Which passages of a story are quoted.

`candidates` finds the passages that may be quoted, with `speech` for what is spoken; `score` says how good each is,
with the `weights` of words in several languages; `selection` chooses among them.
"""
