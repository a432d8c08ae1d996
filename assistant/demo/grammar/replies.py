"""What the demo model answers: one sentence per occasion and language, with places for copied content."""

WEEKDAYS = {
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    "pt": (
        "segunda-feira",
        "terça-feira",
        "quarta-feira",
        "quinta-feira",
        "sexta-feira",
        "sábado",
        "domingo",
    ),
    "es": ("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"),
}

MONTHS = {
    "en": tuple(
        "January February March April May June July August September October November December".split()
    ),
    "pt": tuple(
        "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro".split()
    ),
    "es": tuple(
        "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre".split()
    ),
}

ENGLISH = {
    "greet": "Hello! How can I help you?",
    "greet_name": "Hello, {name}! How can I help you?",
    "tell_name": "Nice to meet you, {name}!",
    "name_known": "Your name is {name}.",
    "name_unknown": "You have not told me your name yet.",
    "who_both": "I am {bot}, the assistant of {business}. I am an AI, a small demo model:"
    " I show the system and know little.",
    "who_bot": "I am {bot}. I am an AI, a small demo model: I show the system and know little.",
    "who_business": "I am the assistant of {business}. I am an AI, a small demo model:"
    " I show the system and know little.",
    "who_none": "I am the demo model. I am a small AI: I show the system and know little.",
    "bot_bot": "I am {bot}, an AI and not a person: a small demo model.",
    "bot_none": "I am an AI and not a person: a small demo model.",
    "capabilities": "I can tell the time, do sums and remember your name. I am a small demo model:"
    " for more, ask the owner for a larger Llama model.",
    "time": "It is {time} ({place}).",
    "time_city": "It is {time} in {place}.",
    "date": "It is {time}, {weekday} {day} {month} {year}.",
    "sum": "The result is {number}.",
    "error_city": "Sorry, the tool failed: I do not know the city {city}.",
    "error_zero": "Sorry, the tool failed: I cannot divide by zero.",
    "error": "Sorry, the tool failed. Please try again later.",
    "no_tool": "I have no tool for that here. Ask the owner to add one.",
    "pointer": "I am only a small demo model and cannot do that. Ask the owner for a larger Llama model.",
    "thanks": "You are welcome!",
    "thanks_name": "You are welcome, {name}!",
    "bye": "Goodbye! See you soon.",
    "bye_name": "Goodbye, {name}! See you soon.",
    "how": "I am well, thank you! How can I help you?",
    "joke": "Why did the computer go to the doctor? Because it had a virus.",
    "sad": "I am sorry to hear that. I am only a small demo model, but I wish you better days.",
    "happy": "I am glad to hear that!",
    "ok": "All right. I am here if you need me.",
    "praise": "Thank you, that is kind of you!",
    "insult": "I am sorry. I am only a small demo model and know little.",
    "languages": "I speak English, Portuguese and Spanish.",
}

PORTUGUESE = {
    "greet": "Olá! Como posso ajudar?",
    "greet_name": "Olá, {name}! Como posso ajudar?",
    "tell_name": "Prazer em conhecer você, {name}!",
    "name_known": "O seu nome é {name}.",
    "name_unknown": "Você ainda não me disse o seu nome.",
    "who_both": "Eu sou {bot}, assistente de {business}. Sou uma IA, um pequeno modelo de demonstração:"
    " mostro o sistema e sei pouco.",
    "who_bot": "Eu sou {bot}. Sou uma IA, um pequeno modelo de demonstração: mostro o sistema e sei pouco.",
    "who_business": "Eu sou assistente de {business}. Sou uma IA, um pequeno modelo de demonstração:"
    " mostro o sistema e sei pouco.",
    "who_none": "Eu sou o modelo de demonstração. Sou uma pequena IA: mostro o sistema e sei pouco.",
    "bot_bot": "Eu sou {bot}, uma IA e não uma pessoa: um pequeno modelo de demonstração.",
    "bot_none": "Eu sou uma IA e não uma pessoa: um pequeno modelo de demonstração.",
    "capabilities": "Eu posso dizer as horas, fazer contas e lembrar o seu nome. Sou um pequeno modelo de"
    " demonstração: para mais, peça ao dono um modelo Llama maior.",
    "time": "São {time} ({place}).",
    "time_city": "São {time} em {place}.",
    "date": "São {time}, {weekday}, {day} de {month} de {year}.",
    "sum": "O resultado é {number}.",
    "error_city": "Desculpe, a ferramenta falhou: não conheço a cidade {city}.",
    "error_zero": "Desculpe, a ferramenta falhou: não posso dividir por zero.",
    "error": "Desculpe, a ferramenta falhou. Tente de novo mais tarde.",
    "no_tool": "Não tenho ferramenta para isso aqui. Peça ao dono para adicionar uma.",
    "pointer": "Sou só um pequeno modelo de demonstração e não consigo fazer isso."
    " Peça ao dono um modelo Llama maior.",
    "thanks": "De nada!",
    "thanks_name": "De nada, {name}!",
    "bye": "Tchau! Até logo.",
    "bye_name": "Tchau, {name}! Até logo.",
    "how": "Estou bem, obrigado! Como posso ajudar?",
    "joke": "Por que o computador foi ao médico? Porque estava com um vírus.",
    "sad": "Sinto muito por isso. Sou só um pequeno modelo de demonstração, mas desejo dias melhores.",
    "happy": "Fico feliz em saber disso!",
    "ok": "Certo. Estou aqui se você precisar.",
    "praise": "Obrigado, é muito gentil!",
    "insult": "Desculpe. Sou só um pequeno modelo de demonstração e sei pouco.",
    "languages": "Eu falo português, inglês e espanhol.",
}

