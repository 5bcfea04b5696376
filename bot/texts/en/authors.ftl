# Who wrote a story: claimed, or asked by the mods, and linked once both agree. $reader is a mention, $title a title.

# To the manager who named an author.
author-change-asked = I asked {$reader} whether they wrote **{$title}**. They have 30 days to accept, in the DM that I sent them or in /author stories.
author-change-linked = {$reader} is linked to **{$title}** as its author.
author-change-unlinked = {$reader} is no longer linked to **{$title}**. Their own vote, reactions and reviews on it count again.

author-left = You're no longer linked to this story. Your own vote, reactions and reviews on it count again.
# A button on the panel of a story.
author-leave = Unlink me

author-claims = {$reader} says they wrote **{$title}**.
# In a channel that is open to all ages.
author-claims-veiled = {$reader} says they wrote an 18+ story. See which one with /manage author claims.
author-claim-sent = You claimed **{$title}**.
# $who answers the claim
author-answers = { $who ->
    [here] The mods have 30 days to answer. I'll DM you.
    [host] The bot owner has 30 days to answer. I'll DM you.
   *[elsewhere] The mods of the server it was uploaded in have 30 days to answer. I'll DM you.
  }
author-means = While you're linked to a story, your own vote, reactions and reviews on it don't count.
author-approve = Approve
author-refuse = Decline
# $number is that of the line in the list above.
author-approve-numbered = Approve {$number}
author-refuse-numbered = Decline {$number}
author-approved = Approved! {$reader} is linked once they accept.
author-refused = Declined. I'll let {$reader} know.

author-claims-title = Pending claims
author-no-claims = No pending claims.
# Below a list of the oldest.
author-more-claims = Answer these to see more.

# To a reader whom the mods named as an author, or whose claim was approved.
link-title = Did you write this?
# $who asks: a server, one whose name is not known, or the bot owner. $until says when it lapses, as "in 30 days".
link-ask = { $who ->
    [server] **{$number}.** The mods of **{$server}** say you wrote **{$title}**. Ends {$until}.
    [folder] **{$number}.** The bot owner says you wrote **{$title}**. Ends {$until}.
   *[unknown] **{$number}.** The mods of a server say you wrote **{$title}**. Ends {$until}.
  }
link-ask-veiled = { $who ->
    [server] **{$number}.** The mods of **{$server}** say you wrote an 18+ story. Ends {$until}.
    [folder] **{$number}.** The bot owner says you wrote an 18+ story. Ends {$until}.
   *[unknown] **{$number}.** The mods of a server say you wrote an 18+ story. Ends {$until}.
  }
link-claim = { $who ->
    [server] **{$number}.** The mods of **{$server}** approved your claim to **{$title}**. Ends {$until}.
    [folder] **{$number}.** The bot owner approved your claim to **{$title}**. Ends {$until}.
   *[unknown] **{$number}.** The mods of a server approved your claim to **{$title}**. Ends {$until}.
  }
link-claim-veiled = { $who ->
    [server] **{$number}.** The mods of **{$server}** approved your claim to an 18+ story. Ends {$until}.
    [folder] **{$number}.** The bot owner approved your claim to an 18+ story. Ends {$until}.
   *[unknown] **{$number}.** The mods of a server approved your claim to an 18+ story. Ends {$until}.
  }
link-means = If you accept, you can see its stats in /author stories, and change it there if it was uploaded. While you're linked, your own vote, reactions and reviews on it don't count. Nothing is deleted.
link-more = There are more in /author stories.
link-none = No questions to answer.
link-accept = Accept
link-decline = Decline
# $number is that of the line in the list above.
link-accept-numbered = Accept {$number}
link-decline-numbered = Decline {$number}
link-accepted = You're linked to **{$title}** as its author. See what you can do, or unlink yourself, with /author stories.
link-declined = You're not linked to **{$title}**, and nobody can ask you again for 6 months. If you wrote it after all, use /author claim.
link-refused = Your claim to **{$title}** was declined. You can claim it again in 30 days.
link-refused-veiled = Your claim to an 18+ story was declined. You can claim it again in 30 days.
