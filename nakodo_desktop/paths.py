"""Where things lie: shipped files (checkout and frozen alike) and this person's own folders."""

from __future__ import annotations

from pathlib import Path

_ROOT = Path(__file__).resolve().parent.parent  # the checkout, or the folder of the frozen program
RESOURCES = _ROOT / "resources"
FORMS = _ROOT / "forms"
GUIDE = _ROOT / "docs" / "guide"  # the help inside the program is the same text
_APP = "nakodo_desktop"


def data_dir() -> Path:
    """This person's data on this PC: default vault, office key, last-seen file. Not a synced folder."""
    import platformdirs

    return Path(platformdirs.user_data_dir(_APP, appauthor=False))


def config_dir() -> Path:
    """Preferences only; never personal data."""
    import platformdirs

    return Path(platformdirs.user_config_dir(_APP, appauthor=False))


def cache_dir() -> Path:
    """Files that can be rebuilt (rendered icons)."""
    import platformdirs

    return Path(platformdirs.user_cache_dir(_APP, appauthor=False))


def log_dir() -> Path:
    """The redacted log."""
    import platformdirs

    return Path(platformdirs.user_log_dir(_APP, appauthor=False))


def default_vault_dir() -> Path:
    """Where a new office's vault lies unless the operator chooses another folder."""
    return data_dir() / "vault"
