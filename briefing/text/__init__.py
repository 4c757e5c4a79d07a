"""Structure, metadata and syntax of an article's text."""
