"""Select the quotes of a story.

`blocks` splits chapters into paragraphs, verses and sentences, with `speech` for words in quotation marks; `candidates`
builds passages from them; `score` rates each passage, with the word `weights` of several languages; `selection` chooses
among them.
"""
