"""A headless Chromium, driven by the WebDriver protocol of chromedriver: no library needed."""

import json
import re
import shutil
import subprocess
import urllib.error
import urllib.request

AVAILABLE = all(shutil.which(name) for name in ("chromium", "chromedriver"))
FLAGS = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
         "--no-first-run", "--disable-background-networking", "--lang=en"]


class Browser:
    """Open pages of FOLDER's profile; close() ends the browser and its driver."""

    def __init__(self, folder):
        self.driver = subprocess.Popen(["chromedriver", "--port=0"], stdout=subprocess.PIPE,
                                       stderr=subprocess.DEVNULL)
        for line in self.driver.stdout:
            port = re.search(rb"started successfully on port (\d+)", line)
            if port:
                break
        else:
            raise RuntimeError("chromedriver did not start")
        self.base = f"http://127.0.0.1:{int(port.group(1))}"
        flags = FLAGS + [f"--user-data-dir={folder}"]
        session = self.call("/session", {"capabilities": {"alwaysMatch": {
            "goog:chromeOptions": {"args": flags, "binary": shutil.which("chromium")}}}})
        self.session = f"/session/{session['sessionId']}"

    def call(self, path, body=None, method=None):
        request = urllib.request.Request(
            self.base + path, None if body is None else json.dumps(body).encode(),
            {"Content-Type": "application/json"}, method=method)
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as refused:
            raise RuntimeError(json.load(refused)["value"]["message"]) from None

    def open(self, path):
        self.call(self.session + "/url", {"url": path.resolve().as_uri()})

    def run(self, script, *arguments):
        return self.call(self.session + "/execute/sync", {"script": script, "args": arguments})

    def devtools(self, command, **parameters):
        return self.call(self.session + "/goog/cdp/execute",
                         {"cmd": command, "params": parameters})

    def width(self, columns):
        self.devtools("Emulation.setDeviceMetricsOverride", width=columns, height=900,
                      deviceScaleFactor=1, mobile=columns < 600)

    def keys(self, *names):
        codes = {"Tab": "\ue004", "Enter": "\ue007"}
        actions = [{"type": kind, "value": codes.get(name, name)}
                   for name in names for kind in ("keyDown", "keyUp")]
        self.call(self.session + "/actions",
                  {"actions": [{"type": "key", "id": "keyboard", "actions": actions}]})

    def close(self):
        try:
            self.call(self.session, method="DELETE")
        finally:
            self.driver.terminate()
            self.driver.wait()
            self.driver.stdout.close()
