#!/usr/bin/env python3
"""Verifies a sealed Plan de Acción Local as docs/verifying.md says, with nothing of this project.

    python3 verify.py plan.pdf KEY

KEY is the public key that the server publishes, 64 hexadecimal digits. Prints what was sealed as JSON and ends with 0, or one word
for what is wrong and ends with 1. Needs the package `cryptography`.

    python3 verify.py --seals sellos.jsonl

verifies the public file of all seals of a server, and prints how many lines it has.

    python3 verify.py --stamp plan.pdf KEY seal.tsr ca.pem

verifies the plan, and lets openssl verify that seal.tsr is a time-stamping authority's answer about its seal; ca.pem is the certificate of
the authority that vouches for it. Prints what openssl says of it.
"""

import datetime
import hashlib
import json
import re
import subprocess
import sys
import zlib

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

MARK = b"<</Type/MesaSeal/Length "


class Wrong(Exception):
    """What is wrong, in a word."""


def sha256(data):
    return hashlib.sha256(data).hexdigest()


def canonical(value):
    """RFC 8785, for what occurs in seals: texts, whole numbers, lists, and objects whose keys are ASCII."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def no_twice(pairs):
    """An object whose keys are all different."""
    if len({key for key, _ in pairs}) != len(pairs):
        raise ValueError("a key twice")
    return dict(pairs)


def signed(key, signature, message):
    # In capitals they would be the same numbers in another file.
    if not re.fullmatch("[0-9a-f]{64}", key) or not re.fullmatch("[0-9a-f]{128}", signature):
        return False
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(key)).verify(bytes.fromhex(signature), message)
    except (InvalidSignature, ValueError):
        return False
    return True


def attached(document):
    """The one file that is attached to the document."""
    found = re.findall(rb"<<(?:(?!<<).)*?/Type/EmbeddedFile.*?>>\nstream\n", document, re.S)
    if len(found) != 1 or document.count(b"/Type/EmbeddedFile") != 1:
        return None
    length = re.search(rb"/Length (\d+)", found[0])
    if not length:
        return None
    begins = document.index(found[0]) + len(found[0])
    data = document[begins : begins + int(length.group(1))]
    try:
        return zlib.decompress(data) if b"/Filter/FlateDecode" in found[0] else data
    except zlib.error:
        return None


def trailer(document):
    """Size, where the cross-reference table begins, and the bytes of Root, Info and ID, from the last trailer."""
    end = document.rindex(b"startxref")
    table = int(re.match(rb"startxref\s+(\d+)", document[end:]).group(1))
    if not document[table:].startswith(b"xref"):
        raise Wrong("damaged")
    last = document[document.rindex(b"trailer", table, end) : end]
    size = int(re.search(rb"/Size (\d+)", last).group(1))
    held = b""
    for name in (rb"/Root (?:\d+ \d+ R)", rb"/Info (?:\d+ \d+ R)", rb"/ID\[(?:\((?:\\.|[^\\)])*\)|<[^>]*>|\s)*\]"):
        value = re.search(name, last, re.S)
        held += value.group(0) if value else b""
    return size, table, held


def update(document, seal):
    """The bytes that sealing adds to a document."""
    size, table, held = trailer(document)
    text = canonical(seal)
    new = b"\n%d 0 obj\n%s%d>>\nstream\n%s\nendstream\nendobj\n" % (size, MARK, len(text), text)
    return new + b"xref\n%d 1\n%010d 00000 n \ntrailer\n<</Size %d%s/Prev %d>>\nstartxref\n%d\n%%%%EOF\n" % (
        size,
        len(document) + 1,
        size + 1,
        held,
        table,
        len(document) + len(new),
    )


def verify(file, key):
    """What was sealed. `key`: the published key."""
    if not file.startswith(b"%PDF-"):
        raise Wrong("not-a-pdf")
    mark = file.rfind(MARK)
    if mark < 0:
        raise Wrong("no-seal")
    before = re.search(rb"\n\d+ 0 obj\n\Z", file[max(0, mark - 40) : mark])
    after = re.match(rb"(\d+)>>\nstream\n", file[mark + len(MARK) : mark + len(MARK) + 40])
    if not before or not after:
        raise Wrong("damaged")
    document = file[: mark - len(before.group(0))]
    begins = mark + len(MARK) + after.end()
    try:
        seal = json.loads(file[begins : begins + int(after.group(1))], object_pairs_hook=no_twice)
        statement, facts = seal["statement"], seal["statement"]["facts"]
        form, sealed_by, signature = statement["form"], statement["key"], seal["signature"]
    except (ValueError, KeyError, TypeError):
        raise Wrong("damaged") from None
    if form != 1:
        raise Wrong("other-form")
    if not signed(sealed_by, signature, canonical(statement)):
        raise Wrong("forged")
    if sealed_by != key:
        raise Wrong("other-key")
    pages = len(re.findall(rb"/Type\s*/Page(?![A-Za-z0-9])", document))
    text = attached(document)
    other_text = text is None or sha256(text) != facts["text_digest"]
    if sha256(document) != statement["pdf"]:
        raise Wrong("pages" if pages != facts["pages"] else "text" if other_text else "changed")
    if other_text:
        raise Wrong("text")
    expected = update(document, seal)
    rest = file[len(document) :]
    if rest != expected:
        raise Wrong("added" if rest.startswith(expected) else "damaged")
    return seal


def verify_seals(text):
    """The number of lines of a file of seals."""
    before, present, count = "0" * 64, None, 0
    seals, stamped = set(), set()
    for count, line in enumerate(text.splitlines(), 1):
        entry = json.loads(line, object_pairs_hook=no_twice)
        if canonical(entry) != line or entry["form"] != 1:
            raise Wrong(f"line-{count}-unreadable")
        if entry["number"] != count or entry["before"] != before:
            raise Wrong(f"line-{count}-order")
        what = entry["entry"]
        if what["what"] == "key":
            record, change = what["record"], what["record"]["change"]
            by_both = signed(change["key"], record["signature"], canonical(change)) and (
                change["replaces"] is None
                or signed(change["replaces"], record["replaced_signature"], canonical(change))
            )
            if not by_both or change["replaces"] != present:
                raise Wrong(f"line-{count}-key")
            present = change["key"]
        elif what["what"] == "stamp":
            if what["seal"] not in seals or what["seal"] in stamped:
                raise Wrong(f"line-{count}-stamp")
            stamped.add(what["seal"])
        elif what["key"] != present:
            raise Wrong(f"line-{count}-other-key")
        else:
            seals.add(what["seal"])
        before = sha256(line)
    return count


def openssl(*arguments):
    return subprocess.run(["openssl", "ts", *arguments], capture_output=True, text=True, check=False)


def verify_stamp(file, key, answer, authorities):
    """What openssl says of a time-stamping authority's answer about a plan's seal. Both are paths."""
    digest = sha256(canonical(verify(file, key)))
    # The authority's certificate may have run out since: it has to be valid when it stamped.
    said = openssl("-reply", "-in", answer, "-text").stdout
    at = re.search(r"^Time stamp: (\w+ +\d+ \d+:\d+:\d+)(?:\.\d+)? (\d+) GMT$", said, re.M)
    if not at:
        raise Wrong("not-a-stamp")
    moment = datetime.datetime.strptime(f"{at.group(1)} {at.group(2)} +0000", "%b %d %H:%M:%S %Y %z")
    then = str(int(moment.timestamp()))
    if openssl("-verify", "-digest", digest, "-in", answer, "-CAfile", authorities, "-attime", then).returncode:
        raise Wrong("not-stamped")
    return said.strip()


def main(arguments):
    try:
        if len(arguments) == 2 and arguments[0] == "--seals":
            with open(arguments[1], "rb") as file:
                print(verify_seals(file.read()))
        elif len(arguments) == 5 and arguments[0] == "--stamp":
            with open(arguments[1], "rb") as file:
                print(verify_stamp(file.read(), *arguments[2:]))
        elif len(arguments) == 2:
            with open(arguments[0], "rb") as file:
                print(canonical(verify(file.read(), arguments[1])).decode())
        else:
            print(__doc__)
            return 2
    except Wrong as wrong:
        print(wrong)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
