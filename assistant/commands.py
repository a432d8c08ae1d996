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


# Whole messages only, compared without case, accents and punctuation; with "/" in front they count in every language.
WORDS: dict[Command, dict[str, tuple[str, ...]]] = {
    Command.HELP: {"en": ("help",), "pt": ("ajuda",), "es": ("ayuda",)},
    Command.RESET: {
        "en": ("reset", "new chat"),
        "pt": ("recomecar", "nova conversa"),
        "es": ("reiniciar", "nueva conversacion"),
    },
    Command.HUMAN: {
        "en": ("human", "agent", "talk to a human", "speak to a person"),
        "pt": ("atendente", "falar com uma pessoa", "falar com um humano", "falar com um atendente"),
        "es": ("agente", "hablar con una persona", "hablar con un humano", "hablar con un agente"),
    },
    Command.STOP: {"en": ("stop",), "pt": ("parar", "pare"), "es": ("detente", "alto")},
    Command.START: {"en": ("start",), "pt": ("comecar",), "es": ("empezar",)},
    Command.LANGUAGE: {},
    Command.FORGET: {},
    Command.REMEMBER: {},
    Command.MEMORY: {},
}

_SLASH = {command.value: command for command in Command}
_PLAIN = {
    word: (command, language)
    for command, languages in WORDS.items()
    for language, words in languages.items()
    for word in words
}


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
SORRY = Answer(
    "Sorry, I have no answer to that. Try to say it differently, or send /human for a member of staff.",
    "Desculpe, não tenho resposta para isso. Tente dizer de outra forma, ou envie /human para falar com a equipa.",
    "Lo siento, no tengo respuesta a eso. Intenta decirlo de otra forma o envía /human para hablar con el equipo.",
)
COULD_NOT = Answer(
    "Sorry, I tried to find that out and could not. Try to say it differently, or send /human for a member of staff.",
    "Desculpe, tentei descobrir isso e não consegui. Tente dizer de outra forma, ou envie /human para falar com a "
    "equipa.",
    "Lo siento, intenté averiguarlo y no pude. Intenta decirlo de otra forma o envía /human para hablar con el equipo.",
)
NOT_HERE = Answer(
    "This assistant does not have that yet.",
    "Este assistente ainda não tem isso.",
    "Este asistente todavía no tiene eso.",
)


def read(text: str) -> Command | None:
    """The command a whole message is, or None. "/help@name" counts as "/help"."""
    folded = fold(text)
    if folded.startswith("/"):
        return _SLASH.get(folded[1:].split("@")[0].split(" ")[0])
    return _PLAIN[word][0] if (word := folded.strip("!.?¡¿ ")) in _PLAIN else None


def answer(command: Command, language: str | None, text: str) -> str:
    """The reply to a command, in the language of the word itself or else of the conversation."""
    _, spoken = _PLAIN.get(fold(text).strip("!.?¡¿ "), (command, language))
    return ANSWERS.get(command, NOT_HERE).in_language(spoken)


def fold(text: str) -> str:
    """Lower case, no accents, single spaces."""
    decomposed = unicodedata.normalize("NFD", text.strip().casefold())
    return " ".join("".join(mark for mark in decomposed if not unicodedata.combining(mark)).split())
