# Reading together. $reader is a mention of one who reads.

together-opened = {$reader} is reading **{$title}** in the thread below. Come along!
together-turns = {$reader} is turning the pages.
together-hand-over = Hand over
together-who = Who turns the pages next?
together-choose = Pick a reader
together-handed = {$reader} turns the pages from now on.
