# Lists of the most loved. $since is one of the three below.
top-since-week = This week
top-since-month = This month
top-since-ever = All time
# The values of the options of /top.
top-what-story = Stories
top-what-quote = Quotes
top-by-reactions = Reactions
top-by-reads = Readers who finished
top-by-votes = Votes for more
top-by-saves = Saved quotes
# The titles.
top-title-story-reactions = Most-loved stories · {$since}
top-title-story-reads = Most-finished stories · {$since}
top-title-story-votes = Stories that readers want more of · {$since}
top-title-story-saves = Most-quoted stories · {$since}
top-title-quote-reactions = Most-loved quotes · {$since}
top-title-quote-saves = Most-saved quotes · {$since}
top-list-story-reactions = Stories by reactions
top-list-story-reads = Stories by readers who finished
top-list-story-votes = Stories by votes for more
top-list-story-saves = Stories by saved quotes
top-list-quote-reactions = Quotes by reactions
top-list-quote-saves = Quotes by saves
top-count-reactions = { $count ->
    [one] {$count} reaction
   *[other] {$count} reactions
  }
top-count-reads = { $count ->
    [one] finished by {$count} reader
   *[other] finished by {$count} readers
  }
top-count-votes = { $count ->
    [one] {$count} wants more
   *[other] {$count} want more
  }
top-count-saves = { $count ->
    [one] saved {$count} time
   *[other] saved {$count} times
  }
top-none = Nothing here yet. Open a story with /read and be the first!
top-none-told = Nothing to show here yet. See what there is to read with /stories.
top-here = This server
top-everywhere = All servers
top-show-everywhere = All servers
top-share = Share here
top-show-here = This server
top-show-week = Week
top-show-month = Month
top-show-ever = All time
top-open-story = Open a story…
top-open-quote = Open a quote…
