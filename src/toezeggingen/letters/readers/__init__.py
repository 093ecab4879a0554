"""One reader a format: bytes in, a `Reading` out. Which reader a file gets stands in `toezeggingen.letters.formats`."""
