"""Signed briefs, manifests and records: made, checked, and every forgery of one seen."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import BytesIO
from pathlib import Path
from threading import Thread
from typing import Any

import pikepdf
import pkcs11
import pytest
from asn1crypto import tsp
from command import desk, run
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.keys import load_cert_from_pemder, load_private_key_from_pemder
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.timestamps.dummy_client import DummyTimeStamper

from briefings.core.overriding import override
from briefings.core.signing import Signing
from briefings.make.signatures import readable_by_others
from briefings.render.html.environment import shipped
from briefings.render.pdf.reader import unsigned
from briefings.render.pdf.write import pdf as set_pdf
from briefings.sign.make import signer_of
from briefings.sign.trust import certificates_in, check_beside, check_pdf
from briefings.verify import signer as signatures
from briefings.verify.paper import faults_of_form
from briefings.verify.submitted import read
from briefings.verify.verdict import State

__all__ = ["desk"]

CODE = "not-signed"
CURVE = ec.SECP256R1()
DAY = datetime(2024, 1, 1, tzinfo=UTC)
PDF = Path("build/tarn-cannery.en.pdf")
BUILD = ("build", "--topic", "tarn-cannery", "--lang", "en", "--as-of", "2024-03-06")


def write_key(
    folder: Path, name: str, *, issuer: Path | None = None, stamps: bool = False, days: int = 9999
) -> tuple[Path, Path]:
    """A key with its certificate in one file, and the certificate alone."""
    # The stand-in for a server of time stamps knows no other kind.
    key = rsa.generate_private_key(65537, 2048) if stamps else ec.generate_private_key(CURVE)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    by = subject
    by_key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey = key
    if issuer is not None:
        content = issuer.read_bytes()
        by = x509.load_pem_x509_certificate(content).subject
        loaded = serialization.load_pem_private_key(content, None)
        assert isinstance(loaded, ec.EllipticCurvePrivateKey)
        by_key = loaded
    usage = dict.fromkeys(("data_encipherment", "key_agreement", "key_encipherment"), False)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(by)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(DAY)
        .not_valid_after(DAY + timedelta(days=days))
        .add_extension(x509.BasicConstraints(ca=issuer is None, path_length=None), critical=True)
        .add_extension(
            x509.KeyUsage(
                digital_signature=True,
                content_commitment=True,
                key_cert_sign=issuer is None,
                crl_sign=False,
                encipher_only=False,
                decipher_only=False,
                **usage,
            ),
            critical=True,
        )
    )
    if stamps:
        use = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
        certificate = certificate.add_extension(use, critical=True)
    public = certificate.sign(by_key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    both, alone = folder / f"{name}.pem", folder / f"{name}.crt"
    both.touch(mode=0o600)
    both.write_bytes(public + private)
    alone.write_bytes(public)
    return both, alone


@pytest.fixture(autouse=True)
def _set_once(keys: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The one PDF of all these builds is set once."""
    monkeypatch.setenv("BRIEFINGS_CACHE", str(keys / "cache"))


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the keys of a desk, of who vouches for it, and of a stranger."""
    folder = tmp_path_factory.mktemp("keys")
    authority, _ = write_key(folder, "authority")
    write_key(folder, "desk", issuer=authority)
    write_key(folder, "stranger")
    write_key(folder, "clock", stamps=True)
    return folder


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, keys: Path) -> Path:
    """A build of the little desk that is signed."""
    folder = tmp_path_factory.mktemp("signed")
    shutil.copytree(Path(__file__).parent / "desk_harbour", folder / "desk")
    base = ("--base", str(folder / "desk"), "--out", str(folder / "build"))
    cache = ("--cache", str(keys / "cache"))
    done = run(*BUILD, *base, *cache, "--sign", str(keys / "desk.pem"))
    assert done.exit_code == 0, done.stderr
    return folder / "build"


@pytest.fixture
def pdf(built: Path) -> Path:
    """Its one PDF."""
    return built / PDF.name


def verify(*arguments: object) -> tuple[int, str]:
    done = run("verify", *map(str, arguments))
    return done.exit_code, done.stdout + done.stderr


def is_refused(path: Path, signer: Path | None = None) -> bool:
    """Whether `verify` finds fault with a signature, or with what stands behind a brief.

    Without the rest of its verdict, which is of the brief that was signed.
    """
    trusted = None if signer is None else certificates_in(signer.read_bytes())
    given = read(path)
    finding, faults = signatures.of_pdf(given.whole, given.signed, trusted)
    of_form = tuple(faults_of_form(given.content))
    return bool(faults or of_form) or (finding is not None and finding.state is State.FAILS)


def test_verify_says_who_signed(pdf: Path, keys: Path) -> None:
    """By the certificate's word, by that of one that was given, or by its issuer's."""
    status, text = verify(pdf)
    assert status == 0
    assert "signature: of CN=desk" in text
    assert "nobody vouches" in text
    for name in ("desk", "authority"):
        status, text = verify(pdf, "--signer", keys / f"{name}.crt")
        assert status == 0, text
        assert "vouches for" in text
        assert "nobody" not in text
    status, text = verify(pdf, "--signer", keys / "stranger.crt")
    assert status == 1
    assert "signature: FAILS: of CN=desk" in text


def test_a_manifest_answers_for_the_whole_build(built: Path, keys: Path, tmp_path: Path) -> None:
    """A page altered, one that is gone, or a signature of another's: each is named."""
    whole = Path(shutil.copytree(built, tmp_path / "build"))
    given = ("--signer", keys / "desk.crt")
    assert verify(whole / "manifest.json", *given)[0] == 0
    page = whole / "tarn-cannery.en.html"
    page.write_text(page.read_text("utf-8").replace("cannery", "brewery"), encoding="utf-8")
    (whole / "feed.xml").unlink()
    status, text = verify(whole / "manifest.json", *given)
    assert status == 1
    assert "tarn-cannery.en.html is not as it was built" in text
    assert "feed.xml can't be read" in text
    manifest = whole / "manifest.json"
    manifest.write_bytes(manifest.read_bytes().replace(b'"tarn-cannery"', b'"basin-opening"'))
    assert "FAILS: that of CN=desk: what it was made over" in verify(manifest, *given)[1]
    (whole / "manifest.json.p7s").unlink()
    assert "FAILS: there is none beside it" in verify(manifest, *given)[1]
    listed = json.loads(manifest.read_bytes())
    manifest.write_text(json.dumps({**listed, "subject": []}), encoding="utf-8")
    assert verify(manifest) == (1, f"{manifest}: data: FAILS: it names no file\n")


