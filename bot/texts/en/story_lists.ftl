# The library as a list.

list-title = Library
list-empty = No stories here yet. Mods can add one with /manage story add.
list-none-read = You haven't read anything here yet. Open a story with /read.
list-none-fits = No stories match.
list-stories = { $count ->
    [one] 1 story
   *[other] {$count} stories
  }
# Where there are more than the list takes.
list-stories-first = the first {$count} stories
list-left-out = { $count ->
    [one] 1 story with muted tags or authors is hidden. Change this in /me.
   *[other] {$count} stories with muted tags or authors are hidden. Change this in /me.
  }
list-reactions = { $count ->
    [0] no reactions yet
    [one] 1 reaction
   *[other] {$count} reactions
  }
list-surprise = Surprise me
list-top = Most loved
list-polls = Polls
list-filters = Filters
list-open = Open a story
