-- Triggers count the uses, since facets also go with their story (ON DELETE CASCADE), where no code runs. They write to
-- facet_names alone, which has no trigger.
CREATE TRIGGER facet_added AFTER INSERT ON facets BEGIN
    UPDATE facet_names SET uses = uses + 1 WHERE kind = NEW.kind AND key = NEW.key;
END;
CREATE TRIGGER facet_removed AFTER DELETE ON facets BEGIN
    UPDATE facet_names SET uses = uses - 1 WHERE kind = OLD.kind AND key = OLD.key;
    DELETE FROM facet_names WHERE kind = OLD.kind AND key = OLD.key AND uses < 1;
END;
