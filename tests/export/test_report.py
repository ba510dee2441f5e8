"""What `verify` tells a person and a program."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from nakodo_desktop.export.findings import Finding, Reason
from nakodo_desktop.export.report import Report, report_json, report_lines
from nakodo_desktop.export.signing import fingerprint, public_key_of
from nakodo_desktop.export.verify import Expected, verify_bundle
from tests.bundlekit import KNOWN, SIGNING_KEY, TODAY, made, site_profiles

FINGERPRINT = fingerprint(public_key_of(SIGNING_KEY))


def checked(folder: Path, data: bytes | None = None, *, expected: Expected = KNOWN) -> Report:
    path = folder / "bundle.zip"
    path.write_bytes(made().to_bytes() if data is None else data)
    return verify_bundle(path, expected=expected)


def test_good_bundle_is_told_in_words(tmp_path: Path):
    text = "\n".join(report_lines(checked(tmp_path)))
    assert "問題ありません" in text
    assert "お試し相談所（OTAMESHI-01）" in text
    assert "見本協会（mihon-kyokai）" in text
    assert "掲載 3名、写真 6枚、取り下げ 0名" in text
    assert "※" not in text


def test_what_nobody_gave_to_check_against_is_told(tmp_path: Path):
    report = checked(tmp_path, expected=Expected(today=TODAY))
    assert report.is_ok
    assert len(report.notices) == 3
    assert FINGERPRINT in report.notices[0]


def test_office_is_known_by_the_fingerprint_heard_on_the_telephone(tmp_path: Path):
    assert checked(tmp_path, expected=replace(KNOWN, issuer_key=FINGERPRINT)).is_ok
    other = replace(KNOWN, issuer_key=FINGERPRINT.replace(FINGERPRINT[0], "7" if FINGERPRINT[0] != "7" else "3"))
    assert [finding.reason for finding in checked(tmp_path, expected=other).findings] == [Reason.WRONG_SIGNER]


def test_bad_bundle_is_told_in_words(tmp_path: Path):
    data = made().to_bytes()
    lines = report_lines(checked(tmp_path, data[:-1]))
    assert lines[0].endswith("使えません。取り込まないでください。")
    assert any("途中で切れています" in line for line in lines)


def test_no_profile_is_handed_on_from_a_bundle_that_is_refused(tmp_path: Path):
    report = checked(tmp_path, expected=replace(KNOWN, recipient_code="betsu-kyokai"))
    assert not report.is_ok
    assert report.shown == ()
    assert [one.profile for one in checked(tmp_path).shown] == sorted(site_profiles(), key=lambda row: row.site_id)


def test_program_reads_codes_and_facts_and_no_profile(tmp_path: Path):
    told = json.loads(report_json(checked(tmp_path)))
    assert told["ok"] is True
    assert told["findings"] == []
    assert told["facts"]["seq"] == 1
    assert told["facts"]["fingerprint"] == FINGERPRINT
    assert "けん玉" not in report_json(checked(tmp_path))
    bad = json.loads(report_json(checked(tmp_path, b"no bundle")))
    assert bad["ok"] is False
    assert bad["facts"] is None
    assert bad["findings"] == [{"code": "not_a_bundle", "message": Finding(Reason.NOT_A_BUNDLE).message, "where": ""}]


def test_a_path_that_cannot_be_read_is_a_finding(tmp_path: Path):
    for path in (tmp_path / "gone.zip", tmp_path):
        report = verify_bundle(path, expected=KNOWN)
        assert [finding.code for finding in report.findings] == ["unreadable"]


def test_every_reason_has_words_and_a_code_of_its_own():
    assert len({reason.value for reason in Reason}) == len(Reason)
    assert len({Finding(reason).message for reason in Reason}) == len(Reason)
