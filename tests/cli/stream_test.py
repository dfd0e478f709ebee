"""Standard input of any length in constant memory; a closed or interrupted stream."""

import fcntl
import gzip
import os
import pty
import signal
import struct
import subprocess
import termios
import threading
import time

from harness import (DATA, HEAVY, PROGRAM, SANITIZED, ProgramTest, Run, children, main,
                     proportional_memory, wait_for)

MIB = 1 << 20


def bytes_of_workers(process):
    """What the descendants of PROCESS have read by now."""
    total = 0
    for worker in children(process):
        try:
            with open(f"/proc/{worker}/io", encoding="ascii") as counts:
                total += int(counts.readline().split()[1])
        except OSError:  # it has just ended
            pass
    return total


class Stream(ProgramTest):
    def start(self, *arguments, stdin=subprocess.PIPE):
        return subprocess.Popen([PROGRAM, "scan", "--format", "ndjson", *arguments], stdin=stdin,
                                stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                env=self.environment)

    def test_a_dump_on_standard_input(self):
        path = DATA / "mariadb/shop.sql"
        whole = self.scan(path)
        piped = self.scan("-", "--stdin-name", "shop.sql", stdin=path.read_bytes(), status=1)
        self.assertEqual(self.field_counts(piped, "shop.sql"), self.field_counts(whole, path))
        self.assertEqual({f["unit"] for f in self.scan("-", stdin=path.read_bytes()).fields}, {"-"})

    def test_an_archive_on_standard_input(self):
        for name in ("backup.tar.zst", "backup.zip", "backup.7z"):
            with self.subTest(name):
                data = (DATA / "archives" / name).read_bytes()
                piped = self.scan("-", "--stdin-name", name, stdin=data, status=1)
                self.assertEqual(len(piped.fields), len(self.scan(DATA / "archives" / name).fields))

    def test_memory_stays_flat(self):
        block = (DATA / "mariadb/shop-row-inserts.sql").read_bytes()
        amount = (4096 if HEAVY else 300) * MIB
        process = self.start("-j", "2", "-")
        peak, stop = [], threading.Event()

        def watch():
            while not stop.wait(0.05):
                peak.append(proportional_memory(process.pid))
        watcher = threading.Thread(target=watch)
        watcher.start()
        output = []
        reader = threading.Thread(
            target=lambda: output.extend([process.stdout.read(), process.stderr.read()]))
        reader.start()
        for _ in range(amount // len(block) + 1):
            process.stdin.write(block)
        process.stdin.close()
        reader.join()
        status = process.wait()
        process.stdout.close()
        process.stderr.close()
        stop.set()
        watcher.join()
        run = Run(status, *output)
        self.check_secrecy(run)
        self.assertEqual(status, 1, run.stderr)
        repeats = amount // len(block) + 1
        card = run.of_type("field", table="payments", column="card_no")[0]
        self.assertEqual((card["clear"], card["weak"], card["masked"]),
                         (180 * repeats, 70 * repeats, 40 * repeats))
        print(f"peak of {amount // MIB} MiB on standard input: {max(peak) / MIB:.0f} MiB")
        if not SANITIZED:  # shadow memory is not the program's
            self.assertLess(max(peak), 100 * 1000 * 1000)

    def test_interrupted_runs_say_so(self):
        for number, status in ((signal.SIGINT, 130), (signal.SIGTERM, 143)):
            process = self.start("-", DATA / "mariadb/shop.sql")
            process.stdin.write(b"id,name\n" + b"1,a\n" * 100000)
            process.stdin.flush()
            self.assertTrue(wait_for(lambda: proportional_memory(process.pid)))
            time.sleep(0.5)
            process.send_signal(number)
            output, errors = process.communicate(timeout=60)
            run = Run(process.returncode, output, errors)
            self.assertEqual(run.status, status, errors)
            self.assertTrue(run.summary["partial"])
            self.assertEqual(run.summary["status"], status)

    def test_what_was_read_of_a_silent_stream(self):
        """Nobody waits for more of it: what came until then counts."""
        head, rows = (DATA / "exports/customers.csv").read_bytes().split(b"\n", 1)
        text = head + b"\n" + rows * 500
        whole = self.scan("-", stdin=text).fields
        for stdin in (text, gzip.compress(text, 0)[:-8]):
            process = self.start("-")
            process.stdin.write(stdin)
            process.stdin.flush()
            time.sleep(1)
            process.send_signal(signal.SIGTERM)
            self.assertEqual(process.wait(timeout=60), 143)
            run = Run(143, *process.communicate())
            self.check_secrecy(run)
            self.assertEqual({c["reason"] for c in run.coverage}, {"interrupted"})
            self.assertEqual([c["status"] for c in run.coverage], ["partial"])
            self.assertEqual({f["column"] for f in run.fields}, {f["column"] for f in whole})
            self.assertGreater(run.summary["bytes_scanned"], 0)
            process.stdin.close()

    def test_timeout_of_a_silent_stream(self):
        process = self.start("--timeout", "1", "-")
        process.stdin.write((DATA / "exports/customers.csv").read_bytes())
        process.stdin.flush()
        begun = time.time()
        self.assertEqual(process.wait(timeout=60), 1)
        self.assertLess(time.time() - begun, 8)
        run = Run(1, *process.communicate())
        self.assertEqual([(c["status"], c["reason"]) for c in run.coverage], [("partial", "timeout")])
        self.assertTrue(run.fields)
        process.stdin.close()

    def interrupt(self, *arguments):
        """Stop a scan of which a worker has begun to read."""
        process = self.start("-j", "2", *arguments, stdin=subprocess.DEVNULL)
        wait_for(lambda: process.poll() is not None or bytes_of_workers(process.pid) > 8 * MIB)
        process.send_signal(signal.SIGINT)
        output, errors = process.communicate(timeout=60)
        return Run(process.returncode, output, errors)

    def large_rows(self):
        head, rows = (DATA / "exports/customers.csv").read_bytes().split(b"\n", 1)
        return head + b"\n" + rows * (150 * MIB // len(rows))

    def test_what_was_read_of_large_files(self):
        """However a file is shared by workers and threads, the begin of it that was read counts."""
        plain = self.file("large.csv", self.large_rows())
        packed = self.folder / "large.csv.gz"
        with open(packed, "wb") as out:
            subprocess.run(["gzip", "-1c", plain], stdout=out, check=True)
        for path in (plain, packed):
            with self.subTest(path.name):
                run = self.interrupt(path)
                if run.status != 130:  # a machine that is faster than this test
                    continue
                self.assertEqual({c["reason"] for c in run.coverage}, {"interrupted"})
                if not run.fields:  # a machine too slow to tell in time what it read
                    self.assertIn("skipped", {c["status"] for c in run.coverage})
                    continue
                self.assertEqual({c["status"] for c in run.coverage}, {"partial"})
                self.assertGreater(run.summary["bytes_scanned"], 0)

    def test_what_was_not_read_at_all(self):
        """Each file of an interrupted run is in its coverage, also those nobody came to."""
        rows = self.large_rows()
        files = [self.file(f"many/{number}.csv", rows) for number in range(3)]
        tar = self.folder / "many.tar"
        subprocess.run(["tar", "-cf", tar, "-C", self.folder, "many"], check=True)
        run = self.interrupt(self.folder / "many")
        if run.status == 130:
            told = {c["unit"] for c in run.coverage if c["reason"] == "interrupted"}
            scanned = {str(path) for path in files} - told
            self.assertLess(len(scanned), 3)
            self.assertEqual(run.summary["not_scanned"], len(told))
            self.assertEqual(run.summary["units"], 3)
        run = self.interrupt(tar)
        if run.status == 130:
            self.assertIn(str(tar), [c["unit"] for c in run.coverage])

    def test_progress_on_a_signal(self):
        process = self.start("-")
        process.stdin.write(b"id,name\n" + b"1,a\n" * 300000)
        process.stdin.flush()
        time.sleep(0.7)
        process.send_signal(signal.SIGUSR1)
        time.sleep(0.5)
        output, errors = process.communicate(timeout=60)
        self.assertEqual(process.returncode, 0, errors)
        self.assertRegex(errors.decode(), r"^yinma: .*B  .*B/s  0 of 1 file  1 worker  -\n")
        self.assertTrue(Run(0, output, errors).summary)

    def test_progress_on_a_terminal(self):
        """A line that fits, tells no value by a name, and is gone at the end."""
        parent, child = pty.openpty()
        fcntl.ioctl(child, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 72, 0, 0))
        name = "/".join(["名單" * 20, "A143231948_list.csv"])
        process = subprocess.Popen([PROGRAM, "scan", "--format", "ndjson", "--stdin-name", name, "-"], stdin=subprocess.PIPE,
                                   stdout=subprocess.PIPE, stderr=child, env=self.environment, cwd=self.folder)
        os.close(child)
        process.stdin.write(b"id,name\n" + b"1,a\n" * 300000)
        process.stdin.flush()
        time.sleep(0.8)
        output = process.communicate(timeout=60)[0]
        shown = b""
        try:
            while part := os.read(parent, 4096):
                shown += part
        except OSError:
            pass
        os.close(parent)
        self.check_secrecy(Run(0, output, shown), ["A143231948"])
        lines = [line for line in shown.decode().split("\r\x1b[K") if line]
        self.assertRegex(lines[-1], r"^.*B  .*B/s  0 of 1 file  1 worker  名.*….*csv$")
        for line in lines:
            self.assertLess(sum(2 if "\u3000" < c else 1 for c in line), 72)
        self.assertTrue(shown.endswith(b"\r\x1b[K"))

    def test_no_progress_on_a_terminal_that_only_prints(self):
        parent, child = pty.openpty()
        done = subprocess.run([PROGRAM, "scan", DATA / "mariadb/shop.sql"], stdin=subprocess.DEVNULL, stdout=child,
                              stderr=child, env={**self.environment, "TERM": "dumb"}, check=False)
        os.close(child)
        self.assertEqual(done.returncode, 1)
        shown = b""
        try:
            while part := os.read(parent, 4096):
                shown += part
        except OSError:
            pass
        os.close(parent)
        self.assertIn(b"payments.card_no", shown)
        self.assertNotIn(b"\x1b", shown)

    def test_a_reader_that_leaves(self):
        process = self.start(DATA / "mariadb", DATA / "postgresql", stdin=subprocess.DEVNULL)
        process.stdout.close()
        errors = process.stderr.read()
        process.stderr.close()
        self.assertIn(process.wait(), (4, -signal.SIGPIPE, 141), errors)


if __name__ == "__main__":
    main()
