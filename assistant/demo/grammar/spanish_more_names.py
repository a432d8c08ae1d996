"""More ways to tell and to ask for one's own name in Spanish, by a second author."""

from .expand import blocks

FRAMES = blocks(
    {
        "tell_name": """
        [oye|ey|hey|che|oiga], soy {name}[, una preguntita|, una duda rápida]
        [oye|ey|hey|che|oiga], soy {name}[, te hago una consulta|, una cosa]
        {name} aquí, [necesito una mano|tengo una duda|ando perdido|me ayudas con algo|una consulta rápida]
        [a ver|bueno|vale|ok|pues|mira], [yo |]soy {name} y [quería preguntarte algo|no entiendo esto]
        [a ver|bueno|vale|ok|pues|mira], [yo |]soy {name} y ando con dudas
        [ok entonces|pues nada|bueno pues], me llamo {name} y es mi primera vez aquí
        [ok entonces|pues nada|bueno pues], me llamo {name} y acabo de descubrir este chat
        [me llamo|soy] {name} y [vengo de parte de un amigo|me pasaron tu número|te encontré por internet]
        [me llamo|soy] {name} y [nunca he hablado con una máquina|esto es nuevo para mí]
        [me llamo|soy] {name} y no sé usar estas cosas
        [quien escribe|la persona que escribe|el que te escribe|la que te escribe] [se llama|es] {name}
        [quien está del otro lado|la persona detrás de esta pantalla] es {name}
        [te escribe|le escribe|te contacta|le contacta|te saluda], como siempre, {name}
        [le habla|le escribe] {name}, [cliente de la tienda|clienta de años|para servirle|con mucho respeto]
        de parte de {name}[, buenas|, hola|, saludos|]
        [saludos|un saludo|un abrazo|cordialmente|atentamente] de {name}
        [atentamente|atte|saludos|firmado|un beso], {name}
        [me vas a decir|me va a decir|vos me decís|tú me dices] {name}, [vale|ok|de acuerdo|te parece]
        [vos |]llamame {name}[, nomás|, che|, dale|, así no más|]
        [decime|díganme|dígame|dime] {name}[, nada más|, a secas|, sin el usted]
        [decime|díganme|dígame|dime] {name}[, con confianza|, así de simple]
        [puede usted|usted puede|podés|vos podés] [llamarme|decirme|tratarme de] {name}
        [para|entre] [los amigos|mis amigos|mis cuates|la familia], {name}[, para ti también|]
        [en el trabajo|en la escuela|en el barrio] me [dicen|llaman|conocen por] {name}
        [en la oficina|en el cole] me [dicen|llaman|conocen por] {name}
        [mi abuela|mi mamá|mi viejo|mi jefe|mi novia] me dice {name}[, tú también puedes|, así que usa ese|]
        [mi apodo es|mi mote es|mi alias es|de cariño me dicen|mi sobrenombre es] {name}
        [mi nick es|mi usuario es|en internet soy|por aquí soy] {name}
        [mi nombre de pila es|de nombre|de nombre soy|como nombre uso|mi nombre real es] {name}
        [nombre y apellido|nombre completo|mi nombre y apellido]: {name}
        [según mi dni|según mi cédula] [me llamo|soy|pone que soy|figuro como] {name}
        [en mi pasaporte|en los papeles] [me llamo|soy|pone que soy|figuro como] {name}
        [mis papás|mis viejos|en casa|mis padres] me pusieron {name}[ y así me quedé|, qué le voy a hacer|]
        [nací|crecí] llamándome {name}
        [yo vendría a ser|vendría a ser|vengo siendo|yo vengo siendo] {name}
        [el gusto es mío|igualmente|lo mismo digo|mucho gusto igual], {name}
        [el gusto es mío|igualmente|gracias por preguntar], [yo soy|me llamo|mi nombre es] {name}
        [ah, claro|ah sí|ay, perdón|uy, cierto], no me presenté: [soy|me llamo] {name}
        [ay|uy|perdón], [olvidé|se me olvidó|me faltó] presentarme, [soy|me llamo] {name}
        [todavía no me presenté|aún no me he presentado|no nos hemos presentado], [soy|me llamo] {name}
        [no te dije|nunca te dije|no le dije] [cómo me llamo|mi nombre], [soy|es] {name}
        [antes de empezar|antes que nada|primero que todo|para empezar|lo primero], [soy|me llamo] {name}
        [empecemos por el principio|empecemos bien|primero lo primero]: [me llamo|soy|mi nombre es] {name}
        [dos cosas|primero|uno]: me llamo {name}[, y lo segundo te lo digo luego|. después te cuento|]
        [no soy|yo no soy] {name}, [soy|me llamo] {name}
        no me llamo {name}, [me llamo|sino|es|mi nombre es] {name}
        [te equivocaste|está mal|lo escribiste mal|casi|no exactamente], [es|me llamo|soy] {name}
        [te mentí|era broma|no era verdad|era mentira], [en verdad|en realidad] me llamo {name}
        [cambié de idea|mejor|pensándolo bien|ahora], [llámame|dime|prefiero] {name}
        [ya no quiero que me digas|deja de llamarme|no me digas más] {name}, [ahora soy|dime|llámame] {name}
        [perdón, escribí mal|me equivoqué al escribir|se me fue el dedo], [mi nombre es|es|soy] {name}
        [corrijo|corrige|rectifico|cambia eso|actualiza]: [mi nombre es|soy|me llamo] {name}
        [olvida el otro nombre|borra el nombre anterior|ese no es mi nombre], [soy|me llamo|es] {name}
        con [z|s|h|b|v|acento|doble ele]: {name}, [así se escribe mi nombre|ese es mi nombre]
        se escribe {name}, [es mi nombre|así me llamo|mi nombre digo]
        [sí|sip|claro|correcto|exacto], [soy|yo soy|me llamo] {name}
        [sí, correcto|sí, claro|así es], {name} [es mi nombre|soy yo|me llamo]
        {name}, [ese soy yo|esa soy yo|la misma|el mismo|a sus órdenes|servidor|servidora|mucho gusto]
        {name}[.|,|!|:] [así me llamo|así me dicen|así me puedes llamar|así me puso mi madre]
        {name}[, te decía| te escribe| te saluda| quiere saludarte| al aparato| reportándose| se presenta]
        {name} [desde|de] {city}[, hola|, buenas tardes|, mucho gusto|, un saludo|]
        [soy|me llamo] {name} y [escribo desde|les escribo desde|te hablo desde|estoy en] {city}
        [desde {city} te escribe|aquí desde {city}|saludos desde {city}, soy] {name}
        soy {name}[, el de ayer|, la de ayer|, el de siempre]
        soy {name}[, la de antes|, hablamos la otra vez|, ya hablamos]
        soy {name}[, mamá de dos niños|, estudiante|, jubilado|, jubilada|, profe de primaria|, cocinero]
        [soy|me llamo] {name}, tengo {small} [años|añitos][ y mucho tiempo libre| y curiosidad|]
        tengo {small} años y [me llamo|mi nombre es] {name}
        [soy|me llamo] {name}, [mi <person> me dijo que te escribiera|me mandó mi <person>]
        [soy|me llamo] {name}, vengo por mi <person>
        [hola|buenas], [disculpe la molestia|perdone que moleste|perdón por la hora], [soy|le habla] {name}
        [hola|ola|holi|wenas|holaa] [soy|me llamo|aki|acá] {name} [jaja|jeje|xd|xD]
        [me yamo|me yamo yo|yo me yamo|me lamo|mellamo] {name}
        [mi nonbre es|mi nobre es|mi nombe es|mi nombr es|mi nombre e|mi nombre ez] {name}
        [soi|zoy|yo soi|aki|ak] {name}
        hola mi nombre es {name} [y tengo una consulta|y necesito ayuda]
        hola mi nombre es {name} [y quería saber cosas|quiero probar el chat]
        hola buenos días [mi nombre es|me llamo|soy|habla] {name} [cómo le va|mucho gusto|espero estén bien]
        [qué onda|qué tal|qué hubo|quiubo|qué hay|qué más], [soy|acá|te habla|aquí] {name}
        [qué onda|qué tal|quihubo], [acá andamos|aquí andamos|aquí reportándome], [soy|me llamo] {name}
        [qué más pues|parce|parcero|hermano], [habla con|soy|le habla] {name}
        [che|mirá|escuchá|ey], [me llamo|soy|yo soy|acá] {name}
        [tío|tía|colega|macho|chaval], [que soy|soy|me llamo] {name}
        [güey|wey|compa|mano|carnal], soy {name}[, no manches|, qué onda|, aquí ando|]
        [pues mira|pues mire|pues verá|mire usted], [yo me llamo|yo soy|a mí me llaman] {name}
        [a mí|a mí todos|a mí en mi pueblo] me [dicen|llaman|conocen como] {name}
        yo, {name}, [me presento|me reporto|quiero hablar contigo|vengo en son de paz]
        [un tal|una tal|un humano llamado|una persona llamada] {name} te [saluda|escribe|habla]
        [tienes|tenés|tiene usted] [delante|enfrente|al otro lado] a {name}
        [estás ante|hablas con|chateas con|conversas con] {name}[, nada menos|, que lo sepas|, encantado|]
        [acabas de conocer a|conoce a|saluda a] {name}, [que soy yo|o sea yo|es decir yo]
        [di hola a|te presento a] {name}, [que soy yo|o sea yo|es decir yo]
        [adivina quién|adivina quién es|a que no sabes quién soy]: {name}
        [quién soy? |quién soy, preguntas? |¿yo? ]{name}
        [¿mi nombre? |¿cómo me llamo? |¿que cómo me llamo? |¿quién habla? ][pues |]{name}
        [el nombre|mi nombre|nombre]? [pues |es |]{name}[, y el tuyo|, por qué|]
        [me preguntas mi nombre|preguntas mi nombre]? [es|me llamo|pues es|claro, soy] {name}
        [apúntame como|anótame como|regístrame como|guárdame como|ponme como] {name}
        [apuntá|anotá|guardá|agendá] [mi nombre: |que soy |que me llamo ]{name}
        [apúntate|anótate|grábate|métete en la cabeza] [mi nombre|esto]: [soy |me llamo |]{name}
        [guarda esto|anota esto|apunta esto|ojo]: [mi nombre es|me llamo|soy] {name}
        [para tu información|para que lo sepas|para que conste] [soy|me llamo] {name}
        [te informo que|te cuento que] [soy|me llamo] {name}
        [quiero que sepas que|quiero que recuerdes que|debes saber que] [me llamo|mi nombre es|soy] {name}
        [no vayas a olvidar que|nunca olvides que|que no se te olvide que] [me llamo|soy] {name}
        [luego te pregunto|después te lo pregunto|te voy a examinar luego], [me llamo|soy|mi nombre es] {name}
        [te lo digo una sola vez|escucha bien|pon atención|fíjate]: [me llamo|soy|mi nombre es] {name}
        [a ver si lo recuerdas luego|veamos si lo retienes|prueba de memoria]: [me llamo|soy] {name}
        [haz de cuenta que|imagina que|digamos que|supongamos que] me llamo {name}
        [por ahora|de momento|hoy|en este chat] [llámame|dime|soy|me llamo] {name}
        [trátame de|trátame como|tutéame y dime|dirígete a mí como|salúdame como] {name}
        [si me hablas|cuando me hables|al hablarme|cuando respondas], [dime|usa|llámame] {name}
        [usa|utiliza|usá|emplea] {name} [para hablarme|cuando me hables|como mi nombre|al dirigirte a mí]
        [me encantaría|preferiría|me haría ilusión|agradecería] que me [dijeras|llamaras|trataras como] {name}
        [si no te importa|si no es molestia|si puede ser|por favor], [llámame|dígame|dime] {name}
        [no me digas señor|no me digas señora|nada de usted|sin formalidades], [soy|llámame|dime] {name}
        [aunque mi nombre es largo|como es difícil|para abreviar|para no complicarnos], [dime|me dicen] {name}
        [llevo por nombre|tengo por nombre|porto el nombre de|mi nombre, por si sirve, es] {name}
        [me llamo|soy|mi nombre es] {name}[, por si te sirve|, por si preguntas]
        [me llamo|soy|mi nombre es] {name}[, por si acaso|, para tu registro]
        [me llamo|soy|mi nombre es] {name}[, aunque no me creas|, lo juro|, en serio|, de verdad|, sin broma]
        [me llamo|soy|mi nombre es] {name}[, creo|, jaja|, jeje| xd|, je|, obvio|, claro|, sí señor|, pues]
        [me llamo|soy] {name} [igual que mi abuelo|como mi abuela|por mi padre|como el cantante|como mi tía]
        [me llamo|soy] {name} pero [me da igual cómo me digas|no me gusta mucho|nadie me dice así]
        [me llamo|soy] {name} [porque así lo quiso mi madre|desde que nací|de toda la vida|hasta donde sé]
        [me llamo|soy] {name}. [Gracias por atenderme|Te quería saludar|Espero que estés bien|Tanto gusto]
        [me llamo|soy] {name}. [Quiero hacerte una consulta|Ayúdame, porfa|Tengo un problema|Es urgente]
        [me llamo|soy] {name}! [qué gusto hablar contigo|qué emoción|por fin hablamos|me alegra conocerte]
        [me llamo|soy] {name}; [gracias por su tiempo|quedo atento|quedo atenta|quedo a la espera]
        [me llamo|soy] {name} [encantado de saludarte|un gusto saludarte|feliz de estar aquí|mucho gusto]
        [buen día|buenas tardes], {name} [le saluda|al habla|de nuevo|otra vez|por aquí]
        [buenas noches|muy buenas], {name} [le saluda|al habla|de nuevo|otra vez|por aquí]
        [buen día|buenas tardes|buenas noches], [mi nombre|el nombre mío] es {name}
        [primera vez|es la primera vez] que [escribo|entro|uso esto], [soy|me llamo] {name}
        [acabo de llegar|soy nueva|soy nuevo|recién llego|recién me uno][ y|,] me llamo {name}
        [vengo a presentarme|paso a presentarme], [soy|me llamo] {name}
        [quería presentarme|me gustaría presentarme], [soy|me llamo] {name}
        [aquí me tienes|aquí estoy|ya llegué|presente], [soy|me llamo|tu amigo|tu amiga] {name}
        [tu amigo|tu amiga|tu nuevo amigo|tu clienta favorita|tu servidor|tu fan], {name}
        [tu nuevo usuario|el nuevo usuario|la nueva usuaria|el nuevo cliente] [se llama|es|soy yo,] {name}
        [usuario|clienta|contacto|remitente|pasajero|paciente]: {name}
        [el pedido|la reserva|la cuenta|la cita] va a [mi nombre,|mi nombre:|nombre mío,] {name}
        [yo|y yo|pues yo|bueno, yo], {name}
        [y yo soy|y yo me llamo|yo en cambio soy|pues yo soy|pues yo me llamo] {name}
        [qué bonito nombre|lindo nombre|me gusta tu nombre], [yo soy|yo me llamo|el mío es] {name}
        [un gusto|encantado de conocerte], {bot}[, soy|, me llamo|. Yo soy|, yo soy] {name}
        [qué gusto|mucho gusto], {bot}[, soy|, me llamo|. Yo soy|, yo soy] {name}
        [oye|mira|escucha|perdona] {bot}, [soy|me llamo|te habla|aquí] {name}
        {bot}[, soy yo, |, soy |: soy |, aquí |, te habla ]{name}
        [tú eres {bot}|tú te llamas {bot}|vos sos {bot}] y yo [soy|me llamo] {name}
        [nos presentamos|presentación|mi presentación]: [soy|me llamo] {name}
        [de este lado|por este lado|por acá|del otro lado] [está|anda|escribe|te habla] {name}
        [acá anda|por aquí anda|por aquí pasa|aquí molestando] {name}
        [ya que preguntas|como me preguntaste|si quieres saberlo|si te interesa], [soy|me llamo] {name}
        [respondiendo a tu pregunta|contestando|para responderte], [soy|me llamo|mi nombre es] {name}
        [déjame decirte|te voy a decir] [mi nombre: |cómo me llamo: |que soy ]{name}
        [permíteme decirte|quiero decirte] [mi nombre: |cómo me llamo: |que soy ]{name}
        [todos en {city}|en {city} todos|allá en {city}] me [dicen|llaman|conocen como] {name}
        [sabes qué, |una cosa: |dato curioso: |confesión: ]me llamo {name}
        [cumplo años hoy y|hoy ando feliz y|estoy aburrido y|estoy aburrida y] me llamo {name}
        [gracias por responder|gracias por tu respuesta|qué bien que contestas], [soy|me llamo] {name}
        [necesito que me atiendan|quiero que me ayudes|vengo por ayuda], [mi nombre es|soy|me llamo] {name}
        [nosotros somos|somos] mi <person> y yo, {name}
        mi <person> [no está|no pudo|duerme], [soy|aquí|te habla|escribe] {name}
        [uso el celular de|escribo desde el teléfono de] mi <person>, [pero soy|yo soy|me llamo] {name}
        [no soy mi <person>|mi <person> ya se fue], [soy|ahora escribe|ahora habla] {name}
        """,
        "ask_name": """
        [apuesto|te apuesto|va|a que] [que ya |ya ]no [sabes|recuerdas] [cómo me llamo|mi nombre|quién soy]
        [a que|fijo que|seguro] ya [se te fue|se te pasó|se te borró] mi nombre
        [qué te dije|qué dije] [al principio|al empezar|al inicio|antes|hace un momento] sobre cómo me llamo
        [al principio|al empezar|hace rato|antes|hace un ratito] [cómo te dije|cómo dije] que me llamaba
        [cómo dijiste|cómo habías dicho|cómo era] que me llamo[ yo|]
        [dime|decime|dígame] [cómo|con qué nombre] me [tienes|tenés|tiene] [guardado|anotado]
        [dime|decime|dígame] [cómo|con qué nombre] me [tienes|tenés|tiene] [registrado|agendado]
        [qué nombre|cuál nombre] [tienes|tenés|tiene] [apuntado|anotado] [mío|de mí|para mí]
        [qué nombre|cuál nombre] [tienes|tenés|tiene] [guardado|registrado] [mío|de mí|para mí]
        [cómo me tienes|cómo me tenés|cómo me tiene] [agendado|guardado|registrado|anotado|en tu lista]
        [todavía|aún] [te suena|tienes en mente|conservas|retienes|tienes presente] [mi nombre|cómo me llamo]
        [tienes|tenés|guardas|llevas] [presente|en la memoria|en mente|registro de] [mi nombre|cómo me llamo]
        [a ver si me conoces|a ver si me recuerdas]: [cómo me llamo|quién soy]
        [a ver tu memoria|a ver esa memoria]: [cómo me llamo|quién soy]
        [probemos tu memoria|examen sorpresa|test de memoria|hora del examen], [cómo me llamo|mi nombre]
        [hagamos una prueba|vamos a ver|pongamos a prueba tu memoria], [sabes|recuerdas] [mi nombre|quién soy]
        [prueba de memoria|pregunta de memoria]: [mi nombre|cómo me llamo|quién soy]
        [pregunta fácil|pregunta trampa]: [mi nombre|cómo me llamo|quién soy]
        [te reto a|te desafío a|intenta|trata de] [decir|recordar|repetir|adivinar] mi nombre
        [atrévete a decir|puedes acertar|aciertas|adivinas] [mi nombre|cómo me llamo|quién soy]
        [adivina|adiviná|adivine] [mi nombre|cómo me llamo|quién soy|quién te habla|quién escribe]
        [si eres tan listo|si tan inteligente eres], [cómo me llamo|quién soy|dime mi nombre]
        ya que sabes tanto, [cómo me llamo|quién soy|dime mi nombre]
        [estaba pensando|me entró la duda], [te dije mi nombre|sabes quién soy]
        [tengo la duda|me quedé pensando], [te dije mi nombre|sabes quién soy]
        [no sé si|no estoy seguro de si|no recuerdo si] [te dije|te conté|mencioné] [mi nombre|cómo me llamo]
        [llegué a decirte|alcancé a decirte|te llegué a decir|ya te había dicho] [mi nombre|cómo me llamo]
        [te he dicho|te conté|te mencioné|te comenté] [ya |]cómo me llamo[ o no| o todavía no| alguna vez|]
        [yo |]ya me [presenté|había presentado|he presentado], [cuál es mi nombre|cómo me llamo|quién soy]
        [cuando me presenté|al presentarme|en mi presentación], qué nombre [di|usé|te di|dije|puse]
        [con qué nombre|bajo qué nombre|cómo] me [presenté|presenté antes|identifiqué|di a conocer]
        [repite|repetime|repíteme] [el nombre mío|mi nombre|cómo me llamo|quién soy]
        [vuelve a decirme|volvé a decirme] [el nombre mío|mi nombre|cómo me llamo|quién soy]
        [pronuncia|escribe|escribí|deletrea|teclea|pon|ponme|muéstrame] mi nombre
        [di|decí|diga] mi nombre [en voz alta|otra vez|una vez más|completo|si lo sabes|si puedes]
        [dime|decime|dígame] mi nombre [si es que lo sabes|si te acuerdas|si lo recuerdas|sin equivocarte]
        [dime|decime|dígame], [por favor, |]cómo [es que |]me llamo[ yo|]
        [por favor|porfa|porfis|ayúdame], [recuérdame|dime|repíteme] [mi nombre|quién soy|cómo me llamo]
        [me recuerdas|me recordás|me recuerda|podrías recordarme|me haces acordar] [mi nombre|cómo me llamo]
        [me dices|me decís] [mi nombre|cómo me llamo|quién soy][ otra vez| de nuevo|, porfa|]
        [me dice|me repites] [mi nombre|cómo me llamo|quién soy][ otra vez| de nuevo|, porfa|]
        [te importaría|te importa|te molesta|sería mucho pedir] [decirme|repetirme|recordarme] mi nombre
        [serías tan amable de|sería tan amable de|tendrías la bondad de] [decirme|recordarme] mi nombre
        [eres capaz de|sos capaz de|es usted capaz de] [llamarme|saludarme] por mi nombre
        [puedes|podés|puede|podrías] [llamarme|saludarme|despedirte de mí|tratarme] por mi nombre
        [puedes|podés|puede|podrías] [usar|mencionar|decir|escribir|poner] mi nombre[ en tu respuesta|]
        [respóndeme|contéstame|háblame|despídete|saluda] [usando|con|diciendo] mi nombre
        [por mi nombre|con mi nombre], [cómo me saludarías|salúdame|cómo me llamarías]
        [cómo me|de qué manera me|con qué nombre me] [saludarías|presentarías|nombrarías|llamarías tú]
        [si tuvieras que presentarme|si me presentaras|si hablaras de mí], qué nombre [dirías|usarías]
        si alguien te pregunta [quién soy|cómo me llamo|mi nombre], qué [dices|dirías|contestas]
        si te preguntan [quién soy|cómo me llamo|mi nombre], qué [dices|dirías|contestas]
        [si te pregunto|y si te pregunto] [mi nombre|cómo me llamo|quién soy], [qué dices|sabrías]
        si ahora te pregunto [mi nombre|cómo me llamo|quién soy], [qué dices|sabrías]
        [sabrías decirme|sabrías|me sabrías decir|sabría usted] [cómo me llamo|mi nombre|quién soy]
        [tienes idea de|tenés idea de] [quién soy|cómo me llamo|cuál es mi nombre]
        [tiene idea de|alguna idea de] [quién soy|cómo me llamo|cuál es mi nombre]
        [tienes idea de|sabes|te acuerdas de] con quién [hablas|estás chateando|tratas|tienes el gusto]
        [con quién crees|con quién piensas|con quién supones] que [hablas|estás hablando|chateas]
        [quién crees|quién piensas|quién te parece|quién se supone] que soy
        [quién te está escribiendo|quién te habla ahora|quién te escribe|quién está de este lado][, lo sabes|]
        [y yo|yo, quién soy|yo|y a todo esto yo], [cómo me llamo|quién soy|qué nombre tengo]
        [tú eres {bot}|vos sos {bot}|tú te llamas {bot}], [y yo|y yo quién soy|y yo cómo me llamo|pero yo]
        [{bot}, |oye {bot}, |a ver {bot}, ][quién soy|cómo me llamo]
        [{bot}, |oye {bot}, |a ver {bot}, ][cuál es mi nombre|te acuerdas de mi nombre]
        [ya sé tu nombre|sé quién eres tú|ya sé quién eres|conozco tu nombre], [y el mío|pero tú sabes el mío]
        [y el mío|el mío|y mi nombre|y el nombre mío][, cuál es|, cuál era|, lo sabes|, te lo sabes|]
        [cuál|qué] [es|era] [el mío|el nombre mío|mi nombre de pila|mi nombrecito|mi gracia]
        [mi nombre de pila|mi nombre completo], [cuál era|cuál es|lo tienes|te acuerdas|lo sabes]
        [mi apodo|mi nombre], [cuál era|cuál es|lo tienes|te acuerdas|lo sabes]
        [mi nombre|mi nombre pues|mi nombre era]...? [lo olvidaste|no lo sabes|te acuerdas|cuál era]
        mi nombre, [dilo|dímelo|decilo|repítelo|escríbelo|recuérdamelo|recuérdalo][ ya| ahora| porfa|]
        [me llamo|mi nombre es|yo me llamo]... [completa la frase|termina la frase|completa tú la frase]
        [completa|completá|termina] [la frase|esto|la oración]: [yo me llamo|mi nombre es]...
        [completa|completá|termina] [la frase|esto|la oración]: tú te llamas {bot} y yo me llamo...
        [que yo me llamaba|que mi nombre era|yo me llamaba] [cómo|qué][, dime|, recuérdame|, según tú|]
        [según tú|según vos|según tus notas], [quién soy|cómo me llamo|cuál es mi nombre]
        [según tus datos|para ti], [quién soy|cómo me llamo|cuál es mi nombre]
        [en tus notas|en tu memoria], [cómo me llamo|qué nombre tengo|quién soy]
        [en el historial|en tu registro], [cómo me llamo|qué nombre tengo|quién soy]
        [mira|revisa|busca en|checa] [el chat|este chat|los mensajes] y dime [mi nombre|quién soy]
        [mira|revisa|busca en|checa] [la conversación|el historial] y dime [mi nombre|quién soy]
        [lee|relee|repasa] [lo que escribí|los mensajes|lo de arriba], [cómo me llamo|cuál es mi nombre]
        [lo dije|te lo dije|ya lo escribí] [al comienzo|arriba], [cuál es mi nombre|cómo me llamo]
        [lo dije|te lo dije|ya lo escribí] [hace rato|hace un momento], [cuál es mi nombre|cómo me llamo]
        [qué nombre|cuál nombre] [escribí|puse|te escribí|mencioné|usé] [antes|arriba|al principio]
        [qué nombre|cuál nombre] [escribí|puse|te escribí|mencioné|usé] [hace rato|yo]
        [cuál fue|cuál era|cuál es] el nombre [que usé|que puse|que escribí]
        [cuál fue|cuál era|cuál es] el nombre [con que me presenté|que te di antes]
        [el nombre que te di|el nombre que usé|el nombre que puse][, cuál era|, cuál fue|, lo guardaste|]
        [soy|yo soy] [despistado|despistada], [cómo me llamo|dime mi nombre|quién soy]
        [soy|yo soy] [olvidadizo|muy distraída], [cómo me llamo|dime mi nombre|quién soy]
        [me siento perdido|ando perdida|me pegué en la cabeza|tengo amnesia], [quién soy|cómo me llamo]
        [se me olvidó|se me fue] [mi propio nombre|cómo me llamo|mi nombre][, lo sabes|, ayuda|]
        [se me borró|olvidé] [mi propio nombre|cómo me llamo|mi nombre][, lo sabes|, ayuda|]
        [ya ni sé|ya no sé] [cómo me llamo|quién soy|mi nombre][, jaja|, tú lo sabes|, ayúdame|]
        no me acuerdo ni de [cómo me llamo|quién soy|mi nombre][, jaja|, tú lo sabes|, ayúdame|]
        [mi abuela pregunta|mi <person> pregunta] si [sabes|recuerdas] [mi nombre|quién soy]
        mi <person> quiere saber si [sabes|recuerdas] [mi nombre|quién soy]
        [le estoy mostrando|le enseño|presumo] este chat a mi <person>: [cómo me llamo|quién soy]
        [le estoy mostrando|le enseño|presumo] este chat a mi <person>: cuál es mi nombre
        [mi <person> no cree|mi <person> no me cree] que [sepas|recuerdes] mi nombre, [dilo|cuál es|díselo]
        [demuéstrame|demuestra|demostrame|pruébame] que [sabes|recuerdas|no olvidaste] [mi nombre|quién soy]
        [júrame que|prométeme que|dime que] [recuerdas|no olvidaste|te acuerdas de] mi nombre
        [no me digas que|no puede ser que] [olvidaste|ya olvidaste|no sepas] [mi nombre|cómo me llamo]
        no me creo que [olvidaste|ya olvidaste|no sepas] [mi nombre|cómo me llamo]
        [espero que no hayas olvidado|ojalá no hayas olvidado] [mi nombre|cómo me llamo]
        confío en que recuerdas [mi nombre|cómo me llamo]
        [no te habrás olvidado de|no olvidaste] mi nombre[, verdad|, no|]
        [no habrás olvidado|no se te habrá olvidado] mi nombre[, verdad|, no|]
        [me conoces|me reconoces|me ubicas|me tienes ubicado|te sueno|sabes de mí][, no|, verdad| o no|]
        [me reconoces|me reconocés|me ubica|me recuerda usted|me recordás|se acuerda de mí]
        [ya me conoces|ya hablamos antes|nos conocemos|ya nos conocemos], [cómo me llamo|quién soy|no]
        [sabe usted|usted sabe] [mi nombre|cómo me llamo|quién soy|con quién habla]
        [usted recuerda|recuerda usted] [mi nombre|cómo me llamo|quién soy|con quién habla]
        [sabés|te acordás|recordás|vos sabés] [cómo me llamo|quién soy|cuál es mi nombre]
        [te acordás|te acuerdas|se acuerda] [de |]cómo [me llamaba|me llamo]
        [te acordás|te acuerdas|se acuerda] [de |]cómo [te dije que me llamaba|era mi nombre]
        [che|boludo|che vos], [te acordás de mi nombre|cómo me llamo|sabés quién soy|cómo era mi nombre]
        [oye|ey|oiga|epa|hey], [cuál es que era mi nombre|cómo es que me llamo]
        [oye|ey|oiga|epa|hey], [cómo era mi nombre|quién soy yo]
        [tío|tía|colega|bro|parce|wey], [cómo me llamo|cuál es mi nombre|sabes quién soy|dime mi nombre]
        [kual|cual|cuál|cul|q] es mi [nonbre|nobre|nombr|nmbre|nomre|name]
        [komo|cmo|cm|como] me [yamo|llamo|llmo|lamo|llamó]
        [sabes|savs|sabs|sbs] [mi nonbre|cmo me llamo|komo me llamo|mi nombr|kien soy|qien soy]
        [kien|quen|qien|quin] soy[ yo|]
        [te acuerdas d|t acuerdas de|te acuerda de|t acordas d] [mi nombre|como me llamo|mi]
        [dme|dim|di me|dimee] [mi nombre|como me llamo|quien soy|mi nonbre]
        cómo me llamo [eh|tú sabes|lo sabes|te acuerdas|dime|vamos|te pregunto|a ver|venga|anda]
        cuál es mi nombre [dime|lo sabes|te acuerdas|a ver|anda]
        cuál es mi nombre [venga|según tú|en verdad|pues|si se puede saber]
        quién soy [a ver|dime|te acuerdas|lo recuerdas|según tú|para ti|ahora mismo|pues|en este chat]
        [una pregunta|pregunta rápida|pregunta seria]: [mi nombre|quién soy]
        [última pregunta|otra cosa|cambiando de tema]: [mi nombre|quién soy]
        [una última cosa|antes de irme|antes de colgar], [cuál es mi nombre|cómo me llamo]
        [para terminar|ya por último], [cuál es mi nombre|cómo me llamo]
        [cambiando de tema|volviendo al principio], [cómo me llamo|mi nombre cuál es]
        [volviendo a lo de antes|retomando], [cómo me llamo|mi nombre cuál es]
        [gracias por eso|muy bien|perfecto], [y mi nombre|y cómo me llamo|ahora dime mi nombre]
        [genial|correcto], [y mi nombre|y cómo me llamo|ahora dime mi nombre]
        [eso está bien|bien, eso sí|ok pero] [cómo me llamo|y mi nombre|quién soy]
        [sí pero|todo muy bonito, pero] [cómo me llamo|y mi nombre|quién soy]
        [ya|oka|okey|dale|listo], [y ahora dime|ahora decime|y] [quién soy|mi nombre|cómo me llamo]
        [necesito|quiero|me gustaría|quisiera] que [me digas|digas|repitas|me repitas|escribas] mi nombre
        [necesito|quiero|quisiera] [oír|leer|ver|escuchar|comprobar] [mi nombre|que sabes mi nombre]
        [necesito|quiero|quisiera] [oír|leer|ver|escuchar|comprobar] si sabes mi nombre
        [me interesa|me da curiosidad] saber si [sabes|recuerdas] [mi nombre|quién soy]
        [tengo curiosidad por|me intriga] saber si [sabes|recuerdas] [mi nombre|quién soy]
        [quería ver|quiero comprobar] si [recuerdas|guardaste|sabes|aprendiste] mi nombre
        [estoy probando|verifico] si [recuerdas|guardaste|sabes|aprendiste] mi nombre
        [guardas|memorizas|recuerdas|almacenas] los nombres? [cuál es el mío|el mío cuál es|dime el mío]
        [eres bueno|eres buena|sos bueno|qué tal eres] con los nombres? [cuál es el mío|dime el mío]
        [tienes buena memoria|qué tal tu memoria]? [cómo me llamo|quién soy]
        [cómo anda tu memoria|tenés memoria]? [cómo me llamo|quién soy]
        [no tienes memoria|qué mala memoria|memoria de pez], [cómo me llamo|ni mi nombre sabes|dime mi nombre]
        [a quién|con quién] [le estás hablando|le hablas|atiendes|estás atendiendo|le respondes|le escribes]
        [cómo se llama|cuál es el nombre de|quién es] [tu usuario|quien te escribe|la persona que te habla]
        [cómo se llama|cuál es el nombre de|nombre de] [este usuario|este cliente|esta persona que te escribe]
        [nombre del usuario|nombre de usuario|nombre del cliente|mi nombre guardado][, por favor|, cuál es|]
        [mi nombre|mi nombre por favor|mi nombre ya|mi nombre otra vez][, señor|, bot|, {bot}|, máquina|]
        [soy yo|soy yo de nuevo|volví], [me recuerdas|cómo me llamo|sabes quién soy|te acuerdas de mi nombre]
        [te hablé|te escribí|hablamos] [hace rato|antes|hace unos minutos], [recuerdas mi nombre|quién soy]
        [qué sabes|qué recuerdas|qué tienes guardado] de mí[? mi nombre|, mi nombre por ejemplo]
        [qué sabes|qué recuerdas|qué tienes guardado] de mí, cómo me llamo
        [de todo lo que te dije|de lo que hablamos], [recuerdas|guardaste|te quedó] mi nombre
        [lo que quiero saber es|la pregunta es] [cómo me llamo|si sabes mi nombre|quién soy]
        [mi pregunta es|mi duda es] [cómo me llamo|si sabes mi nombre|quién soy]
        [puede que|quizás] [ya no sepas|no recuerdes|olvidaste] mi nombre[, cuál es|, lo sabes|]
        [tal vez|a lo mejor] [ya no sepas|no recuerdes|olvidaste] mi nombre[, cuál es|, lo sabes|]
        [verifica|confirma|confirmame|confírmame|valida] [mi nombre|cómo me llamo]
        [verifica|confirma|confirmame|confírmame|valida] [quién soy|el nombre que te di]
        [me confirmas|me confirma] [mi nombre|cómo me llamo|con qué nombre me tienes]
        [podrías confirmar|puedes confirmar] [mi nombre|cómo me llamo|con qué nombre me tienes]
        [bien|correctamente|sin errores], [cómo se escribe mi nombre|escribe mi nombre|di mi nombre]
        [cómo se escribe|cómo escribirías|cómo pronuncias|cómo escribes|cómo dices] mi nombre
        [a nombre de quién|a qué nombre|con qué nombre] [estoy|quedé|quedó|me anotaste|me apuntaste|me tienes]
        [tu memoria dice que|tus datos dicen que|recuerdas que] me llamo [cómo|qué|cuál]
        [y tú me llamas|y vos me decís|tú me dices|usted me llama] [cómo|qué]
        [ni te acuerdas|ni te acordás|ni se acuerda] de [mi nombre|cómo me llamo|quién soy][, verdad|, no|]
        [es verdad que|es cierto que] [sabes|recuerdas|aprendes] los nombres? [pues el mío|y el mío]
        me dicen que [sabes|recuerdas|aprendes] los nombres? [pues el mío|y el mío]
        [cómo|con qué nombre] [crees que me llamo|te quedó que me llamo|entendiste que me llamo|me anotaste]
        [entendiste|escuchaste|leíste|captaste] [bien |]mi nombre[? cuál es|? cómo me llamo|? dímelo]
        """,
    }
)
