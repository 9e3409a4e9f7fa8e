"""Settings of a node. What an operator may set is an environment variable, listed in docs/operations/settings.md."""

import os
from urllib.parse import urlsplit

from django.utils.translation import gettext_lazy as _
from psycopg.conninfo import conninfo_to_dict

from linli.site.runtime.folders import data_folder, own_folder
from linli.site.runtime.keys import secret_key

DATA = data_folder()

DEBUG = os.environ.get("LINLI_DEBUG", "") == "1"
SECRET_KEY = secret_key()

# LINLI_PUBLIC_URL is the address people type, such as https://linli.example.org; the next block follows from it.
PUBLIC_URL = os.environ.get("LINLI_PUBLIC_URL", "")
_PUBLIC_HOST = urlsplit(PUBLIC_URL).hostname
ALLOWED_HOSTS = os.environ.get("LINLI_ALLOWED_HOSTS", "127.0.0.1,localhost,[::1]").split(",")
ALLOWED_HOSTS += [_PUBLIC_HOST] if _PUBLIC_HOST else []
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL.rstrip("/")] if PUBLIC_URL else []
BEHIND_TLS = PUBLIC_URL.startswith("https://")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = BEHIND_TLS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_TLS else None
SECURE_SSL_REDIRECT = BEHIND_TLS
SECURE_REDIRECT_EXEMPT = [r"^(healthz|readyz)$"]  # asked from inside, without the proxy
SECURE_HSTS_SECONDS = 31_536_000 if BEHIND_TLS else 0

INSTALLED_APPS = [
    "linli.site",
    "linli.insight",
    "linli.events",
    "linli.exchange",
    "linli.sheets",
    "linli.registry",
    "linli.trust",
    "linli.accounts",
    "linli.regions",
    "linli.kernel",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django.contrib.postgres",
    "procrastinate.contrib.django",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "ninja",  # so that the pages of the interfaces are served from here
]

MIDDLEWARE = [
    "linli.kernel.middleware.RequestMiddleware",
    "linli.kernel.middleware.HeadersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "linli.accounts.middleware.SessionGuard",
    "linli.accounts.middleware.DutiesMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "linli.site.urls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]
FORM_RENDERER = "linli.kernel.plugins.widgets.QuickWidgets"


def _database(url: str) -> dict[str, object]:
    """Split an address the way Django wants it; what it has no name for (sslmode, passfile, …) goes to libpq."""
    parts = conninfo_to_dict(url)
    named = {"NAME": "dbname", "USER": "user", "PASSWORD": "password", "HOST": "host", "PORT": "port"}
    return {
        "ENGINE": "linli.site.runtime.database",
        **{ours: parts.pop(theirs, "") for ours, theirs in named.items()},
        # Django switches prepared statements off; so they are on, for the queries that ask for it by `prepare=True`.
        "OPTIONS": {**parts, "prepare_threshold": 1_000_000},
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
    }


DATABASES = {"default": _database(os.environ.get("LINLI_DATABASE_URL", "postgresql://localhost/linli"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Signing in. Throttles count in the database, so that all processes count together.
AUTH_USER_MODEL = "accounts.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in (
        ("UserAttributeSimilarityValidator", {"user_attributes": ("username", "name")}),
        ("MinimumLengthValidator", {"min_length": 10}),
        ("CommonPasswordValidator", {}),
        ("NumericPasswordValidator", {}),
    )
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "desk:start"
LOGOUT_REDIRECT_URL = "/"
SESSION_COOKIE_AGE = 12 * 3600
# After so many minutes without use staff sign in again.
LINLI_IDLE_MINUTES = int(os.environ.get("LINLI_IDLE_MINUTES", "60"))
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "accounts_throttle"}}
ACCOUNT_ADAPTER = "linli.accounts.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
ACCOUNT_RATE_LIMITS = {"login": "60/m/ip", "login_failed": "20/m/ip"}
MFA_ADAPTER = "linli.accounts.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Linli"
MFA_TOTP_TOLERANCE = 1
# LINLI_SECOND_FACTOR=1 insists on it for the posts that need one;
# LINLI_CHANNEL names the plug-in that carries codes to phones; LINLI_PROXIES says how many proxies stand in front.
LINLI_SECOND_FACTOR = os.environ.get("LINLI_SECOND_FACTOR", "") == "1"
LINLI_CHANNEL = os.environ.get("LINLI_CHANNEL", "console")
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("LINLI_PROXIES", "0"))
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not os.environ.get("LINLI_PUBLIC_URL", "").startswith("https://")

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Simplified Chinese")), ("en", _("English"))]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = own_folder("static")
MEDIA_ROOT = DATA / "media"
# Names carry a hash of the content and are cached for ever; LINLI_STATIC=plain serves the sources, for tests.
HASHED_STATIC = os.environ.get("LINLI_STATIC", "hashed") == "hashed" and not DEBUG
STORAGES = {
    "default": {"BACKEND": "linli.kernel.plugins.storage.SealedStorage"},
    "staticfiles": {
        "BACKEND": "linli.site.runtime.statics.HashedFiles"
        if HASHED_STATIC
        else "django.contrib.staticfiles.storage.StaticFilesStorage",
    },
}
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = not HASHED_STATIC

