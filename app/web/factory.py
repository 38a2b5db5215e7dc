"""The web application: the bare app, its blueprints, error pages and headers."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from flask import Flask
from jinja2 import StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix

from app import boot, paths
from app.config import Settings, read_settings
from app.web import (
    access,
    accounts,
    article,
    assets,
    device,
    errors,
    glossary,
    headers,
    home,
    images,
    joining,
    lessons,
    progress,
    quiz,
    shell,
    sources,
    system,
    teach,
    teaching,
    uploads,
)

PAGES = (
    system,
    home,
    lessons,
    teach,
    teaching,
    article,
    glossary,
    sources,
    images,
    quiz,
    progress,
    accounts,
    joining,
    device,
)
GUEST_COOKIE_DAYS = 30


def create_app(settings: Settings | None = None, course: Path | None = None) -> Flask:
    """The application, its schema and course up to date. Raises BadSetting and StorageTrouble."""
    settings = settings or read_settings()
    app = boot.bare_app(settings, course=course, template_folder=str(paths.PACKAGE / "web" / "templates"))
    app.config.update(
        MAX_CONTENT_LENGTH=settings.max_body_kb * 1024,
        MAX_FORM_PARTS=500,
        MAX_FORM_MEMORY_SIZE=settings.max_body_kb * 1024,
        SESSION_COOKIE_NAME="offramp",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.secure_cookies,
        SESSION_REFRESH_EACH_REQUEST=False,
        PERMANENT_SESSION_LIFETIME=timedelta(days=GUEST_COOKIE_DAYS),
        # A page may lie open for a week on a phone; its answers must still be taken.
        WTF_CSRF_TIME_LIMIT=None,
    )
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    if settings.trusted_proxies:
        hops = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    # The limits first: whatever looks into a form afterwards reads it.
    for part in (uploads, access, errors, headers, assets, shell):
        part.install(app)
    for page in PAGES:
        app.register_blueprint(page.bp)
    boot.open_course(app, may_upgrade=False)
    return app