def test_what_is_signed_stays_as_it_is(desk: Path, keys: Path) -> None:
    """The same build does not sign anew, though each signature would be another one."""
    sign = ("--sign", str(keys / "desk.pem"))
    assert run(*BUILD, "--format", "pdf", *sign).exit_code == 0
    names = ("tarn-cannery.en.pdf", "manifest.json", "manifest.json.p7s")
    before = [(desk / "build" / name).read_bytes() for name in names]
    assert run(*BUILD, "--format", "pdf", *sign).exit_code == 0
    assert [(desk / "build" / name).read_bytes() for name in names] == before
    assert run(*BUILD, "--format", "pdf", "--sign", str(keys / "stranger.pem")).exit_code == 0
    assert "stranger" in verify(desk / PDF)[1]


def test_records_are_signed_too(desk: Path, keys: Path) -> None:
    """Beside each stands its signature; to issue the same again changes neither."""
    issue = ("issue", *BUILD[1:3], "--as-of", "2024-03-06", "--sign", str(keys / "desk.pem"))
    done = run(*issue)
    assert done.exit_code == 0, done.stderr
    (record,) = (desk / "issued").glob("*.en.*.json")
    assert verify(record, "--signer", keys / "desk.crt")[0] == 0
    assert verify(PDF, "--desk", ".", "--signer", keys / "desk.crt")[0] == 0
    again = run(*issue)
    assert again.exit_code == 0, again.stderr
    assert "was issued before, and is the same" in again.stdout
    record.write_bytes(record.read_bytes().replace(b"cannery", b"brewery"))
    status, text = verify(record, "--signer", keys / "desk.crt")
    assert status == 1
    assert "signature: FAILS" in text


