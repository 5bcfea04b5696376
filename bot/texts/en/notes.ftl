# What the author says around a story.

note = Author's note
# On a story's card.
note-at-end = Author's note, at the end
# Buttons below a page: the note before a chapter, and the one after it.
note-whole-before = Whole note before
note-whole-after = Whole note after
note-part = Part {$part} of {$parts}
