"""After importing this a checked bundle speaks for itself: in words for a person, as JSON for a program."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field

from nakodo_desktop.domain.site_item import SiteProfile
from nakodo_desktop.export.findings import Finding


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What a bundle with a right signature says about itself."""

    issuer_code: str
    issuer_name: str
    issuer_key: str
    fingerprint: str
    recipient_code: str
    recipient_name: str
    batch: str
    seq: int
    day: str  # ISO
    count: int
    photo_count: int
    removal_count: int
    previous_seq: int | None
    rules: str
    manifest_sha256: str


@dataclass(frozen=True, kw_only=True)
class Shown:
    """One person on the site: the profile, and the photos by their SHA-256 because their names change every time."""

    profile: SiteProfile
    photo_sha256: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Report:
    """The outcome of one check. `shown` is empty unless the bundle may be used."""

    file_name: str
    findings: tuple[Finding, ...]
    notices: tuple[str, ...] = ()  # what was not checked because nothing was given to check it against
    facts: Facts | None = None  # None when the signature did not hold
    removals: tuple[str, ...] = ()
    previous_manifest_sha256: str | None = None
    shown: tuple[Shown, ...] = field(default=(), repr=False)

    @property
    def is_ok(self) -> bool:
        return not self.findings


def report_lines(report: Report) -> list[str]:
    """The report for a person, one thing a line."""
    lines = [f"{report.file_name}: {'問題ありません。' if report.is_ok else '使えません。取り込まないでください。'}"]
    lines += [f"  × {finding.message}" for finding in report.findings]
    if report.facts is not None:
        lines += [f"  {label}: {value}" for label, value in _told(report.facts)]
    lines += [f"  ※ {notice}" for notice in report.notices]
    return lines


def report_json(report: Report) -> str:
    """The report for a program. Holds no profile."""
    return json.dumps(
        {
            "file": report.file_name,
            "ok": report.is_ok,
            "findings": [finding_json(finding) for finding in report.findings],
            "notices": report.notices,
            "facts": report.facts and asdict(report.facts),
        },
        ensure_ascii=False,
        indent=2,
    )


def finding_json(finding: Finding) -> dict[str, str]:
    return {"code": finding.code, "message": finding.message, "where": finding.where}


def _told(facts: Facts) -> list[tuple[str, str]]:
    previous = "なし（初回）" if facts.previous_seq is None else f"第{facts.previous_seq}回"
    return [
        ("相談所", f"{facts.issuer_name}（{facts.issuer_code}）"),
        ("署名の指紋", facts.fingerprint),
        ("宛先", f"{facts.recipient_name}（{facts.recipient_code}）"),
        ("回", f"第{facts.seq}回（{facts.day}）、前回: {previous}"),
        ("人数", f"掲載 {facts.count}名、写真 {facts.photo_count}枚、取り下げ {facts.removal_count}名"),
        ("規則の版", facts.rules),
        ("目録のSHA-256", facts.manifest_sha256),
    ]
