"""What surrounds the process is not as programs expect it: nothing is lost, and nothing is said to be right that is not."""

import gzip
import os
import shutil
import sqlite3
import stat
import subprocess

from harness import DATA, PROGRAM, ProgramTest, Run, main

DUMP = DATA / "mariadb/shop.sql"


class Descriptors(ProgramTest):
    """Closed ones would be those of the next files that are opened."""

    def shell(self, line, *arguments):
        done = subprocess.run(["sh", "-c", line, "sh", PROGRAM, *map(str, arguments)], timeout=60,
                              capture_output=True, env=self.environment, cwd=self.folder)
        run = Run(done.returncode, done.stdout, done.stderr)
        self.check_secrecy(run)
        return run

    def test_no_standard_output(self):
        for line in ('"$@" scan "$0" >&-', '"$@" scan --format ndjson "$0" >&-',
                     '"$@" list kinds >&-', '"$@" --version >&-'):
            line = line.replace('"$0"', f"'{DUMP}'")
            with self.subTest(line):
                run = self.shell(line)
                self.assertEqual(run.status, 4)
                self.assertIn(b"Bad file descriptor", run.stderr)

    def test_guard_tells_what_left(self):
        run = self.shell('echo x | "$@" guard >&-')
        self.assertEqual(run.status, 4)
        self.assertIn(b"passed 0", run.stderr)

    def test_no_standard_input(self):
        for line in ('"$@" scan - <&-', '"$@" guard <&-', '"$@" guard <&- >&-'):
            with self.subTest(line):
                self.assertEqual(self.shell(line).status, 3)

    def test_reports_hold_nothing_else(self):
        whole = self.folder / "whole.html"
        self.shell(f"\"$@\" scan --format html:{whole} '{DUMP}'")
        for closed in ("<&- >&- 2>&-", ">&- 2>&-", "2>&-", "<&-"):
            with self.subTest(closed):
                page = self.folder / "page.html"
                line = f"\"$@\" scan --format html:{page} '{DUMP}' '{self.folder}/missing' {closed}"
                self.assertEqual(self.shell(line).status, 1)
                text = page.read_text("utf-8")
                self.assertTrue(text.startswith("<!DOCTYPE html>"))
                self.assertTrue(text.endswith("</html>\n"))


class Languages(ProgramTest):
    def test_records_are_the_same_in_every_language(self):
        """What the system says is no exception; the message to whoever called is in his language."""
        broken = DATA / "archives/broken.sql.gz"
        arguments = ("scan", "--format", "ndjson", "--fail-on", "never", "missing.csv", broken)
        self.environment["LANGUAGE"] = "en"
        english = self.call(*arguments).records
        self.environment["LANGUAGE"] = "zh_TW"
        chinese = self.call(*arguments).records
        self.environment["LANGUAGE"] = "en"
        self.assertEqual([r for r in english if r["type"] == "coverage"],
                         [r for r in chinese if r["type"] == "coverage"])
        self.assertIn("No such file or directory", str(chinese))


class Room(ProgramTest):
    def test_files_that_may_not_grow(self):
        saved = self.folder / "saved.ndjson"
        run = self.call("scan", "--format", f"ndjson:{saved}", DUMP, prefix=("prlimit", "--fsize=4096"))
        self.assertEqual(run.status, 4)
        self.assertIn(b"File too large", run.stderr)
        self.assertFalse(saved.exists())

    def test_copies_that_do_not_fit_name_the_option(self):
        """The database is cut off because of the limit, and not because somebody cut it off."""
        path = self.folder / "shop.db"
        database = sqlite3.connect(path)
        database.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, pad TEXT)")
        database.executemany("INSERT INTO t (pad) VALUES (?)", (("x" * 900,) for _ in range(4000)))
        database.commit()
        database.close()
        packed = self.file("shop.db.gz", gzip.compress(path.read_bytes(), 1))
        run = self.scan("--max-spool", "1M", packed, status=3)
        self.assertEqual([(c["status"], c["reason"]) for c in run.coverage], [("partial", "limit")])
        self.assertIn("--max-spool", run.coverage[0]["detail"])


    def test_no_folder_for_temporary_files(self):
        """Occurrences and copies go elsewhere, as the manual says."""
        whole = self.scan("--occurrences", DUMP).of_type("occurrence")
        self.environment["TMPDIR"] = "/nonexistent"
        try:
            self.assertEqual(self.scan("--occurrences", DUMP, status=1).of_type("occurrence"), whole)
        finally:
            del self.environment["TMPDIR"]

    def test_limits_of_what_is_read_as_it_is(self):
        """That it is binary data says nothing about the part that was not read."""
        self.file("zeros", b"\0" * (3 << 20))
        self.file("picture.png", b"\x89PNG\r\n\x1a\n" + b"\x01\x92\0" * (1 << 20))
        self.file("bomb.gz", gzip.compress(b"\0" * (80 << 20)))
        for name, option, value in (("zeros", "--max-unit-bytes", "1M"), ("picture.png", "--max-unit-bytes", "1M"),
                                    ("bomb.gz", "--max-ratio", "100"), ("zeros", "--timeout", "0.0001")):
            with self.subTest(name=name, option=option):
                run = self.scan(option, value, self.folder / name, status=3)
                self.assertEqual([c["status"] for c in run.coverage], ["partial"])
                self.assertIn(option, run.coverage[0]["detail"])
        whole = self.scan(self.folder / "picture.png", status=0)
        self.assertEqual([c["status"] for c in whole.coverage], ["opaque"])

    def test_a_broken_archive_of_pictures(self):
        path = self.file("cut.png.gz", gzip.compress(b"\x89PNG\r\n\x1a\n" + os.urandom(1 << 16))[:-2000])
        run = self.scan(path, status=3)
        self.assertEqual([(c["status"], c["reason"]) for c in run.coverage], [("partial", "truncated")])


