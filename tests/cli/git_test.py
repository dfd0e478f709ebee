#!/usr/bin/env python3
"""`scan --staged` and `--changed-since`: what git would commit or says has changed, in repositories as people
have them, odd names, links, submodules, merges and hooks included."""

import os
import resource
import shutil
import subprocess
import unittest

from harness import SANITIZED, ProgramTest

IDS = ("A143231948", "F275749118", "I171147104", "O297465075", "W179907511")


@unittest.skipUnless(shutil.which("git"), "git is not installed")
class GitTest(ProgramTest):
    def setUp(self):
        self.environment = {**self.environment, "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_NOSYSTEM": "1",
                            "GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@example.com",
                            "GIT_COMMITTER_NAME": "a", "GIT_COMMITTER_EMAIL": "a@example.com"}
        self.repository = self.folder / self.id().split(".")[-1]
        self.repository.mkdir()
        self.git("init", "-q", "-b", "main", ".")

    def git(self, *arguments, cwd=None, check=True):
        return subprocess.run(["git", *arguments], cwd=cwd or self.repository, env=self.environment, check=check,
                              capture_output=True, text=True).stdout

    def write(self, name, *ids, more=""):
        path = self.repository / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("no,idno\n" + "".join(f"{n},{i}\n" for n, i in enumerate(ids)) + more)
        return path

    def commit(self, *names):
        self.git("add", *(names or ["."]))
        self.git("commit", "-qm", "x")

    def found(self, *arguments, status=1, cwd=None, **how):
        """{unit: how many IDs stand in it}"""
        run = self.scan(*arguments, status=status, cwd=cwd or self.repository, secrets=IDS, **how)
        return {f["unit"]: f["values"] for f in run.fields if f["kind"] == "tw_national_id"}

    def test_index_not_work_tree(self):
        self.write("kept.csv", IDS[0])
        self.commit()
        self.write("new.csv", IDS[0], IDS[1])
        self.git("add", "new.csv")
        self.write("new.csv", *IDS)  # since it was staged
        self.write("untracked.csv", *IDS)
        self.write("kept.csv", *IDS)  # not staged
        self.assertEqual(self.found("--staged"), {"new.csv": 2})
        self.git("add", "kept.csv")
        (self.repository / "kept.csv").unlink()  # gone from the work tree, yet to be committed
        self.assertEqual(self.found("--staged"), {"new.csv": 2, "kept.csv": 5})
        self.assertEqual(self.found("--staged", "new.csv"), {"new.csv": 2})
        self.assertEqual(self.found("--staged", "--exclude", "k*"), {"new.csv": 2})
        self.assertEqual(self.found("--staged", "-j", "4"), self.found("--staged", "-j", "1"))

    def test_first_commit_and_nothing(self):
        run = self.call("scan", "--staged", cwd=self.repository)
        self.assertEqual(run.status, 0)
        self.assertIn(b"nothing is staged", run.stderr)
        self.write("a.csv", IDS[0])
        self.git("add", ".")
        self.assertEqual(self.found("--staged"), {"a.csv": 1})
        self.git("commit", "-qm", "x")
        self.assertEqual(self.found("--staged", status=0), {})

    def test_deleted_renamed_and_new_mode(self):
        for name in ("gone.csv", "old.csv", "mode.csv"):
            self.write(name, IDS[0])
        self.commit()
        self.git("rm", "-q", "gone.csv")
        self.git("mv", "old.csv", "new.csv")
        (self.repository / "mode.csv").chmod(0o755)
        self.git("add", ".")
        self.assertEqual(self.found("--staged"), {"new.csv": 1, "mode.csv": 1})

    def test_odd_names(self):
        names = ["a b.csv", "ta\tb.csv", "li\nne.csv", "-dash.csv", "*.csv", ":(top)x.csv", "名單.csv", 'q"uo\'te.csv',
                 "back\\slash.csv", "deep/er/x.csv"]
        for name in names:
            self.write(name, IDS[0])
        with open(os.path.join(os.fsencode(self.repository), b"\xff\xfe.csv"), "wb") as file:
            file.write(f"no,idno\n1,{IDS[0]}\n".encode())
        self.git("add", ".")
        self.assertEqual(len(self.found("--staged")), len(names) + 1)
        self.assertEqual(self.found("--staged", "--", "*.csv"), {"*.csv": 1})
        self.assertEqual(len(self.found("--staged", "--", "-dash.csv")), 1)
        self.git("commit", "-qm", "x")
        for name in names:
            self.write(name, IDS[0], IDS[1])
        self.assertEqual(sum(self.found("--changed-since", "HEAD").values()), 2 * len(names))

    def test_from_below(self):
        self.write("top.csv", IDS[0])
        self.write("sub/low.csv", IDS[1])
        self.git("add", ".")
        below = self.repository / "sub"
        self.assertEqual(self.found("--staged", cwd=below), {"../top.csv": 1, "../sub/low.csv": 1})
        self.assertEqual(self.found("--staged", ".", cwd=below), {"../sub/low.csv": 1})
        self.git("commit", "-qm", "x")
        self.write("top.csv", IDS[0], IDS[1])
        self.assertEqual(self.found("--changed-since", "HEAD", cwd=below), {"../top.csv": 2})

    def test_links_and_submodules(self):
        inner = self.folder / "inner"
        inner.mkdir()
        self.git("init", "-q", ".", cwd=inner)
        (inner / "x.csv").write_text(f"idno\n{IDS[0]}\n")
        self.git("add", ".", cwd=inner)
        self.git("commit", "-qm", "x", cwd=inner)
        self.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(inner), "module")
        os.symlink("/etc/hostname", self.repository / "link")
        self.git("add", ".")
        empty = self.git("hash-object", "-t", "tree", "/dev/null").strip()
        for mode in (["--staged"], ["--changed-since", empty]):
            run = self.scan(*mode, cwd=self.repository, status=0)
            details = {c["unit"]: (c["status"], c["reason"], c["detail"]) for c in run.coverage}
            self.assertEqual(details, {
                "link": ("opaque", "special-file", "a symbolic link, not followed"),
                "module": ("opaque", "special-file", "a submodule: a repository of its own")})

    def test_changed_since(self):
        self.write("same.csv", *IDS)
        self.write("edited.csv", IDS[0])
        self.write("removed.csv", IDS[0])
        self.commit()
        self.git("branch", "start")
        self.write("committed.csv", IDS[1])
        self.commit()
        self.write("edited.csv", IDS[0], IDS[1])
        self.write("staged.csv", IDS[2])
        self.git("add", "staged.csv")
        (self.repository / "removed.csv").unlink()
        os.utime(self.repository / "same.csv")  # touched, not changed
        wanted = {"edited.csv": 2, "committed.csv": 1, "staged.csv": 1}
        for commit in ("start", "HEAD~1", self.git("rev-parse", "start").strip()):
            self.assertEqual(self.found("--changed-since", commit), wanted)
        self.assertEqual(self.found("--changed-since", "start", "edited.csv"), {"edited.csv": 2})
        self.assertEqual(self.found("--changed-since", "HEAD"), {"edited.csv": 2, "staged.csv": 1})

    def test_wrong_calls(self):
        self.write("a.csv", IDS[0])
        self.commit()
        outside = self.folder / "outside"
        outside.mkdir()
        bare = self.folder / "bare.git"
        self.git("init", "-q", "--bare", str(bare))
        for arguments, cwd in ((["--staged"], outside), (["--staged"], bare), (["--changed-since", "nosuch"], None),
                               (["--changed-since", "--output=x"], None), (["--changed-since", ""], None),
                               (["--changed-since", "HEAD:a.csv"], None),
                               (["--staged", "--changed-since", "HEAD"], None), (["--staged", "-"], None),
                               (["--staged", "--files-from", "-"], None)):
            with self.subTest(" ".join(arguments)):
                run = self.call("scan", *arguments, cwd=cwd or self.repository)
                self.assertEqual((run.status, run.stdout), (2, b""), run.stderr)
                self.assertTrue(run.stderr.startswith(b"yinma: "))
        self.assertEqual(sorted(p.name for p in self.repository.iterdir()), [".git", "a.csv"])
        without = {**self.environment, "PATH": "/nonexistent"}
        self.environment, kept = without, self.environment
        run = self.call("scan", "--staged", cwd=self.repository)
        self.environment = kept
        self.assertEqual((run.status, run.stderr), (2, b"yinma: git is not installed\n"))

    def test_unmerged(self):
        self.write("a.csv", IDS[0])
        self.commit()
        self.git("checkout", "-qb", "other")
        self.write("a.csv", IDS[1])
        self.commit()
        self.git("checkout", "-q", "main")
        self.write("a.csv", IDS[2])
        self.commit()
        self.git("merge", "other", check=False)
        run = self.scan("--staged", cwd=self.repository, status=3)
        self.assertEqual([(c["unit"], c["status"], c["detail"]) for c in run.coverage],
                         [("a.csv", "failed", "not merged yet")])

    def test_as_a_hook(self):
        """git hands a hook an index of its own: `commit FILE` does not commit what is staged otherwise."""
        program = os.environ.get("YINMA", "yinma")
        hook = self.repository / ".git/hooks/pre-commit"
        hook.parent.mkdir(exist_ok=True)
        hook.write_text(f"#!/bin/sh\nexec {program} scan --staged --quiet --format ndjson:.git/result.ndjson\n")
        hook.chmod(0o755)
        self.write("clean.csv")
        self.write("dirty.csv", IDS[0])
        self.git("add", ".")
        blocked = subprocess.run(["git", "commit", "-qm", "x"], cwd=self.repository, env=self.environment,
                                 capture_output=True)
        self.assertNotEqual(blocked.returncode, 0)
        passed = subprocess.run(["git", "commit", "-qm", "x", "clean.csv"], cwd=self.repository, env=self.environment,
                                capture_output=True)
        self.assertEqual(passed.returncode, 0, passed.stderr)
        blocked = subprocess.run(["git", "commit", "-qam", "x"], cwd=self.repository, env=self.environment,
                                 capture_output=True)
        self.assertNotEqual(blocked.returncode, 0)

    def test_nothing_that_the_repository_names_is_run(self):
        mark = self.folder / "mark"
        script = self.folder / "evil.sh"
        script.write_text(f"#!/bin/sh\ntouch {mark}\n")
        script.chmod(0o755)
        self.write("a.csv", IDS[0])
        self.commit()
        self.write("a.csv", IDS[1])
        (self.repository / ".gitattributes").write_text("*.csv diff=evil\n")
        for name in ("core.fsmonitor", "diff.external", "diff.evil.command", "diff.evil.textconv", "core.pager",
                     "core.editor", "core.sshCommand"):
            self.git("config", name, str(script))
        mark.unlink(missing_ok=True)
        self.environment["GIT_EXTERNAL_DIFF"] = str(script)
        self.found("--changed-since", "HEAD")
        self.git("-c", "core.fsmonitor=false", "add", ".")
        mark.unlink(missing_ok=True)
        self.assertEqual(self.found("--staged"), {"a.csv": 1})
        self.assertFalse(mark.exists())

    def test_much_and_large(self):
        for number in range(1500):
            self.write(f"f{number % 7}/{number}.csv", IDS[number % 5])
        large = self.write("large.csv", more="".join(f"{n},{IDS[n % 5]}\n" for n in range(300000)))
        self.git("add", ".")
        found = self.found("--staged")
        self.assertEqual((len(found), found["large.csv"]), (1501, 300000))
        large.unlink()
        run = self.scan("--staged", "--max-spool", "1M", cwd=self.repository, status=1)
        [gap] = run.coverage
        self.assertEqual((gap["unit"], gap["reason"]), ("large.csv", "limit"))
        self.assertIn("--max-spool", gap["detail"])

    def test_the_folder_of_git(self):
        """Loose objects are read, packs are told."""
        self.write("a.csv", IDS[0], IDS[1])
        self.commit()
        self.git("rm", "-q", "a.csv")
        self.git("commit", "-qm", "gone")
        self.git("tag", "-am", "x", "v1")
        run = self.scan(".", cwd=self.repository, status=1, secrets=IDS)
        self.assertEqual([f["values"] for f in run.fields if f["kind"] == "tw_national_id"], [2])
        self.assertEqual([c for c in run.coverage if c["status"] != "opaque"], [])
        [unit] = {f["unit"] for f in run.fields if f["kind"] == "tw_national_id"}
        broken = self.repository / unit.split("!/")[0]
        broken.chmod(0o644)
        content = broken.read_bytes()
        broken.write_bytes(content[:-9])
        run = self.scan(broken.parent, cwd=self.repository)
        self.assertEqual([c["status"] for c in run.coverage], ["partial"])
        broken.write_bytes(content)
        self.write("b.csv", IDS[0])
        self.commit()
        self.git("repack", "-qad")
        self.git("prune-packed", "-q")
        run = self.scan(".git/objects", cwd=self.repository, status=3)
        self.assertEqual({(c["status"], c["detail"]) for c in run.coverage if c["status"] != "opaque"},
                         {("partial", "git pack: history, in differences; scan what is checked out")})
        (self.repository / "big.bin").write_text("version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 9\n")
        run = self.scan("big.bin", cwd=self.repository, status=3)
        self.assertIn("LFS", run.coverage[0]["detail"])

    @unittest.skipIf(SANITIZED, "measures the program as it is delivered")
    def test_quick(self):
        for number in range(2000):
            self.write(f"src/{number}.txt", more="nothing here\n" * 50)
        self.commit()
        for number in range(5):
            self.write(f"src/{number}.txt", more="something else\n" * 50)
        self.git("add", ".")
        def spent():
            used = resource.getrusage(resource.RUSAGE_CHILDREN)
            return used.ru_utime + used.ru_stime
        took = []
        for _ in range(7):
            before = spent()
            self.assertEqual(self.call("scan", "--staged", "--quiet", cwd=self.repository).status, 0)
            took.append(spent() - before)
        self.assertLess(min(took), 0.1)  # of processor time: other tests run beside this one


if __name__ == "__main__":
    unittest.main()
