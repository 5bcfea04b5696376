# Which parts of a story moved readers.

heat = Most-loved moments
# Below a strip of bars over the length of the story. $percent is how much of it is before.
heat-most = { $chapters ->
    [1] The biggest reaction is about {$percent}% in.
   *[other] The biggest reaction is about {$percent}% in, in {$chapter}.
  }
