"""After importing this a bundle in a folder is one that was read back and found whole, or there is none."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from nakodo_desktop.errors import ExportRefused
from nakodo_desktop.export.bundle import Bundle
from nakodo_desktop.export.verify import Expected, verify_bundle
from nakodo_desktop.export.writing import write_atomically


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
        report = verify_bundle(part, expected=Expected(today=today))
        if report.is_ok and report.facts is not None and report.facts.manifest_sha256 == bundle.manifest_sha256:
            return
        raise ExportRefused(
            "書き出したファイルを読み返したところ、正しくありませんでした。ファイルは残していません。",
            "\n".join(["別の保存先を選んで、もう一度書き出してください。", *(f.message for f in report.findings)]),
        )

    return write_atomically(
        folder, name=bundle.file_name, chunks=bundle.chunks(), on_progress=on_progress, check=read_back
    )
