"""What a change does to the archive's knowledge: an earlier commit and the files as they are -> Markdown.

    with archive_at(config, "main") as before:
        difference = compare(pipeline.snapshot(before), pipeline.snapshot(config))
    print(markdown(difference))

Both are read by this same program and with the same cache, so that only what differs is read anew, and what is
told comes from the content alone.
"""

from briefing.diff.compare import Difference, compare
from briefing.diff.markdown import markdown
from briefing.diff.preview import write_preview
from briefing.diff.snapshot import Snapshot, take

__all__ = ["Difference", "Snapshot", "compare", "markdown", "take", "write_preview"]
