"""After this process has ended nobody needs to fear a picture file: it alone meets the image parsers, and holds no key.

Run as a child: one picture on stdin, an answer on stdout, nothing on disk. The answer is READY, then one line of JSON,
`{"refused": code}` or `{"photo": length}`, then the photo and its thumbnail as JPEG. A child that dies after READY has
met a broken picture.
The parent is services/photo_intake.py; it may start this file by its path, so nothing of this package is imported here.
"""

from __future__ import annotations

import io
import json
import struct
import sys
import warnings
from collections.abc import Iterator
from typing import BinaryIO

from PIL import (
    ExifTags,
    Image,
    ImageCms,
    JpegImagePlugin,
    MpoImagePlugin,
    PngImagePlugin,
    UnidentifiedImageError,
    WebPImagePlugin,
)

if sys.platform != "win32":
    import resource

READY = b"nakodo-photo 1\n"
MAX_FILE_BYTES = 30 * 2**20
MAX_PIXELS = 40_000_000
MAX_WEBP_PIXELS = 20_000_000  # its decoder holds the picture four times: 640 MB at 40 Mpx (measured, Pillow 13)
MAX_SIDE_PX = 12_000
PHOTO_SIDE_PX = 1200
THUMBNAIL_SIDE_PX = 320
_QUALITY = 85
_STRIP_PIXELS = 6_000_000  # as much as a drafted JPEG has at most: it is one strip
_MEMORY_BYTES = 700 * 2**20  # address space, not pages in use: Python and Pillow alone map some 150 MiB
_CPU_SECONDS = 20

# Each named here, so that no other parser is ever loaded. A phone's JPEG with a second picture behind it is an MPO.
_PLUGINS = (JpegImagePlugin, MpoImagePlugin, PngImagePlugin, WebPImagePlugin)
_FORMATS = ("JPEG", "PNG", "WEBP")

# TIFF 6.0, tag 274: how the camera was held → what turns the picture upright.
_UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


