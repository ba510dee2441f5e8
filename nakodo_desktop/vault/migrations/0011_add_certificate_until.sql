-- The list says what shows that a member is single. For whom a 独身証明書 was seen in place of the declaration, its last
-- day stands in the narrow row beside the declaration's own: list, filter, count and gate then read one truth.
ALTER TABLE member ADD COLUMN certificate_until TEXT CHECK (certificate_until GLOB '????-??-??');

-- Three months from the day it was seen, clamped to the end of the month: 11-30 gives 02-28 or 02-29.
UPDATE member SET certificate_until = (
    SELECT min(date(p.official_certificate_seen_on, '+3 months'),
               date(p.official_certificate_seen_on, 'start of month', '+4 months', '-1 day'))
    FROM profile p WHERE p.member_id = member.id AND p.single_status_proof = 'official_certificate'
        AND p.official_certificate_seen_on IS NOT NULL);
