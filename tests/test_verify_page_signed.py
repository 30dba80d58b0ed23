"""The page that verifies in a browser tells whose a signed file is, in the words of the command."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest
from asn1crypto import keys as asn1_keys
from asn1crypto import x509 as asn1_x509
from command import run
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.x509.oid import NameOID
from playwright.sync_api import Browser
from pyhanko.sign.signers import SimpleSigner
from pyhanko.sign.signers.pdf_cms import PdfCMSSignedAttributes
from pyhanko_certvalidator.registry import SimpleCertificateStore
from test_signing import (
    DAY,
    _changed_and_signed,
    _in_the_room_of_its_signature,
    _revision,
    clock,
    write_key,
)
from test_verify_page import started, told_on, verifier

from briefings.core.signing import Signing
from briefings.sign.make import signer_of
from briefings.sign.trust import check_beside
from briefings.sign.waiting import awaited

__all__ = ["clock", "verifier"]

PDF = "basin-closure.en.pdf"
BY = "2024-01-01 00:00 UTC by"
VOUCHED = "whom the certificate that you gave vouches for"
NOT_VOUCHED = "whom the certificate that you gave does not vouch for"
NOT_THERE = "what it was made over is not what stands there"


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Keys of a desk, of who vouches for it, of a stranger and of a server of time stamps."""
    folder = tmp_path_factory.mktemp("keys")
    authority, _ = write_key(folder, "authority")
    write_key(folder, "desk", issuer=authority)
    write_key(folder, "stranger")
    write_key(folder, "clock", stamps=True)
    write_key(folder, "rsa", stamps=True)
    write_key(folder, "expired", days=1)
    return folder


def signing(key: Path, days: int = 0) -> Signing:
    """Whom to sign as, so many days after a day long past."""
    return Signing(str(key), None, None, lambda: DAY + timedelta(days))


def signed(content: bytes, key: Path, days: int = 0) -> bytes:
    """A PDF with a signature behind it."""
    with signer_of(signing(key, days)) as signer:
        return signer.pdf(content)


def told(
    browser: Browser, verifier: Path, folder: Path, *files: tuple[str, bytes]
) -> dict[str, list[str]]:
    """What the page says of files that are dropped at once: the lines of each that has any."""
    paths = []
    for name, content in files:
        paths.append(folder / name)
        paths[-1].write_bytes(content)
    page = started(browser, verifier)
    lists = told_on(page, *paths)
    return dict(zip(page.locator("#verdicts h2").all_inner_texts(), lists, strict=True))


def of_signature(lines: list[str]) -> list[str]:
    """What it says of a signature."""
    return [line for line in lines if "signature: " in line]


def test_who_signed_a_brief(
    browser: Browser, verifier: Path, harbour_site: Path, keys: Path, tmp_path: Path
) -> None:
    """By its certificate's word; by one that is given, or its issuer's; not by another's."""
    content = (harbour_site / PDF).read_bytes()
    files = [(f"{name}.pdf", signed(content, keys / f"{name}.pem")) for name in ("desk", "rsa")]
    lines = told(browser, verifier, tmp_path, *files)
    for name in ("desk", "rsa"):
        (line,) = of_signature(lines[f"{name}.pdf"])
        assert line.startswith(f"signature: of CN={name}, {BY} its own word; nobody vouches")
        assert lines[f"{name}.pdf"][1].startswith("words: all ")
    with signer_of(signing(keys / "desk.pem")) as signer:
        listed = [("list.json", manifest("a")), ("list.json.p7s", signer.beside(manifest("a")))]
    for name, verdict in (("desk", VOUCHED), ("authority", VOUCHED), ("stranger", NOT_VOUCHED)):
        certificate = (f"{name}.crt", (keys / f"{name}.crt").read_bytes())
        (line,) = of_signature(told(browser, verifier, tmp_path, *listed, certificate)["list.json"])
        state = "FAILS: " if verdict is NOT_VOUCHED else ""
        assert line == f"{state}signature: of CN=desk, {BY} its own word, {verdict}"
    der = x509.load_pem_x509_certificate((keys / "desk.crt").read_bytes()).public_bytes(
        serialization.Encoding.DER
    )
    lines = told(browser, verifier, tmp_path, files[0], ("desk.der", der))
    assert VOUCHED in of_signature(lines["desk.pdf"])[0]


