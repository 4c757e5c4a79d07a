"""Build the archive: `python build.py --help`."""

from briefing.__main__ import main

if __name__ == "__main__":
    main()
