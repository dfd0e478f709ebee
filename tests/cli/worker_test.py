"""A worker that dies takes only its unit with it."""

import os
import signal
import subprocess
import threading

from bad_input_test import position_in
from harness import DATA, PROGRAM, ProgramTest, Run, children, main, wait_for


class Worker(ProgramTest):
    def scan_and_kill(self, times, jobs):
        big = self.folder / "big.bin"
        with open(big, "wb") as out:
            out.write(b"id\n1\n")
            out.truncate(200 << 30)  # sparse: takes no room and minutes to read
        process = subprocess.Popen(
            [PROGRAM, "scan", "--format", "ndjson", "-j", str(jobs), big, DATA / "mariadb/shop.sql"],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=self.environment)
        output = []
        reader = threading.Thread(target=lambda: output.extend(process.communicate()))
        reader.start()
        killed = set()
        for _ in range(times):
            worker = wait_for(lambda: next((c for c in children(process.pid)
                                            if c not in killed and position_in(c, big)), None), 60)
            self.assertTrue(worker, "no worker read the file again")
            killed.add(worker)
            os.kill(worker, signal.SIGKILL)
        reader.join(300)
        big.unlink()
        return Run(process.returncode, *output), big

    def test_killed_three_times(self):
        for jobs in (1, 2):
            with self.subTest(jobs=jobs):
                run, big = self.scan_and_kill(3, jobs)
                self.assertEqual([(c["unit"], c["status"], c["reason"]) for c in run.coverage],
                                 [(str(big), "failed", "crashed")])
                self.assertEqual(run.status, 1)
                card = run.of_type("field", table="payments", column="card_no")
                self.assertEqual(card[0]["clear"], 180)


if __name__ == "__main__":
    main()
