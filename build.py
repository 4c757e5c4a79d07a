"""Build the archive: `python build.py --help`."""

from briefing.cli import main

if __name__ == "__main__":
    main()
