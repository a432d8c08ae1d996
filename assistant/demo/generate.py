"""Draws the training dialogues of the demo model: seeded, endless, and without the names kept for evaluation."""

import json
import random
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from ..tools.time import written
from .grammar import slots, sums
from .grammar.expand import Piece, count, expand
from .grammar.frames import FRAMES, LANGUAGES, RULES, USUAL
from .grammar.replies import MONTHS, REPLIES, WEEKDAYS
from .noise import spoil
from .scene import ALL_WORDS, INJECTIONS, Message, Scene, fill, new_scene

QUESTIONS = frozenset(
    "ask_name who bot capabilities time date time_city how languages pointer decoy request sum joke follow_city follow_sum".split()
)
WEIGHTS = {
    "tell_name": 13,
    "ask_name": 18,
    "who": 15,
    "bot": 5,
    "capabilities": 5,
    "time": 8,
    "date": 9,
    "time_city": 16,
    "sum": 18,
    "pointer": 22,
    "decoy": 11,
    "request": 18,
    "greet": 8,
    "thanks": 4,
    "bye": 5,
    "how": 4,
    "joke": 2,
    "sad": 3,
    "happy": 3,
    "ok": 3,
    "praise": 3,
    "insult": 3,
    "languages": 4,
}


def share(frame: str, intent: str, language: str) -> float:
    """How often a frame is drawn among those of its intent.

    More for what can say more, for usual wordings, for sums without any word and for other people's names.
    """
    weight = min(16, count(frame, RULES[language])) ** 0.5
    if frame in USUAL[language].get(intent, ()):
        weight *= 2.2
    if not re.search(r"[^\W\d_]|<", re.sub(r"\{\w+\}", "", frame)):
        weight *= 8
    if intent in {"decoy", "pointer"} and "{name}" in frame:
        weight *= 2.5
    return weight


SHARES = {
    (language, intent): [share(frame, intent, language) for frame in frames]
    for language, intents in FRAMES.items()
    for intent, frames in intents.items()
}
FAILURES = (
    "only numbers, + - * / % ** and parentheses can be calculated.",
    "this is not a complete expression.",
    "this has no result among plain numbers.",
    "the result is too large.",
    "the expression is longer than 200 characters.",
    "{tool} took longer than 10 seconds.",
    "{tool} failed.",
    "there is no tool {tool}.",
    "timeout",
    "the tool did not answer.",
    "too many requests",
)
"""What the tools, their time limits and the tool loop say when a call fails."""
ZONES = ("UTC", "UTC", "UTC", "Lisbon", "Sao Paulo", "Madrid", "New York", "Mexico City", "Luanda", "London")
SHARED_WORDS = frozenset(
    "ok|no|bravo|excelente|idiota|nada|bye|hey|bot|robot|haha|hahaha|hehe|hm|hmm|ah|chatgpt|/start|start|hora|k|lol|"
    "ah ok|ok ok|mm|aha|opa|alo|no, nada|ok, claro|ok, bravo".split("|")
)


