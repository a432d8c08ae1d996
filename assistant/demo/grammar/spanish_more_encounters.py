"""Further ways to introduce oneself and to ask for one's own name back in Spanish, of several countries."""

from .expand import blocks

FRAMES = blocks(
    {
        "ask_name": """
        [antes de seguir|antes de continuar|antes de que sigamos], [me dices|repíteme|confírmame] [cómo me llamo|mi nombre]
        [antes de pasar a otra cosa|antes de entrar en detalles|antes de nada], [mi nombre cuál era|cómo es que me llamo]
        [quiero asegurarme de que|necesito estar seguro de que|compruebo que] [tienes bien|apuntaste bien] mi nombre, [cuál es|dímelo]
        [asegúrate de que tienes|comprueba que tienes|verificá que tenés] mi nombre[ bien|]: [cuál es|dímelo|cómo me llamo]
        [para rellenar|para completar|para llenar] [el formulario|la ficha|la etiqueta]: [mi nombre cuál es|cómo me llamo]
        [para el pedido|para la reserva|para la factura|para el recibo], qué nombre [mío |][tienes|tenés|anotaste|pusiste]
        [a nombre de quién|con qué nombre] [hago el pedido|va la factura|firmo|reservo], [o sea|es decir], [cómo me llamo|quién soy yo]
        [como qué|como quién|con cuál nombre] me [presenté|identifiqué|anuncié|he presentado][ al principio| antes| hace rato| hoy|]
        [de qué manera|cómo fue que|cómo es que] [me presenté|me identifiqué|te dije que me llamaba][ hoy| antes| al llegar|]
        [qué nombre|cuál nombre] [usé|di|puse|te dije] [al saludarte|al llegar|al entrar|en mi primer mensaje|cuando entré|al escribirte]
        [en mi primer mensaje|en mi saludo|al comienzo del chat|unas líneas arriba] [qué nombre di|cómo me presenté|cómo dije que me llamo]
        [más arriba|unos mensajes atrás|hace dos mensajes] [te dije|puse|escribí] [mi nombre|cómo me llamo], [cuál era|repítelo|lo viste]
        [busca|buscá|busque] mi nombre [más arriba|en el chat|en tus notas|en lo que te escribí][ y dímelo| y repítelo| y escríbelo|]
        [mira|mirá|fíjate|sube] [arriba|un poco más arriba|al primer mensaje] y [dime|decime|repíteme] [cómo me llamo|mi nombre]
        [a ver si|veamos si|quiero ver si|voy a ver si] [anotaste|apuntaste|pillaste|cachaste|te quedaste con|registraste] mi nombre
        [veamos|vamos a ver|a ver, a ver|probemos], [anotaste|retuviste|te quedaste con|memorizaste] [mi nombre|cómo me llamo]
        [pillaste|cachaste|agarraste|pescaste|captaste bien|se te quedó|te quedaste con] mi nombre[, no| o no|, cuál es|, dilo|]
        [lograste|pudiste|alcanzaste a|llegaste a] [anotar|guardar|memorizar|quedarte con|pescar] mi nombre[, cuál es| o no|]
        [no se te|que no se te] [habrá ido|haya ido|habrá pasado|haya borrado] mi nombre[, eh|, verdad|, dime que no|, cuál es|]
        [no me vayas a decir que|no me salgas con que|no me digas que ya] [no te acuerdas|olvidaste|se te fue] [mi nombre|cómo me llamo]
        [no te olvidaste|no te has olvidado|no se olvidó] de [cómo me llamo|mi nombre|quién soy][, verdad|, cierto|, o sí|, espero|]
        [no me has olvidado|no me olvidaste|no te olvidaste de mí|no se ha olvidado de mí], [verdad|no|o sí][? cómo me llamo|, quién soy]
        [sigues|seguís|sigue usted] [sabiendo|recordando|teniendo presente] [cómo me llamo|mi nombre|quién soy]
        [seguro que|estás seguro de que|segura que] [sabes|recuerdas|tienes] mi nombre[? a ver, dilo|? cuál es|? demuéstralo]
        [sabes o no sabes|recuerdas o no recuerdas|sabés o no sabés|te acuerdas o no de] [cómo me llamo|mi nombre|quién soy]
        [sí o no|responde sí o no|contesta]: [sabes mi nombre|recuerdas cómo me llamo|sabes quién soy][, y cuál es|]
        [con qué persona|con qué usuario|con qué cliente|con quién] [hablas ahora|tratas ahora|estás tratando|estás chateando], [dime|nómbrame|lo sabes]
        [a quién tienes|a quién tenés|a quién tiene] [delante|al otro lado|enfrente|en la línea|al otro lado de la pantalla]
        [sabe usted|sabría usted|recordará usted|tendrá usted presente] [a quién atiende|con quién trata|cómo me llamo|mi nombre]
        [disculpe la insistencia|perdone la pregunta|si no es indiscreción|con su permiso], [cómo me llamo|recuerda mi nombre|cuál es mi nombre]
        [le agradecería que|le ruego que|tenga la amabilidad de decirme|haga el favor de decirme] [me dijera |][mi nombre|cómo me llamo|cuál es mi nombre]
        [le importaría|le molestaría|sería posible|tendría inconveniente en] [decirme|repetirme|confirmarme|recordarme] [cómo me llamo|mi nombre]
        [estimado asistente|señor asistente|buen día], [podría|puede|sería tan amable de] [indicarme|repetirme|confirmarme] [mi nombre|el nombre que le di]
        [qué nombre|cuál nombre] [le di|le dije|le dejé|le indiqué|le mencioné][ a usted| antes| hace un momento| al principio|]
        [el nombre|qué nombre era el] que [le di|le dije|le dejé|le indiqué][ hace un rato|, cuál era|, lo recuerda|, lo tiene]
        [ya le había dicho|yo ya le dije|creo que le dije|le comenté] [mi nombre|cómo me llamo], [lo recuerda|cuál era|repítamelo|lo anotó]
        [dígame|repítame|recuérdeme|confírmeme|léame] [el nombre que le di|mi nombre, si es tan amable|con qué nombre me registró|cómo me llamo yo]
        [dígame usted|usted dígame|a ver, dígame], [cómo me llamo|cuál es mi nombre|quién soy|qué nombre tengo]
        [léeme|leeme|cántame|cantame|suelta|tírame|larga] [mi nombre|el nombre que te di|cómo me llamo][, anda|, dale|, va|]
        [dilo|decilo|dímelo|repítelo|escríbelo] [ya|otra vez|de una vez|sin miedo|claro]: [mi nombre|cómo me llamo]
        [deletréame|deletreame|deletréeme|silabea|escríbeme] [mi nombre|el nombre que te di][, letra por letra|, porfa|, sin errores|]
        [escribe|escribí|anota|pon] aquí [abajo |][mi nombre|cómo me llamo|el nombre que te dije][, a ver|, porfa|, sin faltas|]
        [repite conmigo|repetí conmigo|di conmigo|completa]: [tu usuario se llama|la persona con la que hablo se llama|hoy hablo con]...
        [respóndeme|contéstame|contestame|responde] [con mi nombre|solo con mi nombre|nada más que mi nombre|con el nombre que te di]
        [dime|decime|di] [solo|solamente|nada más|únicamente] [mi nombre|cómo me llamo|el nombre que te di]
        [en una palabra|en pocas palabras|sin rodeos|rapidito|al toque], [cómo me llamo|mi nombre|quién soy|dime mi nombre]
        [cómo me|y cómo me|pero cómo me] [llamaba yo|llamo en verdad|llamo según tú|llamo, che|llamo, a ver|llamo, wey|llamo, tío]
        [cómo es que|cómo era que|cómo fue que dije que|cómo dije que] me [llamo|llamaba][ yo| hoy|, perdón|, que se me olvida|]
        [cómo me|y cómo me] [decís vos|decís|nombrás|tenés agendada|tenés agendado|tenés anotado|tenés en la lista]
        [che|ey|escuchame|mirá|posta], [sabés|te acordás|anotaste|te quedó] [cómo me llamo|cómo me llamaba|mi nombre]
        [te acordás|vos te acordás|che, te acordás] [de cómo era que me llamaba|con quién estás hablando|quién te habla|de mi nombre o ya fue]
        [a que no te acordás de|apostemos a que no sabés|me juego a que no sabés|posta no sabés] [cómo me llamo|mi nombre|quién soy]
        [dale|bueno|listo|joya|bárbaro], [decime|repetime|confirmame] [vos |][cómo me llamo|mi nombre|quién soy]
        [y ahora decime|ahora sí decime|ahora contame|a ver, contame] [quién soy|cómo me llamo|mi nombre]
        [no manches|órale|ándale|híjole|oye wey|a poco], [ya no te acuerdas de mi nombre|sí sabes cómo me llamo|sabes mi nombre]
        [a poco|apoco|neta|de veras] [sí te sabes|ya no te sabes|no te acuerdas de|te aprendiste|sí recuerdas] mi nombre
        [te sabes|te lo sabes, dime|te aprendiste|ya te sabes|sí te sabes] mi nombre[, verdad|, o qué onda|, va|, no|]
        [cómo dijistes|como dijistes|qué dijistes|como dijiste tu] que me [llamo|llamaba|llamo yo]
        [ajá|epa|mira pues|chamo|mi pana|vale mía], [y cómo es que me llamo|cómo me llamo yo|te acuerdas de mi nombre|dime mi nombre pues]
        [pues hombre|hombre|venga ya|jolín|ostras|anda ya], [cómo me llamo|no sabes mi nombre|dime mi nombre|no te acuerdas de mi nombre]
        [oye, majo|oye, guapa|vale, tío|venga, tía|a ver, chaval], [mi nombre cuál era|cómo me llamaba|te has quedado con mi nombre]
        [te has quedado|os habéis quedado|te quedaste] con mi nombre[, no| o no|, cuál es|? dilo|? a ver]
        [te has aprendido|has pillado|has cogido|has anotado|has guardado] [ya |bien |]mi nombre[, cuál es| o no|, dime|]
        [sabéis|recordáis|tenéis] [mi nombre|quién soy|cómo me llamo][ los de la tienda|, chicos| ya|, por casualidad|]
        [cachai|te acordai|sabís|recordai] [cómo me llamo|mi nombre|quién soy|de mi nombre][ po| o no|, weón|]
        [cómo me llamo|quién soy|mi nombre cuál es] [po|pues|pe|oe|vea|mae|vos|causa|ñaño|cuate|chavo]
        [parce|parcero|hermano|mi llave|veci], [qué nombre le di|cómo es que me llamo yo|se acuerda de mi nombre|dígame mi nombre]
        [qué pena con usted|qué pena|me da pena preguntar], [cómo me llamo|cuál es mi nombre|me recuerda mi nombre]
        [tengo un lapsus|se me fue la onda|me quedé en blanco|tengo la mente en blanco], [cómo me llamo|cuál es mi nombre|quién soy yo]
        [estoy tan dormido|estoy tan cansada|ando tan mal de la cabeza|bebí tanto anoche] que [ya no sé cómo me llamo|olvidé mi nombre|no sé ni mi nombre][, dímelo|, y tú|]
        [me golpeé la cabeza y|acabo de despertar y|con esta fiebre|de tanto trabajar] no [recuerdo|sé|me acuerdo de] [mi nombre|cómo me llamo|quién soy][, ayúdame|]
        [mi terapeuta|mi psicóloga|mi <person>|mi maestra] [me pide|quiere] que [te pregunte|averigüe] [cómo me llamo|mi nombre|quién soy]
        [mi hija|mi <person>|mi compañero|mi suegra] [no se cree|duda|dice que no es verdad] que [sepas|recuerdes] [cómo me llamo|mi nombre|quién soy][, dilo|]
        [aposté|hice una apuesta|me juego un café] con mi <person> a que [sabes|recuerdas|dices] mi nombre[, no me falles|, dilo|, cuál es|]
        [mi <person> te pregunta|mi <person> pregunta|aquí mi <person> quiere saber] [cómo me llamo|mi nombre|cuál es mi nombre|con quién hablas]
        [dile|decile|cuéntale|dígale] a mi <person> [cómo me llamo|mi nombre|quién soy|quién te escribe]
        [si te preguntara|si te preguntase|si yo te preguntara|suponiendo que te pregunto] [mi nombre|cómo me llamo|quién soy][, sabrías|, qué dirías|, lo sabrías]
        [imagina|imaginá|haz de cuenta|supón] que [te preguntan|alguien pregunta|mi jefe te pregunta] [cómo me llamo|mi nombre|quién soy], [qué dices|qué contestas]
        [si tuvieras que|si hubiera que|si te tocara] [escribirme una carta|mandarme un paquete|anunciarme|llamarme a gritos], qué nombre [pondrías|usarías|dirías]
        [imagina que llego a una fiesta|estoy en la puerta|entro en la sala|me anuncias]: [qué nombre dices|cómo me llamo|quién soy]
        [al empezar|al encabezar|si redactas|al escribir] [una carta|un correo|una nota] para mí, [qué nombre pones|qué nombre escribirías|cómo me llamo]
        [salúdame|saludame|salúdeme|despídete de mí|felicítame] [como si me conocieras|con nombre y todo|usando el nombre que te di|por mi nombre de pila]
        [llámame|nómbrame|llamame|nombrame] por [el nombre que te di|mi nombre, a ver|mi nombre si te acuerdas|el nombre que ya sabes]
        [me gustaría|me encantaría|quisiera|me haría ilusión] [que dijeras|que repitieras|oírte decir|ver que recuerdas|que recordaras] [mi nombre|cómo me llamo]
        [me alegraría|me haría feliz|sería bonito|qué lindo sería] [si recordaras|que recordaras|si supieras] [mi nombre|cómo me llamo][, cuál es|]
        [solo|solamente|únicamente|nada más] [quiero saber|quería saber|te pregunto|pregunto] [si sabes mi nombre|cómo me llamo|si recuerdas quién soy|mi nombre]
        [la pregunta|mi pregunta|mi única pregunta|la duda] [es simple|es fácil|es esta|es otra]: [cómo me llamo|cuál es mi nombre|quién soy]
        [pregunta del millón|pregunta de repaso|repaso|pregunta número uno|control]: [cómo me llamo|cuál es mi nombre|mi nombre|quién soy]
        [primera pregunta|pregunta uno|pregunta de cultura general|pregunta con trampa|adivinanza]: [cómo me llamo|cuál es mi nombre|quién soy]
        [concurso|quiz|juego|trivia|minuto para ganar]: [cómo me llamo|mi nombre|cuál es mi nombre|qué nombre tengo]
        [por diez puntos|por un millón|por un caramelo|sin mirar|sin hacer trampa], [cómo me llamo|cuál es mi nombre|mi nombre]
        [te doy un premio|te doy cinco estrellas|te invito a un café|te perdono todo] si [dices|aciertas|recuerdas|sabes] [mi nombre|cómo me llamo]
        [me enojo|me enfado|me pongo triste|me voy] si no [sabes|recuerdas|te acuerdas de] [mi nombre|cómo me llamo|quién soy]
        [no me voy|no cuelgo|no te dejo en paz|no paro] hasta que [me digas|digas|recuerdes|repitas] [mi nombre|cómo me llamo]
        [llevamos rato hablando|llevamos {small} minutos hablando|después de tanto hablar|con todo lo que hablamos] y [no sé si sabes mi nombre|ni mi nombre sabes|no has dicho mi nombre]
        [después de todo este rato|a estas alturas|a esta altura de la charla], [sabes cómo me llamo|sabes mi nombre|ya sabrás quién soy|te acuerdas de mi nombre]
        [qué fue lo primero que te dije|qué fue lo que te dije al entrar|qué te dije al llegar]? mi nombre[, cuál era|, lo recuerdas|, dilo|]
        [lo primero que te dije fue|lo que te dije al llegar fue|empecé diciéndote] [mi nombre|cómo me llamo][, cuál es|, repítelo|, dilo]
        [si mal no recuerdo|creo|me parece|juraría] que [ya te dije|te había dado|te dejé] mi nombre[, cuál era|, lo tienes|, dímelo]
        [tengo|tendría] [un nombre|nombre], [no|verdad|cierto][? cuál es el mío|? dilo|? cuál es|? lo sabes]
        [todos tenemos nombre|cada quien tiene su nombre|toda persona tiene un nombre], [el mío cuál es|cuál es el mío|y el mío]
        [tu nombre es {bot}|tú, {bot}|te llamas {bot}|vos te llamás {bot}], [y mi nombre|y el mío|pero cuál es el mío|y cómo me llamo yo|y quién soy yo]
        [tú tienes nombre|sé cómo te llamas|a ti te llaman {bot}|a vos te dicen {bot}], [y a mí cómo me llaman|y a mí cómo me dicen|y yo cómo me llamo]
        [no tu nombre|no el tuyo|el tuyo no|no pregunto por ti|no digo tu nombre], [el mío|mi nombre|cómo me llamo yo|quién soy yo]
        no [te pregunto|pregunto|quiero saber] [cómo te llamas|tu nombre|quién eres|quién sos], sino [cómo me llamo|mi nombre|quién soy]
        [no el de mi <person>|no el de la tienda|no el de la empresa|no el de otro cliente], [el mío|mi nombre|cómo me llamo yo]
        [de los dos|entre tú y yo|aquí], [yo cómo me llamo|cómo me llamo yo|cuál es mi nombre|quién soy yo]
        [cliente|usuario|persona|contacto]: [quién soy|cómo me llamo|cuál es mi nombre|mi nombre cuál es]
        [nombre mío|el nombre mío|nombre del que escribe|nombre de la que escribe|nombre de quien te habla][, cuál es|, por favor|, dilo|]
        [recordatorio|memoria|ficha del cliente|datos del usuario|mi ficha|mi perfil]: [mi nombre|cómo me llamo|nombre cuál es]
        [qué dice|qué pone|qué aparece en|qué hay en] [mi ficha|mi perfil|tu registro|tu lista] [como|sobre|en] mi nombre
        [qué nombre|cuál nombre] [aparece|sale|figura|consta|está] [en mi ficha|en mi perfil|en tu lista|en tus registros|para este chat]
        [bajo qué nombre|con qué nombre|cómo] [figuro|aparezco|consto|salgo] [en tu lista|en tus notas|en el sistema|ahí|en tu registro]
        [cómo me tienes|cómo me tenés|cómo me tiene|cómo me tienen] [puesto|apuntado|apuntada|anotada|en el sistema|en la agenda]
        [me tienes|me tenés|me tiene] [agendado|apuntada|registrada|guardado] [como quién|como qué|con qué nombre|a nombre de quién]
        [mi nombre te suena|te suena cómo me llamo|te suena mi nombre|mi nombre te dice algo][, cuál es| o no|, dilo|]
        [sabes|sabrías|podrías] [nombrarme|llamarme por mi nombre|decir quién te escribe|decir con quién chateas|identificarme]
        [puedes|podés|podría] [identificarme|reconocerme|decir con quién hablas|nombrarme|decirme quién soy][ o no|, por favor|, a ver|]
        [eres capaz de|sos capaz de|te ves capaz de|serías capaz de] [recordar|repetir|decirme|escribir] [mi nombre|cómo me llamo]
        [dime algo|cuéntame algo|di algo] [sobre mí|de mí|que sepas de mí][: mi nombre|, por ejemplo mi nombre|: cómo me llamo]
        [qué es lo que sabes de mí|qué datos tienes de mí|qué te dije de mí]? [mi nombre|cómo me llamo|mi nombre, por ejemplo]
        [aparte de mi edad|además de dónde vivo|fuera de lo demás|de lo que te conté], [sabes|recuerdas|tienes] [mi nombre|cómo me llamo]
        [te conté|te dije] [de dónde soy|mi edad|muchas cosas] y [mi nombre|cómo me llamo][, cuál es|, lo recuerdas|, te acuerdas]
        [ya olvidé|olvidé|no sé] [si te dije|si te di|si llegué a darte] [mi nombre|cómo me llamo|el nombre], [lo tienes|te lo dije|lo sabes]
        [te di|te llegué a dar|te dejé|te pasé|te mandé|te escribí] mi nombre[? cuál|, no| o no|, verdad| o se me olvidó|]
        [me faltó|se me pasó|olvidé] [darte|decirte|escribirte] mi nombre[ o ya lo sabes| o sí lo tienes|? lo sabes|, o no]
        [por si|si es que|a ver si] [lo olvidaste|te olvidaste|se te borró]: [cómo me llamo|sabes mi nombre|cuál es mi nombre]
        [ya que hablamos|ya que estamos|ya que nos conocemos|ahora que somos amigos], [cómo me llamo|sabes mi nombre|cuál es mi nombre|quién soy]
        [somos amigos|ya somos amigos|somos panas|nos llevamos bien], [no|verdad]? [entonces sabes mi nombre|cómo me llamo|y mi nombre cuál es]
        [un buen amigo|un buen vendedor|un buen asistente|una buena recepcionista] [recuerda|sabe] los nombres, [cuál es el mío|el mío cuál es|dime el mío]
        [hola de nuevo|hola otra vez|buenas de nuevo|ya regresé|volví de almorzar], [te acuerdas de mí|sabes quién soy|cómo me llamo|recuerdas mi nombre]
        [me fui un rato|me desconecté|se cortó|se me cerró el chat], [sigues sabiendo mi nombre|recuerdas quién soy|cómo me llamo]
        [ayer te dije|la otra vez te dije|el otro día te conté|hace tiempo te dije] [mi nombre|cómo me llamo], [cuál es|lo recuerdas|te acuerdas]
        [es para probarte|es una prueba|te estoy probando|estoy testeando tu memoria|test]: [mi nombre|cómo me llamo|quién soy|cuál es mi nombre]
        [cómo me llamo|quién soy|cuál es mi nombre]? [es una prueba|te estoy probando|no mires arriba|sin trampas|es para ver si atiendes]
        [cómo me llamo|cuál es mi nombre|quién soy]? [tienes diez segundos|te escucho|a ver si aciertas|espero respuesta|no vale mentir]
        [cómo me llamo|cuál es mi nombre|sabes mi nombre]? [te lo dije antes|ya te lo dije|te lo dije al principio|lo escribí arriba|lo puse al saludar]
        [cómo me llamo|mi nombre cuál es|quién soy]? [que ya no me acuerdo|es que tengo sueño|que me has liado|porque me confundí|es que me confundes]
        [cómo me llamo|quién soy|mi nombre cuál es], [que no me lo has dicho|que no has dicho mi nombre|que aún no me llamas por él]
        [nunca|todavía no|aún no|ni una vez] [dices|has dicho|dijiste|usas] mi nombre[, lo sabes|, cuál es|, te lo sabes|, lo olvidaste]
        [por qué no|cómo es que no] [dices|usas|recuerdas|sabes] mi nombre[? cuál es|? lo olvidaste|? dilo|]
        [cómo que no sabes|cómo no vas a saber|cómo es posible que no sepas|cómo puede ser que no sepas] [mi nombre|cómo me llamo|quién soy], [te lo dije|dilo|piensa]
        [haz memoria|hacé memoria|piensa un poco|esfuérzate|concéntrate|pensá], [cómo me llamo|cuál es mi nombre|quién soy|mi nombre]
        [si prestaste atención|si estabas atento|si me leíste|si me escuchaste|si leíste bien], [sabes mi nombre|dime mi nombre|cómo me llamo|sabrás quién soy]
        [prestaste atención|estabas atento|me escuchaste|leíste lo que puse]? [cómo me llamo|cuál es mi nombre|entonces dime mi nombre]
        [atento|atenta|ojo|alerta|concentración]: [cómo me llamo|cuál es mi nombre|mi nombre|quién soy]
        [y por último|y ya para acabar|antes de despedirnos|antes de decir adiós|me voy, pero], [cómo me llamo|cuál es mi nombre|dime mi nombre|recuerdas mi nombre]
        [la hora no|no pregunté la hora|el día no|olvida la hora|deja la hora], [dime mi nombre|cómo me llamo|mi nombre|quiero mi nombre]
        [eso no|eso no era|no te pregunté eso|no era eso], [pregunté mi nombre|te pregunté cómo me llamo|quiero mi nombre|digo mi nombre]
        [sin contar nada más|sin cuentas ni horas|ahora sin números|nada de números], [mi nombre|cómo me llamo|dime mi nombre|quién soy]
        [mi nombre|mi nombre es|yo soy|yo me llamo] [cuál|cómo|quién][, recuérdamelo|, te lo sabes|, dime|, che|, tío|, que no me acuerdo]
        [mi nombre|minombre|mi nmbre|mi nombe] [xfa|porfis|pliis|plz|dime|??|lo sabs|cual es]
        [t acuerdas|te acuerds|te acurdas|t acordas] [como me llamo|de mi nmbre|d mi nombre|kien soy]
        [sbes|sabs|save|sabez] [komo me yamo|como m llamo|cm me llamo|quien soy io|mi nmbre]
        [dim|dime|dme|dimelo] [cm me llamo|como m llamo|mi nmbre|quien soi]
        [cm|como|cmo] [m llamo|me yamo|me llmo] [yo|xd|jaja|we|tio|dime|bro]
        [esteee|eeeh|mmm|a ver este|pues este] [cómo me llamaba yo|mi nombre cómo era|cómo era que me llamo|cuál es que era mi nombre]
        [oye una cosa|oye mira una cosa|espera una cosa|escucha una cosa] [tú sabes cómo me llamo yo|tú te acuerdas de mi nombre|cómo me llamo yo]
        [yo hablar poco español|perdón mi español|mi español es malo|no hablo bien], [cómo yo me llamo|qué es mi nombre|cuál mi nombre es]
        [qué es|cual es el|como es] [mi nombre|nombre de mí|nombre mío][ por favor| tú saber| recuerdas|]
        [por qué nombre|por cuál nombre|con qué nombre] [respondo|me conocen aquí|me has llamado|me vas a llamar|debo responder]
        [qué nombre|cuál es el nombre que] [me pusieron|llevo|tengo|me pusieron mis padres|uso][, según tú|, según lo que te dije|, recuérdame|, dime]
        [cómo me pusieron|qué nombre me pusieron|cómo me bautizaron] [mis padres|de nombre|al nacer], [te lo dije antes|ya te lo conté|lo recuerdas]
        [mi gracia|mi nombre de pila|mi nombrecito|mi santo nombre] [cuál era|cuál es|cómo era|es][, lo recuerda|, diga usted|, dime|]
        [a quién debo|a quién le debes|con quién tienes] [el gusto|el placer|el honor] de [estar hablando|atender|conversar], [cómo me llamo|o sea, quién soy]
        [te presento a alguien|voy a presentarte a mi <person>|mi <person> está aquí], pero [primero|antes] [cómo me llamo yo|dime mi nombre|di quién soy]
        [preséntame|presentame|presénteme] [a mi <person>|ante todos|ante la clase|al grupo][: quién soy|, cómo me llamo|, di mi nombre]
        [verificación|comprobación|control de identidad|confirmación]: [mi nombre|cómo me llamo|quién soy|el nombre que di]
        [por seguridad|por protocolo|para verificar|para confirmar la cita], [qué nombre mío tienes|dime mi nombre|confirma mi nombre|repite mi nombre]
        """,
        "tell_name": """
        {name}[, mucho gusto|, un placer|, encantada|, a la orden|, para servirle|, gusto en saludarte|, presente]
        [un placer|mucho gusto|encantada|un gusto|placer], {name}[, para servirle| por acá|, a sus órdenes|]
        [aquí|acá|al habla|reportándose|presente], {name}[, buenas|, qué tal|, cómo va todo|, otra vez molestando]
        [hola|buenas|buenos días|buenas tardes][,|!|.] {name} [al habla|por aquí|de nuevo|al teclado|a la escucha|reportándose]
        [hola|buenas], [con {name}|habla con {name}|estás hablando con {name}|le habla {name}|te saluda {name}] [y quería hacer una consulta|para hacer un pedido|por lo del pedido]
        [habla|hablas|está hablando|se comunica|se está comunicando] con {name}[, dígame|, a la orden|, para servirle|, mucho gusto|]
        [con usted|contigo|con vos] [habla|está|está hablando] {name}[, mucho gusto|, a la orden|, buenas|]
        [le escribe|te escribe|le saluda|se dirige a usted|le contacta] {name}, [su clienta de siempre|de la oficina de al lado|vecina del edificio|del grupo de los martes]
        [le escribe|te escribe|le saluda|se comunica] {name} [de contabilidad|de la escuela|del segundo piso|de recursos humanos|de la panadería|del taller]
        [soy|habla|aquí|le saluda] {name}, de [contabilidad|ventas|recursos humanos|la recepción|la farmacia|la imprenta|la aseguradora]
        [soy|acá|aquí] {name}, [la hija de la dueña|el sobrino del panadero|la nueva vecina|el del taller|la mamá del niño rubio|el de la moto]
        [soy|me llamo] {name}, [trabajo de|trabajo como|soy] [enfermera|electricista|fontanero|camarera|chófer|dentista|plomero|repartidor]
        [soy|me llamo] {name}[, y| y] [trabajo en una fábrica|doy clases|estudio derecho|tengo una tienda|vendo empanadas|conduzco un taxi|toco la guitarra]
        [me llamo|mi nombre es|soy] {name} y [llamo|escribo|les escribo|contacto] [por un pedido|por la reserva|para pedir cita|por el anuncio|por una queja]
        [me llamo|mi nombre es|soy] {name} y [quiero|quisiera|quería|necesito] [hacer un pedido|reservar una mesa|devolver unos zapatos|pedir cita|poner una queja]
        [quiero|quisiera|quería] [hacer un pedido|reservar una mesa|pedir cita|encargar una tarta], [mi nombre es|me llamo|a nombre de] {name}
        [una mesa para dos|una cita para el lunes|un pedido para llevar|una habitación doble], [a nombre de|a mi nombre,|el nombre es] {name}
        [la reserva|la cita|la mesa|la factura|el paquete|el pedido] [está a nombre de|viene a nombre de|va a nombre de|ponla a nombre de] {name}[, que soy yo|, o sea yo]
        [póngalo|ponlo|apúntelo|apúntalo|anótelo|hágalo|ponelo] a nombre de {name}[, gracias|, que soy yo|, por favor|]
        [puede anotar|puede apuntar|puedes anotar|podés anotar|vaya anotando|ve apuntando|ya puedes apuntar][:| mi nombre:] {name}
        [anote|apunte|tome nota|registre][: mi nombre es|, me llamo|: soy|, mi nombre,|: nombre,] {name}
        [toma nota|tomá nota|tome nota|apunta ahí|anotá ahí|escríbelo][: |, ][me llamo|soy|mi nombre es] {name}
        [el nombre|el nombre mío|mi nombre entero|el nombre de pila|el nombre que uso] [es|sería|viene siendo|va a ser] {name}
        [firma|firmado|fdo|le firma|se despide|suya|suyo], {name}
        [un saludo|saludos|un cordial saludo|muchas gracias de antemano|quedo a la espera|cordialmente|sin otro particular], [le saluda |firma |se despide |]{name}
        [necesito ayuda con mi cuenta|tengo un problema con el pedido|no me llega el correo|quiero cambiar la talla][.|,] [soy|me llamo|firmado,|mi nombre es] {name}
        [llamo por|escribo por|vengo por|pregunto por] [la oferta de trabajo|el piso|el coche que venden|lo de ayer|el curso], [soy|me llamo|mi nombre es] {name}
        [ya hablamos ayer|hablé con ustedes el lunes|llamé esta mañana|escribí la semana pasada], [soy|me llamo|mi nombre es] {name}
        [soy|habla|aquí] {name}, [hablamos ayer por teléfono|la que llamó esta mañana|el del correo de ayer|la del vestido azul|el que dejó el coche]
        [soy|me llamo] {name} y [no encuentro mi pedido|no puedo entrar en mi cuenta|perdí mi tarjeta|se me rompió la lavadora|me llegó otra cosa]
        [me presento|paso a presentarme|me presento rápido|para quien no me conozca|para los que no me conocen]: {name}[, vecina del barrio|, {small} años|, de {city}|, cocinera|]
        [me presento|permíteme que me presente|permítame que me presente|dejen que me presente], [mi nombre es|soy|me llamo] {name}[ y vivo en {city}| y tengo {small} años| y vengo a aprender|]
        [ante todo|antes de pedir nada|lo primero de todo|por educación|como es debido|primero, la presentación][,|:] [soy|me llamo|mi nombre es|yo soy] {name}
        [qué descortés|qué maleducado soy|qué cabeza la mía|perdona mis modales|qué torpe], [no te dije mi nombre|no me presenté|no me he presentado][: |, soy |. Me llamo ]{name}
        [no sé si te dije|creo que no te dije|no sé si lo mencioné|igual no te dije], [pero |][me llamo|soy|mi nombre es] {name}
        [por si no lo sabías|por si no te lo dije|por si no lo dije|por si hace falta|por si te sirve], [me llamo|soy|mi nombre es] {name}
        [que sepas que|para que conste|te aviso que|te confieso que|te comento que|te digo de una vez que] [me llamo|soy|mi nombre es] {name}
        [yo soy|yo me llamo|mi nombre es] {name}, [y usted quién es|y usted cómo se llama|con quién tengo el gusto|y con quién hablo yo|y tú cómo te llamas]
        [con quién hablo|quién me atiende|cómo te llamas|quién eres]? [yo soy|yo me llamo|soy|aquí] {name}
        [tú quién eres|vos quién sos|usted quién es]? [yo|bueno, yo|por mi parte] [soy|me llamo|vendría a ser] {name}
        [encantado de conocerte|encantada de conocerle|mucho gusto en conocerlo|qué bueno conocerte|un gusto conocerte], [soy|me llamo|yo soy|mi nombre es] {name}
        [gracias, {bot}|hola, {bot}|qué tal, {bot}|mucho gusto, {bot}|encantado, {bot}][. |, ][yo |][soy|me llamo] {name}
        {bot}, [te presento a tu nuevo usuario|a partir de hoy hablas conmigo|anota esto|apunta]: [soy|me llamo|mi nombre es] {name}
        [no, {bot} eres tú|tú eres {bot}, no yo|no me llamo {bot}|no soy {bot}, ese eres tú], [yo soy|yo me llamo|mi nombre es] {name}
        [no, es|no no, es|nop, es|perdón, es|error, es] {name}[, con tilde|, con hache|, con zeta|, sin hache|, con dos eles|, con k]
        [no|perdón|no no|ey no|te confundes], [me llamo|soy|es|mi nombre es] {name}, no [Ana|Juan|Pepe|Mari|Paco|Lola|Luis|Toño|señora]
        no [soy|me llamo|es] [Ana|Juan|Pepe|Mari|Paco|Lola|María|Nacho|Charly], [soy|me llamo|es|sino] {name}
        [todos creen que me llamo|me confunden con|antes me decían|en el trabajo me dicen|mi hermana es] [Ana|Juan|Pepe|Mari|Paco|Lola|Luis], pero [me llamo|soy|mi nombre es] {name}
        [mi <person> se llama|mi colega se llama|mi colega es|mi socio es|en casa hay otro,] [Juan|Pepe|Luis|Carlos|Paco|Toño] y [yo |][me llamo|soy] {name}
        [el de la cuenta es|la titular es|el contrato está a nombre de|el pedido lo hizo] mi <person>, [yo soy|yo me llamo|pero yo soy|mi nombre es] {name}
        [este es|escribo desde|es|uso] el [número|teléfono|móvil|celu|correo] de mi <person>[, yo soy|, pero yo soy|; me llamo|, y yo me llamo] {name}
        [mi apellido es largo|mi apellido no importa|el apellido da igual|sin apellidos], [me llamo|soy|de nombre] {name}
        [mis amigos|mis vecinos|en casa|en el cole|en la oficina|los del barrio] me [dicen|llaman|conocen como] {name}, [así que úsalo|y usted también puede|llámame así]
        [me pusieron|me bautizaron como|me registraron como|me inscribieron como] {name}[ por mi abuela| por un futbolista| en honor a mi tía|, cosas de mi padre|]
        [de nacimiento|en el dni|en mi cédula|legalmente|para el banco|oficialmente|en el pasaporte] [soy|me llamo|aparezco como|figuro como] {name}
        [nombre|mi nombre|nombres|nombre del cliente|nombre del titular|nombre de contacto][:| -|:] {name}[, edad {small}|, ciudad {city}|, cliente nuevo|]
        [nombre|name|nombre completo]: {name}[.|,|;] [motivo|asunto|consulta]: [devolución|una duda|pedido|cita|reclamo]
        [asunto|motivo|consulta]: [cita|devolución|pedido|duda|cambio]. [Nombre|Mi nombre|De|Cliente]: {name}
        [es|soy|hola es|ey, soy|que soy|pues soy] {name}[, el primo de la novia|, la de la bici|, el del bar|, la del perro grande|, el zurdo|, la pelirroja]
        [soy yo|soy yo otra vez|aquí yo|yo de nuevo|otra vez yo][, |: |... ]{name}[, por si no me reconoces|, no te asustes|, la de ayer|]
        [adivina|adiviná|sorpresa|tachán|tarán|atención][:|!|,] [soy|me llamo|aquí|llegó|se presenta] {name}
        [el gran|la gran|el único|la única|el inigualable|la famosa|el mismísimo] {name}[ ha llegado|, ese soy yo|, a tu servicio|, o sea yo]
        [ha llegado|acaba de llegar|entró al chat|se conectó|llegó|apareció] {name}[, o sea yo|, que soy yo|, tu usuario favorito|, el de siempre]
        [me llamo|soy|mi nombre es] {name}[, como el de la tele| como el río|, sin chistes por favor|, y no te rías|, no se ría| aunque parezca broma]
        [me llamo|soy|mi nombre es] {name}[, así, tal cual|, tal como suena|, tal como lo lees|, escrito así|, todo junto|, en minúsculas]
        [me llamo|mi nombre es|soy] {name}[, apúntalo bien|, escríbalo bien|, que no se te olvide|, grábatelo|, no me lo cambies|, recuérdelo usted]
        [me llamo|mi nombre es|soy] {name}[, no me digas de otra forma|, y punto|, nada de apodos|, nada de diminutivos|, sin diminutivos]
        [me llamo|mi nombre es|soy] {name}[, tengo {small} y vivo en {city}|, nací en {city}|, vengo desde {city}|, escribo desde {city}, un gusto]
        [vivo en {city}|soy de {city}|vengo de {city}|estoy de visita en {city}|nací en {city}] y [me llamo|mi nombre es|todos me dicen] {name}
        [tengo {small} años|soy jubilada|soy estudiante|soy nuevo en el barrio|soy mamá primeriza], [me llamo|y me llamo|mi nombre es|de nombre] {name}
        [no hablo mucho español|mi español no es bueno|estoy aprendiendo español|perdón por mi español], [mi nombre es|me llamo|yo soy|yo llamo] {name}
        [yo ser|yo llamar|mi llamo|mi nombre esta|mi nombre está|yo nombre es] {name}
        [yo llamo|me llamar|mi llama|mi nombre ser|me llamo es|yo me llamo es] {name}
        [soi|zoy|soii|aki|akii|io soy|sooy] {name}[ xd| jsjs| jaja| un gusto| q tal| y tu|]
        [m llamo|me llmo|mllamo|mi nmbre es|mi nmb es|mi nom es] {name}[ y tu| xd| bro| wey|]
        [hola q tal|ola k tal|hey q hay|wenas q onda|holi holi] [soy|aquí|me llamo|habla] {name}
        [hola|buenas tardes|qué tal|buenos días] [este |eh |mira |]mi nombre es {name} [y este llamaba por|y quería preguntar por|y le hablo por] [lo del seguro|la lavadora|una cita|mi pedido]
        [sí|aló|bueno|diga|dígame|hola sí|sí buenas] [habla|le habla|soy|con] {name}[ dígame| mucho gusto| buenas| cómo le va|]
        [sí, dígame|sí, dime|mande|sí, a la orden|sí, con ella|sí, con él], [soy|habla|le habla|yo soy] {name}
        [le habla|se le saluda de parte de|lo saluda|la saluda|se reporta] {name}[, qué tal está|, cómo le va|, espero que esté bien|, un gusto]
        [quien suscribe|el que suscribe|la que suscribe|quien le escribe|el abajo firmante|la abajo firmante], {name}[, le saluda|, solicita ayuda|, queda a la espera|]
        [tengo el gusto de presentarme|me permito presentarme|quisiera presentarme|me es grato presentarme][: mi nombre es|, soy|: me llamo|, mi nombre es] {name}
        [reciba un cordial saludo|reciba mis saludos|espero que se encuentre bien|es un honor], [mi nombre es|soy|le escribe] {name}
        [a mí puedes|a mí podés|a mí puede usted|pueden ustedes|podéis] [llamarme|decirme|conocerme como|tratarme de] {name}
        [llámeme|llámame|llamame|decime|dígame] {name}[, por favor|, que es más corto|, como todos|, si le parece|, no don nada|, que somos de confianza]
        [llámame|puedes llamarme|me puedes decir] {name}, [así me gusta|es más fácil|es mi nombre artístico|así firmo|así me conocen en {city}]
        [mejor|más fácil|para resumir|en corto|abreviando], [llámame|dime|decime|me dicen] {name}
        [cuando me contestes|cuando me escriba|al responder|si me escribes], [usa el nombre|pon|ponga|pon que soy] {name}
        [dirígete|diríjase|dirigite] a mí como {name}[, por favor|, gracias|, si no es molestia|]
        [desde hoy|a partir de ahora|de ahora en adelante|desde ya|en este chat], [llámame|me llamo|soy|seré|dime] {name}
        [cambié de nombre|me cambié el nombre|me casé y ahora|acabo de cambiarme el nombre][: |, ][soy|me llamo|ahora me llamo] {name}
        [actualiza|corrige|cambia|modifica|arregla] mi nombre[: ahora es|, es|: me llamo|, por favor: es] {name}
        [lo escribiste mal|lo pusiste mal|te faltó una letra|te sobra una letra|te comiste una letra][: es|, es|, me llamo|: soy] {name}
        [me dijiste|pusiste|usaste|escribiste] [otro nombre|un nombre raro|un nombre que no es], [soy|me llamo|es] {name}
        [esa era mi <person>|ese era mi <person>|antes escribía mi <person>|el de antes era mi <person>], [ahora soy|yo soy|yo me llamo|soy] {name}
        [cambio de persona|cambio de turno|ahora escribe otra persona|relevo|le paso el teléfono]: [soy|me llamo|habla|ahora escribe] {name}
        [somos dos|somos varios|estamos en familia|somos un equipo], [yo soy|pero yo soy|te escribe|y quien escribe es|yo me llamo] {name}
        [puedes decirme como quieras|dime como quieras|llámame como quieras], [pero |aunque ][me llamo|mi nombre es|soy] {name}
        [no es que importe|no importa mucho|da lo mismo|qué más da|total], pero [me llamo|mi nombre es|soy] {name}
        [vale|ok|okey|dale|bueno|listo|sale|va|sí], [me llamo|soy|mi nombre es|pues soy|anota,] {name}
        [claro que sí|cómo no|con gusto|por supuesto|obvio|desde luego|faltaba más], [soy|me llamo|mi nombre es|es] {name}
        [ya que lo pides|ya que insistes|si insistes|está bien, te lo digo|bueno, te digo|te lo digo], [me llamo|soy|mi nombre es|es] {name}
        [¿mi nombre? |¿que quién soy? |¿quién, yo? |¿cómo me llamo? ][me llamo |soy |es ]{name}[, obvio|, faltaba más|, a la orden|, che|, tío]
        [mi nombre|mi nombre de verdad|mi nombre real|mi nombre actual], [por cierto|por si acaso|para tu ficha|ya que estamos], es {name}
        [es|sería|pues] {name}, [mi nombre|ese es mi nombre|así me llamo|es mi nombre de pila|como mi abuela]
        {name}[, sí, como suena|, así me llamo yo|, ese es mi nombre completo|, así firmo|, así consta en mi dni|, así me bautizaron]
        {name} [es mi nombre completo|es mi nombre real|es el nombre que uso|es quien te escribe|es quien le habla|te escribe desde {city}]
        {name} [de {city}|desde {city}], [un gusto|hola a todos|mucho gusto|encantada|buenos días]
        {name}, [{small} años|vecina de {city}|de {city}|cliente desde hace {small} años|pensionado|estudiante de medicina][, mucho gusto|, hola|, encantado|]
        [aquí|acá|por aquí|desde acá] {name}, [reportándome|escribiéndote desde {city}|con una dudita|con problemas|esperando respuesta|ya tú sabes]
        [acá|aquí|por acá] [está|anda|te escribe|andamos] {name}[, che|, pues|, mi hermano|, pana|, causa|, parce|]
        [che|boludo|loco|flaco|amigo], [acá|soy|me llamo|habla] {name}[, todo bien|, todo piola|, cómo va|, cómo andás|]
        [qué onda|quiubo|qué transa|qué pex|qué pedo], [soy|aquí|habla|me llamo] {name}[, wey|, carnal|, mi buen|, compa|]
        [qué pasa|qué hay|buenas|ey|aúpa|muy buenas], [soy|que soy|aquí] {name}[, tío|, majo|, chaval|, colega|, guapa|]
        [epa|épale|qué fue|háblame|qué hubo pues], [soy|habla|te saluda|me llamo] {name}[, mi pana|, chamo|, vale|, parce|]
        [hola po|wena|aló po|qué tal po], [soy|me llamo|habla|te escribe] {name}[, po|, ya|, cachai|]
        [pura vida|tuanis|buenas, mae|diay], [soy|me llamo|le habla|aquí] {name}[, mae|, un gusto|]
        [yo|mirá, yo|vos sabés, yo|bueno, yo] [soy|me llamo] {name}[ y ya|, nada más|, y vos|, por si te interesa|, mucho gusto]
        [te llamás {bot}|tu nombre es {bot}|veo que te llamas {bot}|lindo nombre, {bot}], [el mío es|yo soy|yo me llamo|mi nombre es] {name}
        [hola a todos|hola gente|hola equipo de {business}|buenas, {business}|hola, {business}], [soy|me llamo|aquí|mi nombre es|les habla] {name}
        [estimados señores|estimado equipo|a quien corresponda|muy señores míos|buenas tardes equipo][:|,] [mi nombre es|soy|les escribe|me llamo] {name}
        [hola|buenas], [hablo con|es|estoy hablando con] {business}? [soy|me llamo|mi nombre es|les habla] {name}
        [hola|buenas], [soy clienta de|compré en|trabajo en|pasé ayer por] {business}[, me llamo| y me llamo|, mi nombre es|; soy] {name}
        [busco trabajo|vi su anuncio|me recomendaron este sitio|mi <person> me dio este número|me dijeron que escribiera aquí], [soy|me llamo|mi nombre es] {name}
        [estoy interesado en|me interesa|quiero información sobre|vi] [el curso|el piso|la oferta|el coche|las clases]. [Me llamo|Soy|Mi nombre es|Atentamente,] {name}
        [me urge hablar con alguien|necesito hablar con alguien|es urgente|estoy muy molesta|llevo horas esperando], [soy|me llamo|mi nombre es|habla] {name}
        [ya van tres veces que lo digo|por tercera vez|te lo repito|lo repito|ya lo dije|otra vez]: [me llamo|soy|mi nombre es] {name}
        [escúchame bien|a ver si queda claro|que te quede claro|métetelo en la cabeza|grábatelo], [me llamo|soy|mi nombre es] {name}
        [no te burles|no te rías|en serio|sin bromas|de verdad|te lo juro], [me llamo|soy|mi nombre es] {name}
        [mi nombre|mi nombre real|el nombre de quien te escribe|el nombre de tu usuario|el nombre del cliente] es {name}[, por si preguntan|, para el registro|, gracias|]
        [tu usuario|tu cliente|tu interlocutor|quien te habla|quien te lee|el humano de este chat] [se llama|es|responde al nombre de] {name}
        [me conocen por|me conocen como|se me conoce como|firmo como|en las redes soy|artísticamente soy|en el juego soy] {name}[, un gusto|, encantada|]
        [yo me apunto|me registro|me inscribo|quiero registrarme|inscríbeme|dame de alta] [como|con el nombre de|con el nombre] {name}
        [sumame|agregame|agrégame|inclúyame|apúntame|ponme en la lista] [como|con el nombre|a nombre de] {name}[, porfa|, gracias|]
        [no tengo apodo|no tengo segundo nombre|no uso apodos|solo tengo un nombre], [me llamo|soy|es|simplemente] {name}
        [te cuento de mí|algo sobre mí|un poco de mí|datos míos|sobre mí]: [me llamo|soy|mi nombre es] {name}[, tengo {small} años|, vivo en {city}|, me gusta bailar|]
        [cumplo {small} hoy|hoy cumplo {small}|me gusta el fútbol|me encanta cocinar|tengo dos gatos] y [me llamo|mi nombre es|soy] {name}
        [acabo de mudarme a {city}|me mudé a {city}|llegué hoy a {city}|vine a {city} por trabajo][ y me llamo|, mi nombre es|, soy] {name}
        [si me preguntan digo que|por documento|según mi madre|si te preguntan quién soy, di que] [soy|me llamo] {name}
        [alguien llamado|alguien que se llama|una señora llamada|un señor llamado|un chico llamado|una chica llamada] {name} [te escribe, soy yo|quiere hablarte, soy yo|está escribiendo esto]
        [en esta conversación|en este juego|para esta charla|en la vida real|fuera de internet|de puertas adentro] [soy|me llamo|mi nombre es|me dicen] {name}
        [aprende|aprendé|aprenda|aprendete|apréndete|memorízate] [mi nombre|esto|este nombre]: [me llamo |soy |]{name}
        [pon|ponga|escriba|escribe] {name} [como remitente, soy yo|en la tarjeta, es mi nombre|en el sobre, que soy yo|en el pedido, es mi nombre]
        [quien recoge el pedido|quien paga|quien viaja|el que pasa a recoger|la que asiste|quien firma] [soy yo,|se llama, o sea yo,|es una servidora,] {name}
        [soy tu vecina|soy el cartero|soy la nueva profe|soy el fontanero|soy la chica de ayer|soy el señor del tercero], [me llamo |mi nombre es |]{name}
        [mi <person> habla de ti|mi <person> te usa mucho|mi <person> me habló de ustedes]. [Yo me llamo|Mi nombre es|Yo soy] {name}
        [hace frío y|estoy aburrida,|no puedo dormir,|estoy en el bus,|estoy en clase,] [me llamo|soy|y soy] {name}[ y quiero charlar|, hablemos| y busco conversación|, acompáñame]
        [buscas a alguien|preguntabas por mí|me llamaste|me buscabas|me andaban buscando]? [soy|yo soy|aquí está|acá está] {name}
        [recibí su mensaje|vi su llamada perdida|me llamaron de este número|me escribieron ayer], [soy|habla|me llamo|mi nombre es] {name}
        [por favor|porfa|si es posible|se lo ruego], [ponga|escriba|anote|use] mi nombre [completo|bien|correcto][: |, que es ]{name}
        [todo el mundo se equivoca|nadie lo escribe bien|siempre lo escriben mal|es raro, ya sé], [pero |][me llamo|mi nombre es|es] {name}
        [uno se llama como puede|qué nombre más feo|no lo elegí yo|no es culpa mía], [pero |][me llamo|soy|mi nombre es] {name}
        [dos datos|dos cosas|tres cosas|lo básico|resumen]: [soy|me llamo] {name}[ y tengo {small} años| y tengo prisa| y odio esperar| y vivo en {city}|, y nada más]
        [entrada de voz|dictando|te dicto|mensaje de voz]: [hola |][me llamo|soy|mi nombre es] {name} [punto|coma mucho gusto|punto final|y ya está]
        [luego|después|más tarde|al final] [te voy a preguntar mi nombre|te pregunto cómo me llamo|te tomo examen]: [me llamo|soy|es] {name}
        """,
    }
)
