"""What languages are called by those who speak them, and where they are spoken most."""

_AUTONYMS = {
    "ar": "العربية",
    "br": "brezhoneg",
    "ca": "català",
    "co": "corsu",
    "de": "Deutsch",
    "en": "English",
    "es": "español",
    "eu": "euskara",
    "fr": "français",
    "it": "italiano",
    "ja": "日本語",
    "nl": "Nederlands",
    "oc": "occitan",
    "pl": "polski",
    "pt": "português",
    "ro": "română",
    "ru": "русский",
    "tr": "Türkçe",
    "uk": "українська",
    "zh": "中文",
}
_TERRITORIES = {"en": "GB", "uk": "UA", "ja": "JP", "ar": "SA", "ca": "ES", "zh": "CN"}
"""Of languages whose territory has another name than they."""
_OWN = frozenset({"de", "es", "fr", "it", "nl", "pl", "pt", "ro", "ru", "tr"})


def autonym(language: str) -> str:
    """For "fr" it is "français"; a language (BCP 47) that is not known here is called by its tag."""
    return _AUTONYMS.get(language.partition("-")[0].lower(), language)


def locale(language: str) -> str | None:
    """The same as Open Graph writes it, ``fr_FR``: with a territory, ``None`` where none can be told."""
    tongue, *rest = language.split("-")
    territory = next((part.upper() for part in rest if len(part) == 2 and part.isalpha()), None)
    usual = _TERRITORIES.get(tongue.lower()) or (tongue.upper() if tongue.lower() in _OWN else None)
    return f"{tongue.lower()}_{territory or usual}" if territory or usual else None
