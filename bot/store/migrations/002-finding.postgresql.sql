-- Triggers count the uses, since facets also go with their story (ON DELETE CASCADE), where no code runs. They write to
-- facet_names alone, which has no trigger.
CREATE FUNCTION facet_added() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    UPDATE facet_names SET uses = uses + 1 WHERE kind = NEW.kind AND key = NEW.key;
    RETURN NULL;
END $$;
CREATE TRIGGER facet_added AFTER INSERT ON facets FOR EACH ROW EXECUTE FUNCTION facet_added();
CREATE FUNCTION facet_removed() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    UPDATE facet_names SET uses = uses - 1 WHERE kind = OLD.kind AND key = OLD.key;
    DELETE FROM facet_names WHERE kind = OLD.kind AND key = OLD.key AND uses < 1;
    RETURN NULL;
END $$;
CREATE TRIGGER facet_removed AFTER DELETE ON facets FOR EACH ROW EXECUTE FUNCTION facet_removed();

-- Where a text stands in another; SQLite has it.
CREATE FUNCTION instr(text, text) RETURNS bigint LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ SELECT strpos($1, $2) $$;
