"""Which addresses may be reached: public ones, and those that the operator allows by name (``service.allow``)."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

import httpx

from relay.intake.wire.lookup import looked_up

Address = IPv4Address | IPv6Address
Resolve = Callable[[str, int], Sequence[Address]]

WEB_PORTS = frozenset({80, 443})

_SPECIAL_4 = tuple(
    IPv4Network(block)
    for block in (
        *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12"),
        *("192.0.0.0/24", "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16"),
        *("192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4"),
    )
)
_GLOBAL_6 = IPv6Network("2000::/3")
_SPECIAL_6 = tuple(
    IPv6Network(block) for block in ("2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20")
)


class Forbidden(httpx.ConnectError):
    """An address that relay does not reach. It is found before anything is sent; the text is for the operator."""


def is_public(address: Address) -> bool:
    """Whether ``address`` is one of the open internet's, by the IANA special-purpose registries (RFC 6890).

    ``ipaddress``'s own ``is_global`` takes multicast, NAT64, 6to4 and IPv4 inside IPv6 for global.
    """
    address = _plain(address)
    if isinstance(address, IPv4Address):
        return not any(address in block for block in _SPECIAL_4)
    return address in _GLOBAL_6 and not any(address in block for block in _SPECIAL_6)


def resolve(host: str, port: int) -> tuple[Address, ...]:
    """Every address of ``host``. ``OSError`` where the name is not known, or not told in time."""
    try:
        answers = looked_up(host, port)
    except ValueError as error:
        raise OSError(f"{host} is not a name") from error
    return tuple(dict.fromkeys(ip_address(answer) for answer in answers))


@dataclass(frozen=True, slots=True)
class Guard:
    """``allow`` holds names of hosts, addresses and networks (CIDR) that may be reached, on any port.

    ``setting`` is the key of the configuration where the operator writes them.
    """

    allow: Sequence[str] = ()
    resolve: Resolve = resolve
    setting: str = "service.allow"

    def check(self, host: str, port: int) -> tuple[Address, ...]:
        """The addresses to connect to, in order: each of them may be reached, or ``Forbidden`` is raised.

        Whoever connects must use these very addresses: a name may have other ones a moment later.
        """
        addresses = tuple(_plain(address) for address in self.resolve(host, port))
        if not addresses:
            raise OSError(f"{host} has no address")
        if host.rstrip(".").lower() in (entry.rstrip(".").lower() for entry in self.allow):
            return addresses
        listed = {address for address in addresses if any(address in block for block in self._blocks())}
        for address in addresses:
            if address not in listed and not is_public(address):
                raise Forbidden(self._refusal(f"{host} has the address {address}, which is not public", host))
        if port not in WEB_PORTS and listed != set(addresses):
            raise Forbidden(self._refusal(f"Port {port} of {host} is not a port of the web (80 or 443)", host))
        return addresses

    def is_near(self, host: str) -> bool:
        """Whether ``host`` is one that only ``allow`` lets be reached: a name in there, or in one of its networks."""
        if host.rstrip(".").lower() in (entry.rstrip(".").lower() for entry in self.allow):
            return True
        blocks = list(self._blocks())
        try:
            return bool(blocks) and any(_plain(one) in block for one in self.resolve(host, 443) for block in blocks)
        except OSError:
            return False

    def _blocks(self) -> Iterator[IPv4Network | IPv6Network]:
        return (block for block in map(_block, self.allow) if block)

    def _refusal(self, why: str, host: str) -> str:
        return f"{why}: relay does not go there unless {self.setting} names it ({host!r})."


@cache
def _block(entry: str) -> IPv4Network | IPv6Network | None:
    """A network of the operator's, read once: there are as many as the configuration has."""
    try:
        return ip_network(entry, strict=False)
    except ValueError:
        return None


def _plain(address: Address) -> Address:
    """An IPv4 address written as IPv6 is reached, and so judged, as IPv4 (RFC 4291 §2.5.5.2)."""
    return (address.ipv4_mapped or address) if isinstance(address, IPv6Address) else address
