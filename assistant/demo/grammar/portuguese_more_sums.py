"""More ways to ask for a sum in Portuguese, first and as a follow-up, by a second author."""

from .expand import blocks

FRAMES = blocks(
    {
        "sum": """
        [preciso|precisava] [de ajuda com|resolver|saber quanto dá|fechar] [esta conta|essa conta|uma conta]: {sum}
        [não sou bom|sou péssimo|sou ruim|nunca fui bom] [em matemática|com números|de contas], quanto [é|dá] {sum}
        [o professor|a professora|meu chefe|meu filho] [pediu|perguntou|quer saber]: [quanto é |quanto dá |]{sum}
        [meu filho|minha filha|minha neta|o aluno] [tem que fazer|precisa resolver|não consegue fazer] {sum}, [quanto dá|ajuda|quanto é]
        [estou|tô] [fazendo a lição|estudando|fazendo o dever] e [preciso de|travei em|não sei] {sum}
        [estou|tô] [na feira|no caixa|no mercado|na loja] e [preciso de|quero saber] {sum}[, quanto dá|, quanto é|]
        [a calculadora|meu celular|a maquininha] [quebrou|sumiu|não funciona], [quanto é|faz aí|calcula] {sum}
        [não tenho|estou sem|perdi a] calculadora[ aqui|], [quanto é|quanto dá|calcula para mim] {sum}
        [confere|confira|verifica|checa] [para mim |][a conta|o cálculo|o resultado][:| de] {sum}
        [confere|confira|checa|vê] [aí |][quanto é|quanto dá|quanto fica] {sum}
        [quero|queria|gostaria de|gostava de] [conferir|confirmar|ver|verificar] [quanto é|quanto dá] {sum}
        [quero|queria] [o resultado|saber o valor|a resposta] [de|para] {sum}
        [gostaria|gostava] que [calculasse|calculasses|você calculasse|fizesse a conta] {sum}
        [me resolve|me resolva|resolve-me|resolva-me|resolve aí] [essa|esta|isto|isso][:|,] {sum}
        [me calcula|calcula-me|calcule-me] [isto|isso|rapidinho|aí][:|,] {sum}
        [calcula|calcule|resolve|faz] [aí |para mim |rápido |pra gente |de cabeça ]{sum}
        [calcula|calcule|compute|processa] [o seguinte|a seguinte conta|a expressão|esta expressão][:|,] {sum}
        [resolve|resolva|calcula] [a expressão|a operação|o problema|a conta abaixo][:|,] {sum}
        [efetue|efetua|execute|realize] [a operação |o cálculo |a conta |a operação: |]{sum}
        [determine|determina|encontre|ache|acha|descubra|descobre] [o valor|o resultado] de {sum}
        [qual|qual é] [o total|a resposta|o valor|o resultado final|a conta] [de|para] {sum}
        [qual|qual é] o [produto|quociente|saldo|número|valor exato] [que resulta de|de] {sum}
        [qual|quanto] [vai dar|vai ser|seria o resultado de|será] {sum}
        [que|qual] [número|valor|resultado] [dá|é|obtenho com|sai de|resulta de] {sum}
        [que|qual] [número|valor|resultado] [se obtém|a gente obtém|consigo] [com|se fizer] {sum}
        quanto [vai ficar|é que fica|deve dar|me dá|nos dá|você acha que dá] {sum}
        quanto [é que são|é mesmo|é exatamente|daria|resultaria] {sum}
        [e |então |mas |ora ][quanto é|quanto dá|quanto fica] {sum}
        [oi|olá|opa|ei], [quanto é|quanto dá|me calcula|faz a conta] {sum}
        [oi|olá|ei] {bot}, [quanto é|quanto dá|calcula|resolve] {sum}
        {bot}, [quanto é|quanto dá|calcula|resolve|faz a conta] {sum}
        [bom dia|boa tarde|boa noite], [quanto é|pode calcular|preciso calcular] {sum}
        [moço|moça|amigo|chefe|querido], [quanto dá|quanto é|faz a conta] {sum}
        [mano|cara|véi|miga|pá], [quanto é|quanto dá|calcula aí] {sum}
        [uai|oxe|bah|eita], quanto [é|dá] {sum}
        [meu filho|minha filha|menino], [faz para a vó|me ajuda aqui|quanto é] {sum}
        [o senhor|a senhora|você|tu] [sabe|consegue dizer|pode dizer] quanto [é|dá] {sum}
        [você|tu|vc|cê] [sabe|consegue] [fazer|calcular|resolver] {sum}
        [você que é bom de conta|você que é máquina|já que sabe matemática], [quanto é|faz] {sum}
        [será que|por acaso] [você sabe|sabes|consegue dizer] quanto [é|dá|fica] {sum}
        [sabe|sabes|sabe-me dizer|sabes-me dizer|dizes-me] quanto [é|dá|são] {sum}
        [saberia|saberias|poderia|conseguiria] [dizer|me dizer|calcular] quanto [é|dá] {sum}
        [diz|diga|fala|responde] [aí |logo |rápido |]quanto [é|dá|fica] {sum}
        [diz-me|diga-me|me fala|me responde] [lá |só |]quanto [é|dá|são] {sum}
        [diz|diga|fala|manda] [o resultado|a resposta|o total] de {sum}
        [tenta|tente|experimenta] [fazer|calcular|resolver] {sum}
        [consegue|consegues|dá para|dá pra] [fazer|resolver|calcular|somar] {sum}
        [pode|podes|podia|poderia] [ver|checar|conferir|verificar] quanto [é|dá] {sum}[ por favor| para mim|]
        [pode|podes|podia|poderia] [fazer a conta|dar o resultado|dizer o total] de {sum}[ por favor| para mim|]
        [faz|faça|faz-me] [o favor|a gentileza|um favor] de [calcular|fazer|resolver] {sum}
        [por favor|por gentileza|se faz favor|com licença], [calcule|calcula|faça|quanto é] {sum}
        [ajuda|ajude|me ajuda|me dá uma mão][:|,] [quanto é|quanto dá] {sum}
        [ajuda-me|me ajude|dá uma ajuda] [aqui |][com|em|nesta][:|] {sum}
        [tenho|temos] [aqui |][uma conta|um cálculo|um problema|um exercício][:|,] {sum}
        [a pergunta é|a conta é|o problema é|a questão diz|o exercício pede][:|,] {sum}
        [número da questão|questão|exercício|problema]: {sum}
        [pergunta|pergunta rápida|dúvida|outra conta|mais uma conta|nova conta]: [quanto é |]{sum}
        [outra|mais uma|próxima|última|agora esta|agora outra]: {sum}
        [agora|depois|em seguida] [calcula|faz|resolve|me diz] {sum}
        [desafio|teste|testando|quiz|valendo]: {sum}[, quanto dá|, quanto é|]
        [aposto que não|quero ver se|aposto que] [você sabe|sabes|consegue] [fazer|calcular|resolver] {sum}
        duvido que [saiba|consiga|você consiga] [fazer|calcular|resolver] {sum}
        [se for bom|se és bom|se for capaz|prova que é esperto][,|] [faz|resolve|calcula] {sum}
        [usa|use|abre|liga] [a calculadora|a ferramenta de cálculo|sua calculadora] [e faz|para calcular|e me diz quanto é|e calcula] {sum}
        [com a|na sua|pela|usando a] calculadora[,|] [quanto é|quanto dá|faz] {sum}
        [calculadora|conta|contas|cálculo|matemática|soma][:|,|] {sum}
        [calc|calcula|qt|qto|qnto|quanto] [eh|é|da] {sum}
        [qto|qnto|qt|quantu|kuanto] [dá|da|eh|e|fica] {sum}
        [quantu|cuanto|quamto] é {sum}
        [calcola|caucula|calculá|cálcula] {sum}
        [faiz|fais|fazer] a conta {sum}
        [resultado|total|valor|resposta|qual o total][:|,|] {sum}
        {sum} [quanto|dá|dá quanto mesmo|é quantos|resulta em quê|vai dar quanto|será quanto]
        {sum} [pf|pfv|plz|aí|rápido|por gentileza|se puder|para mim]
        {sum}[,|] [calcula|resolve|me diz|quanto|por gentileza|sabe|consegue|me ajuda]
        {sum}[,|] [quanto seria|qual o resultado|qual é o total|qual a resposta|isso dá quanto|isso é quanto]
        {sum}[,|] [dá quanto|fica quanto|é quanto], [você sabe|sabes|por favor|hein|diz aí|meu amigo]
        {sum}? [não tenho calculadora|estou sem tempo|preciso disso agora|é para a escola|é para uma conta].
        {sum} [igual|é igual|igual a|vale|iguala]
        {sum} [igual a quê|é igual a|iguala quanto|vale quanto]
        {sum} = [quanto|me diz|qual|resposta]
        {sum} [preciso do resultado|quero o total|calcula isso|faz essa conta|resolve isso][ por favor| pf|]
        {sum} [está na minha lição|está na prova|caiu na prova], quanto [é|dá]
        [vê|veja|olha|olhe] [quanto é|quanto dá|esta conta:|essa:] {sum}
        [olha|escuta|ouve|vê lá] só: {sum}, quanto [é|dá]
        [digamos|suponha|imagina|imagine] que [faço|fazemos|eu faça] {sum}, quanto [dá|fica]
        [se faço|quando faço|se fizermos|se calcularmos|quando a gente faz] {sum}[,|] [dá quanto|quanto fica|o que dá|qual é o total]
        [se|caso] [alguém|o aluno] [fizer|calcular] {sum}[,|] [que resultado tem|quanto acha|qual a resposta]
        [fazendo|calculando|resolvendo] {sum}[,|] [quanto dá|chego a quanto|fica quanto|dá o quê|qual o resultado]
        [ao fazer|depois de fazer|ao calcular] {sum}[,|] [quanto obtenho|quanto dá|quanto fica]
        [o resultado|o total|o valor|a resposta] de {sum} [é qual|qual é|é quanto|dá quanto|por favor]
        [o resultado|o total|a conta] [seria|é|dá] quanto[,| para|:] {sum}
        [a conta|a operação|a expressão|o cálculo] {sum} [dá quanto|dá o quê|resulta em quanto|tem que resultado]
        [a conta|essa conta|esta operação][:|,] {sum}[, quanto dá|, qual o resultado|, me ajuda|]
        [a minha conta|o meu cálculo|o caixa] [não fecha|não bate|deu errado], quanto [é|dá] {sum}
        [acho que errei|devo ter errado|não confio na minha conta|não bateu], [quanto é|confere] {sum}
        [não lembro|não faço ideia de|não sei|esqueci] quanto [é|dá|são] {sum}
        [não consigo|não sei|tentei e não consegui] [fazer|calcular|resolver] {sum}[, ajuda|, me ajuda|, quanto é|]
        [está difícil|complicado|é difícil] [fazer|calcular|saber] {sum}[, quanto dá|, ajuda|]
        [fiquei|estou] [em dúvida|confuso|perdido], [quanto é|quanto dá] {sum}
        [só|apenas] [quero|preciso] [saber|do resultado de|o total de|calcular] {sum}
        [só|apenas] [o resultado|a resposta|o número][:|,] {sum}
        [sem explicação|só o número|resposta curta|direto]: {sum}
        [rápido|depressa|urgente|ligeiro|já], [quanto é|quanto dá|calcula] {sum}
        [não enrola|anda logo|responde logo|vamos], [quanto é|quanto dá|calcula] {sum}
        [seu burro|ô lerdo|robô inútil|bot burro], [quanto é|quanto dá|vê se sabe] {sum}
        [por curiosidade|curiosidade minha|só por curiosidade], quanto [é|dá|seria] {sum}
        [mudando de assunto|a propósito|aliás|já agora|outra coisa], quanto [é|dá] {sum}
        [obrigado|valeu|ok|legal|certo|beleza], [agora |e agora ][quanto é|quanto dá|calcula|faz] {sum}
        [para|pra] [pagar|dividir|fechar a conta|o orçamento|o imposto] [preciso de|quero] {sum}, quanto [dá|é]
        [vou pagar|vou receber|gastei|devo|ganhei|economizei] {sum}, quanto [dá|é|fica] [no total|tudo|ao todo]
        [o desconto|a gorjeta|a taxa|o juro|o imposto] é [de |]{sum}, quanto [dá|é]
        [a área|o perímetro|a média|o total|a dívida] é {sum}, [quanto dá|então quanto é|faz a conta]
        [somando|juntando|fazendo as contas|no final|ao todo] [dá |fica ]{sum}, [quanto é|quanto é isso]
        [para a receita|para a obra|para a viagem|para a festa], quanto [é|dá] {sum}
        [conta de cabeça|cálculo mental|matemática básica]: {sum}
        [como se resolve|como resolvo|como se calcula|como fica] {sum}
        [ensina|mostra|explica] quanto [é|dá] {sum}
        [gostaria de|gostava de|queria|preciso] saber quanto [dá|é|são] {sum}
        [quero que|preciso que] [calcule|calcules|você calcule|resolva|faça] {sum}
        [vamos|bora|vai|anda], [calcula|resolve|quanto é|faz aí] {sum}
        [vamos|bora] [calcular|fazer|resolver|às contas]: {sum}
        [diz|fala|diga] para [mim|a turma|nós|ele] quanto é {sum}
        [repete|repita|refaz|refaça|faz de novo] [a conta|o cálculo][:| de] {sum}
        [corrige|corrija]: {sum} [dá quanto|é quanto]
        [seria possível|era possível|é possível] [calcular|saber quanto é|fazer] {sum}
        [importa-se|se importa|importas-te] de [calcular|fazer|ver quanto é] {sum}
        [me passa|me manda|me dá|dá-me|me envia] o [resultado|total|valor] de {sum}
        [escreve|mostra|exibe|apresenta] o resultado de {sum}
        [é verdade que sabe|disseram que você sabe|dizem que sabes] [fazer contas|calcular]? [quanto é |]{sum}
        [sabe|sabes] [fazer contas|somar|matemática|calcular]? [quanto é|então faz|então diz] {sum}
        [quantos|quantas] [são|dão] {sum}[ ao todo| no total|]
        [quantos|quantas] [são|dão] ao todo {sum}
        [em números|numericamente|em valor], {sum} [é quanto|dá quanto]
        [exatamente|ao certo|precisamente], quanto [é|dá] {sum}
        [arredondando ou não|com vírgula e tudo|com decimais], quanto [é|dá] {sum}
        [eu tentei|a gente tentou|nós tentamos] e [deu errado|não bateu][:|,] [quanto é |]{sum}
        [eu tenho|a minha colega tem] que [entregar|saber|apresentar] o [total|resultado] de {sum}
        [alguém|quem] [sabe|pode dizer|consegue dizer] quanto [é|dá] {sum}
        [o que|quanto] [dá|resulta|sai] [se eu fizer|quando faço|se fizer|se a gente faz] {sum}
        o que [dá|resulta|sai|é] {sum}
        [o que é|isto dá quanto|isto é quanto|isso dá quanto][:|,] {sum}
        [aqui vai|lá vai|segue|toma][ a conta| uma conta|][:|,] {sum}
        [anota|escreve] [aí |]e [calcula|resolve|soma]: {sum}
        [contabilidade|orçamento|fatura|planilha]: {sum}[, quanto dá|, total|]
        [não é difícil|é fácil|é simples|moleza]: {sum}[, quanto é|, quanto dá|]
        [multiplicação|divisão|subtração|adição|operação|tabuada]: {sum}
        [tabuada|da tabuada], quanto [é|dá] {sum}
        [vamos ver|deixa ver|quero ver|vejamos], {sum} [dá quanto|é quanto|quanto é]
        [estou|tô] [com sono|com preguiça|sem cabeça|cansado] [para|de] [calcular|fazer contas], [quanto é|quanto dá] {sum}
        [preciso disso agora|é para hoje|meu chefe está esperando], [quanto é|quanto dá|o total de] {sum}
        [quanto é|quanto dá]: {sum}
        [resolve|faz|me ajuda com|calcula] essa aqui: {sum}
        [eu disse|eu quis dizer|quero dizer|correção|não, é]: {sum}
        [errei|digitei errado|desculpa], [é|a conta é|quanto é] {sum}
        [hum|hmm|ah|bem|bom|pois], [quanto é|quanto dá|e] {sum}
        [primeira|segunda|terceira] [conta|pergunta]: {sum}
        """,
        "follow_sum": """
        [e |mas |então ]{sum}[, quanto dá|, quanto é|]
        [e|mas] [quanto dá|quanto fica|quanto seria|se fosse|se fizer|a conta] {sum}
        [e se|então se|mas se] [fosse|eu fizer|for|eu quiser|fizermos] {sum}
        [agora|depois|a seguir|em seguida|então] [faz|calcula|faça|resolve|quanto é|quanto dá] {sum}
        [agora|e agora][:|,] {sum}
        [mais uma|outra|outra conta|mais esta|próxima|só mais uma][:|,] {sum}
        [e|mais] [esta|essa|outra|essa aqui][:|,] {sum}
        [também|e também|e ainda|ainda] [quanto é|preciso de|faz|quero] {sum}
        [tá, e|ok, e|certo, e|beleza, e|legal, e|boa, e] {sum}
        [ok|certo|beleza|perfeito|valeu], [agora|e agora|próxima,|depois] {sum}
        [e quanto a|e no caso de|e com|e para] {sum}
        [e o resultado de|e o total de|e o valor de] {sum}
        [muda|troca|mude|troque] para {sum}
        [não, era|quis dizer|na verdade|desculpa, é|corrigindo,|digo,] {sum}
        [em vez disso|em vez dessa|no lugar disso][,|:] {sum}
        [repete com|o mesmo com|faz o mesmo com|igual, mas com] {sum}
        [se fosse|se for|e sendo|imagina que é] {sum}[, quanto dá|, quanto fica|]
        [bom|bem|pois|hum|ah], e {sum}
        [e dá quanto|e fica quanto|e vale quanto] {sum}
        {sum}[, agora|, e essa|, e isso|, também| agora| também]
        {sum} [então|nesse caso|dessa vez]
        [continua|continue|segue|vai]: {sum}
        [última|a última|para terminar|por fim][:|,] {sum}
        [e aí|e daí|e depois|e aqui][:|,] {sum}
        [e me diz|e diz|e me faz|e calcula|e resolve] {sum}
        [e sabe|e sabes|e consegue|e dá para] [fazer|calcular] {sum}
        [e quero saber|e preciso saber|queria também] [quanto é|quanto dá] {sum}
        [só mais|mais] uma [conta|continha|coisinha|pergunta][:|,] {sum}
        [ainda tenho|tenho mais|falta|me falta] uma[:|,] {sum}
        [e a conta|e a conta de|e a operação|e a expressão] {sum}
        [quanto é então|e então quanto é|quanto dá então|então quanto fica] {sum}
        [de novo|outra vez|mais uma vez][:|,] {sum}
        [agora com|agora para|com|agora sendo] {sum}
        [agora|e agora] [muda para|troca para|tenta|tente] {sum}
        [outro caso|um exemplo maior|um mais difícil][:|,] {sum}
        [essa é fácil|essa foi fácil|acertou|muito bem], [agora|e] {sum}
        [hum, e|tá certo, e|entendi, e|show, e|isso, e] {sum}
        [errei|errado|ops|opa], [era|é|queria] {sum}
        [a que eu queria era|o que eu queria era|eu queria dizer|o certo é] {sum}
        [esquece essa|esquece a outra|deixa essa], [faz|calcula|quanto é] {sum}
        [a próxima é|a seguinte é|a outra é|a segunda é] {sum}
        [passa para|vai para|segue com|continua com] {sum}
        [seguinte|a seguinte|segunda|terceira][:|,] {sum}
        [e por exemplo|por exemplo|digamos|suponhamos][:|,] {sum}
        [quanto seria|quanto ficaria|quanto daria] [então |nesse caso |]{sum}
        [se em vez disso|se no lugar] [fosse|for|eu fizer] {sum}
        {sum} [fica quanto|dá quanto|seria quanto] [então|agora|nesse caso]
        [e|mas] {sum} [dá quanto|é quanto|quanto dá|fica quanto]
        [e|mais] {sum} [pf|por favor|aí|rapidinho]
        [obrigado|valeu|boa|show|perfeito], [e |mais uma: |agora ]{sum}
        [e para fechar|e por último|para acabar][:|,] {sum}
        [e|também] [queria|quero|precisava de] {sum}
        [ah, e|ah sim, e|opa, e|ei, e] {sum}
        [e essa conta aqui|e esta conta|e essa operação][:|,] {sum}
        [mesma coisa|igual|idem][:|,| para| com] {sum}
        [me diz|diz-me|fala|diga] [também|agora|ainda] {sum}
        [quero|preciso de|faz] outra[:|,] {sum}
        [testa|tenta|experimenta] [agora |com |]{sum}
        [uma última|mais uma última|a derradeira][:|,] {sum}
        [e sendo|e fazendo|e calculando] {sum}[, quanto dá|, dá quanto|, fica quanto]
        [e o total|e a soma|e o resultado|e a resposta] [para|de|com] {sum}
        [agora vem|agora vai|lá vai|toma] [outra|mais uma][:|,] {sum}
        [e na tabuada|e de cabeça|e na calculadora][:|,] {sum}
        [mano|cara|amigo|querido], e {sum}
        {bot}, [e|agora|e agora|mais uma:] {sum}
        [não é isso|não era isso|não foi isso], [é|quero|faz] {sum}
        [confere|vê|calcula|faz] [também|ainda|também isto:] {sum}
        [qual o resultado|qual é o total] [então|agora|também] de {sum}
        [e quanto|e qto|e qnto] [dá|é|fica|da] {sum}
        [pronto|feito|anotado], [agora|e|próxima:] {sum}
        [pode fazer|podes fazer|faz para mim] [também|agora|ainda] {sum}
        [e depois disso|e logo depois|e em seguida][:|,] {sum}
        [mais esta|mais essa|mais aquela] [aqui|conta|continha]: {sum}
        [e finalmente|finalmente|enfim][:|,] {sum}
        [agora quero ver|quero ver agora|vamos ver] {sum}
        [aumenta|diminui|complica|facilita]: {sum}
        [a mesma conta com|uma parecida:|outra parecida:|no mesmo estilo:] {sum}
        {sum}[, por favor|, já agora|, se puder], [e acabou|é a última|é só mais essa].
        [só falta|agora só falta|falta só] {sum}
        [e|então] {sum}[, sabes|, você sabe|, consegue|, me ajuda]
        [tira a prova com|vê se bate:|contraprova:|prova real:] {sum}
        """,
    }
)
