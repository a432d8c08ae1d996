"""More Spanish greetings, thanks, goodbyes, feelings and orders, by a second author."""

from .expand import blocks

FRAMES = blocks(
    {
        "greet": """
        [qué onda|qué hubo|quiubo|quihubo][ {bot}|, amigo|, compa|, parce|]
        [qué más|épale|ey qué tal|hola qué hubo][ {bot}|, amigo|, compa|, parce|]
        [holis|holaaa|wenas|bnas|buenass|hola hola hola|oli][ {bot}|, amigo|, qué hay|]
        [muy buenas|muy buenos días|muy buenas tardes|muy buenas noches][ a todos| {bot}|]
        [bonito día|bonita tarde|lindo día][ a todos| {bot}|]
        [un saludo|saludos cordiales|mis saludos|un cordial saludo][, {bot}| a todos|]
        [saluditos|te saludo|le saludo][, {bot}| a todos|]
        [buen día|buenas tardes|buenas noches|buenos días] [tenga usted|estimado|estimados]
        [buen día|buenas tardes|buenas noches|buenos días] [señorita|caballero|vecino]
        [hola|buenas|hey] [che|tío|tía|bro|wey|parcero|compañero|cariño|corazón|querido|querida|máquina|guapo]
        [me escuchas|me lees|me oyes|estás por ahí][, {bot}|, hola|]
        [andas por ahí|hay gente|sigues ahí|estás conectado][, {bot}|, hola|]
        [toc toc|tun tun|hola mundo|probando|probando, hola|hola, probando|uno dos tres probando|prueba, hola]
        [ya estoy aquí|ya vine|aquí de nuevo|he llegado][, hola|, {bot}|]
        [regresé|ya regresé|aquí otra vez|me conecté][, hola|, {bot}|]
        [se puede|puedo pasar|con permiso|permiso|interrumpo|estás ocupado|tienes un minuto|tienes un momento]
        [platiquemos|charlemos|quiero charlar|vamos a charlar][ un rato|, {bot}|]
        [charlamos|conversemos|quiero platicar][ un rato|, {bot}|]
        [qué alegría verte|qué gusto verte|qué bueno verte][ de nuevo|, {bot}|]
        [qué gusto saludarte|me alegra verte][ de nuevo|, {bot}|]
        """,
        "thanks": """
        [gracias|muchas gracias|mil gracias] [de corazón|de verdad|en serio]
        [gracias|muchas gracias|mil gracias] [por contestar|por tu paciencia|por la info]
        [gracias|muchas gracias] por [atenderme|responder tan rápido|explicarme|el dato]
        [gracias|muchas gracias] por [tu amabilidad|acordarte|tu trabajo]
        [te pasaste, gracias|sos un sol, gracias|eres un sol, gracias]
        [qué haría sin ti, gracias|qué crack, gracias]
        [te agradezco|le agradezco|agradezco] [la ayuda|el favor|la información|su tiempo]
        [te agradezco|le agradezco|agradezco] [mucho|un montón|de todo corazón]
        [dios te lo pague|dios se lo pague|te debo una]
        [te debo un café|no sé cómo agradecerte|infinitas gracias]
        [grasias|gracis|grax|grcias|garcias][, {bot}|, amigo|]
        [graciass|gracias gracias|muxas gracias|mchas gracias][, {bot}|, amigo|]
        [me salvaste|me sacaste de apuros|me salvaste la vida|me resolviste], gracias
        [me sirvió|justo eso quería|era eso], gracias
        [mil|un millón de|muchísimas|infinitas|tantísimas] gracias[, {bot}| por todo|, de verdad|]
        [gracias totales|gracias che|gracias tío|gracias wey|gracias parce|gracias, majo|gracias, corazón]
        [estoy|quedo] [muy agradecido|muy agradecida|eternamente agradecido|agradecida por todo]
        """,
        "bye": """
        [chaito|chaucito|chaooo|adiosito|bai|babay|agur|hasta lueguito|nos vemos pronto][, {bot}|, amigo|]
        [me piro|me rajo|me las tomo|me abro|me voy yendo][, chao|, adiós|]
        [ya me fui|me largo|me desconecto|salgo ya][, chao|, adiós|]
        [hasta|nos vemos|hablamos|nos leemos] [la próxima|otro día|el martes|en la noche]
        [hasta|nos vemos|hablamos|nos leemos] [mañana temprano|más tardecito]
        [buenas noches|que sueñes bonito|dulces sueños], [adiós|hasta mañana]
        [me voy a la cama|hora de dormir|ya me duermo], [adiós|hasta mañana]
        [fue un gusto|fue un placer|un placer] [hablar contigo|conversar con usted], [adiós|hasta luego|chao]
        [fue un gusto|fue un placer|un placer] charlar, [adiós|hasta luego|chao]
        [eso era todo|ya terminé|no necesito más], [adiós|chao|hasta luego|nos vemos]
        [con eso basta|ya está todo], [adiós|chao|hasta luego|nos vemos]
        [cuídate mucho|cuidate|cuídese|pórtate bien][, adiós|, chao|, {bot}|]
        [que te vaya bonito|que les vaya bien|suerte][, adiós|, chao|, {bot}|]
        [me llaman|me tengo que desconectar|llegó mi bus], [adiós|chao|hablamos luego]
        [empieza mi clase|se acaba mi batería], [adiós|chao|hablamos luego]
        [besos|un beso|abrazos|saludos a todos], [adiós|chao|me voy|hasta pronto|hasta mañana]
        [adiós adiós|chao chao|adiós, {bot}|hasta siempre, {bot}|hasta nunca, {bot}]
        """,
        "how": """
        [cómo andás|cómo estás vos|cómo va eso|cómo vamos][, {bot}|]
        [cómo sigues|cómo seguís|cómo te trata la vida][, {bot}|]
        [qué tal|cómo] [te va|va el día|va la vida|va la semana][, {bot}|]
        [qué tal|cómo] [estuvo tu noche|amaneciste|dormiste|pinta todo][, {bot}|]
        [cómo amaneció|cómo amaneciste|cómo pasaste la noche][, {bot}|, amigo|]
        [cómo va la mañana|cómo va la tarde][, {bot}|, amigo|]
        [qué hay de nuevo|qué cuentas de nuevo|qué contás|qué me cuentas|qué se cuenta|qué novedades tienes]
        [todo bien por allá|todo bien por casa|todo en orden por ahí]
        [andas bien|te encuentras bien|estás contento]
        [hola|buenas|hey|qué onda], [cómo andás|cómo vas|cómo amaneciste]
        [hola|buenas|hey|qué onda], [cómo te encuentras|todo tranquilo|cómo va eso]
        [espero que estés bien|espero que esté bien|ojalá estés bien], [cómo estás|cómo andas|cómo te va]
        [yo ando bien|aquí bien|todo en orden], [cómo andas tú|y usted cómo está|y tú qué tal]
        [yo muy bien|yo de maravilla], [cómo andas tú|y usted cómo está|y tú qué tal]
        [komo|cmo|cm|como] [estas|stas|tas|andas|estass|te va]
        """,
        "joke": """
        [cuéntame|contame|échame|tírame|regálame|mándame] [un chiste|otro chiste]
        [cuéntame|contame|échame|tírame|regálame|mándame] [el mejor chiste que sepas|un chiste malo]
        [sabes|sabés|conoces|tienes|tenés] [chistes|buenos chistes|chistes cortos]
        [sabes|sabés|conoces|tienes|tenés] [chistes malos|bromas|adivinanzas graciosas]
        [hazme|haceme|házme] [reír, porfa|una broma|sonreír|un chiste de robots]
        [estoy aburrido|tuve un mal día], [cuéntame un chiste|dime un chiste|un chiste]
        [necesito reír|quiero reírme], [cuéntame un chiste|dime un chiste|un chiste]
        [un chistecito|chistes|una broma][, porfa|, {bot}|, anda|]
        [algo de humor|dime una broma|cuenta una broma][, porfa|, {bot}|, anda|]
        [no tuvo gracia|ese ya me lo sé|buenísimo|jaja], [otro chiste|cuenta otro|dime otro chiste|otro]
        """,
        "sad": """
        [ando|estoy|me siento] [bajoneado|decaída|deprimido|sin ganas de nada]
        [ando|estoy|me siento] [hecho polvo|destrozada|muy solo|fatal]
        [se murió|falleció|se fue|me dejó|se enfermó] mi <person>[, estoy mal|, estoy triste|]
        [me dejó mi novia|me dejó mi novio|me despidieron|me echaron del trabajo|perdí el año|me robaron todo]
        [hoy todo me sale mal|hoy fue horrible|qué día tan feo|hoy fue un día terrible|fue un día de perros]
        [no puedo más|ya no aguanto|no doy más|no tengo fuerzas]
        [todo está mal|nada tiene sentido]
        [lloré toda la noche|no puedo dormir de pena|se me rompió el corazón]
        [me rompieron el corazón|nadie me entiende]
        [estoy|ando] [agobiado|agobiada|ansioso|desanimado|desesperada]
        [estoy|ando] [dolido|frustrado|hundida|preocupadísimo]
        [peleé con|discutí con|me peleé con|extraño mucho a] mi <person>[ y estoy mal|, qué tristeza|]
        """,
        "happy": """
        [qué alegría|qué felicidad|qué emoción|qué chévere|qué padre|qué guay|qué copado|qué chido]
        [estoy|ando] [feliz de la vida|contentísimo|contentísima|emocionada]
        [estoy|ando] [re feliz|súper feliz|en las nubes|de buenas]
        [conseguí|encontré|me dieron] [trabajo|el empleo|una beca][, qué feliz|, qué alegría|]
        [conseguí|encontré|me dieron] [el puesto|novia|un ascenso][, qué feliz|, qué alegría|]
        [aprobé|pasé] [el examen|todas las materias|matemáticas][, yupi|, qué bien|]
        [aprobé|pasé] [el curso|la prueba de manejo][, yupi|, qué bien|]
        [ganamos|ganó mi equipo|me gané un premio|me saqué la lotería|salió todo bien|todo salió perfecto]
        [voy a ser|soy] [papá|mamá|abuela|abuelo|tío][, qué emoción|, qué feliz estoy|, qué alegría]
        [jajaj|jejeje|jajaja qué risa|qué risa|me muero de risa|me hiciste reír|ajajaja]
        [hoy es mi cumple|hoy me caso|mañana me voy de vacaciones][, qué feliz|, qué bien|]
        [por fin es viernes|hoy cobré][, qué feliz|, qué bien|]
        """,
        "ok": """
        [va|órale|sale|sale pues|oka|okis|dale dale|joya|bárbaro|de una|hecho|vale vale|va que va]
        [me parece bien|me queda claro|quedó claro|está claro|por supuesto]
        [ya entendí|te entiendo|lo capto|ya caigo]
        [no te preocupes|no pasa nada|déjalo así|dejalo|mejor no]
        [olvídate|ya no hace falta|no era nada|no importa ya]
        [luego vemos|después veo|ya veré|lo pensaré]
        [lo voy a pensar|déjame pensarlo|por ahora no|por ahora nada más]
        [espera|espérame|esperame|aguanta|dame] [un segundo|un ratito|tantito|un toque|un poco|un minuto]
        [eso es todo por ahora|nada más por hoy|con eso estoy|así está bien|así estamos bien|eso sería todo]
        [ah ya|ah bueno|ah, entiendo|ajá, ya|mmm ya|ya ya|claro claro|pues bueno|pues vale]
        [tienes razón|tenés razón|puede ser|supongo|supongo que sí|seguramente|tal cual|exactamente|así mismo]
        """,
        "praise": """
        [eres|sos] [un fenómeno|un capo|lo máximo|la leche]
        [eres|sos] [un amor|un encanto|muy majo|de lo mejor|un tesoro]
        [eres|sos|es usted] [muy eficiente|rapidísimo|muy atento|muy servicial|muy educado|un gran asistente]
        [qué bien|qué rápido|qué lindo|qué bonito] [respondes|contestas|hablas|lo haces|te expresas|trabajas]
        [me encanta|me gusta|me fascina|amo] [cómo respondes|tu forma de hablar|lo rápido que eres]
        [me encanta|me gusta|me fascina|amo] [este asistente|tu nombre]
        [te felicito|felicitaciones|mis felicitaciones|un aplauso]
        [te mereces un premio|diez de diez|cinco estrellas]
        [lo hiciste|lo hacés|lo haces|todo] [muy bien|genial|perfecto|de maravilla|estupendo|fenomenal]
        [sabes mucho|eres más listo que yo|eres mejor que siri]
        [ojalá todos fueran como tú|qué inteligente eres]
        [buenísimo|fenomenal|de lujo|brutal|chapó], [{bot}|sigue así|me encantas|qué bien]
        [olé|crack|grande|maestro], [{bot}|sigue así|me encantas|qué bien]
        """,
        "insult": """
        [eres|sos] [un desastre|un inepto|un burro|más tonto que una piedra]
        [eres|sos] [una porquería|un fracaso|insoportable|pésima]
        [no sirves|no servís|no vales] [para nada|de nada|ni para dar la lata|un peso]
        [qué|vaya] [porquería|basura|desastre|asco|estafa|birria] de [bot|asistente|chat|servicio|robot]
        [vete|andate|lárgate] [al diablo|a la porra|a paseo|al carajo|de aquí][, inútil|, robot tonto|]
        [me tienes harto|me tenés harto|me desesperas|me hartas|me cansas|me sacas de quicio|no te aguanto]
        [no entiendes|no entendés|no sabes|no aciertas] [una|ni lo básico|ni jota|nada de nada|un carajo]
        [siri|alexa|chatgpt|mi perro|una piedra] es [mejor que tú|más listo que tú]
        [siri|alexa|chatgpt|mi perro|una piedra] es [más útil que tú|mejor que vos]
        [qué|vaya] respuesta más [tonta|estúpida|inútil|mala|ridícula]
        [cállate ya|callate|cierra la boca|no hables más]
        [deja de decir tonterías|ya cállate, bot|silencio, robot]
        """,
        "request": """
        [búscame|búsqueme|buscame] [un|una|el|la] {noun}[ barato| en {city}| para hoy|]
        [consígueme|conseguime|tráeme] [un|una|el|la] {noun}[ barato| en {city}| para hoy|]
        [necesito|ocupo|quiero|quisiera] que me [busques|compres|expliques] [un|una|el|la] {noun}
        [necesito|ocupo|quiero|quisiera] que me [dibujes|mandes] [un|una|el|la] {noun}
        [podrías|podés|puedes|puede] [buscar|explicar|comprar] [un|una|el|la] {noun}[ por mí|]
        [podrías|podés|puedes|puede] [dibujar|describir|comparar] [un|una|el|la] {noun}[ por mí|]
        [dónde|en qué tienda|en qué sitio] [compro|consigo|venden|encuentro|reparan] [un|una|el|la] {noun}
        [cuál es|cuál sería] la diferencia entre [un|una|el|la] {noun} y [un|una|el|la] {noun}
        [qué|cuál] [es mejor|pesa más|cuesta más|dura más], [un|una|el|la] {noun} o [un|una|el|la] {noun}
        [explícame|explicame|cuéntame|enséñame] [cómo funciona|para qué sirve] [un|una|el|la] {noun}
        [explícame|explicame|cuéntame|enséñame] [qué es|cómo se limpia] [un|una|el|la] {noun}
        [cómo|con qué] [se limpia|se arregla|se prepara|se dibuja] [un|una|el|la] {noun}
        [cómo|con qué] [se cura|se cuida|se guarda] [un|una|el|la] {noun}
        [por qué|desde cuándo|cómo es que] [existe|funciona|es famoso] [el|la] {noun}
        [por qué|desde cuándo|cómo es que] [es peligroso|es importante] [el|la] {noun}
        [cuéntame|contame|háblame de|léeme] [la historia|el origen|el precio|los tipos] [del|de la] {noun}
        [hazme|haceme|escríbeme|redáctame] [una lista|un resumen|una canción] [de|sobre] [un|una|el|la] {noun}
        [hazme|haceme|escríbeme|redáctame] [un cuento|un correo] [de|sobre] [un|una|el|la] {noun}
        [compárame|ordéname|clasifícame|recomiéndame|véndeme|regálame|préstame] [un|una|el|la] {noun}
        [mándame|envíame|pásame|enviame] [una foto|un video|un dibujo|un mapa|información] [del|de la] {noun}
        [cuánto|qué tanto] [cuesta|pesa|mide] [un|una|el|la] {noun}[ en {city}| normal| grande|]
        [cuánto|qué tanto] [dura|vive|tarda] [un|una|el|la] {noun}[ en {city}| normal| grande|]
        [se me rompió|se me perdió|me robaron|se dañó|dejé olvidado|quiero vender] [el|la|mi] {noun}
        [mi <person> quiere|mi <person> necesita] [un|una] {noun}
        [le regalo a mi <person>|busco para mi <person>] [un|una] {noun}
        [sabes|sabés|puedes|podés] [cocinar|reparar|pintar|tocar|armar|diseñar] [un|una|el|la] {noun}
        [hay|venden|tienen|alquilan|reparan] [algún|alguna|un|una] {noun}[ en {city}| por aquí| cerca|]
        [apágame|enciéndeme|préndeme|súbeme|bájame|conéctame] [el|la] {noun}
        [invéntate|imagina|inventame|improvisa] [un|una] {noun} [con|para|sin|sobre] {noun}
        """,
    }
)
