"""Settings for the tests: their own database, no mail, no waiting."""

import os

os.environ["INDUCCI_SECRET_KEY"] = "only-for-tests"
os.environ["INDUCCI_ALLOWED_HOSTS"] = "testserver,localhost,127.0.0.1"
os.environ["INDUCCI_DATABASE_URL"] = os.environ.get("INDUCCI_TEST_DATABASE_URL", "sqlite://:memory:")
os.environ["INDUCCI_BASE_URL"] = "http://localhost"
os.environ["INDUCCI_MEDIA_ROOT"] = "var/test-media"
os.environ["INDUCCI_EMAIL_URL"] = "memorymail://"
os.environ["INDUCCI_CACHE_URL"] = "locmemcache://"
os.environ["INDUCCI_STYLEGUIDE"] = "1"

from inducci.settings.environment import BASE_DIR
from inducci.settings.production import *

STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
# Static files are found where they are written; nothing was collected for the tests.
WHITENOISE_AUTOREFRESH = True
# A test delivers the mail itself.
DELIVER_MAIL_AT_ONCE = False
OUTBOX_LOCK = str(BASE_DIR / "var" / "test-outbox.lock")
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
DATABASES["default"]["CONN_MAX_AGE"] = 0
