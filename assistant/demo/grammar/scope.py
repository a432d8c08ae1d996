"""Messages beyond the demo model (answered with an honest pointer) and statements it cannot use."""

from .expand import blocks

ENGLISH = blocks(
    {
        "pointer": """
        {topic}
        <ask> {topic}
        [can|could|would|will] you <verb> [a|the|my|this|an|some|me a|me the] <thing>[ please| for me|]
        [can|could|would|will] you [please |]<verb> {topic}[ please| for me|]
        [please |]<verb> [a|the|my|this|me a] <thing>[ about <field>| for my <person>| please]
        [please |]<verb> [a|the|my|this|me a] <thing>[ for tomorrow|]
        [please |]<verb> {topic}
        I [want|need|would like|have|am trying] to <verb> [a|the|my|this] <thing>[ in {city}| for tomorrow|]
        I [want|need|would like|lost|bought|am looking for] [a|the|my|some] [new |good |cheap |]<thing>
        [help me|I need help to|show me how to|how do I|how can I|how to] <verb> [a|the|my] <thing>
        how [much|many] [does|is|are|costs|cost] [a|the|my] <thing>[ cost|]
        what [is|are|do you know about|do you think of|do you think about|happened to|about] <field>
        what [is|was|are|were] [the|a|an] {topic}
        what [is|was] {topic}
        who [is|was|are|invented|discovered|won|wrote|painted|killed] {topic}
        who [is|was] {name}
        do you know {name}
        [tell me|explain|talk|say something] about [<field>|{topic}|{city}|{name}]
        [I want to talk|teach me|give me facts] about [<field>|{topic}|{city}|{name}]
        why [is|are|do|does|did] {topic}
        when [is|was|does|did|will] {topic}
        where [is|are|can I find|do I find|can I buy] [{topic}|{city}|a <thing>|the nearest <thing>]
        how [far|big|old|tall|deep|long|heavy|fast|hot] is [{topic}|{city}|the moon|the sun|it]
        how far is [it from |]{city} [to|from] {city}
        what is the capital of {city}
        who is the [president|king|mayor|owner|director] of {city}
        how many people live in {city}
        [what's|what is|how is|how's] the weather [in {city}|today|tomorrow|like|like in {city}|now]
        [will it|is it going to] rain [in {city}|today|tomorrow]
        is it [cold|hot|sunny|raining] in {city}
        [remind|wake] me [at {hour}|tomorrow|to {topic}|in {small} minutes]
        set [an alarm|a timer|a reminder] [for|at] {small}[ minutes|:{small}| o'clock|]
        [translate|how do you say] {topic} [in|into|to] [french|german|spanish|english|chinese|portuguese]
        [convert|change|how much is] {number} [dollars|euros|miles] [to|in] [euros|km|dollars|kg]
        [convert|change|how much is] {number} [kilometers|pounds|degrees] [to|in] [euros|km|dollars|kg]
        what is the square root of {number}
        is {number} a prime number
        how many days [until|are there until|to] [christmas|my birthday|sunday|summer]
        [what time|when] do you [open|close]
        what time does [the <thing>|the train|the match] [start|open|close|leave|arrive|end]
        what time does [the bank|it|the shop] [start|open|close|leave|arrive|end]
        what are your [opening hours|hours|prices|rates|opening times|business hours]
        when is the next [train|bus|flight|match|holiday|meeting]
        how long does it take to [get to {city}|<verb> a <thing>|learn <field>]
        what is the time difference between {city} and {city}
        my <person>['s name is| is called| is named|, ]{name}
        my <person> is {name}
        [this is|that is|here is] my <person> {name}
        [what is|what's|do you know] my <person>'s name
        [how old am I|where do I live|what is my age]
        [what do I like|what did I say before|what is my phone number]
        [how old are you|where are you|where do you live]
        [when were you born|do you have a family|what do you look like]
        I [like|love|hate|prefer|bought|have] [{topic}|a <thing>|<field>|{small} <thing>s]
        I [saw|ate|want|lost|found] [{topic}|a <thing>|<field>|{small} <thing>s]
        I [live in|am from|come from|was in|went to|love] {city}
        I'm [from {city}|{small} years old|a teacher|hungry|looking for a <thing>]
        I'm [a doctor|a student|at home|married]
        I am [from {city}|{small} years old|a teacher|hungry|thirsty|a student]
        I am [an engineer|working|here|ready|busy]
        I'm [going to|reading about|interested in|thinking about] [{city}|<field>|{topic}]
        [can you|are you able to|do you know how to] [sing|draw|drive|code|swim]
        [can you|are you able to|do you know how to] [call people|send emails|see|hear me|learn]
        [call|send a message to|write to|email|find|text] {name}
        [play|recommend|suggest] [a song|some music|a film|{topic}|a book|a game|a restaurant in {city}]
        what is the [meaning of life|best <thing>|price of a <thing>]
        what is the [latest news|population of {city}|news today]
        what should I [eat|do|buy|wear|read|watch|cook|study] [today|tonight|tomorrow|next|]
        [I want|I'd like|can I] [to |]talk to [a human|a person|the owner|somebody]
        [I want|I'd like|can I] [to |]talk to [an agent|your boss|a manager]
        [where is my|I want to cancel my|I did not receive my] <thing>
        [track my|change my|there is a problem with my] <thing>
        [do you|did you|can you|will you|have you] {topic}
        [if|because|maybe|but|then|and] {topic}
        [search|google|look up|look for|download|upload|delete|list|count] {topic}
        [the|a|my|this|that|some] {topic}
        [write|make] a [python|java|] [program|function|script|poem|story] [that|about|for] {topic}
        [I bought|I have|there are] {small} [apples|dogs|cats] and {small} [pears|birds|friends]
        [I bought|I have|there are] {small} [cars|books|children] and {small} [pears|birds|friends]
        [read|see|look at] this: {link}
        {link}
        {gibberish}
        """,
    }
)

