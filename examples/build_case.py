# SPDX-License-Identifier: Apache-2.0
"""Make the files of the fictional case 0317, or check that the committed ones are what this program makes.

    python examples/build_case.py             writes what is missing or differs into examples/case-0317/
    python examples/build_case.py --check     writes nothing; exit code 1 and the names if a file differs

The same bytes come out on every run: chance has a fixed seed, times are fixed, numbers are whole, and
nothing is compressed by a library whose output depends on its version. Only pictures and PDFs depend on the
versions of Pillow and reportlab, which `requirements/` locks. Words are in `case_maker/texts/`; the records
(`*.yaml`) and `README.md` of the case are written by hand.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from case_maker import (
    app,
    bank,
    chats,
    devices,
    mail,
    media,
    network,
    photos,
    web,
)
from case_maker.listing import Exhibit, hash_list
from case_maker.papers import paper, read_text

CASE = Path(__file__).resolve().parent / "case-0317"

Recipe = tuple[str, str, Callable[[], bytes]]  # exhibit number, path below the collection's folder, maker

PHONE: Sequence[Recipe] = (
    ("E-01-01", "phone/telegram/result.json", chats.telegram),
    ("E-01-02", "phone/whatsapp/_chat.txt", chats.whatsapp),
    ("E-01-03", "phone/browser/quorvex-dashboard.html", web.dashboard),
    ("E-01-04", "phone/download/statement-000003178841-202603.csv", bank.statement_csv),
    ("E-01-05", "phone/download/statement-000003178841-202603.xml", bank.statement_camt),
    ("E-01-06", "phone/download/收款操作说明.pdf", lambda: paper("gang/handbook")),
    ("E-01-07", "phone/download/senarai akaun keldai.csv", bank.mule_accounts_csv),
    ("E-01-08", "phone/download/slip-373000.txt", web.slip_png),
    ("E-01-09", "phone/download/quorvex-1.4.2.apk", app.package),
    ("E-01-10", "phone/mail/tax-notice.eml", mail.message),
    ("E-01-11", "phone/voice/PTT-20260312-WA0007.wav", media.voice),
    ("E-01-12", "phone/dcim/IMG_20260319_221407.jpg", photos.room_photo),
    ("E-02-01", "usb/usb-stick.img", devices.stick_image),
    ("E-02-02", "usb/dialler-cdr-202603.csv", network.call_records),
    ("E-02-03", "usb/access.log", network.stick_log),
    ("E-03-01", "site/IMG_20260317_094112.jpg", photos.desk_photo),
)

ONLINE: Sequence[Recipe] = (
    ("W-01", "landing.html", web.landing),
    ("W-02", "http-headers.txt", web.response_headers),
    ("W-03", "logs/access.log", network.server_log),
    ("W-04", "quorvex-1.4.2.apk", app.package),
)

INTERCEPTED: Sequence[Recipe] = (("R-01", "call-20260317-1620.wav", media.intercepted_voice),)

PAPERS: Mapping[str, Sequence[str]] = {
    "my-phone": (
        "minutes",
        "item-list",
        "seizure-list",
        "warrant",
        "certificate-90a",
        "tool-validation",
        "custody-log",
        "cooperation-letter",
        "glossary",
    ),
    "cure-cn": ("source-statement", "use-limits", "translation-zh"),
    "cn-online": ("minutes", "legal-basis", "tool-validation", "custody-log", "witness-note"),
    "cure-online": ("item-list",),
    "refused": ("minutes", "expired-order"),
}
LISTED = {"cure-cn": "my-phone", "cure-online": "cn-online"}  # whose exhibits the papers of a cure list


def _collect(recipes: Sequence[Recipe]) -> list[Exhibit]:
    names = read_text("exhibits")
    return [Exhibit(number, path, names[number], make()) for number, path, make in recipes]


def _papers(folder: str, names: Sequence[str], exhibits: Sequence[Exhibit]) -> dict[str, bytes]:
    return {f"documents/{folder}/{name}.pdf": paper(f"{folder}/{name}", exhibits) for name in names}


def files() -> Mapping[str, bytes]:
    """Make every generated file of the case: path below the case's folder, and bytes."""
    made: dict[str, bytes] = {}
    collections = {
        "my-phone": _collect(PHONE),
        "cn-online": _collect(ONLINE),
        "refused": _collect(INTERCEPTED),
    }
    for folder, exhibits in collections.items():
        made |= {f"exhibits/{folder}/{exhibit.path}": exhibit.data for exhibit in exhibits}
    for folder, names in PAPERS.items():
        made |= _papers(folder, names, collections[LISTED.get(folder, folder)])
    # What was heard on the line was lower: the values of the source are not those of the file that is left.
    heard = [Exhibit(e.number, e.path, e.what, media.voice(9, "line")) for e in collections["refused"]]
    for folder, exhibits in (collections | {"refused": heard}).items():
        made[f"documents/{folder}/hash-list.sha256"] = hash_list(exhibits)
    made["documents/my-phone/seal-before.jpg"] = photos.seal_photo(after=False)
    made["documents/my-phone/seal-after.jpg"] = photos.seal_photo(after=True)
    made["documents/cn-online/screen-recording.avi"] = media.screen_recording()
    return made


def differences(made: Mapping[str, bytes], folder: Path) -> list[str]:
    """Name what differs between the files made and those of `folder`: missing, other, without a maker."""
    found = []
    for name, data in sorted(made.items()):
        path = folder / name
        if not path.is_file():
            found.append(f"missing: {name}")
        elif path.read_bytes() != data:
            found.append(f"differs: {name}")
    for part in ("exhibits", "documents"):
        there = (p.relative_to(folder).as_posix() for p in (folder / part).rglob("*") if p.is_file())
        found += [f"not made here: {name}" for name in sorted(there) if name not in made]
    return found


def main(arguments: Sequence[str] | None = None) -> int:
    """Make the files, or with `--check` compare; give the exit code."""
    parser = argparse.ArgumentParser(description="Make the files of the fictional case 0317.")
    parser.add_argument("--check", action="store_true", help="write nothing, compare with what is there")
    parser.add_argument("--into", type=Path, default=CASE, metavar="FOLDER", help="folder of the case")
    options = parser.parse_args(arguments)
    made = files()
    found = differences(made, options.into)
    if options.check:
        for line in found:
            print(line)
        print(f"{len(made)} files, {sum(map(len, made.values())):,} bytes, {len(found)} differences")
        return 1 if found else 0
    for name, data in made.items():
        path = options.into / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.is_file() or path.read_bytes() != data:
            path.write_bytes(data)
    print(f"{len(made)} files, {sum(map(len, made.values())):,} bytes in {options.into.name}/")
    return 0


if __name__ == "__main__":
    sys.exit(main())
