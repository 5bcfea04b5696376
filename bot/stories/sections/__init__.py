"""From blocks of text, whatever their format, to the sections of a story: title, labels, notes, chapters, end mark.

`labels`, `titles`, `headings` and `notes` each recognise one kind of line, `lines` what the look of any line tells.
`looks` and `chain` tell what the first lines of a typed text are, `start` where the story begins by that. `signs` has
the law of both ends. `chapters`, `contents` and `capitals` find where chapters begin. `first_lines`, `opening` and
`ending` take what stands before and after a story, and `assembly` puts each block where it belongs. Notes are one run
at each end of a story or a chapter; everything doubtful is prose. Where notes outweigh the story, `assembly` asks for
more evidence (`notes.Evidence`).
"""
