-- Every suspicion ever recorded, and how it ended; `declaration.false_reason` says only what is suspected now.

CREATE TABLE suspicion (
    id INTEGER PRIMARY KEY,
    declaration_id INTEGER NOT NULL REFERENCES declaration (id) ON DELETE CASCADE,
    reason TEXT NOT NULL CHECK (reason <> ''),
    staff_id TEXT REFERENCES staff (id), -- NULL: recorded before this table, by somebody only the log may know
    suspected_at TEXT NOT NULL,
    lifted_because TEXT CHECK (lifted_because <> ''),
    lifted_by TEXT REFERENCES staff (id),
    lifted_at TEXT,
    CHECK ((lifted_because IS NULL) = (lifted_at IS NULL) AND (lifted_by IS NULL) = (lifted_at IS NULL))
) STRICT;
CREATE INDEX suspicion_by_declaration ON suspicion (declaration_id, id);
CREATE UNIQUE INDEX suspicion_is_one_at_a_time ON suspicion (declaration_id) WHERE lifted_at IS NULL;

INSERT INTO suspicion (declaration_id, reason, staff_id, suspected_at)
SELECT d.id, d.false_reason, (SELECT s.id FROM staff s WHERE s.id = a.actor), coalesce(a.at, d.created_at)
FROM declaration d LEFT JOIN audit a ON a.seq = (SELECT max(seq) FROM audit
    WHERE act = 'declaration.suspect' AND json_extract(detail, '$.declaration') = d.id)
WHERE d.state = 'false_suspected';
