"""The gates of release pipelines, tried against a local git repository as their services would run them."""

import json
import os
import re
import resource
import subprocess
import xml.etree.ElementTree as ElementTree

import yaml

from delivery import PROGRAM, SOURCE, ProgramTest, main, needs

MEMBERS = (SOURCE / "tests/firm/usb/members.csv").read_bytes()
CLEAN = b"order_no,amount\n20250101000001,120\n20250101000002,80\n"


@needs("git", "bash")
class Gates(ProgramTest):
    def setUp(self):
        self.tools = self.folder / self._testMethodName / "bin"
        self.tools.mkdir(parents=True)
        (self.tools / "yinma").symlink_to(PROGRAM)
        self.variables = {**self.environment, "PATH": f"{self.tools}:{os.environ['PATH']}",
                          "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_NOSYSTEM": "1",
                          **{f"GIT_{who}_{what}": value for who in ("AUTHOR", "COMMITTER")
                             for what, value in (("NAME", "t"), ("EMAIL", "t@example.com"))}}
        self.repository = self.folder / self._testMethodName / "repository"
        self.repository.mkdir()
        self.git("init", "-q", ".")
        self.write("orders.csv", CLEAN)
        self.git("add", ".")
        self.git("commit", "-qm", "first")

    def write(self, name, content):
        (self.repository / name).write_bytes(content)

    def git(self, *arguments):
        return subprocess.run(["git", *arguments], cwd=self.repository, env=self.variables, check=True,
                              capture_output=True, text=True).stdout

    def run_in(self, command, status, **variables):
        done = subprocess.run(command, cwd=self.repository, env={**self.variables, **variables},
                              capture_output=True, text=True)
        self.assertEqual(done.returncode, status, done.stdout + done.stderr)
        return done

    # ---- pre-commit ----

    def hook(self, identifier):
        hooks = yaml.safe_load((SOURCE / ".pre-commit-hooks.yaml").read_text())
        return next(hook for hook in hooks if hook["id"] == identifier)["entry"].split()

    def staged(self):
        return self.git("diff", "--cached", "--name-only", "--diff-filter=ACMR").split()

    def test_pre_commit(self):
        entry = self.hook("yinma")
        self.write("a.c", b"int main(void) { return 0; }\n")
        self.git("add", ".")
        self.run_in([*entry, *self.staged()], 0)
        self.write("members.csv", MEMBERS)
        self.write("-q.csv", CLEAN)  # a name is never an option
        self.git("add", ".")
        done = self.run_in([*entry, *self.staged()], 1)
        self.assertIn("members.csv", done.stdout)
        accepted = self.repository / "yinma-baseline.ndjson"
        self.run_in(["yinma", "scan", "--fail-on", "never", "--format", f"baseline:{accepted}", "members.csv"], 0)
        self.run_in([*self.hook("yinma-baseline"), *self.staged()], 0)
        self.run_in(self.hook("yinma-staged"), 1)
        self.git("reset", "-q", "members.csv")
        self.run_in(self.hook("yinma-staged"), 0)

    def test_a_small_commit_costs_less_than_a_tenth_of_a_second(self):
        if os.environ.get("YINMA_SANITIZE"):
            self.skipTest("sanitizers are slow")
        def spent():
            used = resource.getrusage(resource.RUSAGE_CHILDREN)
            return used.ru_utime + used.ru_stime
        costs = []
        for _ in range(5):
            before = spent()
            self.run_in([*self.hook("yinma"), "orders.csv"], 0)
            costs.append(spent() - before)
        self.assertLess(min(costs), 0.1)  # of processor time: other tests run beside this one

    def test_a_hook_of_git_itself(self):
        page = (SOURCE / "docs/gates/pre-commit.md").read_text("utf-8")
        script = re.search(r"```sh\n(#!.*?)```", page, re.S).group(1)
        hook = self.repository / ".git/hooks/pre-commit"
        hook.write_text(script)
        hook.chmod(0o755)
        self.write("more.csv", CLEAN)
        self.git("add", ".")
        self.git("commit", "-qm", "fine")
        self.write("members.csv", MEMBERS)
        self.git("add", ".")
        self.run_in(["git", "commit", "-qm", "not fine"], 1)

    # ---- services ----

    def shell(self, script, status, **variables):
        return self.run_in(["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script], status, **variables)

    def test_github(self):
        """docker is a stand-in that runs the program where the container would."""
        action = yaml.safe_load((SOURCE / "action.yml").read_text())
        steps = {step.get("id", step["name"]): step for step in action["runs"]["steps"]}
        stand_in = self.tools / "docker"
        stand_in.write_text('#!/bin/bash\n[ "$1" = run ] || exit 0\n'
                            'while [ "$1" != yinma-action ]; do shift; done; shift\nexec yinma "$@"\n')
        stand_in.chmod(0o755)
        defaults = {name: given["default"] for name, given in action["inputs"].items()}
        value = lambda text: re.sub(r"\$\{\{ inputs\.([a-z-]+) \}\}", lambda m: defaults[m.group(1)], text)
        variables = {name: value(text) for name, text in steps["scan"]["env"].items()}
        variables["GITHUB_OUTPUT"] = str(self.folder / "github-output")
        self.assertNotIn("${{", steps["scan"]["run"])  # inputs come as variables only
        self.shell(steps["scan"]["run"], 0, **variables)
        self.write("members.csv", MEMBERS)
        self.shell(steps["scan"]["run"], 1, **variables)
        results = json.loads((self.repository / "yinma.sarif").read_text())["runs"][0]["results"]
        self.assertGreater(len(results), 0)
        hostile = {**variables, "PATHS": "orders.csv $(touch${IFS}owned) `touch owned`"}
        self.shell(steps["scan"]["run"], 3, **hostile)
        self.assertFalse((self.repository / "owned").exists())
        upload = steps["Show it under code scanning"]
        self.assertEqual(upload["with"]["sarif_file"], "yinma.sarif")
        self.assertEqual(action["outputs"]["sarif"]["value"], "${{ steps.scan.outputs.sarif }}")

    def test_gitlab(self):
        template = yaml.safe_load((SOURCE / "packaging/gates/gitlab.yml").read_text())
        job = template["yinma"]
        variables = {name: str(value) for name, value in template["variables"].items()}
        script = "\n".join(job["script"])
        self.shell(script, 0, **variables)
        self.write("members.csv", MEMBERS)
        self.shell(script, 1, **variables)
        reports = job["artifacts"]["reports"]
        self.assertGreater(len(json.loads((self.repository / reports["codequality"]).read_text())), 0)
        ElementTree.parse(self.repository / reports["junit"])

    def test_jenkins(self):
        text = (SOURCE / "packaging/gates/Jenkinsfile").read_text()
        script = re.search(r"sh '''(.*?)'''", text, re.S).group(1)
        self.shell(script, 0)
        self.write("members.csv", MEMBERS)
        self.shell(script, 1)
        ElementTree.parse(self.repository / re.search(r"junit '([^']+)'", text).group(1))

    @needs("make")
    def test_make(self):
        call = ["make", "-f", SOURCE / "packaging/gates/yinma.mk"]
        self.run_in([*call, "personal-data"], 0)
        self.write("members.csv", MEMBERS)
        self.run_in([*call, "personal-data"], 2)  # make's own status of a failed recipe
        self.run_in([*call, "personal-data-accept"], 0)
        self.run_in([*call, "personal-data"], 0)


if __name__ == "__main__":
    main()
