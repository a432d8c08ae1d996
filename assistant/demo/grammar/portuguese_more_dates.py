"""More ways to ask for the date, or for the time in one more city, in Portuguese, by a second author."""

from .expand import blocks

FRAMES = blocks(
    {
        "follow_city": """
        [e |mas |então ][lá |]em {city}[, são que horas|, que horas são|, e agora|]
        [e|mas|então] [que horas são|são que horas|qual é a hora|qual o horário] em {city}
        [e|mas] [a hora|o horário|as horas] [de|em|lá em] {city}
        [e|mas] {city}[, que horas são| que horas são|, sabe|, também sabe|]
        [agora|depois|a seguir|então] [me diz|diz|quero|vê] [a hora de|a de|a hora em] {city}
        [também|e também|e ainda] [em|a de|a hora de|quero a de] {city}
        [outra|mais uma|outra cidade|mais uma cidade|próxima][:|,] {city}
        [e a de|e o de|e as horas de|e a hora lá em] {city}
        [e quanto a|e no caso de|e para|e sobre] {city}
        e se [eu estiver|eu estivesse|for|fosse] em {city}
        [e quem|e para quem] [está|mora|vive] em {city}
        [tá, e|ok, e|certo, e|beleza, e|legal, e|valeu, e] [em |lá em |]{city}
        [ok|certo|beleza|valeu|obrigado], [agora|e agora|e] [em|a de] {city}
        [não, em|quis dizer|quis dizer em|na verdade em|desculpa, em|digo, em] {city}
        [em vez disso|em vez dessa|melhor][,|] em {city}
        [troca|muda|mude|troque] [para|por] {city}
        [o mesmo para|o mesmo em|igual para|a mesma coisa em|repete para|repete com] {city}
        [se fosse|se for|sendo] em {city}[, que horas são|, são que horas|]
        [bom|bem|pois|hum|ah], e [em |]{city}
        {city}[, e lá|, também| também|, agora|, e aí| agora|, por favor]
        [última|a última|para terminar|por fim][:|,] [em |]{city}
        [e lá para|e do lado de|e ali em|e aí em|e por] {city}
        [minha irmã|meu amigo|o cliente] está em {city}, e lá
        [e quando eu estiver|e chegando|e para quem chega] em {city}
        [e aí|e daí|e aqui|e ali] em {city}
        [e me diz|e diz|e vê|e confere] [a hora |a |as horas ]de {city}
        [e sabe|e sabes|e consegue ver] [a hora de|as horas em|a de] {city}
        [só mais|mais] uma [cidade|pergunta|coisinha|hora][:|,] {city}
        [ainda tenho|falta|me falta|tenho mais] uma[:|,] {city}
        [de novo|outra vez|mais uma vez][:|,] [em |]{city}
        [agora com|agora para|agora quero|agora vê] {city}
        [agora|e agora][:|,] {city}
        [hum, e|entendi, e|show, e|isso, e|puxa, e] [em |]{city}
        [errei|ops|opa|errado], [era|é|queria|quis dizer] {city}
        [a que eu queria era|eu queria dizer|o certo é|me enganei, é] {city}
        [esquece essa|esquece a outra|deixa essa], [vê|quero|e em] {city}
        [a próxima é|a seguinte é|a outra é|a segunda é] {city}
        [passa para|vai para|segue com|continua com] {city}
        [seguinte|segunda|terceira|outra][:|,] {city}
        [e por exemplo|por exemplo|digamos][:|,] [em |]{city}
        [se em vez disso|se no lugar] [fosse|for] {city}
        {city} [então|nesse caso|agora então|dessa vez]
        {city}[, e|, também|, já agora]
        [e|mas] {city} [tem que horas|está em que horas|a que horas está|são que horas]
        [e|mas] {city} [pf|por favor|aí|rapidinho|também]
        [obrigado|valeu|boa|show|perfeito], [e |agora |mais uma: |e em ]{city}
        [e para fechar|e por último|para acabar][:|,] {city}
        [também|ainda] [queria|quero|precisava] [da hora de|saber de|a de] {city}
        [ah, e|ah sim, e|opa, e|ei, e] [em |lá em |]{city}
        [mesma coisa|igual|idem][:|,| para| em] {city}
        [me diz|diz-me|fala|diga] [também|agora|ainda] a de {city}
        [quero|preciso de|vê] outra[:|,] {city}
        [testa|tenta|experimenta] [agora |com |]{city}
        [mano|cara|amigo|querido], e [em |]{city}
        {bot}, [e|agora|e agora|e em] {city}
        [não é isso|não era isso|não foi isso], [é|quero|em] {city}
        [confere|vê|checa|olha] [também|ainda] {city}
        [pronto|feito|anotado], [agora|e|próxima:] {city}
        [e depois disso|e logo depois|e em seguida][:|,] {city}
        [e finalmente|finalmente|enfim][:|,] [em |]{city}
        [agora quero ver|quero ver agora|vamos ver] [a de |a hora de |]{city}
        [e lá|e por lá|e aí], em {city}
        [e que horas|que horas] [serão|devem ser|são também] em {city}
        [e já é noite|e é de dia|e já amanheceu|e é cedo] em {city}[, que horas são|, são que horas]
        [e minha mãe|e meu filho|e a minha amiga|e o meu chefe] em {city}
        [e a minha família|e os meus primos|e a filial|e o escritório] em {city}
        [e lá onde mora|e onde está|e com] [meu irmão|a minha prima|a minha filha], em {city}
        [voltando a|de volta a|voltando para|retornando a] {city}
        [e no fuso|e no horário|e na hora|e pelo relógio] de {city}
        [compara|compare|e compara] com {city}
        [e do outro lado do mundo|e do outro lado|e mais longe|e aqui perto], em {city}
        [não é lá|lá não|não lá], [é em|em] {city}
        [a hora também|e a hora também|as horas também] em {city}
        [diz também|vê também|mostra também] [em |a hora em |a de ]{city}
        [agora eu viajo|depois vou|de lá sigo|depois sigo] para {city}[, e lá|, que horas são lá|]
        [e se eu ligar|e se telefonar|e ligando] para {city}
        [só falta|agora só falta|falta só] {city}
        [e na cidade de|e na capital|e na bela] {city}
        [e quantas horas são|e são quantas horas|e tem que horas] em {city}
        [que tal|e que tal] [em |]{city}
        """,
        "date": """
        [que dia|qual dia|qual o dia] [temos|é|é que é|é mesmo] hoje[ mesmo| afinal| por favor|]
        [hoje|agora|neste momento] é [que dia|qual dia|que data|qual data][ mesmo| do mês| da semana|]
        [hoje|o dia de hoje] [cai em que dia|é qual|é que dia da semana|é que dia do mês]
        [que|qual] dia [da semana|do mês] [é|temos|cai|estamos] hoje
        qual [é|seria] o dia [do mês|da semana][ hoje| agora| então]
        [hoje é|estamos em|já é] [segunda-feira|terça-feira|quarta-feira|quinta-feira|sexta-feira][ ou não| mesmo|, certo|, né]
        [hoje|já] é [sábado|domingo|segunda|quinta|sexta] [ou não|mesmo|ou o quê]
        [hoje é|é] [segunda ou terça|quarta ou quinta|sexta ou sábado|sábado ou domingo|que feira]
        [hoje|já] é [dia primeiro|dia dez|dia quinze|fim do mês|começo do mês|dia útil]
        [hoje é|estamos no] [fim de semana|meio da semana|feriado][ ou não|, que dia é|, em que dia estamos]
        [em que|a que] dia [estamos|estamos hoje|andamos|vivemos|nos encontramos]
        [em que|a que] [mês|ano|dia da semana|dia do mês|data] [estamos|estamos nós|nos encontramos|a gente está]
        [estamos|a gente está|nós estamos] [em que dia|em que mês|em que ano|em que data|a quantos]
        [a quantos estamos|a quantos é que estamos|quantos do mês são hoje|a quantos vamos|quantos são hoje]
        [a quantos do mês estamos|quantos do mês são|hoje são quantos do mês]
        [qual|qual é] [a data|a data exata|a data certa|o dia exato] [de hoje|hoje|atual|neste momento|do dia]
        [qual|qual é] [o mês|o ano|o dia] [atual|em que estamos|corrente|de agora]
        [qual|que] data [temos|é hoje|marca o calendário|está no calendário|marca aí]
        [que|qual] [dia|data|mês|ano] [marca|mostra|diz|indica] [o calendário|a folhinha|o seu sistema|o relógio]
        o [calendário|seu calendário|teu calendário|sistema] [marca|diz|mostra|indica] [que dia|que data|o quê|qual data]
        [olha|vê|veja|confere|consulta|checa] [o calendário|a data|o dia|que dia é hoje|a folhinha][ para mim| e diz| por favor|]
        [consulta|consulte|usa|abre] [o calendário|o relógio|a ferramenta] e [diz|me diz|fala] [a data|que dia é hoje]
        [data|dia] [atual|certo|exata|de hoje por favor|corrente|do calendário]
        [data|data hoje|dia hoje|hoje que dia|que dia|dia do mês|dia da semana][ pf| pfv| por favor| aí| agora]
        [a data|o dia|o dia da semana|a data completa] [de hoje |]por favor
        [a data|o dia|o mês|o ano] [é qual|qual é|é que|atual qual é]
        [a data|o dia], [sabe|sabes|diz-me|por favor|você tem|me diz]
        [me dá|me dê|dá-me|dê-me|me passa|me manda|me informa] [a data|o dia|a data completa|a data de hoje]
        [me diz|me fala|diz-me|diga-me|fala|diga] [lá |aí |só ][que dia é hoje|a data|o dia da semana|a data de hoje]
        [me informe|informe|informe-me|informa] [a data|a data de hoje|o dia da semana|o dia]
        [diz|diga|fala|manda|solta] [a data|o dia|o dia de hoje|que dia é] [aí|pf|por favor|logo|já]
        [você|tu|vc|cê] [sabe|tem ideia de|consegue dizer] [que dia é hoje|em que dia estamos|em que mês estamos]
        [sabe|sabes|sabe-me dizer|sabes-me dizer|dizes-me] [que dia é hoje|a data|em que dia estamos|a quantos estamos]
        [o senhor|a senhora|alguém|o amigo] [sabe|pode dizer|lembra] [que dia é hoje|a data de hoje|em que dia estamos]
        [saberia|saberias|poderia|conseguiria] [dizer|me dizer|informar] [a data|que dia é hoje|o dia da semana]
        [pode|podes|podia|dá para] [ver|dizer|conferir|confirmar] [a data|que dia é hoje|o dia|o dia da semana][ para mim|]
        [faz|faça] [o favor|a gentileza] de [dizer|me dizer|ver] [a data|que dia é hoje]
        [por favor|por gentileza|com licença|se faz favor], [que dia é hoje|a data de hoje|qual a data|em que dia estamos]
        [será que|por acaso] [sabe|sabes|você sabe] [que dia é|a data de hoje|em que dia estamos]
        [gostaria de|gostava de|queria|preciso|adoraria] saber [que dia é hoje|a data|em que data estamos|o dia da semana]
        [gostaria|gostava|queria] que me [dissesse|dissesses|informasse] [a data|que dia é hoje|o dia]
        [quero|preciso] [confirmar|conferir|anotar|escrever|ver] [a data|o dia|a data de hoje][, que dia é|, qual é|, me diz|]
        [só|apenas] [quero|queria|preciso] saber [que dia é hoje|a data|o dia]
        [perdi|estou sem|não tenho] [a noção dos dias|o calendário|a agenda|meu calendário], [que dia é hoje|qual a data]
        [perdi|perdemos] a noção [dos dias|da data|de que dia é hoje]
        [não sei|nem sei|já não sei|sei lá] [que dia é hoje|em que dia estamos|a quantos estamos]
        [não sei|nem sei|já não sei|esqueci] [a data|o dia de hoje|o dia da semana], [me ajuda|você sabe|qual é|diz aí]
        [não lembro|esqueci|não me lembro] [que dia é hoje|em que dia estamos|que dia é][, me diz|, sabes|]
        [estou|tô|ando] [perdido|perdida|confuso|confusa|baralhado] [no calendário|com os dias|nas datas], [que dia é hoje|qual a data]
        [estou|tô|fiquei] de [férias|licença|cama|castigo] e [perdi a conta dos dias|nem sei o dia], [que dia é hoje|qual é a data]
        [estou|tô] [preenchendo um formulário|assinando um documento|preenchendo um cheque|escrevendo uma carta], [que dia é hoje|qual a data de hoje]
        [preciso|tenho que|vou] [datar|assinar|preencher] [um papel|um contrato|uma ficha|isto], [qual a data|que dia é hoje]
        [vou|preciso] [marcar uma consulta|pagar uma conta|anotar na agenda], [que dia é hoje|qual a data de hoje]
        [a conta vence hoje|o boleto vence hoje|a prova é hoje|meu exame é hoje]? que dia é hoje
        [já é|hoje é] dia de [pagamento|feira|folga|lixo|missa]? [que dia é hoje|qual a data]
        [acho que é|parece|tenho a sensação de que é] [segunda|sexta|domingo], [que dia é hoje|acertei o dia|é mesmo]
        [acordei agora|acabei de acordar|dormi muito|cheguei de viagem], [que dia é hoje|que dia é|em que dia estamos]
        [que dia é hoje|qual a data|que dia é]? [perdi a noção|preciso assinar um papel|estou sem calendário|esqueci].
        [meu chefe|a professora|minha avó|meu filho] [quer saber|perguntou|está perguntando] [que dia é hoje|a data]
        [na escola|no trabalho|no banco] me [pediram|perguntaram] a data, [que dia é hoje|qual é]
        [oi|olá|ei|opa], [que dia é hoje|qual a data de hoje|hoje é que dia|em que dia estamos]
        [oi|olá|ei] {bot}, [que dia é hoje|sabe a data|me diz a data|em que dia estamos]
        {bot}, [que dia é hoje|qual é a data|diz a data|que dia da semana é|em que mês estamos]
        [bom dia|boa tarde|boa noite], [que dia é hoje|pode dizer a data|qual é a data de hoje|a quantos estamos]
        [moço|moça|amigo|chefe|querido|jovem], [que dia é hoje|qual é a data|em que dia estamos]
        [mano|cara|véi|miga|pá|brother], [que dia é hoje|hoje é que dia|que dia é]
        [uai|oxe|bah|eita|nossa], [que dia é hoje|hoje é que dia|em que dia a gente está]
        [meu filho|minha filha|menino], [que dia é hoje|diz para a vó que dia é|a quantos estamos]
        [que dia|q dia|qui dia|k dia] [eh|é|e] [hj|hoje|oje]
        [hj|oje|hoje] [eh|é|e] q dia
        [hj|hoje] [é|eh] [seg|ter|qua|qui|sex|sab|dom] [ou não|né|mesmo]
        [qual|ql|qal] [a|é a|eh a] data [de hj|hj|de oje|d hoje]
        [data|dia] [hj|de hj|d hj][ pf| pfv|]
        [que|quê] dia que é hoje
        [que|qual] dia que [nós estamos|a gente está|estamos|é hoje]
        [que|qual] [mês|ano] [é|é este|é esse|é agora|estamos|temos]
        [estamos em|já é|hoje já é] [janeiro|março|maio|julho|setembro|dezembro][ ou não|, que dia é hoje|, qual a data]
        [ainda é|já é] [abril|junho|agosto|outubro|novembro|fevereiro][ ou não| mesmo|, que dia é hoje]
        [este|esse] [mês|ano] é [qual|qual mesmo]
        dia, mês e ano[ de hoje| por favor|, qual é| completos]
        [me diz|quero|diga|me dá] [o dia, o mês e o ano|a data por extenso|a data completa|dia e mês]
        [dia e mês|dia e hora|data e hora|data e dia da semana|mês e ano][ por favor| de hoje| agora| atuais|]
        [quero|diz|me dá|qual é] [a data e a hora|o dia e a hora][ de agora| certos|]
        [urgente|rápido|depressa|responde logo], [que dia é hoje|a data|qual a data|o dia]
        [não enrola|anda logo|seu lerdo|bot burro], que dia é hoje
        [pergunta rápida|uma pergunta|dúvida rápida|última pergunta|pergunta boba]: [que dia é hoje|qual a data|em que dia estamos]
        [teste|testando|vamos testar|quiz]: [que dia é hoje|qual a data de hoje|em que ano estamos]
        [mudando de assunto|a propósito|aliás|já agora|outra coisa], [que dia é hoje|qual é a data|em que dia estamos]
        [valeu|obrigado|ok|legal|certo|beleza], [e que dia é hoje|e a data|agora me diz a data|e o dia]
        [e|mas|então|e aí] [que dia é hoje|a data|o dia|hoje é que dia|em que dia estamos] [afinal|mesmo|agora|então]
        [e|mas] [o dia|a data|o mês|o ano|o dia da semana]
        [confirma|confirme|confere] [a data|o dia|que dia é hoje][ para mim| aí| por favor|]
        [repete|repita|diz de novo] [a data|o dia|que dia é hoje]
        [mostra|mostre|exibe|escreve|escreva] [a data|o dia|o calendário|a data de hoje][ na tela| aqui| completa|]
        [ver|saber|consultar] [a data|o dia|que dia é hoje|a data atual]
        [posso|podia|queria|quero] [perguntar|saber|ver] [que dia é hoje|a data|em que dia estamos]
        [é possível|seria possível|dá] [saber|para saber|para ver] [que dia é hoje|a data]
        [tem|tens|você tem] [a data|o dia|um calendário|calendário] aí? [que dia é hoje|qual é a data|que dia marca]
        [tem|tens|faz|fazes] [alguma |]ideia de [que dia é hoje|que dia estamos|qual é a data]
        [não tenho|não faço] [a menor |a mínima |]ideia de que dia [é hoje|é|estamos]
        [nossa|puxa|caramba|eita], [já é sexta|o mês já acabou|a semana voou]? que dia é hoje
        [segunda-feira|sexta-feira|domingo|quarta-feira] é hoje[ ou não| mesmo|, certo|, né]
        [hoje|dia de hoje], [qual|que dia|qual a data|qual é]
        [hoje|neste dia] [estamos a quantos|estamos em que dia|é quanto do mês|são quantos]
        hoje são [quantos|quantos do mês|quantos de março|quantos de abril]
        [você que é máquina|já que sabe tudo|tu que tens calendário], [que dia é hoje|diz a data]
        [antes de sair|antes de dormir|antes de assinar], [que dia é hoje|me diz a data]
        [ajuda|me ajuda|ajude-me]: [que dia é hoje|qual a data|em que dia estamos]
        [robô|ô robô|máquina|assistente], [que dia é hoje|qual a data|em que dia estamos]
        [ao certo|exatamente|precisamente], [que dia é hoje|qual é a data]
        [que dia é] [este|esse|o de hoje|o dia de hoje][ mesmo| afinal|]
        [que dia|que data] [é que é|será|deve ser|seria] hoje
        [que dia] [da semana é|da semana será|da semana temos|de semana é]
        [bom|ora|bem], [hoje é que dia|que dia é hoje|a quantos estamos nós]
        [sem olhar o calendário|de cabeça|sem pensar], que dia é hoje
        [minha mãe|meu pai|minha avó] [sempre esquece|esqueceu|não sabe] [que dia é|a data], [que dia é hoje|qual é]
        [estou|tô] [fazendo|escrevendo] [o cabeçalho|a ata|um bilhete|o diário], [que dia é hoje|qual é a data]
        [data|dia] do [sistema|servidor|relógio|calendário]
        [qual|qual é] [a data|o dia] [no seu sistema|no seu calendário|aí|do servidor]
        [ontem|anteontem] foi [domingo|feriado|sexta], [então hoje é que dia|hoje é o quê|que dia é hoje]
        [amanhã é|amanhã já é] [segunda|feriado|sábado], [então hoje é que dia|que dia é hoje]
        [mês|dia|ano] [corrente|atual][, qual é|, por favor| é qual]
        [me atualiza|me situa|me localiza no tempo]: [que dia é hoje|em que dia estamos|qual é a data]
        [o dia de hoje|a data de hoje] [seria|é] [qual|qual mesmo|quando]
        [que|qual] [dia|data] devo [pôr|escrever|colocar|usar] [no papel|no documento|na carta|hoje], [que dia é hoje|qual é a de hoje]
        [hoje|afinal hoje] [já virou o mês|mudou o mês|começou o mês][, que dia é hoje|, qual a data]
        [estou de ressaca|acordei tarde|acabei de sair do hospital|cheguei do mato], [que dia é hoje|hoje é que dia]
        [faz tempo que não olho o calendário|nunca sei o dia|vivo no mundo da lua], [que dia é hoje|qual a data]
        [esta semana|a semana] está [confusa|longa|corrida], [que dia é hoje|hoje é que dia da semana]
        [importa-se|se importa|importas-te] de [dizer a data|me dizer que dia é hoje|ver o dia]
        [quero saber|diz-me|me fala] [se hoje é sexta|se já é segunda|se hoje é sábado|se é dia útil]
        [sabe|sabes|diz] se [hoje é|já é] [domingo|quinta|terça|feriado|sexta-feira]
        [tem certeza que|será que|é verdade que] hoje é [sábado|segunda|quarta|domingo]
        [hoje cai|hoje calha|hoje deu] [num domingo|numa sexta|na segunda|no sábado][, que dia é hoje|, certo|, né]
        [que dia|em que dia] [a gente está|nós estamos|se está] [hoje|agora|afinal]
        [a folhinha|o calendário|a agenda] [sumiu|caiu|está do ano passado], [que dia é hoje|qual é a data certa]
        [quando|em que data] [é hoje|estamos agora|estamos nós]
        [bora|vai|anda], [diz que dia é hoje|fala a data|que dia é hoje]
        [gente|pessoal|galera|malta], [que dia é hoje|hoje é que dia|alguém sabe a data]
        [a data|o dia] [de hoje, que não tenho calendário|de hoje para eu assinar|de hoje para a ata]
        [preciso|queria] [da|ver a|ter a] data [de hoje|certa|atual|completa][ por favor|]
        [meu remédio|minha dieta|meu tratamento] começa hoje, [que dia é hoje|qual é a data]
        [para|pra] [o relatório|a ata|o recibo|a prova|a carta], [que dia é hoje|qual a data de hoje]
        [anota|escreve] [a data|o dia] de hoje [para mim|aqui|aí][, qual é|, que dia é|]
        [é hoje que é|hoje é o dia|será hoje] [dia cinco|dia vinte|dia trinta][, que dia é hoje|, qual a data]
        [que dia da semana|em que dia da semana] [calha|cai|está|é] [hoje|o dia de hoje]
        [você|o sistema|o bot] [está|anda] em que [dia|data|mês|ano]
        [desculpa|desculpe|perdão], [que dia é hoje|qual é a data|a data por favor]
        [quero mandar um convite|vou escrever um email|vou mandar um ofício], [qual a data de hoje|que dia é hoje]
        [que dia é hoje|qual a data|hoje é que dia], [sabe|sabes|você sabe|por acaso|diz-me|hein]
        [não quero a hora|além da hora|sem as horas], [quero a data|que dia é hoje|diz o dia]
        [só o dia|só a data|só o mês|só o ano|só o dia da semana][ por favor| pf|, que é hoje|]
        """,
    }
)
