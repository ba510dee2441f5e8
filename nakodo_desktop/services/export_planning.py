"""From chosen members to a plan: everything is read and judged anew, in steps that leave the window time to breathe."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Generator, Mapping
from datetime import date

from nakodo_desktop.domain.batch_changes import compare
from nakodo_desktop.domain.member import MemberId
from nakodo_desktop.domain.office import Office
from nakodo_desktop.domain.provision import Change, Listing
from nakodo_desktop.errors import UserError
from nakodo_desktop.export.bundle import Batch, Party, Previous
from nakodo_desktop.services.export_candidates import Candidate, judge, read_grounds
from nakodo_desktop.services.export_plan import Line, Plan, line_of
from nakodo_desktop.services.export_records import changed_meanwhile
from nakodo_desktop.services.site_drafts import SiteDrafts
from nakodo_desktop.vault import batches, photos
from nakodo_desktop.vault.connection import Connection
from nakodo_desktop.vault.secret_keys import SIGNING, secret_key
from nakodo_desktop.vault.vault import Vault


def planning(
    vault: Vault,
    chosen: Collection[MemberId],
    *,
    drafts: SiteDrafts,
    office: Office,
    on_site: Mapping[str, Listing],
    today: date,
    rules_version: str,
) -> Generator[int, None, Plan]:
    """Each step tells how many members it has read; the plan is what the generator returns.

    `on_site`: by member uid; whoever is there and not chosen is taken off. Raises UserError when a chosen member is no
    longer admitted, or when nobody would be shown or taken off.
    """
    db, batch_key = vault.read(), secrets.token_bytes(32)
    lines: list[Line] = []
    pictures: dict[str, bytes] = {}
    refused: list[str] = []
    for count, member_id in enumerate(sorted(chosen), start=1):
        grounds = read_grounds(db, member_id)
        if grounds is None:
            refused.append("記録のない会員")
            continue
        candidate = judge(db, grounds, drafts, listing=on_site.get(grounds.uid), today=today)
        change = candidate.change(chosen=True)
        if not candidate.is_admitted or change is None or change is Change.REMOVED:
            refused.append(grounds.row.number)
        else:
            lines.append(line_of(candidate, change, batch_key=batch_key))
            pictures |= _pictures(db, candidate, lines[-1])
        yield count
    if refused:
        raise changed_meanwhile(refused)
    changes = compare(on_site.values(), [prepared for line in lines if (prepared := line.candidate.prepared)])
    if not lines and not changes.removed:
        raise UserError("書き出す会員がいません。何も書き出していません。", "一覧で会員を選んでください。")
    latest = batches.latest(db, limit=1)
    with vault.transaction() as tx:  # the key is made at the first export
        signing_key = secret_key(tx.db, SIGNING)
    batch = Batch(
        batch_id=secrets.token_hex(13),
        seq=batches.next_seq(db),
        day=today,
        issuer=Party(code=office.code, name=office.name),
        recipient=Party(code=office.recipient.code, name=office.recipient.name),
        previous=Previous(seq=latest[0].seq, manifest_sha256=latest[0].manifest_sha256) if latest else None,
        removals=tuple(listing.site_id for listing in changes.removed),
        rules_version=rules_version,
    )
    return Plan(
        batch=batch,
        lines=tuple(lines),
        changes=changes,
        office=office,
        photos=pictures,
        signing_key=signing_key,
        former_recipient=latest[0].recipient if latest else None,
    )


def _pictures(db: Connection, candidate: Candidate, line: Line) -> dict[str, bytes]:
    found = {}
    for name, photo in zip(line.profile.photos, candidate.photos, strict=True):
        jpeg = photos.jpeg(db, photo.id)
        assert jpeg is not None  # read from the same table a moment ago
        found[name] = jpeg
    return found
