"""Every report byte for byte: tests/golden/NAME.golden, one for each row of reports/registry.c."""

import os
import pathlib
import re
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "cli"))
sys.dont_write_bytecode = True

from harness import DATA, TESTS, ProgramTest, main  # noqa: E402

INPUTS = ["mariadb/shop.sql", "exports/customers-big5.csv", "logs/app.log",
          "archives/encrypted.zip", "archives/broken.sql.gz"]
# What differs between two runs or machines. Rows: (pattern, what it becomes).
VOLATILE = [
    (rb'"started":"[^"]*"', '"started":"…"'.encode()),
    (rb'"host":"[^"]*"', '"host":"…"'.encode()),
    (rb'"yinma":"[^"]*"', '"yinma":"…"'.encode()),
    (rb'"engines":\{[^}]*\}', b'"engines":{}'),
    (rb'"simd":"[^"]*"', '"simd":"…"'.encode()),
    (rb'"seconds":[0-9.e+-]+', b'"seconds":0'),
    (rb'[0-9.]+ (s|seconds|ms)\b', b'0 s'),
    (rb'[0-9.]+ (GB|MB|kB|GiB|MiB|KiB)/s', b'0 MB/s'),
]


def report_names():
    text = (TESTS.parent / "reports/registry.c").read_text("utf-8")
    return re.findall(r"&(?:report_)?(\w+?)(?:_report)?\b", text)


class Golden(ProgramTest):
    def test_reports(self):
        key = self.file("key", b"golden key of thirty-two bytes..")
        key.chmod(0o600)
        languages = {"text": ("en", "zh-TW")}
        for name in report_names():
            for language in languages.get(name, ("en",)):
                with self.subTest(name, language=language):
                    run = self.call("scan", "--key", key, "--as-of", "2026-01-31", "--lang", language,
                                    "--color", "never", "--format", name, *INPUTS, cwd=DATA)
                    self.assertEqual(run.status, 1, run.stderr)
                    self.compare(name if language == "en" else f"{name}.{language}", run.stdout)

    def compare(self, name, text):
        text = text.replace(str(self.folder).encode(), b"FOLDER")
        for pattern, becomes in VOLATILE:
            text = re.sub(pattern, becomes, text)
        golden = HERE / f"{name}.golden"
        if os.environ.get("YINMA_UPDATE_GOLDEN") == "1":
            golden.write_bytes(text)
        self.assertTrue(golden.exists(), f"{golden} is missing: YINMA_UPDATE_GOLDEN=1 makes it")
        self.assertEqual(text.decode("utf-8"), golden.read_text("utf-8"))


if __name__ == "__main__":
    main()
