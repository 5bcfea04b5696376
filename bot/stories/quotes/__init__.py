"""Which passages of a story are quoted.

`blocks` reads paragraphs, verses and their sentences, with `speech` for what is spoken; `candidates` makes of them the
passages that may be quoted; `score` says how good each is, with the `weights` of words in several languages;
`selection` chooses among them.
"""
