"""Why an exchange failed, in one sentence for a person."""

import ssl
from collections.abc import Iterator
from socket import gaierror

import httpx


def why(error: httpx.RequestError | httpx.InvalidURL | UnicodeError) -> str:
    """The sentence for ``error``, which names the host that failed: it may be one that was redirected to."""
    if not isinstance(error, httpx.RequestError):
        return f"The address cannot be used: {str(error).rstrip('.')}."
    host = error.request.url.host or str(error.request.url)
    return _of_cause(error, host) or _of_kind(error, host)


def causes(error: BaseException) -> Iterator[BaseException]:
    """``error``, what caused it, what caused that, and so on."""
    cause: BaseException | None = error
    while cause is not None:
        yield cause
        cause = cause.__cause__ or cause.__context__


def _of_cause(error: BaseException, host: str) -> str | None:
    for cause in causes(error):
        match cause:
            case gaierror():
                return f"The name {host} is not known."
            case ssl.SSLCertVerificationError():
                return f"The certificate of {host} is not valid: {cause.verify_message.rstrip('.')}."
            case ssl.SSLError():
                return f"{host} does not speak TLS as it should."
            case ConnectionRefusedError():
                return f"{host} refuses connections."
    return None


def _of_kind(error: httpx.RequestError, host: str) -> str:
    match error:
        case httpx.TimeoutException():
            return f"{host} did not answer in time."
        case httpx.ConnectError():
            return f"{host} cannot be reached: {error}."
        case httpx.DecodingError() | httpx.TooManyRedirects() | httpx.UnsupportedProtocol():
            return f"{host} cannot be read: {str(error).rstrip('.')}."
        case _:
            return f"{host} broke off the exchange: {str(error).rstrip('.')}."
