# A page of a story, and its buttons. A row holds four words of twenty letters in all.

# Also under lists and long texts.
page-previous = Previous
page-next = Next

page-back = Back
page-info = Info
page-react = React
page-more = More

# Behind More.
page-jump = Go to…
page-bookmark = Bookmark
page-quote = Quote
page-share = Share here
page-together = Read together
page-notes = Notes
page-notes-after = End notes
# Under a page that a reader shared.
page-read-here = Read here
page-start-over = Start over
page-back-to = Back to page {$number}
page-back-to-place = Back to your place

by = by {$author}

# Below a page; the parts are joined with " · ".
page-footer-chapter = Chapter {$number} of {$chapters}
page-footer-page = Page {$number} of {$pages}
page-footer-percent = {$percent}%
# The space before a unit is one that does not break.
page-footer-left = {$minutes} min left
page-footer-end = The end
# In place of the minutes, on a page that is not the reader's place.
page-footer-visiting = Visiting page {$number} of {$pages}
# Where nothing can be stored: the disk is full, say.
page-footer-unkept = I can't keep your place right now
# On a page that a reader shared.
page-footer-shared = {$reader} shared page {$page} of {$pages}

# Above the first page: each is a part of one line.
page-fact-rating = { $rating ->
    [general] General
    [teen] Teen
    [mature] Mature
    [explicit] Explicit
   *[other] Not rated
  }
page-fact-minutes = {$minutes} min
# A note beside a page, cut to two lines.
page-note = Author: *{$words}*

# Above a page, for one who comes back after a week. $since says how long ago, $words are the last that they read.
page-where-you-stopped = **Where you left off, {$since}**
    {$words}
page-also-given = Other reactions

chapters = Chapters
# $chapter is the name of a chapter: "Chapter 3", "Letter 4", "Prologue".
chapters-before = Before {$chapter}
chapters-after = After {$chapter}
chapter-named = {$number}. {$title}
chapter-labelled = {$label}: {$title}
chapter-numbered = Chapter {$number}
# What stands before the first heading.
chapter-opening = Opening
chapter-here = You're here
chapter-read = Read
chapter-words = {$words} words
chapter-minutes = {$minutes} min

jump-title = Go to a page
jump-page = Page (1 to {$pages})
jump-page-of-chapter = Page in this chapter (1 to {$pages})
# $chapters are the chapters of the story. Discord takes 100 characters.
jump-or = { $chapters ->
    [1] You can also type 50%, end or next scene
   *[other] You can also type 50%, ch 4, end or next scene
  }
jump-chapter = Or a chapter
jump-pick = Pick a chapter
jump-here = You're on page {$number}

# Above More and React where they are a message of their own.

# After the last page.
next-title = What next?
next-finished = You finished **{$title}**.
next-none-read = You've read everything here. New stories will show up in /stories.
next-none-left = You've started everything else here, apart from what you muted or dropped. Your lists are in /me.
next-why-series = Next in the series
next-why-author = More by this author
next-why-later = On your Later list
next-why-alike = Something like it
next-why-loved = Loved by readers
next-why-length = About as long
next-why-shorter = A shorter one
next-why-longer = A longer one
next-line = {$why} · {$minutes} min
next-pick = Open one of these…
next-library = Library

# Before a story that warns of something that the reader wants to be asked about.
warned-title = Before you start
warned-text = **{$title}** has a warning you asked about: {$warnings}
warned-show = Show me
warned-leave = Not today
warned-left = It stays in the library. Open it any time with /read.
# In a reader's settings.
warned-button = Warnings…
warned-form = Ask me before
warned-field = Separate with commas
warned-hint = Before page 1 of a story that has one, I ask if you want to read it. Type all for any warning.
