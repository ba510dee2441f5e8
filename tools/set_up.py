"""Make `.venv` ready to run, test or build the program. Needs nothing but a Python.

    python3 tools/set_up.py run | demo | test | bench | build

Says in one sentence what is missing when it cannot put it right itself. Quick when there is nothing to do.
Written so that old interpreters can read it: a Python 3.8 gets the sentence and not a syntax error.
"""

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OLDEST_PYTHON = (3, 11)
REQUIREMENTS = {
    "run": "requirements.txt",
    "demo": "requirements.txt",
    "test": "requirements-dev.txt",
    "bench": "requirements-dev.txt",
    "build": "requirements-build.txt",
}
SHOWS_A_WINDOW = ("run", "bench")

# What Qt loads from the system on Linux: the library, and the Debian package that brings it (the first one the
# release knows). Without the first group even tests without a screen fail; the second is for a real window.
QT_LIBRARIES = {
    "libGL.so.1": ("libgl1",),
    "libEGL.so.1": ("libegl1",),
    "libxkbcommon.so.0": ("libxkbcommon0",),
    "libfontconfig.so.1": ("libfontconfig1",),
    "libdbus-1.so.3": ("libdbus-1-3",),
    "libglib-2.0.so.0": ("libglib2.0-0t64", "libglib2.0-0"),
}
WINDOW_LIBRARIES = {
    "libX11-xcb.so.1": ("libx11-xcb1",),
    "libxcb-cursor.so.0": ("libxcb-cursor0",),
    "libxcb-icccm.so.4": ("libxcb-icccm4",),
    "libxcb-image.so.0": ("libxcb-image0",),
    "libxcb-keysyms.so.1": ("libxcb-keysyms1",),
    "libxcb-randr.so.0": ("libxcb-randr0",),
    "libxcb-render-util.so.0": ("libxcb-render-util0",),
    "libxcb-shape.so.0": ("libxcb-shape0",),
    "libxcb-xkb.so.1": ("libxcb-xkb1",),
    "libxkbcommon-x11.so.0": ("libxkbcommon-x11-0",),
}
# Servers that the tests start for themselves to deliver to: the program, and its Debian package.
TEST_SERVERS = {"sshd": ("openssh-server",), "nginx": ("nginx",)}


class NotReady(Exception):
    """Something only a person can put right; the text is the whole message."""


def main(arguments=None):
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("purpose", choices=sorted(REQUIREMENTS))
    purpose = parser.parse_args(arguments).purpose
    try:
        check_python(sys.version_info[:2])
        if sys.platform == "linux":
            provide_debian_packages(purpose)
        fill_environment(ROOT / ".venv", purpose)
    except NotReady as trouble:
        print(str(trouble), file=sys.stderr)
        return 1
    except subprocess.CalledProcessError as failure:
        print(f"Stopped: {failure}", file=sys.stderr)
        return 1
    return 0


def check_python(version):
    if version < OLDEST_PYTHON:
        raise NotReady(
            f"Python {dotted(OLDEST_PYTHON)} or newer is needed, and {sys.executable} is {dotted(version)}. "
            "Install a newer one and name it: make PYTHON=python3.12 run"
        )


def dotted(version):
    return ".".join(str(part) for part in version)


def provide_debian_packages(purpose):
    """Install what Debian would have to bring, or tell the line that does."""
    wanted = dict(QT_LIBRARIES)
    if purpose in SHOWS_A_WINDOW:
        wanted.update(WINDOW_LIBRARIES)
    candidates = missing_packages(wanted, known_libraries())
    if purpose == "test":
        candidates += missing_packages(TEST_SERVERS, found_programs(TEST_SERVERS))
    if not can_make_environments():
        candidates.append(("python3-venv",))
    if not candidates:
        return
    if not shutil.which("apt-get"):
        names = sorted(choices[0] for choices in candidates)
        raise NotReady(f"These system packages are missing (Debian's names): {' '.join(names)}")
    if os.geteuid() != 0:
        names = [first_known(choices) for choices in candidates]
        raise NotReady(
            "Some system packages are missing. Install them, then try again:\n"
            f"  sudo apt-get update && sudo apt-get install -y --no-install-recommends {' '.join(names)}"
        )
    subprocess.run(["apt-get", "update", "-qq"], check=True)
    names = [first_known(choices) for choices in candidates]
    print(f"Installing {' '.join(names)}", flush=True)
    subprocess.run(
        ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *names],
        check=True,
        # RUNLEVEL: a server that is only there for the tests to start is not started by its package.
        env=dict(os.environ, DEBIAN_FRONTEND="noninteractive", RUNLEVEL="1"),
        stdout=subprocess.DEVNULL,
    )


def known_libraries():
    """The names the dynamic loader can find. `ldconfig` is not on everybody's PATH."""
    ldconfig = in_system_folders("ldconfig")
    if ldconfig is None:
        return None
    lines = subprocess.run([ldconfig, "-p"], stdout=subprocess.PIPE, check=True).stdout.decode().splitlines()
    return {line.split()[0] for line in lines if "=>" in line}


def found_programs(names):
    return {name for name in names if in_system_folders(name)}


def in_system_folders(name):
    """Debian keeps the administrator's programs off everybody's PATH."""
    return shutil.which(name, path=os.environ.get("PATH", "") + ":/sbin:/usr/sbin")


def missing_packages(wanted, known):
    """Packages of what is not known; none if nobody can tell (no ldconfig: not Debian)."""
    return [] if known is None else [packages for name, packages in wanted.items() if name not in known]


def first_known(choices):
    """The first package name this release of Debian has; the last one if it knows none yet."""
    for name in choices[:-1]:
        shown = subprocess.run(["apt-cache", "show", name], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        if shown.returncode == 0:
            return name
    return choices[-1]


def can_make_environments():
    """Debian ships `venv` without the pip it needs in a package of its own."""
    return subprocess.run([sys.executable, "-c", "import venv, ensurepip"], stderr=subprocess.DEVNULL).returncode == 0


def fill_environment(environment, purpose):
    """Bring `.venv` to what the requirements file says; nothing is done when it already is."""
    python = environment / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    requirements = ROOT / REQUIREMENTS[purpose]
    stamp = environment / f".ready-{requirements.stem}"
    wanted = fingerprint([requirements, ROOT / "pyproject.toml"])
    usable = python.exists() and environment_version(python) >= OLDEST_PYTHON
    if usable and stamp.exists() and stamp.read_text(encoding="utf-8") == wanted:
        return
    if not usable:
        print(f"Making {environment.name}", flush=True)
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(environment)], check=True)
    print(f"Installing {requirements.name}", flush=True)
    pip = [str(python), "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
    subprocess.run([*pip, "--require-hashes", "-r", str(requirements)], check=True)
    # The build backend came with the file above: without isolation nothing else is fetched.
    subprocess.run([*pip, "--no-deps", "--no-build-isolation", "-e", str(ROOT)], check=True)
    stamp.write_text(wanted, encoding="utf-8")


def environment_version(python):
    asked = subprocess.run(
        [str(python), "-c", "import sys; print(*sys.version_info[:2])"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    # A broken environment (its Python was removed by an upgrade) answers nothing and is made anew.
    return tuple(int(part) for part in asked.stdout.split()) if asked.returncode == 0 else (0,)


def fingerprint(files):
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.read_bytes())
    return digest.hexdigest()


if __name__ == "__main__":
    sys.exit(main())
