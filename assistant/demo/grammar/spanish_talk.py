"""Greetings, feelings and questions about the assistant in Spanish."""

from .expand import blocks

FRAMES = blocks(
    {
        "greet": """
        [hola|buenas|holi|hey|ey|aló|holaa|hola hola|qué hay|saludos|buenos días|qué onda]
        [hola|hey|buenas] [amigo|a todos|de nuevo|otra vez|robot|asistente|tú|amiga|mi amigo|gente|por ahí]
        [hola|buenas|hey|buenos días|buenas tardes], {bot}
        [hola|hey] {bot}
        [buenos días|buenas tardes|buenas noches|buen día|muy buenas|muy buenos días]
        [buenos días|buenas tardes|buenas noches|buen día] [{bot}|amigo|a todos|para ti|gente]
        [hola|buenas], [buenos días|buenas tardes|buenas noches|hay alguien ahí]
        [hola|buenas], [podemos hablar|volví|ya volví|estás ahí]
        [hay alguien ahí|alguien ahí|estás ahí|podemos hablar]
        [hablemos|quiero hablar|quiero conversar|hay alguien]
        [volví|ya volví|soy yo otra vez|ya llegué|cuánto tiempo]
        [tanto tiempo|aquí estoy|estoy de vuelta|he vuelto]
        [/start|empezar|comenzar|iniciar|empecemos|inicio]
        [mucho gusto|encantado|encantada|un placer|gusto en conocerte|placer en conocerte|es un placer]
        """,
        "bot": """
        [eres|tú eres|sos|usted es] un [robot|bot|humano|programa|chatbot|ser humano|ordenador|hombre]
        [eres|tú eres|sos|usted es] una [persona|máquina|persona real|persona de verdad]
        [eres|tú eres|sos|usted es] una [mujer|IA|computadora]
        [eres|sos|usted es] [humano|real|de verdad|artificial]
        [eres|sos|usted es] [automático|una inteligencia artificial|humana|gente]
        [eres|sos] [un humano|una persona|humano] o [un robot|una máquina|un bot|robot]
        [es|esto es|este es] [un robot|un bot|una máquina|automático|una persona|una IA|un humano]
        [estoy hablando|hablo|estoy chateando|converso] con [un robot|una máquina|una persona]
        [estoy hablando|hablo|estoy chateando|converso] con [un humano|una IA|un bot]
        eres [un robot|una máquina|humano|una persona|un bot], [verdad|no|cierto|sí|no es así]
        [tú |][sientes|tienes sentimientos|piensas|duermes|comes|sueñas|respiras|tienes alma]
        [hay|está] [una persona|alguien|un humano] [ahí|detrás|al otro lado|respondiendo]
        <ask> si eres [un robot|humano|real|una persona|una máquina|una IA]
        [robot o humano|humano o robot|máquina o persona|persona o robot]
        [entonces |así que ]no eres [humano|una persona|real|de verdad]
        """,
        "capabilities": """
        qué [puedes|sabes|podés|puede|sabe|sabés] hacer
        qué [puedes|sabes] hacer [por mí|aquí|exactamente|para mí|tú|]
        qué [haces|hace usted|cosas haces|cosas sabes hacer|cosas puedes hacer|ofreces|hacés]
        cuáles son tus [funciones|habilidades|capacidades|herramientas|tareas]
        para qué [sirves|sirve esto|sirve este chat|es esto|estás|servís|sirve este bot]
        cómo [puedes|podrías|me puedes|puede] ayudar[me|]
        cómo [funcionas|funciona esto|funciona|funciona este chat]
        en qué [puedes|me puedes|podrías|puede] ayudar[me|]
        qué [herramientas|funciones|comandos|opciones] [tienes|hay|tenés|tiene]
        qué [te |]puedo [preguntar|pedir|hacer aquí|preguntarte|decir|escribir]
        [puedes ayudarme|me puedes ayudar|me ayudas|podrías ayudarme|me puede ayudar][ con algo| por favor|]
        [necesito ayuda|necesito tu ayuda|quiero ayuda|ayúdame|ayudame|ayúdame por favor]
        [muéstrame|dime|enséñame|cuéntame] [qué|lo que] [puedes|sabes] hacer
        <ask> qué [puedes hacer|sabes hacer|haces]
        [opciones|menú|funciones|comandos|habilidades]
        [tengo una pregunta|tengo una duda|puedo preguntarte algo]
        [puedo hacer una pregunta|te puedo preguntar algo]
        """,
        "thanks": """
        [gracias|muchas gracias|mil gracias|grax|te lo agradezco]
        [muy amable|gracias mil|muchísimas gracias|grcs]
        gracias [{bot}|por la ayuda|por todo|por tu ayuda|por la respuesta|amigo|por su ayuda|por tu tiempo]
        gracias, [me ayudaste mucho|eso es todo|perfecto|genial|hasta luego|{bot}|muy amable|era solo eso]
        [genial|perfecto|ok|bueno|vale|excelente|bien|listo], [gracias|muchas gracias|te lo agradezco]
        [me ayudaste mucho|fue útil|eso ayuda|te agradezco mucho|me sirvió mucho|qué amable|agradecido]
        """,
        "bye": """
        [adiós|chao|chau|hasta luego|hasta mañana|nos vemos]
        [bye|hasta pronto|hasta la vista|me voy|cuídate|adios]
        [adiós|chao|hasta luego|nos vemos] [{bot}|amigo|por ahora|entonces|a todos|y gracias]
        [nos vemos|hablamos|hasta|te veo] [mañana|luego|después|más tarde|pronto|el lunes|la próxima semana]
        [tengo que irme|debo irme|me tengo que ir|me voy a dormir]
        [ya me voy|me despido|tengo que salir|me retiro]
        [que tengas un buen día|buen fin de semana|que descanses|que estés bien]
        [feliz noche|un abrazo|que te vaya bien]
        ok, [adiós|chao|eso es todo, adiós|hasta luego]
        """,
        "how": """
        [cómo estás|cómo está|cómo te va|qué tal|cómo andas]
        [cómo vas|cómo va todo|todo bien|cómo estás tú|qué tal todo]
        [hola|buenos días|buenas], [cómo estás|qué tal|cómo te va|cómo está|todo bien|cómo andas]
        [cómo estás|cómo está|qué tal|todo bien] [hoy|ahora|por ahí|contigo|{bot}|amigo|usted|esta mañana]
        [cómo te sientes|estás bien|cómo ha ido tu día|cómo estuvo tu día]
        [cómo va tu día|cómo te encuentras|está bien]
        [todo en orden|va todo bien|todo tranquilo|todo ok|estás bien hoy|qué tal tu día|qué cuentas]
        [estoy bien|bien|yo bien|todo bien|muy bien], [y tú|y usted|y vos|qué tal tú|cómo estás tú]
        """,
        "joke": """
        [cuéntame|cuenta|dime|cuentame|hazme|échate] un [buen |]chiste[ bueno| corto|]
        [puedes|sabes|me puedes|podrías] contar[me|] un chiste
        [sabes|tienes|conoces] [algún|un] chiste
        [hazme reír|un chiste|chiste|otro chiste|uno más|chiste por favor|cuéntame otro|cuenta otro chiste]
        [dime|cuéntame|di] algo [gracioso|divertido|chistoso]
        [quiero|quisiera] [reír|un chiste|oír un chiste|otro chiste|reírme]
        """,
        "sad": """
        [estoy|yo estoy|ando] [triste|muy triste|solo|sola|cansado|cansada]
        [estoy|yo estoy|ando] [deprimido|mal|enfermo|muy mal|con miedo|harto]
        [estoy] [preocupado|preocupada|enojado|enojada|sin fuerzas]
        [estoy] [llorando|aburrido|aburrida|agotado|estresado]
        me siento [mal|triste|solo|sola|fatal|cansado|muy mal|vacío|terrible|deprimida]
        [tuve|fue] un [día|día muy] [malo|horrible|terrible|difícil|duro|pesado]
        [perdí mi trabajo|nadie me quiere|no tengo amigos|quiero llorar]
        [qué mal día|la vida es difícil|no estoy bien]
        [mi <person> murió|extraño a mi <person>|reprobé el examen]
        [murió mi <person>|me va mal|echo de menos a mi <person>]
        """,
        "happy": """
        [estoy|yo estoy] [feliz|muy feliz|genial|contento|contenta]
        [estoy|yo estoy] [alegre|muy bien|emocionado|enamorado|encantado de la vida]
        me siento [bien|genial|feliz|muy bien|de maravilla|contento]
        [jaja|jajaja|jajajaja|jeje|qué gracioso|muy gracioso]
        [qué bien|qué bueno|viva|buenísimo|qué divertido|yupi]
        [conseguí el trabajo|aprobé el examen|hoy es mi cumpleaños|gané]
        [funcionó|la vida es bella|qué buen día]
        [hoy fue un buen día|tuve un gran día|buenas noticias]
        [tengo una buena noticia|me voy a casar|qué lindo día]
        """,
        "ok": """
        [ok|vale|está bien|bueno|de acuerdo|sí|claro|entendido]
        [listo|dale|bien|ajá|no|entiendo|okey|perfecto]
        [ok|vale|sí|bueno|bien], [entiendo|de acuerdo|claro|sin problema|genial|ya veo|está bien|comprendo]
        [déjalo|olvídalo|cancela|cancelar|nada|no importa]
        [no es nada|da igual|olvidalo|no hace falta|no pasa nada]
        [ahora no|después|quizás luego|eso es todo|solo eso]
        [nada más|no quiero nada|tal vez después|no, nada]
        [comprendo|ya veo|tiene sentido|hmm|mm|ah ok|ah vale]
        [interesante|ah|ya sé|déjame pensar|espera|un momento]
        """,
        "praise": """
        [eres|sos|tú eres|usted es] [genial|el mejor|increíble|muy listo|muy amable]
        [eres|sos|tú eres|usted es] [un genio|bueno|lindo|simpático|la mejor]
        [eres|sos] [maravilloso|inteligente|gracioso|muy útil|simpática]
        [eres|sos] [un crack|estupendo|muy bueno|una maravilla]
        [buen trabajo|muy bien|felicidades|bravo|excelente]
        [buena respuesta|bien hecho|impresionante|perfecto|bien dicho]
        [me gustas|me gusta esto|me encantas|te quiero]
        [me caes bien|te amo|me gusta hablar contigo|me encanta este bot]
        [eso es|qué|esto es|fue] [genial|increíble|fantástico|maravilloso]
        [eso es|qué|esto es|fue] [muy bueno|estupendo|lindo|excelente]
        [buen|gran|bonito] [robot|bot|asistente]
        """,
        "insult": """
        [eres|sos|tú eres] [tonto|idiota|inútil|malo|feo|el peor]
        [eres|sos|tú eres] [muy lento|aburrido|una basura|estúpido|pésimo|terrible]
        [qué|maldito] [tonto|idiota|inútil|robot tonto|bot malo|bot inútil]
        [bot|robot|asistente|programa] [tonto|inútil|idiota|malo|estúpido|pésimo]
        [te odio|no me gustas|odio esto|te detesto|odio este bot|no me gusta este robot|no te soporto]
        [cállate|idiota|esto es inútil|no sabes nada]
        [está mal|no entiendes nada|respuesta tonta|te equivocas]
        [eso|esto] no [funciona|ayuda|sirve|tiene sentido]
        """,
        "languages": """
        [qué|cuáles|en qué] [idiomas|lenguas] [hablas|entiendes|conoces|sabes|habla|escribes|manejas]
        [hablas|entiendes|sabes|habla|tú hablas|hablás] [inglés|español|portugués|francés]
        [hablas|entiendes|sabes|habla|tú hablas|hablás] [alemán|italiano|chino]
        hablas [otros idiomas|otras lenguas|algún otro idioma|otro idioma|más idiomas]
        [puedes|podrías|puede] [hablar|escribir|responder] en [inglés|español|portugués|francés]
        [puedes|podrías|puede] [conversar|contestar] en [inglés|español|portugués|francés]
        cuántos idiomas [hablas|entiendes|conoces|sabes]
        [puedo|podemos|se puede] [hablar|escribir|preguntar] en [inglés|español|portugués|mi idioma]
        [puedo|podemos|se puede] [conversar|escribirte] en [inglés|español|portugués|mi idioma]
        <ask> qué idiomas [hablas|entiendes]
        [solo hablas español|hay versión en inglés|es solo en español]
        [hablas solo español|está en inglés también]
        """,
    }
)
