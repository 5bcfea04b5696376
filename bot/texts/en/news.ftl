# News of what readers follow: to one of them, or in a server's news channel.

news-story = A new story by {$author}.
# Where the story names no author.
news-story-unnamed = A new story by an author whom you follow.
# $chapter is the name of a chapter, as news-chapter-named or chapter-numbered has it.
news-chapter = {$chapter} is here.
news-chapter-named = Chapter {$number}. {$title}
# Above their names; they are at least two.
news-chapters = {$count} new chapters:
# The answer follows, as vote-answer-author has it.
news-answer = The vote on whether it should go on has an answer.
# Below a new chapter: how many voted for the story to go on.
news-asked = { $count ->
    [one] 1 reader voted for it.
   *[other] {$count} readers voted for it.
  }
# To one of those.
news-you-asked = { $count ->
    [one] You voted for it.
   *[other] You voted for it, as {$count} readers did in all.
  }
news-why-public = Readers here follow it, or voted on it. Follow, on a story's card, tells you of it, too.
news-why = You're getting this because you follow it. Change it in /settings or /me.
news-elsewhere = It is read in **{$server}**: `/read` there opens it.
news-open = Open {$server}
