# What a search found.

search-stories = Stories
# $typed is what was searched for.
search-passages = Passages with {$typed}
search-nothing = None has all of these words close together. Try fewer words, the beginning of one with a star (lant*), or a phrase in quotation marks.
search-veiled = Beyond where you have read
# Below the list, alone or after "Page 1 of 3 · ".
search-total = { $total ->
    [one] {$total} passage
   *[other] {$total} passages
  }
search-best = the best {$total} passages; one more word would narrow it
search-show = Show
search-open-passage = Open a passage
search-open-card = Open a story's card
# Below the title of a story whose author is not known.
search-story = A story
