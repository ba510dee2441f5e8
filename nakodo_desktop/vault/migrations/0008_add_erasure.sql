-- Whom the office erased, so that it stays erased: the ledger outlives the member and survives every restore. It knows the
-- opaque uid, a class of records, a moment and a code, and nothing of the person. A hold keeps a record whatever is due.

CREATE TABLE erasure (
    uid TEXT NOT NULL CHECK (uid <> ''),
    record TEXT NOT NULL CHECK (record IN ('photo', 'profile', 'contract', 'provision')),
    at TEXT NOT NULL, -- a moment
    reason TEXT NOT NULL CHECK (reason IN ('period', 'request')),
    -- pending: deleted, but the pages may still lie in the log beside the database; purged: they are overwritten;
    -- backups_expired: no backup from before it is out there any more.
    state TEXT NOT NULL CHECK (state IN ('pending', 'purged', 'backups_expired')),
    PRIMARY KEY (uid, record, at)
) STRICT, WITHOUT ROWID;
CREATE INDEX erasure_by_state ON erasure (state, at);
CREATE TRIGGER erasure_is_kept BEFORE DELETE ON erasure
BEGIN SELECT RAISE(ABORT, 'an erasure is never forgotten'); END;
CREATE TRIGGER erasure_only_progresses BEFORE UPDATE ON erasure
WHEN (NEW.uid, NEW.record, NEW.at, NEW.reason) IS NOT (OLD.uid, OLD.record, OLD.at, OLD.reason)
    OR (OLD.state, NEW.state) NOT IN (VALUES ('pending', 'purged'), ('purged', 'backups_expired'))
BEGIN SELECT RAISE(ABORT, 'an erasure only goes on'); END;

CREATE TABLE legal_hold (
    member_id INTEGER PRIMARY KEY REFERENCES member (id) ON DELETE CASCADE,
    reason TEXT NOT NULL CHECK (reason <> ''),
    staff_id TEXT NOT NULL REFERENCES staff (id),
    held_at TEXT NOT NULL
) STRICT;
CREATE TRIGGER member_on_hold_is_kept BEFORE DELETE ON member
WHEN EXISTS (SELECT 1 FROM legal_hold WHERE member_id = OLD.id)
BEGIN SELECT RAISE(ABORT, 'a member on hold is kept'); END;

-- The highest running number of an interview that is gone: an erased member's is not given to somebody else.
CREATE TABLE number_given (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    highest INTEGER NOT NULL
) STRICT;
CREATE TRIGGER interview_number_is_used_up AFTER DELETE ON interview
BEGIN
    INSERT INTO number_given (id, highest) VALUES (1, OLD.number)
    ON CONFLICT (id) DO UPDATE SET highest = max(highest, excluded.highest);
END;

-- Until now `date('now')`, which is the day in Greenwich; the day that counts is the newest of the log, as on the wall.
DROP TRIGGER provision_is_kept;
CREATE TRIGGER provision_is_kept BEFORE DELETE ON provision
WHEN OLD.retain_until >= (SELECT date(at, 'localtime') FROM audit ORDER BY seq DESC LIMIT 1)
    AND (SELECT state FROM batch WHERE id = OLD.batch_id) = 'delivered'
BEGIN SELECT RAISE(ABORT, 'a provision record is kept until its last day'); END;
