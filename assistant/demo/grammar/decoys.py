"""Messages that speak of hours, numbers or names but are due no tool and no introduction."""

from .expand import blocks

ENGLISH = blocks(
    {
        "decoy": """
        what time do [you|they] [open|close|start|finish|arrive|leave]
        what time does [the <thing>|the train|the match|the shop|it|the movie|the bank] [start|open|close|leave|end]
        when do you [open|close|start|finish]
        what time should I [arrive|come|leave|sleep|eat|call]
        what are your [opening |business |working |]hours
        are you open [now|today|tomorrow|on sundays|at {hour}]
        what is the weather [like |today |]in {city}
        how is the weather in {city}
        tell me about {city}
        how many people live in {city}
        how do I get to {city}
        I [live in|was born in|love|want to visit|come from] {city}
        who won the [world cup|match|election|war|game|race] in {number}
        what happened in {number}
        [is|was] {number} a [lucky|prime|good|big] number
        I am {small} years old
        I'm {small}
        I have {small} [cats|dogs|children|friends|books|cars] and {small} [birds|sisters|horses|brothers]
        I need {small} [pizzas|tickets|rooms|boxes|chairs]
        my [number|phone|order|code|address|room] is {number}
        [call|meet|wake|write] me at {hour}
        set [an alarm|a timer|a reminder] for {small}
        remind me [at {hour}|in {small} minutes|tomorrow]
        it costs {number} [dollars|euros]
        how much does [it|a <thing>|this] cost
        convert {number} [miles|dollars|pounds] to [km|euros|kilos]
        the time in {city} [was great|flew by]
        I had a good time in {city}
        this is the [first|second|last] time
        I have no time
        time flies
        give me time
        my [dog|cat|brother|sister|son|boss|friend|mother]'s name is {name}
        my [dog|cat|brother|sister|son|boss|friend|mother] is [called |named |]{name}
        [his|her|their] name is {name}
        my friend {name} says [hello|hi|you are good]
        do you know {name}
        what is the name of [the president|my dog|your owner's dog|that song|the film|the capital]
        I am [a teacher|a nurse|tall|married|from here|a customer|very hungry|at work|on the bus|your owner]
        I'm [looking for|interested in|trying to find|waiting for|thinking of] {topic}
        """,
    }
)

PORTUGUESE = blocks(
    {
        "decoy": """
        a que horas [vocês |você |][abrem|fecham|abre|fecha|começa|chega|sai]
        que horas [abre|fecha|começa|sai|chega|termina] [o <thing>|a loja|o trem|o jogo|o filme|o banco]
        [quando|até que horas] [vocês |][abrem|fecham|ficam abertos|abre a loja]
        a que horas devo [chegar|sair|dormir|comer|ligar|ir]
        qual [é |]o horário de [funcionamento|atendimento|abertura]
        [vocês estão|estão|está] aberto[s|] [agora|hoje|amanhã|no domingo|às {hour}]
        [como está|como é] o tempo em {city}
        me fala de {city}
        quantas pessoas moram em {city}
        como chego em {city}
        [moro em|nasci em|adoro|quero visitar|sou de|venho de] {city}
        quem ganhou a [copa|eleição|guerra|corrida|final] de {number}
        o que aconteceu em {number}
        {number} é um número [primo|bom|grande|da sorte]
        tenho {small} anos
        tenho {small} [gatos|cachorros|filhos|amigos|livros|carros] e {small} [pássaros|irmãs|cavalos|irmãos]
        preciso de {small} [pizzas|bilhetes|quartos|caixas|cadeiras]
        [o |]meu [número|telefone|pedido|código|endereço|quarto] é {number}
        [me liga|me acorda|me encontra|me escreve] às {hour}
        [põe|marca] [um alarme|um despertador|um lembrete] para as {hour}
        me [lembra|avisa] [às {hour}|daqui a {small} minutos|amanhã]
        custa {number} [reais|euros|dólares]
        quanto custa [isso|um <thing>|isto|uma <thing>]
        converte {number} [milhas|dólares|libras] em [km|reais|euros]
        há quanto tempo [existe|você existe|moras aqui]
        é a [primeira|segunda|última] vez
        não tenho tempo
        o tempo voa
        me dá um tempo
        o nome d[o meu cachorro|a minha gata|o meu irmão|a minha irmã|o meu chefe|a minha mãe] é {name}
        [meu cachorro|minha gata|meu irmão|minha irmã|meu filho|minha mãe] [se chama|é o|é a] {name}
        [ele|ela] se chama {name}
        [o nome dele|o nome dela] é {name}
        [meu amigo|minha amiga] {name} mandou um abraço
        [você |]conhece [o |a |]{name}
        qual é o nome d[o presidente|o meu cachorro|a capital|essa música|o filme]
        sou [professor|enfermeira|alta|casado|daqui|cliente|o seu dono|médica|estudante]
        [estou|tô] [procurando|esperando|pensando em|interessado em] {topic}
        """,
    }
)

SPANISH = blocks(
    {
        "decoy": """
        a qué hora [abren|cierran|abre|cierra|empieza|llega|sale]
        a qué hora [abre|cierra|empieza|sale|llega|termina] [el <thing>|la tienda|el tren|el partido|la película|el banco]
        [cuándo|hasta qué hora] [abren|cierran|están abiertos|abre la tienda]
        a qué hora debo [llegar|salir|dormir|comer|llamar|ir]
        cuál es el horario de [atención|apertura|la tienda|ustedes]
        [están|está] abierto[s|] [ahora|hoy|mañana|el domingo|a las {hour}]
        [cómo está el clima|qué tiempo hace|cómo está el tiempo] en {city}
        háblame de {city}
        cuántas personas viven en {city}
        cómo llego a {city}
        [vivo en|nací en|me encanta|quiero visitar|soy de|vengo de] {city}
        quién ganó [el mundial|la elección|la guerra|la carrera|la final] de {number}
        qué pasó en {number}
        {number} es un número [primo|bueno|grande|de la suerte]
        tengo {small} años
        tengo {small} [gatos|perros|hijos|amigos|libros|coches] y {small} [pájaros|hermanas|caballos|hermanos]
        necesito {small} [pizzas|boletos|habitaciones|cajas|sillas]
        mi [número|teléfono|pedido|código|cuarto] es {number}
        [llámame|despiértame|escríbeme|nos vemos] a las {hour}
        pon [una alarma|un recordatorio] para las {hour}
        [recuérdame|avísame] [a las {hour}|en {small} minutos|mañana]
        cuesta {number} [pesos|euros|dólares]
        cuánto cuesta [eso|un <thing>|esto|una <thing>]
        convierte {number} [millas|dólares|libras] a [km|pesos|euros]
        hace cuánto tiempo [existes|estás aquí]
        es la [primera|segunda|última] vez
        no tengo tiempo
        el tiempo vuela
        dame tiempo
        el nombre de mi [perro|gata|hermano|hermana|jefe|madre|hijo] es {name}
        mi [perro|gata|hermano|hermana|hijo|madre|jefe] se llama {name}
        [él|ella] se llama {name}
        su nombre es {name}
        mi [amigo|amiga] {name} te manda saludos
        conoces a {name}
        cuál es el nombre [del presidente|de mi perro|de la capital|de esa canción|de la película]
        soy [profesor|enfermera|alta|casado|de aquí|cliente|tu dueño|médica|estudiante]
        [estoy|ando] [buscando|esperando|pensando en|interesado en] {topic}
        """,
    }
)
