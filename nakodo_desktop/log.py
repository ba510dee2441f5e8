"""The log file: what happened, in ids and keys. A value that is not known to be harmless never gets into it."""

from __future__ import annotations

import logging
import re
import traceback
from pathlib import Path

from nakodo_desktop.errors import error_code

_FILE_BYTES = 512 * 1024
_HARMLESS = re.compile(r"[A-Za-z0-9_.:/\-]{1,64}")  # ids, keys, class names, counts: no Japanese, no spaces


class OnlyHarmless(logging.Filter):
    """Arguments of a log call that are not plain ids become <redacted>; exceptions keep type, code and places only."""

    def filter(self, record: logging.LogRecord) -> bool:
        if not (isinstance(record.msg, str) and record.msg.isascii()):  # ours are English; this one is put together
            record.msg, record.args = "<redacted>", ()
        if isinstance(record.args, tuple):
            record.args = tuple(_harmless(arg) for arg in record.args)
        elif record.args:
            record.args = {key: _harmless(arg) for key, arg in record.args.items()}
        if record.exc_info and record.exc_info[1] is not None:
            record.msg = f"{record.msg} [{_told(record.exc_info[1])}]"
        record.exc_info = None
        record.exc_text = None
        record.stack_info = None
        return True


def start_logging(folder: Path) -> None:
    """Write to nakodo.log in `folder`; a folder that cannot be written leaves the program without a log."""
    root = logging.getLogger()
    root.setLevel(logging.INFO)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file = folder / "nakodo.log"
        _make_room(file)
        handler: logging.Handler = logging.FileHandler(file, encoding="utf-8")
    except OSError:
        handler = logging.NullHandler()
    handler.addFilter(OnlyHarmless())
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    root.addHandler(handler)


def _make_room(file: Path) -> None:
    """Put a file that grew large aside, over the one put aside before. Asked once a start: a day writes little.

    (`logging.handlers` would rotate as well, and bring sockets and pickle into the start of the window.)
    """
    if file.exists() and file.stat().st_size > _FILE_BYTES:
        file.replace(file.with_name("nakodo.old.log"))


def _told(error: BaseException) -> str:
    """Type, the code that the window showed, and where: the innermost place first. Never the words of the error."""
    places = (f"{Path(frame.filename).name}:{frame.lineno}" for frame in traceback.extract_tb(error.__traceback__))
    return f"{type(error).__name__} {error_code(error)} at {' < '.join(reversed(list(places))) or '?'}"


def _harmless(value: object) -> object:
    if isinstance(value, int | float):
        return value
    return value if isinstance(value, str) and _HARMLESS.fullmatch(value) else "<redacted>"
