"""A whole office and its association's real server: what the vault says was given is what lies there, whatever ends."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from nakodo_desktop.domain.delivery import Delivery, DeliveryKind
from nakodo_desktop.errors import NotDelivered, UserError, WrongServer
from nakodo_desktop.export.verify import Expected, verify_bundle
from nakodo_desktop.services.deliveries import Deliveries
from nakodo_desktop.services.delivery_jobs import deliver, lies_there
from nakodo_desktop.services.export_plan import build
from nakodo_desktop.services.exports import Exports
from nakodo_desktop.vault import deliveries
from tests import exportkit
from tests.export.serverkit import WEB_PASSWORD, WEB_USER, Nginx, Sshd, free_port, names_in, nginx, sshd
from tests.exportkit import CastTemplate
from tests.factory import Desk
from tests.officekit import Building


@pytest.fixture
def office_template(cast_template: CastTemplate) -> CastTemplate:
    return cast_template


@pytest.fixture(params=["sftp", "https"])
def server(request: pytest.FixtureRequest, desk: Desk, tmp_path: Path) -> Iterator[Sshd | Nginx]:
    """Set up with the office by telephone, as it were: the fingerprint here, the public key there."""
    service = Deliveries(desk.vault)
    if request.param == "sftp":
        with desk.vault.transaction() as tx:
            key = deliveries.client_key(tx.db)
        with sshd(tmp_path / "sshd", client_key=key) as running:
            facts = running.place()
            setting = Delivery(
                kind=DeliveryKind.SFTP,
                host=facts.host,
                port=facts.port,
                path=facts.folder,
                user=facts.user,
                fingerprint=facts.fingerprint,
            )
            assert service.save(setting) == ()
            yield running
    else:
        with nginx(tmp_path / "nginx") as running:
            setting = Delivery(
                kind=DeliveryKind.HTTPS,
                host=running.place().host,
                port=running.port,
                path="inbox",
                user=WEB_USER,
                password=WEB_PASSWORD,
                fingerprint=running.fingerprint.upper(),
            )
            assert service.save(setting) == ()
            yield running


def test_what_the_association_gets_is_what_the_vault_says(
    server: Sshd | Nginx, desk: Desk, exports: Exports, cast_template: CastTemplate
):
    job = Deliveries(desk.vault).trial(Deliveries(desk.vault).load())
    assert callable(job)
    job()
    cast = cast_template.cast
    written = exports.export(exports.plan(cast.admitted), None)
    assert names_in(server.folder) == [written.record.name]
    report = verify_bundle(
        server.folder / written.record.name, expected=Expected(today=exports.today, recipient_code="KYOKAI", last_seq=0)
    )
    assert report.is_ok, report.findings
    assert report.facts is not None
    assert exports.history()[0].manifest_sha256 == report.facts.manifest_sha256
    assert desk.members.provisions(cast.taro)[0].bundle_sha256 == report.facts.manifest_sha256
    assert written.words == f"{written.there.words}/{written.record.name}"


def test_another_server_leaves_no_record(
    server: Sshd | Nginx, desk: Desk, exports: Exports, cast_template: CastTemplate
):
    service = Deliveries(desk.vault)
    other = "SHA256:" + "A" * 43 if isinstance(server, Sshd) else "0" * 64
    assert service.save(replace(service.load(), fingerprint=other)) == ()
    with pytest.raises(WrongServer):
        exports.export(exports.plan(cast_template.cast.admitted), None)
    assert exports.history() == ()
    assert exports.unsettled() == ()
    assert names_in(server.folder) == []


@pytest.mark.parametrize("arrived", [True, False])
def test_after_a_crash_the_server_tells_whether_it_came(
    server: Sshd | Nginx, building: Building, exports: Exports, cast_template: CastTemplate, arrived: bool
):
    plan = exports.plan(cast_template.cast.admitted)
    bundle, there = build(plan).bundle, exports.destination()
    exports.begin(plan, bundle, there)
    if arrived:
        deliver(bundle, there, today=exports.today)
    after = exportkit.exports(building, building.enter())
    if arrived:
        (words,) = after.settle()
        assert "書き出し済みとして記録しました" in words
    else:  # or it came and the association moved it away: a record is not thrown away on a guess
        with pytest.raises(UserError, match="見あたりません"):
            after.settle()
        assert len(after.unsettled()) == 1
        assert after.settle_one(after.unsettled()[0], delivered=False)
    assert len(after.history()) == int(arrived)


def test_a_server_that_cannot_be_asked_decides_nothing(
    server: Sshd | Nginx, desk: Desk, exports: Exports, cast_template: CastTemplate
):
    service = Deliveries(desk.vault)
    service.save(replace(service.load(), port=free_port()))
    plan = exports.plan(cast_template.cast.admitted)
    exports.begin(plan, build(plan).bundle, exports.destination())
    (left,) = exports.unsettled()
    with pytest.raises(NotDelivered):
        lies_there(left, exports.destination(), today=exports.today)
    service.save(replace(service.load(), port=server.port))
    with pytest.raises(UserError, match="送り先が、いまの設定と違う"):
        lies_there(left, exports.destination(), today=exports.today)
    assert exports.unsettled() == (left,)
    assert "取り消しました" in exports.settle_one(left, delivered=False)  # what the association said on the telephone
