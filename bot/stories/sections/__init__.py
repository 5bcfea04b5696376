"""Turn blocks of text, from any file format, into the sections of a story: title, labels, notes, chapters, end mark.

`headings`, `labels` and the modules beside them each recognise one kind of line. `chapters` and `contents` find
the headings of chapters. `roles` gives each line around the story one role, `around` takes what such lines say,
and `assembly` combines the results in `parts.Sections`.
"""
