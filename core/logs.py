"""What is left out of the log."""

import logging


class WithoutTraceback(logging.Filter):
    """Keep addresses out of the log: a mail server's refusal repeats them."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Take the traceback away and let the rest pass."""
        record.exc_info = None
        record.exc_text = None
        return True
