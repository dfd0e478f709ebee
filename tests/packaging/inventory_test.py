"""The SBOM names exactly what is linked in; the tarball is the same twice."""

import hashlib
import json
import os
import re
import subprocess

from delivery import PROGRAM, SOURCE, ProgramTest, main, needs


class Inventory(ProgramTest):
    @needs("dpkg-query", "ldd")
    def test_the_list_of_what_is_linked_in(self):
        make = lambda: subprocess.run(["sh", SOURCE / "packaging/sbom.sh", PROGRAM, "1.2.3"], check=True,
                                      capture_output=True).stdout
        text = make()
        self.assertEqual(text, make())
        document = json.loads(text)
        self.assertEqual(document["spdxVersion"], "SPDX-2.3")
        self.assertEqual(document["SPDXID"], "SPDXRef-DOCUMENT")
        self.assertRegex(document["creationInfo"]["created"], r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$")
        packages = {package["SPDXID"]: package for package in document["packages"]}
        self.assertEqual(len(packages), len(document["packages"]))
        for identifier, package in packages.items():
            self.assertRegex(identifier, r"^SPDXRef-[A-Za-z0-9.-]+$")
            for member in ("name", "versionInfo", "downloadLocation", "licenseConcluded", "copyrightText"):
                self.assertTrue(package[member])
        linked = {r["relatedSpdxElement"] for r in document["relationships"]
                  if r["relationshipType"] == "DYNAMIC_LINK"}
        self.assertEqual(linked, set(packages) - {"SPDXRef-yinma"})
        self.assertEqual(packages["SPDXRef-yinma"]["checksums"][0]["checksumValue"],
                         hashlib.sha256(open(PROGRAM, "rb").read()).hexdigest())
        # every library that the program asks for by name belongs to one of the packages
        names = {package["name"] for package in packages.values()}
        wanted = subprocess.run(["readelf", "-d", PROGRAM], check=True, capture_output=True, text=True).stdout
        for library in re.findall(r"NEEDED.*\[(lib[^\]]+)\]", wanted):
            owners = subprocess.run(["dpkg-query", "-S", f"*/{library}"], capture_output=True, text=True).stdout
            self.assertTrue({line.split(":")[0] for line in owners.splitlines()} & names, library)

    @needs("git", "xz")
    def test_the_tarball_is_the_same_twice(self):
        if subprocess.run(["git", "-C", SOURCE, "rev-parse", "HEAD"], capture_output=True).returncode != 0:
            self.skipTest("not a clone")
        made = []
        for name, zone in (("one", "UTC"), ("two", "Asia/Taipei")):
            done = subprocess.run([SOURCE / "dev", "dist", self.folder / name], capture_output=True, text=True,
                                  env={**os.environ, "TZ": zone})
            self.assertEqual(done.returncode, 0, done.stderr)
            made.append(next((self.folder / name).glob("yinma-*.tar.xz")))
        self.assertEqual(*(hashlib.sha256(path.read_bytes()).hexdigest() for path in made))
        listed = subprocess.run(["tar", "-tf", made[0]], check=True, capture_output=True, text=True).stdout
        self.assertRegex(listed, r"(?m)^yinma-[0-9.]+/scanner/yinma\.h$")


if __name__ == "__main__":
    main()
