"""Find a Chromium for the browser tests, or install one.

`python -m tests.browser.install_chromium` ends with 0 when one is ready. Tests without a browser
must fail, not be skipped: exit code 1 says that none could be had.
"""

import os
import shutil
import subprocess
import sys

from playwright.sync_api import Error, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = [
    "--headless",
    "--no-sandbox",  # root in a container cannot have one; the tests only open our own pages
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--use-angle=swiftshader",  # draws maps without a graphics card
    "--enable-unsafe-swiftshader",
    # Whatever a page might still ask of another host finds none.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
]


def on_path() -> str | None:
    """Give the Chromium that the machine has, or None to let Playwright take its own.

    CHROMIUM names one directly. A name on PATH counts only if it starts: Ubuntu's
    chromium-browser is a note that asks for snap.
    """
    for name in (os.environ.get("CHROMIUM", ""), *NAMES):
        path = shutil.which(name) if name else None
        if path and _runs(path, "--version"):
            return path
    return None


def launches() -> bool:
    """Tell whether a browser really opens a page: --version works without its libraries."""
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=on_path(), args=ARGUMENTS)
            browser.new_page().goto("about:blank")
            browser.close()
    except Error:
        return False
    return True


def main() -> int:
    """Try what is there, then Playwright's own Chromium, then Debian's package."""
    if launches():
        print(f"Chromium: {on_path() or 'the one Playwright keeps'}")
        return 0
    as_root = hasattr(os, "geteuid") and os.geteuid() == 0
    has_apt = shutil.which("apt-get") is not None
    playwright = [sys.executable, "-m", "playwright", "install"]
    if as_root and has_apt:
        playwright.append("--with-deps")
    for steps in (
        [[*playwright, "chromium"]],
        [["apt-get", "update"], ["apt-get", "install", "--yes", "chromium"]]
        if as_root and has_apt
        else [],
    ):
        if steps and all(_runs(*step, shown=True) for step in steps) and launches():
            print(f"Chromium: {on_path() or 'the one Playwright keeps'}")
            return 0
    print(
        "No Chromium could be started or installed, so the browser tests can't run. Install one "
        f"({', '.join(NAMES[:3])}) so that it is on PATH, or name it in CHROMIUM.",
        file=sys.stderr,
    )
    return 1


def _runs(*command: str, shown: bool = False) -> bool:
    output = None if shown else subprocess.DEVNULL
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    try:
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            env=environment,
            check=False,
            timeout=900,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
