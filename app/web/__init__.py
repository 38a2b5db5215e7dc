"""The browser door: the only place with pages, forms and cookies."""
