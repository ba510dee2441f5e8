"""The row of delivery settings, and the locks that the schema itself holds on recipient and approval."""

from __future__ import annotations

from dataclasses import replace

import pytest

from nakodo_desktop.domain.delivery import Delivery, DeliveryKind
from nakodo_desktop.domain.provision import BatchRecord
from nakodo_desktop.vault import batches, deliveries, offices
from nakodo_desktop.vault.connection import IntegrityError
from nakodo_desktop.vault.staff import insert_staff, new_staff_id
from nakodo_desktop.vault.vault import Vault
from tests import factory
from tests.vault.recordkit import NOW, TODAY, written

SFTP = Delivery(
    kind=DeliveryKind.SFTP,
    host="inbox.example.jp",
    port=2222,
    path="受け取り",
    user="mihon",
    fingerprint="SHA256:" + "a" * 43,
    association_key="age1mihon",
)
HTTPS = replace(SFTP, kind=DeliveryKind.HTTPS, password="合言葉 14", fingerprint="0" * 64, needs_second_approval=True)


def begin(vault: Vault, *, code: str = "KYOKAI", approved_by: str | None = None) -> None:
    record = BatchRecord(
        seq=1,
        name="MIHON-0001.zip",
        day=TODAY,
        rule_version="2026-11-01",
        recipient=replace(factory.office().recipient, code=code),
        profile_count=0,
        removal_count=0,
        manifest_sha256="0" * 64,
        staff_name=vault.staff.name,
        created_at=NOW,
    )
    written(
        vault,
        lambda db: batches.begin(
            db,
            record,
            folder=SFTP.address,
            staff_id=vault.staff.id,
            approved_by=approved_by,
        ),
    )


def test_settings_come_back_as_they_went_and_the_last_ones_count(vault: Vault) -> None:
    assert deliveries.load(vault.read()) == Delivery()
    for delivery in (SFTP, HTTPS):
        written(vault, lambda db: deliveries.save(db, delivery))  # noqa: B023
        assert deliveries.load(vault.read()) == delivery


@pytest.mark.parametrize(
    "delivery", [replace(SFTP, fingerprint=""), replace(SFTP, host=""), replace(SFTP, port=70_000)]
)
def test_a_server_without_a_fingerprint_does_not_get_in(vault: Vault, delivery: Delivery) -> None:
    with pytest.raises(IntegrityError):
        written(vault, lambda db: deliveries.save(db, delivery))


def test_the_key_of_the_office_stays_the_same(vault: Vault) -> None:
    first = written(vault, deliveries.client_key)
    assert len(first) == 32
    assert written(vault, deliveries.client_key) == first


def test_a_batch_to_another_association_does_not_get_in(vault: Vault) -> None:
    written(vault, lambda db: offices.save(db, factory.office()))
    with pytest.raises(IntegrityError, match="recipient of this vault"):
        begin(vault, code="OTHER")
    begin(vault)


def test_the_first_batch_fixes_the_recipient(vault: Vault) -> None:
    office = factory.office()
    other = replace(office, recipient=replace(office.recipient, code="OTHER"))
    written(vault, lambda db: offices.save(db, other))
    written(vault, lambda db: offices.save(db, office))
    assert not batches.fixes_the_recipient(vault.read())
    begin(vault)
    assert batches.fixes_the_recipient(vault.read())
    with pytest.raises(IntegrityError, match="fixed by the first batch"):
        written(vault, lambda db: offices.save(db, other))
    with pytest.raises(IntegrityError, match="stay"):
        written(vault, lambda db: db.execute("DELETE FROM office"))
    moved = replace(office, recipient=replace(office.recipient, address="見本県別の町"))
    written(vault, lambda db: offices.save(db, moved))
    assert offices.load(vault.read()) == moved


def test_a_batch_without_its_second_person_does_not_get_in(vault: Vault) -> None:
    second = replace(vault.staff, id=new_staff_id(), name="架空 仲子")
    written(vault, lambda db: insert_staff(db, second, slot_id="slot", at=NOW))
    written(vault, lambda db: deliveries.save(db, HTTPS))
    with pytest.raises(IntegrityError, match="second person"):
        begin(vault)
    with pytest.raises(IntegrityError, match="CHECK"):
        begin(vault, approved_by=vault.staff.id)
    with pytest.raises(IntegrityError):
        begin(vault, approved_by="nobody")
    begin(vault, approved_by=second.id)
    written(vault, lambda db: batches.confirm(db, 1))
    (record,) = batches.latest(vault.read(), limit=1)
    assert record.approved_by == "架空 仲子"
    assert record.staff_name == vault.staff.name


def test_an_unsettled_batch_tells_a_server_from_a_folder(vault: Vault) -> None:
    begin(vault)
    (left,) = batches.unsettled(vault.read())
    assert left.is_remote
    assert not replace(left, folder=r"E:\書き出し").is_remote
    assert not replace(left, folder="/media/stick").is_remote
