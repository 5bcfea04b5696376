# What a reader follows.

# Where a reader hears of it.
follow-told-none = Your notifications are off. Turn them on in /settings.
follow-told-direct = I'll DM you. Change this in /settings.
follow-told-direct-gated = To get DMs about this 18+ story, allow 18+ stories in DMs in /settings. Or switch there to a server's updates channel, if it's age-restricted.
follow-told-nowhere = You get updates in the server where you press Follow. Change this in /settings.
follow-told-no-channel = This server has no updates channel, so you won't be notified here. Switch to DMs in /settings.
# $channel is a link to the channel.
follow-told-channel = You get updates in {$channel}. Change this in /settings.
# On a line below follow-told-channel.
follow-told-channel-gated = This is an 18+ story, so you only get its updates in an age-restricted channel.
follow-unreached = My last DM didn't reach you. See Following in /me for what to do.

follow-story = You're following this story.
follow-line = You're following this story. {$destination}
follow-story-not = You're not following this story.
follow-author = You're following {$author}.
follow-author-not = You're not following {$author}.
# Where the story names no author.
follow-unnamed = You're following the author.
follow-unnamed-not = You're not following the author.
follow-brings = Follow a story for new chapters and vote results. Follow an author for new stories, too.
follow-all = See everything you follow in /me.
follow-start-story = Follow story
follow-start-author = Follow author
follow-here-story = Follow story here
follow-here-author = Follow author here
follow-stop-story = Unfollow story
follow-stop-author = Unfollow author

following-nothing = You're not following anything yet. Press **Follow** on a story card to hear about new chapters.
# $since says how long ago.
following-unreached = My DMs didn't reach you ({$since}), so you missed updates. Allow DMs from a server we share, or switch to its updates channel in /settings. I'll try again from now on.
following-author = Everything by {$author}
following-hidden-author = An author whose stories you can't see here
following-hidden = A story you can't see here
following-open = Open a story…
following-drop = Unfollow…

no-longer-followed = Unfollowed
unfollowed = You unfollowed {$name}. See the rest in /me.
unfollowed-story = You unfollowed this story. See the rest in /me.
unfollowed-author = You unfollowed this author. See the rest in /me.
