-- Since when a member stands where they stand: at 真剣交際 a signature is asked for, however fresh the last one is.
-- A trigger, because no deed that changes the status may forget it.

ALTER TABLE member ADD COLUMN status_since TEXT; -- a moment; NULL: never changed since the record was made

UPDATE member SET status_since = (SELECT max(at) FROM audit WHERE act = 'member.status' AND subject = member.uid);

CREATE TRIGGER member_status_has_its_moment AFTER UPDATE OF status ON member WHEN NEW.status <> OLD.status
BEGIN
    UPDATE member SET status_since = NEW.updated_at WHERE id = NEW.id;
END;
