"""The page of the far ends that stand on their own: what the readers of each see."""

from collections.abc import Callable, Sequence

from jinja2 import Environment

from relay.web.roster import label
from tests.fakes.standing import Stand
from tests.fakes.wire import Call, Reply

_PAGE = """\
<!doctype html>
<html lang="{{ words.language }}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="refresh" content="5">
<title>{{ words.title }}</title>
<style>
:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif }
body { max-width: 70rem; margin: 0 auto; padding: 1rem }
main { display: grid; grid-template-columns: repeat(auto-fill, minmax(20rem, 1fr)); gap: 1rem }
section { border: 1px solid; border-radius: .5rem; padding: 0 1rem }
article { border-top: 1px solid; padding: .5rem 0; white-space: pre-wrap; overflow-wrap: anywhere }
</style>
</head>
<body>
<h1>{{ words.title }}</h1>
<p>{{ words.about }}</p>
<main>
{% for stand in stands %}
<section id="{{ stand.account.id }}">
<h2>{{ label(stand.account.network) }}</h2>
{% for text in stand.texts() | reverse %}
<article>{{ text }}</article>
{% else %}
<p>{{ words.empty }}</p>
{% endfor %}
</section>
{% endfor %}
</main>
</body>
</html>
"""
_WORDS = {
    "fr": {
        "language": "fr",
        "title": "Les réseaux des tests",
        "about": "Ce que chacun montre à ses lecteurs. Rien n’a quitté cette machine.",
        "empty": "Rien encore.",
    },
    "en": {
        "language": "en",
        "title": "The networks of the tests",
        "about": "What each shows to its readers. Nothing has left this machine.",
        "empty": "Nothing yet.",
    },
}
_TEMPLATE = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True).from_string(_PAGE)


def showing(stands: Sequence[Stand]) -> Callable[[Call], Reply]:
    """The network's side of a ``Wire`` that has one page, in French for whoever prefers it."""

    def answer(call: Call) -> Reply:
        if call.path.partition("?")[0] != "/":
            return Reply(404, b"Not found", {"content-type": "text/plain"})
        words = _WORDS["fr" if call.headers.get("accept-language", "").lower().startswith("fr") else "en"]
        filled = _TEMPLATE.render(stands=stands, words=words, label=label)
        return Reply(200, filled.encode(), {"content-type": "text/html; charset=utf-8"})

    return answer
