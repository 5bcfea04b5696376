# A quote, and where it is from.

quote-veiled = This passage is from beyond where you have read. **Show** lifts the veil; /settings says whether there is one.
# A story on a line.
title-by = {$title}, by {$author}
# $story is a title, or title-by.
quote-chapter = {$story} · chapter {$number}
quote-show = Show
quote-another = Another
quote-context = Read in context
