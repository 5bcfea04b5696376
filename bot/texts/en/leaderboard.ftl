# Lists of the most loved. $since is one of the three below.
top-since-week = This week
top-since-month = This month
top-since-ever = Ever
top-title-story-reactions = The most loved stories · {$since}
top-title-story-reads = The most finished stories · {$since}
top-title-story-votes = Stories that readers want more of · {$since}
top-title-story-saves = The most quoted stories · {$since}
top-title-quote-reactions = The most loved quotes · {$since}
top-title-quote-saves = The most saved quotes · {$since}
top-list-story-reactions = Stories by reactions
top-list-story-reads = Stories by finished reads
top-list-story-votes = Stories by votes to continue
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
top-none = Nobody has yet. Open a story with /read and be the first.
top-here = What was done in this server
top-everywhere = What was done everywhere
top-show-everywhere = Show everywhere
top-show-here = Show this server
top-open-story = Open a story's card
top-open-quote = Open a quote
