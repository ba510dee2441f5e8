"""After importing this a bundle in a folder is one that was read back and found whole, or there is none."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from nakodo_desktop.errors import ExportRefused
from nakodo_desktop.export.bundle import Bundle
from nakodo_desktop.export.report import Report
from nakodo_desktop.export.sealing import SEALED_SUFFIX, seal
from nakodo_desktop.export.verify import Expected, verify_bundle, verify_stream
from nakodo_desktop.export.writing import write_atomically

_CHUNK_BYTES = 1 << 20


def write_bundle(
    folder: Path,
    bundle: Bundle,
    *,
    today: date,
    on_progress: Callable[[int], None] | None = None,
) -> Path:
    """Write the bundle, read it back from the disk as the association will, and only then give it its name.

    `on_progress` is told the bytes written so far, of `bundle.size`, and may raise to cancel.
    Raises: DiskFull, NotWritable; ExportRefused when what lies on the disk is not what was written.
    """

    def read_back(part: Path) -> None:
        _accept(verify_bundle(part, expected=Expected(today=today)), bundle)

    return write_atomically(
        folder, name=bundle.file_name, chunks=bundle.chunks(), on_progress=on_progress, check=read_back
    )


def write_sealed_bundle(
    folder: Path,
    bundle: Bundle,
    *,
    association_key: str,
    today: date,
    on_progress: Callable[[int], None] | None = None,
) -> Path:
    """The same, sealed to the association's public key; the open bundle is never on the disk, and is whole in memory.

    `on_progress` counts the bytes of the sealed file, a little more than `bundle.size`. Raises: as write_bundle.
    """
    sealed = seal(checked_bytes(bundle, today=today), association_key=association_key)

    def read_back(part: Path) -> None:
        with part.open("rb") as file:
            if hashlib.file_digest(file, "sha256").digest() != hashlib.sha256(sealed).digest():
                raise _not_what_was_written([])

    return write_atomically(
        folder,
        name=bundle.file_name + SEALED_SUFFIX,
        chunks=_slices(sealed),
        on_progress=on_progress,
        check=read_back,
    )


def checked_bytes(bundle: Bundle, *, today: date) -> bytes:
    """The whole file in memory, read as the association will read it. Raises: ExportRefused."""
    data = bundle.to_bytes()
    stream = io.BytesIO(data)
    _accept(
        verify_stream(stream, size=len(data), name=bundle.file_name, expected=Expected(today=today)),
        bundle,
    )
    return data


def _slices(data: bytes) -> Iterator[bytes]:
    for start in range(0, len(data), _CHUNK_BYTES):
        yield data[start : start + _CHUNK_BYTES]


def _accept(report: Report, bundle: Bundle) -> None:
    if not report.is_ok or report.facts is None or report.facts.manifest_sha256 != bundle.manifest_sha256:
        raise _not_what_was_written([finding.message for finding in report.findings])


def _not_what_was_written(reasons: list[str]) -> ExportRefused:
    return ExportRefused(
        "書き出したファイルを読み返したところ、正しくありませんでした。ファイルは残していません。",
        "\n".join(["別の保存先を選んで、もう一度書き出してください。", *reasons]),
    )
