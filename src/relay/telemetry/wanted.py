"""Whether traces are wanted, by the environment that OpenTelemetry defines; nothing of it is loaded to find out.

https://opentelemetry.io/docs/specs/otel/protocol/exporter/
"""

import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.util import find_spec
from urllib.parse import unquote, urlsplit

log = logging.getLogger("relay")

ENDPOINT, TRACES = "OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"
_TOKEN, _VALUE = re.compile(r"[!#$%&'*+.^_`|~0-9a-z-]+"), re.compile(r"[ -~]*")
"""A header's name and value (RFC 9110 §5)."""
PARTS = ("opentelemetry.sdk", "opentelemetry.exporter.otlp.proto.common")


@dataclass(frozen=True, slots=True)
class Collector:
    """Where spans are sent, with which headers (a key may be among them)."""

    url: str
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)

    @property
    def host(self) -> str:
        """Who is asked."""
        return urlsplit(self.url).hostname or ""


def collector(environ: Mapping[str, str]) -> Collector | None:
    """``None`` where no endpoint is named, and, with a warning, where it cannot be used."""
    base = environ.get(ENDPOINT, "").strip()
    url = environ.get(TRACES, "").strip() or (f"{base.rstrip('/')}/v1/traces" if base else "")
    if not url or environ.get("OTEL_SDK_DISABLED", "").lower() == "true":
        return None
    if why := _unusable(url, environ):
        log.warning("no traces are sent: %s", why)
        return None
    return Collector(url, dict(_headers(environ)))


def _unusable(url: str, environ: Mapping[str, str]) -> str:
    protocol = environ.get("OTEL_EXPORTER_OTLP_TRACES_PROTOCOL") or environ.get("OTEL_EXPORTER_OTLP_PROTOCOL")
    if protocol not in {None, "", "http/protobuf"}:
        return f"relay speaks http/protobuf, and OTEL_EXPORTER_OTLP_PROTOCOL is {protocol}"
    try:
        parts = urlsplit(url)
        is_good = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        is_good = False
    if not is_good:
        return f"{ENDPOINT} is not an address, such as http://127.0.0.1:4318"
    if not all(_TOKEN.fullmatch(name) and _VALUE.fullmatch(text) for name, text in _headers(environ)):
        return "OTEL_EXPORTER_OTLP_HEADERS has signs that no header may have: write it in ASCII"
    if not all(map(_is_installed, PARTS)):
        return f"{ENDPOINT} is set, but its packages are not installed: install relay[otel]"
    return ""


def _is_installed(package: str) -> bool:
    try:
        return find_spec(package) is not None
    except ModuleNotFoundError:
        return False


def _headers(environ: Mapping[str, str]) -> list[tuple[str, str]]:
    """``api-key=…,other=…``, percent-encoded."""
    given = environ.get("OTEL_EXPORTER_OTLP_TRACES_HEADERS") or environ.get("OTEL_EXPORTER_OTLP_HEADERS") or ""
    pairs = (part.partition("=") for part in given.split(",") if "=" in part)
    return [(unquote(name).strip().lower(), unquote(text).strip()) for name, _, text in pairs]
