"""Failures of libcurl as those of httpx: one set of names for what went wrong, whoever made the exchange."""

import re
import ssl

import httpx
import pycurl

from relay.intake.wire.body import LIMIT, TooLarge

_VERIFIED = re.compile(r"verify result: (.+?)(?: \(\d+\))?$")
_OURS = frozenset({pycurl.E_FAILED_INIT, pycurl.E_OUT_OF_MEMORY, pycurl.E_COULDNT_CONNECT})


def failure(number: int, said: str) -> httpx.RequestError:
    """The exception that an exchange over httpx would have ended with, by ``curl/curl.h``'s numbers."""
    match number:
        case pycurl.E_OPERATION_TIMEDOUT:
            return httpx.ReadTimeout("the time for this request is over")
        case pycurl.E_PEER_FAILED_VERIFICATION | pycurl.E_SSL_CONNECT_ERROR:
            return _caused(_unverified(said) if number == pycurl.E_PEER_FAILED_VERIFICATION else ssl.SSLError(said))
        case pycurl.E_FILESIZE_EXCEEDED:
            return TooLarge(f"the answer is larger than {LIMIT // 1024**2} MiB")
        case pycurl.E_URL_MALFORMAT:
            return httpx.UnsupportedProtocol(said)
        case _ if number in _OURS:
            return httpx.ConnectError(said)
        case _:
            return httpx.RemoteProtocolError(said or f"libcurl's error {number}")


def unconnected(error: OSError) -> httpx.RequestError:
    """That of a connection which did not come about, as over httpx."""
    failed = (httpx.ConnectTimeout if isinstance(error, TimeoutError) else httpx.ConnectError)(str(error))
    failed.__cause__ = error
    return failed


def _caused(cause: ssl.SSLError) -> httpx.ConnectError:
    failed = httpx.ConnectError(str(cause))
    failed.__cause__ = cause
    return failed


def _unverified(said: str) -> ssl.SSLCertVerificationError:
    """In the words of the ``ssl`` module, which come from OpenSSL as libcurl's do."""
    found = _VERIFIED.search(said)
    cause = ssl.SSLCertVerificationError(1, said)
    cause.verify_message = found[1] if found else "it is for another host"
    return cause
