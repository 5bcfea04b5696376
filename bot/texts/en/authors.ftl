# Who wrote a story: claimed, and linked once the claim is approved. $reader is a mention, $title a title.

# To whoever unlinked an author.
author-unlinked = {$reader} is no longer linked to **{$title}**. Their own vote, reactions and reviews on it count again.

author-left = You're no longer linked to this story. Your own vote, reactions and reviews on it count again.
# A button on the panel of a story.
author-leave = Unlink me

author-claims = {$reader} says they wrote **{$title}**.
# In a channel that is open to all ages.
author-claims-veiled = {$reader} says they wrote an 18+ story. See which one with /manage author claims.
author-claim-sent = You claimed **{$title}**.
# $who answers the claim
author-answers = { $who ->
    [author] Its author has 30 days to answer, and the mods can after 7. I'll DM you.
    [uploader] Whoever uploaded it has 30 days to answer, and the mods can after 7. I'll DM you.
    [here] The mods have 30 days to answer. I'll DM you.
    [folder] The bot owner has 30 days to answer. I'll DM you.
   *[manager] The mods of the server it was uploaded in have 30 days to answer. I'll DM you.
  }
author-means = While you're linked to a story, your own vote, reactions and reviews on it don't count.
author-approve = Approve
author-refuse = Decline
# $number is that of the line in the list above.
author-approve-numbered = Approve {$number}
author-refuse-numbered = Decline {$number}
author-approved = Approved! {$reader} is linked as its author.
author-refused = Declined. I'll let {$reader} know.

author-claims-title = Pending claims
author-no-claims = No pending claims.
# Below a list of the oldest.
author-more-claims = Answer these to see more.

# To whoever claimed a story, by direct message.
claim-approved = Your claim to **{$title}** was approved, and you're linked to it as its author. See what you can do, or unlink yourself, with /author stories.
claim-approved-veiled = Your claim to an 18+ story was approved, and you're linked to it as its author. See what you can do, or unlink yourself, with /author stories.
claim-refused = Your claim to **{$title}** was declined. You can claim it again in 30 days.
claim-refused-veiled = Your claim to an 18+ story was declined. You can claim it again in 30 days.
