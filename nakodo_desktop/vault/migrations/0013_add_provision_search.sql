-- Somebody whose record is erased asks what was given of them: they know their pseudonym, their name or about when.
-- The record itself stays as it was. Earlier ones do not tell the pseudonym, and are found by the name as written.
DROP TRIGGER provision_is_immutable;
ALTER TABLE provision ADD COLUMN pseudonym TEXT NOT NULL DEFAULT ''; -- as the site showed it
ALTER TABLE provision ADD COLUMN search_pseudonym TEXT NOT NULL DEFAULT '';
ALTER TABLE provision ADD COLUMN search_person TEXT NOT NULL DEFAULT '';
UPDATE provision SET search_person = replace(replace(person, ' ', ''), '　', '');
CREATE TRIGGER provision_is_immutable BEFORE UPDATE ON provision
BEGIN SELECT RAISE(ABORT, 'a provision record never changes'); END;
CREATE INDEX provision_by_pseudonym ON provision (search_pseudonym, id);
CREATE INDEX provision_by_person ON provision (search_person, id);
CREATE INDEX provision_by_batch ON provision (batch_id, id); -- a batch that is dropped takes its records along, too
CREATE INDEX batch_by_day ON batch (day);
