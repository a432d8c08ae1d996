"""What people say about themselves and their day in Portuguese: it looks like an introduction and is none."""

from .expand import blocks

FRAMES = blocks(
    {
        "decoy": """
        [está|tá|vai|começou] [a começar a |a |][chover|nevar|escurecer|esfriar|fechar|acabar]
        [está|tá] [começando a|quase a|pra] [chover|nevar|escurecer|acabar]
        [estou|tô] [entre|perto de|atrás de|com|sem|em] {topic}
        [estou|tô] [lendo|a ler|consertando|pintando|comprando|a comprar|vendo|limpando] {topic}
        [é|foi|era|isso é] [sobre|só|apenas|para|tipo|por causa de] {topic}
        [gosto de|odeio|quero|perdi|achei|comprei|vendi|esqueci|vi] {topic} [hoje|ontem|em casa|no trabalho|]
        [tem|há|temos] {topic} [aqui|lá fora|em casa|na cozinha]
        {small} [pacientes|pessoas|minutos|caixas] [esperando|à espera|pela frente], [seja breve|rapidinho|sê rápido]
        [estou|tô|ando] [entre dois pacientes|no trânsito|no ônibus|no comboio|em casa|no trabalho|na praia|na fila|de férias|na rua]
        [estou|tô|ando|fico] [meio|um pouco|muito|bem|tão|bastante] [ocupado|ocupada|atrasado|atrasada|ansioso|perdida|curioso|animada]
        [estou|tô] [cozinhando|a cozinhar|dirigindo|a conduzir|estudando|a estudar|assistindo um filme|esperando o ônibus|almoçando]
        [estou|tô] [só |apenas |ainda |][testando|a testar|olhando|vendo como funciona|acordando|chegando|de volta|aqui|pronto|saindo]
        sou [canhoto|vegetariana|aposentado|reformada|enfermeira|engenheiro|estudante|professora|do norte|novo aqui|mineira|alentejano]
        sou [de fora|da roça|filho único|pai de dois|mãe de três|fã de futebol|meio tímido|alérgico a gatos|pontual|teimosa]
        [acabei de|vou|quero|preciso] [fazer um chá|fazer café|almoçar|chegar em casa|comprar pão|passear o cão|dormir|lavar a louça]
        [fiz|comi|comprei|cozinhei|bebi] [sopa|bolo|arroz|um bolo|uma bicicleta|um casaco|peixe|pão] [hoje|ontem|no almoço|no jantar|de manhã]
        [semana|dia|tarde|manhã|noite] [corrida|longo|longa|tranquila|puxado|boa|chata|agitada|difícil|cheia] [por aqui|hoje|aqui|no trabalho|]
        [está|tá|faz|fez] [frio|calor|sol|um calor danado|vento|um frio tremendo|chuva|escuro] [hoje|aqui|lá fora|por aqui|demais]
        [está|tá] [chovendo|a chover|nevando|ventando|quente|gelado|nublado|bonito] [hoje|aqui|lá fora|por cá]
        [é|se escreve] com [K|C|dois Ls|H|Z|Y|S|N|dois Ns|Ç|acento] [mesmo|no final|no começo|viu|]
        é [um nome|nome] [antigo|de família|irlandês|alemão|indígena|raro|comum|difícil|da minha avó|bonito]
        [todo mundo|toda a gente|o pessoal|a professora] [erra|esquece|confunde|gosta|ri|estranha]
        [meu|o meu] [dia|café|ônibus|comboio|vizinho|chefe|jardim|time] [está|foi|é] [ótimo|atrasado|péssimo|barulhento|bonito|frio]
        [a |]minha [mulher|esposa|irmã|filha|mãe|gata|chefe|amiga|vizinha|tia|avó] [se chama|chama-se|é a] {name}
        [o |]meu [marido|irmão|filho|pai|cão|cachorro|gato|chefe|amigo|vizinho|primo] [se chama|chama-se|é o] {name}
        [o |]nome [do meu|do] [filho|cachorro|cão|gato|marido|chefe|irmão|vizinho] é {name}
        [o |]nome [da minha|da] [filha|gata|mulher|mãe|chefe|irmã|vizinha|esposa] é {name}
        [tenho|tive] [um|o meu] [cão|cachorro|gato|irmão|primo|amigo] [chamado|que se chama] {name}
        [tenho|tive] [uma|a minha] [gata|irmã|prima|amiga|cadela] [chamada|que se chama] {name}
        [estou|tô|moro|vim] [com|com a|com o] {name} [aqui|hoje|agora|]
        [o|a] {name} é [meu primo|minha prima|meu chefe|minha vizinha|meu cachorro|meu marido|minha mulher]
        [trabalho|estudo|moro|corro|nado|canto|jogo] [num banco|numa escola|de manhã|de casa|sozinho|com os meus pais|no centro]
        [gosto|não gosto] de [chuva|chá|verão|filmes antigos|dançar|futebol|queijo|caminhar|pimenta|inverno|acordar cedo]
        [hoje|ontem|essa semana|esta manhã] [foi|está] [longo|divertido|estranho|corrido|ótimo|uma confusão|chato|bom]
        [a escola|o trabalho|o trânsito|a academia|a aula] [é chata|foi bom|está parado|já acabou|começa daqui a pouco]
        [já volto|peraí|espera aí|só um minuto|um instante|aguenta aí][, o telefone|, tocaram a campainha|, tem gente na porta|]
        [fui|era|já fui] [professor de piano|professora|jogador|motorista|enfermeira|cozinheiro|carteiro|bancária]
        [seja|sê] [rápido|breve|paciente], [estou|tô] [no trabalho|numa reunião|dirigindo|a conduzir|na aula]
        """,
        "ask_name": """
        [com quem|quem] [você está falando|estás a falar|você tá falando|está falando|pensas que falas] [agora|neste momento|aqui|]
        [só para confirmar|só conferindo|teste rápido|para ter certeza], [com quem você fala|quem sou eu|com quem estás a falar]
        [podes|pode|consegue|poderia] [dizer-me|me dizer|repetir-me|recordar-me] [o |]meu nome
        [teste|complete|completa|prova]: [o |]meu nome é [...|___|?]
        [com que|por que|qual] nome [eu |]me apresentei[ a ti| a você| no começo| antes|]
        e eu, [como me chamo|como é que me chamo|qual é o meu nome|como eu me chamo|quem sou|meu nome é qual]
        [teste|teste rápido|vamos ver|prova|responde]: [meu nome é|o meu nome é|eu me chamo|chamo-me]...
        [escreve|escreva|digita|soletra|põe|coloca] [o |]meu nome [pra mim|para mim|aqui|aí|em maiúsculas|por favor]
        [com que|que|qual] nome [eu |][me apresentei|te dei|usei|te falei|disse no começo|te passei]
        [mano|cara|véi|amigo|moço|pá] [qual|qual é|como é|diz] [o |]meu nome
        [você|tu|o senhor|a senhora] [sabe|sabes] [o |]meu nome, [não sabe|não sabes|né|certo]
        [aposto|duvido] que [você |]não [sabe|lembra|sabes|te lembras] [o |do |]meu nome
        [você|cê|vc] [ainda |][sabe|lembra|guardou|anotou|tem] [o |do |]meu nome[ aí|]
        [diga|diz|fala|fale|repete|repita] [o |]meu nome[ de novo| outra vez| pra mim| completo|]
        [ótimo|certo|legal|boa|perfeito]. e [o |]meu nome
        [como|de que jeito] [todo mundo|o pessoal|minha mãe|a minha família] me chama
        [meu nome|o meu nome], [qual é|qual era|você lembra|ainda sabes|por favor]
        """,
        "tell_name": """
        {name} [aqui|falando|ao telefone|ao aparelho], [da|do|de] [{business}|vendas|financeiro|terceiro andar|recepção|{city}|departamento de compras]
        [boa noite|bom dia|olá|oi], {name} [da|do|de] [{business}|recepção|loja|contabilidade|escola|{city}|lado]
        aqui é {name}, [sou|eu sou] [o gerente|a vizinha|cliente nova|do financeiro|a irmã dela|novo por aqui]
        [oi|olá|bom dia|e aí]. {name}. [prazer|muito prazer|encantada|tudo bem|sou nova aqui]
        {name}, [prazer|muito prazer|ao seu dispor|sou eu|de {city}|aqui da {business}]
        [oi|olá|bom dia|boa tarde|boa noite|e aí|opa]. {name}. [prazer|muito prazer|tudo bem|um prazer]
        [e aí|eai|fala|opa|oi|olá|salve|ei], {name} [aqui|na área|falando|presente|de novo por aqui|outra vez]
        [oi|olá|ei] {bot}, [aqui é|é|sou|quem fala é|fala] [o |a |]{name}[ de novo| outra vez| por aqui|]
        [oi|olá|bom dia] {bot}, {name} [aqui|de novo por aqui|outra vez|de volta|falando]
        [bom dia|boa tarde|boa noite|olá], [meu filho|querido|minha filha|jovem|senhor]. [Sou|Aqui é] [a dona|o seu|a senhora|o senhor] {name}
        [bom dia|boa tarde|olá|oi]! {name} é o meu nome
        [sou|é|aqui é] [o|a] {name} [mano|cara|pô|amigo|né|viu|tá]
        [fala|salve|prazer|tamo junto|beleza] {name} [aqui|na área|presente]
        """,
        "time_city": """
        em {city} [são que horas|que horas são|já são que horas|é que horas|tão que horas][ agora| neste momento| por favor|]
        {city}, [que horas são lá|que horas são aí|são que horas|que horas tem lá][ agora|]
        [q|que|ki] [horas|hrs|hora] [são|sao|é] em {city} [agr|agora|pfv|aí|por favor]
        [lá |]em {city} [é que horas|tá marcando que horas|o relógio marca o quê]
        [no|na|lá em] {city} [são que horas|que horas são]
        """,
        "sum": """
        [comprei|vendi|levei|paguei] {small} [caixas|livros|sacos|bilhetes] a {small} [reais|euros|cada], [quanto é|quanto dá|quanto são] {sum}
        [por favor|pfv|faz favor], [calcule|calcula|resolve|faça|faz] {sum}
        """,
        "pointer": """
        {noun}
        {noun}
        o {noun}
        {topic}
        {noun} {noun}
        [notícias|noticias|clima|tempo|previsão|receitas|futebol|política|história|filmes|bolsa|poema|código|traduz|fotossíntese|gravidade|impostos]
        [quem|o que|onde|por que|como] [inventou|descobriu|escreveu|é|são|foi|faz] {topic}
        como se diz {noun} em {noun}
        qual [é |][a capital|a população|o significado|o preço|o nome|a cor|o presidente|a história] de {topic}
        """,
        "request": """
        [conserta|corrige|arruma|revisa|melhora|explica|testa|reescreve] [o |]meu {topic}[, dá erro|, não funciona|, por favor| pra mim|]
        [escreve|compõe|faz|inventa|canta|cria|conta|me dá] [um|uma|um pequeno|uma boa] {noun} [sobre|de|para|com|em] {topic}
        [resume|resuma|explica|explique|traduz|traduza|recomenda|descreve|compara|desenha|planeja|revisa] {topic}[ pra mim| por favor| em duas linhas|]
        [recomenda|sugere|acha|mostra|reserva|pede|compra|aluga] [um|uma|um bom|uma boa|o melhor] {noun}[ perto de mim| para hoje| em {city}|]
        [preciso|quero|tenho que] [escrever|fazer|planejar|consertar|aprender|cozinhar] {topic}. [você pode|podes|pode|consegue] [fazer|ajudar|escrever|mostrar]
        """,
    }
)
