"""The picture of a signed sheet beside the paper: taken in, looked at, removed; each leaves a line in the log.

The paper stays the proof. A picture goes with its sheet, and the sheet with the member.
"""

from __future__ import annotations

from datetime import datetime

from nakodo_desktop.domain.declaration import DeclarationId
from nakodo_desktop.domain.member import MemberId
from nakodo_desktop.domain.staff import Right
from nakodo_desktop.errors import UserError
from nakodo_desktop.services.declaration_writing import uid_of
from nakodo_desktop.services.photo_intake import SafePhoto
from nakodo_desktop.services.rights import require
from nakodo_desktop.vault import declarations, signed_scans
from nakodo_desktop.vault.vault import Transaction, Vault


class SignedScans:
    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    def keep(self, declaration_id: DeclarationId, picture: SafePhoto) -> None:
        """In place of an earlier picture. Raises UserError when the sheet was never signed."""
        require(self._vault.staff, Right.SIGN_DECLARATION)
        sheet = declarations.load(self._vault.read(), declaration_id)
        if sheet is None or sheet.signed_on is None:
            raise UserError(
                "署名を記録していない誓約書には、スキャンを付けられません。", "先に署名を記録してください。"
            )
        with self._vault.transaction() as tx:
            signed_scans.put(
                tx.db,
                declaration_id,
                jpeg=picture.jpeg,
                sha256=picture.sha256,
                staff_id=self._vault.staff.id,
                now=tx.now,
            )
            self._log(tx, "declaration.scan", declaration_id)

    def taken_in_at(self, declaration_id: DeclarationId) -> datetime | None:
        """None when there is no picture of the sheet."""
        return signed_scans.taken_in_at(self._vault.read(), declaration_id)

    def show(self, declaration_id: DeclarationId) -> bytes:
        """The picture as JPEG; the look is logged. Raises LookupError when there is none."""
        require(self._vault.staff, Right.SIGN_DECLARATION)
        found = signed_scans.jpeg(self._vault.read(), declaration_id)
        if found is None:
            raise LookupError("no scan of this declaration")
        with self._vault.transaction() as tx:
            self._log(tx, "declaration.scan_view", declaration_id)
        return found

    def remove(self, declaration_id: DeclarationId) -> None:
        """The paper stays. Nothing happens when there is no picture."""
        require(self._vault.staff, Right.SIGN_DECLARATION)
        with self._vault.transaction() as tx:
            if signed_scans.delete(tx.db, declaration_id):
                self._log(tx, "declaration.scan_remove", declaration_id)

    def _log(self, tx: Transaction, act: str, declaration_id: DeclarationId) -> None:
        sheet = declarations.load(tx.db, declaration_id)
        assert sheet is not None
        tx.audit(act, subject=uid_of(tx.db, MemberId(sheet.member_id)), detail={"declaration": declaration_id})
