"""The filter in a pipe: what passes is unchanged, what breaks a rule does not pass."""

import gzip
import hashlib
import io
import json
import os
import random
import signal
import subprocess
import tarfile
import threading
import time
import unittest

from harness import DATA, PROGRAM, SANITIZED, ProgramTest, Run, main, proportional_memory
import pdf

MIB = 1 << 20


def id_number(seed):
    """A valid number of the form of a national ID, of nobody."""
    digits = [1, *(random.Random(seed).randrange(10) for _ in range(7))]
    weighted = zip([1, 0, *digits], [1, 9, 8, 7, 6, 5, 4, 3, 2, 1])
    check = (10 - sum(a * b for a, b in weighted) % 10) % 10
    return "A" + "".join(map(str, digits)) + str(check)


BAD = id_number(7)
CLEAN = "".join(f"{i},thing {i}\n" for i in range(400000)).encode()


class Guard(ProgramTest):
    def guard(self, data, *arguments, status=None, leaks=()):
        """(run, what passed, receipt); secrets may stand in what passes, not in what is told."""
        receipt = self.folder / "receipt.json"
        done = subprocess.run([PROGRAM, "guard", "--receipt", receipt, *map(str, arguments)],
                              input=data, capture_output=True, cwd=self.folder,
                              env=self.environment, timeout=300, check=False)
        self.assertNotIn(b"Sanitizer", done.stderr, done.stderr.decode("utf-8", "replace"))
        told = json.loads(receipt.read_text("utf-8")) if receipt.exists() else None
        self.check_secrecy(Run(done.returncode, json.dumps(told).encode(), done.stderr), [BAD])
        if status is not None:
            self.assertEqual(done.returncode, status, done.stderr.decode())
        if told is not None:
            self.assertEqual(told["status"], done.returncode)
            self.assertEqual(told["bytes_passed"], len(done.stdout))
            self.assertEqual(told["sha256"], hashlib.sha256(done.stdout).hexdigest())
            self.assertEqual(receipt.stat().st_mode & 0o777, 0o600)
        self.assertTrue(data.startswith(done.stdout), "what passes must be unchanged")
        return done, done.stdout, told

    def assert_cut(self, data, cut, *arguments):
        done, out, told = self.guard(data, *arguments, status=1)
        self.assertEqual(len(out), cut, (out[-40:], done.stderr))
        self.assertEqual(told["verdict"], "stopped")
        self.assertIn(b"stopped before the record", done.stderr)
        return told

    # ---- what is clean passes ----

    def test_clean_streams_pass_unchanged(self):
        for data in (b"", b"x", b"a,b\n1,2\n", CLEAN, CLEAN[:MIB + 1], os.urandom(4096) * 0,
                     b"\n" * 100000, b"no line end " * 300000):
            for mode in ((), ("--hold",), ("--report-only",)):
                with self.subTest(len=len(data), mode=mode):
                    _, out, told = self.guard(data, *mode, status=0)
                    self.assertEqual(out, data)
                    self.assertEqual(told["bytes_withheld"], 0)

    def test_clean_archives_pass(self):
        tar = io.BytesIO()
        with tarfile.open(fileobj=tar, mode="w:gz") as archive:
            for i in range(12):
                info = tarfile.TarInfo(f"part{i}.csv")
                info.size = len(CLEAN)
                archive.addfile(info, io.BytesIO(CLEAN))
        for data in (tar.getvalue(), gzip.compress(CLEAN * 3, 1)):
            _, out, _ = self.guard(data, status=0)
            self.assertEqual(out, data)

    @unittest.skipUnless(os.path.exists("/usr/bin/pdftotext"), "pdftotext is not installed")
    def test_pdf(self):
        def packed(*documents):
            tar = io.BytesIO()
            with tarfile.open(fileobj=tar, mode="w:gz") as archive:
                for i, data in enumerate(documents):
                    info = tarfile.TarInfo(f"{i}.pdf")
                    info.size = len(data)
                    archive.addfile(info, io.BytesIO(data))
            return tar.getvalue()
        clean, bad = (pdf.write(pdf.lines(b"nothing here"), pdf.lines(text))
                      for text in (b"still nothing", b"id no. " + BAD.encode()))
        for data in (clean, packed(clean, clean)):
            for mode in ((), ("--hold",), ("--report-only",)):
                self.assertEqual(self.guard(data, *mode, status=0)[1], data)
        for data in (bad, packed(clean, bad)):
            _, out, told = self.guard(data, status=1)
            self.assertEqual((out, told["verdict"]), (b"", "stopped"))
            self.assertEqual([(f["kind"], f["values"]) for f in told["fields"]], [("tw_national_id", 1)])
        cut = clean[:len(clean) // 2]
        for mode in ((), ("--hold",)):
            _, out, told = self.guard(cut, *mode, status=3)
            self.assertEqual((out, told["verdict"]), (b"", "unreadable"))
            self.assertEqual(told["coverage"][0]["reason"], "damaged")

    # ---- what breaks a rule stays, with the record it stands in ----

    def test_csv(self):
        rows = [f"{i},item {i},{i * 3}\n" for i in range(100000)]
        rows[70000] = f'70000,"note\n{BAD}, see\nbelow",3\n'
        data = ("id,text,n\n" + "".join(rows)).encode()
        cut = len("id,text,n\n" + "".join(rows[:70000]))
        told = self.assert_cut(data, cut)
        self.assertIn("platform/5.3.3.6", {v["rule"] for v in told["violations"]})
        self.assertEqual(told["violations"][0]["examples"][0]["row"], 70001)

    def test_tuples(self):
        rows = [f"({i},'thing {i}',NULL)" for i in range(100000)]
        rows[60007] = f"(60007,'see {BAD}',NULL)"
        for each in (1, 50):
            lines = [",".join(rows[i:i + each]) for i in range(0, len(rows), each)]
            data = ("CREATE TABLE `t` (id int, a varchar(40), b int);\n" + "".join(
                f"INSERT INTO `t` VALUES {line};\n" for line in lines)).encode()
            at = data.index(BAD.encode())
            cut = data.rindex(b"(" if each > 1 else b"INSERT", 0, at)
            self.assert_cut(data, cut, "--zone", "exchange")

    def test_json_elements(self):
        items = [{"id": i, "a": {"note": f"x{i}"}} for i in range(50000)]
        items[30000]["a"]["note"] = "id " + BAD
        for data in (json.dumps(items).encode(), json.dumps(items, indent=1).encode()):
            self.assert_cut(data, data.rindex(b'{', 0, data.rindex(b'"a"', 0, data.index(
                BAD.encode()))))
        data = "".join(json.dumps(item) + "\n" for item in items).encode()
        self.assert_cut(data, data.rindex(b"\n", 0, data.index(BAD.encode())) + 1)

    def test_lines_and_big5(self):
        lines = [f"line {i} all is well" for i in range(60000)]
        lines[40000] = "身分證字號 " + BAD
        data = "\n".join(lines).encode()
        self.assert_cut(data, data.index("身".encode()))
        rows = "".join(f"{i},貨物{i}\n" for i in range(20000))
        data = f"編號,備註\n{rows}9,身分證{BAD}\n1,尾\n".encode("big5")
        self.assert_cut(data, len(f"編號,備註\n{rows}".encode("big5")))

    def test_dumps_of_servers(self):
        """Of real dumps nothing passes but what stands before the first person."""
        for name, head in (("mariadb/shop.sql", b"INSERT INTO `customers` VALUES\n"),
                           ("postgresql/shop-copy.sql", b"COPY public.customers (")):
            data = (DATA / name).read_bytes()
            _, out, told = self.guard(data, status=1)
            start = data.index(head) + len(head) if head.endswith(b"\n") else \
                data.index(b"\n", data.index(head)) + 1
            self.assertEqual(len(out), start)
            self.assertGreater(len(told["violations"]), 0)

    def test_columns_without_a_name_are_decided_first(self):
        rows = (DATA / "exports/headerless.csv").read_bytes()
        _, out, _ = self.guard(rows, status=1)
        self.assertEqual(out, b"")

    def test_names_of_columns_stop_at_once(self):
        rows = "".join(f"{i},王小明\n" for i in range(5000))
        _, out, _ = self.guard(f"id,姓名\n{rows}".encode(), "--zone", "other", status=1)
        self.assertEqual(out.decode(), "id,姓名\n")

    def test_compressed(self):
        clean = "".join(f"{i},{random.Random(i).random()}\n" for i in range(900000))
        data = gzip.compress((f"id,n\n{clean}" + f"1,{BAD}\n").encode(), 1)
        _, out, told = self.guard(data, status=1)
        self.assertEqual(told["verdict"], "stopped")
        self.assertGreater(len(out), 0)
        self.assertNotIn(BAD.encode(), gzip_prefix(out))

    # ---- modes ----

    def test_hold_and_report_only(self):
        data = CLEAN + f"1,{BAD}\n".encode()
        _, out, told = self.guard(data, "--hold", status=1)
        self.assertEqual((out, told["verdict"], told["mode"]), (b"", "withheld", "hold"))
        _, out, told = self.guard(data, "--report-only", status=1)
        self.assertEqual((out, told["verdict"]), (data, "reported"))
        _, out, _ = self.guard(data, "--fail-on", "never", status=0)
        self.assertEqual(out, data)

    def test_hold_beyond_memory(self):
        data = CLEAN * 5
        self.assertGreater(len(data), 24 * MIB)
        _, out, _ = self.guard(data, "--hold", status=0)
        self.assertEqual(out, data)
        done, out, told = self.guard(data, "--hold", "--max-spool", "4M")
        self.assertEqual((done.returncode, out, told), (3, b"", None))
        self.assertIn(b"--max-spool", done.stderr)

    def test_wide_rules_withhold_the_last_block(self):
        """Mixed masks are a matter of the whole table."""
        rows = [f"{i},09{i % 90 + 10:02d}***{i % 1000:03d}" for i in range(60000)]
        rows += [f"{i},09{i % 90 + 10:02d}{i % 1000:03d}***" for i in range(60000)]
        data = ("id,mobile\n" + "\n".join(rows) + "\n").encode()
        _, out, told = self.guard(data, "--fail-on", "low")
        if told["verdict"] == "withheld":
            self.assertLess(len(out), len(data))
            self.assertEqual(told["bytes_withheld"], len(data) - len(out))
        self.assertNotEqual(out, data)

    def test_what_cannot_be_read_does_not_pass(self):
        cipher = b"-----BEGIN PGP MESSAGE-----\n\n" + b"hQEMA0FBQUFBQUFBAQf/" * 4000
        done, out, told = self.guard(cipher, status=3)
        self.assertEqual((out, told["verdict"]), (b"", "unreadable"), done.stderr)
        config = self.file("known.yaml", 'expect:\n  - {glob: "*", encrypted: true}\n')
        _, out, _ = self.guard(cipher, "--config", config, status=0)
        self.assertEqual(out, cipher)
        broken = gzip.compress(CLEAN)[:-2000]
        _, out, told = self.guard(broken, status=3)
        self.assertLess(len(out), len(broken))
        self.assertEqual(self.guard(broken, "--report-only", status=3)[1], broken)

    # ---- the call ----

    def test_wrong_calls_pass_nothing(self):
        for arguments in (("file",), ("--hold", "--report-only"), ("--zone", "nowhere"),
                          ("--receipt", self.folder / "none/r.json")):
            done = subprocess.run([PROGRAM, "guard", *map(str, arguments)], input=b"a,b\n",
                                  capture_output=True, env=self.environment, cwd=self.folder,
                                  check=False)
            self.assertEqual((done.returncode, done.stdout), (2, b""), done.stderr)

    def test_quiet_ones_are_not_digested(self):
        """Nobody would be told the digest: what passes is the same, and so is the verdict."""
        bad = CLEAN + f"1,{BAD}\n".encode()
        for data, status in ((CLEAN, 0), (bad, 1)):
            _, passed, _ = self.guard(data, "--fail-on", "low", status=status)
            done = subprocess.run([PROGRAM, "guard", "-q", "--fail-on", "low"], input=data,
                                  capture_output=True, env=self.environment, cwd=self.folder,
                                  check=False)
            self.assertEqual((done.returncode, done.stdout), (status, passed), done.stderr)
            self.assertNotIn(b"sha256", done.stderr)
            self.assertEqual(b"bytes read" in done.stderr, status == 1)
            _, _, told = self.guard(data, "-q", "--fail-on", "low", status=status)
            self.assertEqual(told["sha256"], hashlib.sha256(passed).hexdigest())

    def test_an_old_receipt_goes(self):
        old = self.file("old.json", "{}")
        process = subprocess.Popen([PROGRAM, "guard", "--receipt", old], stdin=subprocess.PIPE,
                                   stdout=subprocess.DEVNULL, env=self.environment)
        end = time.monotonic() + 30
        while old.exists() and time.monotonic() < end:
            time.sleep(0.01)
        process.send_signal(signal.SIGTERM)
        process.stdin.close()
        process.wait()
        self.assertFalse(old.exists())

    # ---- pipes ----

    def test_a_reader_that_leaves(self):
        receipt = self.folder / "left.json"
        process = subprocess.Popen([PROGRAM, "guard", "--receipt", receipt], stdin=subprocess.PIPE,
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                   env=self.environment)
        process.stdout.close()
        try:
            for _ in range(200):
                process.stdin.write(CLEAN)
            process.stdin.close()
        except BrokenPipeError:
            pass
        self.assertEqual(process.stderr.read(), b"", "cat says nothing either")
        self.assertEqual(process.wait(timeout=60), -signal.SIGPIPE)
        self.assertEqual(json.loads(receipt.read_text())["verdict"], "not-written")

    def test_slow_readers_and_flat_memory(self):
        process = subprocess.Popen([PROGRAM, "guard", "-q"], stdin=subprocess.PIPE,
                                   stdout=subprocess.PIPE, env=self.environment)
        amount, peak, digest = 30, [], hashlib.sha256()

        def feed():
            for _ in range(amount):
                process.stdin.write(CLEAN)
            process.stdin.close()
        feeder = threading.Thread(target=feed)
        feeder.start()
        time.sleep(1.0)  # nobody reads: it must wait, not hoard
        peak.append(proportional_memory(process.pid))
        size = 0
        while chunk := process.stdout.read(MIB):
            size += len(chunk)
            digest.update(chunk)
            if size % (32 * MIB) < MIB:
                peak.append(proportional_memory(process.pid))
        feeder.join()
        self.assertEqual((process.wait(), size), (0, amount * len(CLEAN)))
        self.assertEqual(digest.digest(), hashlib.sha256(CLEAN * amount).digest())
        if not SANITIZED:
            self.assertLess(max(peak), 100 * 1000 * 1000)

    def test_interrupted_it_lets_nothing_more_pass(self):
        process = subprocess.Popen([PROGRAM, "guard", "--hold"], stdin=subprocess.PIPE,
                                   stdout=subprocess.PIPE, env=self.environment)
        process.stdin.write(CLEAN[:MIB])
        process.stdin.flush()
        time.sleep(0.3)
        process.send_signal(signal.SIGTERM)
        output, _ = process.communicate(timeout=30)
        self.assertEqual((process.returncode, output), (-signal.SIGTERM, b""))


def gzip_prefix(data):
    import zlib
    return zlib.decompressobj(31).decompress(data)


if __name__ == "__main__":
    main()
