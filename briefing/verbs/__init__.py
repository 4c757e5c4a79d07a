"""The verbs of the command line that people contribute with, and what all verbs share: which archive is meant."""
