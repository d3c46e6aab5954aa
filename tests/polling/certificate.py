"""The certificate of ``agence.test``, good from 2020 to 2120, and its key, which RFC 9500 (§2.3) made public for tests."""

import ssl
from importlib.util import find_spec
from pathlib import Path

import pytest

KEY = """\
-----BEGIN EC PRIVATE KEY-----
MHcCAQEEIObLW92AqkWunJXowVR2Z5/+yVPBaFHnEedDk5WJxk/BoAoGCCqGSM49
AwEHoUQDQgAEQiVI+I+3gv+17KN0RFLHKh5Vj71vc75eSOkyMsxFxbFsTNEMTLjV
uKFxOelIgsiZJXKZNCX0FBmrfpCkKklCcg==
-----END EC PRIVATE KEY-----
"""

CA = """\
-----BEGIN CERTIFICATE-----
MIIBZzCCAQ2gAwIBAgIBATAKBggqhkjOPQQDAjAWMRQwEgYDVQQDDAthZ2VuY2Uu
dGVzdDAgFw0yMDAxMDEwMDAwMDBaGA8yMTIwMDEwMTAwMDAwMFowFjEUMBIGA1UE
AwwLYWdlbmNlLnRlc3QwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAARCJUj4j7eC
/7Xso3REUscqHlWPvW9zvl5I6TIyzEXFsWxM0QxMuNW4oXE56UiCyJklcpk0JfQU
Gat+kKQqSUJyo0owSDAWBgNVHREEDzANggthZ2VuY2UudGVzdDAPBgNVHRMBAf8E
BTADAQH/MB0GA1UdDgQWBBRbcKeYF/ef9jfS9+PcRGwhCde71DAKBggqhkjOPQQD
AgNIADBFAiEAhYVAF9kHYGhwYWuqIkLLkOlh6drcqv9d2SQ18QgQb50CICFLsBBA
aE3GvEIC7+uS03AxDqe/WliT1L2u10tfJRtN
-----END CERTIFICATE-----
"""


def believed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever reads authorities from now on has this one alone; those that this process read before are forgotten."""
    bundle = folder / "ca.pem"
    bundle.write_text(CA)
    monkeypatch.setattr("certifi.where", lambda: str(bundle))
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(bundle))
    if find_spec("relay"):  # where another reader is tried, there need not be one
        monkeypatch.setattr(
            "relay.intake.wire.transport._authorities", lambda: ssl.create_default_context(cafile=bundle)
        )


def server_context(folder: Path) -> ssl.SSLContext:
    """What a server needs to be ``agence.test``; its files are written into ``folder``."""
    chain = folder / "agence.pem"
    chain.write_text(KEY + CA)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(chain)
    return context
