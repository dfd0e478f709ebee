"""No two files of the program need each other: what the object files of a build ask of one another has
no circle. Inside a room, too: a file can be read after those that it needs.

call_circles.py ROOT BUILD [NM]
"""

import os
import subprocess
import sys

ROOMS = ("scanner", "patterns", "reports")
AT_ONCE = 200  # object files for one call of nm


def source_of(build, path):
    """scanner/run/CMakeFiles/run.dir/workers/pool.c.o -> scanner/run/workers/pool.c"""
    parts = os.path.relpath(path, build)[:-2].split(os.sep)
    at = parts.index("CMakeFiles") if "CMakeFiles" in parts else len(parts)
    return "/".join(parts[:at] + parts[at + 2:])


def object_files(root, build):
    """Without those that are left of files which are no more."""
    for room in ROOMS:
        for folder, _, names in os.walk(os.path.join(build, room)):
            for path in (os.path.join(folder, name) for name in names if name.endswith(".c.o")):
                if os.path.exists(os.path.join(root, source_of(build, path))):
                    yield path


def needs(root, build, nm):
    """{file: {file it needs: names}}. Files compiled for several instruction sets count as one."""
    defined, wanted = {}, {}
    files = sorted(object_files(root, build))
    for begin in range(0, len(files), AT_ONCE):
        lines = subprocess.run([nm, "-A", *files[begin:begin + AT_ONCE]], check=True, text=True,
                               stdout=subprocess.PIPE).stdout.splitlines()
        for line in lines:
            path, _, rest = line.partition(":")
            words = rest.split()
            source = source_of(build, path)
            if words[-2] in "TDRBV":
                defined[words[-1]] = source
            elif words[-2] == "U":
                wanted.setdefault(source, set()).add(words[-1])
    arrows = {}
    for source, names in wanted.items():
        for name in names:
            other = defined.get(name, source)
            if other != source:
                arrows.setdefault(source, {}).setdefault(other, set()).add(name)
    return arrows


def without_ends(arrows):
    """The arrows between files that lie on a circle, or on the way from one to another."""
    arrows = {source: dict(others) for source, others in arrows.items()}
    while True:
        needed = {other for others in arrows.values() for other in others}
        left = {source: {other: names for other, names in others.items() if other in arrows}
                for source, others in arrows.items() if source in needed}
        left = {source: others for source, others in left.items() if others}
        if left == arrows:
            return left
        arrows = left


def main():
    root, build, nm = sys.argv[1], sys.argv[2], sys.argv[3] if len(sys.argv) > 3 else "nm"
    arrows = needs(root, build, nm)
    if len(arrows) < 100:
        sys.exit(f"only {len(arrows)} object files that need others: is {build} a build?")
    circles = without_ends(arrows)
    for source, others in sorted(circles.items()):
        for other, names in sorted(others.items()):
            print(f"{source} needs {other}: {', '.join(sorted(names))}")
    if circles:
        sys.exit("these files need each other: what they share belongs into a file below both")


if __name__ == "__main__":
    main()
