"""T62 and T63: what the decoder makes of unusual pictures. Its process: services/test_photo_intake.py."""

from __future__ import annotations

import struct
import zlib

import pytest
from PIL import Image, ImageCms

from nakodo_desktop import photo_decoder
from tests.picturekit import SRGB, assert_safe, encoded, exif, figure, opened, png_chunk, segment, with_segments


def cleaned(data: bytes) -> Image.Image:
    """The picture as the decoder leaves it, without the cost of a process: what it does, not how it is guarded."""
    jpeg, thumbnail = photo_decoder.sanitized(data)
    assert_safe(jpeg, thumbnail)
    return opened(jpeg)


def assert_near(got: tuple[int, ...], wanted: tuple[int, ...], *, within: int) -> None:
    assert all(abs(a - b) <= within for a, b in zip(got, wanted, strict=True)), (got, wanted)


def test_T63_phone_picture_with_a_second_picture_behind_it():
    data = encoded(figure(), "MPO", save_all=True, append_images=[figure(100, 100)], exif=exif())
    assert opened(data).format == "MPO"
    assert cleaned(data).size == (640, 800)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_T62_picture_stands_upright(orientation: int, kind: str):
    lying = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }
    stored = figure(200, 250)
    if orientation in lying:
        stored = stored.transpose(lying[orientation])
    picture = cleaned(encoded(stored, kind, exif=exif(orientation)))
    assert picture.size == (200, 250)
    red, green, blue = picture.getpixel((10, 10))
    assert red > 230
    assert max(green, blue) < 30


@pytest.mark.parametrize("orientation", [0, 9, 65535])
def test_T62_nonsense_about_the_orientation_turns_nothing(orientation: int):
    assert cleaned(encoded(figure(200, 250), exif=exif(orientation))).size == (200, 250)


@pytest.mark.filterwarnings("ignore:Corrupt EXIF data")  # Pillow says so; the decoder's process does not care
@pytest.mark.parametrize("block", [b"Exif\0\0", b"Exif\0\0garbage", b"Exif\0\0II*\0\xff\xff\xff\xff", exif(6)[:20]])
def test_T62_exif_that_cannot_be_read_is_thrown_away(block: bytes):
    assert cleaned(with_segments(encoded(figure(200, 250)), segment(0xE1, block))).size == (200, 250)


@pytest.mark.parametrize("mode", ["CMYK", "L"])
def test_T62_unusual_jpeg_modes(mode: str):
    assert cleaned(encoded(figure(mode=mode), quality=90)).getpixel((320, 200))[0] > 150


def test_T62_progressive_jpeg():
    assert cleaned(encoded(figure(), progressive=True)).size == (640, 800)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA"])
def test_T62_unusual_png_modes(mode: str):
    image = figure().quantize(16) if mode == "P" else figure(mode=mode)
    assert cleaned(encoded(image, "PNG")).getpixel((320, 200))[0] > 150


def test_T62_sixteen_bit_grey_keeps_its_brightness():
    picture = cleaned(encoded(Image.new("I;16", (300, 300), 30_000), "PNG"))
    assert abs(picture.getpixel((150, 150))[0] - 117) <= 2


def test_T62_sixteen_bit_colour():
    rows = b"".join(b"\0" + struct.pack(">3H", 30_000, 60_000, 0) * 40 for _ in range(40))
    header = struct.pack(">IIBBBBB", 40, 40, 16, 2, 0, 0, 0)
    chunks = png_chunk(b"IHDR", header) + png_chunk(b"IDAT", zlib.compress(rows)) + png_chunk(b"IEND", b"")
    assert_near(cleaned(b"\x89PNG\r\n\x1a\n" + chunks).getpixel((20, 20)), (117, 234, 0), within=3)


def test_T62_transparent_picture_lies_on_white():
    picture = cleaned(encoded(Image.new("RGBA", (300, 300), (0, 0, 0, 0)), "PNG"))
    assert picture.getpixel((150, 150)) == (255, 255, 255)


def test_T62_profile_that_does_not_fit_or_is_none_at_all():
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    for image, profile in (
        (figure(mode="L"), SRGB),
        (figure(), b"no profile"),
        (figure(), lab),
        (figure(), SRGB[:200]),
    ):
        assert cleaned(encoded(image, icc_profile=profile)).size == (640, 800)


def test_colours_of_another_profile_become_those_of_a_screen():
    """The profile says red where the file says green: a picture that ignored it would stay green."""
    order = {b"rXYZ": b"gXYZ", b"gXYZ": b"rXYZ"}
    tags = bytearray(SRGB)
    for at in range(132, 132 + 12 * int.from_bytes(SRGB[128:132], "big"), 12):
        tags[at : at + 4] = order.get(bytes(tags[at : at + 4]), tags[at : at + 4])
    green = Image.new("RGB", (64, 64), (0, 255, 0))
    assert_near(cleaned(encoded(green, "PNG", icc_profile=bytes(tags))).getpixel((32, 32)), (255, 0, 0), within=12)


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
@pytest.mark.parametrize(
    ("size", "result"),
    [((2600, 1950), (1200, 900)), ((1950, 2600), (900, 1200)), ((1200, 1200), (1200, 1200)), ((50, 40), (50, 40))],
)
def test_large_pictures_shrink_and_small_ones_stay(kind: str, size: tuple[int, int], result: tuple[int, int]):
    assert cleaned(encoded(figure(*size), kind)).size == result


def test_a_picture_shrunk_in_strips_is_the_same_picture():
    original = figure(5001, 3001)
    picture = cleaned(encoded(original, "PNG", compress_level=1))
    wanted = original.resize(picture.size, Image.Resampling.LANCZOS)
    for at in ((60, 30), (600, 250), (600, 600), (1190, 10), (5, 700)):
        assert_near(picture.getpixel(at), wanted.getpixel(at), within=8)


def test_very_long_picture_keeps_at_least_one_pixel():
    assert cleaned(encoded(Image.new("RGB", (12_000, 2), "white"), "PNG")).size == (1200, 1)