def _stripped(content: bytes, _: Path) -> bytes:
    first = unsigned(content)
    assert first is not None
    return first


def _another_byte(content: bytes, _: Path) -> bytes:
    place = content.rindex(b"/M (D") + 12
    return content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]


def _more_behind(content: bytes, _: Path) -> bytes:
    return content + b"% more\n"


def _changed_and_signed(content: bytes, keys: Path) -> bytes:
    """A page turned in a revision of its own, which a stranger signs."""
    first = unsigned(content)
    assert first is not None
    turned = first + _revision(first)
    with signer_of(Signing(str(keys / "stranger.pem"), None, None, lambda: DAY)) as signer:
        return signer.pdf(turned)


def _revision(first: bytes) -> bytes:
    """The first page turned upside down, as an incremental update."""
    writer = IncrementalPdfFileWriter(BytesIO(first))
    page = writer.root["/Pages"]["/Kids"][0]
    page["/Rotate"] = generic.NumberObject(180)  # type: ignore[no-untyped-call] # theirs
    writer.update_container(page)
    written = BytesIO()
    writer.write(written)  # type: ignore[no-untyped-call] # theirs
    assert written.getvalue().startswith(first)
    return written.getvalue()[len(first) :]


def _written_anew(content: bytes, keys: Path) -> bytes:
    """By another program, with a word of the metadata changed; the signature goes along."""
    path = keys / "anew.pdf"
    path.write_bytes(content)
    with pikepdf.open(path, allow_overwriting_input=True) as document:
        document.docinfo["/Author"] = "Someone else"
        document.save()
    return path.read_bytes()


def _in_the_room_of_its_signature(content: bytes, _: Path) -> bytes:
    """A byte that no signature covers, behind the end of the one that stands there."""
    place = content.rindex(b"0000>") + 2
    return content[:place] + b"1" + content[place + 1 :]


def _unpacked_and_signed(content: bytes, keys: Path) -> bytes:
    """What a page draws said to be packed otherwise, so that nothing shows; not a byte changed."""
    first = unsigned(content)
    assert first is not None
    with pikepdf.open(BytesIO(first)) as document:
        drawn = document.pages[0].obj.Contents
        number, held = drawn.objgen[0], drawn.read_raw_bytes()
    root, info = (re.findall(rb"/%s \d+ 0 R" % key, first)[-1] for key in (b"Root", b"Info"))
    start = re.findall(rb"startxref\n(\d+)\n", first)[-1]
    body = b"%d 0 obj\n<</Length %d>>\nstream\n%s\nendstream\nendobj\n" % (number, len(held), held)
    table = b"xref\n%d 1\n%010d 00000 n \ntrailer\n<<%s%s/Size %s/Prev %s>>\n" % (
        *(number, len(first)),
        *(root, info, re.findall(rb"/Size (\d+)", first)[-1], start),
    )
    end = b"startxref\n%d\n%%%%EOF\n" % (len(first) + len(body))
    with signer_of(Signing(str(keys / "stranger.pem"), None, None, lambda: DAY)) as signer:
        return signer.pdf(first + body + table + end)


FORGERIES = (
    *(_stripped, _another_byte, _more_behind, _changed_and_signed, _written_anew),
    _unpacked_and_signed,
    _in_the_room_of_its_signature,
)


@pytest.mark.parametrize(
    ("given", "forge"),
    # Of these, only what a stranger has signed could pass for theirs.
    [
        *(("desk", forge) for forge in FORGERIES),
        ("stranger", _changed_and_signed),
        ("stranger", _unpacked_and_signed),
    ],
)
def test_a_forgery_is_seen(pdf: Path, keys: Path, tmp_path: Path, forge: Any, given: str) -> None:
    """Whoever made it, and whomever one asks about; of the true one all holds."""
    assert not is_refused(pdf, keys / "desk.crt")
    forged = tmp_path / "forged.pdf"
    forged.write_bytes(forge(pdf.read_bytes(), keys))
    assert is_refused(forged, keys / f"{given}.crt")


