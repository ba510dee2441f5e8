"""Carry a bundle to where the office gives its bundles, and look afterwards whether it came; jobs on plain data.

The senders are loaded in the job that needs them: an office with a stick never pays for SSH.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from nakodo_desktop.domain.delivery import Delivery, DeliveryKind
from nakodo_desktop.errors import UserError
from nakodo_desktop.export.bundle import Bundle
from nakodo_desktop.export.delivery import checked_bytes, write_bundle, write_sealed_bundle
from nakodo_desktop.export.sealing import SEALED_SUFFIX, seal
from nakodo_desktop.export.sending import Parcel
from nakodo_desktop.export.verify import Expected, verify_bundle
from nakodo_desktop.vault.batches import Unsettled

if TYPE_CHECKING:
    from nakodo_desktop.export.https_delivery import HttpsPlace
    from nakodo_desktop.export.sftp_delivery import SftpPlace

OnProgress = Callable[[int], None]


@dataclass(frozen=True, kw_only=True)
class Destination:
    """Where one batch goes: plain data for a job, with what opens the association's door."""

    delivery: Delivery
    folder: Path | None = None  # when it goes to a folder
    client_key: bytes = field(default=b"", repr=False)

    @property
    def words(self) -> str:
        """For people, and for the record of the batch."""
        return self.delivery.address or str(self.folder)

    def name_of(self, bundle: Bundle) -> str:
        return bundle.file_name + (SEALED_SUFFIX if self.delivery.association_key else "")


def to_folder(folder: Path) -> Destination:
    """Unsealed, as an office that never touched the setting does it."""
    return Destination(delivery=Delivery(), folder=folder)


def deliver(bundle: Bundle, there: Destination, *, today: date, on_progress: OnProgress | None = None) -> None:
    """A job. Carry it there whole, checked as the association will check it.

    `on_progress` is told the bytes so far, of `bundle.size` (sealed: a little more), and may raise to stop.
    Raises DiskFull, NotWritable, NotDelivered, WrongServer, ExportRefused; then nothing is to be seen there.
    """
    key = there.delivery.association_key
    if not there.delivery.kind.is_remote:
        _to_folder(bundle, there, today=today, on_progress=on_progress)
        return
    data = checked_bytes(bundle, today=today)
    sealed = seal(data, association_key=key) if key else data
    _send(there, Parcel(there.name_of(bundle), sealed), on_progress=on_progress)


def lies_there(left: Unsettled, there: Destination, *, today: date) -> bool:
    """A job. Whether a batch that was cut off reached its end; `there` is the setting of today.

    A sealed file and one on a server cannot be read, but have their name only when they are whole. Raises UserError
    when nobody but the association can tell: no stick, no server, or a server that no longer has what it may have had.
    """
    if not left.is_remote:
        return _lies_in_folder(left, today=today)
    if _lies_at_server(left, there):
        return True
    raise UserError(
        f"途中で終わった書き出し（{left.name}）が、協会のサーバーに見あたりません。"
        "届いていないか、協会がもう受け取って移したかの、どちらかです。",
        "協会に電話で、このファイルを受け取ったかを聞いてください。",
    )


def _lies_in_folder(left: Unsettled, *, today: date) -> bool:
    folder = Path(left.folder)
    if not folder.is_dir():
        raise UserError(
            f"途中で終わった書き出し（{left.name}）の保存先（{left.folder}）が見つからないため、確かめられません。",
            "USBメモリーに書き出していたときは、差してからもう一度開いてください。",
        )
    path = folder / left.name
    if left.name.endswith(SEALED_SUFFIX) or not path.is_file():
        return path.is_file()
    facts = verify_bundle(path, expected=Expected(today=today)).facts
    return facts is not None and facts.manifest_sha256 == left.manifest_sha256


def _lies_at_server(left: Unsettled, there: Destination) -> bool:
    if left.folder != there.words:
        raise UserError(
            f"途中で終わった書き出し（{left.name}）の送り先が、いまの設定と違うため、届いたか確かめられません。",
            f"設定の「協会への渡し方」を {left.folder} に戻してから、もう一度開いてください。",
        )
    delivery = there.delivery
    if delivery.kind is DeliveryKind.SFTP:
        from nakodo_desktop.export.sftp_delivery import lies_at_sftp

        return lies_at_sftp(left.name, _sftp_place(there))
    from nakodo_desktop.export.https_delivery import lies_at_https

    return lies_at_https(left.name, _https_place(delivery))


def try_delivery(there: Destination) -> None:
    """A job. Go all the way but leave nothing there. Raises NotDelivered, WrongServer."""
    if there.delivery.kind is DeliveryKind.SFTP:
        from nakodo_desktop.export.sftp_delivery import try_sftp

        try_sftp(_sftp_place(there))
    elif there.delivery.kind is DeliveryKind.HTTPS:
        from nakodo_desktop.export.https_delivery import try_https

        try_https(_https_place(there.delivery))


def _to_folder(bundle: Bundle, there: Destination, *, today: date, on_progress: OnProgress | None) -> None:
    assert there.folder is not None  # whoever begins a batch has asked
    try:
        if there.delivery.association_key:
            key = there.delivery.association_key
            write_sealed_bundle(there.folder, bundle, association_key=key, today=today, on_progress=on_progress)
        else:
            write_bundle(there.folder, bundle, today=today, on_progress=on_progress)
    except UserError:
        # A stick pulled out just after the file got its name: what is not recorded must not be found there.
        with suppress(OSError):
            (there.folder / there.name_of(bundle)).unlink(missing_ok=True)
        raise


def _send(there: Destination, parcel: Parcel, *, on_progress: OnProgress | None) -> None:
    if there.delivery.kind is DeliveryKind.SFTP:
        from nakodo_desktop.export.sftp_delivery import send_by_sftp

        send_by_sftp(parcel, _sftp_place(there), on_progress=on_progress)
    else:
        from nakodo_desktop.export.https_delivery import send_by_https

        send_by_https(parcel, _https_place(there.delivery), on_progress=on_progress)


def _sftp_place(there: Destination) -> SftpPlace:
    from nakodo_desktop.export.sftp_delivery import SftpPlace

    delivery = there.delivery
    return SftpPlace(
        host=delivery.host,
        port=delivery.real_port,
        folder=delivery.path,
        user=delivery.user,
        fingerprint=delivery.fingerprint,
        client_key=there.client_key,
    )


def _https_place(delivery: Delivery) -> HttpsPlace:
    from nakodo_desktop.export.https_delivery import HttpsPlace

    return HttpsPlace(
        host=delivery.host,
        port=delivery.real_port,
        folder=delivery.path,
        fingerprint=delivery.fingerprint,
        user=delivery.user,
        password=delivery.password,
    )
