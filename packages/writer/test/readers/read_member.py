"""Prints the SHA-256 of the text of each gzip file. Nothing may follow its first member."""

import hashlib
import sys
import zlib

for path in sys.argv[1:]:
    member = zlib.decompressobj(wbits=31)
    with open(path, "rb") as file:
        text = member.decompress(file.read()) + member.flush()
    if not member.eof or member.unused_data:
        sys.exit(f"{path}: not one whole member")
    print(hashlib.sha256(text).hexdigest())