@pytest.mark.parametrize(
    ("form", "more"),
    [
        *((form, b"") for form in (b"5", b"[1 2]", b"<</Fields 7>>", b"<</Fields [9 0 R]>>")),
        *((b"2 0 R", more) for more in (b"", b"%" + b" " * 2**21 + b"\n")),
    ],
    ids=lambda value: value.decode() if len(value) < 99 else "long",
)
def test_nonsense_behind_a_brief_is_a_verdict(
    pdf: Path, tmp_path: Path, form: bytes, more: bytes
) -> None:
    """Whatever a revision says of forms, or that it is a megabyte long: no traceback."""
    first = unsigned(pdf.read_bytes())
    assert first is not None
    root = re.search(rb"/Root (\d+) 0 R", first)
    start = re.search(rb"startxref\n(\d+)\n%%EOF", first)
    assert root is not None
    assert start is not None
    with pikepdf.open(BytesIO(first)) as document:
        catalog = document.Root.unparse()[:-2] + b"/AcroForm " + form + b">>"
    place = len(first)
    body = root[1] + b" 0 obj\n" + catalog + b"\nendobj\n%/ByteRange\n"
    table = place + len(body)
    row = b"xref\n" + root[1] + b" 1\n%010d 00000 n \n" % place
    end = b"trailer\n<</Size 99999/Root %s 0 R/Prev %s>>\nstartxref\n%d\n%%%%EOF\n"
    forged = tmp_path / "forged.pdf"
    forged.write_bytes(first + body + row + end % (root[1], start[1], table) + more)
    assert is_refused(forged)


def test_a_stranger_may_sign_what_is_unchanged_and_is_named(pdf: Path, keys: Path) -> None:
    """Asked for the desk's signature, theirs is none; unasked, their name is told."""
    first = unsigned(pdf.read_bytes())
    assert first is not None
    other = keys / "other.pdf"
    with signer_of(Signing(str(keys / "stranger.pem"), None, None, lambda: DAY)) as signer:
        other.write_bytes(signer.pdf(first))
    assert "of CN=stranger, 2024-01-01" in verify(other)[1]
    assert verify(other, "--signer", keys / "desk.crt")[0] == 1


def test_diff_reads_a_signed_brief(pdf: Path, tmp_path: Path) -> None:
    """The data are those of the file that was signed."""
    first = unsigned(pdf.read_bytes())
    assert first is not None
    plain = tmp_path / "plain.pdf"
    plain.write_bytes(first)
    done = run("diff", str(plain), str(pdf))
    assert done.exit_code == 0, done.stderr


class _Clock(BaseHTTPRequestHandler):
    """A server of time stamps (RFC 3161)."""

    stamper: DummyTimeStamper

    def do_POST(self) -> None:
        asked = tsp.TimeStampReq.load(self.rfile.read(int(self.headers["Content-Length"])))
        answer = self.stamper.request_tsa_response(asked).dump()
        self.send_response(200)
        self.send_header("Content-Type", "application/timestamp-reply")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    @override
    def log_message(self, *_: object) -> None:
        """Nothing on stderr."""


@pytest.fixture
def clock(keys: Path) -> Iterator[str]:
    """The address of such a server."""
    _Clock.stamper = DummyTimeStamper(
        load_cert_from_pemder(str(keys / "clock.crt")),  # type: ignore[no-untyped-call] # theirs
        load_private_key_from_pemder(str(keys / "clock.pem"), None),
        fixed_dt=datetime(2025, 5, 5, 5, 5, tzinfo=UTC),
    )
    server = HTTPServer(("127.0.0.1", 0), _Clock)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()
    thread.join()


def test_a_time_stamp_says_when(pdf: Path, keys: Path, clock: str, tmp_path: Path) -> None:
    """PAdES-B-T: by the server's word, and not by that of who signed; it holds what was signed."""
    first = unsigned(pdf.read_bytes())
    assert first is not None
    assert pdf.read_bytes().startswith(first)
    with signer_of(Signing(str(keys / "desk.pem"), None, clock, lambda: DAY)) as signer:
        content = signer.pdf(first)
    stamped = tmp_path / "stamped.pdf"
    stamped.write_bytes(content)
    status, text = verify(stamped, "--signer", keys / "desk.crt")
    assert status == 0, text
    assert "2025-05-05 05:05 UTC by the time stamp of CN=clock, whom" in text


