"""Settings as the public site runs: complete and strict; dev and test only loosen them."""

import datetime as dt
from datetime import timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from csp.constants import NONE, SELF, UNSAFE_INLINE
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from inducci.settings.environment import BASE_DIR, env, required

# --- What differs from one installation to the next -------------------------------------------

SECRET_KEY = required("INDUCCI_SECRET_KEY")
ALLOWED_HOSTS = [host.strip() for host in required("INDUCCI_ALLOWED_HOSTS").split(",") if host.strip()]
BASE_URL = required("INDUCCI_BASE_URL").rstrip("/")
MEDIA_ROOT = str(BASE_DIR / Path(required("INDUCCI_MEDIA_ROOT")))
STATIC_ROOT = str(BASE_DIR / env.str("INDUCCI_STATIC_ROOT", default="var/static"))
STYLEGUIDE = env.bool("INDUCCI_STYLEGUIDE", default=False)
_DATABASE_URL = required("INDUCCI_DATABASE_URL")
_EMAIL_URL = env.str("INDUCCI_EMAIL_URL", default="consolemail://")
_CACHE_URL = env.str("INDUCCI_CACHE_URL", default="locmemcache://")


def _is_loopback(url: str) -> bool:
    """Tell whether an address leads to this very machine."""
    host = urlsplit(url).hostname or ""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


HTTPS = BASE_URL.startswith("https://")
if not HTTPS and not (BASE_URL.startswith("http://") and _is_loopback(BASE_URL)):
    raise ImproperlyConfigured(
        f"INDUCCI_BASE_URL is {BASE_URL!r}: it must begin with https:// unless it is local."
    )

# --- Applications -----------------------------------------------------------------------------

INSTALLED_APPS = [
    "inducci",
    "events",
    "toolbox",
    "pilots",
    "outputs",
    "partners",
    "regions",
    "vocabularies",
    "core",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.embeds",
    "wagtail.sites",
    "inducci.apps.PeopleConfig",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "django_tomselect",
    "post_office",
    "csp",
    "axes",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "inducci.health.DatabaseOutageMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Pages hold no secret that a guess in the address could be compressed against.
    "inducci.compression.TextGZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "inducci.second_factor.middleware.second_factor",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
    # Last, so that it sees every refused sign-in.
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "inducci.urls"
WSGI_APPLICATION = "inducci.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# --- Data -------------------------------------------------------------------------------------

_database: dict[str, Any] = env.db_url_config(_DATABASE_URL)
if "sqlite" in _database["ENGINE"]:
    # Writers queue instead of failing. That readers never wait for a writer is a property of the file itself,
    # which `prepare` sets: connections that all set it at once would find the file locked.
    if _database["NAME"] != ":memory:":
        _database["NAME"] = str(BASE_DIR / _database["NAME"])
    _database["OPTIONS"] = {
        "timeout": 20,
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA synchronous=NORMAL;",
    }
_database["CONN_MAX_AGE"] = None
_database["CONN_HEALTH_CHECKS"] = True
DATABASES = {"default": _database}
CACHES = {"default": env.cache_url_config(_CACHE_URL)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- People -----------------------------------------------------------------------------------

AUTH_USER_MODEL = "core.User"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
# Who was invited sets the password by a link that lasts so long and works once.
PASSWORD_RESET_TIMEOUT = 7 * 24 * 60 * 60
WAGTAILUSERS_PASSWORD_ENABLED = False
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
# Five wrong passwords shut a name, seen from one address, for a quarter of an hour.
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = dt.timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_TEMPLATE = "inducci/locked_out.html"
AXES_RESET_ON_SUCCESS = True
AXES_DISABLE_ACCESS_LOG = True  # who signs in when is nobody's business
AXES_VERBOSE = False
# Axes notes what was typed; a one-time code beside a wrong password is still good.
AXES_SENSITIVE_PARAMETERS = ["username", "ip_address", "code"]
WAGTAILADMIN_USER_LOGIN_FORM = "inducci.second_factor.forms.SignInForm"
LOGIN_URL = "wagtailadmin_login"
WAGTAIL_FRONTEND_LOGIN_URL = "/admin/login/"

# --- Language and time ------------------------------------------------------------------------

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English"))]
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Europe/Brussels"
USE_I18N = True
USE_TZ = True

# --- Files ------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "/media/"
STORAGES = {
    "default": {"BACKEND": "inducci.storage.WholeFileStorage"},
    "staticfiles": {"BACKEND": "inducci.storage.BundledStaticFilesStorage"},
}
# Where nginx finds the uploads; empty where the site hands documents out itself.
_ACCEL_LOCATION = env.str("INDUCCI_ACCEL_LOCATION", default="").strip("/")
DOCUMENTS_ACCEL_LOCATION = f"/{_ACCEL_LOCATION}/" if _ACCEL_LOCATION else ""
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"

# --- Mail -------------------------------------------------------------------------------------

vars().update(env.email_url_config(_EMAIL_URL))
DEFAULT_FROM_EMAIL = env.str("INDUCCI_EMAIL_FROM", default=f"e-toolbox@{urlsplit(BASE_URL).hostname}")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
EMAIL_TIMEOUT = 30
# One mail at a time, each marked as sent before the next one: nobody gets a mail twice.
POST_OFFICE = {
    "BATCH_SIZE": 1,
    "THREADS_PER_PROCESS": 1,
    "LOG_LEVEL": 0,
    "MAX_RETRIES": 96,
    "RETRY_INTERVAL": timedelta(minutes=15),
    "SENDING_ORDER": ["-priority", "created"],
}
DELIVER_MAIL_AT_ONCE = True
OUTBOX_LOCK = str(BASE_DIR / "var" / "outbox.lock")
# So many registrations an hour may come from one network address.
REGISTRATIONS_PER_HOUR = env.int("INDUCCI_REGISTRATIONS_PER_HOUR", default=60)

# --- Safety -----------------------------------------------------------------------------------

DEBUG = False
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
# A load balancer asks for the health page over plain HTTP.
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
# W019: the admin shows previews in frames of its own host.
# W021: the preload list is for the owner of the domain to join.
SILENCED_SYSTEM_CHECKS = ["security.W019", "security.W021"]
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_HTTPONLY = True
X_FRAME_OPTIONS = "SAMEORIGIN"  # the admin shows previews in a frame
CSRF_TRUSTED_ORIGINS = [BASE_URL]

CONTENT_SECURITY_POLICY: dict[str, Any] = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [SELF],
    }
}
# Wagtail's admin writes styles into its pages and draws small pictures from data addresses.
ADMIN_CONTENT_SECURITY_POLICY: dict[str, Any] = {
    "default-src": [SELF],
    "script-src": [SELF, UNSAFE_INLINE],
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, "data:", "blob:"],
    "object-src": [NONE],
    "base-uri": [SELF],
    "form-action": [SELF],
    "frame-ancestors": [SELF],
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{levelname} {name}: {message}", "style": "{"}},
    "filters": {"without_traceback": {"()": "core.logs.WithoutTraceback"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "plain"},
        "mail": {"class": "logging.StreamHandler", "formatter": "plain", "filters": ["without_traceback"]},
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "post_office": {"handlers": ["mail"], "level": "ERROR", "propagate": False},
        "django.security.DisallowedHost": {"handlers": [], "propagate": False},
    },
}

