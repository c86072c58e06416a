"""What leaves the program, read by programs that share no line with it (node; `make soak`)."""

import datetime as dt
import json
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from notifications.bundle import render_bundle
from notifications.ical import AMSTERDAM, Entry, calendar_file
from notifications.message import build_email, message_id
from notifications.render import Rendered, render
from tests.notifications.fakes import NOW, SENDER, a_message
from tests.notifications.samples import SAMPLES, values
from tests.notifications.test_bundle import FOUR

CALENDAR = """
import ICAL from "ical.js";
import fs from "node:fs";
const calendar = new ICAL.Component(ICAL.parse(fs.readFileSync(process.argv[2], "utf8")));
for (const zone of calendar.getAllSubcomponents("vtimezone")) {
  ICAL.TimezoneService.register(new ICAL.Timezone(zone));
}
const events = calendar.getAllSubcomponents("vevent").map((one) => {
  const event = new ICAL.Event(one);
  return {
    uid: event.uid, sequence: event.sequence, summary: event.summary,
    day: event.startDate.isDate ? event.startDate.toString() : null,
    end: event.startDate.isDate ? null : event.endDate.toJSDate().toISOString(),
    status: one.getFirstPropertyValue("status"),
  };
});
console.log(JSON.stringify({ method: calendar.getFirstPropertyValue("method"), events }));
"""
MAIL = """
import { simpleParser } from "mailparser";
import fs from "node:fs";
const found = [];
for (const file of process.argv.slice(2)) {
  const mail = await simpleParser(fs.readFileSync(file));
  found.push({
    subject: mail.subject, to: mail.to.value, from: mail.from.value, reply: mail.replyTo.value,
    id: mail.messageId, text: mail.text, html: mail.html, references: mail.references,
    auto: mail.headers.get("auto-submitted"),
    files: mail.attachments.map((one) => [one.contentType, one.content.toString("utf8")]),
  });
}
console.log(JSON.stringify(found));
"""


@pytest.fixture(scope="module")
def node(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with both readers; without npm the test fails and says why."""
    npm = shutil.which("npm")
    assert npm, "npm is needed for this test: install Node.js and try again"
    folder = tmp_path_factory.mktemp("node")
    subprocess.run(
        [npm, "install", "--silent", "--no-audit", "--no-fund", "ical.js@2", "mailparser@3"],
        cwd=folder,
        check=True,
        timeout=300,
    )
    (folder / "calendar.mjs").write_text(CALENDAR, encoding="utf-8")
    (folder / "mail.mjs").write_text(MAIL, encoding="utf-8")
    return folder


def asked(node: Path, script: str, *files: Path) -> Any:
    """What a script of node says of files."""
    command = ["node", script, *map(str, files)]
    done = subprocess.run(command, cwd=node, check=True, capture_output=True, text=True)
    return json.loads(done.stdout)


@pytest.mark.soak
def test_ical_js_reads_the_same_instants(node: Path) -> None:
    """Days as days, hours through the rules that travel along, in every month of ten years."""
    moments = [
        dt.datetime(year, month, day, 12, 0, tzinfo=AMSTERDAM)
        for year in range(2024, 2034)
        for month in range(1, 13)
        for day in (1, 15, 28)
    ]
    entries = [
        Entry(uid=f"{n}@regio.example", sequence=n, summary="DO; één, \\ twee\n🙂", begin=m, end=m)
        for n, m in enumerate(moments)
    ]
    days = [
        Entry(uid="d", sequence=1, summary="PFHO", day=dt.date(2024, 3, 31), cancelled=True),
        Entry(uid="e", sequence=2, summary="x" * 300, day=dt.date(2024, 10, 27), tentative=True),
    ]
    file = node / "agenda.ics"
    file.write_bytes(calendar_file([*entries, *days], name="Proef", at=NOW))

    read = asked(node, "calendar.mjs", file)

    assert read["method"] == "PUBLISH"
    hours, whole = read["events"][: len(entries)], read["events"][len(entries) :]
    assert [dt.datetime.fromisoformat(one["end"]) for one in hours] == moments
    assert {one["summary"] for one in hours} == {"DO; één, \\ twee\n🙂"}
    assert [one["sequence"] for one in hours] == list(range(len(entries)))
    assert [(one["day"], one["status"], one["summary"]) for one in whole] == [
        ("2024-03-31", "CANCELLED", "Vervallen: PFHO"),
        ("2024-10-27", "TENTATIVE", "x" * 300),
    ]


def mails() -> dict[str, Rendered]:
    """Every mail that the program can send."""
    own = {name: render(*values(name)) for name in SAMPLES}
    return {**own, "bundel": render_bundle(FOUR)}


@pytest.mark.soak
def test_mailparser_reads_every_mail_as_it_was_meant(node: Path) -> None:
    """Reader, sender, subject, both texts, thread and calendar come back whole."""
    calendar = calendar_file(
        [Entry(uid="d", sequence=1, summary="PFHO, één", day=dt.date(2024, 7, 11))],
        name="Proef",
        at=NOW,
    ).decode()
    files, sent = [], []
    for name, made in mails().items():
        message = replace(
            a_message(name, name="Bakker, Sanne „de” Ünal"),
            subject=made.subject,
            text=made.text,
            html=made.html,
            calendar=calendar,
        )
        files.append(node / f"{name}.eml")
        files[-1].write_bytes(build_email(message, sender=SENDER, at=NOW).as_bytes())
        sent.append(message)

    read = asked(node, "mail.mjs", *files)

    for message, found in zip(sent, read, strict=True):
        assert found["to"] == [{"address": message.recipient.email, "name": message.recipient.name}]
        assert found["from"] == [{"address": SENDER.email, "name": SENDER.name}]
        assert found["reply"][0]["address"] == SENDER.email
        assert found["subject"] == message.subject
        assert found["text"].strip() == message.text.strip()
        assert found["html"].strip() == str(message.html).strip()
        assert found["id"] == message_id(message.key, "regio.example")
        assert found["references"]
        assert found["auto"] == "auto-generated"
        ((kind, content),) = found["files"]
        assert kind == "text/calendar"
        assert content.replace("\r\n", "\n") == calendar.replace("\r\n", "\n")
