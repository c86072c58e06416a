"""`python -m workflow` is the same as `besluitroute`."""

from workflow.cli import main

if __name__ == "__main__":
    main()
