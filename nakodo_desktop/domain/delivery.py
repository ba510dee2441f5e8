"""After importing this nobody asks how a bundle reaches the association: the office's one way, checked as it was typed.

A fingerprint is what the association read out over the telephone. It is kept in one writing, and a server that shows
another one is refused (export/sftp_delivery, export/https_delivery).
"""

from __future__ import annotations

import base64
import binascii
import re
import unicodedata
from dataclasses import dataclass, field
from enum import Enum

from nakodo_desktop.domain.text_rules import text_trouble
from nakodo_desktop.domain.values import Problem, Trouble

MAX_PORT = 65_535
_HOST = re.compile(r"(?!-)[a-z0-9-]{1,63}(\.(?!-)[a-z0-9-]{1,63})*\.?|[0-9a-f:]+:[0-9a-f:.]*", re.IGNORECASE)
_SHA256_BYTES = 32
_HEX_GROUP = 4
_OPENSSH_MARK = "SHA256:"


class DeliveryKind(Enum):
    FOLDER = "folder"
    SFTP = "sftp"
    HTTPS = "https"

    @property
    def label(self) -> str:
        return {
            DeliveryKind.FOLDER: "フォルダーかUSBメモリー",
            DeliveryKind.SFTP: "SFTPで送る",
            DeliveryKind.HTTPS: "HTTPSで送る（PUT）",
        }[self]

    @property
    def is_remote(self) -> bool:
        return self is not DeliveryKind.FOLDER

    @property
    def usual_port(self) -> int:
        return {DeliveryKind.FOLDER: 0, DeliveryKind.SFTP: 22, DeliveryKind.HTTPS: 443}[self]


@dataclass(frozen=True, kw_only=True)
class Delivery:
    """The office's setting; to whom is `Office.recipient` and no part of this."""

    kind: DeliveryKind = DeliveryKind.FOLDER
    host: str = ""
    port: int = 0  # 0: the usual one
    path: str = ""  # the folder on their side; SFTP: "" is where the account starts
    user: str = ""
    password: str = field(default="", repr=False)  # HTTPS only; SFTP shows the office's own key
    fingerprint: str = ""  # as `fingerprint_of` gives it
    association_key: str = ""  # age1…; "" leaves the bundle unsealed
    needs_second_approval: bool = False

    @property
    def real_port(self) -> int:
        return self.port or self.kind.usual_port

    @property
    def address(self) -> str:
        """Where bundles go, for people to read and for the record of a batch; "" for a folder chosen each time."""
        if not self.kind.is_remote:
            return ""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.kind.value}://{host}:{self.real_port}/{self.path.strip('/')}"


def fingerprint_of(kind: DeliveryKind, typed: str) -> str | Trouble:
    """One writing of a fingerprint as somebody heard, typed or pasted it.

    SFTP: as `ssh-keygen -lf` prints it, "SHA256:" and 43 letters. HTTPS: SHA-256 of the certificate, 64 hex digits.
    """
    text = "".join(unicodedata.normalize("NFKC", typed).split())
    if kind is DeliveryKind.SFTP:
        return _host_key_fingerprint(text)
    digits = text.rpartition("=")[2].replace(":", "").replace("-", "").lower()
    if re.fullmatch(r"[0-9a-f]{64}", digits):
        return digits
    return Trouble("証明書の指紋は、SHA-256の64桁（0〜9とA〜F）です。協会に電話で確かめて、入力してください。")


def spoken(kind: DeliveryKind, fingerprint: str) -> str:
    """In pieces that two people can compare over the telephone."""
    text = fingerprint.removeprefix(_OPENSSH_MARK)
    pieces = " ".join(text[at : at + _HEX_GROUP] for at in range(0, len(text), _HEX_GROUP))
    return f"{_OPENSSH_MARK} {pieces}" if kind is DeliveryKind.SFTP and pieces else pieces


def delivery_problems(delivery: Delivery) -> tuple[Problem, ...]:
    """What keeps this setting from being used; keys are attribute names. The age key is judged by who seals."""
    if not delivery.kind.is_remote:
        return ()
    problems = []
    if not _HOST.fullmatch(delivery.host) or len(delivery.host) > 253:
        problems.append(Problem("host", "サーバーの名前を、半角で入力してください（例：inbox.example.jp）。"))
    if not 0 <= delivery.port <= MAX_PORT:
        problems.append(Problem("port", f"ポート番号は1〜{MAX_PORT}です。"))
    problems += _text_problems(delivery)
    if delivery.kind is DeliveryKind.SFTP and not delivery.user:
        problems.append(Problem("user", "協会から受け取ったユーザー名を入力してください。"))
    if delivery.kind is DeliveryKind.HTTPS and ":" in delivery.user:
        problems.append(Problem("user", "ユーザー名に「:」は使えません。"))
    if delivery.kind is DeliveryKind.HTTPS and bool(delivery.user) != bool(delivery.password):
        problems.append(Problem("password", "ユーザー名とパスワードは、両方を入力するか、両方を空にしてください。"))
    fingerprint = fingerprint_of(delivery.kind, delivery.fingerprint)
    if isinstance(fingerprint, Trouble):
        problems.append(Problem("fingerprint", fingerprint.message))
    return tuple(problems)


def _host_key_fingerprint(text: str) -> str | Trouble:
    letters = re.sub("^sha256:", "", text, flags=re.IGNORECASE).rstrip("=")
    try:
        is_sha256 = len(base64.b64decode(letters + "=", validate=True)) == _SHA256_BYTES
    except (binascii.Error, ValueError):
        is_sha256 = False
    if is_sha256:
        return _OPENSSH_MARK + letters
    return Trouble(
        "サーバーの鍵の指紋は、「SHA256:」に続く43文字です。大文字と小文字も区別して、協会に電話で確かめてください。"
    )


def _text_problems(delivery: Delivery) -> list[Problem]:
    found = []
    for key, text in (("path", delivery.path), ("user", delivery.user), ("password", delivery.password)):
        trouble = text_trouble(text, one_line=True, max_chars=200)
        if isinstance(trouble, Trouble):
            found.append(Problem(key, trouble.message))
    if any(part in (".", "..") for part in delivery.path.split("/")):
        found.append(Problem("path", "フォルダーは、「.」や「..」を使わずに書いてください。"))
    return found
