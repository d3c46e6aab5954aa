"""A real WebSub hub (flask-websub) in one process, run by its own Python: ``websub_hub.py PORT DATABASE``.

It is not imported by any test: its packages are installed in ``.lab/websub`` and nowhere else.
"""

import sys
import threading

from celery import Celery
from flask import Flask
from flask_websub.hub import Hub, SQLite3HubStorage

QUEUE = {"polling_interval": 0.02}
"""Seconds. The queue in memory is looked at once a second otherwise, for each of the two steps of a push."""
WORKER = ["worker", "-P", "threads", "-c", "2", "--without-gossip", "--without-mingle", "--without-heartbeat"]


def main(port: int, database: str) -> None:
    """Serve ``/hub`` on loopback; ``hub.mode=publish`` makes it fetch a topic and push it."""
    app = Flask("hub")
    app.config.update(PUBLISH_SUPPORTED=True, SIGNATURE_ALGORITHM="sha256", REQUEST_TIMEOUT=3, BACKOFF_BASE=0.5)
    celery = Celery("hub", broker="memory://", backend="cache+memory://")
    celery.conf.broker_transport_options = QUEUE
    hub = Hub(SQLite3HubStorage(database), celery, **app.config)
    app.register_blueprint(hub.build_blueprint(url_prefix="/hub"))
    threading.Thread(target=celery.worker_main, args=([*WORKER, "-l", "WARNING"],), daemon=True).start()
    app.run("127.0.0.1", port, threaded=True)


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])
