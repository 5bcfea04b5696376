# What a search found.

search-stories = Stories
# $typed is what was searched for.
search-passages = Results for {$typed}
search-nothing = No matches. Try another word, lant* to find lantern, or an exact phrase in “quotation marks”.
# Below the list, alone or after "Page 1 of 3 · ".
search-total = { $total ->
    [one] {$total} result
   *[other] {$total} results
  }
search-best = top {$total} results (add a word to narrow them down)
search-open-passage = Open a result…
search-open-card = Open a story…
# Below the title of a story whose author is not known.
search-story = A story
