-- What the member and the office decide about the site beyond the items of its form.

-- Words the member does not want to be found by: あだ名, ご家族の名前, 最寄りの駅. Never leaves; the leak scan reads it.
ALTER TABLE profile ADD COLUMN unwanted_words TEXT;

-- 「回答しない」 keeps a member off the site until the office has decided to show it.
ALTER TABLE office ADD COLUMN declined_on_site TEXT NOT NULL DEFAULT 'block'
    CHECK (declined_on_site IN ('block', 'show'));

-- The office's own judgement on a 市, over the class by law. To show more, words are needed.
CREATE TABLE area_override (
    code TEXT PRIMARY KEY CHECK (code GLOB '[0-9][0-9][0-9][0-9][0-9]'),
    area_class TEXT NOT NULL CHECK (area_class IN ('large', 'small_city')),
    reason TEXT NOT NULL,
    staff_id TEXT NOT NULL REFERENCES staff (id),
    marked_on TEXT NOT NULL CHECK (marked_on GLOB '????-??-??'),
    CHECK (area_class = 'small_city' OR trim(reason) <> '')
) STRICT, WITHOUT ROWID;

-- Nobody chose this code: set-up used to fill it in. An office that has given nothing yet is asked for the real one.
UPDATE office SET recipient_code = '' WHERE recipient_code = 'ASSOC' AND NOT EXISTS (SELECT 1 FROM batch);

-- The association may come to be called otherwise and is still the same one: only for a reason that is kept.
CREATE TABLE recipient_rename (
    id INTEGER PRIMARY KEY,
    old_name TEXT NOT NULL,
    new_name TEXT NOT NULL,
    reason TEXT NOT NULL CHECK (trim(reason) <> ''),
    staff_id TEXT NOT NULL REFERENCES staff (id),
    renamed_at TEXT NOT NULL
) STRICT;
CREATE TRIGGER recipient_rename_never_changes BEFORE UPDATE ON recipient_rename
BEGIN SELECT RAISE(ABORT, 'the reason for a new name stays'); END;
CREATE TRIGGER recipient_rename_is_kept BEFORE DELETE ON recipient_rename
BEGIN SELECT RAISE(ABORT, 'the reason for a new name stays'); END;

CREATE TRIGGER recipient_keeps_its_name BEFORE UPDATE ON office
WHEN NEW.recipient_name <> OLD.recipient_name AND EXISTS (SELECT 1 FROM batch) AND NOT EXISTS (
    SELECT 1 FROM recipient_rename WHERE id = (SELECT max(id) FROM recipient_rename)
    AND old_name = OLD.recipient_name AND new_name = NEW.recipient_name)
BEGIN SELECT RAISE(ABORT, 'the recipient has another name only for a reason'); END;
CREATE TRIGGER batch_names_the_recipient BEFORE INSERT ON batch
WHEN EXISTS (SELECT 1 FROM office WHERE recipient_code = '' OR recipient_name <> NEW.recipient_name
    OR recipient_address <> NEW.recipient_address OR recipient_representative <> NEW.recipient_representative)
BEGIN SELECT RAISE(ABORT, 'a batch names the recipient of this vault'); END;