class Refused(Exception):
    """A picture we do not take in; the code is for the parent."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def main(stdin: BinaryIO, stdout: BinaryIO) -> int:
    """Answer one picture and return the exit code."""
    _limit_this_process()
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    Image.MAX_IMAGE_PIXELS = MAX_PIXELS
    stdout.write(READY)
    stdout.flush()
    try:
        photo, thumbnail = sanitized(stdin.read(MAX_FILE_BYTES + 1))
    except Refused as refused:
        stdout.write(json.dumps({"refused": refused.code}).encode() + b"\n")
    else:
        stdout.write(json.dumps({"photo": len(photo)}).encode() + b"\n" + photo + thumbnail)
    stdout.flush()
    return 0


def sanitized(data: bytes) -> tuple[bytes, bytes]:
    """The picture and its thumbnail as new JPEGs that carry pixels alone.

    Raises: Refused. Any other error means that the picture is broken.
    """
    if len(data) > MAX_FILE_BYTES:
        raise Refused("file_too_large")
    try:
        with Image.open(io.BytesIO(data), formats=_FORMATS) as opened:
            _check(opened)
            orientation = _orientation(opened)
            profile = opened.info.get("icc_profile")
            opened.draft(None, (PHOTO_SIDE_PX, PHOTO_SIDE_PX))
            small = _fitted(_shrunk(opened), PHOTO_SIDE_PX)
    except UnidentifiedImageError:
        raise Refused("unknown_format") from None
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise Refused("too_many_pixels") from None
    except OSError as failed:
        raise Refused("truncated" if "truncated" in str(failed).casefold() else "broken") from None
    upright = small.transpose(_UPRIGHT[orientation]) if orientation in _UPRIGHT else small
    picture = _pixels_only(_srgb(upright, profile))
    return _encoded(picture), _encoded(_fitted(picture, THUMBNAIL_SIDE_PX))


def _check(opened: Image.Image) -> None:
    """Refuse by what the header says; not one pixel has been decoded yet."""
    width, height = opened.size
    if width * height > MAX_PIXELS or max(width, height) > MAX_SIDE_PX:
        raise Refused("too_many_pixels")
    if opened.format == "WEBP" and width * height > MAX_WEBP_PIXELS:
        raise Refused("too_many_pixels_webp")
    if opened.format != "MPO" and getattr(opened, "n_frames", 1) > 1:
        raise Refused("animated")


def _orientation(opened: Image.Image) -> int:
    """1 to 8; an EXIF block that cannot be read turns nothing, and is thrown away like any other."""
    try:
        value = opened.getexif().get(ExifTags.Base.Orientation, 1)
    except (SyntaxError, struct.error, ValueError, KeyError):
        return 1
    return value if isinstance(value, int) else 1


def _shrunk(opened: Image.Image) -> Image.Image:
    """The whole picture at about twice its final size or less, in a mode that can be resampled and encoded.

    Strip by strip: next to the decoded picture there is never a second one of that size in memory.
    """
    opened.load()
    factor = max(1, max(opened.size) // (2 * PHOTO_SIDE_PX))
    width, height = opened.size
    if factor == 1 and width * height <= _STRIP_PIXELS:
        return _opaque(opened)
    strips = ((top, _opaque(opened.crop((0, top, width, bottom)))) for top, bottom in _strips(opened.size, factor))
    result: Image.Image | None = None
    for top, strip in strips:
        part = strip.reduce(factor)
        if result is None:
            result = Image.new(part.mode, (-(-width // factor), -(-height // factor)))
        result.paste(part, (0, top // factor))
    if result is None:
        raise Refused("broken")
    return result


def _strips(size: tuple[int, int], factor: int) -> Iterator[tuple[int, int]]:
    width, height = size
    rows = max(1, _STRIP_PIXELS // (width * factor)) * factor
    for top in range(0, height, rows):
        yield top, min(height, top + rows)


def _opaque(part: Image.Image) -> Image.Image:
    """RGB, CMYK or L; what is transparent lies on white."""
    if part.mode in ("RGB", "CMYK", "L"):
        return part
    if part.mode.startswith("I"):  # 16-bit greys: Pillow would cut them off at 255
        return part.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    on_white = Image.new("RGB", part.size, "white")
    with_alpha = part.convert("RGBA")
    on_white.paste(with_alpha, mask=with_alpha.getchannel("A"))
    return on_white


def _fitted(image: Image.Image, side_px: int) -> Image.Image:
    """No side longer than `side_px`; never enlarged."""
    longest = max(image.size)
    if longest <= side_px:
        return image
    width, height = (max(1, round(length * side_px / longest)) for length in image.size)
    return image.resize((width, height), Image.Resampling.BICUBIC, reducing_gap=2.0)


def _srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """The colours as every screen shows them. A profile that cannot be used is treated as if it were not there."""
    if profile:
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            target = ImageCms.createProfile("sRGB")
            converted = ImageCms.profileToProfile(image, source, target, outputMode="RGB")
        except (ImageCms.PyCMSError, OSError, ValueError):
            return image.convert("RGB")
        if converted is not None:
            return converted
    return image.convert("RGB")


def _pixels_only(image: Image.Image) -> Image.Image:
    """A new image: what else a file carried hangs on the old one and ends with it."""
    fresh = Image.new("RGB", image.size)
    fresh.paste(image)
    return fresh


def _encoded(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=_QUALITY, exif=b"", icc_profile=None, comment=b"")
    return out.getvalue()


def _limit_this_process() -> None:
    """Whatever a parser can be made to do ends with this much memory and time, and writes no file."""
    if sys.platform != "win32":
        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY_BYTES, _MEMORY_BYTES))
        resource.setrlimit(resource.RLIMIT_CPU, (_CPU_SECONDS, _CPU_SECONDS))
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    sys.exit(main(sys.stdin.buffer, sys.stdout.buffer))
