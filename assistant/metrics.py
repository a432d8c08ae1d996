"""The one table of metrics, as Prometheus sees them; never labelled by person or text."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

REGISTRY = CollectorRegistry()


class Tally:
    """Counts for a labelled counter, kept in a dict until somebody reads: the library's own locks at every count."""

    def __init__(self, counter: Counter) -> None:
        self._counter = counter
        self._counts: dict[tuple[str, ...], int] = {}

    def count(self, *labels: str) -> None:
        self._counts[labels] = self._counts.get(labels, 0) + 1

    def flush(self) -> None:
        """Hand over what was counted; `text` does it."""
        counts, self._counts = self._counts, {}
        for labels, number in counts.items():
            self._counter.labels(*labels).inc(number)


_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120)

webhooks = Counter(
    "assistant_webhooks_total",
    "Webhook requests by channel and answer",
    ["channel", "status"],
    registry=REGISTRY,
)
webhook_answers = Tally(webhooks)
events = Counter("assistant_events_total", "Events stored, by kind", ["kind"], registry=REGISTRY)
duplicates = Counter("assistant_duplicates_total", "Events that had been stored before", registry=REGISTRY)
accept_batch = Histogram(
    "assistant_accept_batch_events",
    "Events per committed batch",
    buckets=(1, 2, 4, 8, 16, 32, 64, 128, 256, 512),
    registry=REGISTRY,
)
polls = Counter(
    "assistant_polls_total",
    "Questions to platforms without a webhook, by channel and result",
    ["channel", "result"],
    registry=REGISTRY,
)
turns = Counter("assistant_turns_total", "Turns by how they ended", ["state"], registry=REGISTRY)
turn_seconds = Histogram(
    "assistant_turn_seconds", "From claim to the stored reply", buckets=_SECONDS, registry=REGISTRY
)
first_token_seconds = Histogram(
    "assistant_first_token_seconds",
    "From the engine request to its first text",
    buckets=_SECONDS,
    registry=REGISTRY,
)
sends = Counter(
    "assistant_sends_total",
    "Sends by channel and result; found: an unclear one that had arrived",
    ["channel", "result"],
    registry=REGISTRY,
)
sends_duplicated_possible = Counter(
    "assistant_sends_duplicated_possible_total",
    "Sends repeated without proof that the first was lost",
    ["channel"],
    registry=REGISTRY,
)
sends_paced = Counter(
    "assistant_sends_paced_total",
    "Parts put back because their chat or account had sent enough, or its platform is silent",
    ["channel"],
    registry=REGISTRY,
)
breaker_open = Gauge(
    "assistant_breaker_open",
    "Accounts whose platform does not answer this process, by channel",
    ["channel"],
    registry=REGISTRY,
)
tokens = Counter(
    "assistant_tokens_total", "Tokens by kind: prompt, cached, completion", ["kind"], registry=REGISTRY
)
call_repairs = Counter(
    "assistant_call_repairs_total",
    "Tool calls that had to be mended to be read",
    ["repair"],
    registry=REGISTRY,
)
call_troubles = Counter(
    "assistant_call_troubles_total",
    "Answers shaped like a tool call that were none",
    ["trouble"],
    registry=REGISTRY,
)
summaries = Counter(
    "assistant_summaries_total",
    "Summaries of long conversations, by what became of them",
    ["result"],
    registry=REGISTRY,
)
trials = Counter(
    "assistant_trials_total",
    "Generations that staff asked for and nobody was sent, by kind and by what became of them",
    ["kind", "result"],
    registry=REGISTRY,
)
running_turns = Gauge("assistant_running_turns", "Turns this worker is on", registry=REGISTRY)
leases_lost = Counter(
    "assistant_leases_lost_total", "Turns dropped because another worker took over", registry=REGISTRY
)
database_errors = Counter(
    "assistant_database_errors_total", "Transactions that failed, by error", ["error"], registry=REGISTRY
)
told_busy = Counter(
    "assistant_told_busy_total", "People who were told that an answer takes a moment", registry=REGISTRY
)
paused_conversations = Counter(
    "assistant_paused_conversations_total",
    "Conversations paused because somebody looked like another bot",
    registry=REGISTRY,
)

# What a look at the database shows, every two seconds, in every process alike.
conversations_due = Gauge(
    "assistant_conversations_due",
    "Conversations with something to answer, counted to 20,000",
    registry=REGISTRY,
)
oldest_wait_seconds = Gauge(
    "assistant_oldest_wait_seconds",
    "How long the oldest conversation with something to answer waits",
    registry=REGISTRY,
)
expected_wait_seconds = Gauge(
    "assistant_expected_wait_seconds",
    "How long a message of now would wait for the beginning of its answer",
    registry=REGISTRY,
)
closed_to_strangers = Gauge(
    "assistant_closed_to_strangers", "1 while conversations not yet known are refused", registry=REGISTRY
)
outbox_waiting = Gauge(
    "assistant_outbox_waiting_parts",
    "Parts that have not left, by channel, counted to 20,000",
    ["channel"],
    registry=REGISTRY,
)
outbox_oldest_seconds = Gauge(
    "assistant_outbox_oldest_seconds",
    "How old the oldest part is that has not left",
    ["channel"],
    registry=REGISTRY,
)
channel_paused = Gauge(
    "assistant_channel_paused",
    "Accounts of a channel whose sends are paused: a refused token, a flood wait",
    ["channel"],
    registry=REGISTRY,
)
disk_free_ratio = Gauge(
    "assistant_disk_free_ratio", "Free part of the data folder's disk, 0 to 1", registry=REGISTRY
)
bus_up = Gauge(
    "assistant_bus_up", "1 while other processes hear us; always 1 without Redis", registry=REGISTRY
)
engine_running = Gauge("assistant_engine_running", "Generations under way in the engine", registry=REGISTRY)
engine_waiting = Gauge("assistant_engine_waiting", "Generations that wait for a slot", registry=REGISTRY)
engine_slots = Gauge("assistant_engine_slots", "Conversations the engine runs at once", registry=REGISTRY)
engine_restarts = Gauge(
    "assistant_engine_restarts", "Times the model's process was restarted", registry=REGISTRY
)
engine_memory_bytes = Gauge(
    "assistant_engine_memory_bytes", "Resident memory of the model's process", registry=REGISTRY
)


def webhooks_of(channel: str) -> dict[str, int]:
    """How many webhook requests of this channel this process answered since its start, by status."""
    webhook_answers.flush()
    return {
        sample.labels["status"]: int(sample.value)
        for family in webhooks.collect()
        for sample in family.samples
        if sample.name.endswith("_total") and sample.labels["channel"] == channel
    }


def text() -> bytes:
    """The exposition format of Prometheus."""
    webhook_answers.flush()
    return generate_latest(REGISTRY)
