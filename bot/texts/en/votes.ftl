# The standing vote of a story.

vote-question = Should this story go on?
vote-choice-continue = Continue it
vote-choice-leave = Leave it as it is
vote-none = No votes yet: yours would be the first.
# Beside a bar that draws it. $percent is a number from 0 to 100.
vote-share = {$percent}% want more
vote-everywhere = Everywhere: {vote-choice-continue} **{$go_on}** · {vote-choice-leave} **{$leave}**
vote-here = This server: {vote-choice-continue} **{$go_on}** · {vote-choice-leave} **{$leave}**
# In a list, after other facts.
vote-short = {$go_on} of {$all} want more
vote-short-none = no votes yet
vote-own = Your vote: **{$choice}**. Press the other to change it.
vote-own-none = You have not voted. One vote each; you can change it or take it back.
vote-withdraw = Withdraw my vote
vote-counted = Your vote is counted
vote-withdrawn = Your vote is withdrawn
vote-not-there = You have no vote here
