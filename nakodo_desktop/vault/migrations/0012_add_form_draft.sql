-- What was half typed into a form when somebody was interrupted; interviews have their own drafts. Never a secret:
-- forms that ask for a passphrase keep nothing. A member's drafts go with the member.
CREATE TABLE form_draft (
    form TEXT NOT NULL, -- which form, and of which thing: 'office', 'signing:12'
    staff_id TEXT NOT NULL REFERENCES staff (id),
    member_id INTEGER REFERENCES member (id) ON DELETE CASCADE,
    answers TEXT NOT NULL CHECK (json_valid(answers)), -- the touched fields alone
    saved_at TEXT NOT NULL,
    PRIMARY KEY (form, staff_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX form_draft_by_member ON form_draft (member_id) WHERE member_id IS NOT NULL;
