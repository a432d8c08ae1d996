"""Further hours, dates, cities, sums and near misses as they are typed in Spanish, of several countries."""

from .expand import blocks

FRAMES = blocks(
    {
        "time": """
        [alguien|por ahí alguien|usted|aquí quién|quién] [sabe|me dice|puede decirme] [qué hora es|la hora que es|la hora de ahora]
        [ahora mismo|en este preciso momento|justo ahora|en este segundo], [qué hora es|la hora cuál es|qué horas son]
        [la hora|la hora actual|hora y minutos] [cuál es|me dices|quiero|necesito|cuál era|dime|me la dices|la sabes]
        [la hora|hora], [si puede ser|si no es molestia|si no te importa|cuando puedas|si eres tan amable|de ser posible]
        [qué hora es|la hora|hora] [estimado|caballero|bot|máquina|asistente|amigo mío|che|po|mae|pana|vecino]
        [necesito llamar a|tengo que llamar a|quiero escribirle a|voy a recoger a] mi <person>, [qué hora es|dime la hora|qué hora tenemos]
        [tengo que tomar|me toca tomar|voy a darle a mi <person>] [la pastilla|el jarabe|la medicina|el remedio], [qué hora es|dime la hora|qué hora será]
        [el tren|el bus|el colectivo|el camión|el vuelo|el autobús] [sale pronto|se me va|está por salir|ya casi sale], [qué hora es|dime la hora|qué hora es ya]
        [ya empezó|ya habrá empezado|empezará ya|estará por empezar] [el partido|la novela|la clase|la misa|la película]? [qué hora es|dime la hora]
        [es hora de comer|toca comer|toca dormir|hay que salir|es hora de salir|será hora de ir saliendo]? [qué hora es|dime qué hora es]
        [creo que|me parece que|sospecho que|diría que] [es tardísimo|es tarde|es temprano|ya es mediodía], [qué hora es|dime la hora|qué hora es en realidad]
        [no me fío de|no confío en|se adelantó|está loco|no le creo a] [mi reloj|el reloj del horno|el reloj del coche|este reloj], [qué hora es|dime la hora]
        [en el móvil|en el celular|en la compu|en la pared] no [veo|aparece|me sale] la hora, [cuál es|dímela|qué hora es]
        [se fue la luz|hubo un apagón|se reinició el reloj|cambié las pilas], [qué hora es|qué hora pongo|dime la hora para ponerlo en hora]
        [a qué hora pongo|con qué hora sincronizo|quiero poner en hora] [el reloj|mi reloj|el microondas|el horno], [qué hora es|o sea, qué hora es]
        [estoy en una cueva|estoy bajo tierra|estoy en el cine|estoy sin ventanas|no veo el sol], [qué hora es|dime la hora|qué hora será]
        [con este sol|con este frío|con tanta niebla|de tanto dormir] no sé [qué hora es|ni qué hora será][, dime|, me dices|, y tú|, lo sabes]
        [siesta larga|qué siesta|me eché una siesta|me quedé frita|me quedé frito|me quedé roque], [qué hora es|qué hora es ya|dime la hora]
        [mi profe|mi jefa|mi <person>|el cliente] me [espera|está esperando|va a matar|va a regañar], [qué hora es|dime qué hora es|la hora rápido]
        [dime|decime|dígame|avísame|indícame|precísame], [por favor|te lo pido|si puedes|anda], [qué hora es|la hora|la hora exacta]
        [indícame|indíqueme|precísame|comunícame|hazme saber|hágame saber] [la hora|qué hora es|la hora actual][, gracias|, por favor|]
        [sea tan gentil de|tenga la bondad de|si fuera tan amable de|me haría el favor de] [indicarme|darme|decirme] [la hora|la hora exacta|qué hora es]
        [podría usted|podría|tendría a bien|sería posible] [indicarme|decirme|comunicarme|darme] [la hora|la hora actual|qué hora tiene usted]
        [disculpe la molestia|perdone usted|con la venia|buenas tardes tenga usted], [llevará usted hora|me indica la hora|podría darme la hora|qué hora tiene usted]
        [qué hora|q hora|ke hora] [llevas|manejas|te sale|te aparece|te marca|ves|lees][ ahí| ahora| en tu reloj|]
        [mirando el reloj|según tu reloj|en tu reloj|viendo tu reloj|si miras el reloj], [qué hora es|qué hora tienes|qué ves|qué hora marca]
        [la hora|la horita|la hora exacta] [si me haces el favor|me la das|me la dices|me la pasas|me la regalas][, porfa|, va|, sí|]
        [me la das|me la dices|dámela|dímela|pásamela]: [la hora|la hora exacta|la hora de ahora]
        [a ver|oye|eh|che|ey|psst], [la hora|qué hora tienes|qué hora es ya|hora]
        [tipo qué hora es|como qué hora es|más o menos qué hora es|aproximadamente qué hora es|qué hora es aprox|por qué hora andamos]
        [qué hora es|la hora] [posta|neta|de verdad|en serio|real|verdadera|exacta exacta|al minuto|con segundos]
        [al minuto|con precisión|con exactitud|sin redondear|en números], [qué hora es|dime la hora|la hora actual]
        [hora|la hora|qué hora es] [ya|now|actual|pls|plz|xfa|xfi|porfis|ahorita|al tiro|ya mismo|rapidito]
        [q|k|ke|qe] [ora|hra|hor] [s|es|sera|tenes|tienes|ties]
        [xq no m dices|m dices|dme|dim|me dixes] [la hora|q hora es|k ora es|la hra]
        [hra|hr|ora|horaa] [xfa|plis|pls|exacta|actual|porfa]
        [qué hora ser|qué hora estar|qué es la hora|qué horas estar|cuál hora es|cuál es hora]
        [perdón mi español|no hablo bien español|soy extranjera], [qué hora es|qué es la hora|cuál hora es ahora]
        [hola|buenas] [mira|disculpa|una cosita|una pregunta rápida] [qué hora es|qué hora tienes|sabes la hora|la hora]
        [siri|alexa|ok google|{bot}|oye {bot}][, |: |... ][qué hora es|dime la hora|la hora|hora]
        [haz de reloj|sé mi reloj|juega a ser un reloj|actúa como reloj|funciona como reloj]: [qué hora es|dime la hora]
        [si fueras un reloj|si tuvieras un reloj en la muñeca|si miraras la pared|si te preguntara la hora], [qué hora marcarías ahora|qué hora dirías que es|qué me dirías]
        [ding dong|tic tac|tictac|cucú], [qué hora es|dime la hora|la hora]
        [estoy esperando|llevo esperando|espero] [el bus|a mi <person>|al técnico|el pedido|mi turno] y [no sé qué hora es|quiero saber la hora|me pregunto qué hora es]
        [voy a poner una lavadora|voy a salir a correr|voy a hornear|voy a desayunar|me voy a acostar], [qué hora es|dime la hora|qué hora es ya]
        [no quiero llegar tarde|no quiero perderme el partido|no quiero dormirme tarde|no puedo faltar], [qué hora es|dime la hora|me dices la hora]
        [se está haciendo de noche|está oscuro|ya salió el sol|cantan los gallos|hay mucha luz], [qué hora es|qué hora será|dime la hora]
        [aquí nadie sabe|nadie me dice|todos me preguntan|no hay quien me diga|nadie tiene] [qué hora es|la hora][, tú sí|, dímela|, y vos|, me ayudas]
        [mi abuela|mi <person>|el niño|mi jefe|la vecina] [pregunta|quiere saber|insiste en saber|anda preguntando] [qué hora es|la hora|qué hora tenemos]
        [discutimos sobre|hay debate sobre|mi <person> y yo no nos ponemos de acuerdo en|aclárame] [qué hora es|la hora][, dime tú|, cuál es|, decide|]
        [te lo pregunto otra vez|vuelvo a preguntar|insisto|sigo esperando|no me respondiste]: [qué hora es|la hora|dime la hora]
        [deja todo y|para un momento y|olvida lo demás y|sin más vueltas|déjate de cuentos y] [dime la hora|dime qué hora es|mira la hora]
        [sirves como reloj|tienes reloj interno|tienes la hora a mano|llevas la hora]? [qué hora es|pues dímela|dime la hora entonces|qué marca]
        [ya estamos en la tarde|ya pasó la hora del almuerzo|ya son más de las {hour}|ya dieron las {hour}|son más de las {hour}][? qué hora es|, qué hora es|? dime la hora]
        [entro|salgo|quedé|empiezo|abro|cierro] a las {hour}, [qué hora es|dime la hora|qué hora es ahora|voy bien? qué hora es]
        [tengo cita|tengo clase|tengo turno|tengo médico|mi bus sale|mi tren sale] a las {hour}, [qué hora es ahora|dime qué hora es|qué hora es ya]
        [puse la alarma|me levanto|me desperté|me acosté] a las {hour} y [no sé qué hora es|quiero saber qué hora es|ya ni sé qué hora es]
        [llevo {small} minutos esperando|hace {small} minutos que espero|desde hace {small} horas espero], [qué hora es|dime la hora|qué hora tenemos ya]
        [quiero saber|necesito saber|dime|decime] [si ya es tarde|si voy tarde|cómo voy de tiempo]: [qué hora es|la hora]
        [mi <person>|mi amiga {name}|mi vecino {name}|{name}] [me pregunta|quiere saber|pregunta] [qué hora es|la hora][ aquí| ahora|]
        [quedé con {name}|tengo que llamar a {name}|espero a {name}|{name} me espera|viene {name}] y [no sé qué hora es|necesito la hora|no tengo hora]
        [me dijeron otra hora|el cartel dice otra hora|la tele da otra hora|cada reloj dice una cosa], [qué hora es|cuál es la correcta|qué hora es de verdad]
        [me permite|me permites|me permitís] [preguntar|preguntarle|preguntarte] [la hora|qué hora es]
        """,
        "date": """
        [a cuántos|a cuánto|a qué] [estamos|andamos] [del mes|de este mes|hoy día|ya], [me dices|por favor|dime|sabes]
        [qué día|qué fecha|cuál día] [es|tenemos|toca|va siendo] [hoy mismo|el día de hoy|hoy, dime|hoy, a ver]
        [qué fecha pongo|qué fecha escribo|qué fecha anoto|con qué fecha firmo|qué día pongo] [en el contrato|en la carta|en el cheque|hoy|aquí]
        [el día|la fecha|el día de la semana] [cuál es|me dices|quiero saber|hoy cuál es|necesito|de hoy cuál es]
        [hoy|hoy mismo|al día de hoy] [en qué fecha estamos|qué día cae|qué día sería|qué fecha pongo|es qué día del mes]
        [dime|decime|indícame|indíqueme|precíseme], [por favor|si es tan amable|porfa], [la fecha de hoy|qué día es hoy|a cuánto estamos]
        [podría usted|sería tan gentil de|tenga la bondad de|si fuera tan amable de] [indicarme|decirme] [la fecha|la fecha de hoy|qué día es hoy]
        [me permite|me permites] preguntar [qué día es hoy|la fecha|a cuánto estamos]
        [mi <person>|mi amiga {name}|{name}] [me pregunta|quiere saber|pregunta] [qué día es hoy|la fecha de hoy|a cuánto estamos]
        [hoy cumple años mi <person>|hoy vence el recibo|hoy toca pagar|hoy hay clase|hoy sacan la basura]? [qué día es|qué día es hoy|dime la fecha]
        [vence el {small}|la cita es el {small}|pagan el {small}|el examen es el {small}|viajo el {small}], [qué día es hoy|a cuánto estamos|hoy a cuánto estamos]
        [ya es quincena|ya pagan|ya es fin de mes|ya es primero|ya pasó el {small}]? [a cuánto estamos|qué día es hoy|dime la fecha]
        [creo que es martes|yo digo que es jueves|para mí que es lunes|será viernes], [pero dime|confírmame|o no, dime] [qué día es|la fecha de hoy|qué día es hoy]
        [estamos a lunes o a martes|es jueves o viernes|hoy es sábado o domingo|hoy es miércoles o jueves][, dime|, que me pierdo|, ya no sé|]
        [trabajo de noche y|estoy jubilado y|con tantas vacaciones|de tanto estar en casa|con el desfase horario] [no sé qué día es|pierdo la cuenta, qué día es|ya no sé en qué día estamos]
        [q|k|ke] [dia s|dia es hj|fexa es|fcha es|dia tenemos|dia toca hoy]
        [fexa|fcha|fecha|dia] [d hoy xfa|de hoy pls|hoy plis|xfa|actual plz]
        [qué día ser hoy|qué es la fecha|cuál día es hoy|cuál es el día hoy|que dia estar hoy]
        [che|ey|loco|flaca], [a cuánto estamos hoy|qué día es, posta|me decís la fecha|qué fecha es hoy che]
        [oye wey|híjole|ándale|joven], [a cuánto estamos|qué día es hoy|qué fecha es hoy|me dices la fecha]
        [tío|jolín|ostras|venga], [a qué día estamos|a qué estamos hoy|qué día es hoy|en qué día vivimos]
        [siri|alexa|ok google|{bot}][, |: ][qué día es hoy|dime la fecha|la fecha de hoy|a cuánto estamos]
        [haz de calendario|sé mi calendario|actúa como calendario|funciona como almanaque]: [qué día es hoy|qué fecha es]
        [se me acabó el calendario|arranqué mal la hoja del almanaque|mi agenda está en blanco|perdí mi agenda], [qué día es hoy|a cuánto estamos|dime la fecha]
        [voy a sellar|voy a fechar|tengo que fechar|estoy fechando] [un documento|una carta|un recibo|un cuadro], [qué día es hoy|qué fecha es|dime la fecha]
        [la leche caduca el {small}|el yogur vence el {small}|el cupón vale hasta el {small}], [qué día es hoy|hoy a cuánto estamos]
        [en formato|con formato] [corto|largo|día mes año], [qué fecha es hoy|la fecha de hoy|dime la fecha]
        [qué día|qué fecha] [es hoy|tenemos hoy], [que no me ubico|que estoy de viaje|que tengo jet lag|que firmo una cosa|para apuntarlo|para la agenda]
        [te pregunto otra vez|insisto|vuelvo a preguntar|no me respondiste]: [qué día es hoy|la fecha|a cuánto estamos]
        [no el día de ayer|no el de mañana|ni ayer ni mañana|ayer no, hoy], [qué día es hoy|la fecha de hoy|hoy qué día es]
        """,
        "time_city": """
        en {city} [cuál es la hora|la hora cuál es|qué hora marca|qué hora da|qué hora tienen ya|son las cuántas|es qué hora][ ahora| por favor| ya|]
        en {city}, [ahora mismo|en este momento|justo ahora|a estas horas|a esta hora], [qué hora es|qué horas son|qué hora tienen]
        en {city}, [por favor|dime|oye|disculpe|si sabes|si puedes], [qué hora es|cuál es la hora|qué hora tienen]
        [de|desde|sobre|acerca de] {city}[: |, ][la hora|qué hora es|la hora actual|qué hora tienen]
        [ciudad|sitio|lugar|destino][ de interés|]: {city}[; pregunta: qué hora es|. Pregunta: la hora|, dato: hora actual|; hora local por favor]
        {city}, [la hora de allí cuál es|allí qué hora es|allá qué horas son|allí qué hora tienen|allá qué hora será|qué hora hacen allá]
        {city}[ qué hora es allá| hora allá| hora allí| hora ahora mismo| hora ya| hora plis| hora xfa| hora actual porfa]
        {city} [hora de ahora|hora de allá porfa|dime hora|en hora local|a qué hora anda|en qué hora está]
        [hora exacta|hora local|hora actual|la hora] {city} [porfa|gracias|pls|xfa|ya|por favor|urgente]
        la hora [que es|que tienen|que hay|que marcan|que llevan|que corre] [en|allá en|ahora en|ahora mismo en] {city}[, cuál es|, me la dices|, dímela|]
        [mi hermana vive en|tengo a mi <person> en|mi ex vive en|mi nieta estudia en|mi jefa está en] {city}, [qué hora es allí|qué hora tiene|a qué hora está ella|qué hora será allá]
        [tengo que llamar a|quiero llamar a|debo telefonear a|le prometí una llamada a] mi <person> [de|en|que vive en|que está en] {city}, [qué hora es allí|qué hora tiene|qué hora es allá ahora]
        [quiero felicitar a|le mando un mensaje a|le escribo a|despierto a] mi <person> que [está|vive|trabaja|estudia] en {city}, [qué hora es allá|qué hora tiene]
        [estará despierta|estará durmiendo|ya habrá cenado|seguirá en la oficina] mi <person> en {city}? [qué hora es allá|qué hora es allí|qué hora tienen]
        [no sé si llamar|dudo si llamar|puedo llamar|será buen momento para llamar] a {city}, [qué hora es allá|qué hora tienen|qué hora es allí]
        [será de día|será de noche|será muy tarde|será temprano|habrá salido el sol|ya será mañana] en {city}? [qué hora es|qué hora es allá|qué hora tienen]
        [el avión|el tren|mi vuelo|el barco|el autobús] [llega a|sale de|va hacia|viene de|para en] {city}, [qué hora es allá|qué hora tienen allí|dime la hora de allá]
        [hago escala en|estoy de escala en|me quedo una noche en|estoy en el aeropuerto de|bajé del avión en] {city}, [qué hora es|qué hora es aquí|cuál es la hora local]
        [me mudo a|me mandan a|me trasladan a|me voy de erasmus a|voy de luna de miel a] {city}, [qué hora es allá|qué hora tienen|qué hora es allí ahora]
        [juegan en|es el partido en|el concierto es en|la carrera es en|transmiten desde] {city}, [qué hora es allá|qué hora tienen allí|qué hora es allí ahora]
        [la reunión es con|la llamada es con|me entrevistan desde|mi cliente está en|la oficina central está en] {city}, [qué hora tienen|qué hora es allá|qué hora es para ellos]
        [programo una llamada|agendo una reunión|tengo videollamada|hago un directo] con [gente de|mi equipo en|un cliente de] {city}, [qué hora tienen|qué hora es allá]
        [pensando en|hablando de|a propósito de|mirando el mapa de|leyendo sobre|soñando con] {city}, [qué hora es allí|qué hora será allá|qué hora tienen ahora]
        [ya que mencionas|y ya que hablamos de|volviendo a|respecto a|en cuanto a|con respecto a] {city}, [qué hora es allí|qué hora es ahora|qué hora tienen]
        [me dijeron que|leí que|dicen que|mi <person> dice que] en {city} [ya es mañana|es de noche|es otro día|amanece ahora], [qué hora es allá|qué hora tienen]
        [indícame|indíqueme|precísame|comunícame|hágame saber] [la hora|la hora local|qué hora es|la hora actual] en {city}[, por favor|, gracias|]
        [podría usted|tendría la bondad de|sea tan gentil de|si fuera tan amable de] [indicarme|decirme|darme] [la hora de|la hora en|qué hora es en|qué hora tienen en] {city}
        [me permite|me permites] preguntar [qué hora es en|la hora de|qué hora tienen en] {city}
        [quisiera conocer|desearía conocer|me gustaría conocer|le agradecería] [la hora de|la hora en|la hora local de|la hora actual en] {city}
        [estimado|buenas tardes|buen día|muy buenas], [podría decirme|me indica|necesito] [la hora de|la hora en|la hora local de] {city}
        [sabrías|sabrá usted|alguien sabría|sabéis|cachai] [qué hora es en|qué hora tienen en|la hora de] {city}[ ahora| po| ahora mismo|]
        [q|k|ke] [hora es|ora s|hra es|horas son|hora tienen|hora sera] [n|en|x] {city}
        [hra|ora|hora|hr] [n|en|d|de] {city} [xfa|pls|plz|porfa|bro|we]
        [dime|dme|dim|m dices] [q hora es|k ora es|la hra|qe hora es] [n|en] {city}
        [cuál hora es|qué es la hora|qué hora estar|qué hora ser] en {city}
        [no hablo bien español|perdón por mi español|soy turista], [qué hora es en|cuál es hora en|qué es la hora en] {city}
        [che|ey che|loco|boluda], [qué hora es allá en|en qué hora andan en|qué hora será en|me tirás la hora de] {city}
        [oye wey|órale|híjole|oye carnal], [qué horas son en|qué hora es allá en|qué hora traen en] {city}
        [jolín|ostras|venga, va|oye tío|a ver, majo], [qué hora es en|qué hora tienen por|qué hora será en|qué hora llevan en] {city}
        [parce|veci|mi pana|chamo|causa], [qué hora es en|qué horas son en|me regala la hora de|qué hora es por allá en] {city}
        [siri|alexa|ok google|{bot}][, |: ][hora en|la hora en|qué hora es en|hora de|dime la hora en] {city}
        [la pregunta es|pregunto|una cosita|una duda tonta|mi consulta]: en {city}, [qué hora es|qué hora tienen|cuál es la hora]
        [dime|decime|cuéntame|explícame|a ver], en {city} [qué hora es|qué hora tienen|qué horas son|cuál es la hora]
        [sabes|sabés|sabe usted|sabrás|tienes idea de] en {city} qué hora [es|será|tienen|hay|es ahora]
        [quiero saber|necesito saber|me gustaría saber|me interesa saber|no sé] en {city} qué hora [es|será|tienen|es ya]
        [me despierto|trabajo|llamo|me conecto] con [el horario|la hora] de {city}, [qué hora es allá|qué hora es ahora allí|qué hora tienen]
        [mi reloj va con la hora de|mi portátil está en la hora de|mi móvil sigue con la hora de|quiero poner el reloj con la hora de] {city}, [cuál es|qué hora es allá|qué hora sería]
        [no la hora de aquí|no la de mi ciudad|no quiero la hora local|la de aquí ya la sé|aquí ya sé qué hora es], [dime la de|quiero la de|la de|cuál es la de] {city}
        [aquí son las {hour}|acá son las {hour}|yo tengo las {hour}|mi reloj marca las {hour}], [y en {city} qué hora es|qué hora es en {city}|y allá en {city} qué hora tienen]
        [quedamos|la llamada es|la reunión es|el partido es] a las {hour} hora de {city}, [qué hora es allá|qué hora es allá ahora|qué hora tienen ya]
        [llevo {small} años sin ir a|viajo en {small} días a|salgo en {small} horas para] {city}, [qué hora es allá|qué hora es allí|qué hora tienen]
        [mi amiga {name}|mi primo {name}|{name}|mi <person> {name}] [está en|se fue a|vive ahora en|acaba de llegar a] {city}, [qué hora es allí|qué hora tiene|qué hora será allá]
        [llamo a {name}|espero a {name}|le escribo a {name}|{name} me llama], que está en {city}, [qué hora es allá|qué hora tiene|qué hora es allí]
        [viajo de|voy de|vuelo de|salgo de] {city} a {city}, qué hora es [en mi destino|donde aterrizo|allá donde llego]
        [vivo en|nací en|estoy en|soy de] {city} pero [qué hora es en|dime qué hora es en|necesito saber qué hora es en] {city}
        [te insisto|insisto|vuelvo a preguntar|no me contestaste|te lo repito]: [qué hora es en|la hora de|qué hora tienen en] {city}
        [ni idea de la hora de|me perdí con la hora de|me lío con la hora de|me confundo con la hora de|nunca acierto la hora de] {city}[, cuál es|, dímela|, ayuda|, me la dices]
        [ponme|pon|escríbeme|apúntame|mándame] [aquí |]la hora [de|que es en|que tienen en] {city}[, porfa|, gracias|, anda|]
        [me pones|me escribes|me mandas|me buscas|me averiguas|me confirmas] la hora [de|en|que es en] {city}[, porfa|, gracias|]
        [tic tac|cucú|ding dong|viaje mental], [qué hora es en|hora de|la hora en] {city}
        [si ahora me teletransporto a|si me despertara en|si abro los ojos en|si llamara ya a] {city}, [qué hora es allí|qué hora sería|qué hora me encontraría]
        [haz como que estás en|imagina que estás en|haz de reloj de|sé el reloj de] {city}: [qué hora es|qué hora marcas]
        qué hora [es|tienen|hay|será|llevan] [ahorita |ahora |]en {city}, [que quiero saludar|que no quiero despertar a nadie|que voy a llamar|que tengo allá a mi <person>]
        qué hora [es|será|tienen] en {city}? [es que llamo a mi <person>|es que allí vive mi <person>|por si duermen|por si molesto|tengo que avisar]
        qué hora es en {city}, [no aquí|no acá|no la de aquí|no donde estoy|no en mi ciudad]
        [estoy organizando|preparo|coordino] [un viaje|una boda|una charla|un torneo] [en|desde|con gente de] {city}, [qué hora es allí|qué hora tienen allá]
        """,
        "follow_city": """
        y [si pregunto por|si te digo|si digo|si te pregunto por|cambiando a|pasando a|saltando a] {city}
        y [a|hasta|donde está mi <person>, en|donde vive mi <person>, en|en la otra punta, en|más lejos, en] {city}
        [ahora|ahora dime|ahora decime|ahora quiero|ahora toca|ahora vamos con|turno de] {city}
        [y también|añade|agrega|súmale|incluye|y de paso|y ya que estás] {city}
        [y en|y por|y allá por|y allí en|y acá en] {city}, [entonces|pues|che|tío|parce|porfa|a ver|qué|cuál]
        [gracias|perfecto|genial|buenísimo|bárbaro|vale|ok], [y en|y la de|ahora la de|y si es en|y allá en] {city}
        [no|no no|perdona|uy no|me confundí|me equivoqué|error mío], [era|era en|era la de|quise poner|yo decía] {city}
        [no era ahí|no esa|esa no|no esa ciudad|otra ciudad|me equivoqué de ciudad], [era|digo|en|la de|es] {city}
        [misma pregunta|la misma pregunta|igual pregunta|misma cosa|ídem|lo mismo] [para|en|con|pero en|pero de] {city}
        [otra vez lo mismo|repite eso|hazlo|haz eso|eso mismo] [con|para|en|pero en] {city}
        [me falta|me faltó|solo me falta|queda|falta|nos queda] [la de|la hora de|saber la de] {city}
        [cuál sería|cuál es|cuál será|dame|decime|pásame|quiero] [la de|entonces la de|ahora la de] {city}
        [y mi <person>, que está en|y mi amiga de|y los de|y mis primos de|y la oficina de|y mis suegros en] {city}
        [y para {name}, que está en|y {name}, que vive en|y {name} está en|y {name} en] {city}
        {city}[, lo mismo|, igual|, por favor| porfa|, y ya|, y allí|? y allí qué|, también la hora|, entonces]
        [próxima|próxima ciudad|siguiente ciudad|siguiente destino|última ciudad|otra ciudad|segunda ciudad]: {city}
        [y k tal|y q tal|y en|i en|y n|y x] {city} [xfa|porfa|bro|pls|tio|we]
        [pero en|o sea en|es decir en|bueno, y en|ah, y en|oye, y en|eh, y en] {city}
        [y comparado con|y al lado, en|y más al norte, en|y más al sur, en|y al otro lado del mundo, en] {city}
        [me refiero a la de|hablaba de la de|pedía la de|quería la de|decía la de] {city}
        """,
        "sum": """
        {sum} [es|son|da|hace|suma|resulta] [cuánto|qué número|cuánto exactamente|cuánto en total][, dime|, por favor|]
        {sum}[: dime cuánto es|: cuánto es|: resuelve|: calcula|: total|: resultado|: cuánto da]
        {sum}[, a ver|, a ver cuánto es|, venga|, dale|, resolvé|, calculalo|, calcúlelo|, resuélvalo|, haceme la cuenta]
        {sum}[ = ???| = ??| =?| =??|=?| = cuánto, dime]
        {sum} [cuanto sería pues|cuanto es xfa|cuanto da xfa|kuanto es|kuanto da|cuanto es bro|cuanto es porfis|cuanto sale we]
        {sum}[, me lo calculas|, me lo resuelves|, me lo haces|, me lo sacas|, me haces la cuenta|, me echas la cuenta|, me das el total]
        {sum}, [quiero saber cuánto es|quisiera saber el resultado|necesito ese número|necesito esa cuenta|eso es lo que necesito]
        {sum}, [y no me falles|sin error|con todos los decimales|exacto|rapidito|al toque|cuando puedas|si no es molestia]
        [el resultado|el total|la respuesta|la solución], [si puedes|che|dime|anda|se lo ruego]: {sum}
        [el resultado|el total|la respuesta|la cantidad|la cifra] [que da|que sale de|que resulta de|que sale con] {sum}[, cuál es|, dime|, la sabes|]
        [cuánto|cuanto|cuánto me|cuánto nos|cuánto te] [sale|daría|saldría|vendría a dar|acaba dando] {sum}[ en total| al final|, más o menos|]
        [qué da|qué hace|qué sale de|qué sale con|qué me da|a cuánto llega|a cuánto equivale] {sum}[, por favor|, dime|]
        [qué|qué número|qué cantidad|qué cifra|cuánto] [obtengo|obtienes|se obtiene|sale|resulta] [con|al hacer|haciendo|si hago] {sum}
        [al hacer|haciendo|al calcular|calculando|cuando hago] {sum}[, cuánto da|, cuánto sale|, qué obtengo|, qué me da|, cuánto es]
        [si hago bien|si no me equivoco al hacer|si pongo en la calculadora|si escribo en la calculadora|si en la hoja pongo] {sum}[, cuánto da|, qué sale|, cuánto debe dar]
        [indícame|indíqueme|precísame|comunícame|hágame saber|hazme saber] [cuánto es|el resultado de|el total de|cuánto da] {sum}[, por favor|, gracias|]
        [podría usted|tendría la bondad de|sea tan gentil de|si fuera tan amable de|le ruego] [calcular|calcularme|indicarme cuánto es|resolver|decirme cuánto es] {sum}
        [me permite|me permites] preguntar cuánto [es|da|son] {sum}
        [quisiera conocer|desearía conocer|me gustaría conocer|le agradecería] [el resultado de|el total de|el valor de] {sum}
        [buenas tardes|buen día|estimado|muy buenas|hola], [necesito calcular|quisiera calcular|me calcula|me resuelve|cuánto es] {sum}
        [che|loco|flaca|ey che], [cuánto da|sacame|haceme|resolveme|cuánto me da] {sum}
        [oye wey|órale|híjole|carnal|joven], [cuánto es|cuánto sale|sácame|échame|hazme la de] {sum}
        [jolín|venga, va|ostras|majo|oye tío], [cuánto es|cuánto da|cuánto hace|hazme|sácame] {sum}
        [parce|veci|mi pana|chamo|causa], [cuánto es|cuánto da|me saca|hágame|ayúdame con] {sum}
        [siri|alexa|ok google|{bot}|oye {bot}][, |: ][cuánto es|calcula|cuánto da|resuelve] {sum}
        [qnto|qto|cuatno|kto|cuantto|cuánt] [s|es|da|sn|hace] {sum}
        [cuanto asen|cuanto hasen|cuanto aria|kuanto daria|qanto es|cuanto m da|cunto sale] {sum}
        [klcula|calcula xfa|kalculame|aslo|calculme|m calculas|m sacas] {sum}
        [qué es|cuál es|cuánto ser|cuánto estar|cuánto hacen] {sum} [por favor|yo no saber|no entiendo bien|en número]
        [perdón por mi español|no hablo bien español|estoy aprendiendo a contar en español]: [cuánto es|qué da] {sum}
        [mi hija|mi nieto|mi <person>|un alumno|mi sobrina|la niña] [me pregunta|pregunta|quiere saber|no sabe] cuánto [es|da|son] {sum}
        [ayudo a mi <person>|estoy ayudando a mi <person>|le explico a mi <person>|repaso con mi <person>] con [los deberes|la tarea|mates]: [cuánto es |cuánto da |]{sum}
        [discutimos|mi <person> y yo discutimos|apostamos|nos peleamos] [por|sobre] cuánto [es|da] {sum}[, dinos|, quién gana|, aclara|]
        [me sale raro|no me cuadra|me da diferente|me da mal|no coincide], [cuánto es|cuánto da|repasa|cuánto debe dar] {sum}
        [no me da la cabeza|tengo sueño|estoy cansada|no doy una|ando espeso], [cuánto es|cuánto da|calcula] {sum}
        [estoy en el mercado|estoy en la ferretería|estoy cocinando|estoy cerrando la caja|estoy en el banco], [cuánto es|cuánto da|calcúlame|dime cuánto es] {sum}
        [sin papel ni lápiz|sin calculadora|con los dedos no llego|no tengo papel|se me acabaron los dedos], [cuánto es|cuánto da|dime cuánto es] {sum}
        [el vendedor|el mesero|el cajero|mi jefa|el contador] [dice|me pide|quiere|necesita] [el total de|el resultado de|que calcule|que saque] {sum}
        [el precio es|el total sería|me piden|me sale a|la factura pone|en el tique pone] {sum}[, cuánto es|, cuánto queda|, cuánto es eso|, calcula]
        [el ejercicio {small}|el problema {small}|la pregunta {small}|la tarea {small}] [dice|pide|es]: {sum}
        [ejercicio {small}|problema {small}|pregunta {small}|página {small}]: [cuánto es |calcula |]{sum}
        [tengo {small} años y no sé|a mis {small} años no sé|llevo {small} minutos pensando y no sé|son las {hour} y sigo sin saber] cuánto [es|da] {sum}
        [mi amiga {name}|mi profe {name}|{name}|mi <person> {name}] [quiere saber|me pregunta|dice que no sé|me reta a decir] cuánto [es|da|son] {sum}
        [olvida la hora|no la hora|ahora números|pasemos a las cuentas|toca matemáticas|dejemos la charla], [cuánto es|calcula|cuánto da] {sum}
        [quítame una duda|resuélveme una duda|sácame de dudas|sacame de la duda|ilumíname], [cuánto es|cuánto da|a cuánto equivale] {sum}
        [te pongo a prueba|te tomo la lección|examen|concurso|reto|trivia|quiz]: [cuánto es|cuánto da|cuánto son] {sum}
        [por un caramelo|por diez puntos|sin mirar la calculadora|con los ojos cerrados|de memoria], [cuánto es|cuánto da|dime] {sum}
        [seguro que sabes|tú sabrás|vos sabrás|tú que eres una máquina, dime|como buen robot, dime] cuánto [es|da|son] {sum}
        [haz de calculadora|sé mi calculadora|actúa como calculadora|funciona como calculadora|modo calculadora]: {sum}
        [calculadora|calc|calcu|calculator|cuentas|cálculo]: {sum}[ =|, por favor| porfa|]
        [apúntame|anótame|escríbeme|ponme|mándame] [el resultado de|cuánto es|cuánto da|el total de] {sum}
        [confirma|confírmame|corrobora|chequea|chequeame|repasa] [cuánto da|cuánto es|el resultado de|el total de] {sum}[, porfa|, por favor|]
        [quisiera que|me gustaría que|te agradecería que|querría que] me [dijeras cuánto es|calcularas|resolvieras|ayudaras con] {sum}
        [te importa|te importaría|te molesta|le importaría|sería mucho pedir] [calcular|resolver|sacar|decirme cuánto es] {sum}
        [vamos a ver|a ver, a ver|veamos|déjame pensar|pensemos]: {sum}[, cuánto es|, cuánto da|, cuánto será]
        [entre todos|entre los dos|en grupo|en casa] no [sabemos|logramos saber|sacamos|adivinamos] cuánto [es|da] {sum}
        [ni idea|ni la más remota idea|no tengo la menor idea|me rindo|me doy por vencida|tiro la toalla], [cuánto es|cuánto da|dime cuánto es] {sum}
        [cuánto crees que es|cuánto dirías que es|cuánto piensas que da|cuánto te da a ti|a vos cuánto te da|a ti cuánto te sale] {sum}
        [dime|decime|dígame], [por favor|porfa|si puedes|anda], [cuánto es|cuánto da|el resultado de] {sum}
        [esta operación|esta cuenta|este cálculo|la siguiente operación|lo siguiente|la cuenta de abajo][: |, por favor: |, porfa: ]{sum}
        [hola|buenas|hey|holi] [me ayudas con|me haces|necesito|una cuenta:|cuánto es] {sum} [porfa|gracias|es para la tarea|es para hoy]
        [oye|esteee|eh|mira] [cuánto es que es|cuánto es que da|cuánto vendría siendo|como cuánto es] {sum} [a ver|gracias|ya|por favor]
        [insisto|te lo repito|vuelvo a preguntar|no me contestaste|otra vez]: [cuánto es|cuánto da|calcula] {sum}
        [ojo con|cuidado con|atención a|fíjate bien en] [esta|esta cuenta|esta operación]: {sum}
        """,
        "follow_sum": """
        [y|ahora|luego] [cuánto es que da|cuánto vendría a ser|cuánto queda con|qué da|qué sale con|cuánto hace] {sum}
        [y si le cambio los números|y con otros números|y cambiando los números|ahora con otros números]: {sum}
        [una más difícil|esta es más difícil|una más fácil|esta es fácil|subimos el nivel|otra para ti|esta te cuesta]: {sum}
        [segunda cuenta|segunda|tercera|cuenta {small}|número {small}|la que sigue|la que falta|va la última]: {sum}
        [gracias|buenísimo|bárbaro|de lujo|excelente|ok gracias|vale gracias], [y cuánto es|y cuánto da|ahora calcula|y] {sum}
        [no, quería decir|no, quise poner|perdón, era|ups, era|uy, era|escribí mal, era|me equivoqué, es] {sum}
        [sigo|sigamos|continúo|paso a la siguiente|vamos con otra|otra y ya|ya casi acabo]: {sum}
        [y de igual forma|y del mismo modo|y por otro lado|y por otra parte|y aparte|y finalmente] {sum}
        [y cuánto|y a cuánto|y qué] [equivale|sería|resulta de|saldría de|dará|daría] {sum}
        [me falta|solo me falta|queda|me queda|falta todavía] [esta: |una: |]{sum}
        [lo mismo|igual|haz igual|haz eso|otra vez] [pero con|pero|pero esta vez con|con] {sum}
        [calcula|resuelve|haz|resolvé|sacá|hacé] [ahora|también|además|entonces|luego] {sum}
        [ahora|ahora bien|y ahora sí|ahora mejor|ahora haz la de|ahora toca] {sum}
        {sum}[, y esa|, y esa cuánto|, y ya está|, y termino|, y no molesto más|, siguiente|, ahora esa|? y esa]
        [y si en realidad fuera|y si fuesen|y si son|y suponiendo|y en caso de] {sum}
        [ajá y|y bueno,|ya, y|ok y|sí, y|mmm y] {sum}[, cuánto|, cuánto es|, cuánto da|]
        [y|i|y aora|aora] [kuanto es|cuanto es|cuanto s|cuanto da] {sum} [xfa|bro|pls|we]
        """,
        "decoy": """
        [mi jefe|mi jefa|la directora|el gerente|mi médico|mi abogada|la cajera] se llama {name}[, qué tipo|, es muy seria|, y es de {city}|, no sé si la conoces|]
        [mi <person>|mi suegra|mi cuñado|mi nieta|mi ahijado|mi compañera de piso] [se llama|es] {name}[, como la cantante|, tiene {small} años|, vive en {city}|, nombre de reina]
        [el gato|el perro|la tortuga|el canario|el caballo|la vaca] de mi <person> se llama {name}[, qué nombre|, es viejito|, tiene {small} años|]
        [quien me atendió|la que me vendió esto|el que vino ayer|el técnico que vino|la doctora que me vio] [se llama|se llamaba|era] {name}
        [ayer hablé con|me atendió|me vendió el coche|me cortó el pelo|me cobró|me robó la cartera|me saludó] {name}
        [espero a|estoy con|ceno con|me casé con|viajo con|vivo con|estudio con] {name}[ otra vez| en {city}| hoy|]
        [mi hija se va a llamar|al bebé le pondremos|a la niña le pusieron|al barco le puse|a mi banda le puse] {name}
        [le dicen|lo apodan|la llaman|ellos la llaman|en el equipo lo llaman|a mi <person> le dicen] {name}
        [no te hablo de|no pregunté por|no me hables de|no quiero saber de|no me menciones a|deja en paz a] {name}
        [dicen que me parezco a|canto igual que|bailo como|me confunden siempre con|me visto como] {name}
        [la calle|el hospital|el bar|la plaza|la película|el libro] se llama {name}
        [mi vecina|mi <person>|la profe] [conoce a|salió con|se peleó con|trabaja con|vive con] {name}
        [el paquete es para|la carta es de|el regalo es para|la tarta es para|el asiento es de] {name}[, mi <person>|, no para mí|]
        [llamó|vino|pasó|preguntó por ti|se fue|escribió] {name}[ hace rato| ayer|, creo|, no sé qué quería]
        [dile a|avísale a|pásame con|comunícame con|puedo hablar con|está] {name}[, por favor|, porfa|, es urgente]
        [el de la foto es|la de la foto es|el del cuadro es|quien canta es|quien escribió eso es|el entrenador es] {name}
        [me encanta el nombre|odio el nombre|qué lindo nombre,|el nombre que me gusta es|no me gusta el nombre] {name}[ para mi hija| para mi gato| para el bebé|]
        [me levanto|ceno|me acuesto|desayuno|salgo del trabajo|entro a clase|cierro la tienda] a las {hour}[ todos los días| de lunes a viernes| casi siempre|, qué flojera|]
        [el bus pasa|el tren sale|la función empieza|la misa es|el banco abre|la farmacia cierra] a las {hour}[, no antes| en punto| los lunes|]
        [ayer me dormí|anoche llegué|hoy desperté|el domingo me levanté] a las {hour}[ de la mañana|, qué sueño| pasadas|]
        [nos vemos|quedamos|te espero|te llamo|paso por ahí|llego] [a eso de|sobre|tipo|pasadas] las {hour}
        [trabajo|duermo|estudio|camino|veo la tele|juego] {small} [horas al día|horas diarias|minutos cada mañana|horas seguidas]
        [hace {small} años que|hace {small} meses que|desde hace {small} días] [no duermo bien|no fumo|vivo en {city}|no veo a {name}|estudio inglés]
        [en {city}|allá en {city}|por {city}] [siempre llueve|la gente es amable|se come rico|hace calor|vive mi <person>|conocí a mi <person>]
        [en {city}|allá en {city}] [a qué hora cierran las tiendas|a qué hora cenan|a qué hora anochece|a qué hora abre el museo]
        [perdí el tren|perdí la maleta|dejé el corazón|pasé la infancia|me robaron|me enamoré] en {city}
        [llevo|uso|me regalaron|perdí|empeñé|encontré] un reloj [de {city}|de oro|que fue de mi <person>|que no funciona|carísimo]
        [el reloj de la plaza|el reloj de la iglesia|mi despertador|el reloj de arena] [es precioso|hace ruido|no me deja dormir|tiene {small} años]
        [qué horas para|vaya horas de|no son horas de|bonitas horas de] [llegar|llamar|escribir|molestar|despertarme]
        [a la hora de|a última hora|a media hora de|a cualquier hora|en horas de] [comer no se habla|todo sale mal|{city} está el pueblo|se duerme bien|trabajo no contesto]
        [hay|había|vinieron|invité a|faltaron|llegaron] {small} [personas en la boda|niños en el parque|alumnos|testigos|perros en la calle]
        [mi pin|mi talla|mi dorsal|mi portal|mi asiento|mi turno|mi casillero] es [el |]{number}
        [debo|me deben|cobré|presté|perdí|encontré] {number} [pesos|euros|soles|quetzales|colones|lempiras|guaraníes]
        [el año {number}|el {number}|en {number}] [fue raro|fue difícil|nació mi <person>|todo cambió|hubo sequía|nos conocimos]
        [capítulo|página|artículo|línea|autobús|expediente] {number}[, por favor|, ya lo leí|, no lo encuentro|]
        [tengo|compré|quedan|rompí|regalé] {small} [platos|macetas|peces|discos|zapatos|globos] y {small} [tazas|velas|cojines|plantas|medias]
        [entre {small} y {small} personas|unas {small} o {small} veces|en unos {small} días|como {small} o {small} kilos][ más o menos|, no sé|, creo|]
        [sumo y sigo|no me restes méritos|divide y vencerás|me multiplico por todos|eso no suma|todo suma|ni suma ni resta]
        [las cuentas claras|no me salen las cuentas de la vida|a fin de cuentas|en resumidas cuentas|échale más ganas]
        [soy|era|fui|seré|quiero ser] [bombero|el mayor de {small} hermanos|campeona de ajedrez|vegana|el primero|madrina]
        [soy de los que|soy de las que|soy alguien que|soy una persona que] [madruga|no duerme|lee mucho|nunca se rinde|habla poco]
        [me llamó|me llamaron|me llamaron todos|me llamó mi <person>|me llamaron del banco|nadie me llamó|me llamaste] [ayer|hoy|hace rato|anoche|dos veces]
        [llámame luego|llámame mañana|llámame a las {hour}|llámame cuando llegues|dime cuándo te llamo|te llamo después]
        [no me llames|no me llamés|deja de llamarme|no me vuelvas a llamar][ más| hoy| a estas horas| tan temprano|]
        [mi nombre no importa|mi nombre es cosa mía|no te diré mi nombre|mi nombre es un secreto|mi nombre es largo|mi nombre es raro]
        [odio mi nombre|me gusta mi nombre|quiero cambiarme el nombre|cuánto cuesta cambiarse el nombre|por qué me pusieron este nombre]
        [qué nombre es mejor|cuál nombre suena mejor|qué nombre le pongo al bebé|cómo le pongo al gato], {name} o {name}
        [quién va ganando|quién juega hoy|quién salió campeón|quién dirige], [{city}|{name}] o [{city}|{name}]
        [compré el vuelo|compré el pasaje|reservé hotel|saqué la visa] para {city}[ por {number} euros| para {small} días|, por fin|, estoy feliz]
        [se escribe con|va con|lleva|le falta] [hache|acento|mayúscula|zeta|uve][ esa palabra| el apellido| eso|]
        """,
        "how": """
        [cómo amaneciste|cómo amaneció usted|cómo te fue hoy|qué tal dormiste|cómo pinta el día][, {bot}|]
        [todo en orden|todo tranqui|todo piola|todo fino|todo chévere|todo bien por allá|qué tal va todo por ahí][, {bot}|]
        [y tú qué tal|y usted cómo sigue|y vos cómo andás|y tú, todo bien|cómo te encuentras hoy]
        """,
        "ok": """
        [ya veo|ya entendí|ya caigo|ah, ya|ah bueno|ah mirá|mirá vos|ah, qué bien|con razón][, ok|, vale|, dale|]
        [sale y vale|sale pues|dale pues|de una|joya|listo pues|hecho|enterado|enterada|recibido|tomo nota]
        """,
        "praise": """
        [qué capo|qué crack sos|sos un genio|qué máquina|eres la leche|eres lo máximo|qué chido eres|eres una pasada][, {bot}|]
        [muy bien contestado|qué buena respuesta|qué rápido respondes|así da gusto|qué eficiente|bien ahí|bien hecho][, {bot}|]
        """,
        "thanks": """
        [se agradece|agradecida|agradecido|mil gracias, che|muy amable|muy gentil|qué amable|qué atento][, {bot}|, de verdad|]
        [gracias por el dato|gracias por la ayudita|gracias por avisar|gracias por la paciencia|gracias, me sirvió|gracias, eso era][, {bot}|]
        """,
    }
)
