"""Ordinary words that the demo model does not know, for requests it must pass on."""

NOUNS = {
    "en": (
        "autumn winter spring jazz guitar piano violin quantum relativity gravity atoms galaxy volcano earthquake"
        " dolphins elephants tigers butterflies mushrooms potatoes tomatoes pancakes spaghetti chocolate cheese wine"
        " bread sandwich breakfast dinner kitchen bathroom bedroom furniture sofa carpet window garden flowers roses"
        " mountain river island beach desert forest castle museum cathedral bridge airport station highway bicycle"
        " motorcycle engine battery keyboard printer software database algorithm calculus geometry algebra equation"
        " chemistry democracy election parliament president minister soldier empire revolution century ancient"
        " medieval pyramids knights pirates dragons wizard vampire detective novel author Shakespeare Einstein"
        " Napoleon Cleopatra Mozart Beethoven Picasso Olympics tennis basketball swimming marathon yoga vitamins"
        " headache fever vaccine hospital dentist surgery insurance mortgage salary taxes inflation stocks bitcoin"
        " marketing interview resume college university homework thesis grammar Japanese Russian Arabic Korean"
        " vegetarian recipe gluten diet weight muscles sleep dreams anxiety happiness friendship marriage wedding"
        " divorce baby puppy kitten parrot fish horse cowboy spaceship astronaut rocket Mars Jupiter comet telescope"
    ).split(),
    "pt": (
        "outono inverno primavera violão piano samba quântica relatividade gravidade átomos galáxia vulcão terremoto"
        " golfinhos elefantes tigres borboletas cogumelos batatas tomates panquecas macarrão chocolate queijo vinho"
        " feijoada pão sanduíche café jantar cozinha banheiro móveis sofá tapete janela jardim flores rosas montanha"
        " rio ilha praia deserto floresta castelo museu catedral ponte aeroporto estação estrada bicicleta moto motor"
        " bateria teclado impressora banco algoritmo cálculo geometria álgebra equação química democracia eleição"
        " parlamento presidente ministro soldado império revolução século antigo medieval pirâmides piratas dragões"
        " vampiro detetive romance autor Camões Pessoa Machado Einstein Napoleão Mozart Picasso olimpíadas tênis"
        " basquete natação maratona ioga vitaminas febre vacina hospital dentista cirurgia seguro salário impostos"
        " inflação ações bitcoin entrevista faculdade universidade tese gramática japonês russo árabe coreano"
        " vegetariano dieta peso músculos sono sonhos ansiedade felicidade amizade casamento divórcio bebê filhote"
        " peixe cavalo foguete astronauta Marte cometa telescópio bolo brigadeiro churrasco futebol gol campeão"
    ).split(),
    "es": (
        "otoño invierno primavera guitarra piano tango cuántica relatividad gravedad átomos galaxia volcán terremoto"
        " delfines elefantes tigres mariposas hongos papas patatas tomates panqueques espaguetis chocolate queso vino"
        " paella tacos pan sándwich desayuno cena cocina baño muebles sofá alfombra ventana jardín flores rosas"
        " montaña río isla playa desierto bosque castillo museo catedral puente aeropuerto estación carretera"
        " bicicleta moto motor batería teclado impresora algoritmo cálculo geometría álgebra ecuación química"
        " democracia elecciones parlamento presidente ministro soldado imperio revolución siglo antiguo medieval"
        " pirámides piratas dragones vampiro detective novela autor Quijote Cervantes Borges Einstein Napoleón Mozart"
        " Picasso olimpiadas tenis baloncesto natación maratón yoga vitaminas fiebre vacuna hospital dentista cirugía"
        " seguro sueldo impuestos inflación acciones bitcoin entrevista universidad tesis gramática japonés ruso"
        " árabe coreano vegetariano dieta peso músculos sueño ansiedad felicidad amistad boda divorcio bebé cachorro"
        " pez caballo cohete astronauta Marte cometa telescopio pastel churros asado gol campeón"
    ).split(),
}
