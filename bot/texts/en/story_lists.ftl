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
    [one] 1 story with tags or authors you muted is left out. /muted changes that.
   *[other] {$count} stories with tags or authors you muted are left out. /muted changes that.
  }
list-reactions = { $count ->
    [0] no reactions yet
    [one] 1 reaction
   *[other] {$count} reactions
  }
list-filters = Change the filters
list-open = Open a story's card
