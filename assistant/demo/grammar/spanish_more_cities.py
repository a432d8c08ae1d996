"""More ways to ask the hour of a city in Spanish, by a second author."""

from .expand import blocks

FRAMES = blocks(
    {
        "time_city": """
        [me dirías|me sabrías decir|me podrías decir|sabrías decirme|me puede decir] qué hora es en {city}
        [me regalas|me regala|regálame|me haces el favor de darme|me pasas] la hora [de|en] {city}
        [hazme el favor de|hágame el favor de|haceme el favor de] decirme [la hora|qué hora es] en {city}
        [sería|es usted|eres] tan amable de decirme [la hora de|qué hora es en|la hora en] {city}
        [fíjate|fijate|fíjese|checa] qué hora es en {city}[, porfa|, por favor|]
        [chécame|chequea|averigua|averíguame] qué hora es en {city}[, porfa|, por favor|]
        [mira|revisa|consulta|busca|búscame|dime] [la hora|la hora local|qué horas son|qué hora es] en {city}
        [dime|decime|dígame|infórmame] qué hora [tienen|es ya|será|marca el reloj|es ahorita|hay] en {city}
        [podés|me podés] [decir|decirme|mirar|averiguar|buscar] la hora [de|en] {city}
        [podría usted|serías capaz de] [decir|decirme|mirar|averiguar|buscar] la hora [de|en] {city}
        [puedes|puede|podrías] [averiguar|buscar|consultar] qué hora es en {city}[, por favor|]
        [puedes|puede|podrías] [chequear|decirme] qué hora es en {city}[, por favor|]
        [tienes|tenés|tiene|tendrás|sabrás|sabes] [la hora|la hora exacta|qué hora es|la hora local] en {city}
        [no sabrás|no sabes|no tendrás|no tienes] [la hora|la hora que es] en {city}[, verdad|, no|]
        [quiero|quisiera|me gustaría] saber [qué hora es|la hora] en {city}[ ya| ahora|]
        [necesito|me urge|me interesa] saber [qué hora es|la hora] en {city}[ ya| ahora|]
        [quiero|necesito|dame|deme] la hora [en|de] {city}[, rápido|, porfa|, es urgente|, anda|]
        [pásame|tírame|suelta] la hora [en|de] {city}[, rápido|, porfa|, es urgente|, anda|]
        [quiero que me digas|necesito que me digas|te pido que me digas] [la hora|qué hora es] en {city}
        [me hace falta|me vendría bien|me piden|busco|solo quiero] la hora [de|en] {city}
        [te pregunto|le pregunto|te consulto] [qué hora es|la hora] en {city}
        [quería preguntar|venía a preguntar] [qué hora es|la hora] en {city}
        [mi pregunta es|mi duda es|lo que quiero saber es|la pregunta es] qué hora es en {city}
        [me pregunto|me preguntaba|estaba pensando|me estaba preguntando] qué hora [será|es|sería] en {city}
        [no sé|ya no sé|nunca sé] qué hora es en {city}[, dime|, y tú|, ayúdame|, me dices]
        [ni idea de|no tengo idea de] qué hora es en {city}[, dime|, y tú|, ayúdame|, me dices]
        [se puede saber|podríamos saber|alguien sabe|quién sabe] qué hora es en {city}[ ahora|]
        qué hora [va siendo|se hizo ya|es a esta hora|es justo ahora|traen|llevan|es más o menos] en {city}
        qué hora [marca|pone|dice|da] [tu reloj|el reloj|el servidor] [para|en] {city}
        [qué horas son|qué horitas son|qué hora es] [ahorita|por allá|allá|ya|justo ahora] en {city}
        [a qué hora|en qué hora] [están|andan|viven|van] en {city}[ ahora| ya| ahorita|]
        a qué hora [estamos|vamos] [aquí en|acá en|los de] {city}
        [qué hora es|la hora] [por|por los lados de|por la zona de] {city}
        [qué hora es|la hora] [en la zona de|en pleno|en el centro de] {city}
        [qué hora es|la hora] en [la ciudad de|el aeropuerto de|la bella|la lejana|el puerto de|todo] {city}
        cuál [es|sería|viene siendo|será] la hora [oficial|de ahora|de este momento][ en| de] {city}
        cuál [es|sería|viene siendo|será] la hora [legal|exacta][ en| de] {city}
        [la hora|hora|horario] [oficial|actual|de ahora|correcta|de este momento] [en|de|para] {city}
        [hora|la hora] en {city}[, porfa|, por favor|, plis|, gracias|, ya]
        [hora|la hora] en {city}[, rápido|, urgente|, dime|, cuál es]
        la hora {city}[ porfa| plis| gracias| ya| ahora| ahorita| actual]
        [dame|dime|pon|ponme|muestra|muéstrame] hora {city}
        hora de {city}[, cuál es|, la sabes|, me dices|, dímela|, dámela|, tienes]
        en {city}[, qué hora tienen|, a qué hora están|, qué horas son ya|, qué hora marca el reloj|, la hora]
        en {city}[ qué hora será| qué hora andan| ya qué horas son| a qué hora están| cuál es la hora ahora]
        [y en|pero en|oye, en|allá en|ahora en|bueno, en] {city} [qué hora es|qué horas son|qué hora tienen]
        {city}[: la hora| la hora porfa|, hora local|, qué hora tienen|, qué horas son|, hora|? qué hora es]
        {city}[, dime la hora|, dame la hora|, necesito la hora]
        {city}[, me dices la hora|, quiero la hora|, sabes la hora]
        {city}[, a qué hora están|, qué hora será allá|, qué hora será ahí]
        {city}[. Qué hora es allá|. Qué hora tienen]
        {city}[ hora actual| hora exacta| hora local por favor]
        {city}[ qué hora tiene| a qué hora está| qué hora seria]
        {city}... [qué hora es allá|qué hora será|qué hora tendrán|la hora de allá]
        [ciudad|lugar|destino|sitio]: {city}[. Qué hora es|, hora| qué hora es]
        [ciudad|lugar|destino|sitio]: {city}[. La hora por favor|, dime la hora]
        [qué hora es|dime la hora] [allí|allá|ahí], [digo|me refiero a|quiero decir|hablo de] {city}
        [la hora|qué horas son] [allí|allá|ahí], [digo|me refiero a|quiero decir|hablo de] {city}
        [me mudo|me mudé|me voy a vivir] a {city}, [qué hora es|qué hora tienen] allá
        [viajo mañana|me voy de luna de miel] a {city}, [qué hora es|qué hora tienen] allá
        [mi vuelo llega|mi vuelo sale|hago escala] en {city}, qué hora es [allá|ahí]
        [aterrizo pronto|tengo hotel] en {city}, qué hora es [allá|ahí]
        [aterricé|acabo de aterrizar|recién llego] en {city}, qué hora es[ aquí| acá|]
        [acabo de bajar del avión|llegué] en {city}, qué hora es[ aquí| acá|]
        [ando|estoy de paso|estoy de viaje] en {city}, qué hora es[ aquí| acá|]
        [me quedé varado|estoy de vacaciones] en {city}, qué hora es[ aquí| acá|]
        [soy de|vengo de|nací en|crecí en|extraño] {city}, qué hora es [allá|ahí|por allá|en mi ciudad]
        [tengo familia|tengo amigos|tengo clientes] en {city}, qué hora es [allá|ahí]
        [hay una oficina|trabajo con gente] en {city}, qué hora es [allá|ahí]
        [mi <person>|mi cliente] [está de viaje|trabaja|estudia|anda] en {city}, qué hora es allá
        [mi proveedor|mi equipo] [está de viaje|trabaja|estudia|anda] en {city}, qué hora es allá
        [mi <person>|mi cliente|mi familia] vive en {city} y no sé qué hora es allá
        [mi <person>|mi cliente|mi familia] vive en {city} y quiero saber la hora de allá
        mi <person> [se fue a|viajó a|se mudó a|vive lejos, en] {city}[, qué hora es allá|, qué hora tiene]
        mi <person> [se fue a|viajó a|se mudó a|vive lejos, en] {city}, y la hora
        [quiero llamar a|voy a llamar a] mi <person>, que [vive|está] en {city}, qué hora es [allá|ahí]
        [quiero llamar a|le escribo a|hablo con] {name} en {city}, qué hora es [allá|ahí|ahora]
        {name} [vive|está|trabaja|anda] en {city}, qué hora es [allá|ahí|para ella|para él]
        [mi amigo|mi prima|mi jefe] {name} está en {city}, [qué hora es allá|me dices la hora de allá]
        [es buena hora|es tarde|es muy temprano|es mala hora] para llamar a {city}? qué hora es [allá|ahí]
        [ya amaneció|ya anocheció|ya durmieron] en {city}? qué hora es allá
        [ya despertaron|ya almorzaron|ya abrieron] en {city}? qué hora es allá
        [no quiero despertar a nadie|no quiero molestar], qué hora es en {city}
        [antes de llamar|antes de viajar|antes de salir], qué hora es en {city}
        [por si acaso|por curiosidad|para avisar], qué hora es en {city}
        [para una llamada|para una reunión|para una entrevista], [qué hora es|la hora] en {city}
        [para ver el partido|para mi vuelo], [qué hora es|la hora] en {city}
        [tengo una entrevista con|tengo una llamada con] alguien de {city}, qué hora es [allá|ahí]
        tengo videollamada con alguien de {city}, qué hora es [allá|ahí]
        [veo un partido|hay un concierto|dan un partido|hay una carrera] en {city}, qué hora es [allá|ahí]
        qué hora es en {city}[, que quiero llamar|, que tengo reunión|, que me esperan]
        qué hora es en {city}[, que viajo pronto|, es que viajo]
        qué hora es en {city}[, porque vive mi <person>|, porque está mi <person>|, mi <person> vive ahí]
        qué hora es en {city}[, tío|, che|, wey|, parce|, bro|, señor|, señorita|, jefe|, corazón|, amigo mío]
        qué hora es en {city}[, lo sabes|, me dices|, puedes mirar|, sabes|, me ayudas|, dime|, me informas]
        qué hora es en {city}[ en estos momentos| a estas alturas| más o menos]
        qué hora es en {city}[ realmente| actualmente| justo ahora]
        qué hora es en {city}? [quiero llamar|tengo que llamar|no quiero molestar]
        qué hora es en {city}? [mi <person> vive allá|gracias]
        qué hora es en {city}. [Gracias|Necesito llamar|Viajo mañana|Es para una llamada|Tengo una reunión]
        [aquí es tarde|aquí es de noche|acá es mediodía|aquí amanece|acá ya es lunes], y en {city} qué hora es
        [si aquí es mediodía|si aquí es de noche|si acá amanece|cuando aquí es tarde], qué hora es en {city}
        [no la de aquí|no la mía|no la hora local|no aquí], [la hora de|sino la de|quiero la hora de] {city}
        [vivo en|estoy en|te escribo desde] {city} y [no sé qué hora es|quiero saber la hora]
        [vivo en|estoy en|te escribo desde] {city} y no tengo reloj, qué hora es
        [vivo en|te escribo desde|aquí en|acá en] {city}, [me dices la hora|dime la hora]
        [vivo en|te escribo desde|aquí en|acá en] {city}, [qué hora es acá|y no tengo reloj]
        [estoy en|vivo en|hablo desde] {city} pero [dime la hora de|quiero la hora de] {city}
        [estoy en|vivo en|hablo desde] {city} pero necesito la hora de {city}
        no en {city}, [la hora en|dime la hora en|qué hora es en] {city}
        [no me refiero a|no hablo de|no era] {city}, [quiero la hora de|dime la hora de|qué hora es en] {city}
        [{bot}|oye {bot}|a ver {bot}|hey {bot}|hola {bot}], [qué hora es en|la hora en|dime la hora de] {city}
        qué hora es en {city}, {bot}
        [hola|buenas|hey|holi|qué tal|buenos días], [qué hora es en|qué hora tienen en] {city}
        [hola|buenas|hey|holi|qué tal|buenos días], me das la hora de {city}
        [disculpe|perdone|perdona|disculpa|con permiso], [qué hora es en|me da la hora de|la hora en] {city}
        [señor|señora|joven|señorita|caballero], [qué hora es en|me da la hora de|sabe la hora de] {city}
        [rápido|urgente|corre|apúrate|ya|emergencia]: [qué hora es en|la hora en] {city}
        [rápido|urgente|corre|apúrate|ya|emergencia]: [hora de|dime la hora de] {city}
        [contesta|responde|dime de una vez|por última vez]: qué hora es en {city}
        [maldita sea|caray|ay dios|uy|joder|diablos], qué hora es [ya |]en {city}
        [otra vez|de nuevo|una vez más|nuevamente], [la hora de|qué hora es en|qué hora era en] {city}
        [repite|repíteme|recuérdame|vuelve a decirme|actualiza] [la hora de|la hora en|qué hora es en] {city}
        [gracias|genial|ok|vale|listo|perfecto], [y la hora de|y qué hora es en] {city}
        [gracias|genial|ok|vale|listo|perfecto], [ahora la de|y qué hora tienen en] {city}
        [por cierto|ah|otra cosa], [qué hora es en|la hora de|qué hora tienen en] {city}
        [de paso|ya que estamos], [qué hora es en|la hora de|qué hora tienen en] {city}
        [cambiando de tema|a todo esto|hablando de viajes], qué hora es en {city}
        [a ver|venga|anda|vamos|va|ándale|órale|dale], [dime qué hora es en|la hora de|qué hora es en] {city}
        [che|mirá|escuchá|decime], [qué hora es en|qué hora tienen en|la hora de] {city}
        [sabés|me decís|te fijás] qué hora es en {city}[, che|, porfa|, dale|]
        [tío|tía|bro|parce|wey|güey|pana|mano], [qué hora es en|la hora de|qué hora tienen en] {city}
        [pregunta fácil|pregunta tonta|pregunta rápida]: [qué hora es en|la hora de] {city}
        [duda|consulta|te consulto]: [qué hora es en|la hora de] {city}
        [tengo una pregunta|tengo una duda|ayúdame|ayuda|una ayudita]: [qué hora es en|la hora en] {city}
        [apuesto a que|a que|seguro que] no sabes [qué hora es en|la hora de|la hora en] {city}
        [tú que sabes|vos que sabés], [qué hora es en|dime la hora de] {city}
        [ya que eres un robot|como eres una máquina], [qué hora es en|dime la hora de] {city}
        [sabes la hora de otros lugares|das la hora mundial]? [qué hora es en|la de] {city}
        tienes hora mundial? [qué hora es en|la de] {city}
        [hora mundial|reloj mundial|huso horario|zona horaria][:|,] {city}[, qué hora es|, qué hora tienen|]
        [en el huso de|en la zona horaria de|con el horario de] {city}, qué hora es
        [en horario de|según el reloj de] {city}, qué hora es
        [quedé con alguien de|chateo con gente de] {city}, qué hora [es allá|tienen|será allá]
        juego con gente de {city}, qué hora [es allá|tienen|será allá]
        [jugamos en línea con|transmiten desde|transmiten en vivo desde] {city}, qué hora es [allá|ahí]
        [mi <person> me pregunta|mi <person> quiere saber] qué hora es en {city}
        [aquí me preguntan|me preguntan] qué hora es en {city}
        [mi <person> dice que es tarde|mi <person> dice que es de noche] en {city}, qué hora es [allá|ahí]
        [q|k|ke|qe|que] hora [es|e|s] en {city}
        [q ora es|k ora es|kora es|que ora es|quiora es|que hroa es|que hra es] en {city}
        [q|k|que] horas [son|sn] en {city}
        [la ora|la hra|ora|hroa|la hroa] [en|de] {city}
        [dime|dme|dame] la [ora|hra|hora] [d|de|en] {city}
        [sabes|sabs|savs] [q hora es|que ora es|la ora] en {city}
        [hola|oye|este|eh|mmm|pues] qué hora es [ahorita |ahora mismo |]en {city} [gracias|porfa|por favor]
        [hola|oye|este|eh|mmm|pues] qué hora es [ahorita |ahora mismo |]en {city} [dime|oye]
        [oye|eh|mmm|este|pues] me puedes decir qué hora es en {city} [gracias|porfa|por favor|es que viajo]
        [el reloj de mi hotel está mal|no cambié la hora del celular], estoy en {city}, qué hora es
        [cambiaron la hora|cambió el horario] en {city}, qué hora es[ allá| ahora|]
        [hubo cambio de hora|ya es horario de verano] en {city}, qué hora es[ allá| ahora|]
        [llamo a|escribo a|viajo a] {city}[ y necesito la hora de allá|, qué hora tienen]
        [vuelo a|me conecto con] {city}[ y necesito la hora de allá|, qué hora tienen]
        [pongamos|digamos|por ejemplo|imagina] {city}, qué hora es [allá|ahí]
        [y si estuviera en|si estuviera en] {city}, qué hora [sería|tendría|sería ahora]
        [si viviera en|de estar en] {city}, qué hora [sería|tendría|sería ahora]
        [la gente de|los de|mis amigos de|los que viven en] {city} [qué hora tienen|a qué hora están]
        qué hora [tendrán|tienen ya|estarán viviendo|marcan] [los de|mis amigos de|en mi querida] {city}
        qué hora [tiene|tendrá|marca] {city}[ ahora| ahora mismo| ya| en este momento|]
        [ponme en hora con|sincronízame con|dame el horario actual de|dame la hora que hay en] {city}
        [reloj en|reloj de|el reloj de|hora del reloj de] {city}[, qué marca|, qué hora marca]
        [reloj en|reloj de|el reloj de|hora del reloj de] {city}[, qué dice|, por favor]
        [hora de verano|hora legal|hora civil|hora oficial] en {city}[ ahora|, cuál es|, por favor|]
        [me confirmas|confírmame|confirma] [la hora|la hora actual|qué hora es] en {city}
        [verifica|me verificas] [la hora|la hora actual|qué hora es] en {city}
        [necesito coordinar con|tengo que coordinar con] {city}, qué hora [es allá|tienen allá]
        [trabajo para|vendo a] {city}, qué hora [es allá|tienen allá]
        qué hora es en este [momento|instante] en {city}
        qué hora es [en la tierra de mi <person>, |donde vive mi <person>, ]{city}
        qué hora es [donde está mi <person>, |en ]{city}
        [no la fecha|no me importa la fecha], [la hora de|qué hora es en] {city}
        no quiero el día, [la hora de|qué hora es en] {city}
        [solo|solamente|nada más] la hora [de|en] {city}[, nada más|, gracias|, por favor|]
        """,
        "follow_city": """
        [y en|y allá en|y ahí en|y por] {city}[, qué hora es|, qué hora tienen|, sabes|]
        [y para|y ahora en|y también en] {city}[, qué hora es|, qué hora tienen|, sabes|]
        [y en|y para|y por] {city}[ cuál es| qué hora| cuánto es| qué| a qué hora están]
        [y qué hay de|y qué tal|y qué tal en|qué tal en|y qué pasa en|y qué me dices de] {city}
        [y la de|la de|y la hora de|también la de|ahora la de|dame la de|dime la de|y cuál es la de] {city}
        [lo mismo en|lo mismo para|igual para|haz lo mismo con|repite para|repite con|también para] {city}
        [ahora|luego|después|también|además|y luego|y después|y también|entonces] [en|la de|para] {city}
        [ok|vale|bien|genial|gracias|perfecto|ajá|ya veo], [y en|y la de|ahora en|y para] {city}
        [pero|no, pero|bueno, pero|sí, pero|oye, pero] [en|la de|y en] {city}
        [no, en|perdón, en|quise decir en|me refería a|quería decir|digo, en|no, me refiero a] {city}
        [mejor|mejor dime|mejor en|cambia a|cámbiala por la de|prueba con|pon] {city}
        [otra|otra ciudad|otra más|la siguiente|siguiente|la última|una más]: {city}
        [y si estoy en|y si estuviera en|y si vivo en|y si viajo a|y si me voy a|y estando en] {city}
        [y mi <person> en|y los de|y la gente de|y mis amigos de|y mi <person> que vive en] {city}
        [y mi <person> está en|mi <person> vive en|y si llamo a|y para llamar a] {city}
        {city}[ también| ahora|, y ahí|, y allá|, también|, y la de ahí|? y allá|, y esa]
        {city}[ entonces| entonces qué hora| qué tal| cuál es|, la última]
        [sabes la de|sabés la de|tienes la de|puedes darme la de|me das la de|me decís la de] {city}
        [y|y qué hora en|y hora en|y hora de|y la hora allá en|y la hora actual en] {city}
        [y al mismo tiempo en|y en este momento en|y ahora mismo en|y a esta hora en] {city}
        [será igual en|es la misma en|es la misma hora en] {city}
        [es igual en|y es igual en|también es esa hora en] {city}
        [qué hora será entonces en|entonces en|por lo tanto en] {city}
        """,
    }
)
