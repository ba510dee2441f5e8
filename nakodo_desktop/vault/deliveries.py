"""The one row that tells how bundles leave, and the key the office shows to the association's SSH server."""

from __future__ import annotations

from nakodo_desktop.domain.delivery import Delivery, DeliveryKind
from nakodo_desktop.vault.connection import Connection
from nakodo_desktop.vault.secret_keys import secret_key

CLIENT_KEY = "delivery"
SELECT = """SELECT kind, host, port, path, user_name, password, fingerprint, association_key, needs_second_approval
    FROM delivery WHERE id = 1"""
UPSERT = """INSERT INTO delivery (id, kind, host, port, path, user_name, password, fingerprint, association_key,
    needs_second_approval) VALUES (1, :kind, :host, :port, :path, :user_name, :password, :fingerprint, :association_key,
    :needs_second_approval)
    ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, host = excluded.host, port = excluded.port,
    path = excluded.path, user_name = excluded.user_name, password = excluded.password,
    fingerprint = excluded.fingerprint, association_key = excluded.association_key,
    needs_second_approval = excluded.needs_second_approval"""


def load(db: Connection) -> Delivery:
    """To a folder, unsealed and by one person, until somebody decides otherwise."""
    row = db.execute(SELECT).fetchone()
    if row is None:
        return Delivery()
    return Delivery(
        kind=DeliveryKind(row["kind"]),
        host=row["host"],
        port=row["port"],
        path=row["path"],
        user=row["user_name"],
        password=row["password"],
        fingerprint=row["fingerprint"],
        association_key=row["association_key"],
        needs_second_approval=bool(row["needs_second_approval"]),
    )


def save(db: Connection, delivery: Delivery) -> None:
    values: dict[str, str | int] = {
        "kind": delivery.kind.value,
        "host": delivery.host,
        "port": delivery.port,
        "path": delivery.path,
        "user_name": delivery.user,
        "password": delivery.password,
        "fingerprint": delivery.fingerprint,
        "association_key": delivery.association_key,
        "needs_second_approval": int(delivery.needs_second_approval),
    }
    db.execute(UPSERT, values)


def client_key(db: Connection) -> bytes:
    """32 raw bytes of an Ed25519 private key, made at the first use (then inside the caller's transaction)."""
    return secret_key(db, CLIENT_KEY)
