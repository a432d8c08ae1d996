"""How people tell and ask names, identities, times and sums in Portuguese."""

from .expand import blocks

FRAMES = blocks(
    {
        "tell_name": """
        [o |]meu nome é {name}
        [o |]meu nome é {name}<name_tail>
        [meu nome completo|meu primeiro nome|o nome|nome] é {name}
        [meu nome|nome|o meu nome]: {name}
        [eu |]me chamo {name}
        [eu |]me chamo {name}<name_tail>
        chamo-me {name}
        chamo-me {name}<name_tail>
        [eu |]sou [<article> |]{name}
        [eu |]sou [<article> |]{name}
        [eu |]sou [<article> |]{name}<name_tail>
        [aqui é|aqui quem fala é|quem fala é|é|aqui fala|daqui fala|daqui é|fala aqui] <article> {name}
        [aqui é|aqui quem fala é|quem fala é|quem fala aqui é|quem escreve é|fala|daqui] {name}
        [aqui é|quem fala é|é|aqui] [<article> |]{name}<name_tail>
        <article> {name} [aqui|falando|escrevendo|quem fala]
        {name} [aqui|falando|é o meu nome|é meu nome|escrevendo|quem fala|ao seu dispor]
        [pode|podes|você pode|poderia|pode sempre] me chamar [de |]{name}
        [podes|pode] chamar-me {name}
        [me chama|me chame|chama-me|chame-me] [de |]{name}
        [me chamem|trate-me por|trata-me por|pode tratar-me por] [de |]{name}
        me [chama|chame] de {name}<name_tail>
        [todos|todo mundo|meus amigos|os amigos|as pessoas|em casa] me [chamam|chama] de {name}
        [sou conhecido como|sou conhecida como|sou chamado de|atendo por|respondo por] {name}
        [prefiro|quero|gostaria de|gosto de|queria] ser [chamado|chamada] [de |]{name}
        [deixa eu|deixe-me|permita-me|vou] me apresentar[: sou|, sou|, meu nome é] {name}
        [deixa eu|deixe-me|permita-me|vou] me apresentar[: me chamo|, eu sou <article>] {name}
        [prazer|muito prazer][, sou|, eu sou|, meu nome é|, me chamo|, sou <article>|,] {name}
        [oi|olá|oie|opa], [sou|eu sou|me chamo|aqui é|meu nome é] {name}
        [oi|olá|oie|opa], [é|sou <article>|aqui é <article>|é <article>] {name}
        [oi|olá] {bot}, [sou|me chamo|aqui é|meu nome é|sou <article>|aqui é <article>] {name}
        [lembre|lembra|anota|anote|guarda][ aí|] que [me chamo|meu nome é|sou] {name}
        [guarde|grava|não esquece|memoriza][ aí|] que [me chamo|meu nome é|sou] {name}
        [lembre|lembra|anota|anote|guarda|guarde|grava][ aí|] [meu nome|o meu nome][:|, é| é|,] {name}
        [na verdade|não|desculpa|corrigindo|espera|aliás], [meu nome é|sou|me chamo|é|sou <article>] {name}
        [você está|estás a|está] [falando|conversando|falar] com [<article> |]{name}
        fui [batizado|batizada|registrado|registrada] [como |de |]{name}
        meus pais me [chamaram|deram o nome] de {name}
        [quem está aqui é|quem te escreve é|escreve-lhe|te escreve] [<article> |]{name}
        [só para você saber|a propósito|por sinal|fica sabendo|para que saibas], [sou|me chamo|meu nome é|eu sou <article>] {name}
        [oi|olá|bom dia|boa tarde|boa noite][,|!|] [sou|me chamo|meu nome é|aqui é|sou <article>|eu sou <article>] {name}<name_tail>
        [oi|olá], sou eu, [<article> |]{name}
        [a maioria|o pessoal|meus colegas|a galera] me [chama de|conhece como|conhece por] {name}
        [pode|podes] me tratar por {name}
        [trate|trata] me por {name}
        {name}, [esse|este] é [o |]meu nome
        {name} é como me [chamam|chama]
        meu nome? {name}
        [o nome é|nome:] {name}
        {name} na área
        <article> {name} aqui<name_tail>
        [oi|olá] {bot}, aqui [é|quem fala é] [<article> |]{name}
        quem [está falando|está a falar|te fala] é [<article> |]{name}
        """,
        "ask_name": """
        qual é [o |]meu nome
        qual é [o |]meu nome[ mesmo| agora| então| completo| por favor|]
        qual [o |]meu nome[ mesmo|]
        [e |]qual [era|foi] [o |]meu nome
        como [eu |]me chamo
        [e |então |]como [é que |][eu |]me chamo[ eu| mesmo|]
        quem [é que |]sou eu
        [e |então |]quem sou eu[ mesmo| afinal|]
        meu nome
        [e |]o meu nome[ é|]
        meu nome[ é|, por favor| qual é| é qual]
        qual [foi|é|era] o nome que [eu |][te |][falei|disse|dei|passei|contei]
        que nome [eu |][te |][falei|disse|dei|passei]
        como [você|tu] me [chama|chamas|chamaria]
        como [é que |][você|tu] [vai|deve|devia|deveria] me chamar
        [você |tu |]me conhece[s|]
        [você |]sabe com quem [está falando|fala|está conversando|estás a falar]
        [você |]sabe quem eu sou
        com quem você está falando
        [diz|diga|fala|fale|escreve|escreva|repete|repita] [o |]meu nome
        <remember> <my_name>
        <remember> <my_name>
        <remember> <my_name>
        <remember> <my_name> [ou não|agora|por favor|mesmo|ainda|aí]
        <ask> <my_name>
        <ask> <my_name> [por favor|mesmo|agora]
        [eu |][já |]te [disse|falei|contei] [o |]meu nome
        [eu |]te [disse|falei|contei] [o |]meu nome[, qual é|, lembra|, qual era|, sabe qual é| ou não|]
        o que [eu |]te [disse|falei] sobre o meu nome
        [como|de que forma] eu disse que [me chamava|era o meu nome|me chamo]
        [teste|pergunta|desafio]: qual [é |][o |]meu nome
        [eu sou|chamo-me|me chamo] quem
        [você |]já sabe [o |]meu nome
        [você |]ainda tem [o |]meu nome
        com que nome [você |]me [conhece|registrou|guardou]
        que nome [você |]tem [para mim|guardado|anotado]
        [me |]cumprimente pelo [meu |]nome
        [me |]chama pelo [meu |]nome
        [antes|no começo|no início|há pouco] eu [te |]disse [o |]meu nome, [qual era|qual é|lembra]
        [lembra de mim|você lembra de mim|lembras-te de mim]
        qual nome eu [te |][dei|disse|falei]
        eu disse que [me chamava como|era quem|meu nome era qual]
        não lembro se [te |]disse [o |]meu nome, qual é
        quem eu disse que [era|sou]
        você sabe quem está [falando|aqui|escrevendo]
        [diz|fala] quem [eu |]sou
        """,
        "who": """
        quem é você
        quem [és|és tu|é vc|é vcs|é tu|e voce|és tu afinal]
        [e |então |mas |]quem é você[ mesmo| afinal| realmente| exatamente|]
        [o que|que] [é você|és tu|você é|vc é|és]
        [você é|tu és|és] [o que|quem|quem mesmo]
        qual é [o |]seu nome
        qual [é |][o |][seu|teu] nome[ mesmo| completo| por favor|]
        [seu nome|teu nome|o seu nome|o teu nome][ por favor|]
        como [você|vc|tu] se chama
        como [é que |][você se chama|te chamas|se chama|te chamam|se chama você|é seu nome|é o teu nome]
        [você tem|tens|tem] [um |]nome
        com quem [eu |][estou falando|falo|estou conversando|estou a falar|tô falando|converso]
        quem [está aí|fala|está falando|me responde|está do outro lado|responde aqui|está a responder|é]
        [e você|e tu|e vc|e o seu nome|e o seu|e o teu nome][, quem é| quem é|]
        [se apresente|se apresenta|apresente-se|apresenta-te|pode se apresentar|apresentação]
        [fala|fale|me fala|me fale|conta|diga|me conta] [um pouco |]sobre [você|ti|si|vc|você mesmo]
        [fala|fale|me fala|me conta] [um pouco |]de [você|ti|si]
        [me diz|me diga|diz-me|diga-me|me conta|me fala] quem [você é|é você|és|és tu]
        <ask> quem [você é|é você|és|és tu]
        <ask> [qual é o seu nome|o seu nome|como você se chama]
        <ask> [como te chamas|com quem estou falando|o que você é]
        <get> [o seu nome|seu nome|o teu nome]
        como [eu |][te chamo|devo te chamar|posso te chamar|devo chamar você|devo chamar-te|posso chamar-te]
        [de que|qual|que|de qual] [empresa|loja|firma|negócio] [você é|é essa|és|é|é esta]
        [para|pra] [quem|qual empresa|que empresa] [você trabalha|trabalhas]
        onde [você trabalha|trabalhas]
        que [modelo|assistente|tipo de modelo] [é você|você é|é este|és tu]
        que [versão|inteligência artificial|IA] [é você|você é|é este|és tu]
        qual [modelo|assistente|versão] [é você|você é|é este|és tu]
        [você é|és|tu és|vc é|é] o [chatgpt|gpt|llama|siri|alexa]
        [você é|és|tu és|vc é|é] o [gemini|claude|modelo grande|modelo de demonstração]
        quem [te criou|criou você|te fez|te programou|é seu dono]
        quem [é o teu dono|te treinou|te desenvolveu|fez você]
        [você é|és|tu és] [<article> |]{bot}
        [seu nome é|o teu nome é|você se chama] {bot}
        [aqui é|isto é|é] d[a|o] {business}
        [estou falando com|falo com|é o número de|é da] [a |o |]{business}
        [e |]você é
        [e |]você, quem seria
        [diga|diz|fala] [o seu|seu|o teu] nome
        qual [é |]o nome [desta|dessa|da sua|da] [empresa|loja|firma]
        [que|qual] [empresa|loja|negócio] é [esta|essa|aqui]
        em nome de quem [você |]responde
        quem é você e [para quem trabalha|de que empresa é|onde trabalha]
        qual o seu nome e [para quem trabalha|onde trabalha|de qual empresa]
        nome e empresa[, por favor|]
        quem [atende|está atendendo|está na linha|me atende]
        """,
        "time": """
        que horas são
        que horas são [agora|por favor|aí|neste momento|exatamente|aqui|já|hoje|mesmo]
        que hora [é|é agora|são|seria]
        q horas são[ agora|]
        [você |]tem [as |]horas
        [tem horas|tens horas|tem as horas|tem hora|viu as horas|sabe as horas]
        <ask> [que horas são|as horas|a hora|que hora é]
        <ask> [que horas são agora|a hora certa|que horas são aí|a hora atual]
        <ask> que horas são [por favor|agora|neste momento]
        <get> [as horas|a hora|a hora atual|a hora certa|o horário|o horário atual|a hora exata]
        [horas|hora|hora atual|hora certa|horas por favor|a hora|as horas|horário|horário atual|hora agora]
        qual [é |]a hora[ atual| certa| agora| exata|]
        qual [é |]o horário[ atual| de agora| agora|]
        quantas horas são
        [quero|preciso] [saber |]a[s|] hora[s|]
        [fala|diz|diga|dá|veja] as horas
        [olha|veja|vê] [o relógio|as horas]
        o que [diz|marca] o relógio
        [é tarde|já é tarde|é cedo], que horas são
        [perdi|esqueci|quebrei] o [meu |]relógio, que horas são
        [meu relógio parou|meu celular morreu|estou atrasado], que horas são
        [estou sem relógio|o meu relógio avariou], que horas são
        [são que horas|já são que horas|agora são que horas|horas são]
        [pode|podia|poderia|consegue] [ver|checar|verificar|conferir] [as horas|a hora|o relógio]
        [estou sem relógio|não tenho relógio], [que horas são|tem horas|qual é a hora]
        [se importa de|importa-se de] me dizer as horas
        que horas devem ser[ agora|]
        que horas [você tem|tens|tem] aí
        [diz|fala] aí a hora
        as horas, [por favor|pode ser|se puder]
        você tem um relógio, que horas são
        """,
        "date": """
        que dia é hoje
        que dia é [hoje|hoje mesmo|este|da semana|da semana hoje]
        qual [é |]a data[ de hoje| atual| hoje|]
        qual [é |]o dia [de hoje|da semana|]
        [hoje é que dia|hoje é dia quanto|que data é hoje|dia de hoje|data de hoje|data|a data por favor]
        em que [dia|mês|ano] estamos
        a quantos [estamos|estamos hoje]
        <ask> [que dia é hoje|a data|a data de hoje|que dia é]
        <ask> [o dia de hoje|em que dia estamos|em que mês estamos]
        <get> [a data|a data de hoje|o dia de hoje]
        hoje é [segunda|terça|quarta|quinta|sexta|sábado|domingo]
        """,
        "time_city": """
        que horas são em {city}
        que horas são [agora|neste momento|por favor|já|lá|hoje] em {city}
        que horas são em {city}[ agora| por favor| neste momento| já| hoje|]
        que hora [é|são] em {city}[ agora|]
        q horas são [em|no|na] {city}
        que horas são [no|na|lá em|aí em|lá no|lá na] {city}
        quantas horas são em {city}
        qual [é |]a hora [em|de|no|na|atual em|certa em|local em] {city}
        qual [é |]o horário [em|de|no|na|atual em|atual de|local em] {city}
        [tem|tens|sabe|sabes] [as horas|a hora|o horário] [em|de] {city}
        <ask> que horas são em {city}
        <ask> que horas são [no|na|agora em|lá em] {city}
        <ask> que horas são em {city} [agora|por favor]
        <ask> [a hora|as horas|o horário|a hora atual|a hora local|que hora é] [em|de] {city}
        <get> [a hora|as horas|o horário|a hora atual|a hora certa|o horário atual] [em|de] {city}
        [hora|horas|horário|hora atual|hora local|hora certa|a hora|as horas] [em|de] {city}
        [hora|horário|relógio|horas|hora local] {city}
        {city}[,|:| -] que horas são[ aí| agora| lá|]
        {city} [agora|hora|horas|que horas|hora local|horário]
        [em|no|na|lá em] {city}[,|] que horas são[ agora|]
        em {city} [são que horas|que horas são|já são que horas|qual é a hora|que hora é]
        [preciso|quero] [da hora|do horário|saber a hora|saber as horas] [em|de] {city}
        [preciso ligar para|vou ligar para|tenho uma reunião em|vou viajar para] {city}, que horas são lá
        meu [<person>] [mora|está|vive] em {city}, que horas são lá
        minha [<persona>] [mora|está|vive] em {city}, que horas são lá
        [estou|moro|vou estar|acabei de chegar] em {city}, que horas são[ aqui| lá|]
        [é tarde|já é noite|já é dia|é de noite|é cedo|já é tarde] em {city}[, que horas são lá|]
        que horas [marca|marca o relógio|tem] em {city}
        se eu ligar [agora |]para {city}, que horas são lá
        que horas [seriam|devem ser|serão] em {city}[ agora|]
        [pode|podia|consegue] [ver|checar|verificar] [as horas|a hora] em {city}
        que horas são por lá em {city}
        [e |]lá em {city}, que horas são
        [para|em] {city}, qual é a hora
        é [manhã|tarde|noite] em {city}? que horas são lá
        que horas as pessoas têm em {city}
        alguém em {city} quer falar comigo, que horas são lá
        horário de agora em {city}
        qual [é |]a hora lá em {city}
        quero a hora de {city}
        fuso de {city}, que horas são
        """,
        "follow_city": """
        e em {city}
        [e |]em {city}
        e [no|na|lá em|agora em|em] {city}
        e {city}
        [agora|e agora] em {city}
        e [que horas são|a hora|o horário] em {city}
        """,
        "sum": """
        {sum}
        {sum}
        {sum} =
        {sum} = ?
        quanto é {sum}
        quanto é {sum}
        quanto [são|dá|fica|seria|vale|faz|é que é|é que dá|resulta] {sum}
        [qto é|quanto e|qual é|quais são|quanto será] {sum}
        {sum} [dá quanto|é quanto|são quanto|é igual a quanto|quanto é|quanto dá|por favor|fica quanto]
        [calcula|calcule|calcular|resolve|resolva|computa|faz|faça|conta] {sum}
        [pode|você pode|podes|consegue|poderia] [calcular|fazer|resolver] {sum}[ por favor| para mim|]
        [pode|você pode|podes|consegue|poderia] [me calcular|somar aí] {sum}[ por favor| para mim|]
        <ask> quanto [é|são|dá|fica] {sum}
        <ask> [o resultado de|o valor de|o total de|quanto vale] {sum}
        <get> o [resultado|valor|total] de {sum}
        [resultado de|o resultado de|valor de|o total de] {sum}
        [qual é o resultado de|qual o resultado de|qual o valor de] {sum}
        [quero|preciso] [calcular|saber quanto é|do resultado de|fazer] {sum}
        [me ajuda com|ajuda-me com|me ajuda a calcular|conta rápida][:|,|] {sum}
        [uma conta|conta|faz a conta|matemática][:|,|] {sum}
        [faz|faça|me faz] [a conta|esta conta|essa conta|o cálculo][:|,| de] {sum}
        se eu [fizer|calcular] {sum}, quanto dá
        [minha lição|meu exercício|a conta] [diz|é|pede] {sum}
        quantos são {sum}
        me diz {sum}
        me dá {sum}
        {sum}, por favor
        {sum} é igual a
        quanto seria {sum}
        quanto [dá|é] a conta {sum}
        [na calculadora|usa a calculadora|calculadora]: {sum}
        não consigo fazer {sum}
        [pode|podes] me dizer {sum}
        """,
        "follow_sum": """
        e {sum}
        [e quanto é|agora|e agora|e se for|depois] {sum}
        """,
    }
)
