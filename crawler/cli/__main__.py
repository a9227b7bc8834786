"""`python -m crawler.cli`: the same as `iomwatch`."""

from crawler.cli import main

if __name__ == "__main__":
    main()
