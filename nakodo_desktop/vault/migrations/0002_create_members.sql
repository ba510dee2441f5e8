-- Members and everything about them. `member` is narrow (list, search and filter read nothing else);
-- `profile` and `special_care` have one column a catalogue field, so that the catalogue and the schema can be compared.
-- Dates are ISO-8601 text, moments are UTC ISO-8601 text. Text is stored as typed; only search columns are folded.

CREATE TABLE office (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    representative TEXT NOT NULL,
    postal_code TEXT NOT NULL,
    address TEXT NOT NULL,
    phone TEXT NOT NULL,
    lawyer_name TEXT NOT NULL,
    redeclare_months INTEGER NOT NULL CHECK (redeclare_months BETWEEN 1 AND 12),
    recipient_code TEXT NOT NULL,
    recipient_name TEXT NOT NULL,
    recipient_address TEXT NOT NULL,
    recipient_representative TEXT NOT NULL,
    is_demo INTEGER NOT NULL CHECK (is_demo IN (0, 1)),
    bands_measures INTEGER NOT NULL CHECK (bands_measures IN (0, 1)),
    small_city_area TEXT NOT NULL CHECK (small_city_area IN ('city', 'prefecture')),
    small_city_occupation TEXT NOT NULL CHECK (small_city_occupation IN ('industry', 'group'))
) STRICT;

CREATE TABLE member (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE, -- opaque; the only name the audit log and the erasure ledger know
    number TEXT NOT NULL UNIQUE,
    status TEXT NOT NULL CHECK (status IN
        ('pre_publish', 'omiai', 'pre_courtship', 'serious', 'paused', 'withdrawn', 'married_out')),
    legal_name TEXT NOT NULL,
    kana TEXT NOT NULL,
    sex TEXT NOT NULL CHECK (sex IN ('female', 'male')),
    birth_date TEXT NOT NULL CHECK (birth_date GLOB '????-??-??'),
    residence TEXT NOT NULL,
    sort_kana TEXT NOT NULL,
    search_name TEXT NOT NULL,
    search_kana TEXT NOT NULL,
    search_number TEXT NOT NULL,
    search_phone TEXT NOT NULL,
    declaration_state TEXT CHECK (declaration_state IN
        ('draft', 'printed', 'signed', 'expired', 'superseded', 'false_suspected')),
    declaration_valid_until TEXT,
    joined_on TEXT NOT NULL,
    last_interview_on TEXT NOT NULL,
    version INTEGER NOT NULL,
    updated_at TEXT NOT NULL
) STRICT;
CREATE INDEX member_by_kana ON member (sort_kana, id);
CREATE INDEX member_by_status ON member (status, sort_kana, id);

