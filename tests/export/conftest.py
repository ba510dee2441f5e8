"""OpenSSH and nginx are started as Debian packages them: what they answer is tried on Linux."""

from __future__ import annotations

import sys

if sys.platform != "linux":
    collect_ignore = [
        "test_remote_delivery.py",
        "test_sftp_delivery.py",
        "test_https_delivery.py",
        "test_office_delivery.py",
    ]
