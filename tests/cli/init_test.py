"""`yinma init`: a configuration that works, asked for or given; nothing is overwritten."""

import os
import pty
import subprocess

from harness import PROGRAM, ProgramTest, main


class Init(ProgramTest):
    def folder_with(self, name, *inner):
        folder = self.folder / name
        for each in inner:
            (folder / each).mkdir(parents=True)
        folder.mkdir(exist_ok=True)
        return folder

    def test_by_options(self):
        folder = self.folder_with("a", "backup", "測試", "misc", "A123456789_王小明", "託運單")
        run = self.call("init", "--business", "logistics", "--class", "2", folder)
        self.assertEqual(run.status, 0, run.stderr)
        text = (folder / "yinma.yaml").read_text("utf-8")
        for line in ("profiles: [logistics]", "class: 2",
                     '  - {glob: "backup/*", zones: [backup]}',
                     '  - {glob: "測試/*", zones: [test]}',
                     '  - {glob: "託運單/*", zones: [waybill]}',
                     '#   - {glob: "misc/*", zones: [other]}'):
            self.assertIn(line + "\n", text)
        self.assertNotIn("A123456789", text)
        self.assertIn("at-most: }", text)
        (folder / "測試/members.csv").write_text("id,name\n1,x\n")
        scan = self.scan(".", cwd=folder, status=0)
        self.assertEqual(scan.records[0]["profiles"], ["logistics", "yinma"])
        self.assertEqual(scan.records[0]["class"], 2)

    def test_platforms_know_no_class(self):
        folder = self.folder_with("b")
        self.assertEqual(self.call("init", "--business=platform", folder).status, 0)
        text = (folder / "yinma.yaml").read_text("utf-8")
        self.assertNotIn("\nclass:", text)
        self.assertIn("#   - {setting: customer-data, at-most: }", text)

    def test_chinese(self):
        folder = self.folder_with("e")
        self.call("init", "--lang", "zh-TW", "--business=platform", folder)
        self.assertIn("保存", (folder / "yinma.yaml").read_text("utf-8"))

    def test_refusals(self):
        folder = self.folder_with("c")
        for arguments in ((folder,), ("--business", "supplier", folder),
                          ("--business", "bakery", folder),
                          ("--business", "platform", self.folder / "none")):
            self.assertEqual(self.call("init", *arguments).status, 2)
            self.assertFalse((folder / "yinma.yaml").exists())
        (folder / "yinma.yaml").write_text("# mine\n")
        self.assertEqual(self.call("init", "--business", "platform", folder).status, 2)
        self.assertEqual((folder / "yinma.yaml").read_text(), "# mine\n")

    def test_asked_at_a_terminal(self):
        folder = self.folder_with("d")
        leader, follower = pty.openpty()
        process = subprocess.Popen([PROGRAM, "init", folder], stdin=follower, stdout=follower,
                                   stderr=subprocess.PIPE, env=self.environment)
        os.close(follower)
        os.write(leader, b"9\n2\n1\n")
        errors = process.communicate(timeout=30)[1]
        os.close(leader)
        self.assertEqual(process.returncode, 0, errors)
        text = (folder / "yinma.yaml").read_text("utf-8")
        self.assertIn("profiles: [supplier]\nclass: 1\n", text)


if __name__ == "__main__":
    main()
