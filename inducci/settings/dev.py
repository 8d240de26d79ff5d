"""Settings for working on the site: reload, debug pages, no secrets needed."""

import os

os.environ.setdefault("INDUCCI_SECRET_KEY", "only-for-development-and-never-for-a-public-site")
os.environ.setdefault("INDUCCI_ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")
os.environ.setdefault("INDUCCI_DATABASE_URL", "sqlite:///var/inducci.sqlite3")
os.environ.setdefault("INDUCCI_BASE_URL", "http://127.0.0.1:8000")
os.environ.setdefault("INDUCCI_MEDIA_ROOT", "var/media")
os.environ.setdefault("INDUCCI_STYLEGUIDE", "1")

from inducci.settings.production import *

DEBUG = True
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
