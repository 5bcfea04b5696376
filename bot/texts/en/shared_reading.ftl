# Reading together. $reader is a mention of one who reads.

together-opened = {$reader} reads **{$title}** with all who come along, in the thread below.
together-turns = {$reader} turns the pages here, for all.
together-hand-over = Hand over
together-who = Who turns the pages from now on?
together-choose = Choose a reader
together-handed = {$reader} turns the pages from now on.
