# A story's card.

card-length = Length
# Parts of the length, joined with " · ".
card-chapters = {$chapters} chapters
card-pages = { $pages ->
    [one] 1 page
   *[other] {$pages} pages
  }
card-details = Details
card-read = Read
card-quote = Quote
card-react = React
card-vote = Vote
card-lists = Add to list
card-follow = Follow
card-epub = Download EPUB
card-text = Download text
card-another = Another story

# Below lines of a list that are as many as there is room for: how many there are besides.
and-more = and {$count} more
