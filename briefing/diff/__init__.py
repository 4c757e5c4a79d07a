"""Report how a change affects the archive: compare an earlier commit with the current files, as Markdown.

    with archive_at(config, "main") as before:
        difference = compare(pipeline.snapshot(before), pipeline.snapshot(config))
    print(markdown(difference))

Both are read by the same program with the same cache, so only changed files are read again and the report
reflects changes in content alone.
"""

from briefing.diff.compare import Difference, Snapshot, compare, take
from briefing.diff.report import markdown, write_preview

__all__ = ["Difference", "Snapshot", "compare", "markdown", "take", "write_preview"]
