"""Gathers what the image is made of, and nothing else: relay, CPython, the system's libraries that either loads.

``python gather.py ROOT``, in the stage of the Dockerfile that built relay into /opt/relay. No shell comes along, no
package manager, nothing that belongs to root by its mode. Which packages of Debian the libraries are of is kept where
scanners look for it in such images (/var/lib/dpkg/status.d, one file a package).
"""

import compileall
import re
import shutil
import stat
import subprocess
import sys
import sysconfig
from collections.abc import Iterable, Iterator
from pathlib import Path
from py_compile import PycInvalidationMode

RELAY = Path("/opt/relay")
LIBRARY = Path(sysconfig.get_path("stdlib"))
UNUSED = ("__pycache__", "config-*", "ensurepip", "idlelib", "pydoc_data", "site-packages", "test", "tkinter")
"""Of the standard library: a desktop's, and what installs or tests."""
LOADED_LATE = ("libgcc_s.so.1",)
"""What no program names, and glibc loads when a thread ends."""
SYSTEM = (
    "/etc/ld.so.conf",
    "/etc/ld.so.conf.d",
    "/etc/nsswitch.conf",
    "/etc/protocols",
    "/etc/services",
    "/etc/ssl/certs/ca-certificates.crt",
    "/usr/lib/os-release",
)
OWNERS = {"libc-bin", "netbase", "base-files"}
"""The packages of those of them that are no libraries; the certificates are not of a package but made on a machine."""
USER = "relay:x:10001:10001:relay:/data:/nonexistent\n"
GROUP = "relay:x:10001:\n"


def gather(root: Path) -> None:
    """Make ``root`` the file system of the image; only its volumes are left to the Dockerfile, which owns them."""
    folders(root)
    keep((RELAY / "bin").iterdir(), {"relay", "python", "python3", f"python3.{sys.version_info.minor}"})
    shutil.copytree(RELAY, root / RELAY.relative_to("/"), symlinks=True)
    python(root)
    libraries = sorted({*needed(root), *late()})
    for one in (*libraries, *SYSTEM):
        copy(one, root)
    (root / "etc" / "passwd").write_text(USER)
    (root / "etc" / "group").write_text(GROUP)
    packages(root, {*owners(libraries), *OWNERS})
    said("ldconfig", "-r", str(root))


def folders(root: Path) -> None:
    """The tree as Debian has it, where /lib is /usr/lib; /tmp is everybody's."""
    for name in ("usr/lib", "usr/lib64", "usr/local/bin", "etc", "tmp", "var/lib/dpkg/status.d"):
        (root / name).mkdir(parents=True)
    for name in ("lib", "lib64"):
        (root / name).symlink_to(f"usr/{name}")
    (root / "etc" / "os-release").symlink_to("../usr/lib/os-release")
    (root / "tmp").chmod(0o777 | stat.S_ISVTX)


def keep(found: Iterable[Path], names: set[str]) -> None:
    """Of some files those that have one of the ``names``."""
    for one in found:
        if one.name not in names:
            one.unlink()


def python(root: Path) -> None:
    """The interpreter and its library, compiled: nothing writes beside code in the image."""
    program = Path(sys.executable).resolve()
    there = root / "usr" / "local" / "bin"
    shutil.copy2(program, there)
    for name in ("python", "python3"):
        (there / name).symlink_to(program.name)
    library = root / LIBRARY.relative_to("/")
    shutil.copytree(LIBRARY, library, symlinks=True, ignore=shutil.ignore_patterns(*UNUSED))
    unchecked = PycInvalidationMode.UNCHECKED_HASH
    compileall.compile_dir(library, stripdir=str(root), quiet=1, workers=0, invalidation_mode=unchecked)


def needed(root: Path) -> Iterator[str]:
    """The system's libraries that any program or library under ``root`` is linked with."""
    linked = [str(one) for one in root.rglob("*") if one.is_file() and not one.is_symlink() and is_linked(one)]
    for found in re.findall(r"(?m)(?:=> |^\t)(/\S+) \(0x", said("ldd", *linked)):
        if not Path(found).is_relative_to(root):
            yield usual(found)


def is_linked(file: Path) -> bool:
    """Whether it is in the format of programs and libraries (ELF)."""
    with file.open("rb") as stream:
        return stream.read(4) == b"\x7fELF"


def late() -> Iterator[str]:
    """Where those are that are loaded late, by the linker's own list."""
    listed = said("ldconfig", "-p")
    for name in LOADED_LATE:
        yield usual(re.findall(rf"{re.escape(name)} .* => (\S+)", listed)[0])


def usual(path: str) -> str:
    """``path`` as Debian has it since /lib is /usr/lib."""
    return re.sub(r"^/(lib\w*)/", r"/usr/\1/", path)


def copy(path: str, root: Path) -> None:
    """A file, or a folder of files, to where it was; a library under the name by which it is looked for."""
    there = root / path.lstrip("/")
    there.parent.mkdir(parents=True, exist_ok=True)
    (shutil.copytree if Path(path).is_dir() else shutil.copy2)(path, there)


def owners(libraries: Iterable[str]) -> Iterator[str]:
    """The packages that they are of; dpkg may know a library by its place from before /lib was /usr/lib."""
    for one in libraries:
        if not one.startswith("/usr/local/"):
            yield said("dpkg", "-S", f"*{one.removeprefix('/usr')}").split(":")[0]


def packages(root: Path, names: Iterable[str]) -> None:
    """What dpkg knows of each, for whoever looks for known faults, and its licence."""
    for name in sorted(names):
        (root / "var" / "lib" / "dpkg" / "status.d" / name).write_text(said("dpkg-query", "-s", name))
        licence = Path("/usr/share/doc", name, "copyright")
        if licence.exists():
            copy(str(licence), root)


def said(*command: str) -> str:
    """What a program of the system says; its failure is the build's."""
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout  # noqa: S603  # of this file


if __name__ == "__main__":
    gather(Path(sys.argv[1]))
