"""PDF documents: their text by pdftotext in a process that may do nothing else; what it cannot read,
and what becomes of a scan when it dies, hangs or writes too much."""

import os
import pathlib
import shutil
import signal
import subprocess
import threading
import time
import unittest

from harness import DATA, ProgramTest, ROWS, main
import pdf
from people import People

ROLL = DATA / "office/roll.pdf"
NEEDED = unittest.skipUnless(os.path.exists("/usr/bin/pdftotext"), "pdftotext is not installed")


def helpers():
    """Processes of pdftotext, whoever started them."""
    found = {}
    for each in pathlib.Path("/proc").glob("[0-9]*/stat"):
        try:
            number, rest = each.read_text().split(" (", 1)
            name, after = rest.rsplit(") ", 1)
        except OSError:
            continue
        if name == "pdftotext" and after[0] != "Z":
            found[int(number)] = int(after.split()[1])
    return found


def stands_below(pid, top):
    while pid > 1 and pid != top:
        try:
            pid = int(pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(") ", 1)[1].split()[1])
        except OSError:
            return False
    return pid == top


@NEEDED
class PdfTest(ProgramTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        people = People(5)
        cls.numbers = [people.national_id() for _ in range(4)]

    def told(self, run):
        return [(c["status"], c.get("reason"), c.get("detail")) for c in run.coverage]

    def page(self, i):
        return pdf.lines(b"id no. " + self.numbers[i].encode())

    def test_every_value_and_its_page(self):
        run = self.scan("-v", ROLL, status=1)
        counts = {f["kind"]: f["values"] for f in run.fields}
        rows = len(ROWS["customers"])
        for kind in ("phone_mobile", "phone_landline", "email", "address", "person_name", "birth_date"):
            self.assertEqual(counts[kind], rows, kind)
        self.assertEqual(counts["tw_national_id"] + counts["tw_resident_id"], rows)
        self.assertEqual(run.coverage[0]["format"], "pdf")
        run = self.scan("-v", self.file("pages.pdf", pdf.write(*map(self.page, range(4)))), secrets=self.numbers)
        self.assertEqual([e["row"] for e in run.fields[0]["examples"]], [1, 2, 3])
        self.assertEqual((run.fields[0]["values"], run.coverage[0]["unit_rows"]), (4, 4))
        for member in ("line", "offset"):
            self.assertNotIn(member, run.fields[0]["examples"][0])

    def test_the_same_in_archives_and_with_any_number_of_workers(self):
        shutil.copy(ROLL, self.folder / "roll.pdf")
        subprocess.run(["zip", "-q", "roll.zip", "roll.pdf"], cwd=self.folder, check=True)
        plain, packed = self.scan("roll.pdf", status=1), self.scan("roll.zip", status=1)
        piped = self.scan("-", stdin=ROLL.read_bytes(), status=1)
        shown = lambda run: [(f["kind"], f["values"], f["distinct"], f["examples"]) for f in run.fields]
        self.assertEqual(shown(packed), shown(plain))
        self.assertEqual(shown(piped), shown(plain))
        folder = self.folder / "many"
        folder.mkdir()
        for i in range(6):
            shutil.copy(ROLL, folder / f"{i}.pdf")
        one, four = (self.scan("-j", n, "many") for n in (1, 4))
        self.assertEqual(one.fields, four.fields)

    def test_pages_without_text_are_told(self):
        run = self.scan(self.file("some.pdf", pdf.write(self.page(0), b"0 0 m 90 90 l S", self.page(1), b"")),
                        status=1, secrets=self.numbers)
        (status, reason, detail), = self.told(run)
        self.assertEqual((status, reason), ("partial", "unsupported"))
        self.assertIn("2 of 4, the first is page 2", detail)
        self.assertEqual(run.fields[0]["values"], 2)

    @unittest.skipUnless(shutil.which("qpdf"), "qpdf is not installed")
    def test_encrypted_documents_name_their_cipher(self):
        for how, cipher in ((["256"], "AES-256"), (["128", "--use-aes=y"], "AES-128"), (["128", "--use-aes=n"], "RC4")):
            path = self.folder / "secret.pdf"
            subprocess.run(["qpdf", "--allow-weak-crypto", "--encrypt", "made", "up", *how, "--", ROLL, path], check=True)
            self.assertEqual(self.told(self.scan(path, status=3)),
                             [("skipped", "encrypted", f"encrypted PDF document, {cipher}")])
        subprocess.run(["qpdf", "--encrypt", "", "up", "256", "--", ROLL, path], check=True)
        self.assertEqual(len(self.scan(path, status=1).fields), 8)  # anybody can open it

    def test_damage_is_told(self):
        data = ROLL.read_bytes()
        for at in range(1000, len(data) - 1000, len(data) // 8):
            run = self.scan(self.file("cut.pdf", data[:at]))
            self.assertEqual([c["status"] for c in run.coverage], ["partial"])
            self.assertEqual([c["reason"] for c in run.coverage], ["damaged"])
        run = self.scan(self.file("noise.pdf", b"%PDF-1.7\n" + bytes(range(256)) * 9), status=3)
        self.assertEqual(run.coverage[0]["reason"], "damaged")

    def test_a_document_that_never_ends_is_ended(self):
        bomb = self.file("hang/bomb.pdf", pdf.bomb())
        self.file("hang/good.pdf", pdf.write(self.page(0)))
        started = time.monotonic()
        run = self.scan("--timeout", "2", "hang", secrets=self.numbers)
        self.assertLess(time.monotonic() - started, 40)
        reasons = {c["unit"]: c["reason"] for c in run.coverage}
        self.assertEqual(list(reasons), [str(bomb.relative_to(self.folder))])
        self.assertIn(reasons["hang/bomb.pdf"], ("timeout", "crashed", "damaged"))
        self.assertEqual(run.fields[0]["values"], 1)
        self.assertEqual([p for p in helpers() if stands_below(p, os.getpid())], [])

    def test_a_helper_that_is_killed_is_told(self):
        self.file("kill/bomb.pdf", pdf.bomb())
        self.file("kill/good.pdf", pdf.write(self.page(0)))
        killed = []

        def kill():
            until = time.monotonic() + 20
            while not killed and time.monotonic() < until:
                for pid in helpers():
                    state = pathlib.Path(f"/proc/{pid}/cmdline")
                    if stands_below(pid, os.getpid()) and state.exists():
                        time.sleep(0.3)
                        if pid in helpers():
                            os.kill(pid, signal.SIGKILL)
                            killed.append(pid)
                            break
                time.sleep(0.02)

        watcher = threading.Thread(target=kill)
        watcher.start()
        run = self.scan("kill", secrets=self.numbers)
        watcher.join()
        self.assertTrue(killed)
        self.assertEqual([(c["unit"], c["reason"], c["detail"]) for c in run.coverage],
                         [("kill/bomb.pdf", "crashed", "pdftotext died of signal 9")])
        self.assertEqual(run.fields[0]["values"], 1)

    def test_too_much_text_is_told(self):
        words = pdf.lines(*[b"nothing to see here" * 4] * 60)
        flood = pdf.write(*[b"/X0 Do"] * 200, forms=[words])
        run = self.scan("--max-unit-bytes", "100000", self.file("flood.pdf", flood), status=3)
        self.assertEqual((run.coverage[0]["reason"], run.coverage[0]["format"]), ("limit", "pdf"))

    def test_a_document_that_does_not_fit_into_memory_is_told(self):
        large = self.file("large.pdf", ROLL.read_bytes() + b"\n" * 3_000_000)
        run = self.scan("--max-memory", "2M", large, status=3)
        self.assertEqual(run.coverage[0]["reason"], "limit")


HOSTILE = """#!/usr/bin/python3
import os, socket, sys
def refused(number, what):
    try:
        what()
    except OSError:
        sys.stdout.write("id " + number + chr(10))
sys.stdin.buffer.read()
numbers = %r
refused(numbers[0], lambda: open(%r, "w"))
refused(numbers[1], lambda: socket.socket())
refused(numbers[2], lambda: os.fork())
refused(numbers[3], lambda: os.unlink(%r))
"""


def replaced(program):
    """The prefix of a call for which PROGRAM stands where pdftotext was."""
    return ("unshare", "-m", "sh", "-c", f"mount --bind {program} /usr/bin/pdftotext && exec \"$@\"", "sh")


def may_replace():
    return subprocess.run([*replaced("/dev/null"), "true"], capture_output=True).returncode == 0


@NEEDED
@unittest.skipUnless(may_replace(), "nothing may be mounted here")
class OtherHelpers(ProgramTest):
    def script(self, text):
        path = self.file("helper", text)
        path.chmod(0o755)
        return path

    def test_without_the_program_pdf_is_told_as_not_read(self):
        run = self.scan(ROLL, status=3, prefix=replaced("/dev/null"))
        self.assertEqual([(c["status"], c["reason"], c["format"]) for c in run.coverage],
                         [("partial", "unsupported", "raw")])

    def test_a_hostile_helper_can_do_nothing(self):
        people = People(9)
        numbers = [people.national_id() for _ in range(4)]
        kept, made = self.file("kept", "here"), self.folder / "made"
        script = self.script(HOSTILE % (numbers, str(made), str(kept)))
        run = self.scan("-v", ROLL, prefix=replaced(script), secrets=numbers)
        self.assertEqual([(f["kind"], f["values"]) for f in run.fields], [("tw_national_id", 4)], run.coverage)
        self.assertTrue(kept.exists())
        self.assertFalse(made.exists())

    def test_helpers_that_hang_flood_or_grow(self):
        for name, body, options in (
                ("hangs", "while True: pass", ("--timeout", "2")),
                ("floods", "while True: print('x' * 100)", ("--max-unit-bytes", "2M")),
                ("grows", "a = bytes(1 << 32)", ()),
                ("complains", "import sys; sys.stderr.write('Syntax Error: x' * 1000000); print('done')", ()),
                ("fails", "import sys; print('some'); sys.exit(1)", ())):
            with self.subTest(name):
                script = self.script(f"#!/usr/bin/python3\n{body}\n")
                started = time.monotonic()
                run = self.scan(*options, ROLL, status=3, prefix=replaced(script))
                self.assertLess(time.monotonic() - started, 60)
                self.assertEqual([c["status"] for c in run.coverage], ["partial"])


main()
