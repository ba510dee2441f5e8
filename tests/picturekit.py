"""Pictures drawn here, plain and hostile, and the proof that one holds pixels only. Nobody's face."""

from __future__ import annotations

import io
import struct
import zlib

from PIL import Image, ImageCms, ImageDraw, PngImagePlugin

from nakodo_desktop.export.plain_jpeg import PixelSize, plain_jpeg_size

CANARY = b"KANARIENVOGEL-35.6812N"
SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
XMP = b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta><exif:GPSLatitude>" + CANARY + b"</exif:GPSLatitude></x:xmpmeta>"


def figure(width: int = 640, height: int = 800, mode: str = "RGB") -> Image.Image:
    """A drawn person, red at the top left, so that every turn and flip shows."""
    image = Image.new("RGB", (width, height), (190, 205, 220))
    draw = ImageDraw.Draw(image)
    draw.ellipse((width * 0.3, height * 0.1, width * 0.7, height * 0.45), fill=(240, 200, 170))
    draw.rounded_rectangle((width * 0.15, height * 0.5, width * 0.85, height * 1.1), radius=60, fill=(40, 60, 120))
    draw.rectangle((0, 0, width * 0.2, height * 0.1), fill=(255, 0, 0))
    return image.convert(mode)


def encoded(image: Image.Image, kind: str = "JPEG", **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def segment(kind: int, body: bytes) -> bytes:
    return b"\xff" + bytes([kind]) + (len(body) + 2).to_bytes(2, "big") + body


def with_segments(jpeg: bytes, *segments: bytes) -> bytes:
    return jpeg[:2] + b"".join(segments) + jpeg[2:]


def exif(orientation: int = 1) -> bytes:
    block = Image.Exif()
    block[0x0112] = orientation
    block[0x010F] = CANARY.decode()
    block.get_ifd(0x8825)[2] = (35.0, 40.0, 52.0)
    block.get_ifd(0x8825)[27] = CANARY
    return block.tobytes()


def png_chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def bomb_png(side_px: int, *, colour_type: int = 2) -> bytes:
    """A few kilobytes that say they are a picture of side × side, all black."""
    row = bytes(1 + side_px * {0: 1, 2: 3, 6: 4}[colour_type])
    squeeze = zlib.compressobj(9)
    body = b"".join(squeeze.compress(row) for _ in range(side_px)) + squeeze.flush()
    header = struct.pack(">IIBBBBB", side_px, side_px, 8, colour_type, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + png_chunk(b"IHDR", header) + png_chunk(b"IDAT", body) + png_chunk(b"IEND", b"")


def empty_png(side_px: int) -> bytes:
    header = struct.pack(">IIBBBBB", side_px, side_px, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + png_chunk(b"IHDR", header) + png_chunk(b"IDAT", zlib.compress(bytes(64)))


def opened(jpeg: bytes) -> Image.Image:
    return Image.open(io.BytesIO(jpeg))


def assert_safe(jpeg: bytes, thumbnail: bytes) -> None:
    """Pixels and nothing else, in both sizes."""
    assert max(opened(jpeg).size) <= 1200
    assert max(opened(thumbnail).size) <= 320
    for picture in (jpeg, thumbnail):
        assert plain_jpeg_size(picture) == PixelSize(*opened(picture).size)
        assert CANARY not in picture
        assert CANARY.decode().encode("utf-16-le") not in picture
        assert set(opened(picture).info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
        assert opened(picture).mode == "RGB"


def jpeg_with_everything() -> bytes:
    plain = encoded(figure(), quality=90, exif=exif(), comment=CANARY, icc_profile=SRGB + CANARY)
    return with_segments(
        plain,
        segment(0xE1, XMP),
        segment(0xE2, b"MPF\0" + CANARY),
        segment(0xED, b"Photoshop 3.0\x008BIM\x04\x04\0\0\0\0" + CANARY),
        segment(0xEF, CANARY),
    )


def png_with_everything() -> bytes:
    text = PngImagePlugin.PngInfo()
    text.add_text("Location", CANARY.decode())
    text.add_itxt("XML:com.adobe.xmp", XMP.decode("latin-1"), zip=False)
    text.add_text("Comment", CANARY.decode(), zip=True)
    return encoded(figure(), "PNG", pnginfo=text, exif=exif()) + CANARY


def webp_with_everything() -> bytes:
    return encoded(figure(), "WEBP", exif=exif(), xmp=XMP, quality=80) + CANARY


def polyglot() -> bytes:
    """A JPEG that is also a ZIP and, to a careless server, a web page."""
    zip_tail = b"PK\3\4" + CANARY + b"<script>" + CANARY + b"</script>" + b"PK\5\6" + bytes(18)
    return with_segments(encoded(figure()), segment(0xFE, b"<html>" + CANARY)) + zip_tail
