"""Text that holds no personal data of Taiwan: Debian packages, unpacked into benchmarks/corpora.

Every finding in it is wrong, but e-mail addresses (of maintainers, real ones), which are counted
apart. Without apt the folders that a Debian installation has are scanned instead.
"""

import collections
import json
import pathlib
import shutil
import subprocess

# Source code, manuals, dictionaries, registers, tables of time zones, places and characters.
PACKAGES = ("golang-1.19-src", "linux-doc-6.1", "python3.11-doc", "perl-doc", "postgresql-doc-15",
            "gnuplot-doc", "wamerican-insane", "unicode-data", "iso-codes", "tzdata", "ncbi-data",
            "proj-data", "ieee-data", "geoip-database")
INSTALLED = ("/usr/share/doc", "/usr/include", "/usr/share/perl", "/usr/lib/python3")
PER_100_MB = 1.0  # findings at most


def unpack(corpora):
    """The folder with the packages' files, made once; None without apt or a network."""
    folder = corpora / "debian"
    if (folder / "complete").exists():
        return folder
    if not shutil.which("apt-get") or not shutil.which("dpkg-deb"):
        return None
    folder.mkdir(parents=True, exist_ok=True)
    for package in PACKAGES:
        got = subprocess.run(["apt-get", "download", "-q", package], cwd=folder, capture_output=True, check=False)
        archives = list(folder.glob(f"{package}_*.deb"))
        if got.returncode != 0 or not archives:
            print(f"  {package} could not be downloaded; only what is installed is scanned")
            return None
        subprocess.run(["dpkg-deb", "-x", archives[0], folder / package], check=True)
        archives[0].unlink()
    (folder / "complete").touch()
    return folder


def measure_real_text(program, corpora, environment):
    unpacked = unpack(pathlib.Path(corpora))
    folders = [str(unpacked)] if unpacked else [f for f in INSTALLED if pathlib.Path(f).is_dir()]
    done = subprocess.run([program, "scan", "--format", "ndjson", *folders], capture_output=True,
                          env=environment, check=False)
    records = [json.loads(line) for line in done.stdout.splitlines()]
    fields = [r for r in records if r["type"] == "field" and r["confidence"] != "possible"]
    scanned = records[-1]["bytes_scanned"]
    counts = collections.Counter(r["kind"] for r in fields)
    mails = counts.pop("email", 0)
    wrong = sum(counts.values())
    shown = [str(pathlib.Path(corpora).parent.parent) + "/", ""]
    return {"folders": [f.replace(*shown) for f in folders], "bytes_scanned": scanned, "findings": wrong, "by_kind": dict(counts),
            "per_100_mb": wrong / (scanned / 1e8), "fields_of_email": mails,
            "places": [f"{r['unit'].replace(*shown)} {r['table']} {r['column']} {r['kind']} {r['values']}"
                       for r in fields if r["kind"] != "email"]}


def show_real_text(result):
    print(f"\ntext without personal data of Taiwan: {result['bytes_scanned'] / 1e6:.0f} MB, "
          f"{result['findings']} findings {result['by_kind'] or ''}, "
          f"{result['per_100_mb']:.2f} for 100 MB (at most {PER_100_MB}); "
          f"{result['fields_of_email']} places with e-mail addresses")
    for place in result["places"]:
        print(f"  {place}")
