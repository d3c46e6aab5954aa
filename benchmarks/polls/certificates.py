"""An authority of the farm's own, and a certificate for each of its addresses."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import certifi
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID


def certify(folder: Path, addresses: Sequence[str], *, is_alone: bool) -> None:
    """A file for each in ``certificates/``, and ``authorities.pem``: with the world's, unless it ``is_alone``."""
    key, name = ec.generate_private_key(ec.SECP256R1()), _name("The farm")
    own = _draft(name, name, key).add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    authority = own.sign(key, SHA256())
    world = b"" if is_alone else Path(certifi.where()).read_bytes()
    (folder / "authorities.pem").write_bytes(world + b"\n" + authority.public_bytes(Encoding.PEM))
    leaf = ec.generate_private_key(ec.SECP256R1())
    secret = leaf.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    for address in addresses:
        names = x509.SubjectAlternativeName([x509.IPAddress(ip_address(address))])
        made = _draft(_name(address), name, leaf).add_extension(names, critical=False)
        signed = made.add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(key.public_key()), critical=False
        )
        file = folder / "certificates" / f"{address}.pem"
        file.write_bytes(signed.sign(key, SHA256()).public_bytes(Encoding.PEM) + secret)


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def _draft(subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePrivateKey) -> x509.CertificateBuilder:
    now = datetime.now(UTC)  # noqa: TID251  # as any authority does
    made = x509.CertificateBuilder().subject_name(subject).issuer_name(issuer).public_key(key.public_key())
    dated = made.not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=30))
    identified = dated.serial_number(x509.random_serial_number())
    return identified.add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
