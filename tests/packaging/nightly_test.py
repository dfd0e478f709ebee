"""The nightly scan: one line that says what changed since the last night; a key of its own."""

import re
import stat
import subprocess

from delivery import DATA, PROGRAM, SOURCE, ProgramTest, main, needs

SCRIPT = SOURCE / "packaging/systemd/yinma-nightly"
UNITS = [SOURCE / "packaging/systemd" / name for name in ("yinma-nightly.service", "yinma-nightly.timer")]


class Nightly(ProgramTest):
    def night(self, paths, status):
        environment = {**self.environment, "YINMA_PROGRAM": PROGRAM, "YINMA_PATHS": str(paths),
                       "STATE_DIRECTORY": str(self.folder / "state")}
        done = subprocess.run(["sh", SCRIPT], capture_output=True, text=True, env=environment, cwd=self.folder)
        self.assertEqual(done.returncode, status, done.stderr)
        return done

    def test_three_nights(self):
        data = self.folder / "data"
        data.mkdir()
        (data / "shop.sql").write_bytes((DATA / "mariadb/shop.sql").read_bytes())
        first = self.night(data, 1).stdout
        self.assertRegex(first, r"^yinma-nightly: first night, [1-9]\d* violations; 0 not read; status 1\n$")
        second = self.night(data, 0).stdout
        self.assertRegex(second, r"^yinma-nightly: violations: new 0, more 0, fewer 0, gone 0, not seen 0, "
                                 r"same [1-9]\d*; 0 not read; status 0\n$")
        (data / "members.csv").write_bytes((SOURCE / "tests/firm/usb/members.csv").read_bytes())
        third = self.night(data, 1).stdout
        self.assertRegex(third, r"^yinma-nightly: violations: new [1-9]\d*, more 0, fewer 0, gone 0, ")
        (data / "members.csv").unlink()
        fourth = self.night(data, 0).stdout
        self.assertRegex(fourth, r"^yinma-nightly: violations: new 0, more 0, fewer 0, gone [1-9]\d*, ")
        state = self.folder / "state"
        self.assertEqual({path.name for path in state.iterdir()}, {"last.ndjson", "yinma"})
        for path in (state / "last.ndjson", state / "yinma/key"):
            self.assertEqual(stat.S_IMODE(path.stat().st_mode), 0o600, path)
        self.assertFalse((self.folder / "home/.config/yinma").exists())

    def test_a_night_without_a_result_leaves_the_last_one(self):
        self.night("", 2)

    def test_it_runs_behind_everything_else(self):
        service = UNITS[0].read_text()
        for wanted in ("Nice=19", "IOSchedulingClass=idle", "StateDirectory=yinma", "StateDirectoryMode=0700"):
            self.assertIn(wanted + "\n", service)

    @needs("systemd-analyze")
    def test_systemd_reads_the_units(self):
        folder = self.folder / "units"
        folder.mkdir()
        for unit in UNITS:
            text = unit.read_text().replace("/usr/libexec/yinma/yinma-nightly", "/bin/true")
            (folder / unit.name).write_text(text)
        done = subprocess.run(["systemd-analyze", "verify", "--man=no", *folder.iterdir()], capture_output=True,
                              text=True)
        told = [line for line in done.stderr.splitlines() if re.search(r"yinma", line)]
        self.assertEqual((done.returncode, told), (0, []), done.stderr)


if __name__ == "__main__":
    main()
