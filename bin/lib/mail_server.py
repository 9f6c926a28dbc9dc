"""A server of mails for tests: three ways in, answers by the name that is written to, and a log over HTTP.

    later-N@…   451 at the first N attempts     never@…   550 at the name
    full@…      552 after the message           drop-N@…  takes the message and hangs up, N times
    slow-S@…    answers after S seconds
"""
import asyncio, collections, email, email.policy, json, ssl, sys, urllib.parse

import trustme
from aiosmtpd.smtp import SMTP, AuthResult

FOLDER = sys.argv[1]
NAME, PASSWORD = b"forms@example.com", "p@ss+ü".encode()
received, tries = [], collections.Counter()


def asked(address):
    """What a name asks for, and how much of it: what follows a plus only tells tests apart."""
    word, _, number = address.split("@")[0].split("+")[0].partition("-")
    return word, int(number) if number.isdigit() else 0


class Handler:
    def __init__(self, way):
        self.way = way

    async def handle_RCPT(self, server, session, envelope, address, options):
        word, number = asked(address)
        tries[address] += 1
        if word == "never":
            return "550 5.1.1 Nobody here by that name"
        if word == "later" and tries[address] <= number:
            return "451 4.7.1 Greylisted, come back later"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 Ok"

    async def handle_DATA(self, server, session, envelope):
        word, number = asked(envelope.rcpt_tos[0])
        if word == "full":
            return "552 5.2.2 The mailbox is full"
        note(self.way, session, envelope)
        if word == "slow":
            await asyncio.sleep(number)
        if word == "drop" and tries[envelope.rcpt_tos[0]] <= number:
            server.transport.abort()
            await asyncio.sleep(0.2)
        return f"250 2.0.0 Ok: queued as {len(received)}"


def note(way, session, envelope):
    """What was taken, as Python's own parser reads it."""
    message = email.message_from_bytes(envelope.original_content, policy=email.policy.default)
    parts = {part.get_content_type(): part.get_content().replace("\r\n", "\n") for part in message.walk() if not part.is_multipart()}
    sender = message["from"].addresses[0] if message["from"] else None
    reader = message["to"].addresses[0] if message["to"] else None
    received.append({
        "way": way,
        "tls": session.ssl is not None or way == "implicit",
        "signed_in": bool(session.authenticated),
        "from": envelope.mail_from,
        "to": envelope.rcpt_tos,
        "headers": [[name, str(value)] for name, value in message.items()],
        "from_name": sender and sender.display_name,
        "to_name": reader and reader.display_name,
        "to_header": reader and reader.addr_spec,
        "type": message.get_content_type(),
        "text": parts.get("text/plain"),
        "html": parts.get("text/html"),
        "defects": [str(defect) for part in message.walk() for defect in part.defects]
            + [str(defect) for value in message.values() for defect in getattr(value, "defects", [])],
        "ascii": envelope.original_content.isascii(),
        "longest_line": max(len(line) for line in envelope.original_content.split(b"\r\n")),
    })


def authenticator(server, session, envelope, mechanism, data):
    return AuthResult(success=(data.login, data.password) == (NAME, PASSWORD), handled=False)


async def log(reader, writer):
    """GET /?to=ADDRESS: what was taken for it."""
    line = (await reader.readline()).decode()
    while (await reader.readline()).strip():
        pass
    query = urllib.parse.parse_qs(urllib.parse.urlsplit(line.split(" ")[1]).query)
    to = query.get("to", [None])[0]
    found = [one for one in received if to is None or to in one["to"]]
    writer.write(b"HTTP/1.0 200 OK\r\ncontent-type: application/json\r\n\r\n" + json.dumps(found).encode())
    await writer.drain()
    writer.close()


async def main():
    authority = trustme.CA()
    authority.cert_pem.write_to_path(f"{FOLDER}/authority.pem")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(context)
    loop, places = asyncio.get_running_loop(), {}

    def smtp(way, **options):
        return lambda: SMTP(Handler(way), hostname="mail.example.com", enable_SMTPUTF8=True, **options)

    signed = {"authenticator": authenticator, "auth_required": True}
    ways = {
        "plain": (smtp("plain"), None),
        "starttls": (smtp("starttls", tls_context=context, require_starttls=True, **signed), None),
        "implicit": (smtp("implicit", auth_require_tls=False, **signed), context),
    }
    for way, (factory, tls) in ways.items():
        server = await loop.create_server(factory, "127.0.0.1", 0, ssl=tls)
        places[way] = server.sockets[0].getsockname()[1]
    server = await asyncio.start_server(log, "127.0.0.1", 0)
    places["log"] = server.sockets[0].getsockname()[1]
    places["authorities"] = f"{FOLDER}/authority.pem"
    with open(f"{FOLDER}/places", "w") as file:
        file.write(" ".join(f"{name}={value}" for name, value in places.items()))
    await asyncio.Event().wait()


asyncio.run(main())
