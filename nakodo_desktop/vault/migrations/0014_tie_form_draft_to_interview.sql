-- A reason half typed in the middle of an interview goes on with that interview and ends with it. There may be no record
-- of the person yet, so it has no member to go with.
ALTER TABLE form_draft ADD COLUMN interview_id INTEGER REFERENCES interview (id) ON DELETE CASCADE;
CREATE INDEX form_draft_by_interview ON form_draft (interview_id) WHERE interview_id IS NOT NULL;
