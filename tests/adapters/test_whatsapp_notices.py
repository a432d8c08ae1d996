"""WhatsApp about our own account: one sentence for staff each, and nothing of a person in it."""

from __future__ import annotations

from typing import Any

import orjson
import pytest

from adapters.whatsapp import WhatsApp
from assistant.channel import Services
from assistant.events import (
    AccountNotice,
    Unread,
)
from assistant.types import (
    WebhookRequest,
)
from tests.adapters.whatsapp import (
    AT,
    PHONE,
    made,
    value,
    webhook,
)


@pytest.fixture
def channel(services: Services) -> WhatsApp:
    return made(services)


def noticed(channel: WhatsApp, field: str, content: dict[str, Any]) -> AccountNotice:
    entry = {"id": "102290", "time": 1790000000, "changes": [{"field": field, "value": content}]}
    body = orjson.dumps({"object": "whatsapp_business_account", "entry": [entry]})
    (event,) = channel.parse(WebhookRequest(method="POST", headers={}, body=body))
    assert isinstance(event, AccountNotice)
    assert (event.channel, event.account, event.at) == ("whatsapp", "102290", AT)
    assert event.sentence.endswith(".")
    assert "\n" not in event.sentence
    return event


@pytest.mark.parametrize(
    ("field", "content", "words", "urgent"),
    [
        (
            "account_update",
            {"event": "DISABLED_UPDATE", "ban_info": {"waba_ban_state": "DISABLE"}},
            "disabled",
            True,
        ),
        (
            "account_update",
            {"event": "DISABLED_UPDATE", "ban_info": {"waba_ban_state": "REINSTATE"}},
            "lifted",
            False,
        ),
        (
            "account_update",
            {"event": "DISABLED_UPDATE", "ban_info": {"waba_ban_state": "SCHEDULE_FOR_DISABLE"}},
            "appeal",
            True,
        ),
        (
            "account_update",
            {
                "event": "ACCOUNT_RESTRICTION",
                "restriction_info": [
                    {"restriction_type": "RESTRICTED_BIZ_INITIATED_MESSAGING", "expiration": 1641330498}
                ],
            },
            "biz initiated messaging until 2022-01-04",
            True,
        ),
        ("account_update", {"event": "ACCOUNT_DELETED"}, "deleted", True),
        (
            "account_update",
            {"event": "PARTNER_REMOVED", "disconnection_info": {"reason": "PRIMARY_INACTIVITY"}},
            "primary inactivity",
            True,
        ),
        ("account_update", {"event": "SOMETHING_NEW"}, "something new", False),
        (
            "account_alerts",
            {"alert_info": {"alert_type": "OBA_REJECTED", "alert_severity": "CRITICAL"}},
            "oba rejected",
            True,
        ),
        (
            "account_alerts",
            {"alert_type": "PROFILE_PICTURE_LOST", "alert_severity": "INFORMATIONAL"},
            "profile picture lost",
            False,
        ),
        ("account_review_update", {"decision": "REJECTED"}, "rejected", True),
        (
            "business_capability_update",
            {"max_daily_conversations_per_business": "TIER_2K", "max_phone_numbers_per_business": 2},
            "write first to 2k people a day and hold 2 phone numbers",
            False,
        ),
        (
            "business_capability_update",
            {"max_daily_conversation_per_phone": -1},
            "any number of people",
            False,
        ),
        (
            "phone_number_quality_update",
            {"display_phone_number": "15550783881", "event": "FLAGGED", "current_limit": "TIER_1K"},
            "the limit is 1k",
            True,
        ),
        (
            "phone_number_quality_update",
            {"display_phone_number": "15550783881", "event": "THROUGHPUT_UPGRADE"},
            "faster",
            False,
        ),
        (
            "phone_number_name_update",
            {"decision": "REJECTED", "requested_verified_name": "Ana's", "rejection_reason": "NAME_TOO_LONG"},
            "rejected (name too long)",
            False,
        ),
        ("security", {"event": "PIN_RESET_REQUEST", "requester": "61555822107539"}, "PIN", True),
        (
            "message_template_status_update",
            {
                "event": "REJECTED",
                "message_template_name": "abandoned_cart",
                "message_template_language": "en",
                "reason": "INVALID_FORMAT",
            },
            "The template abandoned_cart (en) is now: rejected (invalid format).",
            False,
        ),
        (
            "template_category_update",
            {"message_template_name": "welcome", "new_category": "MARKETING"},
            "marketing",
            False,
        ),
    ],
)
def test_notices_about_the_account_are_one_sentence_for_staff(
    channel: WhatsApp, field: str, content: dict[str, Any], words: str, urgent: bool
) -> None:
    event = noticed(channel, field, content)
    assert words in event.sentence
    assert event.urgent is urgent
    assert "15550783881" not in event.sentence
    assert "61555822107539" not in event.sentence
    assert "Ana" not in event.sentence


@pytest.mark.parametrize(
    ("field", "content"),
    [
        ("account_update", {}),
        ("account_update", {"event": "words of\na person"}),
        ("account_alerts", {"alert_info": None}),
        ("business_capability_update", {}),
        ("message_template_status_update", {"event": "APPROVED"}),
        ("security", {"event": 7.5}),
    ],
)
def test_a_notice_without_its_word_is_kept_as_it_came(
    channel: WhatsApp, field: str, content: dict[str, Any]
) -> None:
    (event,) = channel.parse(webhook(content, field=field))
    assert isinstance(event, Unread)
    assert event.reason == field


def test_errors_of_the_account_are_notices(channel: WhatsApp) -> None:
    failed = {"code": 130429, "title": "Rate limit hit by +34 600", "error_data": {"details": "+34 600"}}
    odd = [{"code": 131000, "title": "Something went wrong"}, {"title": "no code"}]
    events = channel.parse(webhook(value(errors=[failed, *odd])))
    assert isinstance(events[0], AccountNotice)
    assert "130429" in events[0].sentence
    assert "34 600" not in events[0].sentence
    assert events[0].urgent
    assert isinstance(events[1], AccountNotice)
    assert not events[1].urgent
    assert isinstance(events[2], Unread)


@pytest.mark.parametrize("field", ["history", "smb_app_state_sync"])
def test_the_address_book_and_old_talk_of_the_business_app_are_not_kept(
    channel: WhatsApp, field: str
) -> None:
    assert channel.parse(webhook(value(state_sync=[{"contact": {"phone_number": PHONE}}]), field=field)) == []
