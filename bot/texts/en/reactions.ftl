# Reactions to a story.

# What an emoji says: ❤, 😭, 😂, 🔥, 🤔.
reaction-says-loved = Loved it
reaction-says-cried = Cried
reaction-says-laughed = Laughed
reaction-says-wow = Wow
reaction-says-thinking = Thinking

# At the end of a line of emoji with their counts.
reaction-more = and {$count} more

react-ask = How did it make you feel? Press to react. Press again to undo.
react-ask-page = How did this page make you feel? Press to react. Press again to undo.

# $reactions are what they gave, in words.
react-given = Your reactions to this page: {$reactions}
react-given-story = Your reactions: {$reactions}

# Which page is meant; its first words stand below.
react-page = { $chapters ->
    [1] Page {$page} of {$pages}
   *[other] {$chapter}, page {$page} of {$pages}
  }
