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
reaction-ask = What did it do to you? Press to give a reaction, press again to take it back.
reaction-none = No reactions yet. /react gives the first.
reaction-total = { $total ->
    [one] {$total} reaction, once per reader and emoji
   *[other] {$total} reactions, once per reader and emoji
  }
reaction-read = Read

