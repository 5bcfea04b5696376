-- Decks of the quotes of all stories, from before a story is drawn first and then its quote, are read no more. The decks
-- of the stories themselves have a scope that ends in ':any'.

DELETE FROM quote_decks WHERE story_id = 0 AND scope NOT LIKE '%:any';
