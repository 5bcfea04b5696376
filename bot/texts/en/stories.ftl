# A story's card.

card-chapters = {$chapters} chapters
# What its author's file says of it.
card-detail-relationships = Pairings: {$value}
card-detail-characters = Characters: {$value}
card-detail-tags = Tags: {$value}
card-detail-genres = Genres: {$value}
card-detail-series = Series: {$value}
# $value is a date.
card-detail-published = Published: {$value}
card-detail-updated = Updated: {$value}
card-detail-completed = Completed: {$value}

card-read = Read
# It unfolds what is rarer, also below a list and a quote.
card-more = More
card-later = Later
card-follow = Follow
card-quote = Quote
card-vote = Vote
card-lists = Add to list
card-share = Share here
card-epub = Download EPUB
card-text = Download text
card-another = Another story
card-later-kept = Kept for later. See your lists in /me.
card-later-dropped = No longer kept for later.

# Below lines of a list that are as many as there is room for: how many there are besides.
and-more = and {$count} more
