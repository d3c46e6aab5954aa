from ipaddress import ip_address

import pytest

from relay.intake.wire.guard import Address, Forbidden, Guard, is_public


def names(*addresses: str, allow: tuple[str, ...] = ()) -> Guard:
    return Guard(allow, lambda _host, _port: tuple(ip_address(address) for address in addresses))


@pytest.mark.parametrize(
    "address",
    [
        *("0.1.2.3", "10.0.0.1", "100.64.0.1", "127.0.0.1", "169.254.169.254", "172.31.255.255", "192.168.1.1"),
        *("192.0.0.192", "192.88.99.1", "198.18.0.1", "203.0.113.9", "224.0.0.1", "255.255.255.255"),
        *("::", "::1", "fe80::1", "fec0::1", "fc00::1", "ff02::1", "3fff::1", "2001:db8::1", "5f00::1"),
        *("::127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::1", "2001:0:4136:e378:8000:63bf:3fff:1"),
    ],
)
def test_an_address_that_is_not_the_open_internet_is_not_public(address: str) -> None:
    assert not is_public(ip_address(address))


@pytest.mark.parametrize("address", ["1.1.1.1", "100.128.0.1", "172.32.0.1", "2a00:1450::1", "::ffff:8.8.8.8"])
def test_an_address_of_the_open_internet_is_public(address: str) -> None:
    assert is_public(ip_address(address))


def test_it_gives_the_addresses_to_connect_to() -> None:
    assert names("1.1.1.1", "2a00:1450::1").check("exemple.fr", 443) == (
        ip_address("1.1.1.1"),
        ip_address("2a00:1450::1"),
    )


def test_one_private_answer_among_public_ones_is_enough_to_refuse() -> None:
    with pytest.raises(Forbidden):
        names("1.1.1.1", "10.0.0.1").check("exemple.fr", 443)


def test_a_refusal_names_the_setting_that_allows_it() -> None:
    with pytest.raises(Forbidden, match=r"10\.0\.0\.1, which is not public.*service\.allow"):
        names("10.0.0.1").check("intranet.exemple.fr", 443)


def test_a_port_that_is_not_the_web_s_is_refused() -> None:
    with pytest.raises(Forbidden, match=r"Port 6379.*service\.allow"):
        names("1.1.1.1").check("exemple.fr", 6379)


@pytest.mark.parametrize("allowed", ["127.0.0.1", "127.0.0.0/8", "localhost", "LOCALHOST."])
def test_what_the_operator_allows_is_reached_on_any_port(allowed: str) -> None:
    guard = names("127.0.0.1", allow=(allowed,))
    assert guard.check("localhost", 8080) == (ip_address("127.0.0.1"),)


def test_allowing_one_network_opens_no_other() -> None:
    with pytest.raises(Forbidden):
        names("192.168.0.1", allow=("10.0.0.0/8",)).check("intranet.exemple.fr", 80)


def test_a_name_without_addresses_is_unknown_and_not_forbidden() -> None:
    with pytest.raises(OSError, match=r"nulle-part\.fr has no address"):
        names().check("nulle-part.fr", 80)


@pytest.mark.parametrize(
    ("host", "address", "allow", "expected"),
    [
        ("intranet.test", "10.0.0.1", ("intranet.test",), True),
        ("Intranet.test.", "10.0.0.1", ("INTRANET.test",), True),
        ("intranet.test", "1.1.1.1", ("intranet.test",), True),
        ("wiki.test", "10.0.0.1", ("10.0.0.0/8",), True),
        ("10.0.0.1", "10.0.0.1", ("10.0.0.0/8",), True),
        ("10.0.0.1", "10.0.0.1", ("10.0.0.1",), True),
        ("wiki.test", "::ffff:10.0.0.1", ("10.0.0.0/8",), True),
        ("agence.test", "1.1.1.1", ("10.0.0.0/8", "intranet.test"), False),
        ("agence.test", "10.0.0.1", ("intranet.test",), False),
        ("sub.intranet.test", "1.1.1.1", ("intranet.test",), False),
        ("agence.test", "1.1.1.1", (), False),
        ("", "1.1.1.1", ("intranet.test",), False),
    ],
)
def test_a_host_is_near_if_it_is_one_that_the_operator_allows(
    host: str, address: str, allow: tuple[str, ...], *, expected: bool
) -> None:
    assert names(address, allow=allow).is_near(host) is expected


def test_a_host_that_nobody_knows_is_not_near() -> None:
    def unknown(host: str, _: int) -> tuple[Address, ...]:
        raise OSError(f"{host} is not known")

    assert not Guard(("10.0.0.0/8",), unknown).is_near("nulle-part.test")
