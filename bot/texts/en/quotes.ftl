# A quote, and where it is from.

# Also above a page that a reader shares.
quote-may-spoil = Possible spoiler from later in the story. Press to reveal.
# Words of a story on a line of a list.
quotation = “{$words}”
# A story on a line.
title-by = {$title} by {$author}
# $story is a title, or title-by.
quote-chapter = {$story} · {$chapter}
quote-another = Another
# The values of /quote length.
quote-length-short = Short
quote-length-medium = Medium
quote-length-long = Long
quote-context = Read in context
quote-save = Save
quote-card = Make image
quote-design = Next design
quote-same-story = Same story
quote-same-author = Same author
# Also beside a saved quote and one that a reader chose.
quote-share = Share here
quote-take-out = Don't post this again
quote-taken-out = Done. I won't post this quote again. Readers who saved it keep it.
quote-put-back = Undo
quote-dealt-again = This quote may come up again.
# $reader is a mention that does not ping.
quote-shared = Shared by {$reader}

# The quotes that a reader keeps.
saved-none = No saved quotes yet. Press **Save** under a quote, or **Quote** under a page to pick your own.
saved-choose = Open a quote…
saved-kept = Quote saved. See all in /me
saved-already = Already saved. See all in /me
saved-dropped = Quote removed
saved-delete = Remove
saved-edited = Original wording
# $since is a date.
saved-edited-since = You saved this on {$since}. The story has been edited, and these words are no longer in it.

# Sentences of a page that a reader chooses.
choose-title = Pick your quote
choose-how = Pick one sentence, or the first and last of several.
choose-sentences = Sentences on this page
choose-before = Earlier sentences…
choose-after = Later sentences…
choose-chosen = Your quote
