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
    Command.STOP: {
        "en": ("stop", "unsubscribe"),
        "pt": ("parar", "pare", "cancelar inscricao"),
        "es": ("alto", "detente", "parar", "darme de baja"),
    },
    Command.START: {"en": ("start",), "pt": ("comecar", "voltar"), "es": ("empezar", "volver")},
    Command.LANGUAGE: {"en": ("language",), "pt": ("idioma", "lingua"), "es": ("idioma", "lengua")},
    Command.FORGET: {
        "en": ("forget me", "delete my data"),
        "pt": ("esqueca-me", "me esqueca", "apaga os meus dados", "apague meus dados"),
        "es": ("olvidame", "borra mis datos"),
    },
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
        "Write to me as to a person; I am an AI. Orders: /reset starts a new conversation, /human asks for a member of "
        "staff, /stop stops an answer, /language changes the language of these texts, /forget deletes what you wrote. "
        "The word STOP alone means that I no longer write to you; START begins again.",
        "Escreva-me como a uma pessoa; sou uma IA. Ordens: /reset começa uma conversa nova, /human chama alguém da "
        "equipa, /stop para uma resposta, /language muda a língua destes textos, /forget apaga o que escreveu. "
        "A palavra PARAR sozinha quer dizer que deixo de lhe escrever; COMEÇAR recomeça.",
        "Escríbeme como a una persona; soy una IA. Órdenes: /reset empieza una conversación nueva, /human llama a "
        "alguien del equipo, /stop detiene una respuesta, /language cambia el idioma de estos textos, /forget borra lo "
        "que escribiste. La palabra ALTO sola significa que dejo de escribirte; EMPEZAR comienza de nuevo.",
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
    Command.LANGUAGE: Answer(
        "Which language shall these texts have? (I answer you in the language in which you write.)",
        "Em que língua devem ser estes textos? (Respondo na língua em que me escreve.)",
        "¿En qué idioma quieres estos textos? (Te respondo en el idioma en que escribes.)",
    ),
    Command.FORGET: Answer(
        "Delete everything you wrote to me here, and my answers? This cannot be undone.",
        "Apagar tudo o que me escreveu aqui, e as minhas respostas? Não pode ser desfeito.",
        "¿Borrar todo lo que me escribiste aquí, y mis respuestas? No se puede deshacer.",
    ),
}
OPTED_OUT = Answer(
    "I no longer write to you. Send START when you want to talk again.",
    "Deixo de lhe escrever. Envie COMEÇAR quando quiser falar de novo.",
    "Ya no te escribo. Envía EMPEZAR cuando quieras volver a hablar.",
)
FORGOTTEN = Answer(
    "It is deleted.",
    "Está apagado.",
    "Está borrado.",
)
KEPT = Answer("Nothing was deleted.", "Nada foi apagado.", "No se borró nada.")
SPOKEN = Answer(
    "From now on these texts are in English.",
    "A partir de agora estes textos são em português.",
    "A partir de ahora estos textos son en español.",
)
TOO_LATE = Answer(
    "That question is no longer open.",
    "Essa pergunta já não está aberta.",
    "Esa pregunta ya no está abierta.",
)
YES = Answer("Yes, delete", "Sim, apagar", "Sí, borrar")
NO = Answer("No", "Não", "No")
CHOOSE = Answer("Answer with the number.", "Responda com o número.", "Responde con el número.")
DISCLOSURE = Answer(
    "I am an AI assistant. For a person write /human.",
    "Sou um assistente de IA. Para falar com uma pessoa escreva /human.",
    "Soy un asistente de IA. Para hablar con una persona escribe /human.",
)
TAKEN_OVER = Answer(
    "A member of staff answers you now.",
    "Agora responde-lhe alguém da equipa.",
    "Ahora te responde alguien del equipo.",
)
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
BUSY = Answer(
    "Many people are writing just now. Your answer will take a moment; you need not write again.",
    "Muitas pessoas estão a escrever agora. A sua resposta vai demorar um pouco; não precisa de escrever de novo.",
    "Muchas personas están escribiendo ahora. Tu respuesta tardará un momento; no hace falta que escribas de nuevo.",
)
SPENT = Answer(
    "That was much for one day; I answer again tomorrow. Send /human if you need a member of staff.",
    "Foi muito para um dia; volto a responder amanhã. Envie /human se precisar de alguém da equipa.",
    "Fue mucho para un día; vuelvo a responder mañana. Envía /human si necesitas a alguien del equipo.",
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


def spoken(text: str) -> str | None:
    """The language of an order given as a word; a word that two languages share says nothing."""
    word = fold(text).strip("!.?¡¿ ")
    languages = [
        language for by_language in WORDS.values() for language, words in by_language.items() if word in words
    ]
    return languages[0] if len(languages) == 1 else None


def answer(command: Command, language: str | None, text: str) -> str:
    """The reply to a command, in the language of the word itself or else of the conversation."""
    return ANSWERS.get(command, NOT_HERE).in_language(spoken(text) or language)


def fold(text: str) -> str:
    """Lower case, no accents, single spaces."""
    decomposed = unicodedata.normalize("NFD", text.strip().casefold())
    return " ".join("".join(mark for mark in decomposed if not unicodedata.combining(mark)).split())
