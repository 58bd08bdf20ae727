"""`python -m agent` is `isnad`."""

from agent.doors.cli.main import main

if __name__ == "__main__":
    main()
