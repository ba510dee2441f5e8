"""After importing this a caller can tell a world that is not ready from a bug.

Bad input is `list[Problem]` (domain.problems), a world that is not ready is a `UserError` in Japanese,
anything else is a bug and nobody catches it.
"""

from __future__ import annotations


class UserError(Exception):
    """What happened and what is safe (`message`), and what to do now (`advice`). Never holds a member's values."""

    def __init__(self, message: str, advice: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.advice = advice


class WrongPassphrase(UserError):
    """No key slot opened. The same words for a wrong passphrase and an unknown person."""

    def __init__(self) -> None:
        super().__init__(
            "パスワードが違います。",
            "大文字・小文字（Caps Lock）と全角・半角をご確認のうえ、もう一度入力してください。",
        )


class NotAVault(UserError):
    """The folder or file is not ours."""


class VaultInUse(UserError):
    """Another process holds the vault."""


class VaultTooNew(UserError):
    """Written by a newer release; nothing was changed."""


class VaultDamaged(UserError):
    """A check failed; the message names what is safe and the advice the way out."""


class VaultTampered(UserError):
    """A checksum is right but a keyed check is not: somebody edited it. Nothing was written."""


class DiskFull(UserError):
    """Nothing was half saved."""


class NotWritable(UserError):
    """The folder or file cannot be written."""


class NotPermitted(UserError):
    """The person's role does not allow this."""


class NotPrintable(UserError):
    """A document cannot be made as it must look: a missing glyph, a text that does not fit, a missing font or form."""


class PhotoRefused(UserError):
    """The picture is not one we take in."""


class ExportRefused(UserError):
    """Something that must not leave would leave; nothing was written."""


class ProgramDamaged(UserError):
    """A font, an icon or another shipped file is missing or unreadable; the vault is untouched."""

    def __init__(self, part: str) -> None:
        super().__init__(
            f"プログラムの部品（{part}）が見つからないか、壊れています。会員のデータには影響ありません。",
            "なこうどデスクを入れ直してください。",
        )


class HeaderRolledBack(VaultTampered):
    """The key file is older than the database knows; an older passphrase must not come back this way."""


class VaultReplaced(VaultDamaged):
    """The database file was moved, deleted or replaced while open; writing has stopped."""


class BackupDamaged(UserError):
    """A backup does not pass its own checks; the live vault was not touched."""


class OfficeKeyNeeded(UserError):
    """The passphrase may be right, but this PC does not hold the office key it is combined with."""

    def __init__(self) -> None:
        super().__init__(
            "このパソコンには事務所キーがまだありません。",
            "復旧シートに印刷された「事務所キー」（28 文字）を一度だけ入力してください。",
        )


class NotEnoughMemory(UserError):
    """The key derivation could not get the memory it needs; nothing was changed."""


class FolderNotEmpty(UserError):
    """A new vault is only made in an empty folder."""


class SavedElsewhere(UserError):
    """Another window saved the same record in between."""

    def __init__(self) -> None:
        super().__init__(
            "ほかの画面で先に保存されたため、今回の内容はまだ保存していません。",
            "この画面の内容を控えてから開き直し、違うところをもう一度入力してください。",
        )


class NotDelivered(UserError):
    """The association's server did not take the bundle; nothing of it is to be seen there."""


class WrongServer(UserError):
    """The server is not the one whose fingerprint the association read out; nothing was sent."""


class NotApproved(UserError):
    """The office wants a second person to approve a batch, and nobody has; nothing was written down or sent."""


def error_code(exc: BaseException) -> str:
    """A short code to read aloud on the telephone: type and stack positions, never values."""
    import hashlib
    import traceback

    places = "|".join(f"{frame.name}:{frame.lineno}" for frame in traceback.extract_tb(exc.__traceback__))
    digest = hashlib.sha256(f"{type(exc).__name__}|{places}".encode()).hexdigest().upper()
    return f"{digest[:4]}:{digest[4:8]}"
