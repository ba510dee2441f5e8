-- The signed sheet as a picture, when the office wants one beside the paper: re-encoded pixels only, one a sheet.

CREATE TABLE signed_scan (
    declaration_id INTEGER PRIMARY KEY REFERENCES declaration (id) ON DELETE CASCADE,
    jpeg BLOB NOT NULL,
    sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
    staff_id TEXT NOT NULL REFERENCES staff (id),
    taken_in_at TEXT NOT NULL
) STRICT;
