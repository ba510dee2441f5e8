"""One picture a kind; at the end of an interview it is the member's."""

from __future__ import annotations

from nakodo_desktop.domain.member import InterviewId, MemberId, PhotoId
from nakodo_desktop.vault import photos
from nakodo_desktop.vault.vault import Vault
from tests import factory
from tests.vault.recordkit import LATER, NOW, a_member, an_interview, written


def put(
    vault: Vault,
    name: str,
    *,
    kind: str = "photo_upper",
    interview_id: InterviewId | None = None,
    member_id: MemberId | None = None,
) -> PhotoId:
    picture = factory.photo()
    photo = photos.NewPhoto(
        id=PhotoId(name),
        kind=kind,
        jpeg=picture.jpeg + name.encode(),
        thumbnail=picture.thumbnail,
        width_px=60,
        height_px=80,
        sha256=picture.sha256,
    )
    written(
        vault,
        lambda db: photos.put(
            db, photo, interview_id=interview_id, member_id=member_id, staff_id=vault.staff.id, now=NOW
        ),
    )
    return photo.id


def ids(found: tuple[photos.PhotoInfo, ...]) -> list[str]:
    return [photo.id for photo in found]


def test_pixels_come_back_byte_for_byte(vault: Vault) -> None:
    photo_id = put(vault, "a", interview_id=an_interview(vault))
    assert photos.jpeg(vault.read(), photo_id) == factory.photo().jpeg + b"a"
    assert photos.thumbnail(vault.read(), photo_id) == factory.photo().thumbnail
    assert photos.jpeg(vault.read(), PhotoId("none")) is photos.thumbnail(vault.read(), PhotoId("none")) is None


def test_what_is_known_of_a_picture_comes_back(vault: Vault) -> None:
    interview_id = an_interview(vault)
    put(vault, "full", kind="photo_full", interview_id=interview_id)
    put(vault, "upper", interview_id=interview_id)
    upper, full = photos.of_interview(vault.read(), interview_id)
    assert (upper.id, full.id) == ("upper", "full")
    assert (upper.kind, upper.width_px, upper.height_px) == ("photo_upper", 60, 80)
    assert (upper.sha256, upper.taken_in_at, upper.is_checked) == (factory.photo().sha256, NOW, False)
    sign_off = {
        name: written(vault, lambda db: photos.sign_off(db, PhotoId(name), staff_id=vault.staff.id, now=LATER))  # noqa: B023
        for name in ("upper", "none")
    }
    assert sign_off == {"upper": True, "none": False}
    assert [photo.is_checked for photo in photos.of_interview(vault.read(), interview_id)] == [True, False]


def test_a_picture_takes_the_place_of_its_kind_in_its_own_interview_only(vault: Vault) -> None:
    one, other = an_interview(vault), an_interview(vault)
    put(vault, "other", interview_id=other)
    put(vault, "full", kind="photo_full", interview_id=one)
    put(vault, "first", interview_id=one)
    put(vault, "second", interview_id=one)
    assert ids(photos.of_interview(vault.read(), one)) == ["second", "full"]
    assert ids(photos.of_interview(vault.read(), other)) == ["other"]


def test_at_the_end_the_members_old_picture_goes_and_the_other_kind_stays(vault: Vault) -> None:
    member_id, interview_id = a_member(vault), an_interview(vault)
    put(vault, "old", member_id=member_id)
    put(vault, "full", kind="photo_full", member_id=member_id)
    put(vault, "new", interview_id=interview_id)
    written(vault, lambda db: photos.give_to_member(db, interview_id, member_id))
    assert ids(photos.of_member(vault.read(), member_id)) == ["new", "full"]
    assert photos.of_interview(vault.read(), interview_id) == ()


def test_an_abandoned_interview_leaves_no_picture(vault: Vault) -> None:
    interview_id = an_interview(vault)
    photo_id = put(vault, "a", interview_id=interview_id)
    written(vault, lambda db: photos.drop_of_interview(db, interview_id))
    assert photos.jpeg(vault.read(), photo_id) is None
