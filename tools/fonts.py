# SPDX-License-Identifier: Apache-2.0
"""Make the fonts of the reports: small, renamed, reproducible subsets of two families under the OFL.

    python tools/fonts.py            download the sources (npm pack), build, write
    python tools/fonts.py --check    build again and compare with what is committed

The sources are pinned by version and SHA-256, so the same bytes come out on every machine. The licence
forbids the reserved name "Source" for modified versions; a subset is one, hence the name "Concordat".
"""

from __future__ import annotations

import argparse
import hashlib
import io
import json
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

TARGET = Path(__file__).resolve().parent.parent / "src" / "concordat" / "data" / "fonts"
SERIF, MONO = "@expo-google-fonts/noto-serif-sc@0.4.3", "@expo-google-fonts/source-code-pro@0.4.1"
LICENCE = "package/LICENSE_FONT"


@dataclass(frozen=True)
class Source:
    """One outline file inside one npm package, and the part of it that becomes one file here."""

    package: str
    member: str
    sha256: str
    target: str
    family: str
    style: str
    characters: str


SOURCES = (
    Source(
        SERIF,
        "package/400Regular/NotoSerifSC_400Regular.ttf",
        "c358a69de3df5f423a8946a7b03e3126fb6ba116f1130a463455b4e39e1f0742",
        "ConcordatSerif-Regular.ttf",
        "Concordat Serif",
        "Regular",
        "main",
    ),
    Source(
        SERIF,
        "package/700Bold/NotoSerifSC_700Bold.ttf",
        "9c6a2ba736e4b499c84f65ce366bd3625c0401885fd3e585ace50fb738b96ff6",
        "ConcordatSerif-Bold.ttf",
        "Concordat Serif",
        "Bold",
        "main",
    ),
    Source(
        SERIF,
        "package/400Regular/NotoSerifSC_400Regular.ttf",
        "c358a69de3df5f423a8946a7b03e3126fb6ba116f1130a463455b4e39e1f0742",
        "ConcordatSerifMore-Regular.ttf",
        "Concordat Serif More",
        "Regular",
        "more",
    ),
    Source(
        MONO,
        "package/400Regular/SourceCodePro_400Regular.ttf",
        "1bd0bb61d974f62f9cc208a162fd3a7a13f95ba0b56b88b870730bf3ae1ba358",
        "ConcordatMono-Regular.ttf",
        "Concordat Mono",
        "Regular",
        "main",
    ),
)

# Latin, Greek, Cyrillic with their extensions; punctuation, currency, arrows, mathematics, boxes; kana;
# full-width forms.
BLOCKS = (
    (0x0020, 0x024F),
    (0x02B0, 0x052F),
    (0x1E00, 0x1FFF),
    (0x2000, 0x25FF),
    (0x2600, 0x27BF),
    (0x3000, 0x30FF),
    (0xFF00, 0xFFEF),
)
# Hanzi with simplified radicals stand together in Unicode. Many are used in names and missing in GB 2312.
SIMPLIFIED = (
    (0x7EA0, 0x7F35),
    (0x8BA0, 0x8C36),
    (0x8D1D, 0x8D63),
    (0x8F66, 0x8F9A),
    (0x9485, 0x9576),
    (0x95E8, 0x961B),
    (0x97E6, 0x97EC),
    (0x9875, 0x988B),
    (0x98CE, 0x98DE),
    (0x9963, 0x9995),
    (0x9A6C, 0x9AA7),
    (0x9C7C, 0x9CE4),
    (0x9E1F, 0x9E7E),
    (0x9F7F, 0x9F8C),
)
# Further hanzi that people bear in their names.
NAMES = "喆嘦堃媖嫑嬿岄峣彣慜旸晳朤柸榗橒沄洺浵溦燊爔犇玏玘玙玚琎瑨璈瓀皞祎禤禩翙翚莀袆訚閆颙髙鳯龝"


def double_bytes(codec: str, rows: Iterable[int], prefix: bytes = b"") -> set[int]:
    """Give the code points that a double-byte national standard assigns in these rows."""
    found: set[int] = set()
    for high in rows:
        for low in range(0x40, 0xFF):
            try:
                text = (prefix + bytes((high, low))).decode(codec)
            except UnicodeDecodeError:
                continue
            if len(text) == 1:
                found.add(ord(text))
    return found


def ranges(blocks: Iterable[tuple[int, int]]) -> Iterator[int]:
    """Every code point of these inclusive ranges."""
    for first, last in blocks:
        yield from range(first, last + 1)


