"""A mail server that has nothing of this project (aiosmtpd), and mail as Python's standard library reads it.

    outside.py serve   prints a line of JSON with its port, then one for each message that it took; ends with its input
    outside.py read    reads a message from its input and prints one line about it

What it does with a recipient stands in the address, before the @: rechaza is refused for good, luego and texto are asked
to come later once (at the address, after the text), calla gets no answer the first time, corta is cut off in the middle
of its text, duda after it. Everybody else's letters are taken.
"""
import asyncio
import hashlib
import json
import os
import re
import sys
from email import message_from_bytes, message_from_string, policy


def unfolded(value):
    return re.sub(r"\r?\n[ \t]+", " ", str(value or ""))


def quoted(header, name):
    """A parameter as a program finds it that knows this form alone: NAME="…", neither NAME*= nor NAME*0=."""
    found = re.search(r';\s*' + name + r'="([^"]*)"', unfolded(header))
    return found and found.group(1)


def about(raw):
    # An international address makes the head UTF-8 (RFC 6532), which the parser of bytes doesn't expect.
    new = message_from_string(raw.decode(), policy=policy.default)
    old = message_from_bytes(raw, policy=policy.compat32)
    files = [part for part in old.walk() if part.get_content_disposition() == "attachment"]
    attachments = list(new.iter_attachments())
    text, html = new.get_body(("plain",)), new.get_body(("html",))
    defects = [str(defect) for part in new.walk() for defect in part.defects]
    defects += [str(defect) for part in new.walk() for value in part.values() for defect in getattr(value, "defects", ())]
    return {
        "headers": new.keys(),
        "subject": str(new["Subject"]),
        "to": [(address.display_name, address.addr_spec) for address in new["To"].addresses],
        "text": text and text.get_content(),
        "html": html and html.get_content(),
        "attachments": [
            {
                "type": part.get_content_type(),
                "sha256": hashlib.sha256(part.get_content()).hexdigest(),
                "by_standard": part.get_filename(),
                "by_older_parser": old_part.get_filename(),
                "by_filename": quoted(old_part["Content-Disposition"], "filename"),
                "by_name": quoted(old_part["Content-Type"], "name"),
            }
            for part, old_part in zip(attachments, files, strict=True)
        ],
        "longest_line": max(len(line) for line in raw.split(b"\r\n")),
        "defects": defects,
    }


def serve():
    from aiosmtpd.smtp import SMTP

    seen = set()

    def first(act, address):
        """Whether it is the first time that this is asked of an act's address."""
        if address.split("@")[0] != act or address in seen:
            return False
        seen.add(address)
        return True

    class Handler:
        async def handle_RCPT(self, server, session, envelope, address, options):
            if address.startswith("rechaza@"):
                return "550 5.1.1 no such user here"
            if first("luego", address):
                return "450 4.2.0 greylisted"
            if first("calla", address):
                await asyncio.sleep(3600)
            envelope.rcpt_tos.append(address)
            return "250 2.1.5 fine"

        async def handle_DATA(self, server, session, envelope):
            address = envelope.rcpt_tos[0]
            if first("texto", address):
                return "451 4.3.0 try again"
            if address.startswith("duda@"):
                server.transport.abort()
                return "250 nobody hears it"
            message = {"from": envelope.mail_from, "rcpt": envelope.rcpt_tos}
            print(json.dumps(message | about(envelope.original_content)), flush=True)
            return "250 2.0.0 taken"

    class Server(SMTP):
        async def smtp_DATA(self, arg):
            if self.envelope.rcpt_tos[0].startswith("corta@"):
                await self.push("354 go on")
                await self._reader.readline()
                self.transport.abort()
                return
            await super().smtp_DATA(arg)

    async def run():
        loop = asyncio.get_running_loop()
        listening = await loop.create_server(
            lambda: Server(Handler(), hostname="mesa.test", enable_SMTPUTF8=True, loop=loop), "127.0.0.1", 0
        )
        print(json.dumps({"port": listening.sockets[0].getsockname()[1]}), flush=True)
        await loop.run_in_executor(None, sys.stdin.read)
        # Who was never answered doesn't hold the program up.
        os._exit(0)

    asyncio.run(run())


if __name__ == "__main__":
    if sys.argv[1] == "serve":
        serve()
    else:
        print(json.dumps(about(sys.stdin.buffer.read())))
