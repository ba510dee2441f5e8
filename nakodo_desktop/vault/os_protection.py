"""Ties a small file to this person's login where the operating system can; elsewhere the file's 0600 mode must do."""

from __future__ import annotations

import sys


class Unreadable(Exception):
    """The operating system does not give it back: another login, a reset password, another PC."""


if sys.platform == "win32":
    import ctypes
    from ctypes import wintypes

    _NO_DIALOG = 0x1  # CRYPTPROTECT_UI_FORBIDDEN

    class _Blob(ctypes.Structure):
        _fields_ = (("size", wintypes.DWORD), ("data", ctypes.POINTER(ctypes.c_char)))

    def protect(data: bytes) -> bytes:
        return _call(ctypes.windll.crypt32.CryptProtectData, data)

    def unprotect(data: bytes) -> bytes:
        return _call(ctypes.windll.crypt32.CryptUnprotectData, data)

    def _call(function: ctypes._NamedFuncPointer, data: bytes) -> bytes:
        buffer = ctypes.create_string_buffer(data, len(data))
        given, taken = _Blob(len(data), buffer), _Blob()
        if not function(ctypes.byref(given), None, None, None, None, _NO_DIALOG, ctypes.byref(taken)):
            raise Unreadable
        try:
            return ctypes.string_at(taken.data, taken.size)
        finally:
            ctypes.windll.kernel32.LocalFree(taken.data)

else:

    def protect(data: bytes) -> bytes:
        return data

    def unprotect(data: bytes) -> bytes:
        return data
