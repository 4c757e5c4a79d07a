"""What the encoder's output columns mean: shared by training, export and decoding."""

from __future__ import annotations

NAME_TAGS = ("O", "B-PER", "I-PER", "B-ORG", "I-ORG", "B-LOC", "I-LOC", "B-MISC", "I-MISC")
ROLES = ("cue", "content", "source")

NAMES = slice(0, 9)
CUE, CONTENT, SOURCE = slice(9, 12), slice(12, 15), slice(15, 18)
ROLE_COLUMNS = (CUE, CONTENT, SOURCE)
ASSERTED = slice(18, 20)  # not asserted, asserted: read at the first word of a content
WIDTH = 20

POINTERS = 2  # from the first word of a content to its speaker's head word and to its cue
TO_SPEAKER, TO_CUE = range(POINTERS)
POINTER_SIZE = 128
NOBODY = 0  # a pointer to the window's first piece: there is none
