"""More ways to tell and to ask one's own name in Portuguese, by a second author."""

from .expand import blocks

FRAMES = blocks(
    {
        "tell_name": """
        [oi|olá|opa|ei], é [o|a] {name}, [uma pergunta rápida|preciso de uma ajudinha|tenho uma dúvida]
        {name} [por aqui|deste lado|do outro lado da tela|na linha|na escuta|ao telefone]
        {name} [por aqui|deste lado|na linha], [preciso de ajuda|tudo certo|pode falar|vim tirar uma dúvida]
        [bom|bem|então|ok], [eu sou|sou|me chamo] {name} e [vim|estou aqui para|quero] [testar isso|conversar um pouco]
        [então|pronto|olha só], [vou me apresentar|deixa eu dizer quem sou|apresento-me]: {name}
        [o pessoal|a turma|a família|a malta|o povo] [só me chama|me trata|costuma me chamar] [de|por] {name}
        [no trabalho|na escola|na rua|lá em casa|na faculdade|no clube] [me chamam|sou chamado|sou chamada] de {name}
        [na certidão|no documento|na identidade|no registro|no passaporte|no RG] [está|consta|aparece] {name}
        [assino|costumo assinar|eu assino] [como |]{name}
        [quem vos fala|quem lhe escreve|quem está do lado de cá|a pessoa aqui] é [o |a |]{name}
        [a pessoa|o cliente|a cliente|o aluno|o hóspede] [que te escreve|aqui|que fala contigo] é [o |a |]{name}
        [você pode|pode|pode também] [usar|escrever|dizer] {name} [quando falar comigo|para se referir a mim|se quiser]
        [meu apelido|a minha alcunha|o apelido que uso|meu nome de guerra] é {name}
        [meu nome artístico|meu nome social|o nome que uso|meu nome de solteira] é {name}
        [tenho|eu tenho|carrego] o nome de {name}
        [ganhei|recebi|herdei] o nome de {name}[ quando nasci| da minha avó| do meu avô|]
        [a minha mãe|minha mãe|meu pai|a minha avó] [escolheu|me deu|quis] o nome {name}[ para mim|]
        [minha mãe|meu pai|minha avó] [me chama|me chamava|sempre me chamou] de {name}
        [nasci|eu nasci] {name} e [sempre fui assim|vou morrer com esse nome|gosto do nome]
        [sou|eu sou] [só|apenas|simplesmente] {name}, [sem mais|nada de formalidades|sem sobrenome]
        [sou|eu sou] [a|o] {name}, [lembra|a gente falou ontem|falamos ontem|já conversamos antes]
        [sou|é] [a|o] {name} [da loja|do escritório|da escola|do terceiro andar|da padaria|do banco]
        aqui é [a|o] {name} [da contabilidade|do suporte|do financeiro|da recepção|do prédio ao lado]
        [sou|me chamo|chamo-me] {name} e [sou cliente de vocês|sou cliente novo|sou nova aqui|já comprei aí antes]
        [sou|me chamo|chamo-me] {name} e [tenho uma dúvida|queria um minutinho|quero tirar uma dúvida|vim perguntar]
        [sou|me chamo|chamo-me] {name} e [este é o meu primeiro dia|estou começando agora|não entendo de computador]
        [meu nome é|eu me chamo|eu sou] {name} [e queria|e gostaria de|e vim] [conversar|falar com você|saber mais]
        [meu nome é|o meu nome é] {name} [mas|porém] [pouca gente sabe|quase ninguém usa|podes esquecer o resto]
        [sou|eu sou] [a professora|o professor|a doutora|o doutor|o seu vizinho|a enfermeira] {name}
        [seu|teu] [novo amigo|novo cliente|novo usuário|novo dono|novo chefe] [se chama|chama-se] {name}
        [seu criado|seu amigo|um amigo|sua amiga], {name}
        [atenção|alô|escuta|ouve lá]: [meu nome é|eu sou|sou] {name}
        [a partir de agora|de agora em diante|daqui para frente|hoje] [eu sou|me chama de|sou] {name}
        [a partir de agora|de hoje em diante|doravante] [me trate|vais tratar-me|trata-me] por {name}
        [quando falar|se falar|ao falar] comigo[,|] [use|usa|diz|diga] {name}
        [quando me responder|nas respostas|nas mensagens][,|] [use o nome|usa o nome|escreve] {name}
        [pra|para] [você|vc|ti], [eu sou|sou] {name}
        [pra|para] [os amigos|os íntimos|todo mundo|quem me conhece][,| eu] sou {name}
        [pode|podes] me chamar só de {name}[, tá bom|, é mais fácil|, todo mundo chama|]
        [chama|chame] por {name} [que eu atendo|que eu venho|que respondo logo]
        [é só|basta] [me chamar|chamar-me|dizer|gritar] {name}
        [se precisar|se quiser|quando quiser][,|] [é só chamar|me chama de|chame por] {name}
        [não precisa de senhor|nada de senhora|deixa o senhor de lado], [me chama de|sou só|pode dizer] {name}
        [sem cerimônia|sem frescura|informalmente|entre nós], [sou|me chamo|é] {name}
        [você ainda não sabe|você não me conhece|ainda não me apresentei|não me apresentei], [mas sou|eu sou] {name}
        [esqueci de me apresentar|desculpa a falta de educação|nem me apresentei], [sou|me chamo] {name}
        [esqueci de dizer|faltou dizer|não cheguei a dizer]: [sou|meu nome é|me chamo] {name}
        [antes de começar|primeiro de tudo|antes de mais nada|para começar], [sou|meu nome é|me chamo] {name}
        [antes de começar|primeiro|antes que eu esqueça], [anota aí que sou|fica sabendo que sou] {name}
        [respondendo à sua pergunta|já que perguntou|como perguntaste|se quer saber], [sou|me chamo] {name}
        [você perguntou o meu nome|perguntou quem sou|queria saber quem fala]: [sou|é] {name}
        [pois|sim|claro], [meu nome é|chamo-me|eu sou|é] {name}
        [claro|com certeza|pois não|sim], [pode pôr|põe|escreve|anota] {name}
        [põe|coloca|bota|registra|cadastra] [aí |][no meu nome|como meu nome|em meu nome]: {name}
        [registra|cadastra|guarda|salva] [isso |][para mim|aí]: [eu sou|me chamo|o meu nome é] {name}
        [salva|salve|adiciona] meu [nome|contato] como {name}
        [salva|guarda|memoriza|anota] o nome {name}, [é o meu|sou eu|que é o meu]
        [grava|fixa|decora] [bem |][isto|isso|o seguinte]: [sou|chamo-me|meu nome é] {name}
        [tenta|tente|procura|vê se consegue] [lembrar|não esquecer|guardar] [que sou|que me chamo|o meu nome,] {name}
        [vê se não esquece|não vá esquecer|nunca esqueça|não te esqueças], [sou|meu nome é|chamo-me] {name}
        [quero|preciso] que [você saiba|saibas|lembre|se lembre] que [sou|me chamo] {name}
        [quero|prefiro] que [me chame|me chames|você me chame] [de |]{name}
        [gostaria|gostava] que me [tratasse|tratasses] por {name}
        [prefiro|gosto mais de|curto mais] {name} [a|do que] [meu nome completo|nome e sobrenome|senhor]
        [ninguém me chama|não me chame] pelo nome todo, [diz só|é só|sou só] {name}
        [corrige aí|correção|corrija, por favor|erro meu], [é|meu nome é|o certo é] {name}
        [escrevi errado|digitei errado|saiu errado|o corretor trocou], [meu nome é|é|o certo é] {name}
        [o corretor mudou|errei a digitação d]o meu nome, [é|o correto é] {name}
        [mudei de nome|troquei de nome|casei e mudei o nome], [agora sou|agora me chamo|agora é] {name}
        [não é|não sou|não me chamo] {name}, [é|sou|me chamo|o certo é] {name}
        [você errou|está errado|não], [não é|não sou] {name}, [é|meu nome é|sou] {name}
        [eu disse|antes disse|tinha dito] {name} mas [na verdade é|o certo é|me chamo] {name}
        em vez de {name}, [me chama de|passa a usar|escreve] {name}
        [troca|troque|muda|mude] o meu nome [para|por] {name}
        [troca|muda|altera] [de |]{name} para {name}, [por favor|esse é o certo|que é o meu nome]
        [meu nome mudou|esquece o outro nome|esqueça o que eu disse], [sou|agora é|me chamo] {name}
        [brincadeira|zoeira|tô brincando|mentira], [meu nome é|eu sou|me chamo] {name}
        [falando sério|agora a sério|na real|a verdade é que], [eu sou|me chamo|meu nome é] {name}
        [quase isso|quase|por pouco], [é|meu nome é|mas é] {name}
        [é|se escreve|lê-se|escreve-se] {name}, [o meu nome|esse é meu nome|o nome que me deram]
        [quem sou eu|quem eu sou|eu quem sou]? [sou|eu sou|me chamo] {name}
        [quem fala|quem é|de parte de quem]? [é|aqui é|fala] [o |a |]{name}
        [como me chamo|meu nome|nome]? {name}, [ora|muito prazer|ué|claro]
        [adivinha|sabe|imagina] quem [é|está aqui|chegou|voltou]: [o |a |]{name}
        [cheguei|voltei|apareci|entrei], [sou eu|é a|é o|aqui é a] {name}
        [sou eu|sou eu de novo|eu de novo|eu outra vez], [o |a |]{name}
        [oi|olá|opa] [gente|pessoal|amigo|aí], [eu sou|aqui fala|meu nome é] {name}
        [oi|oiê|oie|ei] [robô|robozinho|assistente|querido], [sou|aqui é|me chamo] {name}
        [salve|fala|eai|fala aí][,|] [aqui é|é] [o |a |]{name}[, beleza|, suave|, firmeza|]
        [bom dia|boa tarde|boa noite][,|] [quem fala é|fala|daqui fala] [o |a |]{name}
        [bom dia|boa tarde|boa noite], [chamo-me|sou|é] {name} [e estou ligando|e escrevo|e passei] [para tirar uma dúvida|por curiosidade]
        [boas|viva|ora viva|então], [daqui|aqui] [é|fala] [o |a |]{name}
        [muito prazer em conhecer|encantado|encantada|é um prazer], [sou|chamo-me] {name}
        [prazer|muito prazer], {name} [aqui|ao seu dispor|às ordens|falando]
        [prazer|muito prazer] em [te|lhe] conhecer, [me chamo|sou|meu nome é] {name}
        [vc|você|tu] [tá|está|estás] [falando|a falar] com [o |a |]{name}[, beleza|, ok|, tá ligado|]
        [sabia|sabias|sabe] que [eu me chamo|meu nome é|eu sou] {name}
        [vou te contar|te conto|digo-te|te falo]: [me chamo|sou|o meu nome é] {name}
        [pra facilitar|para encurtar|resumindo|em resumo], [sou|me chama de|é] {name}
        [meu primeiro nome|meu nome do meio|meu nome de batismo|meu nome verdadeiro] é {name}
        [o meu primeiro nome|o primeiro nome|nome próprio|nome]: {name}
        [nome do cliente|nome da cliente|nome do usuário|usuário|cliente]: {name}
        [identificação|apresentação|assinatura|assinado]: {name}
        [ass|assina|abraços|com carinho|atenciosamente][.|,|:] {name}
        [vim|estou aqui para|passei por aqui para] [me apresentar|apresentar-me|dizer oi], [sou|chamo-me] [o |a |]{name}
        [estou|tô] [de volta|aqui|online|na área], [o |a |]{name} [falando|aqui|mesmo]
        [sou|eu sou] de {city} e [me chamo|meu nome é|chamo-me] {name}
        [venho de|moro em|falo de|escrevo de] {city}, [meu nome é|me chamo|sou] {name}
        tenho {small} anos e [me chamo|meu nome é|sou] {name}
        [sou|eu sou] {name}, [tenho|com] {small} anos
        [sou|eu sou|me chamo] {name}, [estudante|aposentada|aposentado|professora|motorista|mãe de dois filhos]
        [sou|me chamo|chamo-me] {name}, [aluno do primeiro ano|dona de casa|vendedor|cozinheira|engenheiro]
        [aqui quem escreve|quem digita|quem tecla] é [o |a |]{name}[, de {city}|, do interior|, da capital|]
        [sou|é|aqui é] {name} [mas|só que] [pode me chamar como quiser|estou sem pressa|não sei usar isso]
        [sou|é|aqui é] {name} [porque|pois] [meus pais quiseram|minha mãe gostou do nome|assim me batizaram]
        [deixa|deixe] eu [falar|contar|dizer] [meu nome|como me chamo|quem sou]: {name}
        [posso|podia|vou] [dizer|te dizer|falar] [meu nome|quem eu sou]: [sou|é] {name}
        [posso me apresentar|dá licença|com licença]? [sou|me chamo|meu nome é] {name}
        [ei|oi] [psiu|aí|você], [meu nome é|eu sou|me chamo] {name} [tá|viu|ok|hein]
        [me chama|me chame|trata-me|chamem-me] {name} [tá|viu|ok|pf|por favor]
        [todo mundo|toda a gente|qualquer um|o bairro todo] me conhece [por|como|pelo nome de] {name}
        [conhecido|conhecida|famoso|famosa] como {name}
        [há quem me chame|uns me chamam|alguns dizem|muitos me chamam] de {name}
        [você pode|o senhor pode|a senhora pode|tu podes] [me tratar|tratar-me] por {name}[, sem problema|, à vontade|]
        [trata-me|trate-me|me trata|me trate] [só |apenas |]por {name}[, faz favor|, combinado|]
        [meu nome todo|meu nome inteiro|por extenso|o nome completo] [é|fica|seria] {name}
        [já que vamos conversar|já que estamos aqui|como vamos falar muito], [sou|me chamo] {name}
        [pra constar|só para constar|só avisando|avisando]: [sou|me chamo|meu nome é] {name}
        [caso queira saber|caso precise|se te interessa|se alguém perguntar], [sou|me chamo|é] {name}
        [informo|declaro|confirmo] que [me chamo|sou|meu nome é] {name}
        [confirmo|confirmado|isso mesmo|exato], [sou|aqui é|é] [o |a |]{name}
        [isso|isso aí|sim senhor|exatamente], [meu nome é|eu me chamo] {name}
        [aqui|aki] eh [o |a |]{name}[, blz|, td bem|, de boa|]
        [meu nome eh|me chamo|sou] {name} [blz|vlw|tmj|e vc]
        [oii|oiii|oieee|olaa|heyy] [sou|eu sou|aqui é] [o |a |]{name}
        [mano|cara|velho|véi|pá], [eu sou|meu nome é|sou] {name}
        [uai|tchê|bah|oxente], [sou|eu sou|aqui é] [o |a |]{name}
        [meu filho|minha filha|meu bem|querido], [eu sou|aqui é|quem fala é] [a dona|o seu|a vó|o vô] {name}
        [sou|aqui é] [a mãe|o pai|a avó|o tio], {name}
        [sou a nova estagiária|sou o novo gerente|sou o técnico|sou a vizinha nova], {name}
        [o nome da pessoa|o nome de quem fala|o nome de quem escreve|o nome do teu amigo] é {name}
        [eu era|antigamente era|fui] {name} [mas|e] [agora sou|hoje me chamo|agora me chamo] {name}
        [eu|este que te fala|esta que te escreve], {name}, [venho por este meio pedir ajuda|estou com uma dúvida]
        [eu|aqui o|aqui a] {name} [agradeço|agradece] a [atenção|ajuda|paciência]
        {name} [foi o nome que me deram|é o meu nome desde sempre|é o nome que uso|está bom para me chamar]
        {name}, [é assim que me chamo|assim me chamam|como todos me conhecem|pode ser assim]
        {name}, [muito prazer|encantado|prazer em conhecê-lo|ao seu serviço|seu novo amigo]
        {name} [mesmo|sim], [esse é o meu nome|é o meu nome|sou eu]
        {name} é o nome [da pessoa que te escreve|de quem está aqui|que deves guardar|que quero que uses]
        [é|sou] {name}, [com muito orgulho|para servir|pode anotar|como a minha avó]
        [gostaria de|queria] [me apresentar|dizer o meu nome]: [sou|chamo-me|me chamo] {name}
        [a gente ainda não se conhece|ainda não nos conhecemos|a gente nunca conversou], [sou|me chamo|meu nome é] {name}
        [vamos nos conhecer|bora se conhecer|vamos começar pelo nome], [sou|me chamo|eu sou] {name}
        [você|tu] é o {bot} e eu sou [o |a |]{name}
        {bot}, [aqui é|sou|meu nome é|guarda meu nome,|anota o meu nome:] {name}
        [escuta|olha|ouve] {bot}, [eu me chamo|o meu nome é|sou] {name}
        [prazer|muito prazer|olá], {bot}! [sou|eu sou|me chamo|aqui é] {name}
        """,
        "ask_name": """
        [aposto|imagino|acho] que [você |]já nem [sabe|lembra|recorda] <my_name>
        [aposto|imagino|acho] que [você |]não [guardou|anotou|decorou|ouviu] [o |]meu nome
        duvido que [você |][acerte|saiba|lembre|adivinhe] [o |]meu nome
        [aposto que|acho que] [não acertas|não vais acertar|você erra|você não acerta] [o |]meu nome
        [você me esqueceu|já me esqueceste|esqueceu de mim|já não sabes quem sou], [né|não é|não foi]
        [você|tu] [esqueceu|apagou|perdeu] [o |]meu nome[, foi| ou ainda tem|, não foi|]
        [que nome|qual nome|com que nome] [eu |]disse [no começo|no início|logo no início|lá atrás] [que era o meu|quando me apresentei]
        [lá no começo|no início da conversa|quando cheguei|ao entrar] [eu falei|eu disse] [o |]meu nome, [qual foi|como era]
        [quando|na hora em que] me apresentei, [que nome|qual nome] [eu |][falei|usei|disse|dei]
        [quando|assim que] [cheguei|entrei|comecei a falar], [como|com que nome] me apresentei
        [que nome|qual nome] eu [usei|escolhi|mencionei|citei|informei] [para mim|ao me apresentar|na apresentação]
        [e eu|mas e eu|e quanto a mim|e este aqui], [quem sou|como me chamo|qual é o meu nome]
        [você é isso, mas eu|esse é você, mas eu], [quem sou|como me chamo]
        [já sei quem é você|já sei o seu nome], [agora diga|mas diga|e] [o meu|quem sou eu|como eu me chamo]
        [tenho|estou com|deu] [amnésia|um branco|uma branca], [como me chamo|qual é o meu nome|quem sou eu]
        [bati a cabeça|acordei agora|bebi demais|ando esquecido], [como é que me chamo|qual é mesmo meu nome|quem sou eu]
        [esqueci|não lembro] [do |o ]meu [próprio |]nome, [pode me ajudar|me ajuda|me diz qual é|qual é]
        [me ajuda|ajude-me|ajuda-me] a [lembrar|recordar] [o |]meu [próprio |]nome
        [me faz|faz-me] [o favor|a gentileza] de [dizer|repetir|escrever] [o |]meu nome
        [gostava|gostaria|queria] de [ouvir|ver|confirmar|conferir] [o |]meu nome[ outra vez| de novo|]
        [gostaria|queria] que [você|tu] [dissesse|repetisse|escrevesse|confirmasse] [o |]meu nome
        [quero|queria|preciso] [ver se|saber se|ter certeza de que] [você |]guardou [o |]meu nome
        [confirma|confirme|confere|verifica] [para mim |aí |][o |]meu nome[, por favor| por favor|]
        [confirma|confirme|diz] [lá|aí] como [é que |]me chamo
        [pode|podes|poderia] confirmar [o |]meu nome[ para mim|, só para ter certeza|]
        [pode|podes|consegue] [dizer-me|me falar|me dizer] com quem [está a falar|está falando|fala]
        [teste de memória|prova de memória|jogo da memória|vamos testar]: [como me chamo|qual é o meu nome|quem sou]
        [vou testar sua memória|hora do teste|quiz|pergunta valendo ponto]: [meu nome|quem sou eu|qual meu nome]
        [testando|um teste|só testando], [você sabe meu nome|qual meu nome|quem sou eu]
        [se eu perguntar|e se eu perguntasse] [o |]meu nome, [você sabe|o que você diz|saberias dizer]
        [se|caso] [alguém|meu chefe|a minha mãe] perguntar [quem sou|o meu nome], o que [você diz|dizes|vai dizer]
        [vamos lá|vai|anda|bora], [diz|diga|fala|qual é] [o |]meu nome
        [última chance|mais uma vez|outra vez|de novo]: [qual é|como é|diga] [o |]meu nome
        [prova|prove|mostra|mostre] que [lembra|se lembra|sabe] [o |do ]meu nome
        [prova|prove|mostra] que [estava prestando atenção|me ouviu|está atento]: [qual é meu nome|quem sou]
        [você|tu] [estava|estavas] [prestando atenção|a ouvir|ligado]? [qual é|diz] [o |]meu nome
        [ouviu bem|escutou|leste bem|leu direito] [o |]meu nome
        [prestou|prestaste] atenção [no meu|ao meu] nome[ ou não|, qual é|]
        [entendeu|percebeu|captou|apanhaste|pegou] [o |]meu nome
        [ficou|está] [gravado|guardado|anotado|registrado] [o |]meu nome
        [está|tem] [aí |]anotado como [eu |]me chamo
        [ainda|já] [está|ficou] na [sua|tua] memória [o |]meu nome
        [na sua memória|nas suas notas|no seu registro|no cadastro|na ficha], [qual é o meu nome|como me chamo]
        [que nome|qual nome] [consta|está|aparece] [na minha ficha|no meu cadastro|para mim|aí em meu nome]
        [sob|com] que nome [estou|fiquei|fui] [registrado|cadastrado|salvo|guardada][ aí|]
        [como|de que forma|de que jeito] [estou|fiquei] [salvo|registrado|identificado] [aí|com você]
        [como|de que maneira] [você |]me [identifica|registrou|anotou|tem anotado|trata]
        qual [é a minha graça|vem a ser o meu nome|é a minha identidade]
        [a minha graça|a minha identidade], [qual é|sabe qual é]
        [que|qual] nome [é que |][eu |][tenho|uso|carrego]
        que nome [me deram|meus pais me deram|tenho eu], [lembra|segundo o que te disse|você sabe]
        [meu nome é|eu me chamo|eu sou|chamo-me] [o quê|como|quem mesmo|como mesmo]
        [meu nome é] [qual|o que|qual mesmo|qual afinal]
        [o |]meu nome [era|seria|é] [qual|qual mesmo|qual afinal|como]
        [o |]meu nome [você|tu] [sabe|lembra|guardou|esqueceu|tem|ainda tem]
        [o |]meu nome, [sabe|sabes|lembra|lembras-te|recorda|guardou|tem aí]
        [do |]meu nome [você|tu|vc] [lembra|se lembra|ainda lembra|esqueceu]
        de [quem|que pessoa] [é que |][você|tu] [recebe|está recebendo|estás a receber] [esta mensagem|estas mensagens]
        [quem|qual pessoa] [está|é que está] [conversando|falando|a falar] [contigo|com você][ agora|]
        [quem|que pessoa] [te escreve|está escrevendo|te mandou isto|é que te escreve][ agora|]
        [quem|quem é que] [está do lado de cá|está deste lado|é o seu interlocutor]
        [sabe|sabes|lembra|lembras] quem [está escrevendo|te escreve|está aqui|é este que fala]
        [reconhece|reconheces|reconheceu|identifica] quem [fala|sou eu|está aqui|escreve]
        [você me reconhece|reconheces-me|me reconheceu|sabes quem é|está me reconhecendo]
        [você |][sabe|lembra|tem ideia de] quem [é que sou|é esta pessoa|está digitando]
        [a gente já se conhece|já nos conhecemos|já fomos apresentados]? [qual|diga] [o |]meu nome
        [somos amigos há tempos|já conversamos muito|falamos faz tempo], [qual é|lembra] [o |]meu nome
        [um amigo|um bom amigo|um bom assistente] [sabe|lembra] [o |]meu nome, [e você|qual é|você sabe]
        [meu nome|o meu nome] [pf|pfv|por favor|plz|agora|aí]
        [diz|diga|fala|manda|solta] [meu nome|o meu nome] [pf|pfv|rapidinho|aí|já|agora]
        [me chama|chama-me|me trata|me chame] pelo [meu |]nome[ por favor| vai| uma vez|]
        [usa|use|diga|escreva] [o |]meu nome [numa frase|na resposta|ao responder|quando responder]
        [responde|responda|responde-me] [usando|com|dizendo] [o |]meu nome
        [me dá|dá-me|dê-me|me envia|manda] [o |]meu nome[ de volta| outra vez| por escrito|]
        [escreve|escreva|digita|digite] [aqui |aí |][o nome que eu disse|o nome que te dei|como eu me chamo]
        [soletra|soletre|repete|repita] [para mim |][o |]meu nome
        [repete|repita|fala de novo] [o nome|o tal nome] que [eu |]te [dei|falei|disse]
        [eu te disse|já te disse|te contei|te falei] quem [sou|eu era], [lembra|né|não foi|e então]
        [eu |]já [me apresentei|disse quem sou|falei meu nome], [então qual é|lembra|então diz aí qual é]
        [já me apresentei|cheguei a me apresentar|me apresentei|falei meu nome] [ou não|hoje|antes|para você]
        [por acaso|será que] [eu |]já [disse|falei|informei|passei] [o |]meu nome
        [será que|por acaso] [eu |]me apresentei
        [alguma vez|em algum momento] [eu |][te |]disse [o |]meu nome
        [não sei se|nem sei se|já não sei se] [te |]disse [como me chamo|quem sou|meu nome]
        [eu |]te [passei|dei|informei] [o |]meu nome [ou esqueci|ou ainda não|certo|antes]
        [você|tu] [tem|tens] [o |]meu nome [aí|guardado|ou não|anotado|em algum lugar]
        [você |]tem como [saber|ver|dizer] [o |]meu nome
        [dá para|tem jeito de|é possível] [você |]me dizer [o |]meu nome
        [há|existe|tem] [algum registro|alguma nota|alguma anotação] do meu nome[ aí|]
        [olha|olhe|procura|vê] [aí |]nas mensagens [de cima|anteriores], [qual|como] é [o |]meu nome
        [volta|volte] [ao começo|ao início] da conversa e [diz|diga|me fala] [o |]meu nome
        [segundo|pelo|de acordo com] [o que|aquilo que] [eu |]te [disse|falei], [quem sou|como me chamo|qual é meu nome]
        [pelo que|pelo tanto que] [você|tu] [sabe|sabes] de mim, [qual é|como é] [o |]meu nome
        [só|apenas] por [curiosidade|segurança|precaução], [qual é|como é|você sabe] [o |]meu nome
        [por curiosidade|de curioso|só para saber], [como me chamo|quem sou eu|você lembra quem sou]
        [antes de ir|antes de sair|antes de dormir|antes de continuar], [qual é|me diz|você lembra] [o |]meu nome
        [mudando de assunto|voltando ao assunto|agora outra coisa], [qual é|você lembra] [o |]meu nome
        [aliás|a propósito|por falar nisso], [como é que me chamo|quem sou eu|lembra do meu nome]
        [obrigado|valeu|legal|ok|ótimo], [e agora diga|agora me diz|mas e] [o |]meu nome
        [obrigado|valeu|legal|ok], [e como me chamo|e quem sou eu|mas qual é meu nome]
        [se é inteligente|se és tão esperto|já que sabe tudo|espertinho], [qual é|diz] [o |]meu nome
        [robô|ô robô|ei robô|ó máquina], [qual é|diga|fala|sabe] [o |]meu nome
        [mano|cara|véi|miga|amigo], [qual é|tu lembra|fala] [o |]meu nome
        [mano|cara|véi|miga], [quem sou eu|como eu me chamo|tu sabe quem eu sou]
        [meu filho|querido|minha filha|meu bem], [como é mesmo que me chamo|lembra do meu nome|você sabe quem eu sou]
        {bot}, [quem sou eu|qual é o meu nome|como me chamo|lembra de mim|você sabe quem sou]
        [oi|olá|ei] {bot}, [lembra do meu nome|ainda sabe quem sou|como me chamo|qual é meu nome]
        [oi de novo|voltei|olha eu aqui outra vez|cheguei], [lembra de mim|lembra do meu nome|sabe quem sou|qual é meu nome]
        [oi|olá|bom dia|boa tarde], [lembra|ainda lembra|sabe] [quem sou|do meu nome|como me chamo]
        [qual|ql|qal|kual] [eh|é|e] [o |]meu [nome|nomi|nme]
        [como|cm|komo] [me xamo|eu mi chamo|eu xamo|eu me chamu]
        [vc|tu|ce] [lembra|sabe|lenbra] [meu nome|quem sou|como me chamo|de mim]
        [cê|ocê|vosmecê|vossa senhoria] [sabe|lembra|se lembra] [o |do ]meu nome
        [o senhor|a senhora] [sabe|lembra|guardou] [o |]meu nome
        qual [que é|é que é|que era|seria] [o |]meu nome
        [e qual|mas qual|então qual|ora qual] [seria|será|é|era] [o |]meu nome
        [como|e como] [que |é que ][eu |][me chamava|era chamado|sou chamado|sou chamada]
        [como|e como] [é que |][você vai|vais|tu vais|o senhor vai] [me tratar|me chamar|chamar-me]
        [de que|por que|por qual] nome [devo ser tratado|me tratas|você me trata|atendo]
        [por|de] que [nome|forma] [é que |]me [tratas|chamas|tratam|chamam]
        [diz lá|diga lá|ora diz], [como é que me chamo|quem é que sou eu|como me chamo]
        [completa|complete|termina] a frase: [meu nome é|eu me chamo|você está falando com]
        [verdadeiro ou falso|sim ou não]: [você sabe meu nome|você lembra quem sou]
        [estou|tô] [curioso|curiosa|em dúvida], [você sabe|você guardou|ainda lembra] [o |]meu nome
        [não me diga|não acredito] que [esqueceu|já esqueceu|esqueceste] [o |]meu nome
        [não|nem] [sabe|lembra|sabes] [mais |]quem [sou|eu sou][, né|, é isso|]
        [espero que|tomara que|oxalá] [saiba|lembre|ainda saibas] [quem sou|o meu nome|como me chamo]
        [fiquei|estou] [na dúvida|sem saber], [eu disse|te disse|falei] [o |]meu nome [certo|direito], [qual foi|como ficou]
        [como|com que letras|de que jeito] [ficou|anotou|escreveu] [o |]meu nome
        [vê|veja|olha] [aí|lá] [qual é|como é|que nome é] o meu
        [quem|e quem] [é|será] [esta pessoa|este ser|a pessoa] que [te escreve|fala contigo|está aqui]
        [quem|e quem] [diabos|raios|é que|afinal] sou eu
        [eu|este aqui|essa pessoa aqui] [sou|é] quem
        [sabe|sabes] [dizer|me dizer] como [é que |][eu |]me [chamo|chamam]
        [gostava|gostaria|adoraria] que [te lembrasses|você lembrasse] de mim, [sabe meu nome|como me chamo]
        [faz|fazes|tem] [alguma |]ideia de [quem sou|como me chamo|quem fala contigo|qual é o meu nome]
        [lembre-me|relembra-me|refresca-me a memória|me relembra], [como me chamo|qual é o meu nome|quem sou]
        [fala|diz|diga] [o nome|só o nome] [da pessoa que está falando contigo|de quem te escreve]
        [qual|como] [é|era] o nome [da pessoa que te escreve|deste seu amigo|de quem fala com você|do seu cliente aqui]
        [com quem|com que pessoa] [você tem|tens] [conversado|falado] [hoje|até agora|este tempo todo]
        [vamos ver|quero ver|bora ver] se [é bom de memória|a sua memória é boa|presta atenção]: [meu nome|quem sou eu]
        [sua|tua] memória [é boa|funciona|presta]? [qual é|diz|então diga] [o |]meu nome
        [me surpreenda|surpreende-me|impressiona-me], [diz|diga|qual é] [o |]meu nome
        [posso|podia] [saber|perguntar] se [ainda sabe|guardou|lembra] [o |]meu nome
        [recapitulando|resumindo|só para confirmar|revisando], [eu me chamo como|qual é o meu nome|quem sou eu]
        [se não me engano|se bem me lembro] [eu |]disse [o |]meu nome, [qual foi|não disse|você lembra]
        [quero|vou] [fazer|preencher] um cadastro, [que nome meu você tem|qual é o meu nome|como me chamo]
        [o nome|aquele nome] que [eu |]te [disse|dei|falei] [há pouco|antes|no começo], [qual é|qual era|lembra]
        [você |]consegue [adivinhar|lembrar] [quem eu sou|qual é meu nome|como me chamo]
        [diga|diz] [olá|oi|adeus|bom dia] [usando|com] [o |]meu nome
        [lembrar|guardar|saber] nomes [é contigo|é o seu forte]? [então diz|qual é|fala] [o |]meu
        [esse tempo todo|depois de tudo isso|depois de tanta conversa], [ainda sabe|lembra] [o |]meu nome
        [você lembra|tu lembras|lembra] [o nome da pessoa|da pessoa] com quem [está falando|está a falar]
        [e aí|então], [já decorou|decoraste|já aprendeu|fixaste] [o |]meu nome
        """,
    }
)
