"""How gunicorn serves the site: `gunicorn --config inducci/gunicorn.py inducci.wsgi`.

Names and values are gunicorn's own; the environment variable PORT changes the port.
"""

import gc
import os
from importlib import import_module

bind = f"127.0.0.1:{os.environ.get('PORT', '8000')}"

# SQLite has one writer at a time and readers never wait, so a few workers are plenty; threads
# keep a slow reader from holding a worker.
workers = 2
worker_class = "gthread"
threads = 4
preload_app = True
timeout = 60
graceful_timeout = 10
keepalive = 5
# Heartbeat files belong in memory, where a slow disk cannot make a worker look dead.
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: S108

# The site itself answers an overlong query with a sentence, so gunicorn does not cut it off;
# the web server in front keeps its own limit (nginx: large_client_header_buffers).
limit_request_line = 0

# No access log: addresses of readers are personal data. Errors go to standard error.
accesslog = None
loglevel = "warning"
control_socket_disable = True

# Only a web server on this machine may say how the reader came (X-Forwarded-Proto).
forwarded_allow_ips = "127.0.0.1,::1"


def on_starting(server: object) -> None:
    """Read all addresses and views before forking, so that no first reader waits for it."""
    from django.conf import settings

    import_module(settings.ROOT_URLCONF)
    import_module("core.pdf").is_available()


def when_ready(server: object) -> None:
    """Say where the site is served, once it answers."""
    print(f"Serving http://{bind}", flush=True)


def pre_fork(server: object, worker: object) -> None:
    """Close what the preloaded site opened: a database connection never crosses a fork."""
    from django.db import connections

    connections.close_all()


def post_fork(server: object, worker: object) -> None:
    """Take what was read before the fork out of the search for garbage, which would touch all of it."""
    gc.freeze()
    gc.set_threshold(10_000, 20, 20)
