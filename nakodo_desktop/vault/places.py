"""Which folders a live vault must not lie in: those a sync client copies while it is open."""

from __future__ import annotations

from pathlib import Path

_SERVICES = (
    ("onedrive", "OneDrive"),
    ("dropbox", "Dropbox"),
    ("icloud", "iCloud"),
    ("com~apple~clouddocs", "iCloud"),
    ("mobile documents", "iCloud"),
    ("google drive", "Google ドライブ"),
    ("googledrive", "Google ドライブ"),
    ("マイドライブ", "Google ドライブ"),
    ("my drive", "Google ドライブ"),
    ("box sync", "Box"),
    ("nextcloud", "Nextcloud"),
    ("yandex.disk", "Yandex Disk"),
)


def sync_service(folder: Path) -> str | None:
    """The service whose client seems to watch this folder, by its usual names; None if none is known."""
    for part in folder.resolve().parts:
        name = part.casefold()
        for beginning, service in _SERVICES:
            if name.startswith(beginning):
                return service
        if name == "box":
            return "Box"
    return None