def test_forgeries_of_a_signed_brief(
    browser: Browser, verifier: Path, harbour_site: Path, keys: Path, tmp_path: Path
) -> None:
    """Altered, updated, stripped, of a certificate that is not good any more, or of another's."""
    content = (harbour_site / PDF).read_bytes()
    whole = signed(content, keys / "desk.pem")
    place = whole.rindex(b"/M (D") + 12
    digits = whole.rindex(b"/Contents <") + 400
    files = {
        "altered.pdf": whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :],
        "by another key.pdf": whole[:digits] + b"00000000" + whole[digits + 8 :],
        "more.pdf": whole + b"% more\n",
        "updated.pdf": signed(content + _revision(content), keys / "desk.pem"),
        "turned.pdf": _changed_and_signed(whole, keys),
        "in its room.pdf": _in_the_room_of_its_signature(whole, keys),
        "expired.pdf": signed(content, keys / "expired.pem", 99),
        "stripped.pdf": content,
    }
    given = ("desk.crt", (keys / "desk.crt").read_bytes())
    lines = told(browser, verifier, tmp_path, *files.items(), given)
    said = {name: "\n".join(of_signature(lines[name])) for name in files}
    assert said["altered.pdf"] == f"FAILS: signature: that of CN=desk: {NOT_THERE}"
    assert said["by another key.pdf"].startswith("FAILS: signature: that of ")
    assert said["more.pdf"].endswith("CN=desk: it does not cover the whole file")
    assert said["expired.pdf"].endswith("CN=expired: its certificate was not good on 2024-04-09")
    assert said["stripped.pdf"] == "FAILS: signature: it has none"
    assert said["in its room.pdf"] == "FAILS: signature: that of nobody: it can’t be read"
    assert said["turned.pdf"].endswith(NOT_VOUCHED)
    for name in ("updated.pdf", "turned.pdf"):
        assert any("what stands behind the brief" in line for line in lines[name]), name
        assert not any(line.startswith("words: all ") for line in lines[name]), name
    (stripped,) = told(browser, verifier, tmp_path, ("stripped.pdf", content)).values()
    assert not of_signature(stripped)


def manifest(of: str) -> bytes:
    """One that names a file, so that each is another one."""
    subject = [{"name": of, "digest": {"sha256": "0" * 64}}]
    return json.dumps({"subject": subject}).encode()