PORTUGUESE = blocks(
    {
        "pointer": """
        {topic}
        <ask> {topic}
        [pode|você pode|podes] [me |]<verb> [um|uma|o|a|meu|minha|este|esta] <thing>[ por favor|]
        [consegue|poderia|podias] [me |]<verb> [um|uma|o|a|meu|minha|este|esta] <thing>[ por favor|]
        [pode|você pode|podes|consegue] <verb> {topic}[ por favor| para mim|]
        <imperative> [um|uma|o|a|meu|minha|este] <thing>[ sobre <field>| para meu <person>| por favor]
        <imperative> [um|uma|o|a|meu|minha|este] <thing>[ para amanhã|]
        [me |por favor |]<imperative> {topic}
        [quero|preciso|queria] <verb> [um|uma|o|a|meu] <thing>[ em {city}|]
        [gostaria de|preciso de|estou tentando] <verb> [um|uma|o|a|meu] <thing>[ em {city}|]
        [quero|preciso de|perdi] [um|uma|o meu|a minha] [novo |bom |]<thing>
        [comprei|procuro|estou procurando] [um|uma|o meu|a minha] [novo |bom |]<thing>
        [como|como é que|como eu] [faço para |posso |se pode |]<verb> [um|uma|o|a] <thing>
        [me ajuda a|me ensina a] [faço para |posso |se pode |]<verb> [um|uma|o|a] <thing>
        quanto [custa|custou|vale|é] [um|uma|o|a|meu] <thing>
        o que [é|acha de|acha sobre|sabe sobre|pensa de|são|aconteceu com] <field>
        o que [é|foi|são|significa] {topic}
        qual [é|foi] [o|a] {topic}
        quem [é|foi|são|inventou|descobriu|ganhou|escreveu|pintou] {topic}
        quem [é|foi] [o |a |]{name}
        [você |]conhece [o |a |]{name}
        [me fala|fala|me conta|explica|diz algo|me ensina|quero falar] sobre [<field>|{topic}|{city}|{name}]
        [por que|porque|por que é que] [é|são|a|o|] {topic}
        quando [é|foi|vai ser|começa] {topic}
        onde [fica|está|posso encontrar] [{topic}|{city}|um <thing>|o <thing> mais perto]
        onde [encontro|posso comprar] [{topic}|{city}|um <thing>|o <thing> mais perto]
        [qual a distância|quantos quilômetros|qual é a distância] de {city} [a|até|para] {city}
        qual é a capital de {city}
        quem é o [presidente|rei|prefeito|dono|diretor] de {city}
        quantas pessoas [moram|vivem] em {city}
        [como está o tempo|vai chover|qual a previsão do tempo] [em {city}|hoje|amanhã]
        [como está o clima|está frio|está sol] [em {city}|hoje|amanhã]
        me [lembra|lembre|acorda|avisa] [às {hour}|amanhã|de {topic}]
        me [lembra|lembre|acorda|avisa] [em {small} minutos|daqui a {small} minutos]
        [põe|coloca|marca|define] [um alarme|um despertador] [para as|às|de|para] {small}[ minutos|]
        [põe|coloca|marca|define] [um lembrete|um timer] [para as|às|de|para] {small}[ minutos|]
        [traduz|traduza|como se diz] {topic} [em|para o] [francês|alemão|espanhol|inglês|chinês]
        [converte|converta|quanto é] {number} [dólares|reais|euros] em [euros|reais|dólares|metros]
        [converte|converta|quanto é] {number} [milhas|quilos] em [euros|reais|dólares|metros]
        qual é a raiz quadrada de {number}
        {number} é um número primo
        quantos dias faltam para [o natal|o meu aniversário|domingo|o verão]
        a que horas [vocês abrem|vocês fecham|abre|fecha|abrem|fecham|abre a loja]
        [que horas|a que horas] [começa|sai|abre|fecha|chega|é|parte] o [trem|jogo|banco|avião]
        [que horas|a que horas] [começa|sai|abre|fecha|chega|é|parte] o [filme|comboio|<thing>]
        [qual é o|qual o] horário de [funcionamento|atendimento|abertura]
        quais são os [preços|horários|seus preços]
        quando é o próximo [trem|ônibus|voo|jogo|feriado]
        quanto tempo [demora|leva] para [chegar em {city}|<verb> um <thing>]
        qual é a diferença de horário entre {city} e {city}
        [o |]meu <person> [se chama|é o|chama-se|é] {name}
        [a |]minha <persona> [se chama|é a|chama-se|é] {name}
        o nome d[o meu <person>|a minha <persona>] é {name}
        [este é|esse é] o meu <person> {name}
        [como se chama|qual é o nome d]o meu <person>
        [quantos anos eu tenho|onde eu moro|qual é a minha idade]
        [do que eu gosto|o que eu disse antes|qual é o meu telefone]
        [quantos anos você tem|onde você mora|quando você nasceu]
        [você tem família|de onde você é|como você é]
        [eu |][gosto de|adoro|odeio|comprei|tenho] [{topic}|um <thing>|{small} gatos|uma <thing>]
        [eu |][vi|comi|quero|perdi|prefiro] [{topic}|um <thing>|{small} gatos|uma <thing>]
        [eu |][moro em|sou de|venho de|estive em|fui a] {city}
        sou [professor|professora|estudante|médico|brasileiro]
        sou [portuguesa|de {city}|casado|engenheiro|novo aqui]
        [estou|tô] [com fome|em casa|no trabalho|com sede]
        [estou|tô] [ocupado|lendo sobre <field>|procurando um <thing>|em {city}]
        tenho {small} anos
        [você |]sabe [cantar|desenhar|dirigir|programar|nadar]
        [você |]sabe [cozinhar|ligar para alguém|mandar email|aprender]
        [liga para|manda uma mensagem para|escreve para|chama|procura] [o |a |]{name}
        [toca|recomenda|sugere|indica] [uma música|um filme|{topic}]
        [toca|recomenda|sugere|indica] [um livro|um jogo|um restaurante em {city}]
        qual é [o sentido da vida|o melhor <thing>|o preço de um <thing>]
        qual é [a população de {city}|a notícia do dia]
        o que [devo|posso|vou] [comer|fazer|comprar|vestir] [hoje|amanhã|agora|]
        o que [devo|posso|vou] [ler|assistir|cozinhar|estudar] [hoje|amanhã|agora|]
        [quero|posso|preciso] falar com [um humano|uma pessoa|o dono|alguém]
        [quero|posso|preciso] falar com [um atendente|seu chefe|o gerente]
        [onde está|quero cancelar|não recebi|quero mudar|tenho um problema com] [o meu|a minha|meu] <thing>
        [você|vocês|tu] {topic}
        [se|porque|talvez|mas|então|e] {topic}
        [procura|pesquisa|busca|baixa|apaga|lista|conta] {topic}
        [o|a|meu|este|esse|um|uma] {topic}
        [escreve|faz] um [programa|poema|texto|código] [sobre|que|para] {topic}
        [comprei|tenho] {small} [maçãs|cachorros|gatos] e {small} [peras|pássaros|amigos]
        [comprei|tenho] {small} [carros|livros|filhos] e {small} [peras|pássaros|amigos]
        [lê|leia|vê|veja|olha] isto: {link}
        {link}
        {gibberish}
        """,
    }
)

