# The panels of what readers, and those who manage a server, choose. $chosen is one of the options.

settings-title = Your settings
settings-pages = **Pages**: {$chosen}
settings-pages-show = **Pages you open show**: {$chosen}
settings-spoilers = **Spoilers**: {$chosen}
settings-news = **News of what you follow**: {$chosen}
settings-adults = **Stories for adults**: {$chosen}
settings-footer = They hold for you, in every server. /privacy says what is stored.

# What a select is for. Below it stand its options.
settings-ask-length = How long pages are
settings-option-length-short = Short: a screen of a phone, or less
settings-option-length-medium = Medium: about two screens of a phone
settings-option-length-long = Long: as much as fits, with fewer turns

settings-ask-private = Who sees pages that you open
settings-option-private-server = As this server has it
settings-option-private-yes = For me alone
settings-option-private-no = For all in the channel

settings-ask-veil = What is beyond where you have read
settings-option-veil-yes = Veil what is beyond where I have read
settings-option-veil-no = Show everything

settings-ask-notices = Where you hear of what you follow
settings-option-notices-direct = By direct message
settings-option-notices-server = In a server's news channel
settings-option-notices-none = Not at all

settings-ask-adult = Stories for adults
settings-option-adult-no = Not in direct messages
settings-option-adult-yes = In direct messages, too: I am of age

server-title = Settings of this server
# $channel is a mention of one, or server-no-news.
server-news = **News of stories**: {$channel}
server-no-news = no channel yet
server-adders = **Who may add stories with /author submit**: {$chosen}
# $role is a mention of one.
server-adders-role = **Who may add stories with /author submit**: {$chosen} ({$role})
server-pages-show = **Pages that are opened show**: {$chosen}
# $emoji are the emoji themselves.
server-reactions = **Reactions on offer**: {$emoji}
server-footer = They hold for this server. Readers may choose otherwise for themselves, with /settings.
server-ask-news = The channel for news of stories
server-ask-role = A role that may add stories, too

server-ask-adders = Who may add stories
settings-option-adders-managers = Those who manage the server
settings-option-adders-role = They, and those with a role
settings-option-adders-everyone = Everyone

server-ask-private = Who sees pages that are opened
settings-option-server-private-bot = As whoever runs the bot has it
settings-option-server-private-yes = For the one who asks, alone
settings-option-server-private-no = For all in the channel

server-ask-reactions = Reactions on offer…
# The modal that asks for them.
server-reactions-title = Reactions on offer
server-reactions-field = Up to {$most} emoji, parted by spaces
server-reactions-hint = Any, also this server's own; left empty, they are the bot's own
