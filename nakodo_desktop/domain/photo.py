"""A photo as the vault holds it: re-encoded pixels, no metadata, who looked at what is in the picture."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from nakodo_desktop.domain.member import PhotoId

# 写り込みの確認: what the matchmaker looks for before the photo may leave.
CHECKLIST = (
    "ご本人だけが写っている（ほかの人の顔がない）",
    "制服・社章・校章・名札が写っていない",
    "表札・番地・車のナンバー・窓の外の景色から場所が分からない",
    "SNSで使っていない写真だと、ご本人に確かめた",
)


@dataclass(frozen=True, kw_only=True)
class PhotoInfo:
    """Everything but the pixels."""

    id: PhotoId
    kind: str  # "photo_upper" | "photo_full"
    width_px: int
    height_px: int
    sha256: str
    taken_in_at: datetime
    is_checked: bool  # the checklist was signed off
