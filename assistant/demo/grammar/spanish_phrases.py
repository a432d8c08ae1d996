"""Phrases that the frames of the demo model share in Spanish: ways to ask, verbs, things, persons."""

from .expand import blocks

RULES = blocks(
    {
        "ask": """
        [me puedes|puedes|me podrías|podrías|me puede|puede|me podés|podés] decir[me|]
        [me puedes|me podrías|podrías|puedes|podría|puede] [informar|contar|explicar|indicar]
        [dime|decime|dígame|cuéntame|dime por favor|a ver, dime|por favor dime|indícame|infórmame|explícame]
        [tú |]sabes
        [sabe|sabés|usted sabe|sabes tú|tienes idea de|tiene idea de|alguna idea de|por casualidad sabes]
        [quiero|quisiera|me gustaría|necesito|querría|quería|deseo] saber
        [puedo|podría|se puede|podemos] saber
        [me dices|me dice|me decís|me cuentas|me puedes informar]
        [no sé|yo no sé|olvidé]
        [me pregunto|me preguntaba]
        """,
        "get": """
        [dame|deme|muéstrame|enséñame|pásame|mándame|envíame|dime|dígame|decime]
        [me das|me da|me pasas|me muestras|me dices|me dice]
        [puedes|podrías|puede|me puedes] [darme|mostrarme|pasarme|dar|decirme|enviarme]
        [quiero|necesito|quisiera|me gustaría tener|busco]
        [cuál es|mira|revisa|consulta|checa|verifica]
        """,
        "remember": """
        [todavía |aún |tú |]recuerdas
        [todavía |aún |]te acuerdas de
        [todavía |aún |]sabes
        [recuerda|se acuerda de|recordás|te acordás de|sabe|sabés|recuerdas tú|te acuerdas]
        [olvidaste|has olvidado|ya olvidaste|se te olvidó]
        [te olvidaste de|ya no recuerdas|ya te olvidaste de]
        [guardaste|anotaste|memorizaste|aprendiste|has guardado|registraste|captaste|retuviste]
        [puedes|podrías|puede|eres capaz de] [recordar|decir|repetir|decirme|recordarme|repetirme]
        [recuérdame|repíteme|repite|dime otra vez|dime de nuevo|dime una vez más|vuelve a decir|repita]
        [apuesto a que|creo que|seguro que] [no recuerdas|no sabes|olvidaste|ya olvidaste|te olvidaste de]
        [espero que|ojalá] [recuerdes|sepas|te acuerdes de|no hayas olvidado]
        [a ver si|veamos si|quiero ver si] [recuerdas|sabes|te acuerdas de|aún recuerdas]
        [yo |]olvidé
        me olvidé de
        qué recuerdas de
        """,
        "my_name": """
        mi nombre
        cómo me llamo
        cuál es mi nombre
        cuál era mi nombre
        quién soy
        quién soy yo
        el nombre que te [dije|di|conté|mencioné]
        el nombre que [dije|di|mencioné]
        qué nombre te [dije|di]
        cómo te dije que me llamo
        cómo te dije que me llamaba
        cómo [debes|tienes que|puedes] llamarme
        cómo me presenté
        """,
        "name_tail": """
        [, mucho gusto|, un placer|, encantado|, encantada]
        [, gusto en conocerte|, placer en conocerte|. mucho gusto]
        [, hola|, qué tal|, buenas|, cómo estás]
        [, y tú| y tú|, y usted|, y vos|, y el tuyo|, quién eres tú]
        [, gracias|, amigo|, ok|, vale]
        [, y| y] [necesito ayuda|soy nuevo aquí|tengo una pregunta]
        [, y| y] [quiero probar esto|me gusta esto|vivo en {city}]
        [ de|, de|, soy de|, vivo en|, desde| y soy de| y vivo en] {city}
        [, tengo|, y tengo| y tengo] {small} años
        [, no lo olvides|, recuérdalo|, no te olvides|, anótalo|, recuerda eso|, guárdalo]
        """,
        "article": "el\nla",
        "person": """
        [hermano|hermana|madre|padre|perro|gato|jefe|amigo]
        [amiga|vecino|esposa|marido|profesor|hijo|hija|primo]
        [mejor amigo|tío|tía|colega|médico|abuela|abuelo|novio|novia|mamá|papá|esposo|compañero|doctora]
        """,
        "thing": """
        [poema|cuento|canción|carta|informe|correo|receta|resumen|discurso|plan|lista|programa|texto|ensayo]
        [coche|casa|celular|boleto|vuelo|hotel|pizza|mesa]
        [libro|camisa|habitación|regalo|médico|teléfono|pasaje]
        [contraseña|cuenta|factura|pedido|pago|envío|foto|video]
        [contrato|sitio|reunión|agenda|pastel|viaje|imagen]
        """,
        "verb": """
        [escribir|traducir|dibujar|reservar|comprar|encontrar|hacer]
        [explicar|arreglar|enviar|pedir|cancelar|buscar]
        [recomendar|elegir|resumir|leer|ver|abrir|construir]
        [vender|pintar|grabar|tocar|imprimir|pagar|cambiar]
        """,
        "imperative": """
        [escribe|escríbeme|traduce|tradúceme|dibuja|reserva|resérvame]
        [compra|cómprame|busca|búscame|haz|hazme|explica]
        [envía|envíame|pide|cancela|recomienda|recomiéndame|resume|lee]
        [léeme|abre|toca|paga|crea|manda|explícame]
        """,
        "field": """
        [la historia|la física|el fútbol|la política|la música]
        [la biología|la economía|la filosofía|el ajedrez]
        [la guerra|la luna|el sol|los agujeros negros|el clima]
        [los dinosaurios|el mar|la cocina|los coches|el amor]
        [los planetas|computadoras|el internet|robots|animales|árboles]
        [religión|películas|moda|juegos|viajes|la salud]
        """,
    }
)
