"""After importing this a photo is safe pixels, or a sentence that says what to do; the file is never parsed here.

A child process does the parsing (photo_decoder). It gets the bytes through a pipe and nothing else: no key, no file, a
bounded memory and time. What it answers is checked as if it came from the file.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from nakodo_desktop.domain.values import Trouble
from nakodo_desktop.errors import PhotoRefused
from nakodo_desktop.export.plain_jpeg import PixelSize, plain_jpeg_size

MAX_FILE_BYTES = 30 * 2**20  # equal to the decoder's own limit (a test compares them)
TIMEOUT_S = 20.0
_READY = b"nakodo-photo 1\n"
_MAX_ANSWER_BYTES = 8 * 2**20
_MAX_HEADER_BYTES = 300
_PHOTO_SIDE_PX, _THUMBNAIL_SIDE_PX = 1200, 320

_CHOOSE_ANOTHER = "写真（JPEG・PNG・WebP）のファイルを選び直してください。"
_REFUSALS: dict[str, tuple[str, str]] = {
    "empty": ("ファイルが空です。", "写真をもう一度コピーするか、別の写真を選んでください。"),
    "file_too_large": (
        "写真のファイルが大きすぎます（30MBまで）。",
        "スマートフォンやカメラの標準の大きさで保存した写真を選んでください。",
    ),
    "too_many_pixels": (
        "写真の画素数が多すぎます（4,000万画素、一辺12,000まで）。",
        "画像の大きさを縮小して保存し、その写真を選んでください。",
    ),
    "too_many_pixels_webp": (
        "WebP形式の写真の画素数が多すぎます（2,000万画素まで）。",
        "JPEGで保存し直すか、画像の大きさを縮小して選んでください。",
    ),
    "text": ("写真ではなく、文字のファイルです。", _CHOOSE_ANOTHER),
    "heic": (
        "HEIC形式の写真には対応していません。",
        "iPhoneでは「設定＞カメラ＞フォーマット＞互換性優先」で撮り直すか、JPEGで書き出した写真を選んでください。",
    ),
    "avif": ("AVIF形式の写真には対応していません。", "JPEGで保存し直した写真を選んでください。"),
    "gif": ("GIF形式には対応していません。", "元の写真をJPEGかPNGで保存して選んでください。"),
    "bmp": ("BMP形式には対応していません。", "画像ソフトでJPEGかPNGに保存し直して選んでください。"),
    "tiff": ("TIFF・RAW形式には対応していません。", "カメラや画像ソフトでJPEGに書き出して選んでください。"),
    "vector": ("EPS・SVG・PDFは写真ではありません。", _CHOOSE_ANOTHER),
    "animated": ("動く画像は使えません。", "一枚の写真（静止画）を選んでください。"),
    "unknown_format": ("写真として読めないファイルです。", _CHOOSE_ANOTHER),
    "truncated": (
        "写真のデータが途中で切れています。",
        "コピーが終わっていないかもしれません。元の写真からもう一度コピーしてください。",
    ),
    "broken": (
        "写真のデータが壊れていて読めません。",
        "ほかの写真を選ぶか、画像ソフトで開いてJPEGで保存し直してください。",
    ),
    "too_slow": (
        "写真の読み込みに時間がかかりすぎるため、中止しました。",
        "画像ソフトで開いてJPEGで保存し直すか、別の写真を選んでください。",
    ),
}


@dataclass(frozen=True, kw_only=True)
class SafePhoto:
    """Pixels only: no place, no time, no camera, no text. The thumbnail is the same picture, smaller."""

    jpeg: bytes
    thumbnail: bytes
    width_px: int
    height_px: int
    sha256: str


def decode_photo(data: bytes, *, timeout_s: float = TIMEOUT_S, command: Sequence[str] | None = None) -> SafePhoto:
    """Take in one file's bytes. Blocks for about 0.3 s: call it from a job. `command` replaces the child in tests.

    Raises: PhotoRefused, whose advice says what to do instead.
    """
    if (code := _told_by_first_bytes(data)) is not None:
        raise _refused(code)
    answer = _ask_child(data, command=command or _decoder_command(), timeout_s=timeout_s)
    line, _, blobs = answer.partition(b"\n")
    told = _header(line)
    if "refused" in told:
        raise _refused(str(told["refused"]))
    length = told.get("photo")
    if not isinstance(length, int):
        raise _refused("broken")
    jpeg, thumbnail = blobs[:length], blobs[length:]
    size = _checked(jpeg, side_px=_PHOTO_SIDE_PX)
    _checked(thumbnail, side_px=_THUMBNAIL_SIDE_PX)
    return SafePhoto(
        jpeg=jpeg,
        thumbnail=thumbnail,
        width_px=size.width_px,
        height_px=size.height_px,
        sha256=hashlib.sha256(jpeg).hexdigest(),
    )


def read_photo(path: Path) -> bytes:
    """A file's bytes, or the refusal of a file that is not there or too large to be read at all."""
    try:
        with path.open("rb") as file:
            data = file.read(MAX_FILE_BYTES + 1)
    except OSError as failed:
        raise PhotoRefused(
            "写真のファイルを読めません。", "ファイルがあるか、読む権限があるかをご確認ください。"
        ) from failed
    return data


