# The library as a list.

list-title = The library
list-empty = There are no stories here yet. Whoever runs the bot can add some: a file in the stories folder is a story.
list-none-read = You have read nothing here yet. /read opens a story.
list-none-fits = No story fits all of that.
# $what are the filters that are on and the order, joined with " · ".
list-showing = Showing: {$what}
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
list-filters = Change the filters
list-open = Open a story's card