CREATE TABLE interview (
    id INTEGER PRIMARY KEY,
    number INTEGER NOT NULL, -- the running number the member gets; a follow-up repeats it
    kind TEXT NOT NULL CHECK (kind IN ('intake', 'follow_up')),
    member_id INTEGER REFERENCES member (id) ON DELETE CASCADE,
    state TEXT NOT NULL CHECK (state IN ('in_progress', 'finished', 'abandoned')),
    step TEXT NOT NULL,
    visited TEXT NOT NULL CHECK (json_valid(visited)),
    answers TEXT NOT NULL CHECK (json_valid(answers)),
    staff_id TEXT NOT NULL REFERENCES staff (id),
    started_at TEXT NOT NULL,
    saved_at TEXT NOT NULL,
    finished_at TEXT,
    version INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX interview_number ON interview (number) WHERE kind = 'intake';
CREATE INDEX interview_by_state ON interview (state, saved_at);
CREATE INDEX interview_by_member ON interview (member_id);

CREATE TABLE profile (
    member_id INTEGER PRIMARY KEY REFERENCES member (id) ON DELETE CASCADE,
    family_name TEXT,
    given_name TEXT,
    family_kana TEXT,
    given_kana TEXT,
    birth_date TEXT CHECK (birth_date GLOB '????-??-??'),
    sex TEXT CHECK (sex IN ('female', 'male')),
    postal_code TEXT,
    phone TEXT,
    municipality TEXT,
    address_line TEXT,
    email TEXT,
    origin_prefecture TEXT CHECK (origin_prefecture IN ('01', '02', '03', '04', '05', '06', '07', '08', '09', '10', '11', '12', '13', '14', '15', '16', '17', '18', '19', '20', '21', '22', '23', '24', '25', '26', '27', '28', '29', '30', '31', '32', '33', '34', '35', '36', '37', '38', '39', '40', '41', '42', '43', '44', '45', '46', '47')),
    contact_note TEXT,
    employment_type TEXT CHECK (employment_type IN ('regular', 'public', 'contract', 'dispatched', 'part_time', 'self_employed', 'director', 'freelance', 'none')),
    employer_name TEXT,
    occupation TEXT,
    industry TEXT CHECK (industry IN ('agriculture', 'construction', 'manufacturing', 'utilities', 'information', 'transport', 'trade', 'finance', 'real_estate', 'professional', 'hospitality', 'lifestyle', 'education', 'care', 'compound', 'other_services', 'national_government', 'local_government', 'self_employed', 'other')),
    job_type TEXT CHECK (job_type IN ('clerical', 'sales', 'engineering', 'research', 'medical', 'care', 'teaching', 'retail', 'production', 'driving', 'management', 'licensed', 'other')),
    annual_income_man_yen INTEGER,
    income_proof_seen INTEGER CHECK (income_proof_seen IN (0, 1)),
    income_proof_seen_on TEXT CHECK (income_proof_seen_on GLOB '????-??-??'),
    license_seen INTEGER CHECK (license_seen IN (0, 1)),
    license_seen_on TEXT CHECK (license_seen_on GLOB '????-??-??'),
    education_level TEXT CHECK (education_level IN ('junior_high', 'high_school', 'vocational', 'junior_college', 'university', 'graduate')),
    education_on_site TEXT CHECK (education_on_site IN ('high_school', 'vocational', 'university')),
    school_name TEXT,
    qualifications TEXT,
    skills TEXT,
    marital_history TEXT CHECK (marital_history IN ('never', 'divorced', 'widowed')),
    marriage_count INTEGER,
    children TEXT CHECK (children IN ('none', 'together', 'apart')),
    children_count INTEGER,
    single_status_proof TEXT CHECK (single_status_proof IN ('signed_declaration', 'official_certificate', 'both')),
    official_certificate_seen_on TEXT CHECK (official_certificate_seen_on GLOB '????-??-??'),
    family_members TEXT CHECK (json_valid(family_members)),
    lives_with TEXT CHECK (lives_with IN ('parents', 'alone', 'others')),
    birth_order TEXT CHECK (birth_order IN ('first_son', 'second_son', 'later_son', 'first_daughter', 'second_daughter', 'later_daughter')),
    cohabit_wish TEXT CHECK (cohabit_wish IN ('yes', 'no', 'discuss')),
    height_cm INTEGER,
    weight_kg INTEGER,
    hobbies TEXT,
    drinking TEXT CHECK (drinking IN ('never', 'sometimes', 'often')),
    smoking TEXT CHECK (smoking IN ('never', 'electronic', 'smokes')),
    relocation TEXT CHECK (relocation IN ('yes', 'within_prefecture', 'no')),
    view_home TEXT,
    view_dual_income TEXT CHECK (view_dual_income IN ('both', 'one', 'discuss')),
    view_children TEXT CHECK (view_children IN ('yes', 'no', 'discuss')),
    view_housework TEXT,
    view_money TEXT,
    self_pr TEXT,
    agent_pr TEXT,
    wish_age TEXT CHECK (json_valid(wish_age)),
    wish_area TEXT CHECK (json_valid(wish_area)),
    wish_height TEXT CHECK (json_valid(wish_height)),
    wish_education TEXT CHECK (json_valid(wish_education)),
    wish_marital_history TEXT CHECK (json_valid(wish_marital_history)),
    wish_children TEXT CHECK (json_valid(wish_children)),
    wish_smoking TEXT CHECK (json_valid(wish_smoking)),
    wish_religion TEXT CHECK (json_valid(wish_religion)),
    wish_cohabitation TEXT CHECK (json_valid(wish_cohabitation)),
    referral_source TEXT CHECK (referral_source IN ('acquaintance', 'member', 'web', 'flyer', 'other')),
    motive TEXT CHECK (motive IN ('age', 'no_meeting', 'serious', 'family', 'other')),
    search_history TEXT CHECK (search_history IN ('first', 'agency', 'app', 'both')),
    other_agency TEXT CHECK (other_agency IN ('no', 'yes')),
    pseudonym TEXT,
    show_birth_month_day INTEGER CHECK (show_birth_month_day IN (0, 1)),
    show_school_name INTEGER CHECK (show_school_name IN (0, 1)),
    interview_note TEXT
) STRICT;

-- 要配慮個人情報 (個情法2条3項) in a table of its own: who may not see it is never handed a row of it.
CREATE TABLE special_care (
    member_id INTEGER PRIMARY KEY REFERENCES member (id) ON DELETE CASCADE,
    new_religion_flag TEXT CHECK (new_religion_flag IN ('no', 'yes', 'declined')),
    religion_note TEXT,
    disability_flag TEXT CHECK (disability_flag IN ('no', 'yes', 'declined')),
    health_note TEXT CHECK (health_note IN ('good', 'in_treatment', 'declined'))
) STRICT;

-- 個情法21条2項: what was shown, in which version, before anything was taken in.
CREATE TABLE purpose_notice (
    member_id INTEGER PRIMARY KEY REFERENCES member (id) ON DELETE CASCADE,
    purpose_shown INTEGER CHECK (purpose_shown IN (0, 1)),
    purpose_shown_on TEXT CHECK (purpose_shown_on GLOB '????-??-??'),
    text_version TEXT NOT NULL,
    staff_id TEXT NOT NULL REFERENCES staff (id)
) STRICT;

-- An identity document was seen and handed back. No column may ever hold a number or an image of it.
CREATE TABLE identity_check (
    id INTEGER PRIMARY KEY,
    member_id INTEGER NOT NULL REFERENCES member (id) ON DELETE CASCADE,
    identity_document TEXT CHECK (identity_document IN ('driving_licence', 'my_number_card', 'passport', 'residence_card')),
    identity_seen_on TEXT CHECK (identity_seen_on GLOB '????-??-??'),
    identity_mode TEXT CHECK (identity_mode IN ('in_person', 'online')),
    identity_name_matches INTEGER CHECK (identity_name_matches IN (0, 1)),
    identity_birth_matches INTEGER CHECK (identity_birth_matches IN (0, 1)),
    identity_photo_matches INTEGER CHECK (identity_photo_matches IN (0, 1)),
    identity_returned INTEGER CHECK (identity_returned IN (0, 1)),
    staff_id TEXT NOT NULL REFERENCES staff (id),
    recorded_at TEXT NOT NULL
) STRICT;
CREATE INDEX identity_check_by_member ON identity_check (member_id);

-- One row an answer; a withdrawal is noted on the row, a new answer is a new row (個情法20条2項・27条).
CREATE TABLE consent (
    id INTEGER PRIMARY KEY,
    member_id INTEGER NOT NULL REFERENCES member (id) ON DELETE CASCADE,
    scope TEXT NOT NULL CHECK (scope IN
        ('consent_provide', 'consent_contact_exchange', 'consent_declaration_use', 'consent_collect_religion', 'consent_disclose_religion', 'consent_collect_disability', 'consent_disclose_disability', 'consent_collect_health')),
    answer TEXT NOT NULL CHECK (answer IN ('given', 'refused')),
    text_version TEXT NOT NULL,
    consent_method TEXT NOT NULL CHECK (consent_method IN ('paper', 'spoken', 'online')),
    consented_on TEXT NOT NULL CHECK (consented_on GLOB '????-??-??'),
    staff_id TEXT NOT NULL REFERENCES staff (id),
    recorded_at TEXT NOT NULL,
    withdrawn_on TEXT CHECK (withdrawn_on GLOB '????-??-??'),
    withdrawn_by TEXT REFERENCES staff (id)
) STRICT;
CREATE INDEX consent_by_member ON consent (member_id, scope, id);

-- Re-encoded pixels only; the file that was brought in is never kept.
CREATE TABLE photo (
    id TEXT PRIMARY KEY,
    interview_id INTEGER REFERENCES interview (id) ON DELETE CASCADE,
    member_id INTEGER REFERENCES member (id) ON DELETE CASCADE,
    kind TEXT NOT NULL CHECK (kind IN ('photo_upper', 'photo_full')),
    jpeg BLOB NOT NULL,
    thumbnail BLOB NOT NULL,
    width_px INTEGER NOT NULL,
    height_px INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    staff_id TEXT NOT NULL REFERENCES staff (id),
    taken_in_at TEXT NOT NULL,
    checked_by TEXT REFERENCES staff (id), -- uniform, name plate, house number, bystanders: looked at
    checked_at TEXT
) STRICT;
CREATE INDEX photo_by_member ON photo (member_id, kind);
CREATE INDEX photo_by_interview ON photo (interview_id, kind);

-- What a later interview or a correction changed, with who and when.
CREATE TABLE profile_change (
    id INTEGER PRIMARY KEY,
    member_id INTEGER NOT NULL REFERENCES member (id) ON DELETE CASCADE,
    field_key TEXT NOT NULL,
    old_value TEXT,
    new_value TEXT,
    staff_id TEXT NOT NULL REFERENCES staff (id),
    changed_at TEXT NOT NULL
) STRICT;
CREATE INDEX profile_change_by_member ON profile_change (member_id, id);
