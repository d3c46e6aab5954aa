"""A real WebSub subscriber (flask-websub), run by its own Python: ``websub_subscriber.py PORT FOLDER``.

``GET /start?feed=…`` discovers a feed's hub and subscribes, ``/leave`` ends it. What it was confirmed is in FOLDER/said,
what was pushed in FOLDER/pushed. It is not imported by any test: its packages are in ``.lab/websub`` and nowhere else.
"""

import sys
from pathlib import Path

from flask import Flask, request
from flask_websub.subscriber import (
    SQLite3SubscriberStorage,
    SQLite3TempSubscriberStorage,
    Subscriber,
    discover,
)


def main(port: int, folder: Path) -> None:
    """Serve on loopback."""
    app = Flask("subscriber")
    app.config.update(SERVER_NAME=f"127.0.0.1:{port}")
    stores = SQLite3SubscriberStorage(str(folder / "db")), SQLite3TempSubscriberStorage(str(folder / "db"))
    subscriber = Subscriber(*stores)
    app.register_blueprint(subscriber.build_blueprint(url_prefix="/callbacks"))
    known: list[str] = []

    def confirmed(topic: str, _: str, mode: str) -> None:
        (folder / "said").write_text(f"{mode} {topic}")

    def pushed(_: str, __: str, body: bytes) -> None:
        (folder / "pushed").write_bytes(body)

    subscriber.add_success_handler(confirmed)
    subscriber.add_listener(pushed)

    def start() -> str:
        known.append(subscriber.subscribe(**discover(request.args["feed"])))
        return known[-1]

    def leave() -> str:
        subscriber.unsubscribe(known[-1])
        return known[-1]

    app.add_url_rule("/start", view_func=start)
    app.add_url_rule("/leave", view_func=leave)
    app.run("127.0.0.1", port, threaded=True)


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))
