"""Bad input is data: each fault becomes a record that names place and reason; the rest is scanned."""

import os
import pathlib
import shutil
import signal
import subprocess
import threading

from harness import DATA, HEAVY, PROGRAM, ProgramTest, Run, children, main, wait_for
import columnar
from people import People

MIB = 1 << 20


class BadInput(ProgramTest):
    def reasons(self, run):
        return {c["unit"]: c.get("reason") for c in run.coverage}

    def one_id(self, seed):
        return People(seed).national_id()

    def test_empty_file(self):
        run = self.scan(self.file("empty.sql"), status=0)
        self.assertEqual(run.summary["units"], 1)

    def test_unreadable_folder(self):
        tree = self.folder / "tree"
        self.file("tree/open.csv", "a\n1\n")
        self.file("tree/closed/secret.csv", "a\n1\n")
        (tree / "closed").chmod(0)
        program = shutil.copy(PROGRAM, self.folder / "program")
        prefix = ()
        if os.getuid() == 0:
            for folder in (self.folder, self.folder / "home"):
                folder.chmod(0o777)
            prefix = ("runuser", "-u", "nobody", "--")
        try:
            run = self.scan(tree, program=program, prefix=prefix, status=3)
        finally:
            (tree / "closed").chmod(0o755)
        self.assertEqual(self.reasons(run), {str(tree / "closed"): "permission"})
        self.assertEqual(run.summary["units"], 2)

    def test_truncated_dumps(self):
        for name in ("mariadb/shop.sql", "postgresql/shop-copy.sql"):
            whole = (DATA / name).read_bytes()
            cut = self.file(pathlib.Path(name).name, whole[:len(whole) * 3 // 5 + 7])
            with self.subTest(name):
                run = self.scan(cut)
                self.assertTrue(run.fields)
                self.assertEqual(self.reasons(run), {str(cut): "truncated"})
                self.assertIn(run.status, (1, 3))

    def test_invalid_utf8_and_nul_bytes_hide_nothing(self):
        for name, noise in {"invalid": b"\xfd\xc0\x80\xed\xa0\x80 ", "nul": b"\0\0 \0"}.items():
            value = self.one_id(name)
            path = self.file(f"{name}.txt", noise * 50 + b"\n\xe8\xba\xab\xe5\x88\x86\xe8\xad\x89 "
                             + value.encode() + b" \n" + noise * 50)
            with self.subTest(name):
                run = self.scan(path, "--min-confidence", "possible", secrets=[value])
                self.assertIn("tw_national_id", {f["kind"] for f in run.fields})

    def test_a_line_without_end(self):
        size = 1024 * MIB if HEAVY else 64 * MIB
        people = People("line")
        values = [people.national_id() for _ in range(40)]
        path = self.folder / "line.txt"
        step = size // len(values)
        with open(path, "wb") as out:
            for value in values:
                text = f" 身分證字號 {value} ".encode()
                filler = b"lorem ipsum dolor " * (MIB // 18 + 1)
                left = step - len(text)
                while left > 0:
                    out.write(filler[:left])
                    left -= min(left, len(filler))
                out.write(text)
        run = self.scan(path, "-j", "2", secrets=values, status=1)
        self.assertEqual([f["clear"] for f in run.fields if f["kind"] == "tw_national_id"], [40])
        path.unlink()

    def test_special_files(self):
        tree = self.folder / "special"
        self.file("special/clean.csv", "a\n1\n")
        os.mkfifo(tree / "pipe")
        os.symlink(tree, tree / "loop")
        run = self.scan(tree, status=0)  # met while walking: listed, not counted
        self.assertEqual(self.reasons(run).get(str(tree / "pipe")), "special-file")
        run = self.scan(tree / "pipe", status=3)
        self.assertEqual([(c["status"], c["reason"]) for c in run.coverage],
                         [("skipped", "special-file")])
        self.scan("/dev/zero", status=3)

    def test_opaque_files_are_listed_and_do_not_count(self):
        image = self.file("photo.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + os.urandom(4000))
        run = self.scan(image, status=0)
        self.assertEqual([c["status"] for c in run.coverage], ["opaque"])

    def test_what_may_hold_text_and_cannot_be_read_counts(self):
        files = {**columnar.FILES, **{name: head + bytes(range(256)) * 16 for name, head in columnar.HEADS.items()}}
        for name, what in (("orders.arrow", "Arrow file"),
                           ("orders.orc", "ORC file"), ("customers.mdb", "Access database"),
                           ("customers.accdb", "Access database"),
                           ("shop.bak", "backup in Microsoft's tape format: only its words were read")):
            with self.subTest(name):
                run = self.scan(self.file(name, files[name]), status=3)
                self.assertEqual([(c["status"], c["reason"], c["detail"]) for c in run.coverage],
                                 [("partial", "unsupported", what)])

    def test_data_of_other_programs(self):
        """Text in them mostly stands without marks between its values, so that nothing found means nothing."""
        for name, head, what in columnar.OTHER_HEADS:
            with self.subTest(name):
                data = head + b"".join(self.one_id(f"{name} {i}").encode() for i in range(50))
                run = self.scan(self.file(name, data), status=3)
                self.assertEqual([(c["status"], c["reason"], c["detail"]) for c in run.coverage],
                                 [("partial", "unsupported", what)])

    def test_text_that_begins_like_such_data(self):
        for text in ("ORC 是獸人\n", "SEQ 6\n", "DUCK DUCK DUCK DUCK DUCK\n", "12345678DUCK 1234567890\n", "$FL2 x\n",
                     "RDX3 y\n", "FEA1,b\n", "X\n1\n", "MATLAB 5.0\n", "ramp\n", "si\x01\n"):
            run = self.scan(self.file("like.txt", text * 20), status=0)
            self.assertEqual(run.coverage, [])

    def test_names_that_hold_values_are_concealed(self):
        value = self.one_id("name")
        path = self.file(f"{value}_王小明.csv", "身分證字號\n" + self.one_id("content") + "\n")
        for form in ("text", "ndjson"):
            run = self.call("scan", "--format", form, path, self.folder / f"{value}.missing",
                            secrets=[value])
            self.assertIn(run.status, (1, 3))

    def test_messages_conceal_names_too(self):
        value, name = self.one_id("message"), self.file("plain.csv", "a,b\n1,2\n")
        for call in (("scan", "--config", f"{value}.yaml", name), ("report", value), ("verify", value),
                     ("scan", "--baseline", f"scan{value}", name), ("scan", "--files-from", value),
                     ("scan", "--key", value, name), ("scan", "--schema", value, name)):
            run = self.call(*call, secrets=[value])
            self.assertEqual((run.status, value[:3].encode() in run.stderr), (2, True), (call, run.stderr))

    def test_control_characters_in_names_reach_no_terminal(self):
        path = self.file("evil\x1b[2J\nname.csv", "身分證字號\n" + self.one_id("x") + "\n")
        run = self.call("scan", "--format", "text", path)
        self.assertNotIn(b"\x1b[2J", run.stdout + run.stderr)

    # ---- files that change while they are read ----

    def change_while_read(self, change):
        path = self.folder / "changing.csv"
        path.write_bytes(b"order_no,amount\n" + b"20250101000001,120\n" * (64 * MIB // 19))
        process = subprocess.Popen([PROGRAM, "scan", "--format", "ndjson", "-j", "1", path],
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                   env=self.environment)
        output = []
        reader = threading.Thread(target=lambda: output.extend(process.communicate()))
        reader.start()
        worker = wait_for(lambda: reading(process.pid, path))
        self.assertTrue(worker, "was never read")
        os.kill(worker, signal.SIGSTOP)
        self.assertLess(position_in(worker, path), path.stat().st_size, "was read too quickly")
        change(path)
        os.kill(worker, signal.SIGCONT)
        reader.join(300)
        path.unlink()
        run = Run(process.returncode, *output)
        self.assertEqual(run.status, 3, run.stderr)
        self.assertEqual([(c["unit"], c["status"], c["reason"]) for c in run.coverage],
                         [(str(path), "partial", "changed")])

    def test_a_file_that_shrinks(self):
        self.change_while_read(lambda path: os.truncate(path, 4096))

    def test_a_file_that_grows(self):
        def grow(path):
            with open(path, "ab") as out:
                out.write(b"20250101000001,120\n" * 4000)
        self.change_while_read(grow)


def reading(pid, path):
    """The process, PID or one of its workers, that has begun to read PATH."""
    return next((p for p in [pid, *children(pid)] if position_in(p, path) > 0), None)


def position_in(pid, path):
    """How far the process PID has read PATH."""
    try:
        for number in os.listdir(f"/proc/{pid}/fd"):
            if os.readlink(f"/proc/{pid}/fd/{number}") == str(path):
                with open(f"/proc/{pid}/fdinfo/{number}", encoding="ascii") as file:
                    return int(file.readline().split()[1])
    except OSError:
        pass
    return 0


if __name__ == "__main__":
    main()
