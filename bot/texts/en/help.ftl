# What can be done. A line of a phone has 31 characters, and all of it is one screen there.

help-title = What you can do here
help-about = I keep your place. Press a button on someone else's page to get your own copy.

# Links below the commands, where whoever runs the bot has such pages.
help-page-privacy = Privacy policy
help-page-terms = Terms
help-page-support = Help and reports

# What most need.
help-line-read = **/read**: open or continue a story
help-line-stories = **/stories**: browse the library, or see what a story is about
help-line-me = **/me**: your lists, bookmarks, quotes and data

help-line-search = **/search**: find a line or author
help-line-quote = **/quote**: get a random quote
help-line-react = **/react**: react to a story
help-line-vote = **/vote**: should it continue?
help-line-review = **/review**: read and write reviews
help-line-top = **/top**: most-loved stories
help-line-settings = **/settings**: pages, spoilers, DMs
# In Discord's menu of a message, under Apps.
help-line-menu = My messages have **Save quote** and **Read here** under Apps

# For authors.
help-line-submit = **/author submit**: add your story
help-line-own = **/author stories**: change yours
help-line-claim = **/author claim**: claim your story
help-line-ask = **/author ask**: ask your readers
help-line-answer = **/vote**: answer your readers

# For mods.
help-line-manage = **/manage**: stories, schedules, authors, settings, log
help-line-moderate = **/review**: check reports

# For the bot owner.
help-line-host = **/bot**: how I run, servers, folder
