# The library as a list.

list-empty = No stories here yet. Mods can add one with /manage story add.
list-none-read = You haven't read anything here yet. Open a story with /read.
list-none-fits = No stories match.
# $stories is one of the two below.
list-footer = Library · {$first}–{$last} of {$stories}
list-footer-one = Library · {$last} of {$stories}
list-footer-all = Library · {$stories}
list-stories = { $count ->
    [one] 1 story
   *[other] {$count} stories
  }
# Where there are more than the list takes.
list-stories-first = the first {$count} stories
# Beside how many stories the list has: those with muted tags or authors, which it leaves out.
list-muted = {$count} muted
# Where these are all that there are.
list-left-out = { $count ->
    [one] 1 story with muted tags or authors is hidden. Change this in /me.
   *[other] {$count} stories with muted tags or authors are hidden. Change this in /me.
  }
list-loved = {$emoji} {$count}
list-surprise = Surprise me
list-top = Most loved
list-filters = Filters
list-open = Open a story…
