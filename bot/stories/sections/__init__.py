"""Turn blocks of text, from any file format, into the sections of a story: title, labels, notes, chapters, end mark.

`labels`, `titles`, `headings` and `notes` each recognise one kind of line; `lines` tests the look of any line. `looks`
and `chain` assign a role to each of the first lines of a plain text, and `start` finds the story's beginning from these
roles. `signs` limits what may be cut from either end of a story. `chapters`, `contents` and `capitals` find chapter
headings. `first_lines`, `opening` and `ending` take the text before and after a story: they remove it from the blocks
and store it in `parts.Sections`. `assembly` combines the results. A story or a chapter has at most one run of notes at
each end; doubtful text is prose. If the notes outweigh the story, `assembly` requires stronger evidence
(`notes.Evidence`).
"""
