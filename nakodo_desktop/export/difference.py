"""After importing this nobody compares two batches by eye: who joined, who left, what changed for whom."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass

from nakodo_desktop.domain.site_item import SITE_LABELS, shown_values
from nakodo_desktop.export.findings import Finding, Reason
from nakodo_desktop.export.report import Report, Shown, finding_json


@dataclass(frozen=True)
class Change:
    """One person whose profile is not what it was, and which items, by the form's words."""

    site_id: str
    items: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Changes:
    """What somebody who holds both batches can see. Ids are sorted."""

    joined: tuple[str, ...]
    left: tuple[str, ...]
    changed: tuple[Change, ...]
    unchanged: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Difference:
    """Two checked bundles side by side, and whether the second really follows the first."""

    old: Report
    new: Report
    findings: tuple[Finding, ...]
    changes: Changes | None  # None when either bundle may not be used

    @property
    def is_ok(self) -> bool:
        return self.old.is_ok and self.new.is_ok and not self.findings


def changes_between(old: Iterable[Shown], new: Iterable[Shown]) -> Changes:
    before = {one.profile.site_id: one for one in old}
    after = {one.profile.site_id: one for one in new}
    stayed = [(site_id, _changed_items(before[site_id], after[site_id])) for site_id in sorted(before.keys() & after)]
    return Changes(
        joined=tuple(sorted(after.keys() - before)),
        left=tuple(sorted(before.keys() - after)),
        changed=tuple(Change(site_id, items) for site_id, items in stayed if items),
        unchanged=tuple(site_id for site_id, items in stayed if not items),
    )


def difference(old: Report, new: Report) -> Difference:
    """Compare two verified bundles."""
    if old.facts is None or new.facts is None or not (old.is_ok and new.is_ok):
        return Difference(old=old, new=new, findings=(), changes=None)
    changes = changes_between(old.shown, new.shown)
    findings = []
    if old.facts.issuer_key != new.facts.issuer_key:
        findings.append(Finding(Reason.OTHER_ISSUER))
    if old.facts.recipient_code != new.facts.recipient_code:
        findings.append(Finding(Reason.OTHER_RECIPIENT))
    if new.facts.seq <= old.facts.seq:
        findings.append(Finding(Reason.NOT_NEWER))
    elif new.facts.previous_seq == old.facts.seq:
        if new.previous_manifest_sha256 != old.facts.manifest_sha256:
            findings.append(Finding(Reason.CHAIN_BROKEN))
        if set(new.removals) != set(changes.left):
            findings.append(Finding(Reason.REMOVALS_DIFFER))
    return Difference(old=old, new=new, findings=tuple(findings), changes=changes)


def difference_lines(difference: Difference) -> list[str]:
    """The comparison for a person, one thing a line."""
    lines = [f"× {finding.message}" for finding in difference.findings]
    changes = difference.changes
    if changes is None:
        return [*lines, "どちらかのファイルが使えないため、比べていません。"]
    lines.append(
        f"新しく掲載 {len(changes.joined)}名、取り下げ {len(changes.left)}名、"
        f"変更 {len(changes.changed)}名、変わらず {len(changes.unchanged)}名"
    )
    lines += [f"  ＋ {site_id}" for site_id in changes.joined]
    lines += [f"  － {site_id}" for site_id in changes.left]
    lines += [f"  △ {change.site_id}: {'、'.join(change.items)}" for change in changes.changed]
    return lines


def difference_json(difference: Difference) -> str:
    """The comparison for a program. Holds ids and names of items, no value."""
    return json.dumps(
        {
            "old": difference.old.file_name,
            "new": difference.new.file_name,
            "ok": difference.is_ok,
            "findings": [finding_json(finding) for finding in difference.findings],
            "changes": difference.changes and asdict(difference.changes),
        },
        ensure_ascii=False,
        indent=2,
    )


def _changed_items(old: Shown, new: Shown) -> tuple[str, ...]:
    before, after = shown_values(old.profile), shown_values(new.profile)
    items = [label for key, label in SITE_LABELS.items() if key != "photos" and before[key] != after[key]]
    if old.photo_sha256 != new.photo_sha256:
        items.append(SITE_LABELS["photos"])
    return tuple(items)
