"""Who can teach here, and invitations for others."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from flask import session as cookie
from werkzeug.wrappers import Response

from app.accounts import service
from app.accounts.permissions import Permission, Role
from app.accounts.queries import invitations, teachers
from app.clock import utc_now
from app.db import db, transaction
from app.errors import Invalid
from app.web import access
from app.web.access import needs
from app.web.accounts import blame
from app.web.forms.accounts import InviteForm
from app.web.shell import notice
from app.web.teach.common import bp, teacher

# What an invitation makes of one, by the role of whoever gives it.
_ROLES = {Role.TEACHER: [Role.TEACHER], Role.ADMIN: [Role.TEACHER, Role.ADMIN]}

# The link just made: shown once on the next page, for only its hash is kept.
_MADE = "invitation"


@bp.get("/people")
@needs(Permission.TEACH)
def people() -> str:
    """The teachers, the invitations, and the link just made."""
    return _page(InviteForm())


@bp.post("/people")
@needs(Permission.TEACH)
def invite() -> Response | tuple[str, int]:
    """Make an invitation."""
    form = InviteForm()
    if not form.validate_on_submit():
        return _page(form), 422
    try:
        with transaction() as session:
            token = service.invite(
                session,
                access.me(session),
                role=Role(form.role.data or Role.TEACHER),
                note=form.note.data or "",
                now=utc_now(),
            )
            service.purge_invitations(session, now=utc_now())
    except Invalid as problem:
        blame(form, problem)
        return _page(form), 422
    cookie[_MADE] = url_for("joining.join_page", token=token, _external=True)
    return redirect(url_for(".people", _anchor="made"), 303)


@bp.post("/people/withdraw")
@needs(Permission.TEACH)
def withdraw() -> Response:
    """End an invitation that nobody has used."""
    with transaction() as session:
        service.withdraw(session, request.form.get("invitation", ""))
    notice("The invitation has ended; its link opens nothing.")
    return redirect(url_for(".people"), 303)


def _page(form: InviteForm) -> str:
    now = utc_now()
    found = invitations(db.session())
    return render_template(
        "teach/people.html",
        form=form,
        roles=_ROLES[teacher().role],
        teachers=teachers(db.session()),
        waiting=[one for one in found if one.used_at is None and one.expires_at > now],
        used=[one for one in found if one.used_at is not None][:20],
        made=cookie.pop(_MADE, None) if _MADE in cookie else None,
    )
