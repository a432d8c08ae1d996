"""What people say about themselves and their day in Spanish: it looks like an introduction and is none."""

from .expand import blocks

FRAMES = blocks(
    {
        "decoy": """
        [está|va|empieza|empezó] a [llover|nevar|oscurecer|hacer frío|cerrar|terminar]
        [estoy|ando] [entre|cerca de|detrás de|con|sin|en] {topic}
        [estoy|ando] [leyendo|arreglando|pintando|comprando|viendo|limpiando|buscando] {topic}
        [es|fue|era|eso es] [sobre|solo|para|como|por] {topic}
        [me gusta|odio|quiero|perdí|encontré|compré|vendí|olvidé|vi] {topic} [hoy|ayer|en casa|en el trabajo|]
        [hay|tenemos] {topic} [aquí|afuera|en casa|en la cocina]
        {small} [pacientes|personas|minutos|cajas] [esperando|me esperan|por delante], [sea breve|rapidito|sé rápido]
        [estoy|ando] [entre dos pacientes|en el coche|en el bus|en casa|en el trabajo|en la playa|en la cola|de vacaciones|en la calle|liado]
        [estoy|ando|voy] [un poco|muy|bastante|medio|tan|algo] [ocupado|ocupada|tarde|nerviosa|perdido|curiosa|contento|apurada|liado]
        [estoy|ando] [cocinando|manejando|conduciendo|estudiando|viendo una película|esperando el bus|almorzando|paseando al perro]
        [estoy|ando] [solo |todavía |apenas |][probando|mirando|viendo cómo funciona|llegando|de vuelta|aquí|acá|listo|saliendo|despierta]
        soy [zurdo|vegetariana|jubilado|enfermera|ingeniero|estudiante|profesora|del norte|nuevo aquí|de pueblo|puntual|muy tímida]
        soy [hijo único|padre de dos|madre de tres|fan del fútbol|alérgico a los gatos|de Jalisco|porteña|gallego|terca|su clienta]
        [acabo de|voy a|quiero|tengo que] [hacer un té|hacer café|comer|llegar a casa|comprar pan|pasear al perro|dormir|lavar los platos]
        [hice|comí|compré|cociné|tomé] [sopa|un pastel|arroz|una bici|un abrigo|pescado|pan|mate] [hoy|ayer|al mediodía|en la cena|temprano]
        [semana|tarde|mañana|noche] [larga|tranquila|pesada|buena|aburrida|movida|difícil|llena] [por aquí|hoy|acá|en el trabajo|]
        [esta semana|hoy|últimamente] [ando|estoy|voy] [liado|liada|a mil|cansado del trabajo|con prisa|tranquila|de buenas]
        [aquí|acá|hoy|afuera] hace [un calor tremendo|frío|mucho viento|sol|un frío terrible|calor|buen tiempo|un día lindo]
        hace [calor|frío|viento|sol|un calor horrible] [hoy|aquí|acá|afuera|por aquí]
        [está|anda] [lloviendo|nevando|nublado|soleado|helando|feo|bonito] [hoy|aquí|acá|afuera]
        [es|se escribe] con [J|K|C|dos eles|H|Z|Y|S|N|J y con H|tilde|B de burro|V chica] [al final|al principio|eh|]
        es [un nombre|nombre] [antiguo|de familia|irlandés|vasco|raro|común|difícil|de mi abuela|bonito|quechua]
        [todo el mundo|la gente|el profesor|todos] [se equivoca|se olvida|lo confunde|se ríe|lo escribe mal]
        mi [día|café|bus|tren|vecino|jefe|jardín|equipo] [está|fue|es] [buenísimo|atrasado|pésimo|ruidoso|bonito|frío|tarde]
        mi [mujer|esposa|hermana|hija|mamá|gata|jefa|amiga|vecina|tía|abuela|perra] [se llama|es] {name}
        mi [marido|esposo|hermano|hijo|papá|perro|gato|jefe|amigo|vecino|primo|loro] [se llama|es] {name}
        el nombre de mi [hijo|perro|gato|marido|jefe|hermano|vecino|mujer|hija|mamá] es {name}
        [tengo|tuve] [un|una] [perro|gato|hermano|primo|amiga|hermana|gata] [que se llama|llamado|llamada] {name}
        [estoy|vine|vivo|ando] con {name} [aquí|hoy|ahora|acá|]
        {name} es mi [primo|prima|jefe|vecina|perro|marido|mujer|amigo|doctor|hermana]
        [trabajo|estudio|vivo|corro|nado|canto|juego] [en un banco|en una escuela|por la mañana|desde casa|solo|con mis padres|en el centro]
        [me gusta|no me gusta|me encanta|odio] [la lluvia|el té|el verano|bailar|el fútbol|el queso|caminar|el picante|madrugar]
        [hoy|ayer|esta semana|esta mañana] [fue|está siendo] [largo|divertido|raro|pesado|genial|un lío|aburrido|bueno]
        [la escuela|el trabajo|el tráfico|el gimnasio|la clase] [es aburrida|fue bueno|está parado|ya acabó|empieza pronto]
        [ahora vuelvo|espera|espérame|un minuto|un momentito|aguanta][, el teléfono|, tocan la puerta|, hay alguien|]
        [fui|era|yo era] [maestro de piano|profesora|jugador|chofer|enfermera|cocinero|cartero|cajera]
        [wey|güey|tío|che|bro] [q|que|qué] [aburrido|flojera|calor|hambre|sueño|cansado todo]
        [sé|sea] [rápido|breve|paciente], [estoy|ando] [en el trabajo|en una reunión|manejando|en clase]
        """,
        "ask_name": """
        [con quién|quién] [está hablando|estás hablando|habla usted|hablas|crees que hablas] [ahora|ahora mismo|aquí|]
        [para confirmar|solo para confirmar|prueba rápida|para estar seguro], [con quién habla usted|quién soy|con quién estás hablando]
        [tiene|tienes|guarda|guardas|conserva] [usted |]mi nombre[ ahí| guardado| apuntado|]
        [prueba|completa|termina la frase]: mi nombre es [...|___|?]
        [con qué|por qué|qué] nombre me presenté[ contigo| con usted| al principio| antes|]
        ¿y yo[,|] [cómo me llamo|cuál es mi nombre|quién soy|cómo me llamaba]
        [prueba|prueba rápida|a ver|examen|responde]: [mi nombre es|me llamo|yo me llamo]...
        [escribe|escríbeme|teclea|deletrea|pon|ponme] mi nombre [para mí|aquí|ahí|en mayúsculas|por favor|]
        [me escribes|me dices|me repites|me deletreas|me pones] mi nombre
        [con qué|qué|cuál] nombre [me presenté|te di|usé|te dije|dije al principio|te pasé]
        [wey|güey|tío|che|bro|amigo] [cuál|cuál es|cómo es|dime] mi nombre
        [te sabes|sabes|se sabe|usted sabe] mi nombre, [verdad|no|cierto|o no]
        [a que|apuesto que|seguro que] [ya |]no [sabes|recuerdas|te acuerdas de] mi nombre
        [todavía|aún|ya no] [se acuerda|te acuerdas|recuerda|recuerdas|tiene] [de |]mi nombre[, hijita|, joven|, señorita|]
        [me podrías|me podría|podrías|puedes|me puedes] [decir|recordar|repetir|escribir] mi nombre
        [dale|ok|bueno|listo|perfecto|bien], [cuál es mi nombre|y mi nombre|mi nombre][ entonces| pues|]
        [perfecto|genial|muy bien|listo]. ¿[y |]mi nombre
        y mi nombre [cuál es|cuál era|cómo era|lo sabes|te lo sabes|lo recuerdas]
        quién [te está escribiendo|te escribe|está hablando contigo|te habla|soy yo]
        cómo [es|era] [mi nombre|nombre de mi|nombre mío]
        """,
        "tell_name": """
        {name} [al habla|por aquí|al teléfono|escribiendo], [del|de la|de] [{business}|departamento de compras|ventas|segundo piso|recepción|{city}|tienda]
        [buenas noches|buenos días|hola|buenas], {name} [del|de la|de] [{business}|recepción|tienda|contabilidad|escuela|{city}|al lado]
        [buenas noches|buenos días|hola], {name} al habla[, del departamento de {noun}|, de {business}|, de {city}|]
        aquí {name}, [soy|yo soy] [el gerente|la vecina|cliente nueva|de finanzas|su hermana|nuevo por aquí]
        [hola|buenas|buenos días|ey]. {name}. [mucho gusto|encantado|un placer|qué tal|soy nueva aquí]
        {name}, [mucho gusto|para servirle|soy yo|de {city}|de {business}|encantada]
        [hola|buenas|buenos días|buenas tardes|qué tal|ey]. {name}. [mucho gusto|encantado|un placer|encantada]
        [ey|hola|oye|qué onda|epa|buenas], [aquí|acá] [el |la |]{name}[ otra vez| de nuevo| reportándose|]
        [hola|buenas|ey] {bot}, [soy|aquí|acá|habla|te escribe|otra vez] {name}[ otra vez| por aquí| de nuevo|]
        [hola|buenas] {bot}, [otra vez|de nuevo] {name} [por aquí|por acá|aquí]
        [buenos días|buenas tardes|buenas noches|hola], [hijita|joven|señorita|mijo|señor]. Soy [doña|don|la señora|el señor] {name}
        [buenos días|buenas tardes|hola|buenas]! {name} es mi nombre
        soy [el|la] {name}[ wey| tío| che| pues| eh| amigo|]
        hola [aca|acá|aqui|aquí] {name}[, recien llego|, recién llego|, soy nuevo| desde el trabajo| de nuevo|]
        """,
        "sum": """
        [compré|vendí|llevé|pagué] {small} [cajas|libros|bolsas|boletos] a {small} [pesos|euros] cada [una|uno], [cuánto es|cuánto da|cuánto son] {sum}
        [por favor|porfa], [calcula|calcule|resuelve|haz|hazme] {sum}
        """,
        "pointer": """
        {noun}
        {noun}
        el {noun}
        {topic}
        {noun} {noun}
        [noticias|clima|tiempo|pronóstico|recetas|fútbol|política|historia|películas|bolsa|poema|código|traduce|fotosíntesis|gravedad|impuestos]
        [quién|qué|dónde|por qué|cómo] [inventó|descubrió|escribió|es|son|fue|hace] {topic}
        cómo se dice {noun} en {noun}
        [cuál es|cuál era] [la capital|la población|el significado|el precio|el nombre|el color|el presidente|la historia] de {topic}
        """,
        "request": """
        [arregla|corrige|revisa|mejora|explica|prueba|reescribe|depura] mi {topic}[, me da error|, no funciona|, por favor| porfa|]
        [escribe|compón|haz|inventa|canta|crea|cuenta|dame] [un|una|un pequeño|una buena] {noun} [sobre|de|para|con|en] {topic}
        [resume|explica|traduce|recomienda|describe|compara|dibuja|planea|revisa] {topic}[ por favor| en dos líneas| para mí|]
        [recomiéndame|sugiere|busca|muéstrame|reserva|pide|compra|alquila] [un|una|un buen|una buena|el mejor] {noun}[ cerca de mí| para hoy| en {city}|]
        [necesito|quiero|tengo que] [escribir|hacer|planear|arreglar|aprender|cocinar] {topic}. [puedes|podrías|me puedes] [hacerlo|ayudar|escribirlo|enseñarme]
        """,
    }
)
