"""The archive's facts as files for other programs."""