def signer_with(private: Any, *, pss: bool = False) -> SimpleSigner:
    """A key of some kind, whose certificate names nobody but that."""
    name = x509.Name(
        [
            x509.NameAttribute(NameOID.COMMON_NAME, 'a, "b" = c'),
            x509.NameAttribute(NameOID.COUNTRY_NAME, "IS"),
        ]
    )
    hashed = None if isinstance(private, ed25519.Ed25519PrivateKey) else hashes.SHA384()
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(private.public_key())
        .serial_number(1)
        .not_valid_before(DAY)
        .not_valid_after(DAY + timedelta(days=9))
        .sign(private, hashed)
    )
    der = serialization.Encoding.DER
    written = private.private_bytes(
        der, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return SimpleSigner(
        signing_cert=asn1_x509.Certificate.load(certificate.public_bytes(der)),
        signing_key=asn1_keys.PrivateKeyInfo.load(written),
        cert_registry=SimpleCertificateStore(),  # type: ignore[no-untyped-call] # theirs
        prefer_pss=pss,
    )


def signature_by(signer: SimpleSigner, content: bytes, digest: str) -> bytes:
    """A signature for a file of its own."""
    at = PdfCMSSignedAttributes(signing_time=DAY)
    written = awaited(
        signer.async_sign_general_data(content, digest, signed_attr_settings=at)
    ).dump()
    assert isinstance(written, bytes)
    return written


ALGORITHMS: dict[str, tuple[Callable[[], SimpleSigner], str]] = {
    "RSA": (lambda: signer_with(rsa.generate_private_key(65537, 2048)), "sha256"),
    "RSA, long": (lambda: signer_with(rsa.generate_private_key(65537, 3072)), "sha512"),
    "PSS": (lambda: signer_with(rsa.generate_private_key(65537, 2048), pss=True), "sha256"),
    "P-256": (lambda: signer_with(ec.generate_private_key(ec.SECP256R1())), "sha256"),
    "P-384": (lambda: signer_with(ec.generate_private_key(ec.SECP384R1())), "sha384"),
    "P-521": (lambda: signer_with(ec.generate_private_key(ec.SECP521R1())), "sha512"),
    "Ed25519": (lambda: signer_with(ed25519.Ed25519PrivateKey.generate()), "sha512"),
}


def test_each_kind_of_key(browser: Browser, verifier: Path, tmp_path: Path) -> None:
    """Its signature holds, over these bytes and as it was made alone; so says the command."""
    files: list[tuple[str, bytes]] = []
    for name, (make, digest) in ALGORITHMS.items():
        content = manifest(name)
        signature = signature_by(make(), content, digest)
        damaged = signature[:-1] + bytes([signature[-1] ^ 1])
        for kind, given, beside in (
            ("true", content, signature),
            ("other", content + b"\n", signature),
            ("damaged", content, damaged),
        ):
            files += [(f"{kind} {name}.json", given), (f"{kind} {name}.json.p7s", beside)]
            said = check_beside(given, beside, ())
            assert bool(said.fault) == (kind != "true"), (name, kind)
    lines = told(browser, verifier, tmp_path, *files)
    by = r"C=IS,CN=a\, \"b\" = c"
    for name in ALGORITHMS:
        (held,) = of_signature(lines[f"true {name}.json"])
        assert held.startswith(f"signature: of {by}, {BY} its own word; nobody"), name
        (not_it,) = of_signature(lines[f"other {name}.json"])
        assert not_it == f"FAILS: signature: that of {by}: {NOT_THERE}", name
        (not_whole,) = of_signature(lines[f"damaged {name}.json"])
        assert not_whole == f"FAILS: signature: that of {by}: it is not that of its certificate", (
            name
        )


@pytest.fixture
def stamping(keys: Path, clock: str) -> Signing:
    """Whom to sign as, with the word of a server on when."""
    return Signing(str(keys / "desk.pem"), None, clock, lambda: DAY)


def test_a_time_stamp_says_when(
    browser: Browser, verifier: Path, harbour_site: Path, stamping: Signing, tmp_path: Path
) -> None:
    """By the server's word, and not by that of who signed; over this signature and no other."""
    with signer_of(stamping) as signer:
        files = {
            "stamped.pdf": signer.pdf((harbour_site / PDF).read_bytes()),
            "list.json": manifest("a"),
            "list.json.p7s": signer.beside(manifest("a")),
        }
    place = files["list.json.p7s"].index(b"202505050505")
    files["late.json"] = files["list.json"]
    late = bytearray(files["list.json.p7s"])
    late[place + 3] ^= 1  # the last digit of the year
    files["late.json.p7s"] = bytes(late)
    certificate = Path(stamping.key).with_name("authority.crt")
    given = (certificate.name, certificate.read_bytes())
    lines = told(browser, verifier, tmp_path, *files.items(), given)
    for name in ("stamped.pdf", "list.json"):
        (line,) = of_signature(lines[name])
        stamped = "2025-05-05 05:05 UTC by the time stamp of CN=clock"
        assert line == f"signature: of CN=desk, {stamped}, {VOUCHED}"
    assert of_signature(lines["late.json"]) == [
        f"signature: of CN=desk, {BY} its own word, {VOUCHED}"
    ]


def test_a_signed_build_and_record(
    browser: Browser, verifier: Path, keys: Path, tmp_path: Path
) -> None:
    """What the two commands sign, dropped as it stands: the manifest answers for pages too."""
    desk = Path(copytree(Path(__file__).parent / "desk_harbour", tmp_path / "desk"))
    base = ("--base", str(desk / "facts.yaml"), "--topic", "tarn-cannery", "--lang", "en")
    about = (*base, "--as-of", "2024-03-06", "--format", "html", "--sign", str(keys / "desk.pem"))
    for command in ("build", "issue"):
        done = run(command, *about, "--out", str(desk / command))
        assert done.exit_code == 0, done.stderr
    named = json.loads((desk / "build" / "manifest.json").read_bytes())["subject"]
    build = [desk / "build" / each["name"] for each in named]
    build += [desk / "build" / f"manifest.json{end}" for end in ("", ".p7s")]
    files = [(path.name, path.read_bytes()) for path in build]
    (record,) = (desk / "issued").glob("*.en.*.json")
    files += [(path.name, path.read_bytes()) for path in (record, Path(f"{record}.p7s"))]
    given = ("desk.crt", (keys / "desk.crt").read_bytes())
    dropped = tmp_path / "dropped"
    dropped.mkdir()
    lines = told(browser, verifier, dropped, *files, given)
    assert lines["manifest.json"][0] == f"data: all {len(named)} files are those that it names"
    assert lines[record.name][0].startswith("data: the record of edition ")
    for name in ("manifest.json", record.name):
        (line,) = of_signature(lines[name])
        assert line.startswith("signature: of CN=desk, ")
        assert line.endswith(VOUCHED)
    page = "tarn-cannery.en.html"
    assert "record: manifest.json lists this file, to the last byte" in lines[page]
    (line,) = of_signature(lines[page])
    assert line.startswith("UNCHECKED: signature: not checked: none lies beside it")
    # The same, but for a file of the build and for a word of the record.
    changed = {page: b"<p>", record.name: record.read_bytes().replace(b"cannery", b"brewery")}
    altered = [(name, changed.get(name, content)) for name, content in files]
    lines = told(browser, verifier, dropped, *altered, given)
    assert f"FAILS: data: {page} is not as it was built" in lines["manifest.json"]
    assert f"FAILS: signature: that of CN=desk: {NOT_THERE}" in lines[record.name]
    unsigned = [each for each in files if not each[0].endswith(".p7s")]
    for path in dropped.glob("*.p7s"):
        path.unlink()
    lines = told(browser, verifier, dropped, *unsigned, given)
    assert "FAILS: signature: there is none beside it" in lines["manifest.json"]
    relied = "FAILS: record: manifest.json can’t be relied on: its signature fails"
    assert relied in lines[page]


def test_a_page_with_a_signature_of_its_own(
    browser: Browser, verifier: Path, harbour_site: Path, keys: Path, tmp_path: Path
) -> None:
    """A desk may lay one beside anything; one without its file is told to lack that."""
    page = (harbour_site / "basin-closure.en.html").read_bytes()
    with signer_of(signing(keys / "desk.pem")) as signer:
        beside = signer.beside(page)
    files = (("a.html", page), ("a.html.p7s", beside), ("b.html.p7s", beside))
    lines = told(browser, verifier, tmp_path, *files)
    (line,) = of_signature(lines["a.html"])
    assert line.startswith(f"signature: of CN=desk, {BY} its own word; nobody vouches")
    assert lines["b.html.p7s"] == ["UNCHECKED: signature: drop b.html with it, over which it is"]
    damaged = (("a.html", page), ("a.html.p7s", beside[:99]))
    (line,) = of_signature(told(browser, verifier, tmp_path, *damaged)["a.html"])
    assert line == "FAILS: signature: that of nobody: it can’t be read"
