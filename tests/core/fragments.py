"""Pieces of good and bad HTML, for properties that must hold whatever they add up to."""

from hypothesis import strategies as st

OPENING = "<b> <p> <div> <pre> <ul><li> <table><td> <br> <img\tsrc=a> <a\thref='x\t?'> <svg> <script> <section> <frameset> <body>"


CLOSING = "</b> </p> </div> </table> </script> <!-- --> <![CDATA["


TEXTS = [
    "\n",
    "\r",
    "&#13;",
    "&#0;",
    "\0",
    "&amp;lt;",
    "&lt;p&gt;",
    "<",
    ">",
    '"',
    "texte",
    "\u00a0",
    "\ud800",
    "\x0c",
    "&nbsp",
]


FRAGMENTS = st.lists(st.sampled_from([*OPENING.split(" "), *CLOSING.split(" "), *TEXTS]), max_size=14).map("".join)