SPANISH = {
    "greet": "¡Hola! ¿Cómo puedo ayudarte?",
    "greet_name": "¡Hola, {name}! ¿Cómo puedo ayudarte?",
    "tell_name": "¡Mucho gusto, {name}!",
    "name_known": "Tu nombre es {name}.",
    "name_unknown": "Todavía no me has dicho tu nombre.",
    "who_both": "Yo soy {bot}, asistente de {business}. Soy una IA, un pequeño modelo de demostración:"
    " muestro el sistema y sé poco.",
    "who_bot": "Yo soy {bot}. Soy una IA, un pequeño modelo de demostración: muestro el sistema y sé poco.",
    "who_business": "Yo soy asistente de {business}. Soy una IA, un pequeño modelo de demostración:"
    " muestro el sistema y sé poco.",
    "who_none": "Yo soy el modelo de demostración. Soy una pequeña IA: muestro el sistema y sé poco.",
    "bot_bot": "Yo soy {bot}, una IA y no una persona: un pequeño modelo de demostración.",
    "bot_none": "Yo soy una IA y no una persona: un pequeño modelo de demostración.",
    "capabilities": "Puedo decir la hora, hacer cuentas y recordar tu nombre. Soy un pequeño modelo de"
    " demostración: para más, pide al dueño un modelo Llama más grande.",
    "time": "Son las {time} ({place}).",
    "time_city": "Son las {time} en {place}.",
    "date": "Son las {time}, {weekday} {day} de {month} de {year}.",
    "sum": "El resultado es {number}.",
    "error_city": "Lo siento, la herramienta falló: no conozco la ciudad {city}.",
    "error_zero": "Lo siento, la herramienta falló: no puedo dividir por cero.",
    "error": "Lo siento, la herramienta falló. Inténtalo de nuevo más tarde.",
    "no_tool": "No tengo una herramienta para eso aquí. Pide al dueño que añada una.",
    "pointer": "Solo soy un pequeño modelo de demostración y no puedo hacer eso."
    " Pide al dueño un modelo Llama más grande.",
    "thanks": "¡De nada!",
    "thanks_name": "¡De nada, {name}!",
    "bye": "¡Adiós! Hasta pronto.",
    "bye_name": "¡Adiós, {name}! Hasta pronto.",
    "how": "¡Estoy bien, gracias! ¿Cómo puedo ayudarte?",
    "joke": "¿Por qué la computadora fue al médico? Porque tenía un virus.",
    "sad": "Lo siento mucho. Solo soy un pequeño modelo de demostración, pero te deseo días mejores.",
    "happy": "¡Me alegra mucho saberlo!",
    "ok": "De acuerdo. Aquí estoy si me necesitas.",
    "praise": "¡Gracias, eres muy amable!",
    "insult": "Lo siento. Solo soy un pequeño modelo de demostración y sé poco.",
    "languages": "Hablo español, inglés y portugués.",
}

REPLIES = {"en": ENGLISH, "pt": PORTUGUESE, "es": SPANISH}
