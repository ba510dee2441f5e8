-- Proofs that were seen and handed back: of which kind, and who saw them. No number and no picture, here or anywhere.
ALTER TABLE profile ADD COLUMN income_proof_kind TEXT CHECK (income_proof_kind IN
    ('tax_return', 'tax_certificate', 'income_certificate', 'withholding_slip', 'other'));
ALTER TABLE profile ADD COLUMN income_proof_seen_by TEXT;
ALTER TABLE profile ADD COLUMN license_kind TEXT CHECK (license_kind IN
    ('doctor', 'dentist', 'pharmacist', 'nurse', 'lawyer', 'judicial_scrivener', 'tax_accountant', 'accountant', 'other'));
ALTER TABLE profile ADD COLUMN license_seen_by TEXT;

-- The last question of an interview belongs to its draft like every answer.
ALTER TABLE interview ADD COLUMN publish INTEGER NOT NULL DEFAULT 0 CHECK (publish IN (0, 1));
