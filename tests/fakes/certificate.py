"""The certificate of 127.0.0.1, good from 2020 to 2120, over the key that RFC 9500 (§2.3) made public for tests."""

import ssl
from pathlib import Path

from tests.polling.certificate import KEY

ITSELF = """\
-----BEGIN CERTIFICATE-----
MIIBWzCCAQKgAwIBAgIBATAKBggqhkjOPQQDAjAUMRIwEAYDVQQDDAkxMjcuMC4w
LjEwIBcNMjAwMTAxMDAwMDAwWhgPMjEyMDAxMDEwMDAwMDBaMBQxEjAQBgNVBAMM
CTEyNy4wLjAuMTBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABEIlSPiPt4L/teyj
dERSxyoeVY+9b3O+XkjpMjLMRcWxbEzRDEy41bihcTnpSILImSVymTQl9BQZq36Q
pCpJQnKjQzBBMA8GA1UdEQQIMAaHBH8AAAEwDwYDVR0TAQH/BAUwAwEB/zAdBgNV
HQ4EFgQUW3CnmBf3n/Y30vfj3ERsIQnXu9QwCgYIKoZIzj0EAwIDRwAwRAIgQW5f
VHC8gs+CHSmTtC6dco+VVSsofwr838qONDgzwL0CICx40YeXG7ls1BMyXpY/CTQP
Ih4euiPPJhvX7S10kvpp
-----END CERTIFICATE-----
"""


def context(folder: Path) -> ssl.SSLContext:
    """What a server on loopback needs for TLS; its files are written into ``folder``."""
    chain = folder / "loopback.pem"
    chain.write_text(KEY + ITSELF)
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    made.load_cert_chain(chain)
    return made


def trust(folder: Path) -> str:
    """The path of a file with the certificate, for ``SSL_CERT_FILE``."""
    file = folder / "trusted.pem"
    file.write_text(ITSELF)
    return str(file)
