"""A small SFTP server over one folder, for the tests."""
# ruff: noqa: ARG002  the signatures are those of paramiko

import base64
import hashlib
import socket
import threading
from contextlib import contextmanager
from pathlib import Path

import paramiko


@contextmanager
def serve(folder, *, password):
    """Serve a folder read only; yield the port and the fingerprint."""
    key = paramiko.ECDSAKey.generate()
    plug = socket.create_server(("127.0.0.1", 0))
    held = []

    def accept():
        while True:
            try:
                wire, _address = plug.accept()
            except OSError:
                return
            transport = paramiko.Transport(wire)
            transport.add_server_key(key)
            transport.set_subsystem_handler("sftp", paramiko.SFTPServer, _files(folder))
            held.append(transport)
            transport.start_server(threading.Event(), _Door(password))  # does not wait: a client may hang up any time

    thread = threading.Thread(target=accept)
    thread.start()
    digest = base64.b64encode(hashlib.sha256(key.asbytes()).digest()).decode().rstrip("=")
    try:
        yield plug.getsockname()[1], f"SHA256:{digest}"
    finally:
        plug.shutdown(socket.SHUT_RDWR)
        plug.close()
        thread.join()
        for transport in held:
            transport.close()


class _Door(paramiko.ServerInterface):
    def __init__(self, password):
        self.password = password

    def check_auth_password(self, username, password):
        right = username == "reader" and password == self.password
        return paramiko.AUTH_SUCCESSFUL if right else paramiko.AUTH_FAILED

    def check_channel_request(self, kind, chanid):
        return paramiko.OPEN_SUCCEEDED

    def get_allowed_auths(self, username):
        return "password"


def _files(folder):
    class Files(paramiko.SFTPServerInterface):
        def list_folder(self, path):
            found = []
            for name in [one.name for one in folder.iterdir()]:
                attr = paramiko.SFTPAttributes.from_stat((folder / name).stat())
                attr.filename = name
                found.append(attr)
            return found

        def stat(self, path):
            return paramiko.SFTPAttributes.from_stat((folder / Path(path).name).stat())

        lstat = stat

        def open(self, path, flags, attr):
            handle = paramiko.SFTPHandle(flags)
            handle.readfile = (folder / Path(path).name).open("rb")
            return handle

    return Files
