"""Bounces as mail servers write them, with invented people; `{id}` is the id of our mail."""

from notifications.message import mail_id

KEY = "op_agenda.1/24005969.b1/2024-06-27-3/ab"
ID = mail_id(KEY)

POSTFIX = """Return-Path: <>
From: MAILER-DAEMON@mx.regio.example (Mail Delivery System)
Subject: Undelivered Mail Returned to Sender
To: besluitroute@regio.example
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="B1"

--B1
Content-Description: Notification
Content-Type: text/plain; charset=us-ascii

This is the mail system at host mx.regio.example.

--B1
Content-Description: Delivery report
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.regio.example
Arrival-Date: Thu, 20 Jun 2024 07:30:05 +0200 (CEST)

Final-Recipient: rfc822; a.smit@regio.example
Original-Recipient: rfc822;a.smit@regio.example
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 {status} <a.smit@regio.example>: Recipient address
    rejected: User unknown

--B1
Content-Description: Undelivered Message
Content-Type: message/rfc822

Message-ID: <{id}@regio.example>
From: Regio <besluitroute@regio.example>
Subject: Uw punt

Beste Anna
--B1--
"""

# As Microsoft Exchange: the report inside another multipart, only the headers come back.
EXCHANGE = """From: <postmaster@regio.example>
To: besluitroute@regio.example
Content-Type: multipart/mixed; boundary="M"

--M
Content-Type: multipart/report; report-type=delivery-status; boundary="R"

--R
Content-Type: text/html; charset=utf-8

<p>Uw bericht is niet bezorgd.</p>
--R
Content-Type: message/delivery-status

Reporting-MTA: dns;mail.regio.example

Final-Recipient: rfc822;a.smit@regio.example
Action: failed
Status: 5.1.10
Diagnostic-Code: smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found

--R
Content-Type: text/rfc822-headers

From: besluitroute@regio.example
Message-ID: <{id}@regio.example>
--R--
--M--
"""

# As OpenSMTPD: the report says 5.0.0, the reason stands in the words for people only.
OPENSMTPD = """From: Mailer Daemon <MAILER-DAEMON@mx.regio.example>
To: besluitroute@regio.example
MIME-Version: 1.0
Content-Type: multipart/mixed;boundary="O"

--O
Content-Type: text/plain; charset=us-ascii

    An error has occurred while attempting to deliver a message for
    the following list of recipients:

a.smit@regio.example: 550 5.1.1 no such user

--O
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.regio.example

Final-Recipient: rfc822; a.smit@regio.example
Action: failed
Status: 5.0.0

--O
Content-Type: text/rfc822-headers

Message-ID: <{id}@regio.example>

--O--
"""

EXIM = """Return-path: <>
X-Failed-Recipients: a.smit@regio.example
Auto-Submitted: auto-generated
From: Mail Delivery System <Mailer-Daemon@mx.regio.example>
Subject: Mail delivery failed: returning message to sender

A message that you sent could not be delivered. This is a permanent error.

  a.smit@regio.example
    host mx.regio.example [192.0.2.1]
    SMTP error from remote mail server after RCPT TO:<a.smit@regio.example>:
    550 5.1.1 no such user

------ This is a copy of the message, including all the headers. ------

Message-ID: <{id}@regio.example>
Subject: Uw punt
"""

QMAIL = """Return-Path: <>
From: MAILER-DAEMON@mx.regio.example
Subject: failure notice

Hi. This is the qmail-send program at mx.regio.example.
I'm afraid I wasn't able to deliver your message to the following addresses.

<a.smit@regio.example>:
192.0.2.1 does not like recipient.
Remote host said: 550 no mailbox here by that name

--- Below this line is a copy of the message.

Message-ID: <{id}@regio.example>
"""

OUT_OF_OFFICE = """From: Anna Smit <a.smit@regio.example>
Auto-Submitted: auto-replied
In-Reply-To: <{id}@regio.example>
Subject: Afwezig

Ik ben er niet tot kamer 550 klaar is. Uw bericht: <{id}@regio.example>
"""

OUT_OF_OFFICE_WITHOUT_SENDER = "Return-Path: <>\n" + OUT_OF_OFFICE

READ_RECEIPT = """Return-Path: <>
From: Anna Smit <a.smit@regio.example>
Content-Type: multipart/report; report-type=disposition-notification; boundary="D"

--D
Content-Type: text/plain

Gelezen, kamer 550 .
--D
Content-Type: message/disposition-notification

Final-Recipient: rfc822;a.smit@regio.example
Original-Message-ID: <{id}@regio.example>
Disposition: manual-action/MDN-sent-manually; displayed
--D--
"""

FORGED = """From: Piet <piet@elders.example>
Subject: 550 5.1.1 hallo

550 5.1.1 <{id}@regio.example>
"""

OF_TWO_MAILS = EXIM + "References: <" + "0" * 40 + "@regio.example>\n"
OF_SOMEONE_ELSE = EXIM.replace("{id}", "CAFsdf-12")
WARNING = QMAIL.replace("550 no mailbox", "451 try later: no mailbox")


def written(form: str, **other: str) -> bytes:
    """The bytes of a bounce about our mail."""
    values = {"id": ID, "action": "failed", "status": "5.1.1", **other}
    for name, value in values.items():
        form = form.replace("{" + name + "}", value)
    return form.replace("\n", "\r\n").encode()