# How long the reporter may open a closed event again, in days.
LINLI_REOPEN_DAYS = int(os.environ.get("LINLI_REOPEN_DAYS", "15"))

# What GeoReport v2 calls this place; empty takes every jurisdiction_id.
LINLI_JURISDICTION = os.environ.get("LINLI_JURISDICTION", "")

# Messages: the channel to the phones of reporters, the SMS gateway, the mail server.
CASE_PAGE = "/e/{number}"  # where the reporter follows an event; see urls.py
LINLI_TELL = os.environ.get("LINLI_TELL", LINLI_CHANNEL)
LINLI_SMS_URL = os.environ.get("LINLI_SMS_URL", "")
LINLI_SMS_BODY = os.environ.get("LINLI_SMS_BODY", '{"to": "{to}", "text": "{text}"}')
LINLI_SMS_HEADERS = os.environ.get("LINLI_SMS_HEADERS", "")
LINLI_SMS_GOOD = os.environ.get("LINLI_SMS_GOOD", "")
LINLI_SMTP_URL = os.environ.get("LINLI_SMTP_URL", "")
LINLI_MAIL_FROM = os.environ.get("LINLI_MAIL_FROM", "linli@localhost")

# Where departments drop files; connections name folders under it.
LINLI_DROP_FOLDER = os.environ.get("LINLI_DROP_FOLDER", str(DATA / "drop"))
# Networks, with commas, that webhooks may reach though they are private, such as 10.2.0.0/16.
LINLI_OUTGOING_ALLOW = [one for one in os.environ.get("LINLI_OUTGOING_ALLOW", "").split(",") if one]

# How many seconds a node that asks for a change feed may wait for news; each one that waits holds a web process.
LINLI_FEED_WAIT = float(os.environ.get("LINLI_FEED_WAIT", "0"))

# What the public pages say about whose they are; an empty number is left out.
SITE_FACTS = {
    "name": os.environ.get("LINLI_NAME") or _("Linli"),
    "place": os.environ.get("LINLI_PLACE") or _("Qinghe County"),
    "host": os.environ.get("LINLI_HOST_UNIT", ""),
    "phone": os.environ.get("LINLI_PHONE", "12345"),
    "icp": os.environ.get("LINLI_ICP", ""),
    "police": os.environ.get("LINLI_POLICE_RECORD", ""),
    "code": os.environ.get("LINLI_WEBSITE_CODE", ""),
}

CSRF_FAILURE_VIEW = "linli.kernel.views.errors.csrf_failed"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "linli.kernel.rules.logs.JsonLines"}},
    "handlers": {"lines": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["lines"], "level": os.environ.get("LINLI_LOG_LEVEL", "INFO")},
    "loggers": {
        "django": {"handlers": [], "propagate": True},
        "django.request": {"level": "ERROR"},  # the request line already tells of 4xx
        "django.server": {"handlers": [], "propagate": False},
        "procrastinate": {"level": "WARNING"},
    },
}
