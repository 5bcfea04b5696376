# Which parts of a story moved readers.

heat = What moved readers
# Below a strip of bars over the length of the story. $percent is how much of it is before.
heat-most = { $chapters ->
    [one] Most of all about {$percent}% in.
   *[other] Most of all about {$percent}% in, in {$chapter}.
  }