def test_a_certificate_has_to_be_good_when_it_signs(
    pdf: Path, keys: Path, clock: str, tmp_path: Path
) -> None:
    """By the time stamp's word where there is one, else by its own, never by this machine's."""
    content = unsigned(pdf.read_bytes())
    assert content is not None
    for name, issuer in (("alone", None), ("issued", keys / "authority.pem")):
        key, own = write_key(tmp_path, name, issuer=issuer, days=10)
        for day, server, when in (
            (9, None, ""),
            (11, None, "2024-01-12"),
            (9, clock, "2025-05-05"),
        ):
            signing = Signing(str(key), None, server, partial(DAY.__add__, timedelta(days=day)))
            with signer_of(signing) as signer:
                signed, beside = signer.pdf(content), signer.beside(b"{}")
            for given in {own, keys / "authority.crt" if issuer else own}:
                trusted = certificates_in(given.read_bytes())
                for each in (check_pdf(signed, trusted), check_beside(b"{}", beside, trusted)):
                    assert each is not None
                    fault = f"its certificate was not good on {when}" if when else ""
                    assert (each.fault, each.is_vouched_for) == (fault, not when)


def test_no_name_of_a_certificate_reads_as_two(tmp_path: Path) -> None:
    """A comma that belongs to a name is marked as such."""
    key, _ = write_key(tmp_path, "desk, O=Harbour")
    with signer_of(Signing(str(key), None, None, lambda: DAY)) as signer:
        beside = signer.beside(b"{}")
    assert check_beside(b"{}", beside, ()).by == r"CN=desk\, O=Harbour"


# test_conformance.py holds them against their standards, beside all other PDFs.
@pytest.fixture
def signed(keys: Path, clock: str, tmp_path: Path) -> list[Path]:
    """Signed, and with a time stamp; a sheet is enough, since what it says stays as it is."""
    sheet = set_pdf(
        "<!DOCTYPE html><html lang=en><title>Sheet</title><p>Words", shipped() / "fonts"
    )
    files = []
    for name, server in (("signed", None), ("stamped", clock)):
        with signer_of(Signing(str(keys / "desk.pem"), None, server, lambda: DAY)) as signer:
            content = signer.pdf(sheet)
        assert content.startswith(sheet)
        files.append(tmp_path / f"{name}.pdf")
        files[-1].write_bytes(content)
    return files


@pytest.mark.parametrize(
    ("flags", "message"),
    [
        (("--sign", "nowhere.pem"), "the key 'nowhere.pem' can't be read"),
        (("--sign", "facts.yaml"), "can't be opened"),
        (("--sign", "alone.crt"), "holds no private key"),
        (("--sign", "alone.p12"), "holds no certificate"),
        (("--sign", "mixed.pem"), "no certificate in 'mixed.pem' belongs to its key"),
        (("--sign", "old.pem"), "is good from 2024-01-01 to 2024-01-02, and today is"),
        (("--sign", "edwards.p12"), "'edwards.p12' is of the kind ed25519"),
        (("--sign", "locked.p12"), "it needs a passphrase"),
        (("--sign", "locked.p12", "--passphrase", "wrong.txt"), "its passphrase is another one"),
        (("--sign", "desk.pem", "--timestamp", "http://127.0.0.1:9/"), "it could not be signed"),
        (("--sign", "pkcs11:token=Desk"), "names no module, token and object"),
        (("--sign", "pkcs11://[::1"), "names no module, token and object"),
        (
            ("--sign", "pkcs11:token=Desk;object=key?module-path=/nowhere.so"),
            "the token can't be used",
        ),
    ],
)
def test_what_can_not_sign(desk: Path, keys: Path, flags: tuple[str, ...], message: str) -> None:
    """One clear word, exit code 2, and nothing is written."""
    shutil.copy(keys / "desk.pem", desk)
    write_key(desk, "old", days=1)
    shutil.copy(keys / "desk.crt", desk / "alone.crt")
    stranger = (keys / "stranger.pem").read_bytes()
    private = stranger[stranger.index(b"-----BEGIN PRIVATE") :]
    (desk / "mixed.pem").write_bytes((keys / "desk.crt").read_bytes() + private)
    (desk / "locked.p12").write_bytes(_locked(keys))
    (desk / "edwards.p12").write_bytes(_edwards())
    key, open_ = ec.generate_private_key(ec.SECP256R1()), serialization.NoEncryption()
    alone = pkcs12.serialize_key_and_certificates(b"alone", key, None, None, open_)
    (desk / "alone.p12").write_bytes(alone)
    (desk / "wrong.txt").write_text("another\n", encoding="utf-8")
    done = run(*BUILD, "--format", "pdf", *flags)
    assert done.exit_code == 2
    assert message in done.stderr
    assert f"error[{CODE}]" in done.stderr
    assert not (desk / "build").exists()


