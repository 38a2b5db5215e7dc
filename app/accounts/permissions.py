"""Who may do what: one table. Routes name a permission; a rule test walks every one as every role."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """What a person is to this installation. `local` is the learner of one data folder (terminal and open)."""

    GUEST = "guest"
    LEARNER = "learner"
    LOCAL = "local"
    TEACHER = "teacher"
    ADMIN = "admin"


class Permission(StrEnum):
    """What a route may ask for."""

    READ = "read"  # the course, the article, help: anybody, signed in or not
    LEARN = "learn"  # own answers and progress: anybody; a guest is made at the first POST
    OWN_ATTEMPT = "own_attempt"  # an attempt of one's own; anyone else's does not exist
    SIGN_IN = "sign_in"  # forms for becoming somebody
    ACCOUNT = "account"  # own name, password, deletion: signed in, not a guest
    MERGE = "merge"  # bring in what was done as a guest before signing in: anybody but guests
    MARK = "mark"  # read and mark the texts of learners: teachers
    TEACH = "teach"  # the bank, one's own questions and quizzes, and what came of them: teachers
    OPERATE = "operate"  # health and static files: machines


NOBODY = None
_ANYBODY: frozenset[Role | None] = frozenset({NOBODY, *Role})
_PEOPLE: frozenset[Role | None] = frozenset(Role)

ALLOWED: dict[Permission, frozenset[Role | None]] = {
    Permission.READ: _ANYBODY,
    Permission.LEARN: _ANYBODY,
    Permission.OWN_ATTEMPT: _PEOPLE,
    Permission.SIGN_IN: _ANYBODY,
    Permission.ACCOUNT: frozenset({Role.LEARNER, Role.TEACHER, Role.ADMIN}),
    Permission.MERGE: frozenset({Role.LOCAL, Role.LEARNER, Role.TEACHER, Role.ADMIN}),
    Permission.MARK: frozenset({Role.TEACHER, Role.ADMIN}),
    Permission.TEACH: frozenset({Role.TEACHER, Role.ADMIN}),
    Permission.OPERATE: _ANYBODY,
}


def may(role: Role | None, permission: Permission) -> bool:
    """Whether somebody with `role` (None: nobody is signed in) may use routes that name `permission`."""
    return role in ALLOWED[permission]
