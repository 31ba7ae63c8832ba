# SPDX-License-Identifier: Apache-2.0
"""README.txt of a package: what it holds, why it must be backed up, how to check it without this program."""

from __future__ import annotations

from typing import Final

_TEXT: Final = """\
{title}

This folder is the acquisition package of case {case}, made by `concordat pack`.

BACK THIS FOLDER UP. KEEP IT SECRET.
  The chain holds one number, the root, and no files. Only with the salts in salt.seed can anyone ever show
  that a file belongs to that number. If salt.seed is lost, nobody can ever verify the evidence again, and
  nothing on the chain can bring it back. Keep at least two copies in two places, and keep the collected
  files as well: they are not in this folder.
  Whoever reads salt.seed and exhibits.jsonl can tell which files are in the acquisition. To show one exhibit
  and no other, hand over the file that `concordat show {name} --exhibit N --proof` writes.

WHAT IT HOLDS
  record.yaml              the investigator's record, as it was packed
  manifest.json            leaf 0: case, agency, collector, declared facts, chain, hashes of record and list
  exhibits.jsonl           one line per exhibit: path, size, SHA-256, SM3, kind; line N is leaf N
  salt.seed                the secret of the salts, 32 bytes as hex
  intake.jsonl             what was noticed while the files were read
  documents/, report/      the documents that the record cites, and the collection report: exhibits too
  signatures.json          what is signed, and the signatures
  receipt.json             where it was registered (after registration)
  certificate/, proof.json further papers after registration
  supplements/NNN/         documents that were brought later, each set built like this package
  history.jsonl            what happened to this folder; each entry holds the hash of the one before
  SHA256SUMS               hashes of all files of this folder

HOW TO VERIFY WITH CONCORDAT
  concordat verify {name} FOLDER-OF-THE-COLLECTED-FILES

HOW TO VERIFY BY HAND
  1. In this folder:            sha256sum --check SHA256SUMS
  2. The record and the list:   sha256sum record.yaml exhibits.jsonl
     must be record_sha256 and exhibits_sha256 in manifest.json.
  3. A collected file:          sha256sum FILE      and      openssl dgst -sm3 FILE
     must be sha256 and sm3 in its line of exhibits.jsonl.
  4. That line N belongs to the root. Salt of leaf N (16 hex digits of N, for example 0000000000000007):
       {{ printf 'concordat leaf salt'; printf '%016x' N | xxd -r -p; }} |
         openssl dgst -sha256 -mac HMAC -macopt hexkey:$(cat salt.seed)
     Leaf N is the SHA-256 of the byte 00, the salt's 32 bytes and the line without its line end:
       {{ printf '00SALT' | xxd -r -p; sed -n Np exhibits.jsonl | tr -d '\\n'; }} | openssl dgst -sha256
     (leaf 0: manifest.json in place of the line). A node is the SHA-256 of the byte 01, its left and its
     right hash; a tree of n leaves is split at the largest power of two below n (RFC 6962). The topmost node
     is the root, which stands in signatures.json and, with the agency's number, on the chain.

WHAT IT PROVES
  That these files and this record are the ones that were registered, and when. Not that they are true: the
  facts are as the collector declared them.

本文件夹为案件 {case} 的证据包。请务必备份并妥善保密：链上仅存一个根哈希值，缺少 salt.seed 中的盐值，
任何人都无法再证明某一文件属于该次登记。所采集的文件本身不在此文件夹内，须另行保存。
"""


def readme(case: str, name: str) -> bytes:
    """The text for one package.

    Args:
        case: its case, one line.
        name: its folder, ``NAME.acq``.
    """
    title = f"ACQUISITION PACKAGE {name}"
    shown_case = "".join(character if character.isprintable() else "?" for character in case)
    return _TEXT.format(title=f"{title}\n{'=' * len(title)}", case=shown_case, name=name).encode("utf-8")
