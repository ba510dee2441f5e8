"""After importing this a lost stick tells nothing: a bundle sealed to the association's key opens with its key alone.

The seal is age (https://github.com/C2SP/C2SP/blob/main/age.md) around the whole ZIP: any age program opens it. It hides
the content; who signed it and whether it changed is the business of the bundle inside. Two seals of one bundle differ.
"""

from __future__ import annotations

import pyrage

from nakodo_desktop.domain.values import Trouble
from nakodo_desktop.errors import ExportRefused
from nakodo_desktop.export.findings import Finding, Reason

SEALED_SUFFIX = ".age"
_MAGIC = b"age-encryption.org/v1\n"


def key_trouble(association_key: str) -> Trouble | None:
    """What is wrong with a public key as somebody typed it, or None."""
    try:
        pyrage.x25519.Recipient.from_str(association_key)
    except pyrage.RecipientError:
        return Trouble(
            "協会の公開鍵（age1 で始まる62文字）ではありません。協会から受け取ったとおりに入力してください。"
        )
    return None


def seal(bundle: bytes, *, association_key: str) -> bytes:
    """Encrypt to a public key, "age1…". Raises: ExportRefused, when it is none."""
    trouble = key_trouble(association_key)
    if trouble is not None:
        raise ExportRefused("封をする鍵が正しくないため、書き出しを中止しました。", trouble.message)
    sealed: bytes = pyrage.encrypt(bundle, [pyrage.x25519.Recipient.from_str(association_key)])
    return sealed


def is_sealed(head: bytes) -> bool:
    return head.startswith(_MAGIC)


def unseal(data: bytes, *, secret_key: str | None) -> bytes | Finding:
    """The ZIP inside, or why it does not open. `secret_key` is the association's, "AGE-SECRET-KEY-1…"."""
    if secret_key is None:
        return Finding(Reason.SEALED)
    try:
        opened: bytes = pyrage.decrypt(data, [pyrage.x25519.Identity.from_str(secret_key.strip())])
    except pyrage.IdentityError:
        return Finding(Reason.SEALED, "秘密鍵のファイルではありません")
    except pyrage.DecryptError as failed:
        is_for_another = "No matching keys" in str(failed)
        return Finding(Reason.WRONG_RECIPIENT_KEY if is_for_another else Reason.BROKEN_SEAL)
    return opened
