# Reactions to a story.

# What an emoji says: ❤, 😭, 😂, 🔥, 🤔.
reaction-says-loved = Loved it
reaction-says-cried = I cried
reaction-says-laughed = I laughed
reaction-says-wow = Wow
reaction-says-thinking = It made me think
# The same beside a count.
reaction-short-loved = Loved
reaction-short-cried = Cried
reaction-short-laughed = Laughed
reaction-short-wow = Wow
reaction-short-thinking = Thinking

# At the end of a line of emoji with their counts.
reaction-more = and {$count} more

react-ask = What did it do to you? Press to give a reaction, press again to take it back.
react-ask-page = What did this page do to you? Press to give it a reaction, press again to take it back. For the story you count once, however many of its pages moved you.

# $reactions are what they gave, in words.
react-given = Your reactions to this page: {$reactions}

# Which page is meant; its first words stand below.
react-page = { $chapters ->
    [one] Page {$page} of {$pages}
   *[other] {$chapter}, page {$page} of {$pages}
  }
