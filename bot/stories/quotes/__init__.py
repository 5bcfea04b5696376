"""Which passages of a story are quoted.

`candidates` says which may be, with `speech` for what is spoken; `worth` how good each is, with the `word_lists` of
several `tongues`; and `picking` which are.
"""
