#!/usr/bin/env python3
"""Rooms may include only the rooms below them, and a foreign library only where it belongs.

The table below is the picture of docs/architecture.md; this program compares every #include line
with it.  usage: include_directions.py ROOT
"""

import pathlib
import re
import sys

# Room: the rooms that its files may include, besides itself.
ALLOWED = {
    "core": set(),
    "patterns": {"core"},
    "input": {"core"},
    "decode": {"core"},
    "catalog": {"core"},
    "result": {"catalog", "core"},
    "match": {"patterns", "catalog", "core"},
    "judge": {"patterns", "catalog", "result", "core"},
    "run": {"input", "decode", "match", "judge", "result", "patterns", "catalog", "core"},
    "reports": {"result", "catalog", "core"},
    "cli": {"run", "input", "decode", "match", "judge", "result", "reports", "patterns", "catalog",
            "core"},
}

# Headers of foreign libraries: the only room that may see them.
FOREIGN = {
    r"archive(_entry)?\.h|(isa-l|isa-l/.*|igzip_lib)\.h|zstd\.h|lz4(frame|hc)?\.h|lzma\.h|bzlib\.h"
    r"|zlib\.h|snappy(-c)?\.h|brotli/.*|magic\.h|openssl/.*": "input",
    r"hs(_.*)?\.h|hs/.*": "match",
    r"yaml\.h": "catalog",
    r"expat(_.*)?\.h": "decode",
    r"xlsxwriter(/.*)?\.h": "reports",
}

# Nettle hashes names and values for fingerprints and packs, and encrypts spools.
NETTLE_ROOMS = {"result", "catalog", "input"}

INCLUDE = re.compile(r'^\s*#\s*include\s+(["<])([^">]+)[">]')


def room_of(path):
    parts = path.parts
    if parts[0] in ("patterns", "reports"):
        return parts[0]
    if parts[0] == "scanner" and len(parts) > 2:
        return parts[1]
    return None  # yinma.h and its implementation: the face of the library


def complaints(root):
    for top in ("scanner", "patterns", "reports"):
        for file in sorted((root / top).rglob("*.[ch]")):
            path = file.relative_to(root)
            room = room_of(path)
            if room is None:
                continue
            if room not in ALLOWED:
                yield f"{path}:1: {room} is no room of docs/architecture.md"
                continue
            for number, line in enumerate(file.read_text("utf-8").splitlines(), 1):
                found = INCLUDE.match(line)
                if found:
                    reason = complaint(room, found.group(1) == '"', found.group(2))
                    if reason:
                        yield f"{path}:{number}: {reason}"


def complaint(room, quoted, header):
    if quoted:
        target = header.split("/")[0]
        if "/" not in header:
            return None if header == "yinma.h" else f'"{header}": write the room, "room/file.h"'
        if target not in ALLOWED:
            return f'"{header}": {target} is no room'
        if target != room and target not in ALLOWED[room]:
            return f'"{header}": {room} must not know {target}'
        return None
    for pattern, owner in FOREIGN.items():
        if re.fullmatch(pattern, header) and room != owner:
            return f"<{header}> belongs to {owner} alone"
    if header.startswith("nettle/") and room not in NETTLE_ROOMS:
        return f"<{header}> belongs to {', '.join(sorted(NETTLE_ROOMS))}"
    return None


def main():
    root = pathlib.Path(sys.argv[1]).resolve()
    found = list(complaints(root))
    for line in found:
        print(line, file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