# The apps whose every change is a change of what readers see.
CONTENT_APPS = ["core", "vocabularies", "regions", "partners", "outputs", "pilots", "toolbox", "inducci"]

# --- Wagtail ----------------------------------------------------------------------------------

WAGTAIL_SITE_NAME = "InduCCI e-toolbox"
OTP_TOTP_ISSUER = WAGTAIL_SITE_NAME
WAGTAILADMIN_BASE_URL = BASE_URL
# The admin speaks one language and keeps one time, so nobody is asked to choose.
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
WAGTAIL_USER_TIME_ZONES = [TIME_ZONE]
WAGTAIL_I18N_ENABLED = False
WAGTAIL_FINISH_WORKFLOW_ACTION = "partners.publishing.publish_reviewed"
WAGTAILADMIN_NOTIFICATION_INCLUDE_SUPERUSERS = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None  # no request to another host
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAILIMAGES_IMAGE_MODEL = "core.CreditedImage"
WAGTAILIMAGES_IMAGE_FORM_BASE = "core.forms.PictureForm"
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 20 * 1024 * 1024
WAGTAILDOCS_DOCUMENT_MODEL = "core.VersionedDocument"
WAGTAILDOCS_DOCUMENT_FORM_BASE = "core.forms.DocumentForm"
WAGTAILDOCS_EXTENSIONS = [
    *("csv", "docx", "odp", "ods", "odt", "pdf", "pptx", "xlsx", "zip"),
    *("jpg", "jpeg", "png", "webp"),
]
WAGTAILDOCS_MAX_UPLOAD_SIZE = 200 * 1024 * 1024
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
WAGTAIL_ALLOW_UNICODE_SLUGS = False
TAGGIT_CASE_INSENSITIVE = True
