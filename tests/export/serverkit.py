"""A real OpenSSH and a real nginx on this machine, and a line to them that can be cut; Linux has both as packages."""

from __future__ import annotations

import base64
import hashlib
import os
import pwd
import resource
import shutil
import signal
import socket
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from cryptography.x509.oid import NameOID

from nakodo_desktop.export.https_delivery import HttpsPlace
from nakodo_desktop.export.sending import Patience
from nakodo_desktop.export.sftp_delivery import SftpPlace
from nakodo_desktop.export.ssh_key import public_key_line

HERE = "127.0.0.1"
CLIENT_KEY = hashlib.sha256(b"a client key for tests only").digest()
WEB_USER, WEB_PASSWORD = "mihon", "見本の合言葉 14"
_PATH = os.environ.get("PATH", "") + ":/usr/sbin:/usr/local/sbin"


def program(name: str, package: str) -> str:
    """Where it lies. A test without it fails: a delivery that was never tried is not a delivery."""
    found = shutil.which(name, path=_PATH)
    assert found, f"{name} is missing. Install it: sudo apt-get install --no-install-recommends {package}"
    return found


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HERE, 0))
        port: int = probe.getsockname()[1]
        return port


@dataclass(frozen=True)
class Sshd:
    port: int
    folder: Path
    fingerprint: str

    def place(self, **changes: object) -> SftpPlace:
        facts = {
            "host": HERE,
            "port": self.port,
            "folder": str(self.folder),
            "user": _me(),
            "fingerprint": self.fingerprint,
            "client_key": CLIENT_KEY,
            "timeout_s": 10.0,
        }
        return SftpPlace(**(facts | changes))  # type: ignore[arg-type]  # facts of these names and types


@contextmanager
def sshd(home: Path, *, sftp: str = "internal-sftp", client_key: bytes = CLIENT_KEY) -> Iterator[Sshd]:
    """Its own host key, one account (whoever runs the test) that may come in with `client_key` and only for SFTP."""
    server = program("sshd", "openssh-server")
    home.mkdir()
    folder = home / "inbox"
    folder.mkdir()
    host_key = Ed25519PrivateKey.generate()
    _private_file(home / "host_key", host_key.private_bytes(Encoding.PEM, PrivateFormat.OpenSSH, NoEncryption()))
    _private_file(home / "authorized", (public_key_line(client_key, comment="test") + "\n").encode())
    if os.geteuid() == 0:
        Path("/run/sshd").mkdir(mode=0o755, exist_ok=True)  # the package's service makes it at a start of the system
    port = free_port()
    (home / "config").write_text(
        f"""
        ListenAddress {HERE}:{port}
        HostKey {home}/host_key
        AuthorizedKeysFile {home}/authorized
        PidFile none
        StrictModes no
        UsePAM no
        PasswordAuthentication no
        KbdInteractiveAuthentication no
        PermitRootLogin prohibit-password
        Subsystem sftp {sftp}
        ForceCommand {sftp}
        """,
        encoding="utf-8",
    )
    command = [server, "-D", "-e", "-f", str(home / "config")]
    with _running(command, ready="Server listening"):
        yield Sshd(port, folder, _openssh_fingerprint(host_key))


@dataclass(frozen=True)
class Nginx:
    port: int
    folder: Path
    fingerprint: str

    def place(self, **changes: object) -> HttpsPlace:
        facts = {
            "host": HERE,
            "port": self.port,
            "folder": "inbox",
            "fingerprint": self.fingerprint,
            "user": WEB_USER,
            "password": WEB_PASSWORD,
            "timeout_s": 10.0,
        }
        return HttpsPlace(**(facts | changes))  # type: ignore[arg-type]  # facts of these names and types


