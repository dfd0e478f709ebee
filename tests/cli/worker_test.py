"""A worker that dies takes only its unit with it."""

import os
import signal
import subprocess
import tarfile
import threading

from bad_input_test import position_in
from harness import DATA, PROGRAM, ProgramTest, Run, children, main, wait_for

DUMP = DATA / "mariadb/shop.sql"
GIB = 1 << 30
MEMBER = 4 * GIB


class Worker(ProgramTest):
    def scan_and_kill(self, big, times, *arguments):
        """Kill the worker that reads BIG, TIMES times, each time at a place it had not reached."""
        process = subprocess.Popen(
            [PROGRAM, "scan", "--format", "ndjson", big, DUMP, *arguments],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=self.environment)
        output = []
        reader = threading.Thread(target=lambda: output.extend(process.communicate()))
        reader.start()
        for number in range(times):
            worker = wait_for(lambda: next(
                (c for c in children(process.pid) if position_in(c, big) > number * MEMBER + (1 << 20)),
                None), 60)
            self.assertTrue(worker, f"no worker read the file again after {number} deaths")
            os.kill(worker, signal.SIGKILL)
            wait_for(lambda: not os.path.exists(f"/proc/{worker}/fd/0"), 10)
        reader.join(300)
        run = Run(process.returncode, *output)
        self.check_secrecy(run)
        card = run.of_type("field", table="payments", column="card_no", unit=str(DUMP))
        self.assertEqual(card[0]["clear"], 180)
        self.assertEqual(run.status, 1)
        return run

    def test_a_file_that_kills_its_worker(self):
        big = self.folder / "big.bin"
        with open(big, "wb") as out:
            out.write(b"id\n1\n")
            out.truncate(200 * GIB)  # sparse: takes no room and minutes to read
        for jobs in ("1", "2"):
            with self.subTest(jobs=jobs):
                run = self.scan_and_kill(big, 1, "-j", jobs)
                self.assertEqual([(c["unit"], c["status"], c["reason"]) for c in run.coverage],
                                 [(str(big), "failed", "crashed")])
        big.unlink()

    def test_members_that_kill_their_workers(self):
        """Three members of an archive kill three workers; what stands between them is read."""
        archive = self.folder / "members.tar"
        dump = DUMP.read_bytes()
        with open(archive, "wb") as out:
            for number in range(4):
                for name, size in ((f"big{number}.bin", MEMBER), (f"small{number}.sql", len(dump))):
                    header = tarfile.TarInfo(name)
                    header.size = size
                    out.write(header.tobuf(tarfile.GNU_FORMAT))
                    if size == len(dump):
                        out.write(dump + bytes(-size % 512))
                    else:
                        out.seek(size, os.SEEK_CUR)
            out.write(bytes(1024))
        run = self.scan_and_kill(archive, 3, "-j", "1")
        archive.unlink()
        crashed = {c["unit"] for c in run.coverage if c.get("reason") == "crashed"}
        self.assertLessEqual({f"{archive}!/big{n}.bin" for n in range(3)}, crashed)
        self.assertEqual({f["unit"] for f in run.fields},
                         {f"{archive}!/small0.sql", f"{archive}!/small1.sql", str(DUMP)})

    def test_a_death_while_members_are_shared(self):
        """Nobody knows which of them it was, so the archive is read again by one thread."""
        archive = self.folder / "shared.tar"
        rows = b"".join(b"%d,0912%06d\n" % (number, number) for number in range(200))
        members = [(f"s{n:02}.csv", b"no,mobile\n" + rows, 0) for n in range(24)]
        members.insert(20, ("big.bin", b"", GIB))
        with open(archive, "wb") as out:
            for name, content, hole in members:
                header = tarfile.TarInfo(name)
                header.size = len(content) + hole
                out.write(header.tobuf(tarfile.GNU_FORMAT))
                out.write(content + bytes(-len(content) % 512))
                out.seek(hole, os.SEEK_CUR)
            out.write(bytes(1024))
        whole = self.comparable(self.scan("-j1", archive))
        self.assertEqual(self.comparable(self.scan("-j3", archive)), whole)
        run = self.scan_and_kill(archive, 1, "-j", "4")
        self.assertEqual([c for c in run.coverage if c.get("reason") == "crashed"], [])
        self.assertEqual({f["unit"] for f in run.fields if f["unit"] != str(DUMP)},
                         {f["unit"] for f in whole if f["type"] == "field"})
        archive.unlink()


if __name__ == "__main__":
    main()
