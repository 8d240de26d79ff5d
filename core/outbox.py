"""One outbox for all mail: written with what it is about, delivered afterwards, tried again.

A mail is a row in the transaction of the change that it reports: the change and its mail are stored both or
neither. Delivery is a matter of its own, so a mail server that is down breaks no form. Mails are sent one
after the other by one process at a time, and each is marked before the next one is sent: docs/decisions/0018.
"""

from __future__ import annotations

import datetime as dt
import fcntl
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

from django.conf import settings
from django.db import Error, connection, transaction
from django.utils import timezone
from post_office import mail
from post_office.models import STATUS, Email

logger = logging.getLogger(__name__)

# What could not be delivered after all tries is kept so long for the operator, then forgotten.
FAILED_KEPT = dt.timedelta(days=14)


def post(to: str, subject: str, text: str) -> None:
    """Put a mail into the outbox; it leaves as soon as the transaction is through."""
    line = " ".join(subject.split())
    # Stored as it is: post_office would take braces in a person's name for template code.
    Email.objects.create(
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[to],
        subject=line,
        message=text,
        status=STATUS.queued,
        priority=2,
        headers={"Auto-Submitted": "auto-generated"},
    )
    is_planned = any(each[1] is start_delivery for each in connection.run_on_commit)
    if settings.DELIVER_MAIL_AT_ONCE and not is_planned:
        transaction.on_commit(start_delivery)


def start_delivery() -> None:
    """Deliver beside the request; who waits for an answer does not wait for a mail server."""
    Thread(target=_deliver_and_close, name="outbox", daemon=True).start()


def _deliver_and_close() -> None:
    """Deliver in a thread that has a database connection of its own."""
    try:
        deliver()
    except Error as error:
        logger.error("The outbox could not be emptied (%s); deliver_mail tries again.", type(error).__name__)
    finally:
        connection.close()


def deliver() -> int:
    """Send what is due, unless another process is at it; give the number of mails sent."""
    sent = 0
    while mail.get_queued().exists():
        with alone() as is_alone:
            if not is_alone:
                return sent
            while mail.get_queued().exists():
                sent += mail.send_queued()[0]
                # Who was told is known elsewhere; the words of a mail are personal data.
                Email.objects.filter(status=STATUS.sent).delete()
    Email.objects.filter(status=STATUS.failed, created__lt=timezone.now() - FAILED_KEPT).delete()
    return sent


@contextmanager
def alone() -> Iterator[bool]:
    """Tell whether nobody else delivers at the moment, and keep others from it meanwhile."""
    path = Path(settings.OUTBOX_LOCK)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True
