"""Completions in real shells: every command and option is offered, and every word that is allowed."""

import os
import pty
import re
import select
import subprocess
import time

from delivery import BUILD, ProgramTest, main, needs

MADE = BUILD / "packaging"


class Completions(ProgramTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        data = cls.folder / "share"
        for shell, place in (("bash", "bash-completion/completions/yinma"),
                             ("zsh", "zsh/vendor-completions/_yinma"),
                             ("fish", "fish/vendor_completions.d/yinma.fish")):
            (data / place).parent.mkdir(parents=True)
            (data / place).write_bytes((MADE / f"yinma.{shell}").read_bytes())
        cls.shell = {**cls.environment, "XDG_DATA_DIRS": f"{data}:/usr/share", "TERM": "dumb",
                     "PATH": f"{MADE.parent}:{os.environ['PATH']}", "HISTFILE": ""}
        cls.data = data

    def options_of(self, command):
        text = self.call(command, "--help").stdout.decode()
        return set(re.findall(r"^ +(?:-\w, )?(--[a-z][a-z-]*)", text, re.M))

    def commands(self):
        return re.findall(r"^  ([a-z]+) ", self.call("--help").stdout.decode(), re.M)

    def allowed(self, option):
        """The words that the program itself names when it is given another."""
        done = self.call("scan", option, "zzz", self.folder)
        found = re.search(r"allowed: (.*)", done.stderr.decode()) if done.status == 2 else None
        return set(found.group(1).split(", ")) if found else None

    def check_all(self, complete):
        """COMPLETE(words…): what a shell offers for the last word."""
        self.assertEqual(set(complete("yinma", "")) & set(self.commands()), set(self.commands()))
        for command in self.commands():
            self.assertEqual(self.options_of(command) - set(complete("yinma", command, "--")), set(), command)
        self.assertEqual(set(complete("yinma", "list", "k")), {"kinds"})
        self.assertIn("card_number", complete("yinma", "explain", "card_n"))
        known = 0
        for option in sorted(self.options_of("scan")):
            words = self.allowed(option)
            if words:
                known += 1
                self.assertEqual(words - set(complete("yinma", "scan", option, "")), set(),
                                 f"{option}: see option_candidates in packaging/write_interface.c")
        self.assertGreater(known, 6)
        (self.folder / "dumps-here").mkdir(exist_ok=True)
        self.assertIn("dumps-here", [w.rstrip("/") for w in complete("yinma", "scan", "dumps-h")])
        self.assertIn("dumps-here", [w.rstrip("/") for w in complete("yinma", "scan", "--config", "dumps-h")])

    @needs("bash")
    def test_bash(self):
        script = """
            source /usr/share/bash-completion/bash_completion 2>/dev/null && _completion_loader yinma ||
                source "$YINMA_COMPLETION"
            COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMP_LINE="$*"; COMP_POINT=${#COMP_LINE}
            [[ $(complete -p yinma) == *-F\\ _yinma* ]] || exit 9
            _yinma yinma "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD-1]}"
            printf '%s\\n' "${COMPREPLY[@]}"
        """
        def complete(*words):
            done = subprocess.run(["bash", "--norc", "-c", script, "bash", *words], capture_output=True, text=True,
                                  cwd=self.folder, env={**self.shell, "YINMA_COMPLETION": str(MADE / "yinma.bash")})
            self.assertEqual((done.returncode, done.stderr), (0, ""), words)
            return done.stdout.split()
        self.check_all(complete)
        self.assertEqual(complete("yinma", "scan", "--fail-on", "=", "cr"), ["critical"])

    @needs("fish")
    def test_fish(self):
        def complete(*words):
            done = subprocess.run(["fish", "--no-config", "-c",
                                   f"source {MADE}/yinma.fish; complete -C (string join ' ' -- $argv)", *words],
                                  capture_output=True, text=True, cwd=self.folder, env=self.shell)
            self.assertEqual((done.returncode, done.stderr), (0, ""), words)
            return [line.split("\t")[0] for line in done.stdout.splitlines()]
        self.check_all(complete)

    @needs("zsh")
    def test_zsh(self):
        """zsh completes in its line editor only: one is driven through a terminal, and a word of ours
        prints what compadd was given."""
        terminal = Terminal(["zsh", "-f", "-i"], {**self.shell, "PS1": "FIRST"}, self.folder)
        try:
            terminal.wait("FIRST")
            terminal.send("PS1='READY'; unsetopt prompt_cr; stty rows 999 cols 300 -echo;"
                          f" fpath=({self.data}/zsh/vendor-completions $fpath);"
                          " autoload -Uz compinit && compinit -D -u; LISTMAX=0;"
                          " zstyle ':completion:*' list-separator '##';"
                          " show() { compstate[insert]=; compstate[list]='list force packed' };"
                          " zle -C show .complete-word wrap;"
                          " wrap() { _main_complete; show }; bindkey '^T' show; PS2=\n")
            terminal.wait("READY")
            complete = lambda *words: terminal.complete(" ".join(words))
            self.assertEqual(set(complete("yinma", "")) & set(self.commands()), set(self.commands()))
            for command in self.commands():
                offered = {word.rstrip("=") for word in complete("yinma", command, "--")}
                self.assertEqual(self.options_of(command) - offered, set(), command)
            self.assertIn("kinds", complete("yinma", "list", ""))
            self.assertIn("critical", complete("yinma", "scan", "--fail-on", ""))
        finally:
            terminal.close()


class Terminal:
    def __init__(self, command, environment, folder):
        self.pid, self.file = pty.fork()
        if self.pid == 0:
            os.chdir(folder)
            os.execvpe(command[0], command, environment)

    def send(self, text):
        os.write(self.file, text.encode())

    def read(self, seconds):
        ready, _, _ = select.select([self.file], [], [], seconds)
        return os.read(self.file, 65536).decode("utf-8", "replace") if ready else ""

    def wait(self, mark):
        text, end = "", time.monotonic() + 30
        while time.monotonic() < end:
            more = self.read(0.3)
            text += more
            if mark in text and not more:
                return text
        raise AssertionError(f"no {mark!r} in {text!r}")

    def complete(self, line):
        self.send(f"\x15{line}\x14")
        text, end = "", time.monotonic() + 20
        while time.monotonic() < end:
            more = self.read(0.5)
            text += more
            if text and not more:
                break
        self.send("\x15\x0c")
        self.read(0.3)
        text = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", " ", text).replace("\x08", "")
        return re.findall(r"[\w=.-]+", text)

    def close(self):
        os.close(self.file)
        os.waitpid(self.pid, 0)


if __name__ == "__main__":
    main()
