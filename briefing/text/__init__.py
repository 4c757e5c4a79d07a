"""The text of an article as blocks, sentences and tokens."""