class Generator:
    """Endless dialogues from one seed; the same seed gives the same dialogues."""

    def __init__(self, seed: int) -> None:
        self.rng = random.Random(seed)

    def say(self, intent: str, scene: Scene, language: str) -> tuple[str, dict[str, str], bool]:
        """One message of a person: text, slot contents, and whether it shows no language of its own."""
        rng = self.rng
        casing = rng.choices(["lower", "sentence", "as written", "upper"], [42, 45, 9, 4])[0]
        contents: dict[str, str] = {}
        spoken_sum = ""

        def place(slot: str) -> str:
            nonlocal spoken_sum
            if slot == "sum":
                spoken_sum, contents["expression"] = sums.arithmetic(rng, language)
                return spoken_sum.upper() if casing == "upper" else spoken_sum
            if slot == "bot":
                text = scene.bot or "bot"
            elif slot == "business":
                text = scene.business or fill(rng, "business", language)
            else:
                text = fill(rng, slot, language)
            if casing == "upper" and rng.random() < 0.8:
                text = text.upper()
            elif casing == "lower" and rng.random() < 0.42:
                text = text.lower()
            contents[slot] = text
            return text

        frame = rng.choices(FRAMES[language][intent], SHARES[language, intent])[0]
        pieces: list[Piece] = expand(frame, rules=RULES[language], fill=place, rng=rng)
        question = intent in QUESTIONS
        literal = "".join(text for text, slot in pieces if not slot)
        bare = not re.search(r"[^\W\d_]", literal) and not re.search(r"[^\W\d_x]", spoken_sum.lower())
        neutral = (
            bare
            and "topic" not in contents
            and (len(scene.messages) > 1 or not {"name", "city"} & contents.keys())
        )
        text = spoil(
            pieces,
            rng=rng,
            language=language,
            casing=casing,
            question=question,
            fillers=0.0
            if neutral
            else (0.4 if intent in {"tell_name", "pointer", "decoy", "request"} else 1.0),
        )
        shared = text.casefold().strip(" ?!.¿") in SHARED_WORDS
        return text, contents, neutral or shared

    def choose(self, scene: Scene) -> str:
        """The next intent, given what has been said."""
        rng = self.rng
        draw = rng.random()
        if scene.previous in {"time", "time_city", "follow_city"} and draw < 0.16:
            return "follow_city"
        if scene.previous in {"sum", "follow_sum"} and draw < 0.12:
            return "follow_sum"
        if scene.previous in {"relative", "renamed"} and draw < 0.4:
            return "ask_name"
        if scene.previous == "decoy" and scene.name and draw < 0.3:
            return "ask_name"
        first = len(scene.messages) == 1
        if first and draw < 0.3:
            return "tell_name"
        intents = list(WEIGHTS)
        weights = [float(WEIGHTS[intent]) for intent in intents]
        if scene.name:
            weights[intents.index("tell_name")] *= 0.6
            weights[intents.index("ask_name")] *= 1.5
        else:
            weights[intents.index("ask_name")] *= 0.6
        return rng.choices(intents, weights)[0]

    def turn(self, scene: Scene) -> None:
        """Add one user turn (perhaps a burst) and everything the assistant does about it."""
        rng = self.rng
        replied = scene.language
        language = rng.choice(LANGUAGES) if rng.random() < 0.09 else scene.language
        intent = self.choose(scene)
        texts: list[str] = []
        acknowledged = False
        if rng.random() < 0.2:
            for _ in range(rng.choices([1, 2], [4, 1])[0]):
                options = ["greet", "greet", "tell_name", "ok", "thanks", "how", "praise"]
                opening = rng.choice(options)
                if opening == "tell_name" and (intent in {"tell_name", "greet", "bye"} or acknowledged):
                    continue
                text, contents, _ = self.say(opening, scene, language)
                if opening == "tell_name":
                    scene.name = contents["name"]
                    acknowledged = True
                texts.append(text)
        text, contents, neutral = self.say(intent, scene, language)
        texts.append(text)
        separator = "\n" if rng.random() < 0.7 else rng.choice([", ", ". ", " ", "! "])
        if neutral and len(texts) == 1:
            language = replied if len(scene.messages) > 1 else "en"
        scene.language = language
        scene.messages.append(Message("user", separator.join(texts)))
        renamed = intent == "tell_name" and bool(scene.name)
        if intent == "tell_name":
            scene.name = contents["name"]
        prefix = REPLIES[language]["tell_name"].format(name=scene.name) + " " if acknowledged else ""
        self.answer(intent, scene, contents, prefix)
        relative = intent in {"pointer", "decoy"} and "name" in contents
        scene.previous = "relative" if relative else "renamed" if renamed else intent

    def answer(self, intent: str, scene: Scene, contents: dict[str, str], prefix: str) -> None:
        """The assistant's turns for one user turn."""
        replies = REPLIES[scene.language]
        name = scene.name
        if intent in {"time", "date", "time_city", "follow_city", "sum", "follow_sum"}:
            tool = "calculate" if intent in {"sum", "follow_sum"} else "get_time"
            if tool in scene.tools:
                self.use_tool(intent, tool, scene, contents, prefix)
                return
            reply = replies["no_tool"]
        elif intent == "ask_name":
            reply = replies["name_known" if name else "name_unknown"].format(name=name)
        elif intent == "who":
            kind = (
                ("both" if scene.business else "bot")
                if scene.bot
                else "business"
                if scene.business
                else "none"
            )
            reply = replies[f"who_{kind}"].format(bot=scene.bot, business=scene.business)
        elif intent == "bot":
            reply = replies["bot_bot" if scene.bot else "bot_none"].format(bot=scene.bot)
        elif intent in {"greet", "thanks", "bye"} and name and not prefix:
            reply = replies[f"{intent}_name"].format(name=name)
        else:
            reply = replies["pointer" if intent in {"decoy", "request"} else intent].format(name=name)
        scene.messages.append(Message("assistant", prefix + reply, learn=True))

    def use_tool(self, intent: str, tool: str, scene: Scene, contents: dict[str, str], prefix: str) -> None:
        """A call, its random result (right or wrong, sometimes hostile) and the answer that copies it."""
        rng = self.rng
        replies = REPLIES[scene.language]
        if tool == "calculate":
            parameters = {"expression": contents["expression"]}
        else:
            parameters = {"city": contents["city"]} if "city" in contents else {}
        call = json.dumps({"name": tool, "parameters": parameters}, ensure_ascii=False)
        scene.messages.append(Message("assistant", call, learn=True))
        if rng.random() < 0.08:
            result, reply = self.failure(tool, contents, replies)
        elif tool == "calculate":
            number = sums.result(rng)
            result, reply = number, replies["sum"].format(number=number)
        else:
            result, reply = self.clock(intent, scene.language, parameters.get("city", ""))
        if rng.random() < 0.05:
            frame = rng.choice(INJECTIONS)
            hostile = re.sub(r"\{(\w+)\}", lambda match: fill(rng, match[1], scene.language), frame)
            result = f"{result}{rng.choice([' ', chr(10), '. '])}{hostile}"
        scene.messages.append(Message("ipython", result))
        scene.messages.append(Message("assistant", prefix + reply, learn=True))

    def failure(self, tool: str, contents: dict[str, str], replies: dict[str, str]) -> tuple[str, str]:
        """An error as the tools and the tool loop word it, and the honest answer."""
        rng = self.rng
        draw = rng.random()
        if tool == "calculate" and draw < 0.5:
            return "error: division by zero.", replies["error_zero"]
        if tool == "get_time" and draw < 0.7 and "city" in contents:
            city = contents["city"]
            return f"error: I do not know the city {city}.", replies["error_city"].format(city=city)
        return "error: " + rng.choice([*FAILURES, fill(rng, "topic", "en")]).format(tool=tool), replies[
            "error"
        ]

    def clock(self, intent: str, language: str, city: str) -> tuple[str, str]:
        """A random result of the clock and the sentence that reports it."""
        rng = self.rng
        moment = datetime(2024, 1, 1, tzinfo=UTC) + timedelta(minutes=rng.randrange(9 * 365 * 24 * 60))
        if city and rng.random() < 0.85:
            place = city.title() if rng.random() < 0.5 else city
        else:
            place = rng.choice(ZONES) if rng.random() < 0.6 and not city else slots.city(rng, ALL_WORDS)
        time, replies = f"{moment:%H:%M}", REPLIES[language]
        if intent == "date":
            reply = replies["date"].format(
                weekday=WEEKDAYS[language][moment.weekday()],
                day=moment.day,
                month=MONTHS[language][moment.month - 1],
                year=moment.year,
                time=time,
            )
        else:
            reply = replies["time_city" if city else "time"].format(time=time, place=place)
        return written(moment, place), reply

    def dialogue(self) -> list[Message]:
        """One whole dialogue, starting with the system turn."""
        rng = self.rng
        scene = new_scene(rng)
        turns = rng.choices([1, 2, 3, 4, 5, 6, 8, 10], [10, 14, 17, 18, 14, 13, 9, 5])[0]
        for _ in range(turns):
            self.turn(scene)
        if rng.random() < 0.35:
            return self.as_stored(scene.messages)
        return scene.messages

    @staticmethod
    def as_stored(messages: list[Message]) -> list[Message]:
        """The same dialogue with the tool turns of earlier answers gone, as a stored history has it."""
        last_user = max(at for at, message in enumerate(messages) if message.role == "user")
        kept: list[Message] = []
        for at, message in enumerate(messages):
            if at < last_user and message.role == "ipython":
                kept.pop()
                continue
            if at < last_user and at and messages[at - 1].role == "ipython":
                message = Message(message.role, message.content)
            kept.append(message)
        return kept

    def __iter__(self) -> Iterator[list[Message]]:
        while True:
            yield self.dialogue()
