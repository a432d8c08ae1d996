"""More ways to ask for the time, here and in a city, in Portuguese, by a second author."""

from .expand import blocks

FRAMES = blocks(
    {
        "time": """
        [estou|tô] [atrasado|atrasada|com pressa|sem noção do tempo|perdido no tempo], [que horas são|me diz a hora]
        [acordei agora|acabei de acordar|dormi demais|cochilei], [que horas são|já são que horas|que horas temos]
        [preciso sair logo|tenho consulta|tenho reunião|vou pegar o ônibus], [que horas são|me diz as horas|qual a hora]
        [preciso tomar o remédio|tenho que buscar as crianças|o jogo vai começar], [que horas são|são que horas]
        [a bateria acabou|o celular descarregou|o relógio parou], [consegue me dizer|sabe me dizer|diz] que horas são
        [que horas são|qual é a hora]? [preciso sair|tenho pressa|estou atrasado|esqueci o relógio|vou perder o trem].
        [me diz as horas|diz-me a hora|fala a hora] [que estou atrasado|que tenho pressa|que vou sair|que não vejo daqui]
        [não estou com|não trouxe|não encontro|perdi] [meu relógio|o relógio], [pode me dar as horas|que horas são]
        [não consigo ver|não enxergo|não vejo] [o relógio|as horas] [daqui|sem óculos], [que horas são|diz aí]
        [sem óculos não vejo nada|estou dirigindo|tô com as mãos ocupadas], [que horas são|fala as horas]
        [minha mãe|meu chefe|a professora|meu avô] [quer saber|está perguntando|perguntou] [que horas são|as horas]
        [alguém|o senhor|a senhora] [sabe|pode dizer|consegue dizer] [que horas são|as horas]
        [o senhor|a senhora|o amigo|vossa mercê] [tem|teria] [as horas|horas, por favor|horas aí]
        [teria|teriam|por acaso tem|por acaso tens] [as horas|a hora certa|horas aí]
        [faz|faça|faz-me|me faz] [o favor|a gentileza|um favor] [de dizer|de me dizer] [as horas|que horas são|a hora]
        [por gentileza|por obséquio|com licença|se faz favor|desculpe incomodar], [que horas são|as horas|tem horas]
        [que horas|quantas horas] [temos|temos agora|já temos|tem aí|tens aí no teu relógio]
        [que horas|q hrs|que hrs|k horas|ki horas] [são|sao|é|e agora]
        [q hr|qhoras|que hrs sao|q hrs sao] [agora|são|é|aí|por favor]
        [hrs|hr|hora|horas] [agora|aí|pf|pfv|por favor|já|certa]
        [me fala|me diz|mim diz|mi fala] as [hora|horas|hrs]
        [diz|diga|fala|manda|solta] [a hora|as horas|o horário] [aí|pf|pfv|logo|já|rapidinho]
        [manda|passa|solta|larga] [aí |][a hora|as horas|o horário] [certo|de agora|por favor|para mim]
        [bora|vai|anda|anda lá], [diz|fala|diga] [as horas|que horas são|a hora]
        [mano|cara|véi|brother|miga|pá], [que horas são|são que horas|que horas já são|fala a hora]
        [uai|oxe|bah|eita|nossa], [que horas são|são que horas|já são que horas]
        [robô|ô robô|máquina|assistente|{bot}], [que horas são|diz as horas|me dá a hora|quantas horas são]
        [oi|olá|ei] {bot}, [que horas são|sabes as horas|me diz a hora|tem horas]
        [bom dia|boa tarde|boa noite], [que horas são|pode dizer as horas|podia dizer-me as horas|tem horas]
        [oi|olá|opa|ei], [só queria saber as horas|preciso da hora|que horas são por favor|vê as horas para mim]
        [só|apenas] [quero|queria|preciso|vim] saber [que horas são|as horas|a hora certa]
        [gostava de|gostaria de|adorava] [saber|confirmar] [as horas|a hora exata|que horas são]
        [gostava|gostaria|queria] que [me dissesse|me dissesses|você dissesse] [as horas|que horas são|a hora]
        [quero|preciso] [acertar|ajustar|sincronizar] [o relógio|meu relógio], [que horas são|qual é a hora exata]
        [vou|preciso] [acertar|acertar aqui] o [despertador|relógio da parede|micro-ondas], [que horas são|qual a hora certa]
        [em que|a que] horas [estamos|estamos nós|andamos]
        [a quantas horas|em que hora do dia|a que altura do dia] estamos
        [a hora|o horário|a hora certa|a hora exata] [qual é|é qual|seria qual|é que horas]
        [a hora|as horas], [sabe|sabes|diz-me|me diz|faz favor|você tem]
        [as horas|a hora|o horário] [agora|neste momento|atual|exato|aqui|deste instante]
        [horário|hora] [local|oficial|corrente|do sistema|do servidor|daqui]
        [qual|qual é] [a hora|o horário] [local|oficial|exato|neste instante|que marca aí|do sistema]
        [qual|qual é] [a hora certa|a hora exata|o horário certo] [agora|neste exato momento|por favor|para acertar o relógio]
        [neste momento|neste instante|agora|agora mesmo|nesta altura][,|] [que horas são|são que horas|qual é a hora]
        [hoje|aqui|por aqui|aí] [já |][são que horas|que horas são]
        [já|agora] [são|é] que horas[ afinal| mesmo|]
        [são|já são] [que horas|quantas horas][ mesmo| afinal| aí| por favor|]
        [são|devem ser|serão] que horas [agora|mais ou menos|certinho|exatamente]
        [que horas|quantas horas] [serão|devem ser|seriam] [agora|já|neste momento|mais ou menos]
        que [raio de |diabo de |]horas são[ agora| afinal| já|]
        [que horas são exatamente|quais são as horas certas|que horas certas são|que horas são ao certo]
        [que horas|que hora] [diz|marca|mostra|indica] [o seu relógio|o teu relógio|seu sistema|aí o relógio]
        [o seu relógio|o teu relógio|o relógio aí|seu sistema] [marca|mostra|diz|indica] [que horas|o quê|quanto]
        [o ponteiro|o relógio] está [em que hora|em que número|a marcar o quê]
        [o relógio|meu relógio] [está|anda] [errado|adiantado|atrasado|doido], [que horas são|qual é a hora certa]
        [acho|penso] que [meu relógio|o relógio daqui] [está errado|atrasou|adiantou], [que horas são|qual a hora]
        [olha|olhe|espreita|dá uma olhada n|dê uma olhadinha n]o relógio [para mim|por mim|e diz|e me diz a hora]
        [vê|veja|confere|checa|verifica] [aí |][que horas são|a hora|as horas] [para mim|por favor|e me diz|num instante]
        [consulta|consulte|abre|usa|use] [o relógio|a ferramenta de hora|o teu relógio] [e diz a hora|para mim|e me diz as horas]
        [usa|use] a [ferramenta|função] [da hora|do relógio|de horas][ e me diz que horas são|]
        [consegue|consegues|pode|podes|dá para] [ver|saber|dizer|consultar] [que horas são|as horas|a hora atual|o relógio]
        [você|tu|vc|cê|o bot] [sabe|tem como saber|consegue saber] [que horas são|as horas|a hora]
        [você|tu] [sabe|sabes] [ver|dizer|ler] [as horas|a hora]? [que horas são|então diz|diz aí a hora]
        [tem|você tem|tens] [um |]relógio aí? [que horas são|quantas horas são|que horas marca]
        [tem|você tem|tens] [noção de|ideia de|como ver|como dizer] que horas são
        [faz|fazes|faço|tenho] [alguma |nenhuma |]ideia [das horas|de que horas são], [diz|e tu|me ajuda|você sabe]
        [não faço|não tenho] [a mínima |a menor |]ideia [das horas|de que horas são]
        [perdi|perdemos] a noção [do tempo|das horas][, que horas são|, são que horas|]
        [nem sei|já nem sei|não sei|sei lá] [que horas são|as horas][, me ajuda|, pode dizer|, você sabe|]
        [esqueci de ver as horas|não vi as horas|nem olhei o relógio|esqueci-me do relógio], [que horas são|são que horas|sabe dizer]
        [será que|por acaso] [já |][é tarde|passa do meio-dia|passou da meia-noite], [que horas são|são que horas]
        [já passa|já passou] d[o meio-dia|a meia-noite|as dez]? que horas são
        [é cedo ou tarde|é de manhã ou de tarde|é dia ou noite|é manhã]? [que horas são|qual é a hora|são que horas]
        [está na hora|tá na hora|já é hora] [de dormir|do almoço|de ir embora]? [que horas são|são que horas]
        [nossa|puxa|caramba|credo|eita], [já é tarde|como o tempo passa|que escuro]! [que horas são|são que horas]
        [está escuro|está claro|o sol já se pôs|ainda é noite], [que horas são|são que horas|qual é a hora]
        [faltam|falta] [quantos minutos|quanto] para [o meio-dia|a meia-noite|a próxima hora], [que horas são|qual a hora agora]
        [antes de sair|antes de dormir|antes de ir], [que horas são|me diz as horas|diz só as horas]
        [mudando de assunto|outra coisa|a propósito|já agora|aliás], [que horas são|sabe as horas|são que horas]
        [valeu|obrigado|ok|legal|certo|beleza], [e que horas são|e as horas|agora me diz a hora|e a hora]
        [e|mas|então|e aí] [que horas são|a hora|as horas|são que horas] [agora|aí|afinal|mesmo]
        [última pergunta|pergunta simples|uma perguntinha|pergunta rápida|dúvida rápida]: [que horas são|as horas|a hora]
        [teste|testando|vamos testar]: [que horas são|diz a hora|qual é a hora agora]
        [me informe|informe-me|informa|informe|me avisa] [a hora atual|as horas|o horário exato|a hora]
        [me passa|me passe|me manda|me envia] [as horas|a hora|o horário certo][ por favor| agora|]
        [dá|dê|dá-me|me dá|me dê] [as horas|a hora|o horário][ certo| aí| por favor| rapidinho|]
        [você|vc|tu] [pode|podes|podia] [dar|dizer|informar|mostrar] [as horas|a hora][ por favor| para mim|]
        [queria|quero|preciso] [da|ver a|ter a] hora [certa|exata|atual|oficial][ por favor|]
        [preciso|necessito|careço] [urgente |]saber [que horas são|a hora|as horas]
        [urgente|rápido|depressa|emergência]: [que horas são|a hora|as horas|qual a hora]
        [que horas são] [meu bem|meu filho|minha filha|querido|amigo|chefe|moço|moça]
        [moço|moça|senhor|senhora|chefe|amigo|jovem], [que horas são|tem horas|pode me dizer as horas|que horas tem]
        [meu filho|minha filha|meu bem|menino], [diz para a vó|me diz aqui|vê para mim] [que horas são|as horas]
        [ora|olá|viva|boas], [podia dizer-me|sabe-me dizer|dizia-me] [as horas|que horas são]
        [sabes-me dizer|sabe-me dizer|dizes-me|diz-me lá|dizia-me] [as horas|que horas são|a hora]
        [diga-me|diz-me|conte-me|informe-me] [lá |][que horas são|as horas|a hora exata]
        [estás|você está] com [horas|o relógio]? [que horas são|diz as horas]
        [importa-se|se importa|importas-te] [de me dar as horas|de dizer que horas são|de ver as horas]
        [seria possível|era possível|é possível|dá] [saber|dizer|me dizer] [as horas|que horas são|a hora]
        [será que|por acaso] [me diz|me diria|podia dizer-me|sabe] [as horas|que horas são]
        [pergunta|quero perguntar|vou perguntar|só perguntando]: que horas são[ agora|]
        [posso|podia|queria] [perguntar|te perguntar] [as horas|que horas são|a hora]
        [a que horas vamos|que horas são|são que horas], [sabe|sabes|você sabe|hein|hã|alguém sabe]
        [ajuda|ajude|me ajuda], [que horas são|perdi a hora, que horas são|não sei as horas]
        [a hora certa|as horas certas|a hora exata] [por favor|pf|se possível|faz favor|quando puder]
        [são oito|são nove|já são sete|são dez] horas ou [mais|menos|já passou], que horas são
        [já são|ainda são|são] [duas|três|seis|oito|onze|dez] [horas|da tarde|da noite|da manhã][ ou não|, né|, certo| ou ainda não]
        [é|já é] [meio-dia|meia-noite|uma hora|uma da tarde][ ou não|, né|, ou ainda não]
        [me atualiza|me situa|me localiza no tempo], [que horas são|qual a hora]
        [não quero me atrasar|não posso perder a hora|não quero chegar tarde], [que horas são|diz as horas|qual a hora]
        [vou|estou indo] [almoçar|dormir|trabalhar|para a aula|ao médico], [que horas são|que horas já são]
        [estou|tô] [esperando|há muito tempo aqui|na fila|no ônibus|na cama], [que horas são|são que horas agora]
        [o banco já fechou|a loja já abriu|a novela começou]? [que horas são agora|diz as horas que eu vejo]
        [fiquei|estou] [sem bateria|sem sinal|sem celular] e [não sei as horas|preciso das horas], [que horas são|me diz]
        [confirma|confirme|confere] [a hora|as horas|o horário] [para mim|aí|por favor|de agora]
        [repete|repita|diz de novo|fala de novo] [a hora|as horas|que horas são]
        [e agora|agora de novo|outra vez|mais uma vez]: [que horas são|as horas|qual é a hora]
        [passou algum tempo|já passou um tempo|demorei], [que horas são agora|e agora que horas são]
        que horas são [mesmo|mesmo agora|agora então]
        [hora certa|hora atual|horas certas] [por favor|pfv|aí|já]
        [hora|horas]? [por favor|agora|rápido|pf]
        [tem|tens] [hora|horas] [aí|aí contigo|aí com você|por favor|que me diga]
        [as horas são quais|a hora é qual|agora são quantas|a hora agora é qual]
        [e as horas|e a hora|e o horário|e que horas]
        [ver|saber|consultar|mostrar] [a hora|as horas|o relógio|a hora atual]
        [mostra|mostre|exibe|escreve|escreva] [a hora|as horas|o horário][ atual| de agora| na tela| para mim|]
        [cuida|liga|vai], [diz logo|fala logo|responde logo] [que horas são|as horas]
        [é só|basta] [dizer|me dizer] [que horas são|as horas|a hora]
        [não quero conversa|sem enrolação|direto ao ponto], [que horas são|só a hora]
        [seu inútil|ô lerdo|anda logo|bot burro], [que horas são|diz as horas]
        [você que é máquina|você que sabe tudo|tu que és esperto], [que horas são|diz a hora|sabe as horas]
        [a quantas anda|como está] o relógio[, que horas são|, que horas marca]
        [que horas|quantas horas] são [na tua terra|nesse relógio|no seu computador|no sistema|onde você está]
        [aí onde você está|aí no seu computador|no seu sistema|no servidor][,|] que horas são
        [eu |][queria|quero] [ligar para casa|ver a novela|assistir o jogo], [mas |]que horas são
        [me responde uma coisa|responde-me uma coisa|diz uma coisa], [que horas são|são que horas]
        [saberia|saberias|conseguiria|poderia] [me dizer|dizer|informar] [as horas|que horas são|a hora certa]
        [saber as horas|ver as horas|a hora certa] [é possível|dá|pode ser|você consegue]
        [preciso|quero] [marcar|anotar|registrar] a hora [agora|de agora|exata], [qual é|que horas são]
        [desculpa|desculpe|perdão|licença], [que horas são|as horas por favor|tem as horas|você tem horas]
        [chegou a hora|está na hora|será que é hora]? [me diz que horas são|diz a hora|que horas são]
        [estamos|estou] [há quanto tempo nisto|aqui faz tempo]? [que horas são|são que horas]
        [que horas são] [no momento|neste preciso momento|por esses lados|por aí|nesta altura]
        [que horas são] [já que estamos nisso|para eu saber|que não vejo daqui|se não for incômodo|se souber]
        [diz|diga|fala] [para mim|pra mim|pra gente|a nós] [que horas são|as horas|a hora]
        [a gente quer|nós queremos|a gente precisa|precisamos de] saber [que horas são|as horas]
        [gente|pessoal|galera|malta], [que horas são|alguém tem horas|são que horas]
        [que horas são|qual a hora]? [não tenho relógio|o meu parou|o celular morreu|daqui não vejo nada].
        [estou cozinhando|o bolo está no forno|estou no banho], [que horas são|me diz a hora|fala as horas]
        a hora [do remédio|da aula|do ônibus] está chegando, [que horas são|são que horas agora]
        [não me lembro|não vi|não reparei] [das horas|nas horas][, que horas são|, são que horas|, diz tu]
        [com precisão|ao minuto|ao certo|sem erro], [que horas são|qual é a hora|diz as horas]
        [a hora|o horário] [que é agora|que marca agora|do momento]
        [digital ou analógico|por extenso ou em números], tanto faz, [diz a hora|que horas são]
        """,
        "time_city": """
        [tenho|vou ter] [reunião|videochamada|uma chamada] com [a equipe|gente|um cliente] de {city}, [que horas são lá|qual a hora lá]
        [vou|quero|preciso] [ligar|telefonar|escrever] para [um amigo|uma amiga|meu filho|a família] em {city}, [que horas são lá|lá são que horas]
        [meu filho|minha filha|minha mãe|meu primo|minha prima] [está|vive|estuda|trabalha] em {city}, [que horas são por lá|são que horas lá]
        [minha empresa|a sede|o escritório|o fornecedor] fica em {city}, [que horas são lá|qual o horário lá]
        [meu voo|o avião|a conexão] [chega em|passa por|sai de] {city}, que horas são lá agora
        [amanhã vou para|semana que vem viajo para|estou indo para] {city}, [que horas são lá|qual é a hora lá]
        [cheguei em|aterrissei em|acabei de pousar em|desembarquei em] {city}, [que horas são|qual é a hora local|que horas são aqui]
        [estou|estamos|fiquei] [de férias|a trabalho|perdido|de passagem] em {city}, [que horas são|qual a hora aqui]
        [o jogo|o show|a live|a prova|a corrida] é em {city}, [que horas são lá|qual é a hora lá agora]
        [minha namorada|meu marido|minha irmã|meu avô] [mora|nasceu|ficou] em {city}, será que [lá é|já é] tarde? [que horas são|que horas são lá]
        [que horas são|qual é a hora] em {city}? [tenho reunião lá|quero ligar para lá|meu filho mora lá|vou viajar].
        [que horas são|qual é a hora|qual o horário] em {city}, [você sabe|sabes|sabe dizer|por acaso|diz-me|hein]
        [que horas são|q horas são|k horas são] [agorinha|neste instante|a esta hora|exatamente] em {city}
        que horas [temos|tem agora|são já] em {city}
        que horas [seriam|serão|são mais ou menos|são exatamente] [lá |]em {city}
        que horas [a malta|o pessoal|a gente|o povo] [de|em] {city} [tem|tem agora|tem neste momento]
        que horas [são para|tem] quem [mora|vive|está] em {city}
        [quem|alguém] [mora|vive] em {city} [está em|tem] que horas
        [para quem|se alguém|quem] [está|mora|vive] em {city}, que horas são
        [que hora|a hora|que horas] [é|são] [lá em|aí em|por] {city}
        [são|já são|agora são] que horas [em|lá em|para os lados de] {city}
        [são|já são|agora são] que horas em {city}[ agora| neste momento| por favor|]
        [são|já são] quantas horas em {city}[ agora|]
        quantas horas [são|temos|tem] [agora |]em {city}[ agora|]
        [a que|em que] horas [está|anda] {city}
        em que hora [está|anda|vive] {city} [agora|neste momento]
        [a hora|o horário|as horas] [de|em] {city} [é qual|qual é|agora|por favor|me diz|você sabe|hoje]
        [a hora|o horário|as horas] [lá em|aí em] {city}[, sabes| por favor| agora| qual é|]
        [a hora certa|a hora exata|a hora local|o horário oficial|o horário local] [de|em] {city}[ por favor| agora| qual é|]
        [hora|horário] [exata|certo|oficial|de agora|atualizada] [em|de] {city}[ pf| agora| por favor|]
        [hrs|hr|hora|horário|horas] [em|de] {city} [pf|pfv|agora|aí|por favor|já]
        [hrs|q hrs|que hrs|k hrs|q hr] [são |]em {city}
        [hora|horas|tempo e hora|relógio] de {city}[ agora|]
        [fuso|fuso horário|horário do fuso|hora do fuso] de {city}[, que horas são lá agora|, que horas são|, qual a hora]
        [relógio|relógio mundial|hora mundial][:|,] {city}
        {city} [que horas são|que horas|q hrs|hrs|hora agora|horário agora|hora atual|hora certa]
        {city}[,|:|...] [qual é a hora|que horas são|diz a hora|hora por favor|são que horas|que hora é lá]
        {city}[,|:] [lá são que horas|lá que horas são|que horas tem lá|sabe a hora de lá|a hora de lá]
        {city} [está|fica|anda] [em que horas|a que horas|em que hora|com que horas]
        {city} [tem|marca|mostra] que horas [agora|neste momento|no relógio]
        {city}? que horas são [lá|por lá|nesse lugar|nessa cidade]
        [em|lá em|agora em] {city} [que hora é|que horas é|são quantas horas|quantas horas são|que horas temos|temos que horas]
        [em|lá em] {city}[,|] [agora são que horas|a hora é qual|qual é o horário|que horas marcam os relógios|que horas devem ser]
        [na cidade de|na capital|lá para os lados de|na região de] {city}[,|] que horas são
        que horas são na [cidade de|região de|zona de|bela] {city}[ agora|]
        [qual|qual é] [a hora|o horário|a hora certa|a hora exata] na cidade de {city}
        [qual|qual é] [a hora|o horário] [praticado|vigente|corrente|neste momento|agora|exato] em {city}
        [qual|qual é] o fuso [de|em] {city} e que horas são [lá|agora lá]
        [qual|qual é] [a hora|o horário] [lá|aí|por lá] em {city}[ agora| hoje|]
        [olha|veja|vê|confere|verifica|checa] [aí |][que horas são|a hora|o horário] em {city}[ para mim| por favor|]
        [olha|olhe|espreita] o relógio de {city}[ para mim| por favor|]
        [consulta|consulte|pesquisa|procura|busca] [a hora|o horário|as horas] [em|de] {city}[ para mim| por favor|]
        [consegue|consegues|pode|podes|dá para] [saber|dizer|ver|descobrir] [que horas são|a hora] em {city}[ agora|]
        [consegue|pode|podes|podia] [consultar|conferir|confirmar|informar] [o horário|a hora] [de|em] {city}[ por favor|]
        [gostava de|gostaria de|queria|adoraria] saber [que horas são|a hora|as horas] em {city}
        [gostava|gostaria|queria] que [me dissesse|me dissesses|você visse] [que horas são|a hora] em {city}
        [quero|queria|preciso] [ver|confirmar|conferir|descobrir] [que horas são|a hora|o horário] em {city}
        [preciso|quero] [urgente |]saber [que horas são|a hora|o horário] [lá |]em {city}
        [me diz|me fala|diz-me|diga-me|me diga] [só |aí |lá |][que horas são|a hora] em {city}
        [me informe|informe-me|me passa|me manda|me dá|dá-me] [a hora|o horário|a hora certa] [de|em] {city}
        [diz|diga|fala] [aí |][a hora|o horário|que horas são] em {city}
        [manda|solta|passa] [aí |][a hora|o horário] [em|de] {city}
        [faz|faça|faz-me|me faz] [o favor|a gentileza] de [dizer|me dizer|ver] que horas são em {city}
        [por favor|por gentileza|se faz favor|com licença], [a hora|o horário|as horas] [de|em] {city}
        [por gentileza|se não for incômodo|desculpe], que horas são em {city}
        [você|tu|vc|cê] [sabe|tem|consegue ver] [a hora|o horário|as horas] [de|em|lá em] {city}
        [você sabe|tu sabes|vc sabe|cê sabe|tens ideia de] que horas são em {city}[ agora|]
        [o senhor|a senhora|alguém] [sabe|poderia dizer|pode dizer] [que horas são|a hora] em {city}
        [saberia|saberias|poderia|conseguiria] [me dizer|dizer|informar] [que horas são|a hora] em {city}
        [sabe-me dizer|sabes-me dizer|podia dizer-me|dizes-me] [que horas são|as horas] em {city}
        [será que|por acaso] [sabe|sabes|você sabe] [que horas são|a hora] em {city}
        [não sei|não faço ideia de|nem imagino|sei lá] [que horas são|que horas devem ser] em {city}[, e você|, me ajuda|, diz aí|]
        [não faço|não tenho] ideia [da hora|do horário] em {city}
        [esqueci|não lembro|confundo sempre] [a hora|o horário|o fuso] de {city}[, que horas são lá|, que horas são agora|, me diz]
        [posso|já posso|dá para] [ligar|telefonar] [agora |]para {city}, ou [é muito tarde|é cedo demais]? que horas são lá
        [é|já é|ainda é] [dia|noite|manhã|madrugada|tarde|cedo] em {city}[, que horas são| agora, que horas são lá|, que horas tem]
        [será que|acho que] [já é noite|é madrugada|é de manhã|ainda é cedo] em {city}, [que horas são lá|são que horas]
        [estão|devem estar] [dormindo|a dormir|acordados] em {city}? que horas são lá
        [o pessoal|minha família|meu irmão|minha tia] de {city} [já acordou|está dormindo|já almoçou]? que horas são lá
        [quando|se] aqui [é meio-dia|é noite|já amanheceu], que horas são em {city}
        [se|quando] [eu |]estivesse em {city}[,|] que horas [seriam|eram]
        [se|caso] eu [telefonar|escrever|chamar] [agora |]alguém em {city}, [que horas são lá|lá são que horas]
        [quero|vou|preciso] [acertar|ajustar] [meu relógio|o relógio] [para a hora de|pela hora de] {city}, [que horas são lá|qual é]
        [meu relógio|meu celular] ainda está no horário [de casa|antigo], [que horas são|qual é a hora] em {city}
        [mano|cara|véi|miga|brother|pá], [que horas são|são que horas] em {city}[ agora|]
        [uai|oxe|bah|eita|opa], [que horas são|são que horas] [lá |]em {city}
        [moço|moça|amigo|chefe|querido|meu filho], [que horas são|qual é a hora] [lá |]em {city}
        {bot}, [que horas são|me diz a hora|qual é a hora|vê as horas|diz o horário] em {city}
        [oi|olá|ei] {bot}, [que horas são|sabe as horas|me diz as horas] [lá |]em {city}
        [oi|olá|bom dia|boa tarde|boa noite], [que horas são|pode dizer que horas são|sabe a hora] em {city}
        [uma pergunta|pergunta rápida|dúvida rápida|uma dúvida|só uma coisa]: [que horas são|a hora|qual é a hora] em {city}
        [agora|e agora|de novo|outra vez]: [a hora em|que horas são em|o horário de] {city}
        [mudando de assunto|outra coisa|aliás|a propósito|já agora], [que horas são|qual é a hora] em {city}
        [obrigado|valeu|ok|legal|certo], [agora |e ][que horas são|a hora|me diz o horário] em {city}
        [teste|testando|vamos testar|desafio]: [que horas são|a hora|a hora certa] em {city}
        [urgente|rápido|depressa], [que horas são|a hora|o horário] em {city}
        [não enrola|anda logo|responde logo|sem enrolar], [que horas são|a hora] em {city}
        [usa|use] [o relógio|a ferramenta|a função de hora] e [diz|diga|me diz] [que horas são|a hora] em {city}
        [a que horas estão|em que horas estão|que horas têm] [em|lá em] {city}
        que horas [marca o relógio|marcam os relógios|mostra o relógio|indica o relógio] [em|de] {city}
        o relógio [de|em] {city} [marca|diz|mostra|indica] que horas[ agora|]
        [o relógio da praça|a torre|o aeroporto] de {city} marca que horas
        [e em|mas em|então em] {city}[,|] que horas são[ neste momento| agora| lá|]
        [tenho|conheço] [gente|um amigo|uma família] em {city}, [que horas são lá|lá são que horas agora]
        [estou falando|converso|falo] com [alguém|uma pessoa|um cliente] de {city}, [que horas são lá|que horas são aí para ela]
        [tenho saudades de|sinto falta de|penso em|lembrei de] {city}, que horas são lá[ agora|]
        [estou curioso|por curiosidade|só por curiosidade|curiosidade minha], [que horas são|qual é a hora] em {city}
        [meu chefe|meu avô|a professora|a chefe] [perguntou|quer saber] [que horas são|a hora] em {city}
        [o curso|a aula|o evento|o webinar] segue o horário de {city}, [que horas são lá|que horas são agora]
        [o prazo|a entrega|a inscrição] [é|fecha] pelo horário de {city}, que horas são lá[ agora|]
        [pelo|no|segundo o] [horário|relógio|fuso] de {city}[,|] [que horas são|são que horas|qual é a hora]
        [no horário|na hora|no fuso] de {city}[,|] [agora são quantas horas|são que horas|quanto é]
        [nasci em|sou de|venho de|cresci em] {city} [e|mas] [queria saber|quero saber|não sei] que horas são lá
        [moro em|vivo em|trabalho em|estudo em] {city} [e|mas] [não tenho relógio|perdi a hora|o relógio parou], [que horas são|qual é a hora]
        [bolsa|mercado|banco|comércio] de {city}: [que horas são lá|hora local]
        [lá na|lá no|ali em|aqui em|aqui por|por] {city}, [que horas são|são que horas|qual a hora]
        [aqui em|cá em] {city} [que horas são|são que horas|já são que horas]
        [que horas são|são que horas|que hora é] [aqui|cá|ali] em {city}
        [horas|hora] [certas|atuais|atual|local] [para|em|de] {city}[, por favor| pf|]
        [a hora|horário|horas], {city}[, por favor| pf| agora|]
        [em relação a|quanto a|sobre] {city}[:|,] que horas são lá
        [cidade|local|lugar|destino]: {city}[.|,] [que horas são|hora atual|qual é a hora]
        [gostaria da|queria a|preciso da|me arranja a|quero a] hora [atual|certa|exata|local] [de|em] {city}
        [mostra|mostre|exibe|escreve|me mostra] [a hora|o horário|as horas] [de|em] {city}[ na tela| por favor| agora|]
        [calcula|descobre|descubra|adivinha] que horas são [agora |]em {city}
        [lembra|recorda|repete]-me [que horas são|a hora] em {city}
        quais são as horas em {city}[ agora|]
        [tem|teria|tens] como [ver|saber|dizer] [que horas são|a hora] em {city}
        [tem|tens|tem aí] [as horas|a hora|o horário] de {city}[ aí| contigo| por favor|]
        [é possível|seria possível|dá] [saber|para saber] [que horas são|a hora] em {city}
        [estamos|ficamos] em {city} [e|mas] [ninguém tem relógio|o celular morreu], [que horas são|são que horas aqui]
        [sou turista|somos turistas|estou perdida] em {city}, [que horas são|me diz as horas]
        [pousei|parei|estou preso] no aeroporto de {city}, [que horas são|são que horas]
        [o trem|o ônibus|o navio] parou em {city}, que horas são [aqui|lá|agora]
        [vai|vamos], {bot}: [que horas são|a hora|horário] em {city}
        [que|qui|ki] [oras|orass|horass|ors] são em {city}
        [qe|qui|qeu] horas são em {city}
        que [oras|hora|hrs] [e|eh|sao] em {city}
        [me fala|mim fala|mi diz] as [hora|hrs|horas] em {city}
        [quantas|que] horas é lá em {city}
        [que horas são|a hora] [no país de|na ilha de|no estado de|no bairro de|na vila de] {city}
        [que horas são|a hora|que hora é] em {city} [amigo|mano|querido|por gentileza|se souber|afinal|para eu ligar]
        [que horas são] em {city} [já que|porque|pois] [preciso ligar|vou ligar para lá|tenho reunião|quero saber].
        [que horas são] em {city} [e posso ligar|e já é noite lá|e já amanheceu], [sabe|sabes|você sabe]
        [de casa para|entre aqui e] {city} muda [muito |]a hora, que horas são lá
        [viajo|parto|embarco|sigo] [hoje|amanhã|logo] para {city}, [que horas são lá|qual o horário de lá|me diz a hora de lá]
        [a hora de lá|que horas são lá], [em {city}|digo, em {city}|quero dizer em {city}|falo de {city}]
        [que horas são|qual é a hora] lá onde [mora meu filho|trabalho|está o cliente], em {city}
        [diz-me uma coisa|me tira uma dúvida|me responde|ajuda aqui]: que horas são em {city}
        {city} [já está|ainda está|está] [de noite|no escuro|de dia|de madrugada]? que horas são lá
        [meu hotel|meu curso|meu trabalho novo|a minha entrevista] é em {city}, [que horas são lá|lá são que horas]
        [vou ver|assisto|acompanho] um jogo ao vivo de {city}, [que horas são lá|qual a hora lá]
        [hora|horário] em {city} [e mais nada|é só isso|só isso|é tudo o que quero].
        em {city}[,| já| agora] [passa do meio-dia|passa da meia-noite|amanheceu], que horas são lá
        [para eu não acordar ninguém|para não ligar tarde|para marcar a call], que horas são em {city}
        """,
    }
)
