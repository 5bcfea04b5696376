# What a reader follows.

# Where a reader hears of it.
follow-told-none = Your settings say that you want no news, so you hear nothing; /settings changes that.
follow-told-direct = You hear of what you follow by direct message; /settings changes that.
follow-told-direct-gated = This story is for adults: say in /settings that you are of age, and direct messages tell of it; or choose a server's news channel there, which tells of it if that channel is age-restricted.
follow-told-nowhere = You hear of what you follow in the server where you press Follow; /settings changes that.
follow-told-no-channel = This server has no news channel yet, so you hear nothing here; /settings brings you direct messages.
# $channel is a link to the channel.
follow-told-channel = You hear of what you follow in {$channel}; /settings changes that.
# After follow-told-channel: "this one" is the story, "that channel" the one which is named there.
follow-told-channel-gated = Of this one, only if that channel is age-restricted.
# "One" is a direct message.
follow-unreached = My last DM didn't reach you. See Following in /me for what to do.

follow-story = You follow this story.
follow-story-not = You do not follow this story.
follow-author = You follow {$author}.
follow-author-not = You do not follow {$author}.
# Where the story names no author.
follow-unnamed = You follow the author.
follow-unnamed-not = You do not follow the author.
follow-brings = A story brings news when it has a new chapter or its vote an answer, an author also with a new story.
follow-all = See everything you follow in /me. Only you can see this.
follow-start-story = Follow this story
follow-start-author = Follow the author
follow-here-story = Hear of this story in this server, too
follow-here-author = Hear of the author in this server, too
follow-stop-story = Unfollow this story
follow-stop-author = Unfollow the author

following-nothing = You're not following anything yet. Press **Follow** on a story card to hear about new chapters.
# $since says how long ago.
following-unreached = My direct messages did not reach you ({$since}), so you missed news. Allow direct messages from members of a server that we share, or choose its news channel with /settings. I try again from now on.
following-author = Everything by {$author}
following-hidden-author = An author whose stories you can't see here
following-hidden = A story you can't see here
following-open = Open a story…
following-drop = Unfollow…

no-longer-followed = Unfollowed
unfollowed = You unfollowed {$name}. See the rest in /me.
unfollowed-story = You unfollowed this story. See the rest in /me.
unfollowed-author = You unfollowed this author. See the rest in /me.