def _edwards() -> bytes:
    """A key of a kind that signs no SHA-256."""
    key = ed25519.Ed25519PrivateKey.generate()
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "edwards")])
    certificate = x509.CertificateBuilder(name, name, key.public_key(), 1, DAY, DAY).sign(key, None)
    open_ = serialization.NoEncryption()
    return pkcs12.serialize_key_and_certificates(b"edwards", key, certificate, None, open_)


def _locked(keys: Path) -> bytes:
    content = (keys / "desk.pem").read_bytes()
    key = serialization.load_pem_private_key(content, None)
    assert isinstance(key, ec.EllipticCurvePrivateKey)
    certificate = x509.load_pem_x509_certificate(content)
    lock = serialization.BestAvailableEncryption(b"secret")
    return pkcs12.serialize_key_and_certificates(b"desk", key, certificate, None, lock)


def test_a_locked_key_is_opened_by_its_passphrase(desk: Path, keys: Path) -> None:
    """The first line of a file; it stands in no output and no message."""
    (desk / "locked.p12").write_bytes(_locked(keys))
    (desk / "pass.txt").write_text("secret\n", encoding="utf-8")
    done = run(*BUILD, "--format", "pdf", "--sign", "locked.p12", "--passphrase", "pass.txt")
    assert done.exit_code == 0, done.stderr
    assert verify(PDF, "--signer", keys / "desk.crt")[0] == 0


READABLE = "key-readable"


@pytest.mark.parametrize(
    ("mode", "told"),
    [
        (0o644, ("may be read by everybody: its mode is 0644", "`chmod 600 'the key.pem'`")),
        (0o640, ("may be read by its group: its mode is 0640", "`chmod 600 'the key.pem'`")),
        (0o444, ("may be read by everybody: its mode is 0444", "`chmod 400 'the key.pem'`")),
        (0o600, ()),
        (0o622, ()),
        (0o400, ()),
    ],
)
@pytest.mark.parametrize("command", ["build", "issue"])
def test_a_key_that_others_may_read_is_told(
    desk: Path, keys: Path, command: str, mode: int, told: tuple[str, ...]
) -> None:
    """With what mends it; a brief is issued all the same, since no brief is wrong."""
    key = desk / "the key.pem"
    key.write_bytes((keys / "desk.pem").read_bytes())
    key.chmod(mode)
    done = run(command, *BUILD[1:], "--format", "html", "--sign", key.name)
    assert done.exit_code == 0, done.stderr
    assert (f"warning[{READABLE}]: the key 'the key.pem'" in done.stderr) is bool(told)
    assert all(words in done.stderr for words in told)


def test_only_a_key_in_a_file_is_told_to_be_readable(tmp_path: Path) -> None:
    """No token, no pipe, no folder, nothing that is not there; what a link leads to, it is."""
    os.mkfifo(tmp_path / "pipe", 0o644)
    key, _ = write_key(tmp_path, "key")
    key.chmod(0o644)
    (tmp_path / "link.pem").symlink_to(key)
    told = {
        name
        for name in ("pipe", "key.pem", "link.pem", "", "nowhere.pem", "~nobody-at-all/key.pem")
        if readable_by_others(Signing(str(tmp_path / name), None, None, lambda: DAY))
    }
    assert told == {"key.pem", "link.pem"}
    token = Signing("pkcs11:token=Desk;object=signing", None, None, lambda: DAY)
    assert readable_by_others(token) == ()


