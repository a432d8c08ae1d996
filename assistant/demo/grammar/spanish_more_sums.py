"""More ways to ask for a sum in Spanish, by a second author."""

from .expand import blocks

FRAMES = blocks(
    {
        "sum": """
        [me dirías|me sabrías decir|me podrías decir|sabrías decirme|me puede decir] cuánto [es|da|son] {sum}
        [sabes|sabés|sabe|sabrás|sabrá] cuánto [es|da|hace|sería|serían|me da] {sum}
        [me regalas|me das|me da|me pasas|me dices] [el resultado de|el total de|la respuesta de] {sum}
        [me haces|me hacés|me hace|me resuelves] {sum}[, porfa|, por favor|]
        [me resolvés|me calculas|me calculás] {sum}[, porfa|, por favor|]
        [me sacas|sácame|sacame|sáqueme] [la cuenta|el total|el resultado|el cálculo] de {sum}
        [hazme el favor de|hágame el favor de|haceme el favor de] [calcular|resolver|sacar] {sum}
        [sería|es usted|eres] tan amable de [calcular|resolver|calcularme|decirme cuánto es] {sum}
        [ponte a calcular|ponte a resolver|encárgate de] {sum}
        [intenta calcular|intenta resolver|trata de resolver] {sum}
        [resolvé|calculá|hacé|sacá|computá|resolveme|calculame] {sum}[, che|, dale|, porfa|]
        [resuélveme|resuélvame|calcúleme|resuelve esto|calcula esto|haz esto|resuelve tú][:|] {sum}
        [calcula|resuelve|haz|averigua] [el resultado de|cuánto es|el valor de] {sum}
        [determina|obtén|halla|encuentra] [el resultado de|cuánto es|el valor de] {sum}
        [quiero que|necesito que] me [calcules|resuelvas|hagas|digas cuánto es|digas cuánto da] {sum}
        [quisiera|me gustaría|desearía|me urge|me interesa|me hace falta] saber cuánto [es|da|son] {sum}
        [necesito|quiero|quisiera] [el resultado|la respuesta|el total|el valor] de {sum}
        [me hace falta|me piden|busco] [el resultado|la respuesta|el total|el valor] de {sum}
        [necesito|quiero|debo] [resolver|calcular|sacar|averiguar] {sum}[, ayúdame|, cuánto da|]
        [tengo que|me toca] [resolver|calcular|sacar|averiguar] {sum}[, ayúdame|, cuánto da|]
        [tengo que entregar|me dejaron de tarea] {sum}[, cuánto es|, cuánto da|]
        [me pusieron en clase|me tocó en el examen] {sum}[, cuánto es|, cuánto da|]
        [mi profe pregunta|la maestra pide|en el cole piden] cuánto es {sum}
        [en el examen sale|mi hijo pregunta] cuánto es {sum}
        [mi <person>|mi profe|la maestra|mi jefe] [dice que calcule|quiere saber cuánto es] {sum}
        [mi <person>|mi profe|la maestra|mi jefe] me pide calcular {sum}
        [mi <person> y yo discutimos|tengo una apuesta|hicimos una apuesta]: cuánto [es|da] {sum}
        [según la calculadora|según tú|según vos|según tus cálculos|para ti], cuánto [es|da] {sum}
        [se me rompió la calculadora|no tengo calculadora], cuánto es {sum}
        [sin calculadora a mano|la calculadora murió], cuánto es {sum}
        [no me sale|no me cuadra|no entiendo] {sum}[, cuánto es|, ayúdame|, cuánto da|]
        [no logro hacer|no consigo resolver] {sum}[, cuánto es|, ayúdame|, cuánto da|]
        [soy malo para|soy mala para|se me dan mal] las [cuentas|matemáticas], cuánto [es|da] {sum}
        [estoy haciendo cuentas|estoy haciendo números|ando sacando cuentas|cuadrando caja]: {sum}
        [estoy haciendo la tarea|estoy con la tarea|hago los deberes|repaso mates], cuánto [es|da] {sum}
        [estoy en la tienda|estoy en el súper] y necesito [saber cuánto es|calcular] {sum}
        [estoy en la caja|estoy cobrando] y necesito [saber cuánto es|calcular] {sum}
        [para la cuenta del bar|para dividir gastos|para el presupuesto], cuánto es {sum}
        [para mi informe|para la factura], cuánto es {sum}
        [para mi tarea|para el examen|para el trabajo|para la clase]: {sum}
        [por curiosidad|nada más por saber|solo por saber|por si acaso|de casualidad], cuánto [es|da] {sum}
        [una cuentita|una operación|una operación sencilla][:|,] {sum}
        [un cálculo rápido|un calculito|un numerito][:|,] {sum}
        [operación|ejercicio|problema|cálculo|tarea|mates|aritmética][:|,] {sum}
        [duda matemática|duda de mates|pregunta de matemáticas]: [cuánto es |]{sum}
        [reto matemático|prueba de mates]: [cuánto es |]{sum}
        [pregunta fácil|pregunta rápida|pregunta seria]: [cuánto es |cuánto da |]{sum}
        [pregunta tonta|a ver si sabes]: [cuánto es |cuánto da |]{sum}
        [tengo una duda|tengo una pregunta|consulta|te consulto|te pregunto]: cuánto [es|da] {sum}
        [a ver|venga|anda|vamos|va], [cuánto es|cuánto da|calcula|resuelve|dime] {sum}
        [a ver si eres listo|a ver si puedes|demuestra que sabes|te reto]: [cuánto es |]{sum}
        [te reto a|te desafío a|atrévete a|prueba a|intenta] [calcular|resolver|hacer] {sum}
        [apuesto a que|a que|seguro que|fijo que] no [sabes cuánto es|puedes calcular] {sum}
        [apuesto a que|a que|seguro que|fijo que] no [puedes resolver|sabes] {sum}
        [eres capaz de|sos capaz de|serías capaz de|te atreves a|te animás a] [calcular|resolver|hacer] {sum}
        [puedes|podés|puede|podrías|podría usted] [sacar|sacarme|calcularme] {sum}
        [puedes|podés|puede|podrías|podría usted] [resolverme|ayudarme con|hacerme] {sum}
        [puedes|podés|puede|podrías] [decirme|darme|sacar|mostrarme] [el resultado|el total] de {sum}
        [puedes|podés|puede|podrías] [decirme|darme|sacar|mostrarme] la respuesta de {sum}
        [se puede saber|podríamos saber|quién sabe|alguien sabe] cuánto [es|da] {sum}
        [ayúdame|ayudame|ayuda|échame una mano|dame una mano|écheme la mano] con [esto: |esta cuenta: |]{sum}
        [ayúdame a|ayúdeme a|me ayudas a|me ayudás a|me puedes ayudar a] [resolver|calcular|sacar|hacer] {sum}
        [usa|utiliza|abre|saca|agarra] [la calculadora|tu calculadora] [y dime cuánto es|y calcula] {sum}
        [usa|utiliza|abre|saca|agarra] [la calculadora|tu calculadora] [para calcular|con] {sum}
        [en tu calculadora|con la calculadora], [cuánto es|cuánto da|calcula] {sum}
        [con tu calculadora|en la calculadora], [cuánto es|cuánto da|calcula] {sum}
        [mete|pon|teclea|escribe] {sum} en [la calculadora|tu calculadora]
        [mete|pon|teclea] en la calculadora {sum}[, a ver cuánto da|, a ver qué sale|, y dime|]
        [verifica|comprueba|revisa|confírmame|corrobora] [cuánto es|cuánto da] {sum}
        [verifica|comprueba|revisa|confírmame|corrobora] [el resultado de|esta cuenta:] {sum}
        [qué resultado da|qué resultado tiene|qué número da|qué sale de|qué da|qué resulta de] {sum}
        [qué total da|qué total sale de|qué cantidad da] {sum}
        [qué valor tiene|qué respuesta tiene|qué cifra da] {sum}
        [cuánto me queda si hago|cuánto sale si hago|cuánto da si hago] {sum}
        [qué pasa si hago|qué sale si hago] {sum}
        [cuánto|y cuánto|pero cuánto|oye cuánto] [sale|saldría|resultaría] {sum}
        [cuánto|y cuánto|pero cuánto|oye cuánto] [daría|vendría siendo|viene siendo] {sum}
        [a cuánto|a cuánto me] [sale|asciende|llega|sube] {sum}
        [a cuánto es igual|a qué es igual|a qué equivale|a cuánto corresponde|es igual a qué] {sum}
        [cuál|cual] [sería|viene siendo|es|fue|será] [el resultado|el total|la respuesta|la solución] de {sum}
        [dime|decime|dígame|díganme] cuánto [es|da|sale|me da|hace|resulta] {sum}[, porfa|, por favor|, anda]
        [dime|decime|dígame|díganme] cuánto [es|da|sale|me da|hace|resulta] {sum}[, pues|]
        [dime|decime|dígame|dame|deme] [el resultado de|lo que da|la solución de] {sum}
        [dime|decime|dígame|dame|deme] [el total de|la respuesta a] {sum}
        [si hago|si calculo|si pongo|si tecleo|si opero] {sum}[, cuánto sale|, qué da]
        [si hago|si calculo|si pongo|si tecleo|si opero] {sum}[, qué resultado obtengo|, qué sale]
        [si tengo|teniendo|tengo|supongamos|digamos] {sum}[, cuánto es|, cuánto da]
        [si tengo|teniendo|tengo|supongamos|digamos] {sum}[, cuánto me queda|, qué resulta]
        {sum}[, cuánto sale|, qué da|, cuánto resulta|, qué resultado da|, a cuánto equivale|, cuánto me da]
        {sum}[, resuelve|, calcúlalo|, resuélvelo]
        {sum}[, hazlo|, hazla|, sácame la cuenta|, dime el total]
        {sum}[, dime|, dime cuánto es|, dime cuánto da]
        {sum}[, dame el resultado|, decime cuánto es|, me dices cuánto es]
        {sum}[, sabes cuánto es|, sabés cuánto da|, sabes|, sabrías decirme|, puedes calcularlo|, lo sabes]
        {sum}[, cuánto es eso|, eso cuánto es|, eso cuánto da|, cuánto da eso|, eso es cuánto|, eso qué da]
        {sum}[, necesito el resultado|, necesito saberlo|, quiero el total]
        {sum}[, es para mi tarea|, es para el trabajo]
        {sum}[, rápido|, ya|, porfa|, porfis]
        {sum}[, plis|, si eres tan amable|, si me haces el favor|, gracias]
        {sum}[, no me sale|, no me da|, no entiendo|, no lo sé|, ni idea|, ayúdame|, ayuda|, estoy atascado]
        {sum}[. Cuánto da|. Cuánto es|. Dame el resultado|. Resuelve|. Calcula|. Dime el total|. Gracias]
        {sum}[? es para la tarea|? porque no me cuadra|? necesito saberlo|? gracias|? no traigo calculadora]
        {sum}[ sería cuánto|, sería cuánto| vendría siendo cuánto]
        {sum}[ daría cuánto| equivale a cuánto| cuánto me da]
        {sum}[ en la calculadora|, con tu calculadora|, usa la calculadora|, usando la calculadora]
        {sum}[, {bot}|, oye {bot}|, tío|, che|, wey|, parce|, profe]
        {sum}[ =|=| = cuánto| = qué| es =| es igual a| igual a qué| es]
        {sum} [oye|dime|a ver|cuánto seria|cuanto sale|cuanto sería|porfa|gracias|plis]
        (cuánto es) {sum}
        [cuánto es|cuánto da|calcula]: {sum}
        [cuánto es|cuánto da|cuánto son] {sum}[, según tú|, si lo sabes|, en total]
        [cuánto es|cuánto da|cuánto son] {sum}[, sin decimales|, exactamente|, pues]
        [cuánto es|cuánto da] {sum}[, no me sale|, se me olvidó|, es para la tarea]
        [cuánto es|cuánto da] {sum}[, es que no sé|, para comprobar]
        [cuánto es|cuánto da] {sum}[, tío|, che|, wey|, parce|, profe|, bro|, señor|, señorita|, jefe|, amigo]
        [cuánto es|cuánto da|dime cuánto es] {sum}? [no tengo calculadora|es para mi hijo|es urgente|gracias]
        [cuánto es|cuánto da] {sum}[, {bot}|, querido {bot}|, dime {bot}|, por favor {bot}]
        [{bot}|oye {bot}|a ver {bot}|hey {bot}|hola {bot}], [cuánto es|calcula|cuánto da|resuelve|dime] {sum}
        [hola|buenas|hey|holi|buenos días], [cuánto es|me calculas|necesito calcular] {sum}
        [hola|buenas|hey|holi|buenos días], [cuánto da|me resuelves] {sum}
        [hola|buenas|disculpe|perdona], [una cuenta|una suma|un cálculo]: {sum}
        [hola|buenas|disculpe|perdona], [tengo una cuenta|tengo un cálculo]: {sum}
        [señor|señora|joven|señorita|profe|maestro], [cuánto es|cuánto da|cuánto sería] {sum}
        [rápido|urgente|corre|apúrate|ya|emergencia]: [cuánto es |cuánto da |]{sum}
        [contesta|responde|dime de una vez|por última vez]: [cuánto es |]{sum}
        [maldita sea|caray|ay dios|uy|joder|diablos], [cuánto es|cuánto da|no me sale] {sum}
        [otra vez|de nuevo|una vez más|nuevamente], [cuánto es|cuánto da|calcula|cuánto era] {sum}
        [repite|repíteme|recuérdame] [cuánto es |cuánto da |]{sum}
        [vuelve a decirme|dime otra vez|dime de nuevo] [cuánto es |cuánto da |]{sum}
        [otra|otra más|otra cuenta|ahora otra|siguiente|la siguiente|la última|va otra]: {sum}
        [primera|segunda|última] [cuenta|operación|pregunta|suma]: {sum}
        [ahora|luego|después|entonces|y ahora] [calcula|resuelve|haz|dime|cuánto es|cuánto da|sácame] {sum}
        [gracias|genial|ok|vale|listo|perfecto], [y cuánto es|ahora calcula|y cuánto da|ahora dime] {sum}
        [por cierto|ah|otra cosa], [cuánto es|cuánto da|calcúlame|me calculas] {sum}
        [de paso|ya que estamos|a todo esto], [cuánto es|cuánto da|calcúlame|me calculas] {sum}
        [cambiando de tema|hablando de números|hablando de otra cosa], [cuánto es|cuánto da] {sum}
        [sabes sumar|sabes de mates|sabes matemáticas]? [cuánto es |pues |]{sum}
        [haces cuentas|eres bueno en mates]? [cuánto es |pues |]{sum}
        [puedes hacer cuentas|puedes calcular]? [cuánto es |]{sum}
        [tienes calculadora|funcionas como calculadora]? [cuánto es |]{sum}
        [tú que sabes|vos que sabés], [cuánto es|dime|calcula] {sum}
        [ya que eres una máquina|como eres un robot], [cuánto es|dime|calcula] {sum}
        [calculadora|calculador|máquina de calcular|{bot} calcula]: {sum}
        [operar|suma rápida|cuenta rápida|hacer esta cuenta][:|] {sum}
        [respuesta|solución|el total|el resultado][, por favor:|, porfa:|:| final de| exacto de] {sum}
        [el resultado|la respuesta] de {sum}[, por favor|, cuál es|, porfa|, es|, dime|]
        [el total|el valor exacto] de {sum}[, por favor|, cuál es|, porfa|, es|, dime|]
        [lo que quiero saber es|mi pregunta es|mi duda es|la pregunta es] cuánto [es|da] {sum}
        [no sé|ya no sé|nunca sé|olvidé|no recuerdo] cuánto [es|da|era|daba] {sum}[, dime|, y tú|, ayuda|]
        [no sé|ni idea de|no tengo idea de] cuánto [da|es|sale] {sum}
        [me pregunto|me preguntaba|estaba pensando|quería preguntarte] cuánto [es|da|sería] {sum}
        [quería|venía a|vengo a|quiero] [preguntar|preguntarte|consultar] cuánto [es|da] {sum}
        [quería pedirte|te quería pedir|te pido] [el resultado de|la cuenta de|una cuenta:] {sum}
        [le pido|te encargo] [el resultado de|la cuenta de|una cuenta:] {sum}
        [kuanto|cuanto|cuato|cunto|quanto] [es|da|son|e|ez] {sum}
        [cuantoes|cuant es|cuanto ez|cuánto s|cto es|cnto es|kuanto es] {sum}
        [calkula|calcla|caclula|kalkula|calcua] {sum}
        [resuelbe|rresuelve|resulve|resuleve] {sum}
        [cuanto es|cuanto da|oye cuanto es] {sum} [por favor|gracias|dime|oye]
        [este cuanto es|pues cuanto sería] {sum} [por favor|gracias|dime|oye]
        [oye|eh|mmm|este|pues] me puedes [calcular|decir cuánto es] {sum} [gracias|porfa|por favor]
        [oye|eh|mmm|este|pues] me puedes [sacar la cuenta de|hacer] {sum} [gracias|porfa|por favor]
        [hice la cuenta y no sé si está bien|no me fío de mi cuenta|quiero comprobar mi cuenta]: {sum}
        [a mí me da otra cosa|me dio un número raro|me equivoqué en la cuenta], [cuánto es|cuánto da] {sum}
        [es cierto que|seguro que] sabes [cuánto es|calcular|resolver] {sum}
        [si te digo|si te pregunto|si te pido] {sum}[, qué respondes|, qué contestas]
        [si te digo|si te pregunto|si te pido] {sum}[, cuánto dices|, qué me dices]
        [me cobraron|me dijeron que debo|tengo que pagar] {sum}[, cuánto es|, cuánto es en total|, cuánto da]
        [gasté|pagué] {sum}[, cuánto es|, cuánto es en total|, cuánto da]
        [mi compra suma|mi pedido suma|la cuenta del bar es] {sum}[, cuánto es|, cuánto da]
        [mi deuda es|mis gastos son] {sum}[, cuánto es|, cuánto da]
        [repartimos|vendí|ahorré|gané|cobré] {sum}[, cuánto es|, cuánto es en total|, cuánto me queda]
        [la ecuación es|la operación es|el ejercicio es] {sum}[, cuánto da|, resuelve|]
        [la expresión es|mi cuenta es] {sum}[, cuánto da|, resuelve|]
        [la pizarra dice|en la hoja pone|aquí pone] {sum}[, cuánto es|, cuánto da|]
        [el libro dice|el cuaderno dice] {sum}[, cuánto es|, cuánto da|]
        [cuenta mental|cálculo mental|de cabeza|mentalmente|a ojo]: [cuánto es |]{sum}
        [sin pensarlo|sin trampa|sin equivocarte], [cuánto es|cuánto da|calcula] {sum}
        [en un segundo|con exactitud], [cuánto es|cuánto da|calcula] {sum}
        [exactamente cuánto|en total cuánto|al final cuánto|en números cuánto] [es|da|sale] {sum}
        [tío|tía|bro|parce|wey|che|güey|pana], [cuánto es|cuánto da|calcula|me calculas] {sum}
        [órale|ándale|dale|venga], [calcula|cuánto es|resuelve|dime cuánto es] {sum}
        [che|mirá|escuchá], [cuánto es|cuánto da|me calculás|calculame|sabés cuánto es] {sum}
        [fíjate|fijate|fíjese|checa|chécame|mírame] cuánto [es|da|sale] {sum}
        [échale un ojo a|échale cuentas a|dale a|hazle a] {sum}[ y dime cuánto da|, cuánto es]
        [explícame|muéstrame|enséñame|indícame] cuánto [es|da|sale] {sum}
        [tradúceme a número|pásame a número|pon en número|dime en número] {sum}
        [mi celular no tiene calculadora|me quedé sin batería en la calculadora], cuánto es {sum}
        estoy manejando, cuánto es {sum}
        [necesito ayuda con|tengo problemas con|me trabé con|me atoré con|me lié con] {sum}
        [necesito ayuda|me ayudas], [cuánto es|no sé cuánto es|tengo que calcular] {sum}
        [una ayudita|ayúdame porfa], [cuánto es|no sé cuánto es|tengo que calcular] {sum}
        [cuenta final|la última cuenta|y ya la última]: {sum}
        """,
        "follow_sum": """
        [y si hago|y si calculo|y si pongo|y si mejor hago|y qué tal] {sum}
        [y cuánto da|y cuánto sería|y cuánto sale|y cuánto son|y cuánto me da|y cuánto hace] {sum}
        [y ahora cuánto es|ahora cuánto es|ahora calcula|ahora haz|ahora dime|ahora con|ahora prueba] {sum}
        [después|entonces|luego|también|además|bueno|vale|y] {sum}
        [y también|y además|y luego|y después|y entonces|y por último|y ya por último] {sum}
        [otra|otra más|una más|otra cuenta|otra igual|la siguiente|siguiente|la última][:|,] {sum}
        [y la siguiente|y otra|y una más|y esta|y esta otra|va otra|ahí va otra][:|,] {sum}
        [haz también|calcula también|hazme también|resuelve también|dime también] {sum}
        [y esto|esto|y eso|y esto otro|esto también|ahora esto|y ahora esto][:|,] {sum}
        [cambia a|cámbialo por|mejor|más bien|no, mejor|no, espera,|perdón,|quise decir|digo,] {sum}
        [me equivoqué,|corrección:|en realidad era|en realidad|no era eso, era|la cuenta era] {sum}
        [y si en vez de eso hago|y si en cambio hago|y si en lugar de eso pongo] {sum}
        [lo mismo con|igual con|haz lo mismo con|repite con|repítelo con|prueba con|intenta con] {sum}
        [gracias|genial|perfecto|bien|muy bien|correcto|ajá|ya], [y|ahora|y ahora|y si hago] {sum}
        [interesante|mmm|a ver|sigamos|seguimos|continúa|adelante], [y|ahora|y ahora] {sum}
        {sum}[ ahora|, ahora|, y esto|, y eso|, y ya|, la última|, otra|, también|, entonces|, y listo]
        {sum}[ cuánto sería entonces|, cuánto sería entonces| entonces cuánto da|, y eso cuánto es]
        {sum}? [y eso|y esa|y esto|y ahora|también]
        [y|y el resultado de|y el total de|y el valor de|y la cuenta de|y el cálculo de] {sum}
        [sabes también|y sabes|y sabés|y puedes hacer|y podés hacer|puedes también] {sum}
        [y qué me dices de|y qué hay de|qué hay de|qué tal|y qué pasa con] {sum}
        """,
    }
)
