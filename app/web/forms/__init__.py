"""Forms shape input; the rules live in the domains, so that the terminal obeys them too."""
