"""More Portuguese messages that the demo model passes on or must not mistake for a tool's, by a second author."""

from .expand import blocks

FRAMES = blocks(
    {
        "decoy": """
        a que horas [é|começa|acaba|termina] [a missa|a novela|a aula|o show|a reunião|o culto|a festa|a consulta]
        [que horas|a que horas] [passa|sai|parte|chega] o [último |próximo |primeiro ][ônibus|trem|metrô|comboio|barco]
        [que horas|a que horas] [você|o senhor|a senhora] [acorda|almoça|trabalha|dorme|janta|sai do serviço]
        [até|desde|a partir de] que horas [vocês atendem|funciona a loja|posso ligar|está aberto|servem almoço]
        [vocês|a loja|o banco|a padaria] [abre|fecha|funciona|atende] [cedo|tarde|no feriado|de noite|aos domingos|na hora do almoço]
        [que horas|a que horas] [te vejo|nos encontramos|combinamos|você vem|eu passo aí|devo chegar]
        [que horas|a que horas] [é bom|é melhor|devo] [dormir|tomar o remédio|fazer exercício|plantar|ligar]
        [que horas|a que horas] [nasce|se põe] o sol [em {city}|hoje|amanhã|no inverno]
        [quantas horas|quanto tempo] [tem um dia|dura o voo para {city}|devo dormir|leva até {city}|dura o filme]
        [quantas horas|quantos minutos] [de voo|de carro|de trem|de viagem] [até|para] {city}
        [quanto tempo|quantos dias] [falta|faltam] para [o carnaval|o natal|as férias|o meu aniversário|a páscoa]
        [que dia|quando] [é|cai|vai ser] [a páscoa|o carnaval|o dia das mães|o feriado|a prova|o jogo]
        [em que dia|quando] [nasceu|morreu|foi] {name}
        [que dia|quando] [você|o senhor] [nasceu|foi criado|começou a trabalhar|vem aqui|entrega]
        [que dia|quando] [chega|vem|entregam] [o meu pedido|a encomenda|a minha compra|o técnico]
        [que|qual] horário [tem vaga|posso marcar|é melhor para você|vocês têm livre][ amanhã| na sexta| de manhã|]
        [marca|agenda|reserva] [um horário|uma hora|uma consulta] [para mim|às {hour}|amanhã cedo|na sexta]
        [muda|troca|adia|cancela] [o horário|a hora] d[a consulta|o voo|a reunião|o almoço]
        [perdi a hora|cheguei atrasado|acordei tarde|dormi no ponto] [hoje|de novo|outra vez|e levei bronca]
        [não vejo a hora de|está na hora de|já era hora de|chegou a hora de] [viajar|ir para {city}|sair de férias|descansar]
        [hora de|está na hora de|é hora de] [dormir|comer|trabalhar|estudar|dar tchau ao inverno]
        [o meu|meu] relógio [é novo|custou {number}|quebrou ontem|é de ouro|veio de {city}]
        [comprei|vendi|perdi|ganhei] um relógio [em {city}|ontem|de ouro|por {number}]
        [o tempo|o clima] em {city} [é bom|é horrível|está frio|muda muito]
        [choveu|nevou|fez calor|ventou] em {city} [ontem|hoje|na semana passada|o dia todo]
        [minha irmã|meu filho|meu chefe|o meu pai] [mora|trabalha|nasceu|casou] em {city}
        [vou|fui|quero ir|já fui|nunca fui] [a|para] {city} [de férias|no verão|com a família|a trabalho]
        [passagem|hotel|voo|restaurante|trem|hospedagem] [em|para] {city}
        [o que visitar|onde comer|o que fazer|onde comprar|o que ver] em {city}[ no fim de semana| com crianças|]
        [conhece|conheces|já foi a|gosta de|ouviu falar de] {city}
        {city} [é bonita|é longe|é uma cidade grande|fica no norte|tem praia|é cara|é perigosa]
        [gosto de|amo|odeio|sonho com|tenho saudades de] {city}
        [quem|qual time] [ganhou|venceu|jogou] em {number}
        [em|no ano de] {number} [houve guerra|nasceu meu avô|me formei|casei|mudei de casa]
        [nasci|casei|me formei|comecei] em {number}
        [moro|vivo|trabalho|estou] [no número|no quarto|na sala|no apartamento] {number}
        [meu|o meu] [cep|cpf|código|saldo|ramal|endereço] é {number}
        [minha|a minha] [senha|conta|matrícula|nota|idade|altura] é {number}
        [o pedido|a fatura|o protocolo|a conta] [número |]{number} [não chegou|está errado|foi pago|veio duplicado]
        [devo|ganho|gasto|paguei|economizei] {number} [reais|euros] [por mês|no mercado|de luz|de aluguel]
        [peso|corri|andei|perdi] {small} [quilos|quilômetros|metros]
        [quero|preciso de|compra|traz] {small} [pães|ovos|laranjas|cafés|caixas de leite|ingressos]
        [somos|éramos|vamos em|estamos em] {small} [pessoas|alunos|amigos|irmãos|na fila]
        [li|vi|tenho|escrevi] {small} [livros|filmes|páginas|séries|cartas] [este ano|no mês passado|em casa|nas férias]
        [fiz|vou fazer|completo|faço] {small} anos [ontem|amanhã|em maio|no domingo]
        [meu filho|minha filha|meu avô|a minha gata] [tem|fez] {small} anos
        [o jogo acabou|ganhamos|perdemos|o placar foi] {small} a {small}
        [capítulo|página|artigo|sala|linha|grupo] {number}
        [a temperatura é|está fazendo|faz|chegou a] {small} graus
        [me liga|passa aqui|vem|aparece] [às {hour}|daqui a {small} minutos|lá pelas {small}|depois das {hour}]
        [acordo|durmo|almoço|saio|chego] [às {hour}|lá pelas {small}|antes das {hour}]
        [a reunião|o voo|a aula|o jogo|a missa] é às {hour}
        [conta|conte] até {small}
        [conta|calcula|vê] [quantas pessoas moram aqui|quantos dias tem o ano|as calorias do bolo|o meu imposto]
        [a conta|a conta da luz|a conta de água] [veio alta|chegou|está errada|não foi paga]
        [minha conta|a minha conta do banco] [foi bloqueada|está vazia|não abre|tem um erro]
        [mais ou menos|nem mais nem menos|menos mal|mais do que isso|cada vez mais|uma vez só]
        [muitas vezes|às vezes|várias vezes|poucas vezes] [penso nisso|isso acontece|fico assim|erro]
        [divide|dividir|soma|multiplica] [a pizza comigo|as tarefas|o lucro com todos|os esforços]
        [a soma de tudo|o resultado do jogo|o total da dívida|o resultado do exame] [me preocupa|saiu|foi bom|não chegou]
        [meu nome é difícil|detesto o meu nome|meu nome é comum|tenho dois nomes|o meu nome está na lista]
        [o nome|o apelido] d[o meu gato|a minha cachorra|o meu avô|a minha vizinha|o meu carro|a minha filha] é {name}
        [meu cão|minha gata|meu papagaio|meu peixe|meu carro] [se chama|chama-se|atende por] {name}
        [meu irmão|minha prima|meu vizinho|minha professora|meu médico] [se chama|chama-se|é o|é a] {name}
        [a minha filha|meu bebê|o nosso filho] [vai se chamar|chamar-se-á|pode se chamar] {name}
        [conheci|encontrei|vi|visitei|beijei] [o |a |]{name} [ontem|na rua|na festa|na escola|no trabalho]
        {name} [é meu amigo|é minha vizinha|é o meu chefe|não veio hoje|viajou|casou|mudou de casa]
        {name} [me mandou aqui|me falou de você|disse para eu vir|te recomendou|pediu para avisar]
        [fala|diz oi|manda um beijo|dá um recado] para [o |a |]{name}
        [cadê|onde está|viu|conhece|quem é] [o |a |]{name}
        [você|vc|tu] [parece com|lembra|conhece|falou com] [o |a |]{name}
        [ele|ela|meu patrão|a moça] [se chama|chama-se|é conhecido como] {name}
        [li um livro de|gosto da música de|sou fã de|vi um filme com] {name}
        [fui com|viajei com|trabalho com|moro com|estudo com] [o |a |]{name}
        [preciso|quero|queria] falar com [o |a |]{name}[ da gerência| do suporte| por favor|]
        [liguei para|escrevi para|estou esperando|procuro] [o |a |]{name}
        [o médico|a professora|o gerente|o padre] {name} [está|atende hoje|já saiu|vem amanhã]
        [como se chama|qual é o nome d]a [flor amarela|música do rádio|atriz do filme]
        [qual é|como é|sabe] o nome d[a minha mãe|o meu filho|o prefeito|o rio|esta rua|a minha rua]
        [que nome|qual nome] [dou ao meu gato|dou ao bebê|ponho na loja|combina com meu cachorro]
        [sugere|inventa|escolhe] um nome para [o meu gato|a minha loja|o bebê|a minha banda]
        [sou|eu sou] [casada|solteiro|viúva|canhoto|vegetariana|pai de dois|aposentado|alto|tímida]
        [sou|eu sou] [fã de futebol|cliente antigo|o dono da loja|morador daqui|o próximo da fila|um desastre]
        [estou|tô] [esperando o ônibus|pensando na vida|lendo|cozinhando|na fila|aprendendo a nadar]
        [estou|tô] [de dieta|sem dinheiro|com dor de dente|atrás de um emprego|à espera do técnico]
        [me chama|chama] [um táxi|o gerente|a polícia|quando chegar|mais tarde|o elevador]
        [me chamaram|chamaram-me] [para a entrevista|de volta|na escola|de mentiroso|para jantar]
        [aqui é|isto é] [um lugar bonito|muito quente|longe de {city}|uma casa antiga|perto do mar]
        [hoje|amanhã|ontem] [vou ao cinema|tem jogo|fui à praia|choveu|é dia de festa|faço bolo]
        [no dia|na data] d[o casamento|a prova|a viagem|o parto] [choveu|eu me atrasei|estava calor]
        [passou o dia|o dia foi longo|todo dia é igual|um dia eu chego lá|que o dia termine logo]
        """,
        "pointer": """
        [preciso|queria|gostava|gostaria] de [uma opinião|um conselho|dicas|informações] [sobre|de] {topic}
        [o que você acha|que achas|qual a sua opinião|o que pensa] [de|sobre] [<field>|{topic}|{city}|{name}]
        [me recomenda|me indica|sugere-me|conhece] [um bom|algum] [restaurante|livro|filme|médico|hotel|mecânico][ em {city}| barato|]
        [me ajuda|ajuda-me|pode ajudar] [com|a entender] [<field>|{topic}|o dever de história|a redação|o currículo]
        [quero|queria|preciso] [aprender|estudar|entender] [<field>|a cozinhar|a tocar violão|a investir|{topic}]
        [tenho|estou com] [dor de cabeça|febre|tosse|insônia|dor nas costas], [o que faço|o que tomo|é grave]
        [meu|o meu] [computador|celular|carro|chuveiro|fogão] [quebrou|não liga|faz barulho|está lento][, o que faço|, me ajuda|]
        [onde|em que loja] [compro|acho|encontro|conserto] [um <thing>|{topic}|peças de carro|sapatos|remédio]
        [quanto|qual o preço que] [custa|está|sai|pago por] [um <thing>|o quilo de carne|a entrada|o frete para {city}]
        [vocês|a loja|aí] [tem|vendem|vende|entrega] [<thing>|{topic}|bolo de chocolate|sapatos|em {city}]
        [aceita|aceitam|posso pagar com] [cartão|pix|cheque|dinheiro|dólar|vale-refeição]
        [tem|vocês têm|há] [entrega|desconto|promoção|estacionamento|garantia|troca][ em {city}| grátis| aos sábados|]
        [quero|gostaria de|preciso] [trocar|devolver|comprar|encomendar|cancelar] [um <thing>|o meu pedido|a assinatura]
        [meu pedido|a minha encomenda|o pacote|a entrega] [não chegou|veio errado|está atrasado|sumiu|veio quebrado]
        [qual é|como faço para saber] [o meu saldo|o status do pedido|o valor da multa|a minha pontuação]
        [vai chover|vai fazer sol|vai nevar|vai estar frio] [amanhã|hoje à noite|no domingo|em {city}|na semana que vem]
        quem [ganhou|vai ganhar|venceu|perdeu] [o jogo|a copa|a partida|o campeonato|a eleição]
        [quem|qual pessoa] [inventou|descobriu|criou|escreveu] [a roda|o telefone|o avião|a pizza|{topic}]
        [por que|por que razão|por que motivo] [o céu é azul|as folhas caem|o gato mia|chove tanto|{topic}]
        [como|de que forma] [nascem os bebês|funciona um motor|se faz queijo|voam os aviões|{topic}]
        o que [significa a palavra|quer dizer|significa|vem a ser] {topic}
        [qual|qual é] a diferença entre {topic} e {topic}
        [qual|qual é] [o maior|o menor|o melhor|o mais caro] [animal|país|rio|prédio|time|<thing>] [do mundo|de {city}|que existe]
        [qual|qual é] [a receita|o segredo|o ponto|o tempero] d[o bolo de cenoura|a feijoada|o arroz|e {topic}]
        [como|me diz como] [se diz|se escreve|se fala|traduzo] {topic} em [inglês|francês|alemão|italiano]
        [traduz|traduza|corrige|corrija|revisa|resume] [este texto|meu email|isto|a frase|o parágrafo][:|,] {topic}
        [escreve|redige|cria|faz] [uma mensagem|um poema|uma carta|um discurso|um convite] [para|sobre] [o meu <person>|a minha <persona>|{topic}]
        [conta|inventa|lê] [uma história|uma fábula|um conto|uma lenda] [sobre|de|com] {topic}
        [canta|toca|põe] [uma música|aquela do rádio|um samba|parabéns|{topic}][ para mim| aí|]
        [desenha|pinta|gera|cria] [uma imagem|um logotipo|um desenho|um mapa] d[e {topic}|a minha casa|o meu gato]
        [manda|envia|escreve] [um email|uma mensagem|um recado|um sms] para [o meu <person>|a minha <persona>|{name}|todos]
        [liga|telefona|disca] para [o meu <person>|a minha <persona>|{name}|a pizzaria|o hospital]
        [abre|fecha|apaga|baixa|instala] [o whatsapp|a porta|as fotos|o aplicativo|a janela|o arquivo]
        [acende|apaga|liga|desliga] [a luz|o som|a televisão|o ventilador|o alarme]
        [me lembra|lembra-me|me avisa|não me deixe esquecer] de [ligar para o meu <person>|pagar a luz|{topic}|comprar leite]
        [me acorda|acorda-me|põe o despertador|põe um alarme] [cedo|às {hour}|amanhã|daqui a {small} minutos]
        [marca|agenda|anota] [uma reunião|um jantar|o dentista|um encontro] [com {name}|amanhã|na sexta|às {hour}]
        [reserva|compra|procura] [um hotel|uma passagem|um voo|uma mesa] [em|para] {city}
        [qual o caminho|como chego|que ônibus pego|como vou] [para|até] [{city}|o centro|o aeroporto|a praia]
        [a que distância|quão longe] [fica|está] {city}[ daqui| do mar| da capital|]
        quem [é o prefeito|é o governador|são os artistas|é o santo] de {city}
        [quantos habitantes|quantas praias|quantos museus] [tem|há em] {city}
        [que língua|que moeda|que comida] [se fala em|se usa em|se come em|tem em] {city}
        [notícias|novidades|resumo|manchetes] [de hoje|de {city}|do futebol|do dia|sobre {topic}]
        [o que aconteceu|quais as notícias|o que há de novo] [hoje|no mundo|em {city}|com {name}]
        [como está|quanto está|subiu|caiu] [o dólar|a bolsa|o euro|a gasolina|o bitcoin]
        [converte|passa|transforma|quanto dá] {number} [quilos em libras|milhas em quilômetros|euros em reais|graus em fahrenheit]
        [raiz quadrada|o quadrado|o logaritmo|o fatorial|o seno] de {number}
        [resolve|calcula] [a equação de segundo grau|a integral|x ao quadrado|a raiz de {number}]
        [quantos anos|que idade] [eu tenho|tem {name}|tem o papa|você acha que tenho]
        [onde|em que rua] [eu moro|mora {name}|estou|deixei a chave|nasci]
        [qual é|você sabe] [a minha cor favorita|o meu telefone|meu endereço|o meu email|a minha comida preferida|a minha idade]
        [você|tu] [gosta de|prefere|já comeu|já viu|tem] [{topic}|chocolate|gatos|praia|futebol|namorada]
        [você|tu] [mora onde|tem filhos|tem quantos anos|é casado|torce para quem|nasceu onde]
        [quer|queres] [namorar comigo|casar comigo|jogar xadrez|sair comigo|ser meu amigo|tomar um café]
        [vamos|bora] [jogar|brincar de|falar de|conversar sobre] [{topic}|<field>|adivinhação|forca|futebol]
        [acho|penso|sinto|dizem] que [<field> é importante|{topic}|<field> muda tudo|o mundo acaba logo]
        a gente [comprou|viu|comeu|perdeu|vendeu|quer] {topic}
        [ontem|hoje|semana passada] [comi|comprei|vi|estudei|plantei] {topic}
        [estou|tô] [lendo|vendo|comprando|vendendo|estudando|procurando] {topic}
        [meu <person>|minha <persona>] [quer|comprou|perdeu|gosta de|trabalha com] {topic}
        [gosto|gosto muito|não gosto|tenho medo|preciso] de {topic}
        [quero|preciso|gostaria de] falar com [um atendente humano|alguém de verdade|o gerente|o suporte|o dono da loja]
        [me passa para|me transfere para|chama|transfere para] um [atendente|humano|vendedor|responsável|supervisor]
        [isso é um absurdo|quero reclamar|tenho uma reclamação|vou processar vocês][, meu <thing> não chegou|, ninguém resolve|]
        [o meu partido|a minha igreja|meu bairro|a minha rua] [mudou muito|é o melhor|fez uma festa|mudou de lugar]
        [devo|será que devo|é bom] [aceitar o emprego|comprar casa|casar|mudar para {city}|estudar direito]
        [me dá|me passa|dá-me] [o número da sorte|o telefone do dono|uma dica de filme|o resultado da loteria|a senha do wifi]
        [qual|que] [a senha do wifi|remédio é bom para gripe|carro é melhor|celular compro|roupa eu uso]
        [receita|dica|ideia|lista|exercício|oração] [de|para|com] {topic}
        [fala|fale|conta|explica] [mais |tudo |um pouco |]sobre [<field>|{topic}|{city}|{name}]
        [sabe|sabes|você sabe] [algo|alguma coisa|tudo] [de|sobre] [<field>|{topic}|{name}]
        [pesquisa|procura|busca|googla] [{topic}|sobre {topic}|na internet {topic}|o preço de {topic}]
        [olha|vê|abre|resume] [este link|este site|esta página][:|,| ][{link}|{link} por favor]
        [que|quais] [filmes|jogos|livros|séries|músicas] [estão na moda|recomenda|são bons|você gosta]
        [quantas calorias|quanto açúcar|quanta proteína] tem [um ovo|o arroz|{topic}|uma banana]
        [{topic} é|{topic} são] [bom|perigoso|caro|verdade|importante] [ou não|mesmo|para crianças|hoje em dia]
        [existe|há|existem] [vida em marte|fantasmas|{topic}|deus|dragões|um remédio para isso]
        [qual o sentido da vida|o que é o amor|para onde vamos|o que há depois da morte|o que é a felicidade]
        [previsão|horóscopo|signo|tarô|sorte] [de hoje|do dia|para leão|do amor|da semana]
        [preciso de|quero|tem] um [emprego|advogado|encanador|eletricista|médico|professor] [em {city}|urgente|bom|barato]
        """,
        "request": """
        [poderia|podia|pode|consegue] [me |][explicar|descrever|resumir|mostrar|ensinar] [o que é |como é |][um |uma |o |a |]{noun}
        [quero|queria|gostaria de|preciso] [comprar|vender|alugar|ver|fazer|conhecer] [um |uma |o |a |]{noun}
        [quero|queria|preciso] [saber|aprender|ler|ouvir] [tudo |mais |algo |]sobre [o |a |]{noun}
        [me |]fala [do|da|de um|de uma] {noun} [e|ou] [do|da|de um] {noun}
        [me conta|conta|conte] [a história|a origem|o segredo|uma lenda] [do|da|de] {noun}
        [faz|faça|cria|monta|prepara] [um|uma] [lista|resumo|tabela|plano|roteiro] [de|sobre|com] {noun}
        [escreve|escreva|redige] [algo|um texto|dois versos|uma frase] [sobre|com|para] [o |a |]{noun}
        [desenha|pinta|imagina|modela] [um|uma] {noun} [com|sobre|dentro de|e] [um|uma] {noun}
        [procura|pesquisa|busca|acha] [um|uma|o|a] {noun} [em|perto de|para] [{city}|mim|{noun}]
        [onde|em que lugar] [compro|vejo|encontro|fica|acho] [um |uma |o |a |]{noun}
        [quanto|por quanto] [custa|vale|sai|vendem] [um|uma|o|a] {noun}[ em {city}| hoje| usado|]
        [quando|em que ano] [começou|acabou|surgiu|foi inventado] [o|a] {noun}
        [quem|que pessoa] [criou|ensina|faz|vende|estuda] [o |a |]{noun}
        [por que|por que motivo] [o|a] {noun} [é importante|existe|faz isso|acabou|é caro|mudou]
        [como|de que jeito] [funciona|surgiu|se cria|se limpa|se conserta|nasce] [o|a|um|uma] {noun}
        [como|me diz como] [escolher|cuidar de|cozinhar|montar|tratar] [um|uma] {noun}
        que {noun} [você recomenda|é melhor|devo comprar|é mais barato|você prefere]
        [qual|qual é] [a diferença|a relação|a ligação] entre [o |a |]{noun} e [o |a |]{noun}
        [para que|pra que] serve [um|uma|o|a] {noun}
        [o que|que] [acha|pensa|sabe|me diz] [do|da|de|sobre o|sobre a] {noun}
        [gosta|gostas|tem medo|precisa] de {noun} ou de {noun}
        [prefere|preferes|você quer] {noun} ou {noun}
        [é verdade que|dizem que|ouvi que] [o|a] {noun} [faz mal|é bom|acabou|dá sorte|engorda]
        [o|a|meu|minha] {noun} [quebrou|sumiu|não funciona|morreu|está sujo|ficou caro][, o que faço|, me ajuda|]
        [perdi|esqueci|vendi|comprei|quebrei] [o|a|meu|minha|um|uma] {noun}
        [ontem|hoje|na feira] [comprei|vi|comi|vendi] [um|uma|o|a] {noun}
        [amanhã|hoje|no domingo] [quero|vou ver|preciso de|vou comprar] [um|uma] {noun}
        [estou|tô] [procurando|estudando|fazendo|vendendo|querendo] [um |uma |]{noun}
        [meu filho|minha mãe|meu chefe|a professora] [quer|pediu|perdeu|precisa de] [um |uma |]{noun}
        [tem|há|existe] [um|uma|algum] {noun} [aí|em {city}|à venda|por perto|para mim]
        [vende|vendem|vocês têm|alugam] {noun}[ usado| novo| em {city}|]
        [liga|desliga|abre|fecha|tranca] [o|a] {noun} [da sala|do quarto|agora|por favor|para mim]
        [compra|encomenda|pede|traz] [um|uma|{small}] {noun} [para mim|amanhã|na loja|por favor]
        [reserva|marca|agenda] [um|uma] {noun} [para {small}|às {hour}|em {city}|para amanhã]
        [envia|manda|posta] [o|a|um|uma] {noun} para [o chefe|a minha mãe|{name}|todos]
        [traduz|traduza|soletra|define|defina] [a palavra |]{noun}[ para inglês| em francês| por favor|]
        [compara|compare|avalia|analisa] [o |a |]{noun} [com|e] [o |a |]{noun}
        [me dá|dá-me|me dê] [uma dica|uma ideia|um conselho|informações] [sobre|de|para] [o |a |]{noun}
        [me ajuda|ajuda-me|ajude-me] [com|a fazer|a entender|a escolher] [o|a|um|uma] {noun}
        [ensina|ensina-me|me ensine] [sobre |]{noun} [em poucas palavras|do zero|para crianças|por favor]
        [recomenda|sugere|indica] [um|uma|algum] {noun} [bom|barato|para iniciantes|em {city}]
        [explica|explique|fala] {noun} [como se eu tivesse cinco anos|em detalhe|em uma frase|para um leigo]
        [imagina|finge|faz de conta] que [você é um|sou um|existe um] {noun}
        [joga|brinca|compete] [com o|com a|de] {noun} comigo
        [adivinha|descobre] [qual|que] {noun} [eu quero|tenho|penso]
        [conserta|limpa|lava|pinta|guarda] [o meu|a minha|esse|este] {noun}
        [quantos|quantas] {noun} [tem|há|existem] [no mundo|em {city}|aí|por aí]
        [foto|vídeo|imagem|receita|preço|notícia|história] [de|do|da] {noun}
        [curso|livro|filme|aula|loja|aplicativo] de {noun}[ em {city}| grátis| bom|]
        [melhor|pior|maior|primeiro] {noun} [do mundo|de {city}|da história|do ano]
        {noun} [barato|grátis|perto de mim|em promoção|de graça|online]
        {noun}, {noun} e {noun}
        {noun} [ou|versus|contra] {noun}
        {noun} [para iniciantes|passo a passo|em casa|no brasil|em portugal]
        [detesto|adoro|coleciono|estudo|fabrico] {noun}
        [tenho alergia a|tenho medo de|sonhei com|penso em|trabalho com] {noun}
        [sem|com|mais|menos] {noun} [não dá|é melhor|por favor|a vida é boa]
        [e|mas] [o|a] {noun}, [como fica|cadê|o que acha|é bom]
        [seria possível|dá para|é possível] [ver|comprar|fazer|ter] [um|uma|o|a] {noun}
        [vamos|bora] [falar de|fazer|montar|comprar] [um |uma |]{noun}
        [faz|faça] [o favor de |][procurar|buscar|achar] [um|uma] {noun}
        [arruma|arranja|consegue|descola] [um|uma] {noun} [para mim|aí|por favor|barato]
        [apaga|deleta|salva|imprime|copia] [o|a|meu|minha] {noun}
        [calcula|mede|pesa|estima] [o preço|o tamanho|o peso|a idade] [do|da] {noun}
        [canta|toca|assobia] [uma música|algo|um hino] [de|sobre|com] {noun}
        [critica|elogia|defende|resume] [o|a] {noun}
        [cria|inventa|bola] [um nome|um slogan|um jogo|uma festa] [para|de|com] {noun}
        [planta|rega|colhe|corta] [o|a|um|uma] {noun}
        [vota|torce|reza|luta] [por|pelo|pela] {noun}
        [simula|programa|projeta|constrói] [um|uma] {noun}
        [avisa|pergunta|fala] [ao meu chefe|à minha mãe|com {name}] [sobre o|sobre a] {noun}
        [me |]dá [a definição|a receita|o preço|um exemplo] de {noun}
        [quero|preciso de|faz] um [poema|discurso|cartaz|anúncio] sobre [o |a |]{noun}
        [oi|olá|ei], [quero|procuro|vende|tem] [um |uma |]{noun}
        [você|vc|tu] [tem|vende|conhece|conserta|entende de] {noun}
        [onde|como] [aprendo|estudo|treino] {noun} [em {city}|sozinho|de graça|rápido]
        [alguém|quem] [quer|vende|tem|conserta] [um |uma |]{noun}
        [lê|leia|conta] [uma história|um livro|uma notícia] [sobre|de|com] {noun}
        [troca|troque|muda|substitui] [o|a] {noun} [por|pelo|pela] {noun}
        [guarda|leva|busca|entrega] [o|a|um|uma] {noun} [em {city}|em casa|para mim|no trabalho]
        [que história|que cor|que tamanho|que gosto] tem [o|a|um|uma] {noun}
        """,
    }
)
