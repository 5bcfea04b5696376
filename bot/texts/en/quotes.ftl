# A quote, and where it is from.

quote-veiled = This passage is from beyond where you have read. **Show** lifts the veil; /settings says whether there is one.
quote-may-spoil = From further on in the story. Press it to read it.
# A story on a line.
title-by = {$title}, by {$author}
# $story is a title, or title-by.
quote-chapter = {$story} · {$chapter}
quote-show = Show
quote-another = Another
quote-context = Read in context
quote-save = Save
quote-card = Card
quote-design = Another design
quote-react = React
# $reader is a mention that does not ping.
quote-shared = Shared by {$reader}

# The quotes that a reader keeps.
saved-none = No saved quotes yet. Press **Save** under a quote, or **Quote** under a page to pick your own.
saved-words = “{$words}”
saved-choose = Open a quote…
saved-kept = Quote saved. See all in /me
saved-already = Already saved. See all in /me
saved-drop = Remove
saved-dropped = Quote removed
saved-share = Share here
saved-delete = Remove
saved-edited = As it was
# $since is a date.
saved-edited-since = The story was edited since {$since}; these words are not in it any more.

# Sentences of a page that a reader chooses.
choose-title = Which sentences?
choose-how = Choose one; or the first and the last of those that you want.
choose-sentences = The sentences of this page
choose-before = Sentences before these
choose-after = Sentences after these
choose-chosen = Your quote
choose-post = Post it here
