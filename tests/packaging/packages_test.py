"""The Debian packages: made by cpack, unpacked, used from there. Nothing here needs the network."""

import os
import pathlib
import re
import shutil
import subprocess
import tempfile

from delivery import BUILD, DATA, HEAVY, PROGRAM, SOURCE, ProgramTest, main, needs

DUMP = DATA / "mariadb/shop.sql"
ANSWER = re.compile(rb"platform/5\.3\.4 .*card_number in card_no")


def output(*command, **how):
    return subprocess.run(list(map(str, command)), check=True, capture_output=True, text=True, **how).stdout


@needs("cpack", "dpkg-deb", "dpkg-shlibdeps", "file")
class Packages(ProgramTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        subprocess.run(["cpack", "--config", BUILD / "CPackConfig.cmake", "-B", cls.folder / "made"],
                       check=True, cwd=BUILD, capture_output=True)
        cls.packages = {path.name.split("_")[0]: path for path in (cls.folder / "made").glob("*.deb")}
        cls.root = cls.folder / "root"
        for path in cls.packages.values():
            subprocess.run(["dpkg-deb", "-x", path, cls.root], check=True)
        cls.libraries = next(cls.root.glob("usr/lib/**/libyinma.so")).parent

    def fields(self, package):
        text = output("dpkg-deb", "-f", self.packages[package])
        return dict(re.findall(r"^([A-Z][\w-]*): (.*)$", text, re.M))

    def test_there_are_three_and_each_knows_what_it_needs(self):
        self.assertEqual(set(self.packages), {"yinma", "libyinma0", "libyinma-dev"})
        for package in ("yinma", "libyinma0"):
            needed = self.fields(package)["Depends"]
            for library in ("libc6", "libarchive13", "libyaml-0-2", "libnettle8"):
                self.assertIn(library, needed)
        self.assertIn("libxlsxwriter", self.fields("yinma")["Depends"])
        self.assertRegex(self.fields("libyinma-dev")["Depends"], r"^libyinma0 \(= ")

    def test_the_program_runs_where_it_was_unpacked(self):
        program = self.root / "usr/bin/yinma"
        self.assertNotIn("not found", output("ldd", program))
        for arguments in (("scan", DUMP), ("scan", "--lang", "zh-TW", DUMP),
                          ("explain", "--lang", "zh-TW", "platform/5.3.6"), ("list", "rules"), ("--help",)):
            with self.subTest(arguments):
                unpacked, built = (self.call(*arguments, program=str(p)) for p in (program, PROGRAM))
                plain = [re.sub(rb"[0-9.]+ (s|MB/s)\b", b"", run.stdout) for run in (unpacked, built)]
                self.assertEqual(unpacked.status, built.status, unpacked.stderr)
                self.assertEqual(*plain)
        chinese = self.call("--help", "--lang", "zh-TW", program=str(program)).stdout.decode()
        self.assertRegex(chinese, "[\u4e00-\u9fff]")

    def test_a_program_called_locale_beside_it_is_no_catalogue(self):
        """/usr/bin/locale is one on every Debian."""
        folder = self.folder / "usr2/bin"
        folder.mkdir(parents=True)
        shutil.copy2(self.root / "usr/bin/yinma", folder)
        shutil.copy2("/bin/true", folder / "locale")
        shutil.copytree(self.root / "usr/share/locale", self.folder / "usr2/share/locale")
        run = self.call("--help", "--lang", "zh-TW", program=str(folder / "yinma"))
        self.assertRegex(run.stdout.decode(), "[\u4e00-\u9fff]")

    def test_everything_is_in(self):
        there = {str(path.relative_to(self.root)) for path in self.root.rglob("*") if not path.is_dir()}
        for wanted in ("usr/share/man/man1/yinma.1", "usr/share/man/man5/yinma.yaml.5",
                       "usr/share/man/man5/yinma-rules.5", "usr/share/man/man5/yinma-kinds.5",
                       "usr/share/bash-completion/completions/yinma", "usr/share/zsh/vendor-completions/_yinma",
                       "usr/share/fish/vendor_completions.d/yinma.fish", "usr/include/yinma.h",
                       "usr/lib/systemd/system/yinma-nightly.service",
                       "usr/lib/systemd/system/yinma-nightly.timer", "usr/libexec/yinma/yinma-nightly",
                       "etc/yinma/nightly.conf", "usr/share/doc/yinma/copyright"):
            self.assertIn(wanted, there)
        control = output("dpkg-deb", "-I", self.packages["yinma"], "conffiles")
        self.assertEqual(control.strip(), "/etc/yinma/nightly.conf")

    # ---- the library ----

    def compile(self, name, *options):
        program = self.folder / name
        source = next(self.root.glob("usr/share/doc/libyinma-dev/examples/scan_memory.c"))
        self.assertEqual(source.read_bytes(), (SOURCE / "examples/scan_memory.c").read_bytes())
        done = subprocess.run([os.environ.get("CC", "cc"), "-Wall", "-Wextra", "-Werror", source, "-o", program,
                               *options], capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stderr)
        return program

    def library_flags(self, *options):
        environment = {**os.environ, "PKG_CONFIG_PATH": str(self.libraries / "pkgconfig")}
        # what pkg-config counts as the system's own folders it leaves out
        return output("pkg-config", *options, "yinma", env=environment).split()

    @needs("pkg-config", "readelf")
    def test_the_example_is_built_by_pkg_config_alone(self):
        program = self.compile("shared", *self.library_flags("--cflags", "--libs"))
        self.assertIn("[libyinma.so.0]", output("readelf", "-d", program))
        environment = {**self.environment, "LD_LIBRARY_PATH": str(self.libraries)}
        done = subprocess.run([program], capture_output=True, env=environment)
        self.assertEqual(done.returncode, 1, done.stderr)
        self.assertRegex(done.stdout, ANSWER)

    @needs("pkg-config", "readelf")
    def test_the_example_with_the_static_library(self):
        flags = ["-l:libyinma.a" if flag == "-lyinma" else flag
                 for flag in self.library_flags("--static", "--cflags", "--libs")]
        program = self.compile("static", *flags)
        self.assertNotIn("libyinma", output("readelf", "-d", program))
        done = subprocess.run([program], capture_output=True, env=self.environment)
        self.assertRegex(done.stdout, ANSWER)

    @needs("nm")
    def test_nothing_but_the_header_is_seen(self):
        header = (self.root / "usr/include/yinma.h").read_text()
        declared = set(re.findall(r"\b(yinma_[a-z_]+)\(", header))
        self.assertGreater(len(declared), 5)
        library = self.libraries / "libyinma.so.0"
        rows = [line.split() for line in output("nm", "-D", "--defined-only", library).splitlines()]
        seen = {row[2].partition("@@") for row in rows if row[1] != "A"}
        self.assertEqual({name for name, _, _ in seen}, declared)
        self.assertEqual({version for _, _, version in seen}, {"YINMA_0"})

    # ---- a clean system ----

    @needs("debootstrap", "chroot")
    def test_it_installs_on_a_bare_debian(self):
        if not HEAVY or os.geteuid() != 0:
            self.skipTest("needs the network and root: ./dev test --all")
        root = pathlib.Path(tempfile.mkdtemp(prefix="yinma-root-"))
        try:
            subprocess.run(["debootstrap", "--variant=minbase", "bookworm", root], check=True, capture_output=True)
            for path in self.packages.values():
                shutil.copy(path, root / "tmp")
            shutil.copy(DUMP, root / "tmp/shop.sql")
            run = lambda command: subprocess.run(["chroot", root, "sh", "-c", command], capture_output=True, text=True)
            done = run("apt-get install -y --no-install-recommends /tmp/*.deb")
            self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
            done = run("cd /tmp && LC_ALL=C.UTF-8 yinma scan --lang zh-TW shop.sql")
            self.assertEqual(done.returncode, 1, done.stderr)
            # /proc is not there: the catalogue is found all the same
            self.assertRegex(run("yinma --help --lang zh-TW").stdout, "[\u4e00-\u9fff]")
            self.assertEqual(run("apt-get purge -y yinma libyinma0 && ! test -e /etc/yinma").returncode, 0)
        finally:
            shutil.rmtree(root, ignore_errors=True)


if __name__ == "__main__":
    main()
