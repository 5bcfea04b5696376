# News of what readers follow: to one of them, or in a server's news channel.

news-story = {$author} posted a new story!
# Where the story names no author.
news-story-unnamed = An author you follow posted a new story!
# $chapter is the name of a chapter, as news-chapter-named or chapter-numbered has it.
news-chapter = New chapter: {$chapter}
news-chapter-named = Chapter {$number}: {$title}
# Above their names; they are at least two.
news-chapters = {$count} new chapters:
# The answer follows, as vote-answer-author has it.
news-answer = There's an answer to the vote:
# Below a new chapter: how many voted for the story to go on.
news-asked = { $count ->
    [one] {$count} reader asked for more.
   *[other] {$count} readers asked for more.
  }
# To one of those.
news-you-asked = { $count ->
    [1] You asked for more.
   *[other] You're one of {$count} readers who asked for more.
  }
news-why-public = People here follow this story or voted on it. To be notified too, press Follow on the story card.
news-why = You're getting this because you follow it. Change it in /settings or /me.
news-elsewhere = Read it in **{$server}** with /read.
news-open = Open {$server}
