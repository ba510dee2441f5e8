-- Declarations, what was printed, what was given to the site, and the records the law asks for about it.

CREATE TABLE declaration (
    id INTEGER PRIMARY KEY,
    number TEXT NOT NULL UNIQUE,
    member_id INTEGER NOT NULL REFERENCES member (id) ON DELETE CASCADE,
    state TEXT NOT NULL CHECK (state IN ('draft', 'printed', 'signed', 'expired', 'superseded', 'false_suspected')),
    form_version TEXT NOT NULL,
    form_sha256 TEXT NOT NULL,
    facts TEXT NOT NULL CHECK (json_valid(facts)), -- what the sheet said: an old text prints again byte for byte
    pdf_sha256 TEXT NOT NULL,
    created_at TEXT NOT NULL,
    printed_at TEXT,
    signed_on TEXT CHECK (signed_on GLOB '????-??-??'),
    place TEXT,
    method TEXT CHECK (method IN ('in_person', 'online')),
    witness_staff_id TEXT REFERENCES staff (id),
    identity_document TEXT,
    filed_at TEXT, -- the binder or shelf, in words
    valid_until TEXT CHECK (valid_until GLOB '????-??-??'),
    superseded_by INTEGER REFERENCES declaration (id) ON DELETE SET NULL,
    false_reason TEXT,
    -- Printing is not signing: a signed sheet has all five facts.
    CHECK (state <> 'signed' OR (signed_on IS NOT NULL AND place IS NOT NULL AND method IS NOT NULL
        AND witness_staff_id IS NOT NULL AND identity_document IS NOT NULL AND valid_until IS NOT NULL)),
    CHECK (state <> 'false_suspected' OR false_reason IS NOT NULL)
) STRICT;
CREATE INDEX declaration_by_member ON declaration (member_id, id);
CREATE INDEX declaration_due ON declaration (state, valid_until);

CREATE TABLE print_log (
    id INTEGER PRIMARY KEY,
    declaration_id INTEGER NOT NULL REFERENCES declaration (id) ON DELETE CASCADE,
    output TEXT NOT NULL CHECK (output IN ('printer', 'pdf')),
    copies INTEGER NOT NULL CHECK (copies BETWEEN 1 AND 20),
    staff_id TEXT NOT NULL REFERENCES staff (id),
    printed_at TEXT NOT NULL
) STRICT;
CREATE INDEX print_log_by_declaration ON print_log (declaration_id, id);

-- One bundle. It is written down with everything it holds before its file gets a name (`writing`) and confirmed when
-- the file lies whole in the folder (`delivered`): a crash in between leaves a row that can be settled either way.
-- The recipient is written down as it was that day (個情法29条, 規則20条1項2号).
CREATE TABLE batch (
    id INTEGER PRIMARY KEY,
    seq INTEGER NOT NULL UNIQUE,
    state TEXT NOT NULL CHECK (state IN ('writing', 'delivered')),
    folder TEXT NOT NULL,
    name TEXT NOT NULL UNIQUE,
    day TEXT NOT NULL CHECK (day GLOB '????-??-??'),
    rule_version TEXT NOT NULL,
    recipient_code TEXT NOT NULL,
    recipient_name TEXT NOT NULL,
    recipient_address TEXT NOT NULL,
    recipient_representative TEXT NOT NULL,
    profile_count INTEGER NOT NULL,
    removal_count INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    staff_id TEXT NOT NULL REFERENCES staff (id),
    created_at TEXT NOT NULL
) STRICT;

-- What of whom was in a bundle, or was taken off by it.
CREATE TABLE batch_entry (
    batch_id INTEGER NOT NULL REFERENCES batch (id) ON DELETE CASCADE,
    member_uid TEXT NOT NULL,
    site_id TEXT NOT NULL,
    change TEXT NOT NULL CHECK (change IN ('new', 'changed', 'unchanged', 'removed')),
    content_sha256 TEXT NOT NULL,
    PRIMARY KEY (member_uid, batch_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX batch_entry_by_batch ON batch_entry (batch_id);

-- 第三者提供記録: never changed, and kept after the member is erased (member_uid is opaque; the name is the law's ③).
CREATE TABLE provision (
    id INTEGER PRIMARY KEY,
    member_uid TEXT NOT NULL,
    person TEXT NOT NULL,
    batch_id INTEGER NOT NULL REFERENCES batch (id) ON DELETE CASCADE,
    provided_on TEXT NOT NULL CHECK (provided_on GLOB '????-??-??'),
    recipient_name TEXT NOT NULL,
    recipient_address TEXT NOT NULL,
    recipient_representative TEXT NOT NULL,
    items TEXT NOT NULL CHECK (json_valid(items)),
    consent_text_version TEXT NOT NULL,
    consented_on TEXT NOT NULL,
    rule_version TEXT NOT NULL,
    bundle_sha256 TEXT NOT NULL,
    retain_until TEXT NOT NULL CHECK (retain_until GLOB '????-??-??')
) STRICT;
CREATE INDEX provision_by_member ON provision (member_uid, id);
CREATE INDEX provision_by_end ON provision (retain_until);
CREATE TRIGGER provision_is_immutable BEFORE UPDATE ON provision
BEGIN SELECT RAISE(ABORT, 'a provision record never changes'); END;
CREATE TRIGGER provision_is_kept BEFORE DELETE ON provision
WHEN OLD.retain_until >= date('now')
    AND (SELECT state FROM batch WHERE id = OLD.batch_id) = 'delivered'
BEGIN SELECT RAISE(ABORT, 'a provision record is kept until its last day'); END;
CREATE TRIGGER batch_is_kept BEFORE DELETE ON batch WHEN OLD.state = 'delivered'
BEGIN SELECT RAISE(ABORT, 'a delivered batch is kept'); END;
CREATE TRIGGER batch_is_immutable BEFORE UPDATE ON batch WHEN OLD.state = 'delivered'
BEGIN SELECT RAISE(ABORT, 'a delivered batch never changes'); END;
CREATE TRIGGER batch_entry_is_immutable BEFORE UPDATE ON batch_entry
BEGIN SELECT RAISE(ABORT, 'what was in a batch never changes'); END;
CREATE TRIGGER batch_entry_is_kept BEFORE DELETE ON batch_entry
WHEN (SELECT state FROM batch WHERE id = OLD.batch_id) = 'delivered'
BEGIN SELECT RAISE(ABORT, 'what was in a delivered batch is kept'); END;

-- A doubtful but not blocking finding in a text that leaves: why it may leave all the same.
CREATE TABLE text_release (
    id INTEGER PRIMARY KEY,
    member_id INTEGER NOT NULL REFERENCES member (id) ON DELETE CASCADE,
    field_key TEXT NOT NULL,
    finding TEXT NOT NULL, -- the characters found
    text_sha256 TEXT NOT NULL, -- of the text it was decided about; another text asks again
    reason TEXT NOT NULL,
    staff_id TEXT NOT NULL REFERENCES staff (id),
    released_at TEXT NOT NULL
) STRICT;
CREATE INDEX text_release_by_member ON text_release (member_id, field_key);

-- What a member is shown more coarsely than the rules demand; holds from batch to batch until it is taken back.
CREATE TABLE coarsening (
    member_id INTEGER NOT NULL REFERENCES member (id) ON DELETE CASCADE,
    kind TEXT NOT NULL CHECK (kind IN ('band_measures', 'hide_city', 'group_industry')),
    staff_id TEXT NOT NULL REFERENCES staff (id),
    decided_at TEXT NOT NULL,
    PRIMARY KEY (member_id, kind)
) STRICT, WITHOUT ROWID;
