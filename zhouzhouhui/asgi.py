"""For those who run an ASGI server of their own: web and live streams in one application."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhouzhouhui.settings")

from zhouzhouhui.serve_front import make_front

application = make_front()