@contextmanager
def nginx(home: Path, *, locations: str = "", largest_file_bytes: int | None = None) -> Iterator[Nginx]:
    """DAV over TLS with a certificate made by itself. `largest_file_bytes`: a disk that is full after so many."""
    server = program("nginx", "nginx")
    folder = home / "www" / "inbox"
    folder.mkdir(parents=True)
    fingerprint = _make_certificate(home)
    digest = base64.b64encode(hashlib.sha1(WEB_PASSWORD.encode()).digest()).decode()  # one of the forms nginx reads
    (home / "people").write_text(f"{WEB_USER}:{{SHA}}{digest}\n", encoding="utf-8")
    port = free_port()
    spare = "".join(f"{name}_temp_path {home}/{name};\n" for name in ("proxy", "fastcgi", "uwsgi", "scgi"))
    (home / "config").write_text(
        f"""
        daemon off;
        user {_me()};
        worker_processes 1;
        error_log stderr notice;
        pid {home}/pid;
        events {{ worker_connections 32; }}
        http {{
            access_log off;
            client_body_temp_path {home}/bodies;
            client_max_body_size 8m;
            {spare}
            server {{
                listen {HERE}:{port} ssl;
                ssl_certificate {home}/certificate;
                ssl_certificate_key {home}/key;
                root {home}/www;
                location / {{
                    dav_methods PUT DELETE MOVE;
                    auth_basic "inbox";
                    auth_basic_user_file {home}/people;
                }}
                {locations}
            }}
        }}
        """,
        encoding="utf-8",
    )

    def limit() -> None:
        if largest_file_bytes is not None:  # Python ignores SIGXFSZ, and the server inherits that: writing fails
            resource.setrlimit(resource.RLIMIT_FSIZE, (largest_file_bytes, largest_file_bytes))

    command = [server, "-p", str(home), "-c", str(home / "config"), "-e", "stderr"]
    with _running(command, ready="start worker process", before=limit):
        yield Nginx(port, folder, fingerprint)


@contextmanager
def _running(command: list[str], *, ready: str, before: Callable[[], None] | None = None) -> Iterator[None]:
    """From the line it says when it listens, to the end of its whole family: each connection may have a process."""
    process = subprocess.Popen(
        command, stderr=subprocess.PIPE, text=True, start_new_session=True, preexec_fn=before, restore_signals=False
    )
    with process:
        try:
            assert process.stderr is not None
            said = []
            for line in process.stderr:
                said.append(line)
                if ready in line:
                    break
            assert said and ready in said[-1], "".join(said)
            threading.Thread(target=process.stderr.read, daemon=True).start()  # or it stops when the pipe is full
            yield
        finally:
            os.killpg(process.pid, signal.SIGKILL)


class CuttingLine:
    """A TCP line to `port` on this machine. The n-th connection breaks after `cuts[n]` bytes towards the server."""

    def __init__(self, port: int, *, cuts: list[int | None], is_silent: bool = False) -> None:
        self._target, self._cuts, self._is_silent = port, cuts, is_silent
        self._kept: list[socket.socket] = []
        self._listener = socket.create_server((HERE, 0))
        self.port: int = self._listener.getsockname()[1]
        self.carried: list[int] = []  # bytes towards the server, by connection
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        for end in (self._listener, *self._kept):
            end.close()

    def _accept(self) -> None:
        with suppress(OSError):  # closed: the test is over
            while True:
                near, _ = self._listener.accept()
                number = len(self.carried)
                self.carried.append(0)
                if self._is_silent:
                    self._kept.append(near)
                    continue
                far = socket.create_connection((HERE, self._target))
                threading.Thread(target=self._carry, args=(near, far, number), daemon=True).start()
                threading.Thread(target=_pump, args=(far, near), daemon=True).start()

    def _carry(self, near: socket.socket, far: socket.socket, number: int) -> None:
        limit = self._cuts[number] if number < len(self._cuts) else None
        with suppress(OSError):
            while data := near.recv(1 << 16):
                if limit is not None and self.carried[number] + len(data) > limit:
                    far.sendall(data[: limit - self.carried[number]])
                    break
                self.carried[number] += len(data)
                far.sendall(data)
        for end in (near, far):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()


def hurried(look: Callable[[], None] = lambda: None, *, attempts: int = 6) -> Patience:
    """No time passes between two attempts; `look` is called instead."""
    return Patience(attempts=attempts, first_wait_s=0.2, longest_wait_s=0.2, wait=lambda _seconds: look())


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def _me() -> str:
    """Who runs this test, as the system's list of users has it."""
    return pwd.getpwuid(os.geteuid()).pw_name


def _openssh_fingerprint(key: Ed25519PrivateKey) -> str:
    wire = base64.b64decode(key.public_key().public_bytes(Encoding.OpenSSH, PublicFormat.OpenSSH).split()[1])
    return "SHA256:" + base64.b64encode(hashlib.sha256(wire).digest()).decode().rstrip("=")


def _make_certificate(home: Path) -> str:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "inbox.example.jp")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    _private_file(home / "key", key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    _private_file(home / "certificate", certificate.public_bytes(Encoding.PEM))
    return hashlib.sha256(certificate.public_bytes(Encoding.DER)).hexdigest()


def _private_file(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    path.chmod(0o600)


def _pump(source: socket.socket, sink: socket.socket) -> None:
    with suppress(OSError):
        while data := source.recv(1 << 16):
            sink.sendall(data)
    with suppress(OSError):
        sink.shutdown(socket.SHUT_RDWR)