class Files(ProgramTest):
    def test_nothing_that_is_read_is_written_over(self):
        dump = self.folder / "dump.sql"
        shutil.copy(DUMP, dump)
        (self.folder / "link.sql").symlink_to(dump)
        (self.folder / "list").write_text(f"{dump}\n")
        before = dump.read_bytes()
        for arguments in ((dump,), ("link.sql",), ("--files-from", "list"), (DATA / "logs", dump)):
            for option in (("--format", f"csv:{dump}"), ("--write-reference", dump)):
                with self.subTest(arguments=arguments, option=option):
                    run = self.call("scan", *option, *arguments)
                    self.assertEqual(run.status, 2)
                    self.assertIn(b"it is what is to be read", run.stderr)
                    self.assertEqual(dump.read_bytes(), before)

    def test_what_is_no_file_stays_what_it_is(self):
        pipe = self.folder / "pipe"
        os.mkfifo(pipe)
        reader = subprocess.Popen(["cat", pipe], stdout=subprocess.PIPE)
        run = self.call("guard", "--receipt", pipe, stdin=b"a,b\n1,2\n")
        self.assertEqual(run.status, 0, run.stderr)
        self.assertIn(b'"type":"receipt"', reader.communicate(timeout=60)[0])
        self.assertTrue(pipe.is_fifo())
        run = self.call("scan", "--write-reference", pipe, DUMP)
        self.assertEqual(run.status, 2)
        self.assertIn(b"it is no regular file", run.stderr)
        self.assertTrue(pipe.is_fifo())
        if os.getuid() == 0:  # a device of this test's own: nobody misses it if this fails
            os.mknod(self.folder / "full", 0o666 | stat.S_IFCHR, os.makedev(1, 7))
            self.assertEqual(self.call("guard", "--receipt", "full", stdin=b"x\n").status, 4)
            self.assertTrue((self.folder / "full").is_char_device())

    def test_saved_results_are_not_written_over(self):
        saved = self.folder / "saved.ndjson"
        self.call("scan", "--format", f"ndjson:{saved}", DUMP)
        before = saved.read_bytes()
        self.assertEqual(self.call("report", "--format", f"csv:{saved}", saved).status, 2)
        self.assertEqual(saved.read_bytes(), before)

    def test_two_reports_in_one_file(self):
        run = self.call("scan", "--format", "csv:out", "--format", "html:out", DUMP)
        self.assertEqual(run.status, 2)
        self.assertIn(b"two reports in one file", run.stderr)
        self.assertFalse((self.folder / "out").exists())

    def test_a_report_is_made_anew(self):
        """In the folder that is scanned, and of what its own baseline knew."""
        shutil.copytree(DATA / "mariadb", self.folder / "tree")
        for _ in range(2):
            self.assertEqual(self.call("scan", "--format", "csv:tree/report.csv", "tree").status, 1)
        for _ in range(2):
            self.call("scan", "--format", "baseline:accepted", DUMP)
            run = self.call("scan", "--baseline", "accepted", "--format", "baseline:accepted", DUMP)
            self.assertEqual(run.status, 0, run.stderr)


if __name__ == "__main__":
    main()
