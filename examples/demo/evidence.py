# SPDX-License-Identifier: Apache-2.0
"""Evidence: one case from the collection to the check that shows a changed byte."""

from __future__ import annotations

import shutil

from demo.telling import HERE, chapter, concordat, rpc, say
from demo.town import AGENCY_KEYS, Officer

CASE = "../examples/case-0317"
COLLECTED = 1773820800  # 2026-03-18T08:00:00Z
OFFICERS = (
    Officer("my", "MY-PDRM", "faridah", "COLLECT,REGISTER", "specialist"),
    Officer("my", "MY-PDRM", "records", "CURE,WITHDRAW"),
    Officer("cn", "CN-MPS-CID", "zhang", "COLLECT,REGISTER", "specialist"),
    Officer("cn", "CN-MPS-CID", "li", "COLLECT", "first_responder"),
    Officer("cn", "CN-MPS-CID", "archive", "CURE,WITHDRAW"),
)


def tell() -> None:
    """The chapters in order."""
    for part in (standards, malaysia, refused, cured, forums, changed, documents):
        part()


def standards() -> None:
    """Three countries adopt their standards over the international baseline."""
    chapter("Each country adopts its own legal standards")
    for code, agency, workspace in (("cn", "CN-MOJ", "cn"), ("my", "MY-AGC", "my"), ("sg", "SG-AGC", "my")):
        concordat(f"standard adopt {code} --key {AGENCY_KEYS[agency]} --workspace {workspace}", quiet=True)
    concordat("standard show MY STORAGE_IMAGING --workspace my", lines=14)
    say("Two days pass on the chain. What follows was collected on 17 March 2026.")
    rpc("evm_setTime", COLLECTED * 1000)
    rpc("evm_mine")


def malaysia() -> None:
    """A phone and a USB stick, imaged in Johor Bahru: conforms at home."""
    chapter("Malaysia: a phone and a USB stick")
    what = f"{CASE}/my-phone.yaml {CASE}/exhibits/my-phone"
    expected = f"--expect {CASE}/documents/my-phone/hash-list.sha256"
    own = "--key keystore:faridah --workspace my"
    say("Three commands from files to record: check, pack, register.")
    concordat(f"check {what} {expected} {own}")
    concordat(f"pack {what} {expected} --out my-phone.acq {own}")
    concordat(f"register my-phone.acq {own}", lines=7)


def refused() -> None:
    """An interception without approval, under an order that had run out."""
    chapter("China: a collection that is refused")
    what = f"{CASE}/refused.yaml {CASE}/exhibits/refused --out refused.acq"
    concordat(f"register {what} --key keystore:zhang --workspace cn", expect=3)
    say("Nothing was registered. The attempt is in the journal, and the next manifest of the case cites it.")


def cured() -> None:
    """An online extraction that one officer signed: curable, and cured."""
    chapter("China: curable, co-signed by the second officer, cured by a document")
    what = f"{CASE}/cn-online.yaml {CASE}/exhibits/cn-online --out cn-online.acq"
    expected = f"--expect {CASE}/documents/cn-online/hash-list.sha256"
    concordat(f"register {what} {expected} --key keystore:zhang --workspace cn", expect=7)
    concordat("cosign cn-online.acq --role second_officer --key keystore:li --workspace cn")
    concordat("cosign cn-online.acq --submit --key keystore:zhang --workspace cn")
    item_list = f"--add ITEM_LIST={CASE}/documents/cure-online/item-list.pdf"
    concordat(f"supplement cn-online.acq {item_list} --key keystore:archive --workspace cn")
    concordat("show cn-online.acq --workspace cn", tail=12)


def forums() -> None:
    """What the Malaysian acquisition is worth in each forum, before and after China's papers."""
    chapter("One acquisition, three forums")
    concordat("show my-phone.acq --workspace my", tail=16)
    say("Before the Chinese court it lacks three papers, and not 'two Chinese investigators'.")
    papers = f"{CASE}/documents/cure-cn"
    added = (
        f"--add SOURCE_STATEMENT={papers}/source-statement.pdf --add USE_LIMITS={papers}/use-limits.pdf "
        f"--add TRANSLATION={papers}/translation-zh.pdf"
    )
    concordat(f"supplement my-phone.acq --forum CN {added} --key keystore:records --workspace my")
    concordat("show my-phone.acq --workspace my --lang zh", tail=7)


def changed() -> None:
    """One bit is flipped, one file removed, one added, one renamed."""
    chapter("One byte")
    copy = HERE / "copy"
    shutil.copytree(HERE / CASE / "exhibits" / "my-phone", copy)
    concordat("verify my-phone.acq copy --workspace my")
    log = copy / "usb" / "access.log"
    content = bytearray(log.read_bytes())
    content[100] ^= 1
    log.write_bytes(content)
    (copy / "phone" / "mail" / "tax-notice.eml").unlink()
    (copy / "phone" / "mail" / "planted.eml").write_text("From: nobody@example.test\n\nPlanted.\n")
    (copy / "usb" / "usb-stick.img").rename(copy / "usb" / "stick.img")
    say("One bit of usb/access.log is flipped, one file is removed, one is added, one is renamed.")
    concordat("verify my-phone.acq copy --workspace my", expect=4)
    say("The same without any node: the package's own proof leads to the block of the registration.")
    concordat(f"verify my-phone.acq {CASE}/exhibits/my-phone --offline")


def documents() -> None:
    """Where the two documents are."""
    chapter("What a prosecutor reads")
    concordat("report my-phone.acq --lang en,zh --workspace my")
    concordat("report cn-online.acq --lang zh --out in-chinese --workspace cn")
    say("Collection report and registration certificate, as JSON, HTML and PDF, in English and Chinese:")
    print(f"    {HERE / 'my-phone.acq' / 'report' / 'collection-report.pdf'}")
    print(f"    {HERE / 'my-phone.acq' / 'certificate' / 'registration-certificate.pdf'}")