def _refused(code: str) -> PhotoRefused:
    return PhotoRefused(*_REFUSALS.get(code, _REFUSALS["broken"]))


def _told_by_first_bytes(data: bytes) -> str | None:
    """What can be refused, with the right advice, before any parser sees it. None: the child decides."""
    if not data:
        return "empty"
    if len(data) > MAX_FILE_BYTES:
        return "file_too_large"
    head = data[:512]
    if head.startswith((b"\xff\xd8", b"\x89PNG", b"RIFF")):
        return None
    if head[4:8] == b"ftyp":
        return "avif" if b"avif" in head[8:32] or b"avis" in head[8:32] else "heic"
    for start, code in (
        (b"GIF8", "gif"),
        (b"BM", "bmp"),
        (b"II*\0", "tiff"),
        (b"MM\0*", "tiff"),
        (b"%!PS", "vector"),
        (b"\xc5\xd0\xd3\xc6", "vector"),
        (b"%PDF", "vector"),
    ):
        if head.startswith(start):
            return code
    if b"<svg" in head.lower():
        return "vector"
    return "text" if _is_text(head) else None


def _is_text(head: bytes) -> bool:
    """Text in UTF-8 or Shift_JIS has no control byte in its first lines; every picture format has."""
    return not any(byte < 32 and byte not in b"\t\r\n\x0c\x1b" for byte in head)


def _decoder_command() -> list[str]:
    if getattr(sys, "frozen", False):
        return [sys.executable, "--photo-decoder"]
    return [sys.executable, "-I", str(Path(__file__).resolve().parent.parent / "photo_decoder.py")]


def _ask_child(data: bytes, *, command: Sequence[str], timeout_s: float) -> bytes:
    """What the child answers after READY. It is stopped when it takes too long or says too much."""
    child = subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=_bare_environment(),
        close_fds=True,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )
    timed_out = threading.Event()

    def stop() -> None:
        timed_out.set()
        child.kill()

    with child:
        assert child.stdin is not None and child.stdout is not None
        clock = threading.Timer(timeout_s, stop)
        feeder = threading.Thread(target=_feed, args=(child.stdin, data))
        clock.start()
        feeder.start()
        answer = child.stdout.read(_MAX_ANSWER_BYTES + 1)
        if len(answer) > _MAX_ANSWER_BYTES:
            child.kill()
        exit_code = child.wait()
        clock.cancel()
        feeder.join()
    if timed_out.is_set():
        raise _refused("too_slow")
    if not answer.startswith(_READY):
        raise RuntimeError(f"the photo decoder did not start (exit code {exit_code})")
    if exit_code != 0 or len(answer) > _MAX_ANSWER_BYTES:
        raise _refused("broken")
    return answer.removeprefix(_READY)


def _feed(pipe: IO[bytes], data: bytes) -> None:
    try:
        with pipe:
            pipe.write(data)
    except OSError:  # the child has ended; its exit code tells the story
        return


def _bare_environment() -> dict[str, str]:
    """What a process needs to start at all on each system, and nothing that steers Python or names a person."""
    needed = ("SYSTEMROOT", "WINDIR", "TEMP", "TMP", "LD_LIBRARY_PATH")
    return {name: os.environ[name] for name in needed if name in os.environ}


def _header(line: bytes) -> dict[str, object]:
    try:
        told = json.loads(line[:_MAX_HEADER_BYTES])
    except ValueError:
        raise _refused("broken") from None
    if not isinstance(told, dict):
        raise _refused("broken")
    return told


def _checked(jpeg: bytes, *, side_px: int) -> PixelSize:
    size = plain_jpeg_size(jpeg)
    if isinstance(size, Trouble) or not 0 < max(size.width_px, size.height_px) <= side_px:
        raise _refused("broken")
    return size
