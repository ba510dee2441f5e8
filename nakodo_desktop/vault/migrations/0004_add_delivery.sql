-- How bundles reach the one association of this vault, who must agree to a batch, and locks on the recipient: after the
-- first batch its code is no setting any more, and no batch can be written down for another one.

CREATE TABLE delivery (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    kind TEXT NOT NULL CHECK (kind IN ('folder', 'sftp', 'https')),
    host TEXT NOT NULL,
    port INTEGER NOT NULL CHECK (port BETWEEN 0 AND 65535), -- 0: the usual one
    path TEXT NOT NULL,
    user_name TEXT NOT NULL,
    password TEXT NOT NULL, -- HTTPS only; for SFTP the office has a key of its own (secret 'delivery')
    fingerprint TEXT NOT NULL, -- of the server's key or certificate, as the association read it out
    association_key TEXT NOT NULL, -- age1…; '' leaves bundles unsealed
    needs_second_approval INTEGER NOT NULL CHECK (needs_second_approval IN (0, 1)),
    -- No server without a fingerprint: nothing could tell it from another one.
    CHECK (kind = 'folder' OR (host <> '' AND fingerprint <> ''))
) STRICT;

ALTER TABLE batch ADD COLUMN approved_by TEXT REFERENCES staff (id) CHECK (approved_by <> staff_id);

CREATE TRIGGER recipient_is_fixed BEFORE UPDATE ON office
WHEN NEW.recipient_code <> OLD.recipient_code AND EXISTS (SELECT 1 FROM batch)
BEGIN SELECT RAISE(ABORT, 'the recipient is fixed by the first batch'); END;
CREATE TRIGGER office_is_kept BEFORE DELETE ON office WHEN EXISTS (SELECT 1 FROM batch)
BEGIN SELECT RAISE(ABORT, 'the office and its recipient stay'); END;
CREATE TRIGGER batch_goes_to_the_recipient BEFORE INSERT ON batch
WHEN NEW.recipient_code <> (SELECT recipient_code FROM office)
BEGIN SELECT RAISE(ABORT, 'a batch goes to the recipient of this vault'); END;
CREATE TRIGGER batch_has_its_approval BEFORE INSERT ON batch
WHEN NEW.approved_by IS NULL AND (SELECT needs_second_approval FROM delivery) = 1
BEGIN SELECT RAISE(ABORT, 'a batch needs a second person'); END;
