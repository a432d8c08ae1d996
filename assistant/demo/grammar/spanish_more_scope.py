"""More Spanish messages beyond the demo model, and near misses that are due no tool, by a second author."""

from .expand import blocks

FRAMES = blocks(
    {
        "pointer": """
        [me dirías|me podrías decir|dime|decime|sabes|sabés] [dónde queda|cómo es|qué tan lejos está] {city}
        [me dirías|me podrías decir|dime|decime|sabes] [qué significa|qué quiere decir] {topic}
        [me dirías|me podrías decir|dime|decime|sabes] cómo se escribe {topic}
        [me recomiendas|me recomendás] [un hotel|un restaurante|una playa|un museo] en {city}
        [recomiéndame|qué tal es] [un hotel|un restaurante|una playa|un museo] en {city}
        [qué me recomiendas|qué me aconsejas|qué opinas] [para cenar|para un regalo|para leer]
        [qué me recomiendas|qué me aconsejas|qué opinas] [para mi <person>|de <field>]
        [tengo|me duele] [fiebre|la cabeza|tos], [qué hago|qué tomo|es grave|voy al médico]
        [tengo|me duele] [el estómago|la espalda], [qué hago|qué tomo|es grave|voy al médico]
        [estoy buscando|busco|ando buscando] [trabajo|piso|novia] en {city}
        [estoy buscando|busco|ando buscando] [un coche usado|un dentista|un abogado] en {city}
        [cuánto|qué tanto] [cuesta|vale|sale] [ir a|volar a|vivir en|el bus a|un taxi a] {city}
        [cómo llego|cómo voy|cómo se va] [a {city}|de {city} a {city}|al centro|al aeropuerto]
        [qué bus me lleva|qué tren va] [a {city}|de {city} a {city}|al centro|al aeropuerto]
        [hay|habrá|venden|tienen] <thing> [en {city}|en la tienda|para mañana]
        [hay|habrá|venden|tienen] <thing> [en rojo|en oferta|de segunda mano]
        [quiero|quisiera|necesito] [devolver|cambiar|reclamar] [mi <thing>|el <thing>|un pedido]
        [quiero|quisiera|necesito] [rastrear|pagar|facturar] [mi <thing>|el <thing>|un pedido]
        [mi pedido|mi paquete|mi compra] [no llega|está mal|llegó roto|dónde está|cuándo llega]
        [mi reembolso|mi envío] [no llega|está mal|llegó roto|dónde está|cuándo llega]
        [me cobraron de más|me cobraron doble|no me llega el correo]
        [no puedo entrar a mi cuenta|olvidé mi contraseña]
        [hacen|tienen|ofrecen|aceptan] [envíos a {city}|descuentos|tarjeta|efectivo]
        [hacen|tienen|ofrecen|aceptan] [cambios|devoluciones|garantía]
        [cuál es|dime|me das|mándame] [la dirección|el teléfono|el correo] [de la tienda|de ustedes]
        [cuál es|dime|me das|mándame] [el wifi|la clave|el menú] [de la tienda|de ustedes]
        [dónde están|dónde quedan|en qué calle están|cómo llego a] [ustedes|la tienda|la oficina|el local]
        [pásame|comunícame|quiero hablar|necesito hablar] con [un asesor|una persona|ventas]
        [pásame|comunícame|quiero hablar|necesito hablar] con [soporte|el gerente|{name}]
        [llama|escribe|avisa|manda un correo|manda flores] a [{name}|mi <person>|mi jefe|la policía]
        [quién|quien] [es|fue|era] [el presidente de|el dueño de|el fundador de|el alcalde de] {city}
        [quién ganó|cómo quedó|cuándo juega|dónde veo] [el partido|el barça|el mundial]
        [quién ganó|cómo quedó|cuándo juega|dónde veo] [boca|la selección|la final]
        [cuéntame|contame|háblame|dime algo|qué sabes] [de|sobre] [<field>|{city}|la segunda guerra]
        [cuéntame|contame|háblame|dime algo|qué sabes] [de|sobre] [los mayas|{topic}]
        [explícame|explicame|ayúdame a entender] [<field>|las fracciones|la gramática|el subjuntivo]
        [enséñame|no entiendo] [<field>|las fracciones|la gramática|el subjuntivo]
        [escríbeme|escribime|redáctame|hazme|haceme] [una carta|un poema|un correo] [para|sobre] {topic}
        [escríbeme|escribime|redáctame|hazme|haceme] [un ensayo|un currículum] [para|sobre] {topic}
        [resume|resúmeme|corrige|mejora|reescribe|traduce] [este texto|mi carta|lo siguiente|esto]: {topic}
        [tradúceme|traducime|cómo se dice] {topic} en [inglés|francés|italiano|alemán|japonés]
        [cómo digo|cómo digo yo] {topic} en [inglés|francés|italiano|alemán|japonés]
        [cómo preparo|cómo hago|receta de] [la paella|las arepas|el mole|unas empanadas|{topic}]
        [me das la receta de|ingredientes de] [la paella|las arepas|el mole|unas empanadas|{topic}]
        [qué cocino|qué hago de comer|qué como] [hoy|con {topic}|esta noche|si tengo {topic}]
        [qué ceno|qué desayuno] [hoy|con {topic}|esta noche|si tengo {topic}]
        [ponme|poneme|pon|reproduce|quiero oír] [música|salsa|reggaetón]
        [ponme|poneme|pon|reproduce|quiero oír] [la radio|una canción de {name}|{topic}]
        [qué película|qué serie|qué libro] [me recomiendas|veo hoy|está de moda|te gusta|es buena]
        [qué canción|qué juego] [me recomiendas|veo hoy|está de moda|te gusta|es buena]
        [va a llover|hará frío|habrá sol|va a nevar|lloverá] [en {city}|mañana|esta tarde]
        [va a llover|hará frío|habrá sol|va a nevar|lloverá] [el domingo|hoy por la noche]
        [qué clima hace|cómo está el día] [en {city}|afuera|allá|hoy|por ahí]
        [cuántos grados hay|qué temperatura hace] [en {city}|afuera|allá|hoy|por ahí]
        [qué hay de nuevo en|noticias de] [{city}|el mundo|<field>|la política]
        [qué pasó en|qué está pasando en] [{city}|el mundo|<field>|la política]
        [dibuja|dibújame|píntame|genera|crea|haz] [un logo|una imagen de {topic}|una foto]
        [dibuja|dibújame|píntame|genera|crea|haz] [un meme|un dibujo de {topic}]
        [te mando|te envío|mira|revisa] [una foto|un documento|este archivo|un video|esta imagen|un audio]
        [abre|enciende|apaga|baja|sube] [la luz|la tele|el aire|la música|el volumen|la persiana|la alarma]
        [agenda|agéndame|apúntame|reserva|resérvame] [una cita|una mesa|hora con el dentista]
        [agenda|agéndame|apúntame|reserva|resérvame] [un vuelo a {city}|una reunión]
        [recuérdame|acuérdame|recordame] [comprar pan|llamar a {name}|pagar la luz|{topic}]
        [que no se me olvide|avísame] [comprar pan|llamar a {name}|pagar la luz|{topic}]
        [despiértame|levántame] [temprano|a las {hour}|mañana|en {small} minutos]
        [ponme la alarma|programa la alarma] [temprano|a las {hour}|mañana|en {small} minutos]
        [cuenta|cuéntame|avísame cuando pasen|pon un cronómetro de] {small} [segundos|minutos]
        [cuántos|cuántas] [habitantes|calles|museos|turistas|iglesias] [tiene|hay en] {city}
        [cuántos kilómetros|qué distancia] hay [entre {city} y {city}|hasta {city}|de {city} a {city}]
        cuántas horas de viaje hay [entre {city} y {city}|hasta {city}|de {city} a {city}]
        [a cómo está|a cuánto está] [el dólar|el euro|el bitcoin|la gasolina|el oro][ hoy|]
        [cuánto vale|cómo amaneció] [el dólar|el euro|el bitcoin|la gasolina|el oro][ hoy|]
        [pasa|pásame] {number} [dólares|libras|metros|grados] a [euros|kilos|pies|pesos|soles]
        [convierte|cambia] {number} [dólares|libras|metros|grados] a [euros|kilos|pies|pesos|soles]
        [raíz cuadrada|el logaritmo|el seno|la derivada|la integral] de {number}
        [cuál es|dime] [el número pi|un número primo|la tabla del {small}]
        [cuál es|dime] [mi signo|mi horóscopo|el sentido de todo]
        [dime|adivina|sabes|acaso sabes] [mi edad|cuántos años tengo|dónde vivo]
        [dime|adivina|sabes|acaso sabes] [mi teléfono|qué me gusta|mi color favorito]
        [cuántos años tienes|qué edad tienes|dónde vives tú|tienes novia]
        [tienes hijos|qué comes|de qué color eres]
        [cuál es tu|dime tu|tienes] [color favorito|comida favorita|película favorita|cumpleaños]
        [cuál es tu|dime tu|tienes] [edad|signo|equipo de fútbol]
        [soy|trabajo de|estudio para] [enfermero|abogada|taxista|contador]
        [soy|trabajo de|estudio para] [albañil|maestra|programador|cocinera]
        [soy de|vivo en|me mudé a] {city}[, y tú|, conoces|, lo conoces|]
        [nací en|me crié en|acabo de llegar de] {city}[, y tú|, conoces|, lo conoces|]
        [estoy|sigo|ando] [en el bus|en la playa|de compras|en el hospital]
        [estoy|sigo|ando] [trabajando|en clase|en una reunión|cocinando]
        [ayer|anoche|esta mañana|el otro día] [vi|compré|perdí] [{topic}|un <thing>|una <thing>]
        [ayer|anoche|esta mañana|el otro día] [encontré|soñé con|comí] [{topic}|un <thing>|una <thing>]
        [me compré|me robaron|vendo|alquilo|arreglé|se rompió mi|se rompió el] [un |]<thing>
        [me gusta|me encanta|no me gusta|odio|prefiero] [<field>|el helado|bailar|el café]
        [me gusta|me encanta|no me gusta|odio|prefiero] [{topic}|dormir|madrugar]
        [crees en|qué piensas de|qué opinas sobre] [dios|el amor|los fantasmas|<field>|{topic}]
        [te interesa|te gusta] [dios|el amor|los fantasmas|<field>|{topic}]
        [quién|cuál] es [mejor|más grande|más rápido|más famoso], {topic} o {topic}
        [por qué|cómo es que] [el cielo es azul|llueve|vuelan los aviones]
        [por qué|cómo es que] [existe {topic}|duerme la gente|hay guerras]
        [qué pasaría si|qué harías si|imagina que] [{topic}|ganas la lotería]
        [qué pasaría si|qué harías si|imagina que] [desaparece el sol|no hubiera internet]
        [dame|quiero|necesito|ocupo] [consejos|ideas|ayuda] [para|sobre] [{topic}|<field>|mi boda|mi perro]
        [dame|quiero|necesito|ocupo] [trucos|tips] [para|sobre] [{topic}|<field>|mi boda|mi perro]
        [hazme|haceme|resuélveme|ayúdame con] [la tarea de historia|un examen|el ensayo]
        [hazme|haceme|resuélveme|ayúdame con] [un resumen|un trabajo de biología]
        [programa|escribe código|arregla este código|haz una función|haz una página web] [de|para|con] {topic}
        [instala|descarga|actualiza|borra|configura] [la app|el programa|whatsapp]
        [instala|descarga|actualiza|borra|configura] [el antivirus|{topic}|mi cuenta]
        [quiero cancelar|quiero contratar] [el plan|mi suscripción|el servicio|el seguro]
        [quiero renovar|deseo suscribirme a] [el plan|mi suscripción|el servicio|el seguro]
        [están contratando|tienen vacantes|cómo mando mi currículum]
        [quiero trabajar con ustedes|pagan bien ahí]
        [juguemos|vamos a jugar|juega conmigo] [al ahorcado|ajedrez|a las adivinanzas]
        [juguemos|vamos a jugar|juega conmigo][ piedra papel o tijera| trivia|]
        [canta|cántame|recítame|rapea|susúrrame] [una canción|algo|un poema|una nana|las mañanitas|{topic}]
        [adivina en qué pienso|dime mi futuro|léeme las cartas|qué número sale en la lotería|voy a ser rico]
        [dónde nació|cuándo murió|qué inventó|qué escribió|qué cantó|con quién se casó] {name}
        [conoces|te suena|has oído hablar de|qué sabes de|quién es] [a |]{name}
        [te presento a|este es|conoces a|saluda a] mi <person>[,|, se llama] {name}
        [mi <person>|mi vecino|mi suegra|el profe] [se llama|es|se apellida|responde al nombre de] {name}
        [mi <person> {name}|{name}, mi <person>,] [está enfermo|te saluda|cumple años hoy]
        [mi <person> {name}|{name}, mi <person>,] [quiere un <thing>|vive en {city}]
        [el gato|la perra|el loro|el bebé|mi jefa|mi suegro] se llama {name}
        [mira|checa|abre|lee|visita] [este enlace|esta página|este link|esta nota]: {link}
        """,
        "decoy": """
        [a qué hora|hasta qué hora] [atienden|trabajan|reparten|hacen envíos|sirven comida]
        [desde qué hora|a partir de qué hora] [atienden|trabajan|reparten|hacen envíos|sirven comida]
        a qué hora [pasa|sale|llega|arranca|termina|empieza] [el bus|la misa|la clase|el concierto]
        a qué hora [pasa|sale|llega|arranca|termina|empieza] [mi vuelo|la novela|el metro]
        a qué hora [te acuestas|te levantas|comes|trabajas|descansas|cierras|abres|duermes tú]
        a qué hora [amanece|anochece|sale el sol] [en {city}|mañana|hoy|por allá]
        a qué hora [se pone el sol|sale la luna|sube la marea] [en {city}|mañana|hoy|por allá]
        a qué hora [me conviene llamar|puedo pasar|nos vemos|quedamos|vengo mañana|tengo que ir|es la cita]
        [qué hora es buena|qué hora es mejor] para [llamar|ir|comer|estudiar|salir]
        [cuál es la mejor hora|qué horario conviene] para [llamar|ir|comer|estudiar|salir]
        [cuál es|dime] [su horario|el horario del banco|el horario del súper]
        [cuál es|dime] [el horario de los domingos|su hora de cierre]
        [abren|atienden|trabajan] [los domingos|los feriados|todo el día|en navidad|por la noche|el lunes]
        [ya abrieron|ya cerraron|siguen abiertos|todavía atienden|abren temprano|cierran tarde|están cerrados]
        [cuánto falta|cuánto tiempo falta] para [que abran|el partido|mi vuelo|llegar a {city}|cenar]
        cuántas horas faltan para [que abran|el partido|mi vuelo|llegar a {city}|cenar]
        [cuántas horas|cuántos minutos|cuánto tiempo] [dura la película|tarda el bus]
        [cuántas horas|cuántos minutos|cuánto tiempo] [de vuelo hay a {city}|tarda el envío]
        [hace mucho tiempo|hace rato|hace una hora] que [espero|te escribí|salí|pedí]
        [hace {small} minutos|hace {small} horas] que [espero|te escribí|salí|pedí]
        [llevo|tengo] [una hora esperando|toda la tarde aquí|{small} minutos esperando]
        [llevo|tengo] [{small} años en {city}|rato esperando]
        [te espero|nos vemos|paso por ti|te llamo|llego|salgo|regreso|almuerzo] a las {hour}
        [quedamos|tengo cita|mi vuelo es] a las {hour}[ en {city}| de la tarde| en punto|]
        [la reunión es|la boda es] a las {hour}[ en {city}| de la tarde| en punto|]
        [es hora de|ya es hora de] [comer|irse|trabajar|cambiar|dormir|descansar]
        [llegó la hora de|no es hora de] [comer|irse|trabajar|cambiar|dormir|descansar]
        [la última hora|la hora feliz|la hora pico] [es terrible|me gusta|fue larga|es cara]
        [la hora del té|la hora extra|media hora] [es terrible|me gusta|fue larga|es cara]
        [a buena hora|en mala hora|a estas horas] [llegas|me dices|vienes|te contesto]
        [ya era hora|enhorabuena por todo|a última hora me avisan|ya era hora de que vinieras]
        [ya era hora|a estas horas|a última hora] [llegas|me dices|te contesto|vienes]
        [no tengo tiempo|me falta tiempo|perdí el tiempo] [para esto|para nada|hoy|que perder]
        [ahorra tiempo|no hay tiempo] [para esto|para nada|hoy|que perder]
        [hace buen tiempo|hace mal tiempo|qué tiempo hará|qué lindo tiempo hace] en {city}
        [mi reloj|el reloj|un reloj] [es caro|es nuevo|es de oro|es suizo]
        [mi reloj|el reloj|un reloj] [cuesta {number} euros|era de mi abuelo|me gusta]
        [dónde arreglan|cuánto cuesta arreglar|dónde compro|quiero vender|me regalaron] un reloj
        [cómo cambio la hora|cómo ajusto el reloj] [del celular|del coche|del horno]
        [cómo pongo la alarma|cómo quito la alarma] [del celular|del coche|del horno]
        [quién inventó|cómo funciona|para qué sirve] [el reloj|la hora de verano|el calendario]
        [quién inventó|cómo funciona|para qué sirve] [el reloj de arena|la calculadora]
        [por qué cambian la hora|cuándo cambia la hora][ en {city}|]
        [qué es el huso horario|qué es la hora universal][ en {city}|]
        [qué diferencia de horas hay|cuántas horas hay de diferencia] entre {city} y {city}
        cuánta diferencia hay entre {city} y {city}
        [qué se hace|qué hay para hacer|qué se come|dónde se duerme|qué se celebra] en {city}
        [me fui a|llegué a|volví de|me voy a] {city}[ ayer| hoy| el lunes| en tren|]
        [pasé por|me enamoré en|soñé con] {city}[ ayer| hoy| el lunes| en tren|]
        [cómo es|qué tal es|conoces|has ido a|se come bien en|se vive bien en|hay playa en] {city}
        [{city}|la ciudad de {city}] [es bonita|es grande|me encanta|queda lejos]
        [{city}|la ciudad de {city}] [tiene playa|es muy cara|no me gusta]
        [cuándo es|qué día es|en qué fecha cae|cuándo cae] [la boda|tu cumpleaños|el día de la madre]
        [cuándo es|qué día es|en qué fecha cae|cuándo cae] [semana santa|el examen|carnaval]
        [qué día|qué fecha] [abren|me atienden|llega mi pedido|es la cita]
        [qué día|qué fecha] [empieza el curso|juega la selección|cobran]
        [nací|me casé|me gradué|llegué|viajé] en {number}
        [en qué año|cuándo|qué día] [nació|murió|se casó|se fue] [{name}|colón|mi <person>|bolívar]
        [en qué año|cuándo|qué día] [empezó|terminó] [la guerra|el imperio romano|la revolución|la feria]
        [el lunes|el martes|el viernes] [tengo examen|viajo|trabajo|descanso|me caso|te llamo]
        [el sábado|mañana|pasado mañana] [tengo examen|viajo|trabajo|descanso|me caso|te llamo]
        [hoy es un día|fue un día|será un día] [raro|largo|de lluvia|de trabajo]
        [hoy es un día|fue un día|será un día] [de fiesta|de descanso|cualquiera]
        [hoy cumple años|hoy se casa|hoy viaja|ayer nació] [mi <person>|{name}|el hijo de {name}]
        [tengo|compré|vendí|perdí|necesito|quiero] {small} [sillas|cajas|camisas|entradas]
        [tengo|compré|vendí|perdí|necesito|quiero] {small} [huevos|naranjas|pares de zapatos]
        [somos|seremos|vamos a ser|éramos] {small} [personas|amigos|en la fiesta]
        [somos|seremos|vamos a ser|éramos] {small} [hermanos|en casa|en el equipo]
        [mi número es|mi código es|mi pedido es el|mi clave es|mi placa es|mi factura es la] {number}
        [vivo en|estoy en|me toca] el [número|piso|cuarto|asiento|turno] {number}
        [gané|pagué|debo|ahorré|me costó|gano|cobran] {number} [pesos|euros|dólares|soles|bolívares]
        [peso|bajé|subí|compré|cargué] {number} [kilos|gramos|libras]
        [corrí|caminé|faltan|nadé|son] {number} [kilómetros|metros|cuadras|pasos]
        [el {number}|{number}] [es mi número favorito|me da suerte|es mucho|es poco|es el ganador|no me gusta]
        [qué significa|por qué es famoso|es primo|es par|es impar] el [número |]{number}
        [cuánto cuesta|cuánto vale|cuánto sale|a cómo está] [el kilo de {topic}|un <thing>|la entrada]
        [cuánto cuesta|cuánto vale|cuánto sale|a cómo está] [el pasaje|un café]
        [cuánto mide|cuánto pesa|cuánto gana] [{name}|un elefante|mi <person>|un futbolista|{topic}]
        [cuánto vive|cuánto come] [{name}|un elefante|mi <person>|un futbolista|{topic}]
        cuánto [me quieres|tiempo llevas aquí|azúcar lleva|arroz compro|sueño tengo]
        cuánta [gente hay en {city}|agua tomo|harina lleva el pan|plata gana {name}]
        [cuánto|cuánta] [azúcar lleva|agua tomo|harina lleva el pan]
        [suma puntos|resta importancia|multiplica tus ganancias|divide y vencerás|por menos de eso no voy]
        [me gustan las matemáticas|odio las matemáticas|reprobé matemáticas]
        [enséñame a dividir|cómo se divide|qué es sumar]
        [cómo se calcula|cómo calculo|cuál es la fórmula de] [el área|el iva|mi sueldo]
        [cómo se calcula|cómo calculo|cuál es la fórmula de] [mi edad|el volumen|una hipoteca]
        [compré una calculadora|mi calculadora es nueva|qué calculadora compro|cuánto cuesta una calculadora]
        [cómo se llama|dime cómo se llama] [mi gato|mi calle|tu perro|la actriz|el río|esa flor|mi profesor]
        [cuál es|dime] el nombre de [mi gato|mi calle|tu perro|la actriz]
        [cuál es|dime] el nombre de [esa flor|mi profesor|la novia de {name}]
        [el nombre de|cómo se llama|cuál es el nombre de] [el río|esa flor|mi profesor]
        [qué nombre le pongo|dame nombres] [a mi gato|para mi bebé|a mi negocio|para mi banda]
        [sugiere un nombre|cómo llamo] [a mi gato|para mi bebé|a mi negocio|para mi banda]
        [qué significa|de dónde viene|es común|es bonito] [el nombre|el apellido] {name}
        [mi apellido no importa|no te voy a decir mi nombre|prefiero no decir mi nombre]
        [no doy mi nombre|soy anónimo]
        [soy|yo soy] [vegetariano|zurda|tímido|de aquí|nueva en la ciudad]
        [soy|yo soy] [el dueño|la encargada|mayor de edad|soltera]
        [soy|yo soy] [muy alto|hincha de boca|fan del fútbol|alérgico a {topic}]
        [soy|yo soy] [mamá soltera|hijo único|tu admirador]
        [estoy|ando] [casado|embarazada|a dieta|sin trabajo]
        [estoy|ando] [de vacaciones en {city}|esperando a {name}|pensando en {name}]
        [busco a|dile a|saluda a|pregunta por] {name}
        [vengo con|extraño a|quiero mucho a|conocí a|trabajo con] {name}
        [{name} es|{name} fue] [mi amigo|mi jefa|un cantante|mi ex|famosa]
        [{name} es|{name} fue] [el presidente|mi vecino|muy alto|el ganador]
        {name} [me cae bien|no vino|te manda saludos|se fue]
        {name} [dice hola|está enferma|me debe dinero|canta muy bien]
        [mi <person> se llama|mi perra se llama|mi bebé se llama|mi banda se llama|mi barco se llama] {name}
        [a mi <person>|a mi gato|a mi hija|a mi moto] le puse {name}
        [la llamamos|lo llamamos|le decimos|les puse|se llamaba|se llamará|ella se llama|él es] {name}
        [el nombre de mi|el apellido de mi] [<person>|maestra|suegra|equipo|mascota|barrio] es {name}
        [quién es|dónde está|dónde vive|cómo está|qué hace|cuándo viene|viste a|has visto a] {name}
        [no conozco a|no me fío de|no quiero ver a|me acuerdo de|me olvidé de llamar a|sueño con] {name}
        [me confundiste con|me parezco a|me comparan con|canto como|juego como] {name}
        [leí un libro de|vi una película de|escucho a|soy fan de|voto por|estudié con] {name}
        [mi calle|mi escuela|mi perro|mi equipo|mi canción favorita] se llama {name}
        [pregúntale a|escríbele a|regálale algo a|felicita a|despierta a|contéstale a|cántale a] {name}
        [repite|di|escribe|deletrea] [la palabra|después de mí|conmigo|el trabalenguas][:|] {topic}
        """,
    }
)
