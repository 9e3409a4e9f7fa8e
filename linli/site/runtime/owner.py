"""Which operating-system user the embedded PostgreSQL runs as: PostgreSQL refuses to run as root."""

import os
import pwd
import shutil
import stat
import subprocess
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext_noop as _

from linli.site.runtime.trouble import Trouble

NAME = "linli"
TRAVERSE = stat.S_IXOTH
READ = stat.S_IROTH


@dataclass(frozen=True)
class User:
    """An operating-system user by number."""

    uid: int
    gid: int


def run_as(cluster: Path) -> User | None:
    """Return the user to run PostgreSQL's programs as, or None to stay who we are (a plain user)."""
    if os.geteuid() != 0:
        return None
    user = _existing_owner(cluster) or _system_user()
    return User(uid=user.pw_uid, gid=user.pw_gid)


def hand_over(path: Path, who: User | None) -> None:
    """Give a file or folder to the user the server runs as. Nothing to do for a plain user."""
    if who:
        os.chown(path, who.uid, who.gid)


def let_reach(path: Path) -> None:
    """Let other users pass through the folders above (pass, not list); some homes of root are closed to all."""
    for parent in path.parents:
        mode = parent.stat().st_mode
        if not mode & TRAVERSE:
            parent.chmod(mode | TRAVERSE)


def let_read(tree: Path) -> None:
    """Let other users read and run a program tree that was installed under a narrow umask."""
    for path in [tree, *tree.rglob("*")]:
        mode = path.lstat().st_mode
        if stat.S_ISLNK(mode):
            continue
        wanted = mode | READ | (TRAVERSE if stat.S_ISDIR(mode) or mode & stat.S_IXUSR else 0)
        if wanted != mode:
            path.chmod(wanted)


def _existing_owner(cluster: Path) -> pwd.struct_passwd | None:
    """Return the owner of a cluster that is there already: it may have been made by a plain user."""
    version = cluster / "PG_VERSION"
    if not version.exists() or version.stat().st_uid == 0:
        return None
    try:
        return pwd.getpwuid(version.stat().st_uid)
    except KeyError:
        return None


def _system_user() -> pwd.struct_passwd:
    try:
        return pwd.getpwnam(NAME)
    except KeyError:
        pass
    useradd = shutil.which("useradd", path="/usr/sbin:/sbin:" + os.environ.get("PATH", ""))
    made = useradd and subprocess.run(  # noqa: S603  a fixed program, fixed arguments
        [useradd, "--system", "--user-group", "--no-create-home", "--shell", "/usr/sbin/nologin", NAME],
        capture_output=True,
        check=False,
    )
    if not made or made.returncode != 0:
        raise Trouble(
            _(
                "PostgreSQL does not run as root and the system user {name} could not be made; "
                "start Linli as a plain user, or set LINLI_DATABASE_URL."
            ),
            name=NAME,
        )
    return pwd.getpwnam(NAME)
