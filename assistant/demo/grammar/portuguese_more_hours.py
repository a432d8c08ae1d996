"""More ways to ask for times, dates and sums in Portuguese, and what only looks like it, by a third author."""

from .expand import blocks

FRAMES = blocks(
    {
        "time": """
        [as horas|as horinhas|a horinha|a hora certinha], [quais são|que são|são quais|quantas são|como estão]
        [agora|nesta altura|neste instante|por estas bandas|cá por casa] [são que horas|são quantas horas|vai em que hora|é que horas|a hora é qual]
        [a que horas|em que horas|a quantas|em que hora] [é que |][vamos|andamos|vai o dia|já vamos|a gente está]
        [o relógio|o teu relógio|o seu relógio|esse relógio aí] [vai em quanto|aponta para que horas|diz que são quantas|anda por que horas|marca quanto]
        [já|hoje já|a esta hora já] [bateu|bateram|deu|deram] que horas
        [deram|já deram|já bateram|bateram] as [dez|seis|oito|onze|sete|três][? que horas são|, ou que horas são| ou ainda não, que horas são]
        [tens|tem|teria|terias|por acaso tem|você teria] [horas que me dê|horas que me digas|as horas contigo|horas certas|as horas aí com você]
        [dá-me|dê-me|me dá|dava-me|podia dar-me|podes dar-me|pode me dar] [as horas|a hora|as horinhas] [que temos|de agora|daqui|de momento|se puder|se puderes]
        [diz lá|diga lá|ora diz|diz-me cá|diga-me cá|fala aí|fala pra mim] [as horas|que horas temos|a hora que é|em que horas estamos|quantas horas são]
        [sabes|sabe|saberás|saberia|vc sabe|ce sabe] [dizer-me |][as horas|que horas temos|em que horas estamos|que horas já são|se já é tarde, que horas são]
        [poderia|poderias|podia|consegue|és capaz de|dava para] [informar|indicar|verificar|confirmar|dizer] [que horas são neste momento|a hora exata|a hora atual|que horas temos]
        [agradecia|agradeço|agradeceria|ficava grato] [que me dissesse as horas|se me dissesse as horas|se me desse as horas|que me indicasse a hora]
        [seria tão amável que me dissesse|tenha a bondade de dizer|queira dizer-me|faça-me o obséquio de dizer] [as horas|que horas são|a hora]
        [o senhor|a senhora|vossa senhoria|o amigo|você] [saberia|poderia] [informar|dizer|indicar] [as horas|a hora certa|que horas são][, por obséquio|, por favor|, se faz favor|]
        [perdão|com licença|desculpe lá|desculpa incomodar|boa tarde, desculpe], [sabe-me dizer as horas|que horas são|pode dizer que horas temos|tem horas certas]
        [tenho de|tenho que|preciso de|preciso] [apanhar o autocarro|pegar o busão|apanhar o comboio|ir buscar o miúdo|buscar a menina na escola], [que horas são|quantas horas são|que horas já são|me diz a hora]
        [tenho o forno ligado|deixei o bolo no forno|tenho a panela ao lume|pus a roupa na máquina|tenho o carro mal estacionado], [que horas são|diz-me as horas|são que horas agora]
        [tomo|vou tomar|a minha mãe toma|o bebé toma|o bebê toma] o remédio [a certas horas|na hora certa|de tarde], [que horas são|são que horas|diz as horas]
        [o telemóvel|meu telefone|o computador|o tablet|o micro-ondas] [morreu|está sem bateria|mostra a hora errada|apagou|perdeu a hora], [que horas são|me diz as horas|qual é a hora]
        [mudou|mudaram|já mudou] a hora[ hoje| este fim de semana|] e [estou perdido|não acertei o relógio|fiquei na dúvida], [que horas são|qual é a hora certa|são que horas afinal]
        [por causa do|com o|com esta história do] horário de verão [já não sei nada|estou baralhado|me perdi], [que horas são|que horas são mesmo|são que horas]
        [quero|vou|preciso de] [saber se chego a tempo|ver se chego a tempo|calcular se dá tempo|ver se ainda apanho o metro], [que horas são|são que horas|diz a hora]
        [vou apagar a luz|vou para a cama|já estou na cama|estou acordada a meio da noite|não consigo dormir], [que horas são|são que horas|quantas horas são]
        [ainda|será que ainda|acha que ainda] [dá tempo|vou a tempo|há tempo|apanho o comboio]? [que horas são|são que horas|diz-me as horas]
        [já|ainda] [é hora de almoço|é hora do lanche|é hora de jantar|são horas de dormir]? [que horas são|diz as horas|são que horas]
        que horas são[,|...| -|:|;] [sabes|sabe|por favor|alguém|tenho pressa|estou à espera|perdi a noção]
        [horas|hora][...|??|!|, pf|, pff|, por favor|, já| certas| certa]
        [k|q|ki|ke] [hrs|horas|hr|h] [sao|são|é|eh|s] [msm|agr|agora|ai|aí|pf]
        [q|ki|que] [hora|horas|hrs] [tem ai|tem aí|é essa|agr|é agora|tá]
        [fl|flw|diz|mand] [as hr|as hrs|a hr|as horas ae|a hora ae]
        [mn|mano|cara|man|véi|velho|bro] [q|que] [hrs|horas|hr] [são|é|sao|é agr|tem aí]
        [tá|ta|está] [que|q|em que] [horas|hora|hrs][ agora| já| aí| agr|]
        [horas|hora|relógio|que horas|horas agora] [stop|ponto|urgente|rápido|preciso|pretendo]
        [necessito|preciso|solicito|pretendo|venho pedir] [hora|a hora|horas|informação da hora] [atual|exata|certa|de agora|corrente]
        [consulta|consultar|verificar|verifica|obter|ler|buscar] [a hora|as horas|hora|o relógio][ do sistema| atual| agora| exata|]
        [gostava|gostaria] [muito |apenas |só |]de saber [que horas são|em que horas estamos|as horas|a hora certa]
        [estava a pensar|tava pensando|pergunto-me|me pergunto|estou a perguntar-me] que horas [são|serão|já são|devem ser]
        [queria perguntar|perguntava-te|pergunto|posso perguntar|só vim perguntar] [que horas são|as horas|a hora|em que horas vamos]
        [alguém aí|alguém|há alguém que|quem é que|quem] [sabe|me diz|pode dizer|consegue ver] [as horas|que horas são|a hora]
        [a minha neta|o meu neto|minha vizinha|o motorista|o paciente|o cliente] [pergunta|quer saber|perguntou-me|me pergunta] [que horas são|as horas|que horas temos]
        [meu menino|minha querida|meu rico filho|minha joia|ó filho], [diz-me as horas|que horas são|vê-me as horas|que horas temos]
        [robozinho|amigo robô|senhor robô|ó bot|inteligência], [que horas temos|diz-me que horas são|quantas horas são|vê a hora]
        [ó |olá |oi |boas ]{bot}, [que horas temos|diz lá as horas|quantas horas são|em que horas estamos|vê aí a hora]
        {bot}, [tens horas|as horas|a hora, por favor|que horas são neste momento|olha o relógio e diz]
        [para|pra] [mim|a minha mãe|apontar aqui|o relatório|eu anotar], que horas são
        [vou anotar|vou registar|preciso registar|vou pôr no relatório] [a hora|a hora da chegada|a hora de agora]: [que horas são|qual é|são que horas]
        [vê-me|vê lá|veja lá|espreita|confere aí|dá uma vista de olhos] [as horas|que horas são|a hora][ se faz favor| num instante|, sff|]
        [isto|aqui|isso] [já são|são] [umas quantas horas|quantas horas|que horas|que horas mais ou menos]
        [por que horas|a que horas mais ou menos|em que hora exata] [vamos|andamos|estamos][ agora| nós|]
        [achei que eram|pensava que eram|juraria que são|acho que são|diria que são] [nove|dez|cinco|duas|oito] horas, [que horas são de verdade|são mesmo|que horas são|acertei ou que horas são]
        [são|já são|ainda são] [nove|dez|cinco|duas|oito][ da manhã| da noite| da tarde|] [ou mais|ou menos|já]? que horas são
        [é dia|é noite|é madrugada|é tarde|é cedo][?|, né?|, acho eu.| ou não?] que horas são[ aí| agora| já|]
        [não há relógio|não tem relógio|não vejo relógio|não há horas] [aqui|nesta sala|neste quarto|em lado nenhum], [que horas são|dizes-me as horas|me diz a hora]
        [puseste|acertaste|você acertou] o relógio? [que horas são|que horas tem aí|quantas horas marca]
        [a sério|sério|juro|fala sério]? [já é isso tudo|já escureceu|já passou tanto]? [que horas são|são que horas|que horas já são]
        [só isto|só uma coisa|é rápido|é só isto|uma coisinha][:|,] [que horas são|as horas|em que horas estamos|a hora de agora]
        [última coisa|antes que me esqueça|e já que aqui estou|para terminar|por fim][:|,] [que horas são|diz-me as horas|me fala as horas|são que horas]
        [vá|vá lá|anda|bora lá|despacha-te|deixa disso], [diz as horas|que horas são|são que horas|só quero as horas]
        [não percebi|não entendi|não ouvi|perdi], [que horas são|são que horas mesmo|diz de novo as horas|que horas disseste que são]
        [passou um bocado|passaram uns minutos|passou algum tempo|foi-se mais meia hora], [que horas são já|e agora que horas são|quantas horas são agora]
        [e agora|agora então|e neste momento|e já], [que horas são|são que horas|que horas temos|as horas]
        [ainda não|não] [me disseste|me disse|respondeste|respondeu] [as horas|que horas são|a hora][, diz lá|, pode dizer|, e então|]
        [que horas são|quantas horas são|que horas temos] [para vocês|por aí|na vossa terra|no teu mundo|aí no servidor|no escritório]
        [hora atual|hora certa|hora exata|as horas certas] [do momento|deste momento|de agora|aqui], [qual é|por favor|diz|sabe]
        """,
        "date": """
        [hoje|agora|nesta altura] [estamos a quantos|é que dia|é que data|vai a quantos|o dia é qual|estamos em que dia]
        [a data|o dia|o dia do mês|o dia da semana], [qual é|é qual|sabes|pode dizer|diz lá][ a de hoje| hoje|]
        [a quantos|em que dia|em que data|em que mês|em que ano] [é que |][vamos|estamos nós|estamos afinal|a gente está|andamos]
        [quantos|que dia] [é que |][são hoje|temos hoje|é hoje, afinal|marca hoje o calendário|diz a folhinha]
        [diz lá|diga lá|ora diz|fala aí|diz-me cá|informa aí] [que dia é hoje|a quantos estamos|a data de hoje|em que dia estamos]
        [agradecia|agradeço|gostaria|gostava] que me [dissesse|indicasse|confirmasse] [a data de hoje|o dia de hoje|que dia é hoje]
        [queira|tenha a bondade de|faça o favor de] [indicar|dizer|informar] [a data de hoje|que dia é hoje|o dia da semana]
        [estou a preencher|vou passar|tenho de assinar|estou preenchendo] [um cheque|uma declaração|um recibo|a caderneta], [a quantos estamos|que dia é hoje|qual é a data]
        [tenho consulta|viajo|faço anos|o prazo acaba] [na sexta|no dia dez|esta semana|daqui a dias], [que dia é hoje|a quantos estamos|hoje é que dia]
        [o iogurte|o leite|o bilhete|o cupom|o passe] [passou da validade|vence hoje|ainda vale|já caducou]? [que dia é hoje|qual é a data de hoje|hoje é dia quanto]
        [nas férias|reformado|desempregado|em casa com o bebê|de baixa] [uma pessoa perde a conta|todos os dias são iguais|a gente se perde], [que dia é hoje|em que dia estamos]
        [acordei|cheguei|estou] [completamente baralhado|sem saber nada|perdidinha|fora do mundo], [que dia é hoje|em que dia estamos|a quantos estamos]
        [hj|hoje|oje] [é|eh|e|são] [q dia|qnts|quantos|que data|q data|dia qnt]
        [q|ki|que|k] [dia|data] [é|eh|e] [msm hj|hj msm|hj|hoje msm|hj pf]
        [dia|data|mês|ano|calendário|que dia é][...|??|, pf|, por favor| hoje| atual|, urgente]
        [mano|cara|pá|miga|velho|gente], [é que dia hoje|que dia é hoje mesmo|hoje é quanto|a quantos estamos]
        [meu filho|minha querida|ó menina|rapaz], [que dia é hoje|em que mês estamos|a quantos estamos|diz-me o dia]
        [ó |oi |boas ]{bot}, [a quantos estamos|que dia é hoje|hoje é que dia|diz-me a data]
        [hoje|já|afinal] é [feriado|segunda|terça|quarta|domingo|fim de mês], [que dia é|ou que dia é|certo? que dia é hoje|acho eu, que dia é hoje]
        [achava|pensava|jurava] que [era terça|era domingo|ainda era maio|já era sexta], [que dia é hoje|hoje é que dia|em que dia estamos]
        [preciso|necessito|pretendo|solicito] [da data|data|a data|saber a data] [de hoje|atual|exata|corrente][ por favor| para um documento| sff|]
        [consulta|verifica|confere|lê|vê] [a data|o dia de hoje|o calendário|que dia é][ do sistema| de hoje|, por favor|]
        [tens|tem|há] [calendário|agenda|data] [aí|contigo|por aí]? [que dia é hoje|a quantos estamos|que data marca]
        [para|pra] [eu anotar|pôr na carta|o cabeçalho|a ata|o diário], [que dia é hoje|a data de hoje|qual é a data]
        [o meu neto|a professora|o médico|minha chefe|o polícia] [perguntou-me|me perguntou|quer saber] [que dia é hoje|a data|em que mês estamos]
        [última coisa|já agora|e outra coisa|antes que me esqueça][:|,] [que dia é hoje|a data|a quantos estamos|em que dia da semana estamos]
        [segunda ou terça|terça ou quarta|quarta, ou será quinta|sexta ou sábado|sábado ou já domingo]? [que dia é hoje|hoje é que dia]
        [não me digas que hoje é|só falta hoje ser|hoje não é] [domingo|segunda|feriado|sexta], [que dia é|que dia é hoje|pois não? que dia é hoje]
        [o dia|o mês|o ano|a data] [em que estamos|de agora|corrente|atual][, qual é|, sabe| é qual|, por favor|]
        [como está|como vai|em que pé vai] o calendário, [que dia é hoje|a quantos estamos|em que mês vamos]
        """,
        "time_city": """
        {city} [são|já são|agora são] [que horas|quantas horas|quantas][ aí| lá| neste momento|]
        [em|no|na|lá em|por] {city} [são|já são|serão|devem ser] [que horas|quantas horas|quantas|que horas mesmo|que horas mais ou menos]
        [em|no|na|lá em|lá por] {city}[,| -|...|:] [quantas horas são|que horas temos|em que horas vão|são quantas|já são que horas]
        [em|no|na] {city} [é que horas|que hora tem|a hora é qual|qual é a horinha|já bateu que horas|tá que horas|tá em que horas]
        [em|no|na|lá em] {city} [a esta hora|neste momento|agora mesmo|hoje|a estas horas] [são que horas|são quantas horas|que horas são|é que horas]
        [agora|neste momento|neste preciso instante|a esta hora|nesta altura] em {city} [são que horas|que horas são|são quantas|é que horas|que horas temos]
        [as horas|a hora|a hora certa|o horário] em {city}[,|...| -] [quais são|qual é|quantas são|sabes|por favor]
        [as horas|a hora|as horinhas|o horário] [lá de|cá de|aí de|do pessoal de|do povo de] {city}[, quais são|, qual é|, sff|, sabe|]
        [que horas|quantas horas|que hora] [são|é|temos|marca] [a esta altura|já|nesse instante|atualmente|presentemente] em {city}
        [que horas|quantas horas] são [no|na|em] {city}[,|...|:] [sabes|sabe-me dizer|se faz favor|sff|pf|tens ideia]
        [quantas|que] horas [são|serão|seriam] [lá para|lá por|do lado de|nas bandas de] {city}
        que horas são[,|...|:] [digo|quero dizer|isto é|ou seja][,|] [em|no|na] {city}
        que horas são lá[,|...|:] [em {city}|na {city}|no {city}|falo de {city}|refiro-me a {city}]
        [que horas são|são que horas] [neste momento |]na [terra|cidade|zona] d[e|o|a] {city}
        [preciso|tenho|tenho de|tenho que] [ligar|telefonar] [à minha irmã|ao meu filho|ao cliente|para a filial|aos meus pais|à empresa] em {city}, [que horas são lá|são que horas lá|quantas horas são lá]
        [vou|quero|estou para] [fazer uma videochamada|ligar por vídeo|mandar mensagem|mandar um áudio] para {city}, [que horas são lá|são que horas por lá|lá são quantas horas]
        [não quero|não queria|para não] [acordar|incomodar|perturbar] [ninguém|a minha tia|o meu irmão|o cliente] em {city}[, |: ][que horas são lá|são que horas lá|quantas horas são lá agora]
        [a minha filha|minha neta|o meu irmão|um colega|a minha sogra|meu noivo] [foi viver para|mudou-se para|mudou para|emigrou para|está a estudar em] {city}, [que horas são lá|são que horas lá|quantas horas são por lá]
        [a entrevista|a reunião|a chamada|a aula|a live|a entrega] é [à hora de|no horário de|pela hora de|com gente de] {city}, [que horas são lá agora|são que horas lá|que horas são lá]
        [aterro em|chego a|faço escala em|parto para|estou a caminho de|vou de carro para] {city}, [que horas são lá|que horas são lá neste momento|são que horas lá]
        [acabo|acabei|acabamos] de [aterrar|aterrissar|chegar|desembarcar|pousar] em {city}[,| e não acertei o relógio,] [que horas são|são que horas aqui|qual é a hora local]
        [estou|encontro-me|tô|ando] [em|por|cá em|aqui em] {city} [e não tenho relógio|sem relógio|e perdi as horas|com o telemóvel morto], [que horas são|são que horas|que horas são aqui]
        [já|ainda|será que já] [acordaram|estão a dormir|abriram as lojas|amanheceu|escureceu] em {city}? [que horas são lá|são que horas por lá|quantas horas são lá]
        [é muito tarde|é cedo demais|é boa hora|é má hora] para [ligar|telefonar|escrever] para {city}? [que horas são lá|são que horas lá]
        [sabes|sabe|vc sabe|ce sabe|tu sabes|saberás] [as horas|que horas são|que horas temos|a hora que é] [lá |]em {city}
        [sabes-me dizer|sabe-me dizer|saberia dizer-me|dizes-me|diz-me lá|diga-me lá] [as horas|que horas são|quantas horas são] [em|no|na] {city}
        [dizes-me|dava-me|arranjas-me|dá-me|me arranja|me vê|vê-me] [as horas|a hora|a hora certa] [de|em|do|da] {city}[ agora|, sff|, por favor|]
        [poderia|podia|consegue|és capaz de|seria possível|dava para] [informar|indicar|dizer|verificar] [que horas são|a hora|a hora exata] em {city}[, por favor|, se faz favor|]
        [agradecia|agradeço|agradeceria|gostava] que me [indicasse|dissesse|confirmasse] [a hora|as horas|que horas são|a hora local] em {city}
        [queira|tenha a bondade de|faça o favor de|importa-se de] [indicar|dizer-me|informar] [a hora|que horas são|as horas] em {city}
        [gostava|gostaria] [muito |só |apenas |]de saber [que horas são|em que horas estão|as horas|quantas horas são] em {city}
        [pergunto-me|me pergunto|estava a pensar|tava pensando|fiquei a pensar] que horas [são|serão|devem ser|já são] em {city}
        [queria perguntar|pergunto|posso perguntar|só vim perguntar|diz-me uma coisa], que horas [são|temos|já são] em {city}
        [pedem-me|me pediram|pediram-me|o formulário pede|o chefe quer|o sistema pede] [a hora|as horas|o horário] de {city}, [que horas são lá|qual é|são que horas lá]
        [para|pra] [marcar a reunião|saber se ligo|eu me organizar|acertar o relógio|não falhar a chamada][,|:] [que horas são em|são que horas em|quantas horas são em|a hora em] {city}
        [k|q|ki|ke] [hrs|horas|hr|h] [sao|são|é|eh|s] [em|na|no|la em|lá em] {city}[ agr| pf| msm|]
        [hrs|hr|hora|horas|q hr|q hrs] [em|d|de|la em|na|no] {city}[ pf| agr| ai| por fvr|??|]
        {city} [q hrs|q hrs sao|que hrs é|hrs agr|hora agr|q horas tem|tá que horas|eh q hrs]
        [mano|cara|véi|pá|bro|mn], [em {city} são que horas|{city} tá que horas|lá em {city} é que horas|q hrs são em {city}]
        [oxe|uai|bah|eita|epá|olha lá], [em {city} são que horas|são que horas em {city}|que horas são lá em {city}|quantas horas são em {city}]
        [hora|horas|relógio|que horas|hora local] [em |de |]{city}[ stop| ponto| urgente|, urgente|, rápido| preciso já]
        [necessito|preciso|solicito|pretendo|quero] [hora|horas|a hora|informação da hora] [de|em|para] {city}
        [consulta|consultar|verificar|verifica|obter|procura|ver] [hora|a hora|as horas|horário] [local de|atual de|em|de] {city}
        [cidade|localidade|local|sítio][:| é|: é] {city}[. | - |, ][pergunta: que horas são|a pergunta é que horas são|que horas são lá|quero a hora]
        [pensando em|falando de|falando em|a propósito de|por falar em] {city}[,|:] [que horas são lá|são que horas lá|que horas são por lá agora]
        [e |então |mas ][{city}|em {city}|lá em {city}|por {city}][,|] [são que horas lá|que horas são lá|que horas serão lá|são quantas horas]
        [ó |olá |oi |boas ]{bot}, [em {city} são que horas|que horas são em {city}|são que horas em {city}|a hora de {city}, se faz favor]
        {bot}, [em {city} que horas são|lá em {city} são que horas|diz-me as horas de {city}|quantas horas são em {city}]
        [meu filho|minha querida|ó menino|meu rico amigo|minha joia], [em {city} são que horas|que horas são em {city}|que horas são lá na {city}]
        [a minha neta|o meu neto|minha vizinha|o motorista|o meu sócio] [pergunta|quer saber|perguntou-me|me perguntou] que horas são [agora |]em {city}
        [alguém|quem|quem é que|aí alguém] [me diz|sabe|sabe dizer|consegue ver] [as horas de|que horas são em|as horas em|a hora em] {city}
        [o relógio da câmara|o relógio da igreja|o relógio da estação|o painel do aeroporto] [de|em|do|da] {city} [marca que horas|dá que horas|diz que horas|está em que horas]
        [quem vive|quem está|quem mora|uma pessoa|alguém] em {city} [vê que horas no relógio|tem que horas no relógio|está a que horas|tá em que horas]
        [aqui|cá|em casa] [é de dia|já é noite|é hora do almoço|amanhece], [e em {city} que horas são|em {city} são que horas|mas em {city} são quantas horas]
        [sei|já sei|tenho] [a hora daqui|as horas daqui|a nossa hora], [quero a de|falta a de|e que horas são em|preciso é da de] {city}
        [não|nem] [faço ideia|sei|imagino|tenho ideia] [de |]que horas [são|serão|possam ser] em {city}
        [confundo|baralho|troco] sempre os fusos, [em {city} são que horas|que horas são em {city}|quantas horas são em {city}]
        [enganei-me no fuso|perdi-me nos fusos|odeio fusos|detesto fusos horários], [que horas são em|são que horas em|quantas horas são agora em] {city}
        [só isto|só uma coisa|é rápido|uma coisinha|última coisa][:|,] [em {city} são que horas|que horas são em {city}|a hora em {city}|são que horas em {city}]
        [vá|vá lá|bora lá|despacha-te|anda], [em {city} são que horas|diz que horas são em {city}|a hora de {city}]
        [imagina|supõe|digamos|faz de conta] que [estou|estás|você está|vivo] em {city}[,|:] que horas são [aí|lá|nesse lugar|no meu relógio]
        [o meu clube|a seleção|o meu time|a minha equipa] joga hoje em {city}[, |; ][que horas são lá|são que horas lá|lá são que horas]
        [o voo|o comboio|o meu marido|o autocarro|a encomenda] [já chegou a|saiu de|está em|parou em] {city}, [que horas são lá|são que horas lá|que horas são lá agora]
        [o meu amor|a namorada|o melhor amigo|a família toda] está em {city} e [tenho saudades|quero ligar|não atende], [que horas são lá|são que horas lá|será tarde lá? que horas são]
        que horas [diz|marca|mostra|dá] o relógio [lá |]em {city}[ a esta hora| neste momento|]
        [quando|na hora em que] [te escrevo|estou a escrever|escrevo isto], que horas são em {city}
        [exatamente|ao certo|ao minuto|com precisão|sem erro], [que horas são em {city}|em {city} são que horas|quantas horas são em {city}]
        [que horas são|são que horas] em {city}[. obrigado.|? obrigada!|? abraço.|... agradeço.|? é para hoje.|. tenho pressa.]
        """,
        "follow_city": """
        [e |e já agora |mas ]em {city} [são quantas|são quantas horas|é que horas|já são que horas]
        [e |e então |]{city}[ são que horas| é que horas|, são quantas|... são que horas|??]
        [e|mas|pois, e] [no|na|por|lá por] {city}[, são quantas|, que horas são|, e aí|, sabes|]
        [agora|depois|a seguir|já agora] [diz|faz|procura|busca|dá-me] [{city}|a de {city}|as horas de {city}]
        [a mesma pergunta|pergunta igual|mesma coisa|idem|o mesmo][,|:|, mas] [para|em|com|agora em] {city}
        [repete|volta a ver|vê outra vez|faz igual] [para|em|com] {city}
        [e o pessoal|e quem vive|e a minha prima|e os colegas|e o povo] [lá |]em {city}[, são que horas|, que horas têm|]
        {city} [também|a seguir|agora|depois][, se faz favor|, sff|, por favor|, vá|]
        [acrescenta|junta|adiciona|põe também] {city}
        [afinal|afinal é|afinal quero|melhor|pensando bem,] [em |a de |]{city}
        [enganei-me|me enganei|troquei|confundi], [é|era|queria] [em |]{city}
        [e se for|e se eu for|e se mudar|e se trocar] [em|para] {city}
        [e|então|ok, e] [a hora|as horas|o relógio] [lá de|de|cá de|aí de] {city}
        [só mais|falta|ainda falta|faltou] [{city}|a de {city}|uma: {city}|a hora de {city}]
        [boa|fixe|obrigado|show|top|percebi][,|.|!] [agora|e|e agora] [{city}|em {city}|a de {city}]
        [do outro lado|mais a norte|mais longe|aqui ao lado|no mesmo país][,|:] [em |]{city}
        [comparando com|em comparação com|ao lado de|e face a] {city}
        [e a tia|e o avô|e o sócio|e a filial|e o meu ex] [de|em|lá em|que está em] {city}
        [hmm|pois|tá bem|ah|certo], [e |mas ][em |lá em |no |na ]{city}
        [q|que|e q] hrs [em|na|no] {city} [tb|tbm|também|agr]
        [e|é] [em|na|no] {city} [agr|tb|tbm|msm|então]
        [experimenta|tenta|testa|passa][ lá| aí|] [em|para|com] {city}
        [última|a última|para acabar|por último][:|,|...] {city}
        [e|mas] [se eu estiver|se a reunião for|se o voo for|se ele estiver] em {city}
        [próxima paragem|próxima parada|próximo destino|destino seguinte][:|,] {city}
        [e de|e da|e do|e para os de|e quanto à de] {city}
        [não, não|não era isso|não é essa], [em|a de|a hora em|quero é] {city}
        [em|no|na] {city}[,| -|:] [e lá|igual|a mesma coisa|são que horas também]
        [de |]{city}[, e de lá|, que horas tens|, qual é a hora| diz a hora]
        [troca a cidade por|substitui isso por|muda a cidade para|muda para a hora de] {city}
        """,
        "sum": """
        {sum}[,|...|:|;] [quanto perfaz|a quanto monta|dá-me quanto|quanto vem a dar|faz quanto|vai a quanto]
        {sum} [perfaz quanto|soma quanto|vem a dar quanto|faz quanto|monta a quanto|bate em quanto|fecha em quanto]
        {sum} [??|...|= ??|=?|é|=|dá =|igual a...|dá...]
        quanto [é que |][faz|perfaz|vem a ser|vem a dar|me dá|vai dar|sai|fecha] {sum}
        [quanto é que é|quanto é que dá|quanto é que são|quanto me dá|quanto te dá|quanto dará|quanto daria] {sum}
        [em quanto fica|por quanto sai|em quanto vai dar|em quanto fecha|a quanto vai|em que número dá][:|] {sum}
        [qual é|qual|qual seria|qual será|qual vem a ser] [o resultado final|o total exato|o valor exato|a conta certa|a resposta] d[e|a conta|a operação|esta conta:] {sum}
        [diz lá|diga lá|ora diz|diz-me cá|fala aí|dizes-me|me fala] [quanto é|quanto dá|o resultado de|quanto são|quanto fica] {sum}
        [sabes|sabe|vc sabe|ce sabe|saberás|saberia] [quanto é|quanto dá|quanto são|de cabeça quanto é|dizer quanto dá] {sum}
        [és capaz de|é capaz de|consegues|consegue|podias|dava para] [calcular|resolver|fazer|fechar|somar-me isto:] {sum}
        [faz-me|faz aí|faça-me|me faz|bota aí|mete aí|põe aí] [a conta|as contas|a continha|essa conta|o cálculo][:| de|...|,] {sum}
        [mete|põe|bota|introduz|digita] [isto |]na calculadora[:|,| e diz o resultado:] {sum}
        [agradecia|agradeço|agradeceria|gostava|gostaria] que me [calculasse|resolvesse|dissesse quanto é|indicasse o resultado de] {sum}
        [queira|tenha a bondade de|faça o favor de|importa-se de] [calcular|resolver|indicar o resultado de|dizer quanto é] {sum}
        [o senhor|a senhora|você|o amigo] [poderia|saberia|consegue|podia] [calcular|dizer quanto é|fazer a conta de|resolver] {sum}[, por favor|, se faz favor|]
        [necessito|preciso|pretendo|solicito|quero] [o resultado|do resultado|resultado|o cálculo|o total][ de|:] {sum}
        [estou|tô|ando] [a fazer contas|fazendo as contas|a fechar a caixa|fechando o caixa|a fazer os deveres|fazendo o dever][ e falta|:|, diz-me|, me ajuda:] {sum}
        [o dever de casa|os trabalhos de casa|o exame|a ficha de matemática|o livro|a professora] [pede|pergunta|manda fazer|quer saber]: {sum}[, quanto é|, quanto dá|]
        [o meu filho|a minha neta|a minha colega|o cliente|meu irmão] [pergunta|quer saber|perguntou-me|me perguntou] quanto [é|dá|são] {sum}
        [discuti|apostei|aposta feita|aposto um café] com [o meu irmão|uma colega|o chefe]: quanto [é|dá] {sum}
        [a máquina avariou|a calculadora pifou|fiquei sem calculadora|não tenho papel|sem papel nem lápis], [quanto é|quanto dá|calcula-me|faz-me] {sum}
        [nunca fui bom a|nunca fui boa em|sou uma nódoa a|sou péssimo em|detesto] matemática, [quanto é|quanto dá|diz-me quanto é] {sum}
        [os meus dedos não chegam|já não sei a tabuada|contei pelos dedos e perdi-me|perdi a conta], [quanto é|quanto dá|calcula] {sum}
        [no fim|no total|tudo junto|tudo somado|feitas as contas|contas feitas], {sum} [dá quanto|quanto dá|é quanto|são quanto]
        [dava-me|dá-me|dê-me|passa-me|arranja-me|me arruma] [o resultado|o total|a resposta|o valor] de {sum}[, sff|, por favor|, se puderes|]
        [preciso de|quero|tenho de|tenho que|vou] [conferir|confirmar|verificar|validar] [uma conta|este valor|isto]: {sum}[, quanto dá|, quanto é|]
        [confere|confirma|confirme|verifica|valida] [quanto é|quanto dá|o resultado de|o valor de] {sum}
        [a fatura|o recibo|a nota|o orçamento|o talão] [diz|traz|mostra|indica] {sum}, [isso dá quanto|quanto é isso|quanto dá isso]
        [escrevi|apontei|anotei|tenho aqui] {sum} [no papel|no caderno|na lista|aqui] e [quero o resultado|preciso do total|não sei quanto dá]
        [tenho|temos|deram-me|apareceu|caiu] [esta conta|este cálculo|isto aqui|esta expressão] [para resolver|por fazer|para hoje]: {sum}
        [conta|continha|operação|cálculo] [do dia|fácil|difícil|chata|rápida|número um]: {sum}
        [resolve lá|resolva-me|calcula-me|calcule aí|faz-me|despacha-me|me resolve|me calcula] isto[:|,] {sum}
        [ora|bem|pronto|então|bora lá|vamos lá][,|:] {sum}[,|...] [dá quanto|quanto é|é quanto|e aí]
        [olha|ouve|escuta|psiu|atenção], [quanto é que é|quanto é|quanto dá|quanto fazem] {sum}
        [ó |olá |oi |boas ]{bot}, [quanto é que é|quanto dá|faz-me a conta:|calcula lá|diz quanto é] {sum}
        {bot}[,|:] [faz|resolve|calcula-me|quanto dá|quanto são] {sum}
        [meu filho|minha querida|ó menino|rapaz|minha joia], [quanto é|quanto dá|faz-me a conta:|diz-me quanto é] {sum}
        [mano|cara|véi|pá|bro|mn], [quanto é que dá|dá quanto|qnt é|faz aí|qto dá] {sum}
        [oxe|uai|bah|eita|epá|ei], [quanto é|quanto dá|quanto que é|quanto que dá] {sum}
        [qnt|qnts|qto|qt|kt|kto] [é|eh|da|dá|sao|são|fica] {sum}[ pf| msm| agr| ae|]
        {sum} [da qnt|dá qto|eh qnt|é qto|qnt da|qto é|qnt é|qto dá]
        [cauc|calc|calcula ai|faz ai|faiz ai|resolv|resolve ai] {sum}
        [quanto que|quanto q|qnto q|qto q] [é|dá|da|fica|sai] {sum}
        [quanto|quantos] [ser|faz ser|fazer|dar] {sum}
        [me ajude|eu preciso ajuda|favor|por favor você] [calcular|fazer conta|dizer quanto ser] {sum}
        [resultado|total|valor|conta|cálculo][ stop| urgente| rápido| já|]: {sum}
        [calcular|resolver|somatório|efetuar|computar|operação a fazer][:|...| »|] {sum}
        [cálculo|conta|expressão|exercício] [a|b|um|dois|seguinte][)|:|.] {sum}
        [quanto é|quanto dá|quanto são|quanto fica][...|:|?|, então,|, afinal,] {sum}
        [pensa bem|concentra-te|sem pressa|com calma|cuidado com esta][:|,] [quanto é|quanto dá|quanto são] {sum}
        [aposto|garanto|acho] que [não sabes|sabes|você sabe|vc não sabe|você não acerta] quanto é {sum}
        [se te disser|se eu disser|e se eu escrever|se te der] {sum}[,|:] [o que respondes|quanto dizes que dá|quanto é|quanto dá]
        [pergunto-me|me pergunto|estava a pensar|tava pensando|fiquei curioso:] quanto [é|dá|será|daria] {sum}
        [para|pra] [a obra|o bolo|a rifa|o condomínio|o aluguer|a prestação|o lanche][,|:] [quanto é|quanto dá|preciso de saber quanto é] {sum}
        [antes de pagar|antes de assinar|antes de fechar|antes de enviar][,|:] [quanto é|quanto dá|confere quanto é|diz-me quanto dá] {sum}
        [só isto|só uma coisa|é rápido|uma coisinha|última coisa|já agora][:|,] [quanto é|quanto dá|quanto são] {sum}
        [vá|vá lá|bora|despacha-te|anda], [quanto é|quanto dá|faz|diz quanto é] {sum}
        [não quero teoria|sem rodeios|sem explicar|só quero o número|vai direto ao número], [quanto é|quanto dá|calcula] {sum}
        [quanto é|quanto dá|quanto são] {sum}[. obrigado.|? obrigada!|... é para hoje.|? é urgente.|. agradeço.|? tenho pressa.]
        {sum}[, obrigado|, grata|. obrigado|, é para hoje|, sff|, se souberes|, por obséquio|, meu caro]
        [há alguma maneira de|tem como|tem jeito de|será possível] [saber quanto é|calcular|me dizer quanto dá|fazer] {sum}
        [que|qual] [número|valor|resultado|total|montante] [dá|é|obtenho com|resulta de|sai de|tenho com] {sum}
        [obtém|obtenha|determina|determine|apura|indica] [o valor de|o resultado de|quanto é|o total de] {sum}
        [de cabeça|sem calculadora|a olho|com calculadora|à mão][,|:] [quanto é|quanto dá|faz] {sum}
        [deu-me|me deu|dá-me] [sempre |]um [número estranho|valor diferente|resultado esquisito], [quanto é|quanto dá] {sum}
        """,
        "follow_sum": """
        [e|mas|pois, e] {sum}[,|...] [são quanto|perfaz quanto|vem a dar quanto|dá-me quanto]
        [e|e então|mas] [quanto é que é|quanto perfaz|quanto são|a quanto monta|quanto me dá] {sum}
        [agora|depois|a seguir|já agora] [experimenta|mete|põe|faz-me|dá-me] {sum}
        [a mesma pergunta|pergunta igual|idem|o mesmo][,|:|, mas] [para|com|agora com] {sum}
        [e se fossem|e se der|e se puser|e se meter|e se trocar por] {sum}
        [boa|fixe|obrigado|show|top|percebi][,|.|!] [agora|e|e agora|outra:] {sum}
        [afinal é|afinal era|pensando bem,|melhor:|melhor,] {sum}
        [enganei-me|me enganei|troquei os números|confundi], [é|era|queria] {sum}
        [só mais|falta|ainda falta|faltou] [esta|isto|uma|a última]: {sum}
        [e q|e qnt|e qto|e quanto q] [da|dá|é|eh] {sum}
        [hmm|pois|tá bem|ah|certo][,|...] [e |mas |agora ]{sum}
        [não, não|não era isso|não é essa], [é|era|quero é|faz] {sum}
        [próxima|segue|seguinte|a outra][:|...|,] {sum}
        [e por curiosidade|e já que estamos nisto|e já agora|e por falar nisso][,|:] {sum}
        [e|então] {sum} [também|a seguir|agora|depois][, sff|, se faz favor|, vá|]
        [a da lista|lista seguinte|segunda linha|linha seguinte]: {sum}
        [troca|muda|altera] [a conta para|isso para|para|os números para] {sum}
        [ok|certo|fechado|anotado|apontado][,|.] [e esta|agora esta|falta esta|outra][:|,] {sum}
        [vamos|bora|passemos|passa] [à próxima|à segunda|para outra|a outra][:|,] {sum}
        [difícil|mais difícil|agora a sério|agora uma a valer][:|,] {sum}
        """,
        "decoy": """
        [acordo|levanto-me|me levanto|deito-me|pego no serviço|saio do trabalho] [sempre |quase sempre |]às {hour}[ da manhã| da tarde|]
        [a loja|o meu turno|o ginásio|a farmácia|o café] [abre|fecha|começa|acaba] às {hour}[ aos sábados| no inverno| em {city}|]
        [o comboio|o autocarro|o busão|o barco|a excursão] [para|de] {city} [sai|parte|chega] às {hour}[ e não espera| em ponto|]
        [a que horas|que horas|até que horas] [é que |][tu jantas|vocês jantam|serve-se o almoço|posso aparecer|recebem encomendas|se come em {city}]
        [a que horas|que horas] [parte|sai|chega|aterra] o [comboio|autocarro|avião|barco|voo] [para|de] {city}
        [a que horas|em que horário|quando] [fecha|abre|começa] [o museu|a feira|o mercado|o estádio|a missa] [de|em] {city}
        [quantas horas|quanto tempo] [são|demora|leva|é] de [carro|comboio|ônibus|avião] [até|para] {city}
        [há|faz] {small} [horas|dias|anos|minutos] que [espero|estou à espera|não durmo|moro em {city}|não vejo a {name}|não falo com o {name}]
        [trabalho|estudo|durmo|dormi] {small} horas [por semana|por dia|seguidas|esta noite]
        [em|lá em|por] {city} [o tempo está horrível|está um calor danado|chove há dias|as noites são longas|come-se bem|é tudo caro]
        [o|a] {name} [mora em|vive em|foi para|chegou ontem de|está de férias em] {city}
        [o relógio|a torre|o fuso|o horário de verão] de {city} [é famoso|é uma confusão|foi notícia|está em obras]
        [a data|o dia|o horário] d[a entrega|o exame|a consulta|o casamento] [mudou|ainda não saiu|ficou por marcar|é segredo]
        [hoje|ontem|anteontem|amanhã] [o dia foi|vai ser um dia|foi um dia] [em grande|de cão|comprido|de arromba|para esquecer]
        [faço anos|o meu filho faz anos|casamos|é a festa] no dia {small}
        [o|a] {name} [faz|fez] {small} anos [hoje|ontem|no domingo|e quer uma festa]
        [tenho|comprei|vendi|encomendei] {small} [garrafas|camisas|cadeiras|bilhetes|galinhas|vasos] [e quero trocar|em {city}|e uma veio partida|e faltou uma]
        [o meu|meu] [nif|cpf|número de cliente|código postal|cep|iban|contrato] é [o |]{number}
        [o número da porta|o apartamento|o quarto|a matrícula|o lote] é [o |]{number}
        [paguei|cobraram-me|me cobraram|devem-me|emprestei] {number} [euros|reais|paus] [a mais|por engano|ontem|e quero de volta]
        [a multa|a prestação|a renda|o aluguel|o passe] [é|está em|subiu para|custa] {number} [euros|reais]
        [ficamos|ficámos|terminou|perdemos|ganhamos] {small} a {small}[, que jogo| fora de casa| nos penáltis| nos pênaltis|]
        [a turma|o prédio|a equipa|o time|a fila] [tem|tinha|já vai em] {small} [pessoas|alunos|vizinhos|jogadores]
        [li |vou n|estou n|parei n]a página {number}
        [a linha|o artigo|o capítulo|a sala|o canal] {number} [não funciona|é o melhor|mudou|deu problema]
        [mais ou menos|menos mal|nem mais|vezes sem conta|dividido em dois], [é como me sinto|foi assim o dia|digo eu|é o que é]
        [divide|parte|reparte] [o bolo|a herança|a despesa|a conta do bar] [pelos irmãos|entre os amigos|com a malta|pela mesa toda]
        [faz|faça|fazes] as contas [à vida|ao tempo perdido|e vais ver|lá em casa]
        [o meu chefe|a minha patroa|o meu sogro|a minha cunhada|o novo vizinho|o padeiro] [chama-se|se chama|é o|é a|tem por nome] {name}
        [o meu irmão|a minha colega|meu sobrinho|a minha afilhada] [é|chama-se] {name} [mas|e] [toda a gente lhe chama Zé|trabalha na {business}|não gosta do nome]
        [quem me atendeu|quem me vendeu isto|o rapaz da loja|a senhora do balcão|o motorista] [foi|chama-se|era] [o |a |]{name}
        [o entregador|o técnico|a enfermeira|o advogado|o canalizador] {name} [não apareceu|foi uma joia|deixou a porta aberta|nunca responde]
        [falei|já falei|conversei|combinei] com [o|a] {name} [ontem|de manhã|ao telefone|na loja][ e disse que sim| e ficou de me ligar|]
        [quero|queria|gostava de|preciso de] [falar com|deixar recado para|enviar flores para|mandar um e-mail para] [o|a] {name}
        [pode|podes|podia] [avisar|chamar|passar ao|ligar para] [o|a] {name}[, por favor| da {business}| imediatamente|]
        [o|a] {name} [está aí|já chegou|trabalha aí|ainda está de férias|atende hoje|vem hoje]
        [diz|diga] [ao|à] {name} que [estou atrasado|já paguei|depois ligo|mandei o papel|a encomenda chegou]
        [encomendei|comprei|pedi] [isto|um presente|um livro|um bolo] para [o|a] {name}
        [escrevo|ligo|venho] por causa d[o|a] {name}, [que está doente|o meu pai|a minha filha|que não recebeu nada]
        [batizámos|batizamos|registamos|registrei] [o bebé|o bebê|a menina|o gato] [como|com o nome de] {name}
        [o meu barco|a minha banda|a minha loja|o meu canal|a minha avó] [chama-se|chamava-se|vai chamar-se|se chama] {name}
        [não gosto|não gosto nada|tenho pena|lembro-me|tenho saudades] d[o|a] {name}
        [quem era|quem foi|sabes quem é|já ouviste falar de|conheces] [o |a |]{name}[ da televisão| do futebol|, o escritor|]
        [o nome|aquele nome] {name} [é bonito|vem do árabe|está na moda|lembra-me alguém|é de rapaz ou de rapariga]
        [acho giro o nome|detesto o nome|gosto do nome|o bebé vai ter o nome] {name}
        [o|a] {name} [manda cumprimentos|mandou um beijinho|pediu para cancelar|quer devolver o casaco|disse que vocês são bons]
        [esqueci |não sei |não me lembro d|sabes ]o nome d[o meu médico|aquela rua|a minha antiga escola|o filme]
        [como se chama |como é que se chama |qual é o nome d][o vosso gerente|o dono da loja|aquela praia|o cão da vizinha]
        [qual era|como era|sabes] o nome d[aquele ator|a mulher do presidente|o meu professor|a rua da loja|o teu gato]
        [que nome|qual nome|que raio de nome] [ponho|dou|é que dou|hei de dar] [ao meu cão|à minha filha|à loja|ao barco]
        [mudaste|mudaram|mudou] [de nome|o nome da loja|o nome da rua|de número]
        [o nome está|o meu nome ficou|puseram o nome] mal escrito [na fatura|no bilhete|na encomenda|no convite]
        [sou|eu sou] [alérgica a amendoim|celíaco|o próximo|do tempo da outra senhora|freguesa antiga|todo ouvidos|um zero à esquerda]
        [sou|eu sou] [portador de um vale|titular da conta|sócio número {number}|o da encomenda {number}|da turma {small}]
        [aqui é|aqui está|aqui há] [um frio|uma barulheira|o fim do mundo|muita gente na fila|sempre festa]
        [chama-me|chamem-me|chame-me] [quando estiver pronto|às {hour}|um táxi|assim que puder|nomes, que eu aguento]
        [em|durante|desde] {number} [vivia em {city}|abri a loja|ainda não havia telemóveis|conheci a minha mulher]
        """,
        "greet": """
        [boas|ora viva|viva|ora boas|saudações|olá olá|oi oi oi|opa opa][, boa gente|, amigo|, cá estamos| a todos|]
        [bom dia|boa tarde|boa noite|olá][,| a] [senhor assistente|todos por aí|quem estiver aí|minha gente|vizinhança]
        [há alguém|está alguém|tem gente] [desse lado|por aí|acordado|para conversar][ hoje| a esta hora|]
        """,
        "thanks": """
        [obrigadinho|obrigadinha|agradecido|agradecida|bem haja|brigadão|valeu mesmo|obg viu][, pá|, amigo|, {bot}| pela paciência|]
        [Deus lhe pague|não sei como agradecer|fico muito grato|salvou o meu dia|salvaste-me o dia][, obrigado|, a sério|]
        """,
        "bye": """
        [até à próxima|até à vista|até loguinho|fica bem|fique bem|inté|fui nessa|bom resto de dia][, {bot}|, amigo|, pá| e obrigado|]
        [vou|tenho de|preciso] [desligar|almoçar e já não volto|dormir, até amanhã|ir, beijinho|ir andando]
        """,
        "how": """
        [tudo em cima|tudo fixe|está tudo|tá tudo de boa|como é que é|como vai isso|como vai a vida|que tal][, pá|, {bot}| por aí| contigo|]
        [passaste bem o dia|dormiste bem|como correu o dia|estás bem disposto|tem passado bem][, {bot}| hoje|]
        """,
        "ok": """
        [está certo|tá joia|tá beleza|pois é|está bem assim|combinado|fechado|percebido|já percebi|ficou claro][, pá|, então|. depois vejo| por agora|]
        [deixa estar|deixe estar|não faz diferença|não tem importância|logo se vê|fica para outro dia][, obrigado| então|]
        """,
    }
)
