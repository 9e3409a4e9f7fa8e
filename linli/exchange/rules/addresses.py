"""A password inside an address 地址中的口令: found, so that it is sealed and not kept and shown with the address."""

import re
from urllib.parse import unquote

_USER = re.compile(
    r"(?P<head>[\w+.-]+://[^:/?#@]*):(?P<password>(?!\d+(?:[/?#]|$))[^@]*(?:@[^@/?#]*)*)@(?P<tail>.*)", re.DOTALL
)
_QUERY = re.compile(r"(?<=[?&])(?:password|passwd|pwd)=(?P<password>[^&#]*)&?", re.IGNORECASE)


def without_password(address: str) -> tuple[str, str]:
    """Return an address without its password, and that password as it is typed; empty where there is none.

    mysql://reader:p%40ss@10.0.0.8/mz gives mysql://reader@10.0.0.8/mz and p@ss; a parameter `password` is found alike.
    """
    password = ""
    if found := _USER.fullmatch(address.strip()):
        address, password = f"{found['head']}@{found['tail']}", unquote(found["password"])
    if found := _QUERY.search(address):
        address, password = _QUERY.sub("", address).rstrip("?&"), password or unquote(found["password"])
    return address, password
