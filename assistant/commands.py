"""The words that are orders and not talk, in every language at once, as data; and what is answered to them."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from enum import StrEnum


class Command(StrEnum):
    HELP = "help"
    RESET = "reset"
    HUMAN = "human"
    LANGUAGE = "language"
    FORGET = "forget"
    REMEMBER = "remember"
    MEMORY = "memory"
    STOP = "stop"
    START = "start"


# Whole messages only, compared without case, accents and punctuation; with "/" in front they count in every case.
WORDS: dict[Command, tuple[str, ...]] = {
    Command.HELP: ("help", "ajuda", "ayuda"),
    Command.RESET: ("reset", "new chat", "recomecar", "nova conversa", "reiniciar", "nuevo chat"),
    Command.HUMAN: (
        "human",
        "talk to a human",
        "speak to a person",
        "agent",
        "humano",
        "atendente",
        "falar com uma pessoa",
        "falar com um humano",
        "agente",
        "hablar con una persona",
        "hablar con un humano",
    ),
    Command.LANGUAGE: (),
    Command.FORGET: (),
    Command.REMEMBER: (),
    Command.MEMORY: (),
    Command.STOP: ("stop", "parar", "pare", "para", "detente", "alto"),
    Command.START: ("start", "iniciar", "empezar", "comecar"),
}

_SLASH = {command.value: command for command in Command}
_PLAIN = {word: command for command, words in WORDS.items() for word in words}


@dataclass(frozen=True, slots=True)
class Answer:
    en: str
    pt: str
    es: str

    def in_language(self, language: str | None) -> str:
        return {"pt": self.pt, "es": self.es}.get((language or "en")[:2], self.en)


ANSWERS: dict[Command, Answer] = {
    Command.HELP: Answer(
        "Write to me as to a person. Orders: /reset starts a new conversation, /human asks for a member of staff, "
        "/stop stops an answer.",
        "Escreva-me como a uma pessoa. Ordens: /reset começa uma conversa nova, /human chama alguém da equipa, "
        "/stop para uma resposta.",
        "Escríbeme como a una persona. Órdenes: /reset empieza una conversación nueva, /human llama a alguien del "
        "equipo, /stop detiene una respuesta.",
    ),
    Command.RESET: Answer(
        "A new conversation begins; I no longer see what was said before.",
        "Começa uma conversa nova; já não vejo o que foi dito antes.",
        "Empieza una conversación nueva; ya no veo lo dicho antes.",
    ),
    Command.HUMAN: Answer(
        "I have called a member of staff. I keep quiet until they hand the conversation back.",
        "Chamei alguém da equipa. Fico em silêncio até me devolverem a conversa.",
        "He avisado a alguien del equipo. Guardo silencio hasta que me devuelva la conversación.",
    ),
    Command.STOP: Answer("Stopped.", "Parei.", "Detenido."),
    Command.START: Answer(
        "Hello! I am an AI assistant. Write to me, or send /help.",
        "Olá! Sou um assistente de IA. Escreva-me, ou envie /help.",
        "¡Hola! Soy un asistente de IA. Escríbeme o envía /help.",
    ),
}
NOT_HERE = Answer(
    "This assistant does not have that yet.",
    "Este assistente ainda não tem isso.",
    "Este asistente todavía no tiene eso.",
)

_LANGUAGES = {
    "pt": frozenset("ajuda recomecar humano atendente falar parar pare comecar nova conversa uma pessoa um".split()),
    "es": frozenset("ayuda reiniciar agente hablar detente alto empezar nuevo una persona un".split()),
}


def read(text: str) -> Command | None:
    """The command a whole message is, or None. "/help@name" counts as "/help"."""
    folded = fold(text)
    if folded.startswith("/"):
        return _SLASH.get(folded[1:].split("@")[0].split(" ")[0])
    return _PLAIN.get(folded.strip("!.?¡¿ "))


def answer(command: Command, language: str | None, text: str) -> str:
    """The reply to a command, in the conversation's language or that of the word itself."""
    if language is None:
        words = set(fold(text).split())
        language = next((name for name, known in _LANGUAGES.items() if words & known), None)
    return ANSWERS.get(command, NOT_HERE).in_language(language)


def fold(text: str) -> str:
    """Lower case, no accents, single spaces."""
    decomposed = unicodedata.normalize("NFD", text.strip().casefold())
    return " ".join("".join(mark for mark in decomposed if not unicodedata.combining(mark)).split())
