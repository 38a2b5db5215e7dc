"""Who is learning: people, passwords, permissions, sign-in."""
