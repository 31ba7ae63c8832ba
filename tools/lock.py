# SPDX-License-Identifier: Apache-2.0
"""Write the locks: every package with version and hashes, for all platforms and Python 3.11 to 3.13.

What a person edits: `dependencies` in pyproject.toml, requirements/*.in, package.json. Locked versions
stay unless `--upgrade` is given. No lock names the host that a package comes from.
"""

import os
import subprocess
import sys
from pathlib import Path

from tools.console import fail, say

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "requirements"
HEADER = "# SPDX-License-Identifier: Apache-2.0\n# Written by `make lock`; do not edit.\n"
UV = (
    *("uv", "pip", "compile", "--quiet", "--universal", "--python-version", "3.11", "--generate-hashes"),
    *("--no-header", "--no-annotate", "--no-emit-index-url", "--no-emit-find-links"),
)
# Lock, its sources, further options; those below dev.txt take its versions.
LOCKS: dict[str, tuple[list[str], list[str]]] = {
    "dev.txt": (["pyproject.toml", "requirements/dev.in"], ["--emit-build-options"]),
    "build.txt": (["requirements/build.in"], ["--constraints", "requirements/dev.txt"]),
    "client.txt": (["pyproject.toml", "requirements/client.in"], ["--constraints", "requirements/dev.txt"]),
    "slither.txt": (["requirements/slither.in"], []),
}


def main() -> None:
    """Write all locks, in the order in which they depend on each other."""
    for name, (sources, options) in LOCKS.items():
        before = Before(FOLDER / name)
        run([*UV, *options, *sys.argv[1:], *sources, "--output-file", f"requirements/{name}"])
        lock = FOLDER / name
        lock.write_text(HEADER + lock.read_text(encoding="utf-8"), encoding="utf-8")
        say(f"requirements/{name}: {before.compare()}")
    before = Before(ROOT / "package-lock.json")
    run(["npm", "install", "--package-lock-only", "--ignore-scripts", "--omit-lockfile-registry-resolved"])
    say(f"package-lock.json: {before.compare()}")


class Before:
    """A lock as it was, so that one that stays the same keeps its time and nothing is installed anew."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._content = path.read_bytes() if path.exists() else None
        self._time = path.stat().st_mtime_ns if path.exists() else 0

    def compare(self) -> str:
        """Say whether the lock changed; if not, give it back its time."""
        if self._path.read_bytes() != self._content:
            return "changed"
        os.utime(self._path, ns=(self._time, self._time))
        return "as before"


def run(command: list[str]) -> None:
    """Run a command in the checkout; its failure is ours."""
    if subprocess.run(command, cwd=ROOT, check=False).returncode != 0:
        fail(f"`{' '.join(command[:3])}` failed; the locks that were not reached are as before.")


if __name__ == "__main__":
    main()
