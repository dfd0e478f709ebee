"""Where the tests of this folder find things: the source, the build, tools that may be missing."""

import os
import pathlib
import shutil
import sys
import unittest

SOURCE = pathlib.Path(__file__).resolve().parents[2]
BUILD = pathlib.Path(os.environ.get("YINMA_BUILD", SOURCE / "build"))
sys.path.insert(0, str(SOURCE / "tests/cli"))
sys.dont_write_bytecode = True

from harness import DATA, HEAVY, PROGRAM, ProgramTest, main  # noqa: E402,F401


def needs(*tools):
    """Skip without these programs: ./dev test installs them."""
    missing = [tool for tool in tools if shutil.which(tool) is None]
    return unittest.skipIf(missing, f"not installed: {', '.join(missing)}")
