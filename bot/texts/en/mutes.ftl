# What a reader has muted.

mutes-title = What you muted
mutes-about = Stories with these stay out of your lists, of stories by chance, of quotes and of news. You still find them by their titles.
# $count is how many were not muted, $most how many can be.
mutes-full = There was no room for {$count} more: {$most} of each can be muted. Show some again first.
mutes-add = Mute…
mutes-none = None
mutes-of-tag = Tags, fandoms and characters
mutes-of-author = Authors
mutes-undo-tag = Show a tag again
mutes-undo-author = Show an author again

# Where the names are typed.
mutes-ask = Mute
mutes-ask-hint = Parted by commas
