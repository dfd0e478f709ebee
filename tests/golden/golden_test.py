"""What a person sees, whole: the text report over dumps, exports, logs and archives in both
languages, and the screen that README.md shows. The reports alone have their golden files in
reports/, made from rows by the unit tests."""

import os
import pathlib
import re
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "cli"))
sys.dont_write_bytecode = True

from harness import DATA, TESTS, ProgramTest, main  # noqa: E402

INPUTS = ["postgresql/shop-copy.sql", "exports/excel.csv", "logs/app.log", "archives/encrypted.zip"]
ROOT = TESTS.parent
SPEED = re.compile(r"[0-9.]+ s\b")


class Golden(ProgramTest):
    def screen(self, *arguments, cwd, language="en"):
        key = self.file("key", b"golden key of thirty-two bytes..")
        key.chmod(0o600)
        self.environment["YINMA_KEY_FILE"] = str(key)
        run = self.call("scan", "--lang", language, "--color", "never", *arguments, cwd=cwd)
        self.assertEqual(run.status, 1, run.stderr)
        return SPEED.sub("0 s", run.stdout.decode("utf-8"))

    def test_text(self):
        for language in ("en", "zh-TW"):
            with self.subTest(language):
                golden = HERE / f"text.{language}.golden"
                text = self.screen("--as-of", "2026-01-31", *INPUTS, cwd=DATA, language=language)
                if os.environ.get("YINMA_UPDATE_GOLDEN") == "1":
                    golden.write_text(text, "utf-8")
                self.assertEqual(text, golden.read_text("utf-8"))

    def test_the_screens_in_the_readmes_are_real(self):
        update = os.environ.get("YINMA_UPDATE_GOLDEN") == "1"
        for name, language in {"README.md": "en", "README.zh-TW.md": "zh-TW"}.items():
            text = (ROOT / name).read_text("utf-8")
            for call, screen in re.findall(r"^\$ \./dev scan (.+)\n((?:.*\n)*?)```$", text, re.M):
                with self.subTest(f"{name}: {call}"):
                    real = self.screen(*call.split(), cwd=ROOT, language=language)
                    if update:
                        (ROOT / name).write_text(text.replace(screen, real), "utf-8")
                    self.assertEqual(SPEED.sub("0 s", (real if update else screen)), real)

    def test_the_configuration_in_the_readmes_is_accepted(self):
        for name in ("README.md", "README.zh-TW.md"):
            text = (ROOT / name).read_text("utf-8")
            config = self.file("readme.yaml", re.search(r"```yaml\n(.*?)```", text, re.S).group(1))
            run = self.call("scan", "--config", config, DATA / "archives/encrypted.zip")
            self.assertEqual((run.status, run.stderr), (0, b""))


if __name__ == "__main__":
    main()
