"""Verbs for contributors, and the archive options that all verbs share."""