def characters() -> dict[str, set[int]]:
    """Make the two sets: *main* (GB 2312 and alphabets), *more* (traditional, Japanese, and names)."""
    main = set(ranges(BLOCKS)) | double_bytes("gb2312", range(0xA1, 0xF8))
    traditional = double_bytes("big5", range(0xA4, 0xC7))
    rare = double_bytes("big5", range(0xC9, 0xFA))
    japanese = double_bytes("euc_jp", range(0xA1, 0xFF))
    elsewhere = (
        japanese
        | double_bytes("euc_jp", range(0xA1, 0xFF), b"\x8f")
        | double_bytes("euc_kr", range(0xA1, 0xFF))
    )
    more = (
        traditional
        | (rare & elsewhere)
        | double_bytes("euc_jp", range(0xB0, 0xD0))
        | set(ranges(SIMPLIFIED))
        | {ord(char) for char in NAMES}
    )
    return {"main": main, "more": more - main}


def fetch(package: str, folder: Path) -> Path:
    """Fetch the tarball of one npm package, by the ordinary client."""
    done = subprocess.run(
        ["npm", "pack", "--silent", package], cwd=folder, check=True, capture_output=True, text=True
    )
    return folder / done.stdout.strip().splitlines()[-1]


def member(tarball: Path, name: str) -> bytes:
    """One file of a tarball."""
    with tarfile.open(tarball) as archive:
        stream = archive.extractfile(name)
        if stream is None:
            raise SystemExit(f"{tarball.name} has no file {name}")
        return stream.read()


def build(source: Source, outlines: bytes, wanted: set[int]) -> bytes:
    """Make the subset of one file: no hints, no layout tables (the PDF writer uses neither), a fixed time."""
    font = TTFont(io.BytesIO(outlines), recalcTimestamp=False)
    options = subset.Options()
    options.layout_features = []
    options.hinting = False
    options.notdef_outline = True
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    options.drop_tables += ["BASE", "DSIG", "GDEF", "GPOS", "GSUB", "STAT", "VORG", "vhea", "vmtx"]
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=wanted & set(font.getBestCmap()))
    subsetter.subset(font)
    rename(font, source)
    out = io.BytesIO()
    font.save(out, reorderTables=True)
    return out.getvalue()


def rename(font: TTFont, source: Source) -> None:
    """Give the subset its own family name; copyright and licence stay."""
    postscript = source.target.removesuffix(".ttf")
    names = {
        1: source.family,
        2: source.style,
        3: postscript,
        4: f"{source.family} {source.style}",
        6: postscript,
    }
    for number, text in names.items():
        font["name"].removeNames(nameID=number)
        font["name"].setName(text, number, 3, 1, 0x409)


def digest(data: bytes) -> str:
    """SHA-256 in hex."""
    return hashlib.sha256(data).hexdigest()


def make(folder: Path) -> dict[str, bytes]:
    """All files that belong into the target folder, by name."""
    tarballs = {package: fetch(package, folder) for package in (SERIF, MONO)}
    sets, files, rows = characters(), {}, []
    for source in SOURCES:
        outlines = member(tarballs[source.package], source.member)
        if digest(outlines) != source.sha256:
            raise SystemExit(
                f"{source.member} of {source.package} is not the pinned file: {digest(outlines)}"
            )
        files[source.target] = build(source, outlines, sets[source.characters])
        rows.append(
            {
                "file": source.target,
                "sha256": digest(files[source.target]),
                "from": f"{source.package} {source.member.removeprefix('package/')}",
                "from_sha256": source.sha256,
            }
        )
    files["OFL-Serif.txt"] = member(tarballs[SERIF], LICENCE)
    files["OFL-Mono.txt"] = member(tarballs[MONO], LICENCE)
    files["fonts.json"] = (json.dumps(rows, indent=2) + "\n").encode()
    return files


def main() -> int:
    """Write the files, or compare them."""
    parser = argparse.ArgumentParser(description="Make the fonts of the reports")
    parser.add_argument("--check", action="store_true", help="write nothing, compare with what is committed")
    check = parser.parse_args().check
    with tempfile.TemporaryDirectory() as folder:
        files = make(Path(folder))
    wrong = []
    for name, data in files.items():
        path = TARGET / name
        if check and (not path.exists() or path.read_bytes() != data):
            wrong.append(name)
        elif not check:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        print(f"{len(data):>9,} bytes  {digest(data)[:16]}  {name}")
    if wrong:
        print("differ from what is committed: " + ", ".join(wrong), file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
