"""Every message in English: by code and variant, what is wrong and how to mend it (``str.format`` fields in braces)."""

from relay.config.wording.accounts import ENGLISH_ACCOUNTS
from relay.config.wording.filters import ENGLISH_FILTERS
from relay.config.wording.handles import ENGLISH_HANDLES
from relay.config.wording.hashtags import ENGLISH_HASHTAGS
from relay.config.wording.imprints import ENGLISH_IMPRINTS
from relay.config.wording.notify import ENGLISH_NOTIFY
from relay.config.wording.retired import ENGLISH_RETIRED
from relay.config.wording.signing import ENGLISH_SIGNING
from relay.config.wording.syntax import ENGLISH_SYNTAX
from relay.config.wording.templates import ENGLISH_TEMPLATES

ENGLISH: dict[str, tuple[str, str]] = {
    "guess": ("did you mean “{guess}”?", ""),
    "none": ("this file defines none", ""),
    **ENGLISH_SYNTAX,
    "R002": ("this file is not text in UTF-8", "save it as UTF-8, without BOM"),
    "R002/bom": ("this file begins with a byte order mark (BOM)", "save it as UTF-8, without BOM"),
    "R002/nul": ("this file holds NUL bytes: it is not text", "save it as UTF-8, without BOM"),
    "R003": ("this file is empty", "“relay demo --keep FOLDER” leaves a whole one, to copy"),
    "R004": ("this file is too large for a configuration (more than 8 MiB)", ""),
    "R010": ("unknown key “{name}”", "possible keys: {known}"),
    "R011": ("“{name}” is missing", "add a line {name} = …"),
    "R012": ("“{{{name}}}” is not a field of a post", "fields: {known}"),
    "R013/boolean": ("true or false is wanted here", "without quotation marks"),
    "R013/list": ("a list of texts is wanted here", 'write ["…", "…"]'),
    "R013/number": ("a whole number is wanted here", "without quotation marks"),
    "R013/table": ("a table is wanted here", "write {{ key = value }}, or a section between brackets"),
    "R013/tables": ("tables are wanted here, one a route", "write [[routes]] before each"),
    "R013/text": ("text is wanted here", "put it between quotation marks"),
    "R014": ("“{value}” is not a choice", "choices: {known}"),
    "R015": ("“{value}” is not a duration", 'write "60s", "30m", "4h" or "7d"'),
    "R016": ("this is too often: once every five minutes at most", 'write every = "5m" or longer'),
    "R017": ("“{value}” is not a web address", "it begins with https:// (or http://) and names a site"),
    "R018": ("a brace has no partner", "a field is {{title}}, or {{title:80}} for at most 80 characters"),
    "R018/argument": ("“{argument}” is not a number of characters", "write {{{name}:160}}, or plain {{{name}}}"),
    "R018/network": ("“{argument}” is neither a network nor a number of characters", "networks: {known}"),
    "R019": ("{value} is not between {low} and {high}", ""),
    "R020": (
        "the secret itself is written in this file",
        'take it out: {key} = {{ env = "{name}" }} (and change it on the network: it was on the disk)',
    ),
    "R020/address": (
        "a name or a password is written in this address",
        "take out what stands before “@”: it would be shown and published with the address",
    ),
    "R020/database": (
        "the database's password is written in this file",
        "take it out: give the whole address in the variable RELAY_DATABASE",
    ),
    "R021": (
        "a secret comes from a variable or from a file, nothing else",
        '{{ env = "{name}" }}, in capitals, or {{ file = "./secrets/{key}" }}, with a slash',
    ),
    "R022": ("the variable {name} is not set: nothing will leave for this account", "set it before “relay run”"),
    "R023": (
        "the file {name} cannot be read: nothing will leave for this account",
        "make it, for relay alone to read, before “relay run”",
    ),
    "R030": ("the route sends to “{value}”, which is not an account", "accounts: {known}"),
    "R031": ("“{value}” is not a source", "sources: {known}"),
    "R032": ("“{value}” is not an approval rule", "rules: {known}"),
    "R033": ("“{value}” is not a schedule", "schedules: {known}"),
    "R034": ("“{value}” is not in the directory", "there are: {known}"),
    "R035": ("“{name}” cannot be a name", "small letters, digits, hyphens, 64 at most: it names folders too"),
    "R036": ("“{value}” is not a network that relay knows", "networks: {known}"),
    "R037": ("“{value}” is not a hashtag", 'without “#” or space: "SMCL"'),
    "R038": ("the list is empty", "there must be one at least"),
    "R039": ("this text is empty", "write it, or remove the line"),
    "R040": ("“{id}” has no known account on {networks}: “{name}” will be written there", ""),
    "R044": (
        "there is no file {path}: posts without a picture are shown without one",
        "put a PNG or JPEG picture there; the path begins where this file is",
    ),
    "R044/kind": (
        "{path} is no JPEG, PNG, GIF or WebP picture: posts without a picture are shown without one",
        "put a PNG or JPEG picture there, or name another file",
    ),
    "R045": (
        "what is sent to “{id}” leaves relay by the package {network}: “service.allow” does not hold for it",
        "have its address written only by whom you trust",
    ),
    "R050": ("“{value}” is not a slot", 'write "mon-fri 08:45", "sat 10:00", or "08:45" for every day'),
    "R051": ("“{value}” is not a quiet time", 'write "20:00-08:00", "sat-sun", "mon-fri 12:00-14:00" or "holidays:fr"'),
    "R052": ("“{value}” is not a time zone", 'write "Europe/Paris", for instance'),
    "R053": ("“{value}” is not a language code", 'write "fr", "en", "pt-BR"…'),
    "R054": (
        "the public holidays of “{value}” are not known",
        'a country is two letters: "holidays:fr"; a part of it has its code after a dash: "holidays:fr-57"',
    ),
    "R055": (
        "“{value}” does not say what to do with earlier entries",
        'write "none", "latest 3" or "since 2026-11-01"',
    ),
    "R056": ("“{value}” is not a filter", 'write "title ~ expression" or "category = value"; fields: {known}'),
    "R057": ("this is not a regular expression: {reason}", "put \\\\ before a sign that stands for itself"),
    "R058": (
        "between quotation marks, \\b is not the edge of a word but a backspace",
        "write the rule between apostrophes: 'title ~ \\btown\\b'",
    ),
    "R060": ("“{value}” is not an address to listen on", 'write "127.0.0.1:8080": a host, a colon, a port'),
    "R061": (
        "“{value}” is neither a host name nor a network",
        'write "127.0.0.1", "10.0.0.0/8" or "feeds.internal", without http:// or port',
    ),
    "R062": ("“{value}” is not a database that relay knows", 'a path, "data/relay.db" (SQLite), or "postgresql://…"'),
    "R063": ("“{value}” is not an e-mail address", 'write "newsroom@example.org"'),
    "R065": (
        "“{value}” is neither an address nor a network",
        'write "127.0.0.1" or "172.16.0.0/12": where your reverse proxy asks from',
    ),
    "R064": ("version {value} of this file is not known", "write version = 1"),
    "R070": ("“{value}” is not a CSS selector", 'write "article.news", "h2 a", "div[class*=date]"'),
    "R071": (
        "relay reads the page, it does not look at it: this part of “{value}” says nothing to it",
        "without ::text, ::attr(…), :hover: relay takes the words itself, and the addresses of links and pictures",
    ),
    **ENGLISH_FILTERS,
    **ENGLISH_HANDLES,
    **ENGLISH_HASHTAGS,
    **ENGLISH_IMPRINTS,
    **ENGLISH_NOTIFY,
    **ENGLISH_RETIRED,
    **ENGLISH_SIGNING,
    **ENGLISH_TEMPLATES,
    **ENGLISH_ACCOUNTS,
}