SPANISH = blocks(
    {
        "pointer": """
        {topic}
        <ask> {topic}
        [puedes|podrías|me puedes|puede|me podrías] <verb> [un|una|el|la|mi|este|esta] <thing>[ por favor|]
        [puedes|podrías|me puedes] <verb> {topic}[ por favor| para mí|]
        <imperative> [un|una|el|la|mi|este] <thing>[ sobre <field>| para mi <person>| por favor]
        <imperative> [un|una|el|la|mi|este] <thing>[ para mañana|]
        [por favor |]<imperative> {topic}
        [quiero|necesito|quisiera] <verb> [un|una|el|la|mi] <thing>[ en {city}|]
        [me gustaría|estoy tratando de] <verb> [un|una|el|la|mi] <thing>[ en {city}|]
        [quiero|necesito|perdí|compré|busco|estoy buscando] [un|una|mi] [nuevo |buen |]<thing>
        [cómo|cómo puedo|cómo se puede|ayúdame a|enséñame a] <verb> [un|una|el|la] <thing>
        cuánto [cuesta|costó|vale|cuestan] [un|una|el|la|mi] <thing>
        qué [es|opinas de|sabes de|sabes sobre|piensas de|son|pasó con] <field>
        qué [es|fue|son|significa] {topic}
        cuál [es|fue] [el|la] {topic}
        quién [es|fue|inventó|descubrió|ganó|escribió|pintó|mató a] {topic}
        quién [es|fue] {name}
        conoces a {name}
        [háblame|cuéntame|explícame|dime algo] [de|sobre] [<field>|{topic}|{city}|{name}]
        [enséñame|quiero hablar|información] [de|sobre] [<field>|{topic}|{city}|{name}]
        por qué [es|son|el|la|no|] {topic}
        cuándo [es|fue|será|empieza] {topic}
        dónde [está|queda|puedo encontrar] [{topic}|{city}|un <thing>|el <thing> más cercano]
        dónde [encuentro|puedo comprar] [{topic}|{city}|un <thing>|el <thing> más cercano]
        [qué distancia hay|cuántos kilómetros hay|cuál es la distancia] de {city} a {city}
        cuál es la capital de {city}
        quién es el [presidente|rey|alcalde|dueño|director] de {city}
        cuántas personas viven en {city}
        [qué tiempo hace|va a llover|cómo está el clima] [en {city}|hoy|mañana]
        [cuál es el pronóstico|hace frío|hace calor] [en {city}|hoy|mañana]
        [recuérdame|despiértame|avísame] [a las {hour}|mañana|{topic}]
        [recuérdame|despiértame|avísame] [en {small} minutos|dentro de {small} minutos]
        [pon|ponme|programa] [una alarma|un recordatorio] [a las|para las|de] {small}[ minutos|]
        [pon|ponme|programa] un temporizador [a las|para las|de] {small}[ minutos|]
        [traduce|cómo se dice] {topic} [en|al] [francés|alemán|portugués|inglés|chino]
        [convierte|cuánto es|cuántos son] {number} [dólares|pesos|euros] [en|a] [euros|pesos|dólares|metros]
        [convierte|cuánto es|cuántos son] {number} [millas|kilos] [en|a] [euros|pesos|dólares|metros]
        cuál es la raíz cuadrada de {number}
        {number} es un número primo
        cuántos días faltan para [navidad|mi cumpleaños|el domingo|el verano]
        a qué hora [abren|cierran|abre|cierra|abre la tienda|abren ustedes|cierran hoy]
        a qué hora [empieza|sale|abre|cierra|llega|es|termina] el [tren|partido|banco|avión]
        a qué hora [empieza|sale|abre|cierra|llega|es|termina] el [metro|autobús|<thing>]
        cuál es el horario de [atención|apertura|la tienda]
        cuáles son los [precios|horarios|sus precios]
        cuándo es el próximo [tren|autobús|vuelo|partido|feriado]
        cuánto tiempo [tarda|toma|se tarda] en [llegar a {city}|<verb> un <thing>]
        cuál es la diferencia de hora entre {city} y {city}
        mi <person> se llama {name}
        mi <person> es {name}
        [el nombre de mi|el nombre del] <person> es {name}
        [este|él|esta] es mi <person> {name}
        [cómo se llama|cuál es el nombre de] mi <person>
        [cuántos años tengo|dónde vivo|cuál es mi edad|qué me gusta]
        [qué te dije antes|cuál es mi teléfono|de dónde soy]
        [cuántos años tienes|dónde vives|cuándo naciste|tienes familia]
        [de dónde vienes|cómo eres|dónde estás]
        [me gusta|me encanta|odio|compré|tengo] [{topic}|un <thing>|{small} gatos|una <thing>]
        [vi|comí|quiero|perdí|prefiero] [{topic}|un <thing>|{small} gatos|una <thing>]
        [vivo en|soy de|vengo de|estuve en|fui a] {city}
        soy [profesor|profesora|estudiante|médico|argentino|española|de {city}|casado|ingeniero|nuevo aquí]
        [estoy|ando] [con hambre|en casa|en el trabajo|ocupado]
        [estoy|ando] [leyendo sobre <field>|buscando un <thing>|en {city}|listo]
        tengo {small} años
        [sabes|puedes] [cantar|dibujar|conducir|programar|nadar]
        [sabes|puedes] [cocinar|llamar a alguien|enviar correos|aprender]
        [llama a|manda un mensaje a|escribe a|busca a|escríbele a] {name}
        [pon|recomienda|sugiere|recomiéndame] [una canción|una película|{topic}]
        [pon|recomienda|sugiere|recomiéndame] [un libro|un juego|un restaurante en {city}]
        cuál es [el sentido de la vida|el mejor <thing>|el precio de un <thing>]
        cuál es [la población de {city}|la noticia del día]
        qué [debo|puedo|voy a] [comer|hacer|comprar|ponerme|leer|ver|cocinar|estudiar] [hoy|mañana|ahora|]
        [quiero|puedo|necesito] hablar con [un humano|una persona|el dueño|alguien]
        [quiero|puedo|necesito] hablar con [un agente|tu jefe|el encargado]
        [dónde está|quiero cancelar|no recibí|quiero cambiar|tengo un problema con] mi <thing>
        [tú|ustedes|usted] {topic}
        [si|porque|quizás|pero|entonces|y] {topic}
        [busca|investiga|descarga|borra|lista|cuenta] {topic}
        [el|la|mi|este|ese|un|una|los] {topic}
        [escribe|haz] un [programa|poema|texto|código] [sobre|que|para] {topic}
        [compré|tengo] {small} [manzanas|perros|gatos|coches|libros|hijos] y {small} [peras|pájaros|amigos]
        [lee|mira|ve] esto: {link}
        {link}
        {gibberish}
        """,
    }
)
