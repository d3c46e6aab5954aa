"""The certificate of loopback, for those who show it and for those who have to believe it."""

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

from tests.fakes import certificate


@contextmanager
def trusted(folder: Path) -> Iterator[tuple[ssl.SSLContext, ssl.SSLContext]]:
    """What a server needs, and what a client does; who makes a context of its own finds the certificate too."""
    file = certificate.trust(folder)
    with patch.dict("os.environ", {"SSL_CERT_FILE": file, "REQUESTS_CA_BUNDLE": file}):
        yield certificate.context(folder), ssl.create_default_context(cafile=file)
