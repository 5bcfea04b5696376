# What can be done, each command on a line.

help-title = What you can do here
help-about = I keep your place in every story, on every device. Press a button on someone else's page and you get your own copy.

help-section-read = Stories
help-line-read = **/read**: open a story, or pick up where you left off
help-line-stories = **/stories**: browse the library, or see what a story is about
help-line-me = **/me**: your lists, bookmarks, quotes, follows, reviews and data
help-line-settings = **/settings**: page length, who sees your pages, spoilers, notifications

help-section-find = Search and quotes
help-line-search = **/search**: find a line, a story or an author. Only you can see the results
help-line-quote = **/quote**: get a random quote. No repeats until you've seen them all
help-line-menu = **Apps** in the menu of my messages: **Save quote** and **Read from here**

help-section-say = Have your say
help-line-react = **/react**: react to a story. Any emoji you add to my messages counts, too
help-line-vote = **/vote**: say if a story should continue. You can change your vote until it closes
help-line-review = **/review**: read what others think, and write your own
help-line-top = **/top**: the most-loved stories and quotes

help-section-write = For authors
help-line-author = **/author submit**: add your own story. **/author stories**: change it, add chapters, see its stats
help-line-claim = **/author claim**: say you wrote a story. **/author poll**: ask readers what comes next
help-line-answer = **/vote** on your own story: set the rules and answer your readers

help-section-run = For mods
help-line-manage = **/manage**: this server's stories, schedules, polls, authors and settings, its uploads and its log
