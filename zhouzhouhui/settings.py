"""Settings, all read from the table in options.py; nothing here differs between one town and another."""

from __future__ import annotations

import os
import secrets
from datetime import timedelta
from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF

from zhouzhouhui import __version__
from zhouzhouhui.options import Options
from zhouzhouhui.settings_database import database_settings

OPTION = Options()
RELEASE = __version__
PACKAGE = Path(__file__).resolve().parent
VAR_DIR = OPTION.var
KEYS_DIR = VAR_DIR / "keys"
FILES_ROOT = VAR_DIR / "files"
ERASURE_LOG = VAR_DIR / "erasures" / "erasures.jsonl"
BACKUP_DIR = VAR_DIR / "backups"
# Set by `serve` itself: files are gathered, and answers that seldom change are remembered for a moment.
SERVING = os.environ.get("ZHOUZHOUHUI_SERVING") == "yes"
HOST_MEMORY_SECONDS = 5.0 if SERVING else 0.0
PAGE_CACHE_BYTES = 16 * 1024 * 1024 if SERVING else 0  # per process
SECRET_KEY_FILE = KEYS_DIR / "secret_key"
KEYRING_PATH = KEYS_DIR / "keyring.json"

DEBUG = False
SECRET_KEY: str = OPTION["ZHOUZHOUHUI_SECRET_KEY"] or (
    SECRET_KEY_FILE.read_text("ascii").strip() if SECRET_KEY_FILE.is_file() else ""
)
# Without a key the program can be inspected and tested but not served: `serve` and `checks` refuse it.
SECRET_KEY_IS_THROWAWAY = not SECRET_KEY
SECRET_KEY = SECRET_KEY or secrets.token_urlsafe(48)

INSTALLED_APPS = [
    "zhouzhouhui",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "django_htmx",
    "csp",
]
AUTH_USER_MODEL = "zhouzhouhui.Person"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
ROOT_URLCONF = "zhouzhouhui.urls"
ASGI_APPLICATION = "zhouzhouhui.asgi.application"

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "zhouzhouhui.hosts.TownFromHost",
    "zhouzhouhui.page_cache.PublicPages",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "zhouzhouhui.hosts.SessionKeepsToItsTown",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
    "zhouzhouhui.views.errors.RefusalsAsPages",
]

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        # Ours come before the sign-in library's own pages of the same name.
        "DIRS": [PACKAGE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "zhouzhouhui.views.site_context.site",
            ],
            "builtins": [
                "zhouzhouhui.views.spoken_tags",
                "zhouzhouhui.views.desk_tags",
                "django.templatetags.i18n",
                "django.templatetags.static",
            ],
        },
    }
]

DATABASES = {"default": database_settings(OPTION["DATABASE_URL"], default_file=VAR_DIR / "zhouzhouhui.sqlite3")}
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "OPTIONS": {"MAX_ENTRIES": 2000},
    }
}

# Hosts are held by hosts.TownFromHost against each town's own list; the list here cannot know them.
ALLOWED_HOSTS = ["*"]

TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_I18N = True
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LANGUAGE_COOKIE_NAME = "language"
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
LOCALE_PATHS = [PACKAGE / "locale"]
FORMAT_MODULE_PATH: list[str] = []

# Sign-in
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/desk/"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "zhouzhouhui.outside.sign_in.StaffOnly"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_RATE_LIMITS = False  # axes counts failures in the database, for all processes together
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_FORMS = {
    "login": "zhouzhouhui.views.sign_in_forms.SignIn",
    "change_password": "zhouzhouhui.views.sign_in_forms.ChangePassword",
    "reauthenticate": "zhouzhouhui.views.sign_in_forms.SayPasswordAgain",
}
MFA_FORMS = {
    "authenticate": "zhouzhouhui.views.sign_in_forms.SecondFactor",
    "reauthenticate": "zhouzhouhui.views.sign_in_forms.SecondFactorAgain",
    "activate_totp": "zhouzhouhui.views.sign_in_forms.TurnOnTotp",
    "add_webauthn": "zhouzhouhui.views.sign_in_forms.AddKey",
    "edit_webauthn": "zhouzhouhui.views.sign_in_forms.NameKey",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "周周会"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not OPTION["ZHOUZHOUHUI_HTTPS"]
AXES_FAILURE_LIMIT = OPTION["ZHOUZHOUHUI_LOCKOUT_TRIES"]
AXES_COOLOFF_TIME = timedelta(minutes=OPTION["ZHOUZHOUHUI_LOCKOUT_MINUTES"])
AXES_LOCKOUT_PARAMETERS = ["username"]
AXES_RESET_ON_SUCCESS = True
AXES_USERNAME_CALLABLE = "zhouzhouhui.outside.sign_in.name_tried"
AXES_LOCKOUT_CALLABLE = "zhouzhouhui.views.sign_in.locked_out"
AXES_VERBOSE = False
AXES_ENABLE_ADMIN = False
AXES_DISABLE_ACCESS_LOG = False

# Cookies and headers
HTTPS: bool = OPTION["ZHOUZHOUHUI_HTTPS"]
SESSION_COOKIE_AGE = OPTION["ZHOUZHOUHUI_SESSION_HOURS"] * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
CSRF_FAILURE_VIEW = "zhouzhouhui.views.errors.csrf_failed"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = False  # htmx reads it from the cookie when a fragment is posted
LANGUAGE_COOKIE_SAMESITE = "Lax"
SECURE_HSTS_SECONDS = 30 * 24 * 3600 if HTTPS else 0
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin" if HTTPS else None
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if OPTION["ZHOUZHOUHUI_BEHIND_PROXY"] else None
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    },
}

# Files and uploads
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": FILES_ROOT},
    },
    "staticfiles": {
        # `serve` gathers the files first; tests and single commands read them where they lie.
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if SERVING
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not SERVING
WHITENOISE_AUTOREFRESH = False
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
UPLOAD_MAX_BYTES = OPTION["ZHOUZHOUHUI_UPLOAD_MIB"] * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o640

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": OPTION["ZHOUZHOUHUI_LOG"].upper()},
    "loggers": {
        # Paths may hold a slip code: the server's own access lines leave them out, Django's are not needed.
        "django.request": {"level": "ERROR"},
        "django.server": {"level": "ERROR"},
        "axes": {"level": "ERROR"},
    },
}
SILENCED_SYSTEM_CHECKS = [
    "security.W004",
    "security.W008",
    "security.W012",
    "security.W016",  # plain HTTP in a closed hall is allowed, and said
    "security.W020",  # hosts are held per town
    "axes.W006",  # a hall shares one address: the account is locked, not the address
]
