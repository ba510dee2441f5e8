-- What a vault needs before it holds a single member: its identity, the keys that outlive a rotation of the
-- database key, the people who may open it, and the log of what they did.

CREATE TABLE meta (
    id            INTEGER PRIMARY KEY CHECK (id = 1),
    vault_id      TEXT NOT NULL CHECK (length(vault_id) = 22),     -- as in the header
    header_epoch  INTEGER NOT NULL CHECK (header_epoch >= 0),      -- a header older than this was put back
    generation    INTEGER NOT NULL CHECK (generation >= 1),        -- the number in this database's file name
    last_generation INTEGER NOT NULL CHECK (last_generation >= generation), -- highest ever begun: none is used twice
    created_at    TEXT NOT NULL
) STRICT;

-- Random keys: audit (HMAC of the log), fingerprint (re-admission), signing (Ed25519 seed), one per association;
-- and the office key in use, so that it can be printed again and given to another PC by somebody who is already in.
CREATE TABLE secret (
    name  TEXT PRIMARY KEY CHECK (name <> ''),
    value BLOB NOT NULL CHECK (length(value) IN (16, 32))
) STRICT, WITHOUT ROWID;

CREATE TABLE staff (
    id         TEXT PRIMARY KEY CHECK (length(id) = 32),
    name       TEXT NOT NULL CHECK (trim(name) <> ''),
    role       TEXT NOT NULL CHECK (role IN ('head', 'matchmaker', 'clerk')),
    slot_id    TEXT UNIQUE,                                        -- NULL: no way in (disabled, removed, not yet given)
    is_active  INTEGER NOT NULL DEFAULT 1 CHECK (is_active IN (0, 1)),
    created_at TEXT NOT NULL,
    removed_at TEXT,                                               -- the row stays: the audit names it
    CHECK (is_active = 0 OR removed_at IS NULL),
    CHECK (is_active = 1 OR slot_id IS NULL)
) STRICT, WITHOUT ROWID;

-- The slots of the header as the database knows them: a slot that was removed must not come back with an old header.
CREATE TABLE header_slot (
    slot_id TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;

-- Every backup ever finished, so that the office knows which media to destroy after somebody left.
CREATE TABLE backup (
    name       TEXT NOT NULL,                                      -- of its folder
    place      TEXT NOT NULL,                                      -- the folder it was put into
    made_at    TEXT NOT NULL,
    seq        INTEGER NOT NULL,                                   -- the last audit entry in it
    sha256     TEXT NOT NULL CHECK (length(sha256) = 64),          -- of its database
    bytes      INTEGER NOT NULL CHECK (bytes > 0),
    expires_on TEXT NOT NULL,
    gone_at    TEXT,                                               -- pruned by us, or reported destroyed
    PRIMARY KEY (name, place)
) STRICT, WITHOUT ROWID;

CREATE TABLE audit (
    seq     INTEGER PRIMARY KEY,
    at      TEXT NOT NULL,                                         -- ISO 8601 with offset
    mono    INTEGER NOT NULL,                                      -- milliseconds of a clock nobody can set back
    actor   TEXT NOT NULL,                                         -- staff id; '' = the recovery code
    session TEXT NOT NULL,
    act     TEXT NOT NULL CHECK (act <> ''),
    subject TEXT NOT NULL,
    detail  TEXT NOT NULL CHECK (json_valid(detail)),              -- ids, catalogue keys, counts; never values
    prev    BLOB NOT NULL CHECK (length(prev) = 32),
    mac     BLOB NOT NULL CHECK (length(mac) = 32)
) STRICT;
CREATE INDEX audit_by_subject ON audit (subject, seq) WHERE subject <> '';
CREATE INDEX audit_by_act ON audit (act, seq);
CREATE INDEX audit_by_time ON audit (at);

CREATE TRIGGER audit_is_never_updated BEFORE UPDATE ON audit
BEGIN
    SELECT RAISE(ABORT, 'audit is append-only');
END;
CREATE TRIGGER audit_is_never_deleted BEFORE DELETE ON audit
BEGIN
    SELECT RAISE(ABORT, 'audit is append-only');
END;
CREATE TRIGGER audit_continues_the_chain BEFORE INSERT ON audit
BEGIN
    SELECT RAISE(ABORT, 'audit has no gap')
    WHERE NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM audit);
    SELECT RAISE(ABORT, 'audit chain is broken')
    WHERE NEW.prev IS NOT (SELECT coalesce((SELECT mac FROM audit ORDER BY seq DESC LIMIT 1), zeroblob(32)));
END;
