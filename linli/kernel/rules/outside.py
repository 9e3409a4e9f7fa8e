"""Which network addresses may be called: those of the public net, and those that the operator names."""

from collections.abc import Sequence
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network

Address = IPv4Address | IPv6Address
NAT64 = IPv6Network("64:ff9b::/96")


def may_be_called(address: str, allowed: Sequence[str]) -> bool:
    """Tell whether an address is public, or lies in one of the `allowed` networks (`10.2.0.0/16`).

    An IPv4 address that is wrapped into an IPv6 one is judged as itself.
    """
    plain = _unwrapped(ip_address(address.partition("%")[0]))
    networks = [one.strip() for one in allowed if one.strip() and not is_socket(one.strip())]
    if any(plain in ip_network(network, strict=False) for network in networks):
        return True
    return plain.is_global and not (plain.is_multicast or plain.is_reserved or plain.is_unspecified)


def is_socket(place: str) -> bool:
    """Tell whether a place is a socket of this machine: a path, or a name of Linux's own (`@…`)."""
    return place.startswith(("/", "@"))


def may_be_plugged(path: str, allowed: Sequence[str]) -> bool:
    """Tell whether a socket of this machine, or its folder, is one of those `allowed`, letter by letter."""
    return path in {one.strip() for one in allowed}


def _unwrapped(address: Address) -> Address:
    if isinstance(address, IPv4Address):
        return address
    inside = address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)
    return IPv4Address(int(address) & 0xFFFF_FFFF) if address in NAT64 else inside or address
