"""T62 and T63 through the real child process: what is refused with which words, and that the child is not believed."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from nakodo_desktop import photo_decoder
from nakodo_desktop.errors import PhotoRefused
from nakodo_desktop.services import photo_intake
from nakodo_desktop.services.photo_intake import decode_photo, read_photo
from tests.picturekit import (
    CANARY,
    assert_safe,
    bomb_png,
    empty_png,
    encoded,
    exif,
    figure,
    jpeg_with_everything,
    png_with_everything,
    polyglot,
    webp_with_everything,
)

CHILD = [sys.executable, "-I", photo_decoder.__file__]


@pytest.mark.parametrize(
    "make", [jpeg_with_everything, png_with_everything, webp_with_everything, polyglot], ids=lambda make: make.__name__
)
def test_T63_nothing_but_pixels_comes_through(make: Callable[[], bytes]):
    data = make()
    assert CANARY in data
    photo = decode_photo(data)
    assert_safe(photo.jpeg, photo.thumbnail)
    assert (photo.width_px, photo.height_px) == (640, 800)
    assert photo.sha256 == hashlib.sha256(photo.jpeg).hexdigest()


def animated(kind: str) -> bytes:
    return encoded(figure(90, 90), kind, save_all=True, append_images=[figure(90, 90).rotate(90)])


GOOD = encoded(figure())
REFUSED: list[tuple[str, bytes, str, str]] = [
    ("empty", b"", "空です", "もう一度コピー"),
    ("text", "会員メモ\nけん玉が好き".encode() * 20, "文字のファイル", "選び直して"),
    ("text_cp932", "会員メモ けん玉".encode("cp932") * 20, "文字のファイル", "選び直して"),
    ("text_utf16", "会員メモ けん玉".encode("utf-16") * 20, "読めないファイル", "選び直して"),
    ("html_named_jpeg", b"<html><body>404</body></html>", "文字のファイル", "選び直して"),
    ("bomb_81_mpx", empty_png(9_000), "画素数が多すぎます", "縮小"),
    ("bomb_100_mpx", empty_png(10_000), "画素数が多すぎます", "縮小"),
    ("bomb_169_mpx", empty_png(13_000), "画素数が多すぎます", "縮小"),
    ("bomb_900_mpx", empty_png(30_000), "画素数が多すぎます", "縮小"),
    ("too_long", encoded(Image.new("1", (12_001, 1)), "PNG"), "画素数が多すぎます", "縮小"),
    ("webp_20_mpx", encoded(Image.new("1", (5_001, 4_000)), "WEBP", lossless=True), "WebP形式", "JPEGで"),
    ("too_large", GOOD + bytes(30 * 2**20), "大きすぎます（30MBまで）", "標準の大きさ"),
    ("truncated_jpeg", GOOD[: len(GOOD) // 2], "途中で切れています", "もう一度コピー"),
    ("truncated_png", encoded(figure(), "PNG")[:-2000], "途中で切れています", "もう一度コピー"),
    ("cut_after_header", GOOD[:3], "読めないファイル", "選び直して"),
    ("heic", b"\0\0\0\x18ftypheic" + bytes(200), "HEIC", "互換性優先"),
    ("heic_mif1", b"\0\0\0\x18ftypmif1\0\0\0\0mif1heic" + bytes(200), "HEIC", "互換性優先"),
    ("avif", b"\0\0\0\x18ftypavif" + bytes(200), "AVIF", "JPEG"),
    ("gif", encoded(figure(), "GIF"), "GIF", "JPEGかPNG"),
    ("bmp", encoded(figure(), "BMP"), "BMP", "JPEGかPNG"),
    ("tiff", encoded(figure(), "TIFF"), "TIFF", "書き出して"),
    ("eps", encoded(figure(), "EPS"), "EPS", "選び直して"),
    ("svg", b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>', "SVG", "選び直して"),
    ("pdf", encoded(figure(), "PDF"), "PDF", "選び直して"),
    ("animated_png", animated("PNG"), "動く画像", "静止画"),
    ("animated_webp", animated("WEBP"), "動く画像", "静止画"),
    ("noise_after_jpeg_header", GOOD[:20] + bytes(range(256)) * 50, "読めないファイル", "選び直して"),
]


@pytest.mark.parametrize(("data", "message", "advice"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_T62_refused_with_what_to_do(data: bytes, message: str, advice: str):
    with pytest.raises(PhotoRefused) as refused:
        decode_photo(data)
    assert message in refused.value.message
    assert advice in refused.value.advice


def test_T62_broken_middle_is_refused_or_yields_a_safe_picture():
    """Huffman data has no checksum: some damage cannot be seen. It must then still be a plain picture."""
    refused = 0
    png, webp = encoded(figure(200, 250), "PNG"), encoded(figure(200, 250), "WEBP")
    samples = [(png, len(png) // 2), (png, 60), (webp, len(webp) // 2), (webp, 25), (GOOD, 170), (GOOD, 700)]
    for data, at in samples:
        broken = data[:at] + bytes(255 - byte for byte in data[at : at + 8]) + data[at + 8 :]
        try:
            photo = decode_photo(broken)
            assert_safe(photo.jpeg, photo.thumbnail)
        except PhotoRefused as told:
            assert told.advice
            refused += 1
    assert refused >= 3


# A process of its own starts the decoder, because the peak of a child counts what its parent held when it was started.
MEASURED = (
    "import resource, subprocess, sys; child = subprocess.run(sys.argv[2:], stdin=open(sys.argv[1], 'rb'));"
    "print(child.returncode, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, file=sys.stderr)"
)


def run_child(data: bytes, folder: Path, **environment: str) -> tuple[int, bytes, int]:
    """Exit code, answer and peak RSS in KiB of one real child."""
    (folder / "picture").write_bytes(data)
    launcher = [sys.executable, "-I", "-c", MEASURED, str(folder / "picture"), *CHILD]
    done = subprocess.run(launcher, capture_output=True, env=environment, cwd=folder, check=True)
    code, peak_kib = done.stderr.split()[-2:]
    return int(code), done.stdout, int(peak_kib)


SIDE = 6_324  # squared: just under 40 Mpx
LARGEST: list[tuple[str, Callable[[], bytes]]] = [
    ("png_rgba", lambda: bomb_png(SIDE, colour_type=6)),
    ("jpeg", lambda: encoded(Image.new("RGB", (SIDE, SIDE), (90, 120, 150)))),
    (
        "progressive_cmyk",
        lambda: encoded(Image.new("CMYK", (SIDE, SIDE), (9, 80, 9, 0)), progressive=True, subsampling=0),
    ),
    ("webp_20_mpx", lambda: encoded(Image.new("RGB", (5_000, 4_000), (9, 80, 9)), "WEBP", method=0)),
    ("turned_png", lambda: encoded(Image.new("L", (SIDE, SIDE), 90), "PNG", compress_level=1, exif=exif(6))),
]


@pytest.mark.parametrize("make", [row[1] for row in LARGEST], ids=[row[0] for row in LARGEST])
def test_T62_the_largest_allowed_picture_stays_under_400_mb(make: Callable[[], bytes], tmp_path: Path):
    code, answer, rss_kib = run_child(make(), tmp_path)
    assert code == 0
    assert answer.startswith(photo_decoder.READY + b'{"photo"')
    assert rss_kib < 400 * 1000


def test_T62_bomb_is_refused_before_it_is_decoded(tmp_path: Path):
    code, answer, rss_kib = run_child(bomb_png(9_000), tmp_path)
    assert (code, answer) == (0, photo_decoder.READY + b'{"refused": "too_many_pixels"}\n')
    assert rss_kib < 100 * 1000


def test_T62_no_other_program_is_started_for_an_eps(tmp_path: Path):
    trap = tmp_path / "gs"
    trap.write_text(f"#!/bin/sh\ntouch {tmp_path / 'started'}\n", encoding="utf-8")
    trap.chmod(0o755)
    code, answer, _ = run_child(encoded(figure(), "EPS"), tmp_path, PATH=str(tmp_path))
    assert (code, answer) == (0, photo_decoder.READY + b'{"refused": "unknown_format"}\n')
    assert not (tmp_path / "started").exists()


def test_child_leaves_nothing_on_the_disk(tmp_path: Path):
    run_child(jpeg_with_everything(), tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["picture"]


def test_parent_and_child_agree():
    assert photo_intake.MAX_FILE_BYTES == photo_decoder.MAX_FILE_BYTES
    assert decode_photo(GOOD) == decode_photo(GOOD)


def child(script: str) -> list[str]:
    ready = "import sys; out = sys.stdout.buffer; out.write(b'nakodo-photo 1\\n'); out.flush(); "
    return [sys.executable, "-I", "-c", ready + script]


def test_a_child_that_hangs_is_stopped():
    with pytest.raises(PhotoRefused, match="時間がかかりすぎる"):
        decode_photo(GOOD, timeout_s=0.4, command=child("import threading; threading.Event().wait()"))


@pytest.mark.parametrize(
    "script",
    [
        "sys.exit(1)",
        "out.write(b'[]\\n')",
        "out.write(b'not json\\n')",
        "out.write(b'{\"photo\": 3}\\nabcdef')",
        'out.write(b\'{"photo": "x"}\\n\')',
        'out.write(b\'{"refused": "something new"}\\n\')',
        "[out.write(bytes(1 << 20)) for _ in range(64)]",
        "import os; os.abort()",
    ],
)
def test_a_child_taken_over_by_a_picture_is_not_believed(script: str):
    with pytest.raises(PhotoRefused, match="壊れていて読めません"):
        decode_photo(GOOD, command=child(script))


def test_a_child_that_hands_back_the_original_is_not_believed():
    script = f"d = sys.stdin.buffer.read(); out.write(b'{{\"photo\": %d}}\\n' % len(d) + d + {GOOD[:2]!r})"
    with pytest.raises(PhotoRefused):
        decode_photo(jpeg_with_everything(), command=child(script))


def test_a_missing_decoder_is_our_fault_and_not_the_pictures():
    with pytest.raises(RuntimeError, match="did not start"):
        decode_photo(GOOD, command=[sys.executable, "-I", "-c", "import no_such_module"])


def test_file_that_is_not_there_is_told(tmp_path: Path):
    (tmp_path / "photo.jpg").write_bytes(GOOD)
    assert read_photo(tmp_path / "photo.jpg") == GOOD
    with pytest.raises(PhotoRefused, match="読めません"):
        read_photo(tmp_path / "gone.jpg")
