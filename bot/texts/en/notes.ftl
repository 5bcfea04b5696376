# What the author says around a story.

note = Author's note
# On a story's card.
note-at-end = Author's note (end)
# Buttons below a page: the note before a chapter, and the one after it.
note-whole-before = Opening note
note-whole-after = End note
note-part = Part {$part} of {$parts}
