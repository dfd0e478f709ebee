"""The manual pages: without a warning, and nothing that exists is missing in them."""

import json
import re
import subprocess

from delivery import BUILD, SOURCE, ProgramTest, main, needs

PAGES = sorted((BUILD / "packaging/man").glob("*.[15]"))


def words(page):
    """The text of a page without its marks."""
    text = (BUILD / "packaging/man" / page).read_text("utf-8")
    return text.replace("\\-", "-").replace("\\e", "\\")


class Pages(ProgramTest):
    def test_there_are_four(self):
        self.assertEqual([page.name for page in PAGES],
                         ["yinma-kinds.5", "yinma-rules.5", "yinma.1", "yinma.yaml.5"])

    @needs("man")
    def test_man_has_nothing_to_warn_of(self):
        for page in PAGES:
            done = subprocess.run(["man", "--warnings", "-E", "UTF-8", "-l", page], capture_output=True,
                                  env={**self.environment, "MANWIDTH": "80", "MAN_KEEP_FORMATTING": ""})
            self.assertEqual((done.returncode, done.stderr), (0, b""), page)

    @needs("mandoc")
    def test_mandoc_has_nothing_to_warn_of(self):
        done = subprocess.run(["mandoc", "-Tlint", "-Wwarning", *PAGES], capture_output=True, text=True)
        self.assertEqual(done.stdout + done.stderr, "")

    def test_every_option_of_the_help_stands_in_the_page(self):
        page = words("yinma.1")
        commands = re.findall(r"^  ([a-z]+) ", self.call("--help").stdout.decode(), re.M)
        self.assertIn("scan", commands)
        for command in commands:
            self.assertIn(f"yinma {command} ", page)
            for option in re.findall(r"--[a-z][a-z-]*", self.call(command, "--help").stdout.decode()):
                self.assertIn(option, page)

    def test_every_member_of_the_configuration_stands_in_its_page(self):
        config = self.file("wrong.yaml", "nonsense: 1\n")
        told = self.call("list", "kinds", "--config", config).stderr.decode()
        members = re.search(r"allowed: (.*)", told).group(1).split(", ")
        self.assertIn("zones", members)
        for member in members:
            self.assertRegex(words("yinma.yaml.5"), rf"\n\.[A-Z]+ (.* )?{re.escape(member)}\b")

    def test_every_member_of_an_own_kind_stands_in_its_page(self):
        config = self.file("wrong.yaml", "kinds:\n  - {nonsense: 1}\n")
        told = self.call("list", "kinds", "--config", config).stderr.decode()
        for member in re.search(r"allowed: (.*)", told).group(1).split(", "):
            self.assertRegex(words("yinma-kinds.5"), rf"\n\.[A-Z]+ (.* )?{re.escape(member)}\b")

    def test_every_member_of_a_pack_stands_in_its_page(self):
        schema = json.loads((SOURCE / "rules/schema.json").read_text("utf-8"))
        names = set(schema["properties"])
        for definition in ("rule", "clause", "keep"):
            names |= set(schema["$defs"][definition]["properties"])
        for name in names:
            self.assertRegex(words("yinma-rules.5"), rf"\n\.[A-Z]+ (.* )?{re.escape(name)}\b")

    def test_the_examples_of_the_pages_are_right(self):
        example = lambda page: re.search(r"\.SH EXAMPLE\n\.nf\n(.*?)\.fi", words(page), re.S).group(1)
        self.file("house.yaml", example("yinma-rules.5"))
        for name, text in (("whole.yaml", example("yinma.yaml.5")), ("own.yaml", example("yinma-kinds.5")),
                           ("packs.yaml", "packs: [house.yaml]\nprofiles: [house]\n")):
            config = self.file(name, text)
            done = self.call("scan", "--config", config, "--no-builtin", self.file("empty.txt", b"nothing\n"))
            self.assertEqual(done.status, 0, done.stderr)
        done = self.call("list", "kinds", "--check", "--config", self.folder / "own.yaml")
        self.assertEqual(done.status, 0, done.stdout + done.stderr)


if __name__ == "__main__":
    main()
