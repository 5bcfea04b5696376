# A page of a story, and its buttons.

page-first = First
page-previous = Previous
page-next = Next
page-last = Last
page-jump = Go to page…
page-about = About
page-bookmark = Bookmark
page-quote = Quote
page-react = React
page-go-on = Go on from here
page-furthest = Go to the furthest

by = by {$author}

# Below a page; the parts are joined with " · ".
page-footer-chapter = Chapter {$number} of {$chapters}
page-footer-page = Page {$number} of {$pages}
page-footer-percent = {$percent}%
page-footer-left = about {$minutes} min left
page-footer-end = 100% · The end

# Above a page, for one who comes back after a week. $since says how long ago, $words are the last that they read.
page-where-you-stopped = **Where you stopped, {$since}**
    {$words}
page-also-given = Also given

chapters = Chapters
# $chapter is the name of a chapter: "Chapter 3", "Letter 4", "Prologue".
chapters-before = Before {$chapter}
chapters-after = After {$chapter}
chapter-named = {$number}. {$title}
chapter-labelled = {$label}: {$title}
chapter-numbered = Chapter {$number}
# What stands before the first heading.
chapter-opening = Opening
chapter-here = You are here
chapter-read = Read
chapter-words = {$words} words
chapter-minutes = about {$minutes} min

jump-title = Go to a page
jump-page = Page, 1 to {$pages}
jump-page-of-chapter = Page of this chapter, 1 to {$pages}
jump-or = Or 50%, ch 4, next scene
jump-here = You are on page {$number}
