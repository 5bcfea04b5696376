"""From blocks of text, whatever their format, to the sections of a story: title, labels, notes, chapters, end mark.

`labels`, `titles`, `headings` and `notes` each recognise one kind of line, `lines` what the look of any line tells.
`looks` and `chain` tell what the first and the last lines of a typed text are, `start` and `last_lines` where the story
is by that. `chapters`, `contents` and `capitals` find where chapters begin. `first_lines`, `opening` and `ending` take
what stands before and after a story, and `assembly` puts each block where it belongs. Notes are one run at each end of
a story or a chapter; everything doubtful is prose. Where notes outweigh the story, `assembly` asks for more evidence
(`notes.Evidence`).
"""
