"""From blocks of text, whatever their format, to what a story is made of: title, labels, notes, chapters, end mark."""
