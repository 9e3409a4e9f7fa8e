"""Files on an SFTP server; the server is known by the fingerprint of its key."""

import base64
import fnmatch
import hashlib
import io
import socket
import stat
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from linli.exchange.plugins.drop import PATTERNS, chunks_in, mark_of
from linli.exchange.rules.refusals import SettingsRefusedError, SourceUnreachableError
from linli.exchange.slots import Ask, Chunk, Connector, Setting
from linli.kernel import api as kernel

if TYPE_CHECKING:
    import paramiko

SECONDS = 20.0
SECOND = 1_000_000_000


class Sftp(Connector):
    """Files are fetched in the order in which they came, one to a run; nothing is changed on the server."""

    code = "sftp"
    label = gettext_lazy("Files on an SFTP server")
    settings = (
        Setting("host", gettext_lazy("Server")),
        Setting("port", gettext_lazy("Port"), type="number", initial="22"),
        Setting("user", gettext_lazy("User")),
        Setting("fingerprint", gettext_lazy("Fingerprint of the server"),
                gettext_lazy("SHA256:…; leave it empty, check once, compare it with the department, enter it."),
                is_needed=False),
        Setting("folder", gettext_lazy("Folder"), initial="."),
        Setting("password", gettext_lazy("Password"), is_secret=True, is_needed=False),
        Setting("key", gettext_lazy("Private key"), gettext_lazy("In OpenSSH format, without a passphrase."),
                type="long", is_secret=True, is_needed=False),
    )  # fmt: skip
    resource_hint = gettext_lazy("Beginning of the file names, or empty for all files.")

    def check(self, settings: Mapping[str, str]) -> str:
        """Sign in and count the files."""
        with _opened(settings) as sftp:
            count = len(_files(sftp, settings, ""))
        return ngettext("The server answers; the folder holds %d file.",
                        "The server answers; the folder holds %d files.", count) % count  # fmt: skip

    def read(self, settings: Mapping[str, str], ask: Ask) -> Iterator[Chunk]:
        """Yield the rows of the oldest file that has not been read."""
        with _opened(settings) as sftp:
            for changed, name in _files(sftp, settings, ask.resource):
                mark = mark_of(changed * SECOND, name)
                if mark > ask.cursor:
                    file = io.BytesIO()
                    sftp.getfo(f"{settings.get('folder') or '.'}/{name}", file)
                    yield from chunks_in(file.getvalue, known=ask.known, name=name, cursor=mark)
                    return


def _files(sftp: "paramiko.SFTPClient", settings: Mapping[str, str], start: str) -> list[tuple[int, str]]:
    return sorted(
        (one.st_mtime or 0, one.filename) for one in sftp.listdir_attr(settings.get("folder") or ".")
        if stat.S_ISREG(one.st_mode or 0) and one.filename.startswith(start)
        and any(fnmatch.fnmatch(one.filename, pattern) for pattern in PATTERNS)
    )  # fmt: skip


@contextmanager
def _opened(settings: Mapping[str, str]) -> Iterator["paramiko.SFTPClient"]:
    import paramiko  # noqa: PLC0415  slow to import, needed by the reading process only

    port = int(settings.get("port") or 22)
    try:
        plug = socket.create_connection((kernel.reachable(settings.get("host", ""), port), port), timeout=SECONDS)
        with paramiko.Transport(plug) as transport:
            transport.banner_timeout = transport.auth_timeout = transport.channel_timeout = SECONDS
            transport.start_client(timeout=SECONDS)
            _check_server(transport, settings.get("fingerprint", ""))
            _sign_in(transport, settings)
            sftp = paramiko.SFTPClient.from_transport(transport)
            if sftp is None:
                raise SourceUnreachableError(_("The server gives no files over SFTP."))
            sftp.get_channel().settimeout(SECONDS)
            yield sftp
    except kernel.OutgoingError as error:
        raise SourceUnreachableError(str(error)) from error
    except paramiko.AuthenticationException as error:
        raise SourceUnreachableError(_("The server does not accept this user with this password or key.")) from error
    except FileNotFoundError as error:
        raise SourceUnreachableError(_("There is no such folder or file on the server.")) from error
    except (OSError, paramiko.SSHException, EOFError) as error:
        raise SourceUnreachableError(_("The server can't be reached, or it hung up.")) from error


def _check_server(transport: "paramiko.Transport", wanted: str) -> None:
    digest = hashlib.sha256(transport.get_remote_server_key().asbytes()).digest()
    found = "SHA256:" + base64.b64encode(digest).decode().rstrip("=")
    if not wanted:
        words = _("The server shows %(mark)s. Compare it with the department, then enter it here.")
        raise SettingsRefusedError("fingerprint", words % {"mark": found})
    if wanted.strip() != found:
        words = _("The server shows another key (%(mark)s). Do not send anything before the department explains it.")
        raise SettingsRefusedError("fingerprint", words % {"mark": found})


def _sign_in(transport: "paramiko.Transport", settings: Mapping[str, str]) -> None:
    if settings.get("key"):
        transport.auth_publickey(settings.get("user", ""), _key(settings["key"]))
    else:
        transport.auth_password(settings.get("user", ""), settings.get("password", ""))


def _key(text: str) -> "paramiko.PKey":
    import paramiko  # noqa: PLC0415  slow to import

    for kind in (paramiko.Ed25519Key, paramiko.ECDSAKey, paramiko.RSAKey):
        try:
            return kind.from_private_key(io.StringIO(text))
        except (paramiko.SSHException, ValueError):
            continue
    raise SettingsRefusedError("key", _("This is no private key that can be read."))
