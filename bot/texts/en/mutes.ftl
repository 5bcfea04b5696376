# What a reader has muted.

mutes-empty = Nothing muted yet. Stories with a tag or author you mute stay out of your lists, random picks, quotes and updates.
mutes-about = These stories stay out of your lists, random picks, quotes and updates. You can still find them by title.
# $count is how many were not muted, $most how many can be.
mutes-full = {$count} didn't fit: you can mute up to {$most} tags and {$most} authors. Unmute some first.
mutes-add = Mute…
mutes-of-tag = Tags, fandoms and characters
mutes-of-author = Authors
mutes-undo-tag = Unmute a tag…
mutes-undo-author = Unmute an author…

# Where the names are typed.
mutes-ask = Mute
