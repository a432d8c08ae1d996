"""How people tell and ask names, identities, times and sums in Spanish."""

from .expand import blocks

FRAMES = blocks(
    {
        "tell_name": """
        mi nombre es {name}
        mi nombre es {name}<name_tail>
        [mi nombre completo|mi primer nombre|el nombre|nombre] es {name}
        [mi nombre|nombre]: {name}
        [yo |]me llamo {name}
        [yo |]me llamo {name}
        [yo |]me llamo {name}<name_tail>
        [yo |]soy {name}
        [yo |]soy {name}
        [yo |]soy {name}<name_tail>
        soy <article> {name}
        [aquí|acá|habla|te habla|le habla|te escribe|le escribe|le saluda|te saluda|quien habla es] {name}
        [aquí|acá|habla|te habla|te escribe|aquí está] {name}<name_tail>
        [quien te escribe es|quien te habla es|el que habla es|la que habla es|es] {name}
        {name} [es mi nombre|por aquí|al habla|aquí|me llamo|hablando|a tus órdenes|para servirte]
        [puedes|puede|podés|me puedes|me puede] [llamarme|decirme|llamar|decir] {name}
        [llámame|llámeme|llamame|dime|dígame|me llaman|me dicen|todos me llaman|mis amigos me dicen] {name}
        [llámame|puedes llamarme|me llaman] {name}<name_tail>
        [todos|todo el mundo|mis amigos|en casa|la gente] me [dicen|llaman|dice|llama] {name}
        [soy conocido como|soy conocida como|me conocen como|respondo al nombre de] {name}
        [prefiero|quiero|me gustaría|quisiera|me gusta] que me [llames|digas|llamen|digan] {name}
        [déjame presentarme|me presento][: soy|, soy|, mi nombre es|: me llamo] {name}
        [permítame presentarme|voy a presentarme][: soy|, soy|, mi nombre es|: me llamo] {name}
        [mucho gusto|encantado|encantada|un placer][, soy|, me llamo|, mi nombre es|, yo soy|,] {name}
        [hola|buenas|hey|buenos días], [soy|yo soy|me llamo|mi nombre es|habla|aquí|te habla] {name}
        [hola|buenas] {bot}, [soy|me llamo|mi nombre es|habla|yo soy] {name}
        [recuerda|anota|guarda|memoriza] que [me llamo|soy|mi nombre es] {name}
        [no olvides|apunta|ten en cuenta] que [me llamo|soy|mi nombre es] {name}
        [recuerda|anota|guarda|apunta|registra] mi nombre[:| es|,| ,] {name}
        [en realidad|no|perdón|corrección|espera|mejor dicho], [me llamo|soy|mi nombre es|es] {name}
        [estás|está] [hablando|conversando|chateando] con {name}
        [me bautizaron como|me bautizaron|me pusieron|me pusieron de nombre|mis padres me llamaron] {name}
        [para que sepas|por cierto|que sepas], [soy|me llamo|mi nombre es] {name}
        [hola|buenas|buenos días|buenas tardes|buenas noches][,|!|] [soy|me llamo|mi nombre es|habla|aquí|yo soy] {name}<name_tail>
        [hola|buenas], soy yo, {name}
        [la mayoría|mis colegas|mis compañeros|la gente] me [conoce como|llama|dice|conocen como] {name}
        [puedes|puede] referirte a mí como {name}
        {name}, [ese|así] es mi nombre
        {name} es como me [llaman|dicen]
        mi nombre? {name}
        [el nombre es|nombre:] {name}
        {name} por acá<name_tail>
        {name} [por acá|presente|reportándose]
        [hola|buenas] {bot}, [aquí|acá] {name}
        [hola|buenas], {name} [aquí|por aquí|al habla]
        preferiría que me [llamaras|dijeras] {name}
        """,
        "ask_name": """
        cuál es mi nombre
        [y |entonces |]cuál es mi nombre[ entonces| ahora| completo| por favor| otra vez|]
        cuál era mi nombre
        [y |]cómo me llamo
        [y |entonces |a ver, |]cómo me llamo[ yo| entonces| otra vez| ahora|]
        [y |entonces |]quién soy[ yo| entonces|]
        mi nombre
        [y |]mi nombre[ es| cuál es| era|, por favor|]
        cómo [dije|te dije|he dicho] que me [llamo|llamaba]
        qué nombre te [di|dije|he dado|mencioné]
        cuál [es|era|fue] el nombre que te [di|dije|mencioné]
        cómo me [llamas|vas a llamar|llamarías|llaman|debes llamar|dices]
        cómo [debes|deberías|tienes que] llamarme
        me conoces
        me recuerdas
        sabes con quién [hablas|estás hablando|estás conversando]
        con quién estás hablando
        sabes quién [soy|soy yo]
        [di|diga|escribe|dime|repite] mi nombre
        <remember> <my_name>
        <remember> <my_name>
        <remember> <my_name>
        <remember> <my_name> [o no|ahora|por favor|todavía|ya|o ya no]
        <ask> <my_name>
        <ask> <my_name> [por favor|ahora|otra vez]
        [ya |]te [dije|he dicho|conté] [cómo me llamo|mi nombre|quién soy]
        te [dije|he dicho] mi nombre[, cuál es|, cuál era|, lo recuerdas|, te acuerdas| o no|]
        qué te dije sobre mi nombre
        [prueba|pregunta|examen]: cuál es mi nombre
        [yo soy|me llamo] quién
        [yo |]cómo me llamo
        ya sabes mi nombre
        [todavía |aún ]tienes mi nombre
        con qué nombre me [conoces|guardaste|registraste]
        qué nombre [tienes|guardaste|anotaste] para mí
        [salúdame|llámame] por mi nombre
        [antes|al principio|hace rato] te dije mi nombre, [cuál era|cuál es|lo recuerdas]
        te acuerdas de mí
        qué nombre [te |]dije
        quién [dije|te dije] que [era|soy]
        no recuerdo si te dije mi nombre, cuál es
        dije que me llamaba cómo
        sabes quién [está hablando|escribe|te habla|te escribe]
        [di|dime] quién soy
        cuál de los nombres es el mío
        """,
        "who": """
        quién eres
        [y |pero |entonces |][tú |]quién eres[ tú| exactamente| en realidad| realmente|]
        [quién sos|quién es usted|quién sos vos|quien eres|quién eres tú|usted quién es|vos quién sos]
        qué eres[ tú| exactamente|]
        [tú |]qué eres
        cuál es tu nombre
        cuál es [tu|su] nombre[ completo| por favor|]
        [tu nombre|su nombre][ por favor|]
        cómo te llamas
        [y |][tú |]cómo te llamas[ tú| por favor|]
        [cómo se llama usted|cómo se llama|cómo te llamás|cómo te dicen|cómo te llaman|y tu nombre]
        [tienes|tenés|tiene] [un |]nombre
        con quién [hablo|estoy hablando|tengo el gusto|estoy conversando|chateo]
        quién [está ahí|habla|está hablando|me responde|está al otro lado|contesta|me escribe|me atiende]
        [y tú|y usted|y vos|y tú quién eres|y el tuyo|y tu nombre]
        [preséntate|preséntese|puedes presentarte|te puedes presentar|presentate|podrías presentarte]
        [háblame|cuéntame|dime] [sobre ti|de ti|acerca de ti|de usted|sobre usted]
        [hablame|cuéntame algo|dime algo] [sobre ti|de ti|acerca de ti|de usted|sobre usted]
        [dime|dígame|decime|cuéntame] quién [eres|es|sos|eres tú]
        <ask> quién [eres|es usted|eres tú]
        <ask> [cuál es tu nombre|tu nombre|cómo te llamas|con quién hablo|qué eres|con quién estoy hablando]
        <get> tu nombre
        cómo [te llamo|debo llamarte|puedo llamarte|te puedo llamar|te puedo decir|te digo]
        [de qué|para qué|qué|cuál] [empresa|tienda|negocio|compañía] [eres|trabajas|es esta|es|representas]
        para quién trabajas
        [dónde trabajas|en dónde trabajas|a quién representas|de dónde eres]
        qué [modelo|asistente|tipo de modelo|versión|inteligencia artificial|IA] [eres|es este|eres tú|sos]
        cuál [modelo|asistente] eres
        [eres|tú eres|sos] [chatgpt|gpt|llama|siri|alexa]
        [eres|tú eres|sos] [gemini|claude|un modelo grande|un modelo de demostración]
        quién [te creó|te hizo|te programó|es tu dueño|te entrenó|te desarrolló|te construyó]
        [eres|tú eres|sos] {bot}
        [tu nombre es|te llamas] {bot}
        [esto es|es|aquí es|este es el número de] {business}
        [estoy hablando con|hablo con|es el número de] {business}
        [y |]tú eres
        [di|diga|dime] [tu|su] nombre
        cuál es el nombre de [esta|tu|la] [empresa|tienda|compañía]
        [qué|cuál] [empresa|tienda|negocio] es [esta|este]
        en nombre de quién [respondes|hablas|escribes]
        quién eres y [para quién trabajas|de qué empresa eres|dónde trabajas]
        cuál es tu nombre y [para quién trabajas|dónde trabajas|de qué empresa eres]
        nombre y empresa[, por favor|]
        quién [atiende|está en la línea|me está atendiendo]
        cómo se llama [esta empresa|tu empresa|este asistente|este bot|la tienda]
        """,
        "time": """
        qué hora es
        qué hora es [ahora|por favor|ahí|en este momento|exactamente|aquí|ya|hoy|ahorita|ahora mismo]
        qué horas son
        [qué hora tienes|qué hora tiene|qué hora será|qué hora son|q hora es|qué hora tenés]
        [tienes|tiene|tenés|traes] [la |]hora
        <ask> [qué hora es|la hora|la hora actual|qué hora es ahora]
        <ask> [la hora exacta|qué horas son|qué hora es ahí]
        <ask> qué hora es [por favor|ahora|en este momento]
        <get> [la hora|la hora actual|la hora exacta|la hora, por favor|la hora de ahora]
        [hora|la hora|hora actual|hora exacta|hora por favor|la hora por favor|hora ahora|hora local]
        cuál es la hora[ actual| exacta| ahora| correcta|]
        [quiero|necesito] [saber |]la hora
        [di|dime|da|dame|mira] la hora
        [mira|revisa|consulta] [el reloj|tu reloj|la hora]
        qué [dice|marca] el reloj
        [es tarde|ya es tarde|es temprano], qué hora es
        [perdí|olvidé|rompí] mi reloj, qué hora es
        [mi reloj se paró|mi celular murió|llego tarde], qué hora es
        [no tengo reloj|mi reloj no funciona|estoy sin reloj], qué hora es
        [a qué hora estamos|qué hora tenemos|son las qué|ya qué hora es|la hora es]
        [puedes|podrías|puede] [ver|mirar|revisar|consultar] [la hora|el reloj]
        [no tengo|estoy sin] reloj, [qué hora es|me dices la hora|tienes hora]
        te importa decirme la hora
        qué hora será[ ahora|]
        qué hora tienes ahí
        la hora, [por favor|si puedes|porfa]
        tienes reloj, qué hora es
        me puedes dar la hora
        me das la hora
        """,
        "date": """
        qué día es hoy
        qué día es [hoy|hoy por favor|hoy exactamente]
        cuál es la fecha[ de hoy| actual| hoy|]
        qué fecha es[ hoy|]
        [a cuánto estamos|a cuántos estamos|a qué día estamos|a qué fecha estamos|en qué fecha estamos]
        [hoy qué día es|fecha de hoy|la fecha|fecha|fecha por favor|el día de hoy|qué día de la semana es]
        en qué [día|mes|año] estamos
        <ask> [qué día es hoy|la fecha|la fecha de hoy|qué día es]
        <ask> [el día de hoy|en qué día estamos|en qué mes estamos]
        <get> [la fecha|la fecha de hoy|el día de hoy]
        hoy es [lunes|martes|miércoles|jueves|viernes|sábado|domingo]
        """,
        "time_city": """
        qué hora es en {city}
        qué hora es [ahora|en este momento|por favor|ya|allá|hoy|ahorita|ahora mismo] en {city}
        qué hora es en {city}[ ahora| por favor| en este momento| ya| ahora mismo|]
        qué horas son en {city}[ ahora|]
        q hora es en {city}
        qué hora es [allá en|ahí en|allí en] {city}
        qué hora [tienen|tiene|hay|será] en {city}
        cuál es la hora [en|de|actual en|local en|exacta en|actual de] {city}
        [tienes|sabes|tiene] la hora [en|de] {city}
        <ask> qué hora es en {city}
        <ask> qué hora es [ahora en|allá en|en este momento en] {city}
        <ask> qué hora es en {city} [ahora|por favor]
        <ask> [la hora|la hora actual|la hora local] [en|de] {city}
        <ask> [qué horas son|la hora exacta|la hora que es] [en|de] {city}
        <get> la hora [actual |local |exacta |][en|de] {city}
        [hora|la hora|hora actual|hora local|hora exacta|horario] [en|de] {city}
        [hora|reloj|horario|hora local] {city}
        {city}[,|:| -] qué hora es[ ahí| ahora| allá|]
        {city} [ahora|hora|qué hora es|qué hora|hora local|la hora]
        en {city}[,|] qué hora es[ ahora|]
        en {city} [qué hora es|qué horas son|cuál es la hora|qué hora tienen|ya qué hora es]
        [necesito|quiero] [la hora|saber la hora|saber qué hora es] [en|de] {city}
        [tengo que llamar a|voy a llamar a|tengo una reunión en] {city}, qué hora es [allá|ahí|allí]
        [voy a viajar a|viajo a] {city}, qué hora es [allá|ahí|allí]
        mi [<person>] [vive|está] en {city}, qué hora es [allá|ahí|allí]
        [estoy|vivo|acabo de llegar|voy a estar] en {city}, qué hora es[ aquí| allá|]
        [es tarde|ya es de noche|ya es de día] en {city}[, qué hora es|, qué hora es allá|]
        [es de noche|es temprano] en {city}[, qué hora es|, qué hora es allá|]
        qué hora marca el reloj en {city}
        si llamo [ahora |]a {city}, qué hora es [allá|ahí]
        qué hora [sería|será|debe ser] en {city}[ ahora|]
        [puedes|podrías] [ver|mirar|revisar] la hora en {city}
        [y |]allá en {city}, qué hora es
        [para|en] {city}, cuál es la hora
        es de [mañana|tarde|noche] en {city}? qué hora es allá
        qué hora tiene la gente en {city}
        alguien en {city} quiere hablar conmigo, qué hora es allá
        qué hora marcan los relojes en {city}
        [dame|dime|quiero] la hora de {city}
        qué hora es por {city}
        me das la hora [de|en] {city}
        """,
        "follow_city": """
        y en {city}
        [y |]en {city}
        y [allá en|ahora en|en] {city}
        y {city}
        [ahora|y ahora] en {city}
        y [qué hora es|la hora|qué horas son] en {city}
        """,
        "sum": """
        {sum}
        {sum}
        {sum} =
        {sum} = ?
        cuánto es {sum}
        cuánto es {sum}
        cuánto [da|son|hace|sería|vale|suma|resulta|me da|suman] {sum}
        [cuanto es|cuál es|qué es|cuánto será|a cuánto equivale] {sum}
        {sum} [cuánto es|cuánto da|es cuánto|es igual a cuánto|da cuánto|por favor|son cuánto]
        [calcula|calcúlame|calcule|calcular|resuelve|resuelva|haz|computa|calculame] {sum}
        [puedes|podrías|me puedes|puede] [calcular|resolver|hacer|decirme cuánto es] {sum}[ por favor|]
        <ask> cuánto [es|da|son|sería] {sum}
        <ask> [el resultado de|el valor de|el total de|cuánto vale] {sum}
        <get> el [resultado|valor|total] de {sum}
        [resultado de|el resultado de|valor de] {sum}
        [el total de|cuál es el resultado de|cuál es el valor de] {sum}
        [quiero|necesito] [calcular|saber cuánto es|el resultado de|hacer] {sum}
        [ayúdame con|ayúdame a calcular|cuenta rápida|una cuenta][:|,|] {sum}
        [cuenta|haz la cuenta|matemáticas|pregunta][:|,|] {sum}
        [haz|hazme|haga] [la cuenta|esta cuenta|el cálculo][:|,| de] {sum}
        si [hago|calculo] {sum}, cuánto da
        [mi tarea|mi ejercicio|la cuenta] [dice|es|pide] {sum}
        cuántos son {sum}
        dime {sum}
        dame {sum}
        {sum}, por favor
        {sum} es igual a
        cuánto vendría a ser {sum}
        [en la calculadora|usa la calculadora|calculadora]: {sum}
        no puedo hacer {sum}
        me [puedes decir|dices] {sum}
        cuánto me da {sum}
        """,
        "follow_sum": """
        y {sum}
        [y cuánto es|ahora|y ahora|y si fuera|luego] {sum}
        """,
    }
)
