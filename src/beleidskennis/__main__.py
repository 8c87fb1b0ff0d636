"""`python -m beleidskennis`: the command line."""

from beleidskennis.cli import main

if __name__ == "__main__":
    main()
