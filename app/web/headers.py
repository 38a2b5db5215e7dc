"""Headers of every response: nothing from other hosts, no inline script or style, no framing."""

from __future__ import annotations

from flask import Flask, Response, request

CONTENT_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "object-src 'none'",
    )
)


def policy(**changes: str) -> str:
    """The content policy with other values for some directives, named with “_” for “-”."""
    other = {name.replace("_", "-"): value for name, value in changes.items()}
    parts = dict(part.split(" ", 1) for part in CONTENT_POLICY.split("; "))
    return "; ".join(f"{name} {value}" for name, value in (parts | other).items())


def install(app: Flask) -> None:
    """Add the headers after each request."""

    @app.after_request
    def add(response: Response) -> Response:
        # A page that frames another one of ours, and that one, have said so themselves.
        response.headers.setdefault("Content-Security-Policy", CONTENT_POLICY)
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers.setdefault("X-Frame-Options", "DENY")
        # Flask-WTF compares the referrer over TLS, so our own pages must send it to us.
        response.headers["Referrer-Policy"] = "same-origin"
        response.headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=()"
        if request.is_secure:
            # Over plain http browsers ignore it, and complain of it on every page.
            response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
            response.headers["Strict-Transport-Security"] = "max-age=31536000"
        if "Cache-Control" not in response.headers:
            # Pages hold one person's answers; the back button must show the true state.
            response.headers["Cache-Control"] = "no-store"
        return response
