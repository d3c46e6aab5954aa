"""Why somebody does not get in: each reason has its sentence on the page."""

from enum import StrEnum


class Wrong(StrEnum):
    """What the page says. It never says whether there is such a member."""

    CREDENTIALS = "credentials"
    WAIT = "wait"
    PASSKEY_UNKNOWN = "passkey_unknown"
    PASSKEY_OLD = "passkey_old"
    PASSKEY_BAD = "passkey_bad"
    PASSKEY_COPIED = "passkey_copied"
    PROVIDER_SILENT = "provider_silent"
    PROVIDER_OLD = "provider_old"
    PROVIDER_DENIED = "provider_denied"
    PROVIDER_BAD = "provider_bad"
    PROVIDER_EMAIL = "provider_email"
    PROVIDER_NOBODY = "provider_nobody"
