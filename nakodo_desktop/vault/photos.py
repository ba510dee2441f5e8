"""Photos: safe pixels in the vault and nowhere else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from nakodo_desktop.domain.member import InterviewId, MemberId, PhotoId
from nakodo_desktop.domain.photo import PhotoInfo
from nakodo_desktop.vault.connection import Connection

_INFO = "id, kind, width_px, height_px, sha256, taken_in_at, checked_at"
DELETE_SAME_KIND = """DELETE FROM photo WHERE kind = :kind AND
    (member_id = :member_id OR interview_id = :interview_id)"""
INSERT = """INSERT INTO photo (id, interview_id, member_id, kind, jpeg, thumbnail, width_px, height_px, sha256,
    staff_id, taken_in_at) VALUES (:id, :interview_id, :member_id, :kind, :jpeg, :thumbnail, :width_px, :height_px,
    :sha256, :staff_id, :now)"""
SIGN_OFF = "UPDATE photo SET checked_by = :staff_id, checked_at = :now WHERE id = :id"
GIVE_TO_MEMBER = "UPDATE photo SET member_id = :member_id, interview_id = NULL WHERE interview_id = :interview_id"
DELETE_REPLACED = """DELETE FROM photo WHERE member_id = :member_id AND kind IN
    (SELECT kind FROM photo WHERE interview_id = :interview_id)"""
DELETE = "DELETE FROM photo WHERE id = :id"
OF_MEMBER = f"SELECT {_INFO} FROM photo WHERE member_id = :member_id ORDER BY kind DESC"
OF_INTERVIEW = f"SELECT {_INFO} FROM photo WHERE interview_id = :interview_id ORDER BY kind DESC"
JPEG = "SELECT jpeg FROM photo WHERE id = :id"
THUMBNAIL = "SELECT thumbnail FROM photo WHERE id = :id"
DELETE_OF_INTERVIEW = "DELETE FROM photo WHERE interview_id = :interview_id"


@dataclass(frozen=True, kw_only=True)
class NewPhoto:
    """Pixels that came out of the decoder."""

    id: PhotoId
    kind: str
    jpeg: bytes
    thumbnail: bytes
    width_px: int
    height_px: int
    sha256: str


def put(
    db: Connection,
    photo: NewPhoto,
    *,
    interview_id: InterviewId | None,
    member_id: MemberId | None,
    staff_id: str,
    now: datetime,
) -> None:
    """Store it in place of the same kind of photo of the same interview or member."""
    db.execute(DELETE_SAME_KIND, {"kind": photo.kind, "interview_id": interview_id, "member_id": member_id})
    db.execute(
        INSERT,
        {
            "id": photo.id,
            "interview_id": interview_id,
            "member_id": member_id,
            "kind": photo.kind,
            "jpeg": photo.jpeg,
            "thumbnail": photo.thumbnail,
            "width_px": photo.width_px,
            "height_px": photo.height_px,
            "sha256": photo.sha256,
            "staff_id": staff_id,
            "now": now.isoformat(),
        },
    )


def sign_off(db: Connection, photo_id: PhotoId, *, staff_id: str, now: datetime) -> bool:
    """False when there is no such photo."""
    return db.execute(SIGN_OFF, {"id": photo_id, "staff_id": staff_id, "now": now.isoformat()}).rowcount == 1


def drop(db: Connection, photo_id: PhotoId) -> None:
    db.execute(DELETE, {"id": photo_id})


def give_to_member(db: Connection, interview_id: InterviewId, member_id: MemberId) -> None:
    """At the end of an interview its photos become the member's, in place of older ones of the same kind."""
    ids = {"interview_id": interview_id, "member_id": member_id}
    db.execute(DELETE_REPLACED, ids)
    db.execute(GIVE_TO_MEMBER, ids)


def drop_of_interview(db: Connection, interview_id: InterviewId) -> None:
    db.execute(DELETE_OF_INTERVIEW, {"interview_id": interview_id})


def of_member(db: Connection, member_id: MemberId) -> tuple[PhotoInfo, ...]:
    """Upper body first."""
    return _infos(db, OF_MEMBER, {"member_id": member_id})


def of_interview(db: Connection, interview_id: InterviewId) -> tuple[PhotoInfo, ...]:
    """Upper body first."""
    return _infos(db, OF_INTERVIEW, {"interview_id": interview_id})


def jpeg(db: Connection, photo_id: PhotoId) -> bytes | None:
    return _blob(db, JPEG, photo_id)


def thumbnail(db: Connection, photo_id: PhotoId) -> bytes | None:
    return _blob(db, THUMBNAIL, photo_id)


def _blob(db: Connection, sql: str, photo_id: PhotoId) -> bytes | None:
    row = db.execute(sql, {"id": photo_id}).fetchone()
    return None if row is None else bytes(row[0])


def _infos(db: Connection, sql: str, parameters: dict[str, int]) -> tuple[PhotoInfo, ...]:
    return tuple(
        PhotoInfo(
            id=PhotoId(r[0]),
            kind=r[1],
            width_px=r[2],
            height_px=r[3],
            sha256=r[4],
            taken_in_at=datetime.fromisoformat(r[5]),
            is_checked=r[6] is not None,
        )
        for r in db.execute(sql, parameters)
    )