def test_a_build_stands_as_long_as_its_key_does(desk: Path, keys: Path) -> None:
    """What was told of the key is told again, until its mode, or another key, is looked at."""
    key = desk / "key.pem"
    key.write_bytes((keys / "desk.pem").read_bytes())
    key.chmod(0o644)
    asked = (*BUILD, "--format", "html", "--sign", "key.pem", "--cache", "kept")
    told = [run(*asked).stderr, run(*asked).stderr]
    key.chmod(0o600)
    told += [run(*asked).stderr, run(*asked).stderr]
    assert [READABLE in each for each in told] == [True, True, False, False]
    first = (desk / "build/manifest.json.p7s").read_bytes()
    key.write_bytes((keys / "stranger.pem").read_bytes())
    assert run(*asked).exit_code == 0
    manifest = desk / "build/manifest.json"
    assert (desk / "build/manifest.json.p7s").read_bytes() != first
    assert verify(manifest, "--signer", keys / "stranger.crt")[0] == 0


TOKEN = "Desk"  # noqa: S105 # its name
MODULES = (
    "/usr/lib/softhsm/libsofthsm2.so",
    "/usr/lib64/pkcs11/libsofthsm2.so",
    "/opt/homebrew/lib/softhsm/libsofthsm2.so",
)


def _token(keys: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The address of the desk's key on a token of software, whose PIN is 1234."""
    module = next(each for each in MODULES if Path(each).exists())
    (folder / "tokens").mkdir()
    settings = folder / "softhsm2.conf"
    settings.write_text(f"directories.tokendir = {folder / 'tokens'}\n", encoding="utf-8")
    monkeypatch.setenv("SOFTHSM2_CONF", str(settings))
    token = ("--label", "Desk", "--pin", "1234", "--so-pin", "5678")
    subprocess.run(["softhsm2-util", "--init-token", "--free", *token], check=True)
    content = (keys / "desk.pem").read_bytes()
    (folder / "private.pem").write_bytes(content[content.index(b"-----BEGIN PRIVATE") :])
    named = ("--token", "Desk", "--label", "signing", "--id", "01", "--pin", "1234")
    key = ("--import", str(folder / "private.pem"))
    subprocess.run(["softhsm2-util", *key, *named], check=True)
    certificate = x509.load_pem_x509_certificate(content)
    written = {
        pkcs11.Attribute.CLASS: pkcs11.ObjectClass.CERTIFICATE,
        pkcs11.Attribute.CERTIFICATE_TYPE: pkcs11.CertificateType.X_509,
        pkcs11.Attribute.TOKEN: True,
        pkcs11.Attribute.LABEL: "signing",
        pkcs11.Attribute.ID: b"\x01",
        pkcs11.Attribute.SUBJECT: certificate.subject.public_bytes(),
        pkcs11.Attribute.VALUE: certificate.public_bytes(serialization.Encoding.DER),
    }
    with pkcs11.lib(module).get_token(token_label=TOKEN).open(rw=True, user_pin="1234") as opened:
        opened.create_object(written)
    return f"pkcs11:token=Desk;object=signing?module-path={module}"


def test_a_token_signs(
    desk: Path, keys: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """By PKCS#11, with its PIN; a wrong PIN is one clear word."""
    address = _token(keys, tmp_path, monkeypatch)
    (desk / "pin.txt").write_text("1234\n", encoding="utf-8")
    (desk / "wrong.txt").write_text("4321\n", encoding="utf-8")
    asked = (*BUILD, "--format", "pdf", "--sign", address)
    refused = run(*asked, "--passphrase", "wrong.txt")
    assert refused.exit_code == 2
    assert "the token can't be used" in refused.stderr
    done = run(*asked, "--passphrase", "pin.txt")
    assert done.exit_code == 0, done.stderr
    assert verify(PDF, "--signer", keys / "desk.crt")[0] == 0
